"""When an event happens: its recurrence rules, added, cancelled and moved dates, worked out for a window around now."""

import datetime as dt
from collections import deque
from collections.abc import Iterator
from heapq import merge
from itertools import islice

from hobnob import recurrence, recurrence_starts
from hobnob.events import Event, Occurrence
from hobnob.moments import UTC
from indexer.occurrences.clock import Clock, moved

__all__ = ["MOST_DATES", "MOST_GENERATED", "MOST_RULES", "occurrences"]

MOST_GENERATED = 1_000
"""Of the times that rules give, this many before now and as many after it are kept, the nearest ones."""

MOST_RULES = 4
"""Rules of one event beyond this many are ignored."""

MOST_DATES = 5_000
"""Of the added, of the cut out and of the changed dates of one event, as many are taken, in the order written."""

_LONGEST_SINGLE = dt.timedelta(days=400)
_DAY = dt.timedelta(days=1)


def occurrences(
    event: Event, *, now: dt.datetime, horizon_days: int = 400, keep_past_days: int = 730
) -> list[Occurrence]:
    """The times at which `event` happens, by start; none that was over `keep_past_days` before `now` (aware).

    What rules generate reaches `horizon_days` ahead. Dates that are written out (the start, RDATE, moved occurrences)
    are all there, however far. A rule that is wrong, or that needs more than the limits above, gives nothing beyond
    them; the start always counts (RFC 5545, 3.8.5.3). EXDATE cuts out by time, or all of a day when it is a date.
    """
    clock = Clock(event)
    oldest = moved(now.astimezone(UTC), -dt.timedelta(days=keep_past_days))
    overrides = {clock.wall(override.recurrence_id): override for override in event.overrides[:MOST_DATES]}
    cut_out, cut_days = clock.walls_and_days(event.exdate[:MOST_DATES])
    found = [clock.changed(override) for override in overrides.values()]
    walls = {clock.start, *(clock.wall(moment) for moment in event.rdate[:MOST_DATES])}
    if event.rrule:
        walls.update(_generated(event, clock, now, oldest, horizon_days))
    for wall in walls:
        if wall not in overrides and wall not in cut_out and wall.date() not in cut_days:
            found.append(clock.occurrence(wall, recurring=event.recurs))
    return sorted(
        (occurrence for occurrence in found if occurrence.end_utc >= oldest),
        key=lambda occurrence: (occurrence.start_utc, occurrence.start.wall),
    )


def _generated(
    event: Event, clock: Clock, now: dt.datetime, oldest: dt.datetime, horizon_days: int
) -> Iterator[dt.datetime]:
    """What the rules give: of all of them together, MOST_GENERATED on each side of now."""
    local_now = clock.local(now)
    low = clock.local(moved(oldest, -min(clock.duration, _LONGEST_SINGLE) - _DAY))
    high = moved(local_now, dt.timedelta(days=horizon_days))
    times = merge(*(_starts(text, clock, low, high, local_now) for text in event.rrule[:MOST_RULES]))
    past: deque[dt.datetime] = deque(maxlen=MOST_GENERATED)
    for time in times:
        if time >= local_now:
            yield time
            break
        past.append(time)
    yield from past
    yield from islice(times, MOST_GENERATED - 1)


def _starts(text: str, clock: Clock, low: dt.datetime, high: dt.datetime, now: dt.datetime) -> Iterator[dt.datetime]:
    """What one rule gives, ascending; nothing when it is none."""
    try:
        rule = recurrence.parse(text, clock.zone, clock.whole_days)
    except ValueError:
        return iter(())
    return recurrence_starts.starts(rule, clock.start, low=low, high=high, around=now)
