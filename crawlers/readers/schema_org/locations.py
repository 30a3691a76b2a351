"""Where a schema.org event is: schema.org/Place with PostalAddress and GeoCoordinates, schema.org/VirtualLocation."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from crawlers.readers.places import coordinates, from_text
from crawlers.readers.plain_text import line
from crawlers.readers.schema_org.event_types import type_names
from crawlers.readers.schema_org.values import address_of, many, plain
from crawlers.readers.web_address import absolute
from hobnob.observations import Attendance, Place

__all__ = ["Where", "where"]

_DEEPEST = 3
_NUMBER = r"([+-]?\d{1,3}(?:[.,]\d{1,20})?)"
_PAIR = re.compile(rf"\s*(?:geo:)?{_NUMBER}(?:\s*[,;]\s*|\s+){_NUMBER}\s*")
_CONTAINERS = ("containedInPlace", "containedIn", "location")
_ADDRESS = ("street_address", "address_locality", "address_region", "postal_code", "address_country")

Whole = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Where:
    """What a `location` says: the place, where one takes part on the web, the names of places beyond the first one; and
    how one takes part, where that is said by a VirtualLocation among the values."""

    place: Place | None = None
    virtual: str | None = None
    others: tuple[str, ...] = ()
    attendance: Attendance | None = None


_NOT_SAID = Where()


def where(values: list[Any], base: str, whole: Whole) -> Where:
    """The first place among the values of `location`, completed by what others say of the same; `whole` resolves
    references by @id."""
    if not values:
        return _NOT_SAID
    places: list[Place] = []
    virtual: str | None = None
    declared = False
    for one in values:
        here, meeting = _one(one, base, whole)
        virtual = virtual or meeting
        declared = declared or (isinstance(one, dict) and "VirtualLocation" in type_names(one))
        if here and not _completes(places, here):
            places.append(here)
    attendance = (Attendance.MIXED if places else Attendance.ONLINE) if declared else None
    names = (one.name or one.text or one.street_address for one in places[1:])
    return Where(places[0] if places else None, virtual, tuple(filter(None, names)), attendance)


def _one(value: Any, base: str, whole: Whole) -> tuple[Place | None, str | None]:
    if not isinstance(value, dict):
        return from_text(value if isinstance(value, str) else "")
    if "VirtualLocation" in type_names(value):
        return None, address_of(value.get("url"), base) or absolute(plain(value), base) or address_of(value, base)
    return _place(value, base, whole, 0)


def _completes(places: list[Place], other: Place) -> bool:
    """Puts what `other` adds into the place that it is about; False if that is none of `places`."""
    for number, one in enumerate(places):
        same_name = (one.name or one.text or "").casefold() == (other.name or other.text or "").casefold()
        bare_address = not other.name and not other.text and not any(getattr(one, name) for name in _ADDRESS)
        bare_name = not any(getattr(other, name) for name in (*_ADDRESS, "latitude")) and same_name
        if same_name or bare_address or bare_name:
            places[number] = _filled(one, other)
            return True
    return False


def _filled(place: Place, other: Place) -> Place:
    gaps = {one.name: getattr(other, one.name) for one in fields(Place) if getattr(place, one.name) is None}
    return replace(place, **gaps)


def _place(node: Mapping[str, Any], base: str, whole: Whole, depth: int) -> tuple[Place | None, str | None]:
    name = plain(node.get("name"))
    # A name that is an address on the web is none.
    named, meeting = from_text(name) if "://" in name else (name, None)
    text, parts = _address(node, whole)
    if parts is node:
        named = None
    point = _point(node, whole)
    place = Place(
        name=name or None if named else None,
        text=text or None,
        street_address=_text(parts, "streetAddress"),
        address_locality=_text(parts, "addressLocality"),
        address_region=_text(parts, "addressRegion"),
        postal_code=_text(parts, "postalCode"),
        address_country=_text(parts, "addressCountry"),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        url=_url(node, base),
    )
    if (outer := _container(node, base, whole, depth)) is not None:
        place = _inside(place, outer)
    says_where = place.name or place.text or place.latitude is not None or any(getattr(place, one) for one in _ADDRESS)
    return (place if says_where else None), meeting


def _text(node: Mapping[str, Any], name: str) -> str | None:
    return plain(node[name]) or None if name in node else None


def _url(node: Mapping[str, Any], base: str) -> str | None:
    written = node.get("url") or node.get("sameAs")
    return address_of(written, base) if written else None


def _address(node: Mapping[str, Any], whole: Whole) -> tuple[str, Mapping[str, Any]]:
    """The address as text (all of its lines), and as an object; one of them is empty."""
    if "address" not in node:
        return "", node if "PostalAddress" in type_names(node) or "streetAddress" in node else {}
    values = [whole(one) for one in many(node["address"])]
    if (found := next((one for one in values if isinstance(one, dict)), None)) is not None:
        inner = whole(found.get("address"))
        parts = inner if isinstance(inner, dict) else found
        # An address of which only its name is given is a text.
        return ("" if any(key in parts for key in _PARTS) else plain(parts)), parts
    return ", ".join(filter(None, (line(one) for one in values if isinstance(one, str)))), {}


_PARTS = ("streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry")


def _container(node: Mapping[str, Any], base: str, whole: Whole, depth: int) -> Place | None:
    """The place that this one is in."""
    if depth >= _DEEPEST or node.keys().isdisjoint(_CONTAINERS):
        return None
    for key in _CONTAINERS:
        for one in many(node.get(key)):
            outer = whole(one)
            if isinstance(outer, dict):
                return _place(outer, base, whole, depth + 1)[0]
            if isinstance(outer, str):
                return from_text(outer)[0]
    return None


def _inside(place: Place, outer: Place) -> Place:
    """A room with the name and the address of its house."""
    name = ", ".join(dict.fromkeys(filter(None, (place.name, outer.name)))) or None
    place = replace(place, name=name)
    if any(getattr(place, one) for one in (*_ADDRESS, "text")):
        return place
    return replace(_filled(place, outer), name=name)


def _point(node: Mapping[str, Any], whole: Whole) -> tuple[float, float] | None:
    """Coordinates from `geo` (an object, or both numbers in a text) or from the place itself."""
    if "geo" not in node and "latitude" not in node:
        return None
    return next(filter(None, map(_coordinates, _geos(node, whole))), None)


def _geos(node: Mapping[str, Any], whole: Whole) -> Iterator[Any]:
    for one in many(node.get("geo")):
        geo = whole(one)
        yield geo
        if isinstance(geo, dict) and "geoMidpoint" in geo:
            yield whole(geo["geoMidpoint"])
    if "latitude" in node:
        yield node


def _coordinates(geo: Any) -> tuple[float, float] | None:
    if isinstance(geo, str):
        pair = _PAIR.fullmatch(geo)
        return coordinates(_number(pair[1]), _number(pair[2])) if pair else None
    if not isinstance(geo, dict):
        return None
    latitude, longitude = plain(geo.get("latitude"), 60), plain(geo.get("longitude"), 60)
    if latitude and not longitude and (pair := _PAIR.fullmatch(latitude)):
        latitude, longitude = pair[1], pair[2]
    return coordinates(_number(latitude), _number(longitude))


def _number(text: str) -> str:
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
