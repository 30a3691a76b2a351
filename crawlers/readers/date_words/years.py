"""The year of days that do not state it, and whether the weekday that they state is true."""

import datetime as dt

from crawlers.readers.date_words.figures import FIRST_YEAR, LAST_YEAR, Day

__all__ = ["settled"]

_TURN = dt.timedelta(days=183)


def settled(
    first: Day, last: Day | None, year: int | None, today: dt.date | None
) -> tuple[dt.date, dt.date | None, bool] | None:
    """The first and the last date, and whether their year is a guess; None where they contradict themselves.

    `year` is the page's. A weekday finds the year among it, this one, the next and the one before; without one, days
    are the next such days from `today`.
    """
    if last is not None and last == first:
        last = None
    if first.year is None and last is not None and last.year is not None:
        first = first._replace(year=last.year - (_key(first) > _key(last)))
        last = last._replace(year=None)
    if first.year is not None:
        found = _dates(first, last, first.year)
        return (*found, False) if found else None
    weekday = first.weekday is not None or (last is not None and last.weekday is not None)
    if year is not None and (found := _dates(first, last, year)):
        return (*found, False)
    if year is not None and not weekday:
        return None
    for guess in _guesses(year, today, weekday):
        found = _dates(first, last, guess)
        if found and (weekday or today is None or (found[1] or found[0]) >= today):
            return (*found, True)
    return None


def _guesses(year: int | None, today: dt.date | None, weekday: bool) -> list[int]:
    if not weekday:
        return [today.year + n for n in range(9)] if today else []
    around = [base for base in (year, today.year if today else None) if base is not None]
    return [base + n for n in (0, 1, -1) for base in around]


def _dates(first: Day, last: Day | None, year: int) -> tuple[dt.date, dt.date | None] | None:
    start = first.date(year)
    if start is None or not _is_true(start, first):
        return None
    if last is None:
        return start, None
    end = last.date(start.year + (last.year is None and _key(last) < _key(first)))
    if end is None or not _is_true(end, last) or end < start:
        return None
    if end.year > start.year and last.year is None and end - start > _TURN:
        return None
    return start, end if end > start else None


def _is_true(date: dt.date, day: Day) -> bool:
    return FIRST_YEAR <= date.year <= LAST_YEAR and day.weekday in (None, date.weekday())


def _key(day: Day) -> tuple[int, int]:
    return day.month or 0, day.day
