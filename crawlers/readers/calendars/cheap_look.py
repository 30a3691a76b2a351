"""What an event's bytes tell before they are parsed: which event it is, and whether it is certainly over.

Dates are compared as they are written (RFC 5545, section 3.3.4: YYYYMMDD), in whatever zone, hence with a day of
margin. Only what is plainly written is understood; anything else is a doubt, and may be going on for ever.
"""

import datetime as dt
import re
from collections.abc import Sequence
from itertools import islice

from crawlers.readers.calendars.times import duration

__all__ = ["Survey"]

_NEVER = b"99999999"
_NAMES = re.compile(rb"\n(UID|RECURRENCE-ID)[ \t]*([;:][^\n]*)", re.IGNORECASE)
_NAMES_AND_DATES = re.compile(
    rb"\n(UID|RECURRENCE-ID|DTSTART|DTEND|DURATION|RRULE|RDATE)[ \t]*([;:][^\n]*)", re.IGNORECASE
)
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
_LARGE = 1_000_000


class Survey:
    """All events of a file, by their place in it: which are the same one, and which are over.

    Events of one UID are judged together, so that a change to a series in the future keeps the whole of it.
    """

    def __init__(self, since: dt.date | None) -> None:
        self._pattern = _NAMES_AND_DATES if since else _NAMES
        self._over_before = _written(since - dt.timedelta(days=1)) if since else b""
        self._names: list[bytes] = []
        self._over = bytearray()
        self._going_on: set[bytes] = set()
        self._first: dict[bytes, int] = {}
        self._alike: dict[bytes, list[int]] = {}

    def add(self, own: bytes) -> None:
        """Takes the next event, by the lines that are its own."""
        found: dict[bytes, list[bytes]] = {}
        for name, rest in self._pattern.findall(own) if len(own) < _LARGE else _first_names(own):
            found.setdefault(name.upper(), []).append(rest)
        uid, instance = _value(found.get(b"UID")), _value(found.get(b"RECURRENCE-ID"))
        if self._over_before:
            over = _last_day(found) < self._over_before
            self._over.append(over)
            if not over:
                self._going_on.add(uid)
        self._remember(uid + b"\n" + instance if instance else uid)

    def _remember(self, name: bytes) -> None:
        number = len(self._names)
        self._names.append(name)
        if name and (first := self._first.setdefault(name, number)) != number:
            self._alike.setdefault(name, [first]).append(number)

    def is_over(self, number: int) -> bool:
        """Whether the event and all of its UID had certainly ended before the day `since`."""
        if not self._over_before or not self._over[number]:
            return False
        uid = self._names[number].partition(b"\n")[0]
        return not uid or uid not in self._going_on

    def alike(self, number: int) -> Sequence[int]:
        """The events that have the same UID and the same RECURRENCE-ID; nothing if it is the only one."""
        return self._alike.get(self._names[number], ()) if self._alike else ()


def _first_names(own: bytes) -> list[tuple[bytes, bytes]]:
    return [(match[1], match[2]) for match in islice(_NAMES.finditer(own), 2)]


def _value(rests: list[bytes] | None) -> bytes:
    if not rests:
        return b""
    rest = rests[0]
    return b" ".join((rest[1:] if rest[:1] == b":" else rest.partition(b":")[2]).split())


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
