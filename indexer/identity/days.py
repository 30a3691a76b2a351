"""When an event is, as one number: enough to say, before more is read of two of them, that they cannot be one."""

import datetime as dt

from indexer.catalogue import DAYS_BITS
from indexer.identity.agreement import LONGEST_OVERLAP, MOST_DAYS
from indexer.identity.traits import Traits

__all__ = ["days_of", "may_meet"]

_BITS = 3
_LONGEST = (1 << _BITS) - 1
assert _LONGEST > LONGEST_OVERLAP
assert dt.date.max.toordinal() << _BITS | _LONGEST < 1 << DAYS_BITS


def days_of(traits: Traits) -> int:
    """The first day (a proleptic Gregorian ordinal) times eight, and how many more there are, seven at most; 0 for a
    series, which has many days."""
    if traits.recurs:
        return 0
    return traits.start_day << _BITS | min(_LONGEST, traits.end_day - traits.start_day)


def may_meet(one: int, other: int) -> bool:
    """False where agreement.when finds for single times that they are days apart, whatever their hours."""
    if not one or not other:
        return True
    if one > other:
        one, other = other, one
    days = (other >> _BITS) - (one >> _BITS)
    if days < 2:
        return True
    if days > LONGEST_OVERLAP:
        return False
    more = one & _LONGEST
    return days <= more + 1 or (days <= MOST_DAYS and (more > 0 or other & _LONGEST > 0))
