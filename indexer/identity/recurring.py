"""On which days a series takes place, as far as its one rule says so plainly: every Tuesday, every second Friday."""

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

__all__ = ["NEVER", "Repeats", "falls_on", "repeats"]

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST = 500


class Repeats(NamedTuple):
    """`days` are as BYDAY gives them: "TU", or "2TU" and "-1FR" within a month; none where the rule says other things.
    Weeks from one to the next are `every`; `until_day` is a proleptic Gregorian ordinal, the last possible."""

    days: tuple[str, ...] = ()
    every: int = 1
    until_day: int | None = None


NEVER = Repeats()


@lru_cache(maxsize=5_000)
def repeats(rules: tuple[str, ...], start_day: int) -> Repeats:
    """What the recurrence rule (RFC 5545, 3.3.10) of a series says that begins on that day."""
    if len(rules) != 1 or len(rules[0]) > _LONGEST:
        return NEVER
    said = dict(part.partition("=")[::2] for part in rules[0].upper().removeprefix("RRULE:").split(";"))
    every, freq = said.get("INTERVAL", "1"), said.get("FREQ")
    days = tuple(day.strip().lstrip("+") for day in said.get("BYDAY", "").split(",") if day.strip())
    if (
        not every.isdecimal()
        or len(every) > 2
        or every in ("0", "00")
        or said.keys() & {"BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY"}
    ):
        return NEVER
    if freq == "WEEKLY" or (freq == "DAILY" and int(every) == 1):
        days = days or (_DAYS if freq == "DAILY" else (_DAYS[(start_day - 1) % 7],))
        if not set(days) <= {*_DAYS} or "BYSETPOS" in said:
            return NEVER
    elif freq == "MONTHLY" and int(every) == 1:
        places = said.get("BYSETPOS", "").split(",")
        if said.get("BYSETPOS") and len(days) == 1:
            days = tuple(f"{place}{days[0]}" for place in places)
        if not days or any(day[-2:] not in _DAYS or day[:-2] not in _PLACES for day in days):
            return NEVER
    else:
        return NEVER
    return Repeats(days, int(every), _until(said, start_day, len(days) if freq != "MONTHLY" else 0, int(every)))


_PLACES = ("1", "2", "3", "4", "5", "-1")


def _until(said: dict[str, str], start_day: int, a_week: int, every: int) -> int | None:
    """The last day, or a day not before it."""
    until, count = said.get("UNTIL", "")[:8], said.get("COUNT", "")
    if len(until) == 8 and until.isdecimal():
        year, month, day = int(until[:4]), int(until[4:6]), int(until[6:])
        return _ordinal(year, month, day)
    if count.isdecimal() and len(count) < 5:
        weeks = -(-int(count) // a_week) * every if a_week else int(count) * 5
        return start_day + 7 * weeks
    return None


def _ordinal(year: int, month: int, day: int) -> int | None:
    try:
        return dt.date(year, month, day).toordinal()
    except ValueError:
        return None


def falls_on(some: Repeats, start_day: int, day: int) -> bool:
    """Whether a series that begins on a day takes place on another."""
    if day < start_day or not some.days or (some.until_day is not None and day > some.until_day):
        return False
    name = _DAYS[(day - 1) % 7]
    if len(some.days[0]) == 2:
        weeks = (day - (day - 1) % 7 - (start_day - (start_day - 1) % 7)) // 7
        return name in some.days and weeks % some.every == 0
    date = dt.date.fromordinal(day)
    place = (date.day - 1) // 7 + 1
    is_last = (date + dt.timedelta(days=7)).month != date.month if day < dt.date.max.toordinal() - 7 else True
    return f"{place}{name}" in some.days or (is_last and f"-1{name}" in some.days)
