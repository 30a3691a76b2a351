"""When recurrence rules (RFC 5545, 3.3.10) fall, on naive wall times, bounded whatever they say.

dateutil.rrule, which the tests compare this with, walks from DTSTART and looks for the next match without end: a rule
for 30 February is searched up to the year 9999. Here only periods (years, months, weeks …) of a window are looked at.
"""

import calendar
import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence

from hobnob.recurrence import Rule

__all__ = ["PERIODS", "OutOfReach", "falls", "starts"]

PERIODS = 10_000
"""How many periods of a rule are looked at on each side of a time, or from its start when it has a COUNT."""

_SECONDS = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}


class OutOfReach(ValueError):
    """A rule may fall again in the window asked for, but that is more periods away than are looked at."""


def starts(
    rule: Rule, start: dt.datetime, *, low: dt.datetime, high: dt.datetime, around: dt.datetime | None = None
) -> Iterator[dt.datetime]:
    """The times after `start` at which `rule` falls, from `low` to `high` inclusive, ascending; all naive wall times.

    `start` itself counts as the first of COUNT, whether or not the rule would give it (RFC 5545, 3.8.5.3). A COUNT
    beyond PERIODS is taken as endless. Of a rule that repeats very often only PERIODS before and after `around` are
    seen. Without `around` it is twice PERIODS from `low` on, and OutOfReach is raised after the last time found in
    them if the window is longer.
    """
    count = _count(rule)
    later = (time for time in _from_start(rule, start, low, high, around) if time > start)
    return _not_before(low, itertools.islice(later, count and count - 1))


def falls(
    rule: Rule, start: dt.datetime, *, low: dt.datetime, high: dt.datetime, around: dt.datetime | None = None
) -> Iterator[dt.datetime]:
    """The same for a rule by itself: `start` is one of its times, and of its COUNT, only if the rule gives it."""
    return _not_before(low, itertools.islice(_from_start(rule, start, low, high, around), _count(rule)))


def _count(rule: Rule) -> int | None:
    return rule.count if rule.count is not None and rule.count <= PERIODS else None


def _not_before(low: dt.datetime, times: Iterable[dt.datetime]) -> Iterator[dt.datetime]:
    return itertools.dropwhile(lambda time: time < low, times)


def _from_start(
    rule: Rule, start: dt.datetime, low: dt.datetime, high: dt.datetime, around: dt.datetime | None
) -> Iterator[dt.datetime]:
    """The times from `start` on in the periods that are looked at: all those from `low` to `high`, and a few more."""
    high = min(high, rule.until or high)
    if high < max(low, start):
        return
    lowest, highest = _period(rule, start, max(low, start)), _period(rule, start, high) + 1
    if _count(rule):
        first, last = 0, PERIODS
    elif around is None:
        first, last = lowest, lowest + 2 * PERIODS
    else:
        middle = _period(rule, start, max(around, start))
        first, last = max(lowest, middle - PERIODS), middle + PERIODS
    times = _times(rule, start)
    for index in range(first, min(last, highest) + 1):
        for time in _in_period(rule, start, times, index):
            if time > high:
                return
            if time >= start:
                yield time
    if around is None and last < highest:
        raise OutOfReach(f"{rule.freq} is too frequent for the time from {max(low, start)} to {high}")


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
            return [found[place] for place in _places(rule, len(found))]
        days = [dt.date.fromordinal(day) for day in _days(rule, start, index * rule.interval)]
    except (OverflowError, ValueError):  # beyond the year 9999
        return ()
    if not rule.bysetpos:
        return [dt.datetime.combine(day, time) for day in days for time in times]
    chosen = (divmod(place, len(times)) for place in _places(rule, len(days) * len(times)))
    return [dt.datetime.combine(days[day], times[time]) for day, time in chosen]


def _places(rule: Rule, size: int) -> Sequence[int]:
    """Which of so many instances of a period count: all, unless BYSETPOS names some."""
    if not rule.bysetpos:
        return range(size)
    places = {place - 1 if place > 0 else size + place for place in rule.bysetpos}
    return sorted(place for place in places if 0 <= place < size)


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
