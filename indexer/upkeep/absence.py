"""When what a source no longer shows is missing, and when it is withdrawn. Absence is no cancellation.

A healthy crawl that does not show an event counts as one in which it was missed, if the event should have been there:

- it has not begun. What has begun is left out by many sources, and what has passed by most; of what repeats, its next
  time counts. Times without a zone are taken to be on the earliest clocks of the world;
- it lies within what the crawl covers: the days from the first to the last that the answer shows. A source that gives
  fewer entries than it gave before (the most of the crawls that were believed) cuts nothing off at either end, so it
  covers all days. What was missed once is missed from then on, wherever it lies.

Healthy is a crawl that was read to its end without a fault and is not suspicious (breaker); with an answer that holds
no entry at all, only one after another that was empty, too. As soon as it is seen again, all is forgotten.
"""

import datetime as dt
from dataclasses import dataclass
from itertools import islice

import msgspec

from hobnob.events import Presence
from hobnob.moments import UTC, Moment, zone_info
from hobnob.observations import FetchReport, Problem
from hobnob.recurrence import Rule, parse
from hobnob.recurrence_starts import starts
from indexer.upkeep.breaker import Standing

__all__ = ["DEFAULT_PATIENCE", "Covered", "Patience", "Times", "is_healthy_empty", "presence_after"]

_EARLIEST = dt.timezone(dt.timedelta(hours=14))
_AHEAD = dt.timedelta(days=400)
_LATEST = dt.datetime(9999, 12, 31)  # noqa: DTZ001  (a wall time)
_MOST_EXCLUDED = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """After how many healthy crawls that do not show it an event is missing, and after how many withdrawn."""

    missing_after: int = 2
    withdrawn_after: int = 4


DEFAULT_PATIENCE = Patience()


class Times(msgspec.Struct):
    """Of an Observation, when it happens."""

    start_date: Moment
    end_date: Moment | None = None
    rrule: tuple[str, ...] = ()
    rdate: tuple[Moment, ...] = ()
    exdate: tuple[Moment, ...] = ()

    def next_day(self, at: dt.datetime) -> dt.date | None:
        """The first day on which it begins for sure after the instant `at`; None if it may have begun for the last
        time."""
        days = [moment.date for moment in (self.start_date, *self.rdate) if moment.utc(_EARLIEST) > at]
        days += [day for text in self.rrule if (day := self._falls(text, at)) is not None]
        return min(days, default=None)

    def _falls(self, text: str, at: dt.datetime) -> dt.date | None:
        """The first day after `at` on which a rule falls; one that cannot be understood falls never."""
        start = self.start_date
        zone = (zone_info(start.zone) if start.zone else None) or _EARLIEST
        try:
            rule = parse(text, UTC if zone is _EARLIEST else zone, start.is_date)
            low = at.astimezone(zone).replace(tzinfo=None)
            return self._first(rule, low)
        except (ValueError, OverflowError):
            return None

    def _first(self, rule: Rule, low: dt.datetime) -> dt.date | None:
        excluded = {moment.wall for moment in self.exdate}
        high = min(low, _LATEST - _AHEAD) + _AHEAD
        falls = starts(rule, self.start_date.wall, low=low, high=high, around=low)
        found = next((time for time in islice(falls, _MOST_EXCLUDED) if time not in excluded and time > low), None)
        if found is None and rule.until is None and rule.count is None:
            return high.date()  # rarer than that, but without an end
        return found and found.date()


@dataclass(frozen=True, slots=True)
class Covered:
    """The first and the last day on which a crawl would have shown an event; None: without a bound."""

    first: dt.date | None = None
    last: dt.date | None = None

    def has(self, day: dt.date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def presence_after(missed: int, patience: Patience) -> Presence:
    """What follows from being missed so often."""
    if missed >= patience.withdrawn_after:
        return Presence.WITHDRAWN
    return Presence.MISSING if missed >= patience.missing_after else Presence.PRESENT


def is_healthy_empty(report: FetchReport, standing: Standing, *, accepted: bool) -> bool:
    """Whether a crawl without an entry is believed, `standing` being that after it: when nothing else was wrong with
    it, and the one before had none either, or a person accepts it."""
    if report.outcome != "read" or report.skipped or report.problem not in (None, Problem.EMPTY):
        return False
    return accepted or (not standing.odd and standing.usual[-2:] == (0, 0))
