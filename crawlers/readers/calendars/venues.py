"""Where an event is: LOCATION and GEO (RFC 5545, 3.8.1), VLOCATION (RFC 9073, 7.2), CONFERENCE (RFC 7986, 5.11), and
what Eventful, Apple and Microsoft write beside them."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from crawlers.readers.calendars.content_lines import Property
from crawlers.readers.calendars.fields import Fields, address, unescaped
from crawlers.readers.calendars.people import room
from crawlers.readers.places import coordinates, from_text
from crawlers.readers.plain_text import line
from crawlers.readers.web_address import web
from hobnob.observations import Place

__all__ = ["venue_of", "where"]

_MEETINGS = (
    *("X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK"),
    *("X-ZOOM-MEETING-URL", "X-WEBEX-MEETING-URL", "X-JITSI-MEET-URL"),
)
#: RFC 7986, section 6.3, from the one that a visitor wants most; MODERATOR is not for visitors.
_FEATURES = ("VIDEO", "SCREEN", "FEED", "AUDIO", "CHAT", "PHONE")
#: RFC 4589's places at which nobody meets.
_BESIDE = ("parking", "bus-station", "train-station", "airport", "hotel")
_ADDRESS_LINE = re.compile(r"(?:\A|\n)ADR(?:;[^:\n]*)?:([^\n]*)", re.IGNORECASE)
_GEO_LINE = re.compile(r"(?:\A|\n)GEO(?:;[^:\n]*)?:([^\n]*)", re.IGNORECASE)
_LONGEST_DATA = 20_000
_POINTS = frozenset(("GEO", "X-APPLE-STRUCTURED-LOCATION", "X-MICROSOFT-LATITUDE"))
_MICROSOFT = {
    "name": "DisplayName",
    "street_address": "LocationStreet",
    "address_locality": "LocationCity",
    "address_region": "LocationState",
    "address_country": "LocationCountry",
    "postal_code": "LocationPostalCode",
}
_SCHEMA = {
    "street_address": "streetAddress",
    "address_locality": "addressLocality",
    "address_region": "addressRegion",
    "postal_code": "postalCode",
    "address_country": "addressCountry",
}


def where(fields: Fields, venues: Mapping[str, Place]) -> tuple[Place | None, str | None]:
    """The place, and the address of the online meeting. `venues` are the calendar's VVENUEs by UID."""
    prop = fields.first("LOCATION")
    url = web(prop.params.get("ALTREP")) if prop else None
    place, meeting = from_text(fields.text("LOCATION"), url)
    finer = _finer(fields, venues.get(prop.params.get("VVENUE", "")) if prop else None)
    if finer:
        place = _filled(finer, place)
    elif place is None and (name := room(fields)):
        place = Place(text=name)
    if place is None or place.latitude is None:
        point = _point(fields) if not _POINTS.isdisjoint(fields.by_name) else None
        if point:
            place = replace(place or Place(), latitude=point[0], longitude=point[1])
    return place, _call(fields) or meeting or _added_call(fields)


def _finer(fields: Fields, venue: Place | None) -> Place | None:
    """The place from a property or component that has its parts."""
    if venue or not (fields.inside or "X-APPLE-STRUCTURED-LOCATION" in fields.by_name or _is_microsoft(fields)):
        return venue
    return _vlocation(fields) or _apple(fields) or _microsoft(fields)


def _filled(finer: Place, written: Place | None) -> Place:
    """The finer place with what the LOCATION alone says."""
    if written is None:
        return finer
    text = finer.text if written.text is None else written.text
    return replace(finer, text=text, name=finer.name or written.name, url=finer.url or written.url)


def _call(fields: Fields) -> str | None:
    """The address to join at: of several CONFERENCEs the one with the most that a visitor wants."""
    return _first_address(sorted(fields.all("CONFERENCE"), key=_rank))


def _added_call(fields: Fields) -> str | None:
    """What a program adds of its own accord: Google gives a meeting of its own to an event that is held elsewhere."""
    return _first_address(one for name in _MEETINGS for one in fields.all(name))


def _first_address(stated: Iterable[Property]) -> str | None:
    return next(filter(None, (web(unescaped(one.value)) for one in stated)), None)


def _rank(prop: Property) -> int:
    features = prop.params.get("FEATURE", "").upper().split(",")
    if "MODERATOR" in features:
        return len(_FEATURES) + 1
    return min((_FEATURES.index(one) for one in features if one in _FEATURES), default=len(_FEATURES))


def _point(fields: Fields) -> tuple[float, float] | None:
    """Latitude and longitude by GEO ("55.9;-3.1", also with a comma), or of Apple or Microsoft."""
    latitude, _, longitude = unescaped(fields.text("GEO")).replace(",", ";").partition(";")
    return (
        coordinates(latitude, longitude)
        or _geo_uri(fields.text("X-APPLE-STRUCTURED-LOCATION"))
        or coordinates(fields.text("X-MICROSOFT-LATITUDE"), fields.text("X-MICROSOFT-LONGITUDE"))
    )


def _geo_uri(text: str) -> tuple[float, float] | None:
    """RFC 5870: "geo:55.9,-3.1;u=10"."""
    scheme, _, value = text.partition(":")
    latitude, _, longitude = value.partition(";")[0].partition(",")
    return coordinates(latitude, longitude.partition(",")[0]) if scheme.lower() == "geo" else None


def venue_of(fields: Fields) -> Place:
    """A VVENUE, the component by which Eventful and Upcoming gave places (draft-norris-ical-venue)."""
    point = _point(fields)
    return Place(
        name=line(fields.text("NAME")) or None,
        street_address=line(fields.text("ADDRESS")) or None,
        address_locality=line(fields.text("CITY")) or None,
        address_region=line(fields.text("REGION")) or None,
        postal_code=line(fields.text("POSTALCODE")) or None,
        address_country=line(fields.text("COUNTRY")) or None,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        url=web(fields.text("URL")),
    )


def _vlocation(fields: Fields) -> Place | None:
    """The first VLOCATION of the event that is not beside the point (a car park), with the address in its data."""
    found = [one for one in fields.inside if one.component == "VLOCATION"]
    here = [one for one in found if not set(one.text("LOCATION-TYPE").lower().split(",")) & set(_BESIDE)]
    for one in here or found:
        point = _point(one)
        place = Place(
            name=line(one.text("NAME")) or None,
            latitude=point[0] if point else None,
            longitude=point[1] if point else None,
            url=address(one.text("URL")),
        )
        for prop in one.all("STRUCTURED-DATA"):
            place = _with_data(place, unescaped(prop.value)[:_LONGEST_DATA])
        if place != Place():
            return place
    return None


def _with_data(place: Place, data: str) -> Place:
    """With the address in STRUCTURED-DATA: a vCard's ADR and GEO (RFC 6350, 6.3.1), or schema.org's PostalAddress."""
    if data.lstrip().startswith("{"):
        return _with_json(place, data)
    if found := _ADDRESS_LINE.search(data.replace("\r\n", "\n")):
        # Post office box; extended address; street; locality; region; postal code; country.
        parts = [line(unescaped(one)) or None for one in re.split(r"(?<!\\);", found[1])][:7]
        _, _, street, town, region, code, country = parts + [None] * (7 - len(parts))
        place = replace(
            place,
            street_address=street,
            address_locality=town,
            address_region=region,
            postal_code=code,
            address_country=country,
        )
    if place.latitude is None and (found := _GEO_LINE.search(data)) and (point := _geo_uri(found[1].strip())):
        place = replace(place, latitude=point[0], longitude=point[1])
    return place


def _with_json(place: Place, data: str) -> Place:
    try:
        read: dict[str, Any] = json.loads(data)
    except (ValueError, RecursionError):
        return place
    inner = read.get("address")
    parts = inner if isinstance(inner, dict) else read
    stated: dict[str, Any] = {name: line(parts.get(key)) or None for name, key in _SCHEMA.items()}
    return replace(place, **stated)


def _apple(fields: Fields) -> Place | None:
    """X-APPLE-STRUCTURED-LOCATION with its parameters X-TITLE and X-ADDRESS."""
    prop = fields.first("X-APPLE-STRUCTURED-LOCATION")
    title = line(unescaped(prop.params.get("X-TITLE", ""))) if prop else ""
    written = line(unescaped(prop.params.get("X-ADDRESS", "")).replace("\n", ", ")) if prop else ""
    whole = ", ".join(filter(None, (title, written)))
    return Place(name=title or None, text=whole or None) if whole else None


def _is_microsoft(fields: Fields) -> bool:
    return "X-MICROSOFT-LOCATIONS" in fields.by_name or "X-MICROSOFT-LOCATIONDISPLAYNAME" in fields.by_name


def _microsoft(fields: Fields) -> Place | None:
    """Exchange's X-MICROSOFT-LOCATIONS, a JSON array, or the properties of the first of its places."""
    try:
        read = json.loads(fields.text("X-MICROSOFT-LOCATIONS")[:_LONGEST_DATA] or "null")
    except (ValueError, RecursionError):
        read = None
    first = read[0] if isinstance(read, list) and read and isinstance(read[0], dict) else {}
    stated: dict[str, Any] = {
        name: line(first.get(key)) or line(fields.text(f"X-MICROSOFT-{_property(key)}")) or None
        for name, key in _MICROSOFT.items()
    }
    place = Place(**stated)
    return place if place.address_locality or place.street_address else None


def _property(key: str) -> str:
    return "LOCATIONDISPLAYNAME" if key == "DisplayName" else key.upper()
