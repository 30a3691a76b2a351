"""When a source is to be fetched again.

1. A source starts at the interval that it declares (`every`). A fetch that found something new or changed makes it
   shorter (by SHORTER), one that found nothing makes it longer (by LONGER) if at least half of it had passed; it stays
   between a quarter and eight times what is declared, and within the bounds of the settings.
2. After a failure the next attempt comes after an hour, then two, four, and so on up to a week. What time alone seldom
   heals (LASTING) starts at a day. What may pass by itself (PASSING: it may even be our own network that is down) is
   tried daily for the first fortnight or so.
3. A suspicious source (see `breaker`) is looked at again after a quarter of its interval.
4. Whatever these say, a server that asked to be left alone (Retry-After, a feed's ttl, a calendar's REFRESH-INTERVAL)
   is, for up to a week.
5. Up to a tenth is taken off, by the source's name, so that sources that were first crawled together drift apart.
"""

import datetime as dt
from dataclasses import dataclass
from hashlib import blake2b

from hobnob.observations import FetchReport, Problem

__all__ = ["DEFAULT_BOUNDS", "LASTING", "PASSING", "Bounds", "Plan", "planned", "when_due"]

SHORTER = 0.7
LONGER = 1.3
LEAST_SHARE = 1 / 4
GREATEST_SHARE = 8
SOONER_WHEN_SUSPICIOUS = 4
FIRST_RETRY = dt.timedelta(hours=1)
A_DAY = dt.timedelta(days=1)
A_WEEK = dt.timedelta(weeks=1)
FAILURES_OF_A_FORTNIGHT = 18  # a day and a half of doubling, then one a day
_MOST_DOUBLINGS = 10
_JITTER = 0.1

#: What a person has to mend, here or there; asking again soon only annoys.
LASTING = frozenset({
    Problem.FORBIDDEN, Problem.ROBOTS, Problem.MISSING, Problem.KEY, Problem.PRIVATE, Problem.TOO_LARGE,
})  # fmt: skip

#: What may be over soon, and need not be the source's own fault.
PASSING = frozenset({Problem.UNREACHABLE, Problem.TIMEOUT, Problem.SERVER, Problem.THROTTLED})


@dataclass(frozen=True, slots=True)
class Bounds:
    """No source is fetched sooner than `shortest` after its last fetch; one that is well not later than `longest`."""

    shortest: dt.timedelta = dt.timedelta(hours=1)
    longest: dt.timedelta = dt.timedelta(days=28)

    def within(self, interval: dt.timedelta) -> dt.timedelta:
        return max(min(interval, self.longest), self.shortest)


DEFAULT_BOUNDS = Bounds()


@dataclass(frozen=True, slots=True)
class Plan:
    """The interval in force, and when the source is to be fetched next (aware)."""

    interval: dt.timedelta
    due_at: dt.datetime


def planned(
    report: FetchReport,
    *,
    every: dt.timedelta,
    interval: dt.timedelta | None,
    failures: int,
    changed: bool,
    elapsed: dt.timedelta | None = None,
    suspicious: bool = False,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> Plan:
    """What follows from a fetch of a source that is declared to be fetched `every` so often.

    `interval` was in force until now (None: this was the first fetch), and the fetch before was `elapsed` ago;
    `failures` counts those in a row, this one included; `changed`: it brought something new.
    """
    now_in_force = bounds.within(interval or every)
    if report.outcome == "failed":
        wait = _after_failure(report.problem, failures)
    elif suspicious:
        wait = min(now_in_force, bounds.within(every)) / SOONER_WHEN_SUSPICIOUS
    else:
        if interval is not None and (changed or elapsed is None or elapsed * 2 >= interval):
            now_in_force = _adapted(interval, every, changed=changed, bounds=bounds)
        wait = now_in_force
    wait = max(wait * (1 - _JITTER * _share(report.source)), bounds.shortest)
    return Plan(now_in_force, report.finished_at + max(wait, *_asked_for(report)))


def when_due(
    *,
    every: dt.timedelta,
    planned_for: dt.timedelta | None,
    due_at: dt.datetime | None,
    last_fetch: dt.datetime | None,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> dt.datetime | None:
    """When a source is due that is declared to be fetched `every` so often; None: at once, it never was.

    `due_at` was planned when it was declared as `planned_for`; a declaration that has changed since counts at once.
    """
    if last_fetch is None:
        return None
    if due_at is not None and planned_for == every:
        return due_at
    return last_fetch + bounds.within(every)


def _adapted(interval: dt.timedelta, every: dt.timedelta, *, changed: bool, bounds: Bounds) -> dt.timedelta:
    adapted = interval * (SHORTER if changed else LONGER)
    return bounds.within(max(min(adapted, every * GREATEST_SHARE), every * LEAST_SHARE))


def _after_failure(problem: Problem | None, failures: int) -> dt.timedelta:
    first = A_DAY if problem in LASTING else FIRST_RETRY
    longest = A_DAY if problem in PASSING and failures < FAILURES_OF_A_FORTNIGHT else A_WEEK
    return min(first * (1 << min(max(failures - 1, 0), _MOST_DOUBLINGS)), longest)


def _asked_for(report: FetchReport) -> tuple[dt.timedelta, dt.timedelta]:
    """How long server and document ask to be left alone; strangers' numbers, so bounded before they are used."""
    seconds = int(A_WEEK.total_seconds())
    after, refresh = (max(0, min(asked or 0, seconds)) for asked in (report.retry_after, report.refresh))
    return dt.timedelta(seconds=after), dt.timedelta(seconds=refresh)


def _share(name: str) -> float:
    """A number from 0 to 1, always the same for a name."""
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest) / 2**32
