"""schema.org's values, people and offers, as pages really write them: as text, as an object, as a list of either."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from crawlers.readers.plain_text import line
from crawlers.readers.prices import SIGNS, price
from crawlers.readers.schema_org.event_types import bare, type_names
from crawlers.readers.web_address import absolute
from hobnob.observations import Offer, Person

__all__ = ["address_of", "enumerated", "many", "offers", "people", "plain", "truth"]

_MOST = 200
_MOST_PROFILES = 20
_LONGEST_URL = 2000
# The Events Calendar, a plug-in of many WordPress sites, writes the type where the performer should stand.
_TYPES_OF_PEOPLE = ("Organization", "Person", "PerformingGroup")


def many(value: Any) -> list[Any]:
    """The values of a property, however many; None and empty ones left out."""
    if isinstance(value, list):
        return [one for one in value if one or one == 0][:_MOST]
    return [value] if value or value == 0 else []


def plain(value: Any, limit: int = 500) -> str:
    """The first value as one line: of an object, its @value or name."""
    if isinstance(value, str):
        return line(value, limit)
    if isinstance(value, list):
        return next(filter(None, (line(_bare(one), limit) for one in many(value))), "")
    return line(_bare(value), limit)


def _bare(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    for key in ("@value", "name"):
        if isinstance(value.get(key), (str, int, float)):
            return value[key]
    return ""


def truth(value: Any) -> bool | None:
    """Boolean, also as "true" or "https://schema.org/True"; None for anything else."""
    text = bare(str(next(iter(many(value)), value))[:100]).lower()
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(text)


def enumerated(value: Any) -> list[str]:
    """The members of an enumeration, in lower case and without address or prefix, however they are named."""
    names = (one.get("@id") or one.get("name") if isinstance(one, dict) else one for one in many(value))
    return [_member(line(one)) for one in names]


@lru_cache(maxsize=1024)
def _member(name: str) -> str:
    return name.rstrip("/ ").rpartition("/")[2].rpartition("#")[2].rpartition(":")[2].strip().lower()


def address_of(value: Any, base: str) -> str | None:
    """The first web address: of an object its url, contentUrl or @id."""
    if isinstance(value, str):
        return absolute(value, base)
    for one in many(value):
        if isinstance(one, dict):
            found = (one[key] for key in ("url", "contentUrl", "@id") if key in one)
            address = next(filter(None, (absolute(text, base) for each in found for text in many(each))), None)
        else:
            address = absolute(one, base)
        if address:
            return address
    return None


def people(values: list[Any], base: str, *roles: str) -> tuple[Person, ...]:
    """Persons and organisations that have a name; one that is an e-mail address is none.

    A schema.org/Role stands for whom it names under one of `roles`.
    """
    if not values:
        return ()
    found: dict[tuple[str, str | None], Person] = {}
    for one in values:
        for each in _behind_role(one, roles):
            if person := _person(each, base):
                found.setdefault((person.name, person.url), person)
    return tuple(found.values())


def _behind_role(value: Any, roles: tuple[str, ...]) -> list[Any]:
    if not isinstance(value, dict) or value.keys().isdisjoint(roles):
        return [value]
    if not any(name.endswith("Role") for name in type_names(value)):
        return [value]
    return [one for role in roles for one in many(value.get(role))] or [value]


def _person(value: Any, base: str) -> Person | None:
    node: Mapping[str, Any] = value if isinstance(value, dict) else {}
    name = plain(value) or plain(node.get("legalName")) or plain(node.get("alternateName"))
    if not name and node:
        name = " ".join(filter(None, (plain(node.get("givenName")), plain(node.get("familyName")))))
    if not name or "@" in name.lstrip("@") or name.startswith(("http:", "https:")):
        return None
    if not node:
        return None if name in _TYPES_OF_PEOPLE else Person(name=name)
    profiles = (absolute(one, base) for one in many(node["sameAs"])[:_MOST_PROFILES]) if "sameAs" in node else ()
    return Person(
        name=name,
        type=line(next(iter(type_names(node)), None)) or None,
        url=absolute(plain(node["url"], _LONGEST_URL), base) if "url" in node else None,
        same_as=tuple(dict.fromkeys(filter(None, profiles))),
    )


def offers(value: Any, base: str) -> tuple[Offer, ...]:
    """Offers and the offers inside an AggregateOffer; without inner ones, its lowest price. A text is a price."""
    return tuple(dict.fromkeys(_offers(value, base, 0)))[:_MOST]


def _offers(value: Any, base: str, depth: int) -> Iterator[Offer]:
    for node in many(value):
        if not isinstance(node, dict):
            amount, currency = price(plain(node))
            if amount is not None:
                yield Offer(price=amount, price_currency=currency)
            continue
        inner = node.get("offers")
        if inner and depth < 3:
            yield from _offers(inner, base, depth + 1)
            continue
        offer = _offer(node, base)
        if offer.price or offer.url or offer.availability:
            yield offer


def _offer(node: Mapping[str, Any], base: str) -> Offer:
    stated = [node[name] for name in ("price", "lowPrice") if name in node]
    priced: Mapping[str, Any] = {}
    if "priceSpecification" in node:
        priced = next((one for one in many(node["priceSpecification"]) if isinstance(one, dict)), priced)
        stated += [priced[name] for name in ("price", "minPrice") if name in priced]
    amount, currency = _first_price(stated)
    named = plain(node.get("priceCurrency") or priced.get("priceCurrency"), 10)
    return Offer(
        price=amount,
        price_currency=SIGNS.get(named, named) or currency,
        url=address_of(node["url"], base) if "url" in node else None,
        availability=bare(plain(node["availability"])) or None if "availability" in node else None,
    )


def _first_price(stated: list[Any]) -> tuple[str | None, str | None]:
    for value in stated:
        for one in many(value):
            amount, currency = price(plain(one))
            if amount is not None:
                return amount, currency
    return None, None
