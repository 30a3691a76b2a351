"""VTIMEZONE components (RFC 5545, 3.6.5), from the tz database or from what a source defined itself.

Made here because `icalendar.Timezone.from_tzid` (7.3) puts each onset of summer time an hour late (it writes the
clock after the change, where DTSTART is the clock before it) and lists single dates only.
"""

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from hobnob.feeds.observances import Observance, observances
from hobnob.feeds.rrule import published_rule
from hobnob.moments import UTC
from hobnob.printable import line

__all__ = ["carried", "fixed", "of_zone"]

_FIRST_YEAR, _LAST_YEAR = 1970, 2100
_YEARS_AHEAD = 12
_FEWEST_FOR_A_RULE = 12  # within so many years every day of the month meets every weekday
_STEP = 7 * 86_400
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class _Clock(NamedTuple):
    offset: dt.timedelta
    name: str
    is_summer: bool


class _Change(NamedTuple):
    """From one clock to another; `wall` is naive, on the clock before."""

    before: dt.timedelta
    after: _Clock
    wall: dt.datetime


@lru_cache(maxsize=1024)
def of_zone(tzid: str, zone: dt.tzinfo, first_year: int, last_year: int) -> Timezone:
    """The VTIMEZONE of `zone`, right from `first_year` to some years after `last_year`, and for ever if it is regular.

    Years before 1970 get the clock of 1970, and years after 2100 that of 2100, unless a rule says more.
    """
    first = min(max(first_year, _FIRST_YEAR), _LAST_YEAR)
    last = min(max(last_year, first), _LAST_YEAR) + _YEARS_AHEAD
    start = int(dt.datetime(first, 1, 1, tzinfo=UTC).timestamp())
    end = int(dt.datetime(last + 1, 1, 1, tzinfo=UTC).timestamp())
    clock = _clock(zone, start)
    midnight = dt.datetime(first, 1, 1)  # noqa: DTZ001  (a wall time)
    found = _component(tzid)
    found.add_component(_part(clock.offset, clock, [midnight]))
    key = lambda change: (change.before, change.after)  # noqa: E731  (sorted and grouped by the same)
    for (before, after), group in itertools.groupby(sorted(_changes(zone, start, end), key=key), key=key):
        walls = [change.wall for change in group]
        regular = _regular(walls, last)
        if walls[: len(walls) - regular]:
            found.add_component(_part(before, after, walls[: len(walls) - regular]))
        if regular:
            found.add_component(_part(before, after, walls[-regular:], rule=True))
    return found


def fixed(tzid: str, offset: dt.timedelta) -> Timezone:
    """The VTIMEZONE of a clock that never changes."""
    found = _component(tzid)
    start = dt.datetime(_FIRST_YEAR, 1, 1)  # noqa: DTZ001  (a wall time)
    found.add_component(_part(offset, _Clock(offset, tzid, False), [start]))
    return found


@lru_cache(maxsize=256)
def carried(text: str, name: str, tzid: str) -> Timezone | None:
    """The VTIMEZONE called `name` in a source's `text`, made anew under `tzid` from what is understood of it."""
    found = _component(tzid)
    for observance in observances(text, name):
        found.add_component(_copied(observance))
    return found if found.subcomponents else None


def _copied(observance: Observance) -> Any:
    before = observance.before
    clock = _Clock(observance.after, line(observance.name)[:50], observance.is_daylight)
    copy = _part(before, clock, observance.onsets)
    rules = (published_rule(rule, whole_days=False, zone=dt.timezone(before)) for rule in observance.rules[:1])
    for rule in filter(None, rules):
        copy.add("RRULE", vRecur.from_ical(rule))
    return copy


def _component(tzid: str) -> Timezone:
    found = Timezone()
    found.add("TZID", tzid)
    return found


def _part(before: dt.timedelta, after: _Clock, walls: Sequence[dt.datetime], *, rule: bool = False) -> Any:
    """A STANDARD or DAYLIGHT part that takes effect at `walls`, or from the first of them by the rule they follow."""
    part = TimezoneDaylight() if after.is_summer else TimezoneStandard()
    part.add("DTSTART", walls[0])
    part.add("TZOFFSETFROM", before)
    part.add("TZOFFSETTO", after.offset)
    if after.name:
        part.add("TZNAME", after.name)
    if rule:
        number, weekday = min(set.intersection(*map(_places, walls)))
        byday = f"{number}{_WEEKDAYS[weekday]}"
        part.add("RRULE", vRecur.from_ical(f"FREQ=YEARLY;BYMONTH={walls[0].month};BYDAY={byday}"))
    elif walls[1:]:
        part.add("RDATE", list(walls[1:]))
    return part


def _changes(zone: dt.tzinfo, start: int, end: int) -> Iterator[_Change]:
    """The changes of `zone` between two instants (POSIX seconds), in order; none that is undone within a week."""
    clock = _clock(zone, start)
    while start < end:
        ahead = start + _STEP
        if _clock(zone, ahead) == clock:
            start = ahead
            continue
        while ahead - start > 1:
            middle = (start + ahead) // 2
            start, ahead = (middle, ahead) if _clock(zone, middle) == clock else (start, middle)
        after = _clock(zone, ahead)
        wall = dt.datetime.fromtimestamp(ahead, UTC).replace(tzinfo=None) + clock.offset
        yield _Change(clock.offset, after, wall)
        start, clock = ahead, after


def _clock(zone: dt.tzinfo, instant: int) -> _Clock:
    time = dt.datetime.fromtimestamp(instant, zone)
    return _Clock(
        time.utcoffset() or dt.timedelta(), time.tzname() or "", (time.dst() or dt.timedelta()) > dt.timedelta()
    )


def _regular(walls: Sequence[dt.datetime], last_year: int) -> int:
    """How many of the last `walls` fall, year by year up to `last_year`, on the same weekday of the same month."""
    common: set[tuple[int, int]] = set()
    count = 0
    for wall in reversed(walls):
        latest = walls[-1]
        places = _places(wall) & common if count else _places(wall)
        same = (wall.year, wall.month, wall.time()) == (last_year - count, latest.month, latest.time())
        if not places or not same:
            break
        common, count = places, count + 1
    return count if count >= _FEWEST_FOR_A_RULE else 0


def _places(wall: dt.datetime) -> set[tuple[int, int]]:
    """The places of a day in its month: (2, 6) the second Sunday, (-1, 6) the last."""
    places = {((wall.day - 1) // 7 + 1, wall.weekday())}
    if (wall + dt.timedelta(days=7)).month != wall.month:
        places.add((-1, wall.weekday()))
    return places
