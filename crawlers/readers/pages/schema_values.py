"""schema.org's people, places and offers, as pages really write them: as text, as an object, as a list of either."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from crawlers.readers.places import coordinates, from_text
from crawlers.readers.plain_text import line
from crawlers.readers.web_address import absolute
from hobnob.observations import Offer, Person, Place

__all__ = ["many", "offers", "people", "plain", "truth", "type_names", "where"]

_MOST = 200
_PREFIX = re.compile(r"\A(?:https?://(?:www\.)?schema\.org/|schema:)", re.IGNORECASE)
_PRICE = re.compile(
    r"(?:[^\d\s.,-]{1,4}\s?)?(\d{1,12}(?:[., '\u00a0\u202f]\d{3})*?(?:[.,]\d{1,2})?)(?:\s?[^\d\s.,-]{1,4})?"
)
_FREE = ("free", "gratis", "kostenlos", "gratuit")


def many(value: Any) -> list[Any]:
    """The values of a property, however many; None and empty ones left out."""
    return [one for one in (value if isinstance(value, list) else [value]) if one not in (None, "", {}, [])][:_MOST]


def plain(value: Any, limit: int = 500) -> str:
    """The first value as one line: of an object, its @value or name."""
    return next(filter(None, (line(_bare(one), limit) for one in many(value))), "")


def _bare(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    return next((value[key] for key in ("@value", "name") if isinstance(value.get(key), (str, int, float))), "")


def type_names(node: Mapping[str, Any]) -> list[str]:
    """Its types, without schema.org's prefix."""
    return [_PREFIX.sub("", one) for one in many(node.get("@type")) if isinstance(one, str)]


def truth(value: Any) -> bool | None:
    """Boolean, also as "true" or "https://schema.org/True"; None for anything else."""
    text = _PREFIX.sub("", str(next(iter(many(value)), value))).strip().lower()
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(text)


def people(value: Any, base: str) -> tuple[Person, ...]:
    """Persons and organisations that have a name; one that is an e-mail address is none."""
    found: dict[tuple[str, str | None], Person] = {}
    for one in many(value):
        name = plain(one)
        if not name or "@" in name.lstrip("@") or name.startswith(("http:", "https:")):
            continue
        node = one if isinstance(one, Mapping) else {}
        url = absolute(plain(node.get("url"), 2000), base)
        same_as = (absolute(each, base) for each in many(node.get("sameAs")))
        kind = next(iter(type_names(node)), None)
        person = Person(name=name, type=line(kind) or None, url=url, same_as=tuple(filter(None, same_as)))
        found.setdefault((name, url), person)
    return tuple(found.values())


def where(value: Any, base: str) -> tuple[Place | None, str | None]:
    """The first place of a `location`, and the address of the first VirtualLocation or other meeting on the web."""
    place: Place | None = None
    virtual: str | None = None
    for one in many(value):
        if not isinstance(one, Mapping):
            here, meeting = from_text(one if isinstance(one, str) else "")
        elif "VirtualLocation" in type_names(one):
            here, meeting = None, absolute(plain(one.get("url"), 2000), base) or absolute(plain(one), base)
        else:
            here, meeting = _place(one, base)
        place, virtual = place or here, virtual or meeting
    return place, virtual


def _place(node: Mapping[str, Any], base: str) -> tuple[Place | None, str | None]:
    named, meeting = from_text(plain(node.get("name")))
    address = next((one for one in many(node.get("address")) if isinstance(one, (str, Mapping))), None)
    if address is None and "PostalAddress" in type_names(node):
        address, named = node, None
    parts = address if isinstance(address, Mapping) else {}
    text = line(address) if isinstance(address, str) else ""
    geo = next((one for one in many(node.get("geo")) if isinstance(one, Mapping)), node)
    point = coordinates(plain(geo.get("latitude")), plain(geo.get("longitude")))
    place = Place(
        name=plain(node.get("name")) or None if named else None,
        text=text or None,
        street_address=plain(parts.get("streetAddress")) or None,
        address_locality=plain(parts.get("addressLocality")) or None,
        address_region=plain(parts.get("addressRegion")) or None,
        postal_code=plain(parts.get("postalCode")) or None,
        address_country=plain(parts.get("addressCountry")) or None,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        url=absolute(plain(node.get("url"), 2000) or plain(node.get("sameAs"), 2000), base),
    )
    says_where = any((place.name, place.text, place.street_address, place.address_locality, place.address_region))
    return (place if says_where or place.postal_code or place.address_country or point else None), meeting


def offers(value: Any, base: str) -> tuple[Offer, ...]:
    """Offers and the offers inside an AggregateOffer; without inner ones, its lowest price."""
    return tuple(dict.fromkeys(_offers(value, base, 0)))[:_MOST]


def _offers(value: Any, base: str, depth: int) -> Iterator[Offer]:
    for node in many(value):
        if not isinstance(node, Mapping):
            continue
        inner = node.get("offers")
        if inner and depth < 3:
            yield from _offers(inner, base, depth + 1)
            continue
        priced = next((one for one in many(node.get("priceSpecification")) if isinstance(one, Mapping)), {})
        stated = (node.get("price"), node.get("lowPrice"), priced.get("price"), priced.get("minPrice"))
        price = next(filter(None, (_price(plain(one)) for one in stated)), None)
        offer = Offer(
            price=price,
            price_currency=plain(node.get("priceCurrency") or priced.get("priceCurrency"), 10) or None,
            url=absolute(plain(node.get("url"), 2000), base),
            availability=_PREFIX.sub("", plain(node.get("availability"))) or None,
        )
        if offer != Offer():
            yield offer


def _price(text: str) -> str | None:
    """ "$35", "25,00 €" or "1,250.00" as a decimal number; "0" for nothing to pay; None for no single price."""
    if text.lower() in _FREE:
        return "0"
    match = _PRICE.fullmatch(text)
    if not match:
        return None
    digits = re.sub(r"[ '\u00a0\u202f]", "", match[1])
    cents = re.search(r"[.,](\d{1,2})\Z", digits)
    whole = re.sub(r"[.,]", "", digits[: cents.start()] if cents else digits)
    try:
        number = Decimal(f"{whole}.{cents[1]}" if cents else whole)
    except InvalidOperation:
        return None
    return str(number) if number else "0"
