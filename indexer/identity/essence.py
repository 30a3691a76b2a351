"""What counts of a value when it is compared with what it was: not how it is written."""

import html
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from hobnob.distance import kilometres
from hobnob.events import EventSource, Label
from hobnob.observations import Offer, Person, Place
from indexer.identity.pages import canonical

__all__ = ["SAME_PLACE_KM", "essence", "is_same_place", "plain"]

SAME_PLACE_KM = 0.2
"""Points nearer to each other are one place: maps differ in where the door is."""

_ALIKE = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00ad": None,
                        "\u200b": None, "\ufeff": None})  # fmt: skip
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+", re.IGNORECASE)
_WORDS = re.compile(r"\w+")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)\Z", re.IGNORECASE)
_OF_PLACE = (
    *("name", "text", "street_address", "address_locality", "address_region", "postal_code", "address_country"),
    *("country_code", "geonames_id"),
)
_DEFAULTS = frozenset({"INTERVAL=1", "WKST=MO"})


def essence(name: str, value: Any) -> Any:
    """What counts of the value of an Event's field, hashable. Places are compared by `is_same_place`."""
    if isinstance(value, tuple):
        return frozenset(essence(name, one) for one in value)
    if isinstance(value, str):
        return _OF_TEXT.get(name, plain)(value)
    match value:
        case Label(id=name) | EventSource(source=name):
            return name
        case Person():
            return plain(value.name), _page(value.url), frozenset(map(_page, value.same_as))
        case Offer():
            return _amount(value.price), value.price_currency, value.availability, _page(value.url)
        case _:
            return value


def is_same_place(before: Place | None, after: Place | None) -> bool:
    """Whether two places are written alike, at one point of the map or both at none."""
    if before is None or after is None:
        return before is after
    one, other = _point(before), _point(after)
    if (one is None) != (other is None):
        return False
    if one is not None and other is not None and kilometres(*one, *other) > SAME_PLACE_KM:
        return False
    pairs = ((getattr(before, name), getattr(after, name)) for name in _OF_PLACE)
    return all(old == new or _written(old) == _written(new) for old, new in pairs)


def plain(text: str) -> str:
    """The text without what differs between two ways to write it: entities, white space, kinds of quotes and dashes,
    invisible characters, what addresses in it carry for counting."""
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_ALIKE)
    if "://" in text:
        text = _ADDRESS.sub(lambda found: _page(found[0]) or "", text)
    return " ".join(text.split())


def _written(value: Any) -> Any:
    """Of a text its words, whatever stands between them."""
    return _WORDS.findall(plain(value).casefold()) if isinstance(value, str) else value


def _point(place: Place) -> tuple[float, float] | None:
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def _page(url: str | None) -> str | None:
    url = html.unescape(url.strip()) if url else None
    return (canonical(url) or url) if url else None


def _picture(url: str) -> str | None:
    """Of a picture that is a file, what is asked besides is its size, or when it was asked for."""
    page = _page(url) or ""
    path = page.partition("?")[0]
    return path if _PICTURE.search(path) else page


def _amount(price: str | None) -> Decimal | str | None:
    try:
        amount = Decimal(price) if price else None
    except InvalidOperation:
        return price
    return amount if amount is None or amount.is_finite() else price


def _rule(text: str) -> frozenset[str]:
    return frozenset(part for part in text.upper().split(";") if part and part not in _DEFAULTS)


def _word(text: str) -> str:
    return plain(text).casefold()


#: How texts of some fields are compared.
_OF_TEXT: dict[str, Callable[[str], Any]] = {
    "url": _page,
    "virtual_location": _page,
    "image": _picture,
    "rrule": _rule,
    "keywords": _word,
    "in_language": _word,
}
