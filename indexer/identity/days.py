"""When an event is, as one number: enough to say, before more is read of two of them, that they cannot be one."""

import datetime as dt

from indexer.catalogue import DAYS_BITS
from indexer.identity.agreement import LONGEST_OVERLAP, MOST_DAYS, OTHER_START
from indexer.identity.traits import Traits

__all__ = ["days_of", "may_meet"]

_DAY_BITS, _LENGTH_BITS, _HOUR_BITS, _WALL_BITS = 16, 3, 6, 5
_RECURS = 1 << _WALL_BITS
_HOURS_AT = _WALL_BITS + 1
_LENGTH_AT = _HOURS_AT + _HOUR_BITS
_DAY_AT = _LENGTH_AT + _LENGTH_BITS
_LONGEST = (1 << _LENGTH_BITS) - 1
_NO_HOUR = (1 << _HOUR_BITS) - 1
_NO_WALL = _WALL = (1 << _WALL_BITS) - 1
#: Days are counted from here; what is before, or 179 years after, may be any day.
_FIRST = dt.date(1990, 1, 1).toordinal()
#: Of clocks that are so far from UTC at most, in hours; an hour of theirs may be written as one of UTC.
_ZONES = 14
#: Starts that differ by so many whole hours are surely more apart than any mistake makes them.
_APART = _ZONES + 1
assert _LONGEST > LONGEST_OVERLAP
assert 24 + 2 * _ZONES < _NO_HOUR
assert OTHER_START < _ZONES * 60
assert _DAY_AT + _DAY_BITS < DAYS_BITS


def days_of(traits: Traits) -> int:
    """The first day, how many more there are, seven at most, of a single one the hour in UTC, if it is known, whether
    it recurs, and the hour on the wall; 0 for what may be any day."""
    day = traits.start_day - _FIRST
    if not 0 < day < 1 << _DAY_BITS:
        return 0
    more = min(_LONGEST, traits.end_day - traits.start_day)
    hour = _NO_HOUR if more else _hour(traits)
    wall = _NO_WALL if traits.wall is None else traits.wall // 60
    return day << _DAY_AT | more << _LENGTH_AT | hour << _HOURS_AT | (_RECURS if traits.recurs else 0) | wall


def _hour(traits: Traits) -> int:
    """The hour of the start, counted from _ZONES hours before midnight UTC; midnight is written for any."""
    if traits.start is None or not traits.wall or abs(traits.offset or 0) > _ZONES * 60:
        return _NO_HOUR
    hour = traits.start // 60 - (traits.start_day - _EPOCH) * 24 + _ZONES
    return hour if 0 <= hour < _NO_HOUR else _NO_HOUR


_EPOCH = dt.date(1970, 1, 1).toordinal()


def may_meet(one: int, other: int) -> bool:
    """False only where comparing finds that they are days apart: for what their days alone rule out, and for most of
    what happens at other hours of the next day. A series meets, on other days, only what is at its hour."""
    if not one or not other:
        return True
    if (one | other) & _RECURS and one & _WALL == other & _WALL:
        return True
    if one > other:
        one, other = other, one
    days = (other >> _DAY_AT) - (one >> _DAY_AT)
    if not days:
        return True
    if days == 1:
        first, second = one >> _HOURS_AT & _NO_HOUR, other >> _HOURS_AT & _NO_HOUR
        return _NO_HOUR in (first, second) or abs(second + 24 - first) < _APART
    if days > LONGEST_OVERLAP:
        return False
    more, also = one >> _LENGTH_AT & _LONGEST, other >> _LENGTH_AT & _LONGEST
    return days <= more + 1 or (days <= MOST_DAYS and (more > 0 or also > 0))
