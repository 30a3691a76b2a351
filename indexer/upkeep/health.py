"""What is wrong with a source, since when, and what a person can do about it.

A source is ill when its last fetch failed or was wanting: suspicious, empty, read in part, or found at another address.
What may pass by itself (a host that does not answer, a broken server) is passing for the first days, and needs nobody.
"""

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from hobnob.observations import FetchReport, Problem
from indexer.catalogue import SourceState
from indexer.upkeep.due import PASSING

__all__ = ["Ailment", "Health", "ailment", "examined", "is_passing", "ranked"]

PASSES_WITHIN = dt.timedelta(days=3)
_PASSING_FAILURES = 5
_COUNTS = 10


class Ailment(enum.IntEnum):
    """How bad it is, the worst first."""

    FAILS = 0
    SUSPICIOUS = 1
    MOVED = 2
    IN_PART = 3
    EMPTY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """An ill source. `since` is the first of the last `times` fetches that were like the last one; `counts` are what
    the last fetches brought, oldest first, None where one failed; `usual` is what it gives when it is well."""

    source: str
    ailment: Ailment
    problem: Problem | None
    message: str
    since: dt.datetime
    times: int
    last_success: dt.datetime | None
    counts: tuple[int | None, ...]
    usual: int


def ailment(state: SourceState) -> Ailment | None:
    """What is wrong with a source that was fetched; None when it is well."""
    if state.outcome == "failed":
        return Ailment.FAILS
    if state.suspicious:
        return Ailment.SUSPICIOUS
    if state.problem is Problem.EMPTY:
        return Ailment.EMPTY
    if state.moved_to:
        return Ailment.MOVED
    return Ailment.IN_PART if state.problem is not None else None


def is_passing(state: SourceState, now: dt.datetime) -> bool:
    """Whether it fails for a reason that may pass by itself, and not for long."""
    if state.outcome != "failed" or state.problem not in PASSING:
        return False
    if state.last_success is None:
        return state.failures < _PASSING_FAILURES
    return now - state.last_success < PASSES_WITHIN


def examined(state: SourceState, fetches: Iterable[FetchReport]) -> Health | None:
    """What is wrong with a source, of which `fetches` is the history in any order; None when it is well."""
    what = ailment(state)
    history = sorted(
        (report for report in fetches if report.problem is not Problem.INTERRUPTED),
        key=lambda report: report.started_at,
    )
    if what is None or not history:
        return None
    alike = _alike(history, _SIGNS[what])
    counts = tuple(None if report.outcome == "failed" else report.read + report.over for report in history)
    return Health(
        source=state.name,
        ailment=what,
        problem=state.problem,
        message=_message(what, state),
        since=alike[0].started_at,
        times=len(alike),
        last_success=state.last_success,
        counts=counts[-_COUNTS:],
        usual=state.usual or max((count for count in counts if count is not None), default=0),
    )


def ranked(ill: Iterable[Health]) -> list[Health]:
    """The worst first; of two alike the one that gives more, then the one that is ill for longer."""
    return sorted(ill, key=lambda one: (one.ailment, -one.usual, one.since, one.source))


_SIGNS: dict[Ailment, Callable[[FetchReport], bool]] = {
    Ailment.FAILS: lambda report: report.outcome == "failed",
    Ailment.SUSPICIOUS: lambda report: report.problem in (Problem.SHRUNK, Problem.EMPTY),
    Ailment.MOVED: lambda report: report.moved_to is not None,
    Ailment.IN_PART: lambda report: report.outcome != "failed" and report.problem is not None,
    Ailment.EMPTY: lambda report: report.problem is Problem.EMPTY,
}


def _alike(history: Sequence[FetchReport], sign: Callable[[FetchReport], bool]) -> Sequence[FetchReport]:
    """The last fetches in a row that show the sign; the last one does, whatever it says."""
    first = len(history) - 1
    while first > 0 and sign(history[first - 1]):
        first -= 1
    return history[first:]


def _message(what: Ailment, state: SourceState) -> str:
    match what:
        case Ailment.SUSPICIOUS:
            return state.suspicious or ""
        case Ailment.MOVED:
            return f"moved to {state.moved_to}"
        case _:
            return state.errors[0] if state.errors else (state.outcome or "")
