"""Whether an event is certainly over, by its bytes alone, before anything is parsed.

Dates are compared as they are written (RFC 5545, section 3.3.4: YYYYMMDD), in whatever zone, hence with a day of
margin. Only what is plainly written is understood; anything else is a doubt, and may be going on for ever.
"""

import datetime as dt
import re

from crawlers.readers.durations import duration

__all__ = ["CheapLook"]

_NEVER = b"99999999"
_LARGE = 1_000_000
_DATED = re.compile(rb"\n(DTSTART|DTEND|RECURRENCE-ID|DURATION|RRULE|RDATE)[ \t]*([;:][^\n]*)", re.IGNORECASE)
_DAY = re.compile(rb":[ \t]*(\d{8})(?:T\d{6}Z?)?[ \t]*\Z")
_DAYS = re.compile(rb"[^:]*:[\dTZ,/ ]*\Z")
_A_DAY = re.compile(rb"(?<!\d)\d{8}(?!\d)")
_RULE_PART = re.compile(rb"([A-Z-]+)=([^;]*)")
_UNTIL = re.compile(rb"(\d{8})(?:T\d{6}Z?)?[ \t]*\Z")
_STEP = {b"DAILY": 1, b"WEEKLY": 7}
# With these alone there is an occurrence in every step.
_PLAIN = {
    b"DAILY": {b"FREQ", b"COUNT", b"INTERVAL", b"WKST"},
    b"WEEKLY": {b"FREQ", b"COUNT", b"INTERVAL", b"WKST", b"BYDAY"},
}
_LARGEST_NUMBER = 5


class CheapLook:
    """Looks for what ended before the day `since`."""

    def __init__(self, since: dt.date) -> None:
        self._before = _written(since - dt.timedelta(days=1))

    def is_over(self, own: bytes) -> bool:
        """Whether the event with the lines `own` was over by then, all of its dates and repetitions included."""
        if len(own) > _LARGE:
            return False
        found: dict[bytes, list[bytes]] = {}
        for name, rest in _DATED.findall(own):
            found.setdefault(name.upper(), []).append(rest)
        return _last_day(found) < self._before


def _last_day(found: dict[bytes, list[bytes]]) -> bytes:
    """The last day that any of it touches, as it is written."""
    if b"DTSTART" not in found:
        return _NEVER
    days = []
    for name in (b"DTSTART", b"DTEND", b"RECURRENCE-ID"):
        for rest in found.get(name, ()):
            day = _DAY.search(rest)
            if day is None or b"RANGE=" in rest.upper():
                return _NEVER
            days.append(day[1])
    if not found.keys() & {b"DURATION", b"RRULE", b"RDATE"}:
        return max(days)
    try:
        return _last_of_many(found, _date(min(days)), _date(max(days)))
    except (ValueError, OverflowError):
        return _NEVER


def _last_of_many(found: dict[bytes, list[bytes]], first: dt.date, last: dt.date) -> bytes:
    """The same for what lasts by its DURATION, or repeats. Raises ValueError or OverflowError when in doubt."""
    length = last - first
    for rest in found.get(b"DURATION", ()):
        time = duration(rest.rpartition(b":")[2].decode("ascii", "replace"))
        if time is None:
            raise ValueError(rest)
        length = max(length, dt.timedelta(days=time.days + 1))
    begins = [first, *(_last_by_rule(rest, last) for rest in found.get(b"RRULE", ()))]
    for rest in found.get(b"RDATE", ()):
        if not _DAYS.match(rest):
            raise ValueError(rest)
        begins += [_date(max(_A_DAY.findall(rest)))]
    return _written(max(begins) + length)


def _last_by_rule(rest: bytes, first: dt.date) -> dt.date:
    """The day on which the last occurrence begins, at the latest. Raises ValueError when in doubt."""
    parts = dict(_RULE_PART.findall(rest.rpartition(b":")[2].strip().upper()))
    if b"UNTIL" in parts:
        until = _UNTIL.match(parts[b"UNTIL"])
        if until is None:
            raise ValueError(rest)
        return _date(until[1])
    frequency, count, interval = parts.get(b"FREQ", b""), parts.get(b"COUNT", b""), parts.get(b"INTERVAL", b"1")
    if parts.keys() - _PLAIN.get(frequency, set()) or max(len(count), len(interval)) > _LARGEST_NUMBER:
        raise ValueError(rest)
    return first + dt.timedelta(days=(int(count) + 1) * int(interval) * _STEP[frequency])


def _date(written: bytes) -> dt.date:
    return dt.date(int(written[:4]), int(written[4:6]), int(written[6:]))


def _written(day: dt.date) -> bytes:
    return day.isoformat().replace("-", "").encode()
