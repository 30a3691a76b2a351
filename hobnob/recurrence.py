"""Recurrence rules as sources write them (RFC 5545, 3.3.10), understood once: for what is worked out, and for what is
written. Nothing here says when a rule falls; see recurrence_starts.
"""

import datetime as dt
import math
import re
from dataclasses import dataclass
from functools import lru_cache

from hobnob.moments import UTC

__all__ = ["MOST_TIMES", "WEEKDAYS", "Rule", "parse"]

MOST_TIMES = 24
"""A rule is refused when its BYHOUR, BYMINUTE and BYSECOND give more times than this in a day (hourly: in an hour)."""

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""From Monday = 0."""

_LONGEST = 4096
_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY")
_NUMBERS = {  # part: lowest and highest absolute value, and whether it may count from the end
    "BYMONTH": (1, 12, False),
    "BYMONTHDAY": (1, 31, True),
    "BYYEARDAY": (1, 366, True),
    "BYWEEKNO": (1, 53, True),
    "BYHOUR": (0, 23, False),
    "BYMINUTE": (0, 59, False),
    "BYSECOND": (0, 60, False),
    "BYSETPOS": (1, 366, True),
}
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)\Z")
_TIMES = ("byhour", "byminute", "bysecond")
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One RRULE. `until` is on the event's clocks, inclusive. `byday` holds pairs (n or 0, weekday from Monday = 0)."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: dt.datetime | None = None
    wkst: int = 0
    byday: tuple[tuple[int, int], ...] = ()
    bymonth: tuple[int, ...] = ()
    bymonthday: tuple[int, ...] = ()
    byyearday: tuple[int, ...] = ()
    byweekno: tuple[int, ...] = ()
    byhour: tuple[int, ...] = ()
    byminute: tuple[int, ...] = ()
    bysecond: tuple[int, ...] = ()
    bysetpos: tuple[int, ...] = ()

    @property
    def names_days(self) -> bool:
        return bool(self.byday or self.bymonthday or self.byyearday or self.byweekno)


@lru_cache(maxsize=4096)
def parse(text: str, zone: dt.tzinfo, whole_days: bool) -> Rule:
    """The rule written in `text` for an event on the clocks of `zone`; raises ValueError when it is none.

    UNTIL should be in UTC when the event has a zone; a local time is tolerated, and a date means the end of that day.
    Times of day say nothing about whole days (RFC 5545, 3.3.10), and are left out there.
    """
    parts = _parts(text)
    freq = parts.pop("FREQ", "")
    if freq not in _FREQUENCIES:
        raise ValueError(f"FREQ={freq!r}")
    if parts.pop("RSCALE", "GREGORIAN") != "GREGORIAN" or parts.pop("SKIP", "OMIT") != "OMIT":
        raise ValueError("only the Gregorian calendar, without SKIP, is understood")
    values = {name.lower(): _numbers(name, parts.pop(name)) for name in _NUMBERS if name in parts}
    if whole_days:
        values = {name: numbers for name, numbers in values.items() if name not in _TIMES}
    rule = Rule(
        freq=freq,
        interval=_positive("INTERVAL", parts.pop("INTERVAL", "1")),
        count=_positive("COUNT", parts.pop("COUNT")) if "COUNT" in parts else None,
        until=_until(parts.pop("UNTIL"), zone, whole_days) if "UNTIL" in parts else None,
        wkst=WEEKDAYS.index(parts.pop("WKST", "MO")),
        byday=_weekday_list(parts.pop("BYDAY", ""), numbered=freq in ("YEARLY", "MONTHLY")),
        **values,
    )
    if unknown := [name for name in parts if not name.startswith("X-")]:
        raise ValueError(f"unknown part {unknown[0]!r}")
    if rule.bysetpos and not any((rule.names_days, rule.bymonth, rule.byhour, rule.byminute, rule.bysecond)):
        raise ValueError("BYSETPOS needs another BY part")
    if (times := _most_times(rule)) > MOST_TIMES:
        raise ValueError(f"{times} times in a day or hour")
    return rule


def _parts(text: str) -> dict[str, str]:
    if len(text) > _LONGEST:
        raise ValueError(f"{len(text)} characters")
    pairs = [pair.partition("=") for pair in text.strip().upper().removeprefix("RRULE:").split(";") if pair.strip()]
    parts: dict[str, str] = {}
    for name, value in ((name.strip(), value.strip()) for name, _, value in pairs):
        if name in parts:
            raise ValueError(f"{name} twice")
        if value:
            parts[name] = value
    return parts


def _positive(name: str, value: str) -> int:
    if not value.isdecimal() or len(value) > 12 or int(value) < 1:
        raise ValueError(f"{name}={value!r}")
    return int(value)


def _numbers(name: str, value: str) -> tuple[int, ...]:
    low, high, from_end = _NUMBERS[name]
    numbers = sorted({int(item) for item in value.split(",") if item})
    if not all(low <= (abs(number) if from_end else number) <= high for number in numbers):
        raise ValueError(f"{name}={value!r}")
    if name == "BYSECOND":  # 60 is a leap second, which no clock here shows
        numbers = sorted({min(number, 59) for number in numbers})
    return tuple(numbers)


def _weekday_list(value: str, *, numbered: bool) -> tuple[tuple[int, int], ...]:
    """Pairs (number or 0, weekday) as ordered; numbers mean nothing in weekly and more frequent rules."""
    found: dict[tuple[int, int], None] = {}
    for item in filter(None, value.split(",")):
        match = _BYDAY.match(item)
        if match is None or (match[1] and not 1 <= abs(int(match[1])) <= 53):
            raise ValueError(f"BYDAY={value!r}")
        found[int(match[1] or 0) if numbered else 0, WEEKDAYS.index(match[2])] = None
    return tuple(found)


def _until(value: str, zone: dt.tzinfo, whole_days: bool) -> dt.datetime:
    match = _UNTIL.match(value)
    if match is None:
        raise ValueError(f"UNTIL={value!r}")
    day, time, utc = match.groups()
    if time is None:
        last = dt.datetime.strptime(day, "%Y%m%d")  # noqa: DTZ007 - a wall time
        return last if whole_days else last.replace(hour=23, minute=59, second=59)
    until = dt.datetime.strptime(day + time, "%Y%m%d%H%M%S")  # noqa: DTZ007 - a wall time unless it says Z
    if utc:
        try:
            until = until.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
        except OverflowError:
            until = dt.datetime.combine(dt.date.max, dt.time())
    return until.replace(hour=0, minute=0, second=0, microsecond=0) if whole_days else until


def _most_times(rule: Rule) -> int:
    """How many times the parts that expand (RFC 5545, table in 3.3.10) give in one day, hour or minute."""
    match rule.freq:
        case "SECONDLY":
            parts: tuple[tuple[int, ...], ...] = ()
        case "MINUTELY":
            parts = (rule.bysecond,)
        case "HOURLY":
            parts = (rule.byminute, rule.bysecond)
        case _:
            parts = (rule.byhour, rule.byminute, rule.bysecond)
    return math.prod(max(len(part), 1) for part in parts)
