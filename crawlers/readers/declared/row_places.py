"""Where the event of a row takes place: from its declared fields of place, and whether one takes part online."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from crawlers.readers.declared.values import Value
from crawlers.readers.places import coordinates, from_text
from crawlers.readers.plain_text import line
from crawlers.readers.web_address import absolute, find_meeting
from hobnob.observations import Attendance, Place

__all__ = ["Whereabouts", "whereabouts"]

_YES = ("yes", "y", "true", "1", "x", "✓", "✔", "✅", "ja", "oui", "sí", "si", "sim", "tak", "はい")
_NO = ("no", "n", "false", "0", "-", "✗", "✘", "❌", "nein", "non", "não", "nie", "nee", "nej")
_ONLINE = re.compile(
    r"online(?:[ -]only)?|virtual(?:ly)?|virtuell|virtuel(?:le)?|remote|en ligne|en l[íi]nea|digital", re.IGNORECASE
)
_OFFLINE = re.compile(
    r"offline|in[ -]?person|physical|on[ -]?site|vor ort|präsenz|en présentiel|presencial|in presenza", re.IGNORECASE
)
_MIXED = re.compile(r"hybrid\w*|h[íi]brid[oa]|ibrid[oa]|mixed|both|beides", re.IGNORECASE)


_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_UNKNOWN = re.compile(
    r"n\.?/?a\.?|tb[acd]\.?|to be (?:announced|confirmed|decided|determined)|unknown|none|null|[-–—?.]+", re.IGNORECASE
)
# A flag is two letters of its own (Unicode Technical Standard 51, 1.4.2): the country's code.
_FLAG = re.compile("([\U0001f1e6-\U0001f1ff])([\U0001f1e6-\U0001f1ff])")
_ALSO_ONLINE = re.compile(
    r"(?:\b(?:and|und|et|y|e|en)|[&+/])\s*online\b|\bonline\s*(?:(?:and|und|et|y|e|en)\b|[&+/])", re.IGNORECASE
)
_SYMBOLS = " \U0001f310\U0001f30d\U0001f30e\U0001f30f\U0001f4bb()"
_FIRST_LETTER = 0x1F1E6


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The place, the address of a meeting online, how one takes part; `raw` keeps what could not be typed."""

    place: Place | None
    meeting: str | None
    attendance: Attendance | None
    raw: dict[str, str] = field(default_factory=dict)


def whereabouts(find: Callable[[str], list[Value]], base: str) -> Whereabouts:
    """What the fields location, venue, address, city, region, postal_code, country, latitude, longitude and online
    say; `find` gives the values of a field."""
    raw: dict[str, str] = {}
    text = next((value.text for value in find("location") if _is_known(value.text)), "")
    place, meeting = from_text(text) if text else (None, None)
    place = _finer(place or Place(), find, base)
    attendance, call = _online(find, base, raw)
    if attendance is None and _ONLINE.fullmatch(text.strip(_SYMBOLS)):
        attendance = Attendance.ONLINE
    elif attendance is None and _ALSO_ONLINE.search(text):
        attendance = Attendance.MIXED
    point = coordinates(_first(find, "latitude"), _first(find, "longitude"))
    if point:
        place = replace(place, latitude=point[0], longitude=point[1])
    return Whereabouts(place if place != Place() else None, meeting or call, attendance, raw)


def _finer(place: Place, find: Callable[[str], list[Value]], base: str) -> Place:
    venue = next((value for value in find("venue") if _is_known(value.text)), None)
    city = _first(find, "city")
    changes: dict[str, Any] = {
        "name": line(venue.text) if venue else None,
        "url": absolute(venue.url, base) if venue else None,
        "address_locality": city,
        "address_region": _first(find, "region"),
        "postal_code": _first(find, "postal_code"),
        "address_country": _without_flag(_first(find, "country")),
    }
    if address := _first(find, "address"):
        changes["street_address" if city or changes["postal_code"] else "text"] = address
    return replace(place, **{name: value for name, value in changes.items() if value})


def _online(find: Callable[[str], list[Value]], base: str, raw: dict[str, str]) -> tuple[Attendance | None, str | None]:
    """How one takes part, and the address where, of a field that holds "yes", "online", "hybrid" or the address."""
    value = next((one for one in find("online") if one.text.strip() or one.url), None)
    if value is None:
        return None, None
    text = line(value.text).replace("_", " ") if "://" not in value.text else line(value.text)
    written = _ADDRESS.search(text)
    call = absolute(value.url, base) or find_meeting(text) or (absolute(written[0], "") if written else None)
    if _MIXED.search(text) or (_ONLINE.search(text) and _OFFLINE.search(text)):
        return Attendance.MIXED, call
    if call or text.casefold() in _YES or _ONLINE.search(text):
        return Attendance.ONLINE, call
    if text.casefold() in _NO or _OFFLINE.search(text):
        return Attendance.OFFLINE, None
    raw["online"] = text
    return None, None


def _first(find: Callable[[str], list[Value]], name: str) -> str | None:
    return next(filter(_is_known, (line(value.text) for value in find(name))), None)


def _is_known(text: str) -> bool:
    text = text.strip()
    return bool(text) and _UNKNOWN.fullmatch(text) is None


def _without_flag(country: str | None) -> str | None:
    """ "🇩🇪 Germany" as "Germany", a flag alone as the country's code."""
    if country is None or not (flag := _FLAG.search(country)):
        return country
    code = "".join(chr(ord(letter) - _FIRST_LETTER + ord("A")) for letter in flag.groups())
    return _FLAG.sub("", country).strip() or code
