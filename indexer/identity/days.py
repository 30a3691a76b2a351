"""When an event is, as one number: enough to say, before more is read of two of them, that they cannot be one."""

import datetime as dt

from indexer.catalogue import DAYS_BITS
from indexer.identity.agreement import LONGEST_OVERLAP, MOST_DAYS, OTHER_START
from indexer.identity.traits import Traits

__all__ = ["days_of", "may_meet"]

_LENGTH_BITS = 3
_HOUR_BITS = 6
_LOW = _LENGTH_BITS + _HOUR_BITS
_LONGEST = (1 << _LENGTH_BITS) - 1
_NO_HOUR = (1 << _HOUR_BITS) - 1
#: Of clocks that are so far from UTC at most, in hours; an hour of theirs may be written as one of UTC.
_ZONES = 14
#: Starts that differ by so many whole hours are surely more apart than any mistake makes them.
_APART = _ZONES + 1
assert _LONGEST > LONGEST_OVERLAP
assert 24 + 2 * _ZONES < _NO_HOUR
assert OTHER_START < _ZONES * 60
assert dt.date.max.toordinal() + 1 << _LOW < 1 << DAYS_BITS


def days_of(traits: Traits) -> int:
    """The first day (a proleptic Gregorian ordinal), how many more there are, seven at most, and of a single one the
    hour in UTC, if it is known; 0 for a series, which has many days."""
    if traits.recurs:
        return 0
    more = min(_LONGEST, traits.end_day - traits.start_day)
    hour = _NO_HOUR if more else _hour(traits)
    return (traits.start_day << _LENGTH_BITS | more) << _HOUR_BITS | hour


def _hour(traits: Traits) -> int:
    """The hour of the start, counted from _ZONES hours before midnight UTC; midnight is written for any."""
    if traits.start is None or not traits.wall or abs(traits.offset or 0) > _ZONES * 60:
        return _NO_HOUR
    hour = traits.start // 60 - (traits.start_day - _EPOCH) * 24 + _ZONES
    return hour if 0 <= hour < _NO_HOUR else _NO_HOUR


_EPOCH = dt.date(1970, 1, 1).toordinal()


def may_meet(one: int, other: int) -> bool:
    """False only where agreement.when finds for single times that they are days apart: for what its days alone rule
    out, and for most of what happens at other hours of the next day."""
    if not one or not other:
        return True
    if one > other:
        one, other = other, one
    days = (other >> _LOW) - (one >> _LOW)
    if not days:
        return True
    if days == 1:
        first, second = one & _NO_HOUR, other & _NO_HOUR
        return _NO_HOUR in (first, second) or abs(second + 24 - first) < _APART
    if days > LONGEST_OVERLAP:
        return False
    more = one >> _HOUR_BITS & _LONGEST
    return days <= more + 1 or (days <= MOST_DAYS and (more > 0 or other >> _HOUR_BITS & _LONGEST > 0))
