"""When a source gives so much less than is usual that it is not believed.

A page that is being rebuilt, an API that lost its database, a login page with status 200: they answer, and what they
say is not that the events are off. A crawl that brings fewer than half of what is usual (the median of the last five
that were believed, if that is at least four) is suspicious: it counts as incomplete, and what it leaves out is not
taken away. It ends when

- a crawl brings half or more of what is usual again,
- a person accepts the new count (`hobnob crawl --force NAME`), or
- five crawls in a row agree with one another (none more than twice another), the first at least three days ago.

The count is that of all entries: read, unchanged and over; what could not be read is not among them.
"""

import datetime as dt
from dataclasses import dataclass
from statistics import median

__all__ = ["Standing", "judged", "usual_of"]

LEAST_USUAL = 4
REMEMBERED = 5
AGREEING = 5
AGREEING_FOR = dt.timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Standing:
    """Counts of the last crawls that were believed, oldest first, and of the suspicious ones since, which began at
    `odd_since` (aware)."""

    usual: tuple[int, ...] = ()
    odd: tuple[int, ...] = ()
    odd_since: dt.datetime | None = None


def usual_of(standing: Standing) -> int | None:
    """The count that is usual; None when nothing is known of it."""
    return round(median(standing.usual)) if standing.usual else None


def judged(standing: Standing, count: int, at: dt.datetime, *, accepted: bool = False) -> tuple[Standing, str | None]:
    """The standing after a crawl that brought `count` entries at `at`, and why it is suspicious, if it is."""
    if accepted:
        return Standing((count,)), None
    usual = median(standing.usual or (0,))
    if usual < LEAST_USUAL or count * 2 >= usual:
        return Standing((*standing.usual, count)[-REMEMBERED:]), None
    odd = (*standing.odd, count)[-AGREEING:]
    since = standing.odd_since or at
    if _agree(odd) and at - since >= AGREEING_FOR:
        return Standing(odd[-REMEMBERED:]), None
    events = "event" if count == 1 else "events"
    return Standing(standing.usual, odd, since), f"{count} {events} where {round(usual)} were usual"


def _agree(counts: tuple[int, ...]) -> bool:
    return len(counts) == AGREEING and max(counts) <= 2 * max(min(counts), 1)
