"""What programs and people call time zones, other than by their IANA names.

Sources: Unicode CLDR's windowsZones (the table of the icalendar library), the display names of Windows ("(UTC+01:00)
Amsterdam, Berlin, Bern"), of Ruby on Rails ("Eastern Time (US & Canada)"), TZIDs with a path before the IANA name
(RFC 5545, 3.2.19: "globally unique"), and spoken names and abbreviations that mean one zone only.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from urllib.parse import unquote
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from hobnob.moments import iana_name, offset_name

__all__ = ["by_name", "by_words", "offsets"]

_LONGEST = 200
_WINDOWS = {name.casefold(): iana for name, iana in WINDOWS_TO_OLSON.items()}
_OFFSET = re.compile(
    r"(?:UTC|GMT)?\s*(?P<sign>[+−-])\s*(?P<hours>\d{1,2})(?:[:.]?(?P<minutes>[0-5]\d))?", re.IGNORECASE
)
_BEFORE = re.compile(
    r"(?P<offset>[(\[]\s*(?:UTC|GMT)\s*(?:[+−-]\s*[\d:.]+)?\s*[)\]]|(?:UTC|GMT)\s*[+−-]\s*[\d:.]+)\s*(?P<words>.*)",
    re.IGNORECASE,
)
_TIME = re.compile(r"\s+(?:standard\s+|daylight\s+|summer\s+)?time\Z")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_COPY = re.compile(r"[ _-]\d{1,2}\Z")
#: Parts of IANA names before the slash under which the rest is no town's name.
_NO_TOWNS = ("Brazil", "Canada", "Chile", "Etc", "Mexico", "SystemV", "US")
_SPOKEN = {
    "amsterdam, berlin, bern, rome, stockholm, vienna": "Europe/Berlin",
    "belgrade, bratislava, budapest, ljubljana, prague": "Europe/Budapest",
    "brussels, copenhagen, madrid, paris": "Europe/Paris",
    "dublin, edinburgh, lisbon, london": "Europe/London",
    "sarajevo, skopje, warsaw, zagreb": "Europe/Warsaw",
    "alaska": "America/Anchorage", "arizona": "America/Phoenix", "hawaii": "Pacific/Honolulu",
    "newfoundland": "America/St_Johns", "saskatchewan": "America/Regina", "indiana": "America/Indiana/Indianapolis",
    "abu dhabi": "Asia/Dubai", "american samoa": "Pacific/Pago_Pago", "astana": "Asia/Almaty",
    "beijing": "Asia/Shanghai", "bern": "Europe/Zurich", "brasilia": "America/Sao_Paulo",
    "canberra": "Australia/Sydney",
    "chatham is.": "Pacific/Chatham", "chennai": "Asia/Kolkata", "edinburgh": "Europe/London",
    "georgetown": "America/Guyana", "hanoi": "Asia/Ho_Chi_Minh", "islamabad": "Asia/Karachi",
    "marshall is.": "Pacific/Majuro", "midway island": "Pacific/Midway", "mumbai": "Asia/Kolkata",
    "new caledonia": "Pacific/Noumea", "new delhi": "Asia/Kolkata", "nuku'alofa": "Pacific/Tongatapu",
    "osaka": "Asia/Tokyo", "pretoria": "Africa/Johannesburg", "quito": "America/Guayaquil", "sapporo": "Asia/Tokyo",
    "solomon is.": "Pacific/Guadalcanal", "st. petersburg": "Europe/Moscow", "tokelau is.": "Pacific/Fakaofo",
    "wellington": "Pacific/Auckland", "大阪、札幌、東京": "Asia/Tokyo",
    "coordinated universal": "UTC", "greenwich mean": "UTC", "universal": "UTC", "british": "Europe/London",
    "irish": "Europe/Dublin", "western european": "WET", "central european": "CET", "eastern european": "EET",
    "moscow": "Europe/Moscow", "india": "Asia/Kolkata", "indian": "Asia/Kolkata", "japan": "Asia/Tokyo",
    "hong kong": "Asia/Hong_Kong", "philippine": "Asia/Manila", "australian eastern": "Australia/Sydney",
    "australian central": "Australia/Adelaide", "australian western": "Australia/Perth",
    "akdt": "America/Anchorage", "akst": "America/Anchorage", "aedt": "Australia/Sydney", "aest": "Australia/Sydney",
    "awst": "Australia/Perth", "cest": "CET", "edt": "America/New_York", "eest": "EET", "jst": "Asia/Tokyo",
    "mdt": "America/Denver", "mesz": "CET", "mez": "CET", "msk": "Europe/Moscow", "nzdt": "Pacific/Auckland",
    "nzst": "Pacific/Auckland", "pdt": "America/Los_Angeles", "pst": "America/Los_Angeles",
    "sast": "Africa/Johannesburg", "west": "WET",
}  # fmt: skip


@lru_cache(maxsize=4096)
def by_name(name: str) -> str | None:
    """The IANA name that `name` is: in any case, after a path, with blanks, or as a name of Windows; else None."""
    return next(filter(None, map(iana_name, _written(name))), None) if len(name) <= _LONGEST else None


def _written(name: str) -> Iterator[str]:
    name = unquote(name)
    yield name
    yield _WINDOWS.get(name.casefold(), "")
    parts = name.replace(" ", "_").split("/")
    yield from ("/".join(parts[-count:]) for count in (3, 2, 1))
    yield name.replace("-", "/", 1)  # RFC 2445's examples have "US-Eastern", and programs took that from them
    # Outlook and Apple number a zone that they have met before under the same name.
    if _COPY.search(name):
        base = _COPY.sub("", name)
        yield from (base, _WINDOWS.get(base.casefold(), ""))


@lru_cache(maxsize=4096)
def by_words(name: str) -> str | None:
    """The zone that `name` describes: an IANA name, or a fixed offset ("+01:00") where it gives that alone.

    A name with two offsets ("GMT-05.00/-04.00") does not say when which of them holds: it is none. Of the towns of a
    Windows display name it is the first one's whose clocks show the offset that it states.
    """
    name = _plain(name)
    if len(name) > _LONGEST:
        return None
    if found := _OFFSET.fullmatch(name.strip("()[] ")):
        return _fixed(found)
    if len({_fixed(one) for one in _OFFSET.finditer(name) if one["minutes"]}) > 1:
        return None
    stated = None
    if before := _BEFORE.fullmatch(name):
        name, offset = before["words"], before["offset"].strip("()[] ")
        written = _OFFSET.fullmatch(offset)
        stated = _fixed(written) if written else "UTC"
        if stated is None:
            return None
    zones = filter(None, map(_spoken, _phrases(name)))
    return next((zone for zone in zones if stated is None or stated in offsets(zone)), stated)


def _plain(name: str) -> str:
    """In small letters without accents and with single spaces."""
    decomposed = unicodedata.normalize("NFKD", name)
    return " ".join("".join(one for one in decomposed if not unicodedata.combining(one)).casefold().split())


def _fixed(found: re.Match[str]) -> str | None:
    hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
    if hours > 15:
        return None
    offset = dt.timedelta(hours=hours, minutes=minutes)
    return offset_name(offset if found["sign"] == "+" else -offset)


def _phrases(words: str) -> list[str]:
    """All of it, and each of its parts. Greenwich comes last: Windows says it of London, whose clocks change."""
    parts = [
        words,
        _BRACKETS.sub("", words),
        words.partition(":")[2].strip(),
        *(one.strip() for one in re.split(r"[,;:&/]", words)),
    ]
    return sorted(filter(None, parts), key=lambda part: part.startswith("greenwich"))


def _spoken(phrase: str) -> str | None:
    bare = _TIME.sub("", phrase)
    windows = _WINDOWS.get(phrase) or _WINDOWS.get(f"{bare} standard time")
    return iana_name(phrase.replace(" ", "_")) or _SPOKEN.get(bare) or windows or _towns().get(bare.replace(" ", "_"))


@cache
def _towns() -> dict[str, str]:
    """IANA names by the town that they end in, where it is the only one of that name."""
    found: dict[str, set[str]] = {}
    for name in available_timezones():
        region, _, _ = name.partition("/")
        if region != name and region not in _NO_TOWNS:
            found.setdefault(name.rpartition("/")[2].casefold(), set()).add(name)
    alike = {town: {offsets(name) for name in names} for town, names in found.items()}
    return {town: min(names, key=len) for town, names in found.items() if len(alike[town]) == 1}


@lru_cache(maxsize=1024)
def offsets(zone: str) -> frozenset[str]:
    """The offsets that the clocks of an IANA zone show in January and in July of 2026, by their names."""
    days = (dt.datetime(2026, month, 15, tzinfo=ZoneInfo(zone)) for month in (1, 7))
    return frozenset(offset_name(day.utcoffset() or dt.timedelta()) for day in days)
