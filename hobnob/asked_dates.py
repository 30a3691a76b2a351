"""Dates as people type them: "2026-12-01", "friday", "this weekend", "next month", "+90d".

What is typed stands for a span of days; a "from" takes the first of them, a "to" the last.
"""

import calendar
import datetime as dt
import re

from hobnob.errors import BadValue

__all__ = ["span"]

Span = tuple[dt.date, dt.date]

_DAY = dt.timedelta(days=1)
_HINT = "dates look like 2026-12-01, 2026-12, today, friday, this weekend, next month, december, 1 dec or +90d"
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: day
    for day, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed weds",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
_WHICH = {"last": -1, "this": 0, "next": 1}
_ISO_MONTH = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?")
_ISO_WEEK = re.compile(r"([0-9]{4})-w([0-9]{1,2})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_AWAY = re.compile(r"([+-]|in )\s*([0-9]{1,6})\s*(d|w|m|y|days?|weeks?|months?|years?)")
_DAY_OF_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?\.?(?: of)? ([a-z]+)\.?(?:,?\s+([0-9]{4}))?")
_MONTH_DAY = re.compile(r"([a-z]+)\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?(?:,?\s+([0-9]{4}))?")
_MONTH = re.compile(r"([a-z]+)\.?(?:\s+([0-9]{4}))?")


def span(text: str, today: dt.date) -> Span:
    """The first and the last day that `text` stands for, both included. Raises BadValue.

    "friday" is the next one, today included, and "next friday" the Friday of the week after this one; weeks
    begin on Monday. A month or a day of the year without a year is the next that is not over.
    """
    asked = " ".join(text.casefold().split())
    try:
        found = _numbers(asked) or _away(asked, today) or _words(asked, today) or _month_and_day(asked, today)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise BadValue("date", text, hint=_HINT)
    return found


def _numbers(asked: str) -> Span | None:
    if match := _ISO_DAY.fullmatch(asked):
        day = dt.date(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    if match := _ISO_WEEK.fullmatch(asked):
        monday = dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday, monday + 6 * _DAY
    if match := _ISO_MONTH.fullmatch(asked):
        year = int(match[1])
        return _month(year, int(match[2])) if match[2] else (dt.date(year, 1, 1), dt.date(year, 12, 31))
    return None


def _away(asked: str, today: dt.date) -> Span | None:
    match = _AWAY.fullmatch(asked)
    if match is None:
        return None
    count = -int(match[2]) if match[1] == "-" else int(match[2])
    unit = match[3][0]
    if unit in "dw":
        day = today + count * (_DAY if unit == "d" else 7 * _DAY)
    else:
        year, month = _months_on(today, count if unit == "m" else 12 * count)
        day = dt.date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
    return day, day


def _words(asked: str, today: dt.date) -> Span | None:
    """ "tomorrow", "friday", "weekend", "next week": a day or a span that a name says, and which of them."""
    if asked in _NEAR:
        day = today + _NEAR[asked] * _DAY
        return day, day
    first, _, rest = asked.partition(" ")
    which, name = (_WHICH[first], rest) if first in _WHICH and rest else (0, asked)
    monday = today - today.weekday() * _DAY + which * 7 * _DAY
    if (weekday := _WEEKDAYS.get(name)) is not None:
        day = monday + weekday * _DAY
        if which == 0 and day < today:
            day += 7 * _DAY
        return day, day
    days_of_week = {"weekend": (5, 6), "week": (0, 6)}.get(name)
    if days_of_week is not None:
        return monday + days_of_week[0] * _DAY, monday + days_of_week[1] * _DAY
    if name == "month":
        return _month(*_months_on(today, which))
    return (dt.date(today.year + which, 1, 1), dt.date(today.year + which, 12, 31)) if name == "year" else None


def _month_and_day(asked: str, today: dt.date) -> Span | None:
    if match := _MONTH.fullmatch(asked):
        month, year, day = _MONTHS.get(match[1]), match[2], None
    elif match := _DAY_OF_MONTH.fullmatch(asked):
        month, year, day = _MONTHS.get(match[2]), match[3], int(match[1])
    elif match := _MONTH_DAY.fullmatch(asked):
        month, year, day = _MONTHS.get(match[1]), match[3], int(match[2])
    else:
        return None
    if month is None:
        return None
    years = (int(year),) if year else range(today.year, today.year + 9)
    return next(
        (found for each in years if (found := _in_year(each, month, day)) and (year or found[1] >= today)), None
    )


def _in_year(year: int, month: int, day: int | None) -> Span | None:
    """None when the month of that year has no such day (29 February)."""
    first, last = _month(year, month)
    if day is None:
        return first, last
    if not 1 <= day <= last.day:
        return None
    return first.replace(day=day), first.replace(day=day)


def _month(year: int, month: int) -> Span:
    first = dt.date(year, month, 1)
    return first, first.replace(day=calendar.monthrange(year, month)[1])


def _months_on(day: dt.date, count: int) -> tuple[int, int]:
    years, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return years, month + 1
