"""Recurrence rules (RFC 5545, 3.3.10) on naive wall times, bounded whatever they say.

dateutil.rrule, which the tests compare this with, walks from DTSTART and looks for the next match without end: a rule
for 30 February is searched up to the year 9999. Here only periods (years, months, weeks …) of a window are looked at.
"""

import calendar
import datetime as dt
import itertools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hobnob.moments import UTC

__all__ = ["MOST_TIMES", "PERIODS", "Rule", "parse", "starts"]

PERIODS = 10_000
"""How many periods of a rule are looked at on each side of now, or from its start when it has a COUNT."""

MOST_TIMES = 24
"""A rule is refused when its BYHOUR, BYMINUTE and BYSECOND give more times than this in a day (hourly: in an hour)."""

_LONGEST = 4096
_WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_SECONDS = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}
_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", *_SECONDS)
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
    """
    parts = _parts(text)
    freq = parts.pop("FREQ", "")
    if freq not in _FREQUENCIES:
        raise ValueError(f"FREQ={freq!r}")
    if parts.pop("RSCALE", "GREGORIAN") != "GREGORIAN" or parts.pop("SKIP", "OMIT") != "OMIT":
        raise ValueError("only the Gregorian calendar, without SKIP, is understood")
    values = {name.lower(): _numbers(name, parts.pop(name)) for name in _NUMBERS if name in parts}
    rule = Rule(
        freq=freq,
        interval=_positive("INTERVAL", parts.pop("INTERVAL", "1")),
        count=_positive("COUNT", parts.pop("COUNT")) if "COUNT" in parts else None,
        until=_until(parts.pop("UNTIL"), zone, whole_days) if "UNTIL" in parts else None,
        wkst=_WEEKDAYS[parts.pop("WKST", "MO")],
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


def starts(
    rule: Rule, start: dt.datetime, *, low: dt.datetime, high: dt.datetime, now: dt.datetime
) -> Iterator[dt.datetime]:
    """The times after `start` at which `rule` falls, from `low` to `high` inclusive, ascending; all naive wall times.

    `start` itself counts as the first of COUNT, whether or not the rule would give it (RFC 5545, 3.8.5.3). A COUNT
    beyond PERIODS is taken as endless. Of a rule that repeats very often only PERIODS before and after `now` are seen.
    """
    if rule.until is not None:
        high = min(high, rule.until)
    if high <= start:
        return
    counted = rule.count is not None and rule.count <= PERIODS
    around = _period(rule, start, max(now, start))
    first = 0 if counted else max(0, _period(rule, start, max(low, start)), around - PERIODS)
    last = min(_period(rule, start, high) + 1, PERIODS if counted else around + PERIODS)
    times = _times(rule, start)
    found = (time for index in range(first, last + 1) for time in _in_period(rule, start, times, index) if time > start)
    for time in itertools.islice(found, rule.count - 1 if counted and rule.count else None):
        if time > high:
            return
        if time >= low:
            yield time


def _period(rule: Rule, start: dt.datetime, time: dt.datetime) -> int:
    """The number of the period that `time` (not before `start`) is in, counted from that of `start`."""
    match rule.freq:
        case "YEARLY":
            passed = time.year - start.year
        case "MONTHLY":
            passed = (time.year - start.year) * 12 + time.month - start.month
        case "WEEKLY":
            passed = (time.toordinal() - _week_start(start.toordinal(), rule.wkst)) // 7
        case "DAILY":
            passed = time.toordinal() - start.toordinal()
        case _:
            passed = (time - start) // dt.timedelta(seconds=_SECONDS[rule.freq])
    return passed // rule.interval


def _in_period(rule: Rule, start: dt.datetime, times: list[dt.time], index: int) -> Sequence[dt.datetime]:
    """The instances of one period, ascending."""
    try:
        if rule.freq in _SECONDS:
            found = _within_hour(rule, start + dt.timedelta(seconds=_SECONDS[rule.freq] * rule.interval * index))
        else:
            days = _days(rule, start, index * rule.interval)
            found = [dt.datetime.combine(dt.date.fromordinal(day), time) for day in days for time in times]
    except (OverflowError, ValueError):  # beyond the year 9999
        return ()
    if rule.bysetpos:
        size = len(found)
        places = {place - 1 if place > 0 else size + place for place in rule.bysetpos}
        return [found[place] for place in sorted(places) if 0 <= place < size]
    return found


def _days(rule: Rule, start: dt.datetime, distance: int) -> list[int]:
    """The days (ordinals) of the period that many years, months, weeks or days after that of `start`."""
    match rule.freq:
        case "YEARLY":
            return sorted(_days_of_year(rule, start, start.year + distance))
        case "MONTHLY":
            year, month = divmod(start.year * 12 + start.month - 1 + distance, 12)
            if rule.bymonth and month + 1 not in rule.bymonth:
                return []
            monthdays = rule.bymonthday if rule.names_days else (start.day,)
            days = sorted(_days_of_month(monthdays, rule.byday, year, month + 1))
        case "WEEKLY":
            first = _week_start(start.toordinal(), rule.wkst) + 7 * distance
            weekdays = [weekday for _, weekday in rule.byday] if rule.byday else [start.weekday()]
            days = sorted({first + (weekday - rule.wkst) % 7 for weekday in weekdays})
        case _:
            days = [start.toordinal() + distance]
    return [day for day in days if _fits(rule, day)] if _limits(rule) else days


def _days_of_year(rule: Rule, start: dt.datetime, year: int) -> set[int]:
    first = dt.date(year, 1, 1).toordinal()
    length = 366 if calendar.isleap(year) else 365
    months, monthdays = rule.bymonth, rule.bymonthday
    if not rule.names_days:
        months, monthdays = months or (start.month,), (start.day,)
    byday = rule.byday if rule.bymonth else ()  # "20MO" counts within the month if months are named, else in the year
    days: set[int] = set()
    for month in months or range(1, 13):
        days.update(_days_of_month(monthdays, byday, year, month))
    if rule.byday and not byday:
        days &= _weekdays(rule.byday, first, length)
    if rule.byyearday:
        days &= {first + (number - 1 if number > 0 else length + number) for number in rule.byyearday}
    if rule.byweekno:
        days = {day for day in days if _week_fits(rule, day)}
    return days


def _days_of_month(monthdays: Iterable[int], byday: Iterable[tuple[int, int]], year: int, month: int) -> set[int]:
    first = dt.date(year, month, 1).toordinal()
    length = calendar.monthrange(year, month)[1]
    days = set(range(first, first + length))
    if monthdays:
        days &= {first + (number - 1 if number > 0 else length + number) for number in monthdays}
    if byday:
        days &= _weekdays(byday, first, length)
    return days


def _weekdays(byday: Iterable[tuple[int, int]], first: int, length: int) -> set[int]:
    """The days of a span that BYDAY names: each such weekday, or the nth in it from its beginning or end."""
    days: set[int] = set()
    for number, weekday in byday:
        every = range(first + (weekday + 1 - first) % 7, first + length, 7)  # ordinal 1 is a Monday
        if not number:
            days.update(every)
        elif abs(number) <= len(every):
            days.add(every[number - 1 if number > 0 else number])
    return days


def _limits(rule: Rule) -> bool:
    if rule.freq == "WEEKLY":
        return bool(rule.bymonth or rule.bymonthday or rule.byyearday or rule.byweekno)
    if rule.freq == "MONTHLY":
        return bool(rule.byyearday or rule.byweekno)
    return bool(rule.bymonth or rule.names_days)


def _fits(rule: Rule, day: int) -> bool:
    """Whether a day passes the parts that limit; BYDAY with numbers has been dealt with by then."""
    date = dt.date.fromordinal(day)
    if rule.bymonth and date.month not in rule.bymonth:
        return False
    if rule.freq != "MONTHLY" and rule.byday and all(weekday != date.weekday() for _, weekday in rule.byday):
        return False
    if rule.bymonthday:
        length = calendar.monthrange(date.year, date.month)[1]
        if not {date.day, date.day - length - 1}.intersection(rule.bymonthday):
            return False
    if rule.byyearday:
        number = date.timetuple().tm_yday
        if not {number, number - 367 + (not calendar.isleap(date.year))}.intersection(rule.byyearday):
            return False
    return not rule.byweekno or _week_fits(rule, day)


def _week_fits(rule: Rule, day: int) -> bool:
    """BYWEEKNO: week 1 is the first with at least four days in the year; weeks begin on WKST."""
    middle = dt.date.fromordinal(_week_start(day, rule.wkst) + 3)
    number = (middle.timetuple().tm_yday + 6) // 7
    last_middle = _week_start(dt.date(middle.year, 12, 28).toordinal(), rule.wkst) + 3
    weeks = (dt.date.fromordinal(last_middle).timetuple().tm_yday + 6) // 7
    return number in rule.byweekno or number - weeks - 1 in rule.byweekno


def _week_start(day: int, wkst: int) -> int:
    return day - (day - 1 - wkst) % 7


def _times(rule: Rule, start: dt.datetime) -> list[dt.time]:
    """The times of day of a rule that is daily or rarer; what it leaves out comes from its start."""
    hours, minutes, seconds = (
        rule.byhour or (start.hour,),
        rule.byminute or (start.minute,),
        rule.bysecond or (start.second,),
    )
    return [dt.time(*parts) for parts in itertools.product(hours, minutes, seconds)]


def _within_hour(rule: Rule, time: dt.datetime) -> list[dt.datetime]:
    """The times of one period of an hourly or more frequent rule, which begins at `time`."""
    if _limits(rule) and not _fits(rule, time.toordinal()):
        return []
    if rule.byhour and time.hour not in rule.byhour:
        return []
    minutes, seconds = rule.byminute or (time.minute,), rule.bysecond or (time.second,)
    if rule.freq != "HOURLY":
        minutes = (time.minute,) if time.minute in minutes else ()
    if rule.freq == "SECONDLY":
        seconds = (time.second,) if time.second in seconds else ()
    return [time.replace(minute=minute, second=second) for minute in minutes for second in seconds]


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


def _parts(text: str) -> dict[str, str]:
    if len(text) > _LONGEST:
        raise ValueError(f"{len(text)} characters")
    pairs = [pair.partition("=") for pair in text.strip().upper().removeprefix("RRULE:").split(";") if pair.strip()]
    return {name.strip(): value.strip() for name, _, value in pairs if value.strip()}


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
    """Pairs (number or 0, weekday); numbers mean nothing in weekly and more frequent rules."""
    found: set[tuple[int, int]] = set()
    for item in filter(None, value.split(",")):
        match = _BYDAY.match(item)
        if match is None or (match[1] and not 1 <= abs(int(match[1])) <= 53):
            raise ValueError(f"BYDAY={value!r}")
        found.add((int(match[1] or 0) if numbered else 0, _WEEKDAYS[match[2]]))
    return tuple(sorted(found))


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
