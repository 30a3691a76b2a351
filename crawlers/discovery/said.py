"""What a reader reads of an answer, counted: all of it, up to a bound, with a sample of the events."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawlers.readers import About, Context, Over, Reader
from hobnob import recurrence, recurrence_starts
from hobnob.errors import ReadError
from hobnob.moments import UTC, zone_info
from hobnob.observations import Follow, Observation, Skipped

__all__ = ["MOST_READ", "SAMPLE", "Said", "falls_on_or_after", "said", "soonest"]

MOST_READ = 20_000
"""How many events of one answer are read at most."""

SAMPLE = 200
_MOST_RULES = 500
_AHEAD = dt.timedelta(days=400)


@dataclass(slots=True)
class Said:
    """What one answer says: `events` are all that were read, `over` how many more there are of the past.

    `pages` are the addresses of the next pages, `follows` those of the pages of its entries, by the reader for them.
    `cut`: there is more than was read. `problem`: why nothing could be read.
    """

    events: list[Observation] = field(default_factory=list)
    over: int = 0
    skipped: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    follows: list[Follow] = field(default_factory=list)
    title: str | None = None
    refresh: dt.timedelta | None = None
    cut: bool = False
    problem: str | None = None

    def tally(self, record: object) -> None:
        match record:
            case Observation():
                self.events.append(record)
            case Skipped(reason=reason):
                self.skipped.append(reason)
            case Follow(as_what="page"):
                self.pages.append(record.url)
            case Follow():
                self.follows.append(record)
            case About():
                self.title, self.refresh = record.title or self.title, record.refresh or self.refresh
            case Over(count=count):
                self.over += count


def said(read: Reader, data: bytes, context: Context) -> Said:
    """What `read` reads of `data`; never raises, since a stranger's bytes must not end the look at others."""
    found = Said()
    try:
        for number, record in enumerate(read(data, context)):
            if number >= MOST_READ:
                found.cut = True
                break
            found.tally(record)
    except ReadError as error:
        found.problem = str(error)
    except Exception as error:  # as in the spiders: a bug in a reader is not the end
        found.problem = f"the reader broke: {type(error).__name__}: {error}"
    return found


def soonest(events: Iterable[Observation], today: dt.date) -> tuple[int, list[Observation]]:
    """How many events are upcoming, and all of them in the order in which to show them: what comes next, then the rest,
    the latest first."""
    dated: list[tuple[dt.date, Observation]] = []
    past: list[tuple[dt.date, Observation]] = []
    rules = 0
    for event in events:
        rules += bool(event.rrule)
        day = falls_on_or_after(event, today) if rules <= _MOST_RULES or not event.rrule else today
        (past if day is None else dated).append((day or event.start_date.date, event))
    dated.sort(key=lambda one: one[0])
    past.sort(key=lambda one: one[0], reverse=True)
    return len(dated), [event for _, event in (*dated, *past)]


def falls_on_or_after(event: Observation, today: dt.date) -> dt.date | None:
    """The day on which the event is next, or began if it is on; None when it is over."""
    start, end = event.start_date.date, (event.end_date or event.start_date).date
    if max(start, end) >= today:
        return start
    days = [moment.date for moment in event.rdate if moment.date >= today]
    days += [day for rule in event.rrule[:5] if (day := _next(rule, event, today)) is not None]
    return min(days, default=None)


def _next(text: str, event: Observation, today: dt.date) -> dt.date | None:
    """The next day of a rule; one that is too hard to follow is taken to go on."""
    start = event.start_date
    low = dt.datetime.combine(today, dt.time())
    try:
        rule = recurrence.parse(text, zone_info(start.zone or "UTC") or UTC, start.is_date)
        times = recurrence_starts.starts(rule, start.wall, low=low, high=low + _AHEAD, around=low)
        return next((time.date() for time in times), None)
    except recurrence_starts.OutOfReach:
        return today
    except (ValueError, OverflowError):
        return None
