"""A place from the free text of a location field, and coordinates from whatever they were written as."""

import math
import re
from typing import Any

from crawlers.readers.plain_text import line, prose
from crawlers.readers.web_address import find_meeting, is_map, web
from hobnob.observations import Place

__all__ = ["coordinates", "from_text"]

_ADDRESS = re.compile(r"https?://\S+")
# Within its scheme, or after a sign that no address ends in.
_BROKEN_ADDRESS = re.compile(r"(?<=\Ahttp)(s?)\n(?=://\S+\Z)|(?<=[/?&=_-])\n(?=\S+\Z)")
_WRITTEN = re.compile(r"[^\W_]")
_ABOUT_THE_CALL = re.compile(r"(?:meeting |webinar )?(?:id|passcode|password|pwd|pin|kenncode)\b", re.IGNORECASE)
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_AROUND = " ,;:-–|"
_POSTAL_CODE = re.compile(r"\s*\d{4,5}\s")
_HOUSE_NUMBER = re.compile(r"\d{1,5}[a-zA-Z]?")


def from_text(text: str, url: str | None = None) -> tuple[Place | None, str | None]:
    """What a location field says: (the place, the address of an online meeting), each None if it names none.

    An address on the web is a meeting, or a map of the place; before the words for a place it is the place's. The
    place keeps the rest of the text; it gets a name when the text sets one apart: by a line break, by " @ ", or before
    a street and house number.
    """
    whole = prose(text, limit=1000)
    if whole is None:
        return None, None
    whole = _BROKEN_ADDRESS.sub(r"\1", whole)
    first = whole.split(maxsplit=1)[0]
    address = web(first.rstrip(_AROUND))
    if address and not _WRITTEN.search(_ADDRESS.sub(" ", whole)):
        return (Place(url=address), None) if is_map(address) else (None, address)
    meeting = find_meeting(whole)
    if meeting:
        whole = _ADDRESS.sub(" ", whole, count=1)
    elif address:
        whole, url = whole.removeprefix(first), address
    written = _trimmed(line(whole))
    if not written or (meeting and _ABOUT_THE_CALL.match(written)):
        return None, meeting
    return Place(name=_name(whole), text=written, url=url), meeting


def _trimmed(text: str) -> str:
    """Without what stands around it, and without brackets that are empty, around all of it, or not in pairs."""
    text = _EMPTY_BRACKETS.sub(" ", text).strip(_AROUND)
    in_pairs = all(text.count(pair[0]) == text.count(pair[1]) for pair in ("()", "[]"))
    return text if in_pairs and not _BRACKETED.fullmatch(text) else text.strip(_AROUND + "()[]")


def _name(text: str) -> str | None:
    for mark in ("\n", " @ "):
        first, found, rest = text.partition(mark)
        if found and rest.strip():
            # "Main Road 16", "12764 Happyville": an address has no name.
            is_address = _is_street(first.split()) and _POSTAL_CODE.match(rest)
            return None if is_address else line(first).strip(" ,") or None
    first, _, rest = text.partition(",")
    if not any(letter.isdigit() for letter in first) and _is_street(rest.partition(",")[0].split()):
        return line(first) or None
    return None


def _is_street(words: list[str]) -> bool:
    """Whether it reads like "12 Main Street" or "Hauptstraße 12b", and not like a postal code with its town."""
    if len(words) < 2:
        return False
    first, last = words[0], words[-1]
    if _HOUSE_NUMBER.fullmatch(first) and any(len(word) > 2 for word in words[1:]):
        return len(first) < 4 or len(words) > 2
    return bool(_HOUSE_NUMBER.fullmatch(last)) and len(last) < 4 and len(first) > 2


def coordinates(latitude: Any, longitude: Any) -> tuple[float, float] | None:
    """Degrees, rounded to six decimals; None when they are no point of the earth.

    (0, 0) counts as none: it is what programs write when they do not know.
    """
    try:
        north, east = float(latitude), float(longitude)
    except (TypeError, ValueError, OverflowError):
        return None
    if not (math.isfinite(north) and math.isfinite(east)) or abs(north) > 90 or abs(east) > 180:
        return None
    return None if north == 0 == east else (round(north, 6), round(east, 6))
