"""What a source says of a time zone of its own, a VTIMEZONE (RFC 5545, 3.6.5), as plain values."""

import datetime as dt
from itertools import islice
from typing import Any, NamedTuple

from icalendar import Calendar

__all__ = ["Observance", "observances"]

_LONGEST = 65_536
_MOST_PARTS = 200
_MOST_DATES = 1_000
_NAMES = ("STANDARD", "DAYLIGHT")
_DAY = dt.timedelta(days=1)


class Observance(NamedTuple):
    """A STANDARD or DAYLIGHT part: from which offset to which the clocks change, and when.

    `onsets` are naive wall times on the clock before: its DTSTART, then its RDATEs. `rules` are RRULE values as
    written, which begin at the first onset.
    """

    is_daylight: bool
    name: str
    before: dt.timedelta
    after: dt.timedelta
    onsets: tuple[dt.datetime, ...]
    rules: tuple[str, ...]


def observances(text: str, tzid: str) -> list[Observance]:
    """The parts of the VTIMEZONE called `tzid` in `text`, or of the first one when `tzid` is "".

    Parts that cannot be read are left out; all of them are when the text is no such thing, or very long.
    """
    if len(text) > _LONGEST:
        return []
    if not text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        text = f"BEGIN:VCALENDAR\r\n{text.strip()}\r\nEND:VCALENDAR\r\n"
    try:
        zones = Calendar.from_ical(text).walk("VTIMEZONE")
        zone = next(zone for zone in zones if not tzid or str(zone.get("TZID", "")) == tzid)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, StopIteration):
        return []
    return [found for part in zone.subcomponents[:_MOST_PARTS] if (found := _observance(part))]


def _observance(part: Any) -> Observance | None:
    try:
        before, after = part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
        if part.name not in _NAMES or max(abs(before), abs(after)) >= _DAY:
            return None
        dates = (date.dt for value in _listed(part.get("RDATE")) for date in value.dts)
        onsets = (_naive(part["DTSTART"].dt), *map(_naive, islice(dates, _MOST_DATES)))
        rules = tuple(value.to_ical().decode() for value in _listed(part.get("RRULE")))
        return Observance(part.name == "DAYLIGHT", str(part.get("TZNAME", "")), before, after, onsets, rules)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _naive(value: dt.date) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    return dt.datetime.combine(value, dt.time())
