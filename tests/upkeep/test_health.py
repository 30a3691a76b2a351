"""What is wrong with a source, since when, and which of many is worst."""

import datetime as dt

import pytest

from hobnob.observations import FetchReport, Problem
from indexer.catalogue import SourceState
from indexer.upkeep.health import Ailment, ailment, examined, is_passing, ranked

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
DAY = dt.timedelta(days=1)


def fetched(days_ago, outcome="read", **more):
    at = NOW - days_ago * DAY
    return FetchReport(source="berlin", outcome=outcome, started_at=at, finished_at=at, **more)


def state(outcome="read", **more):
    return SourceState(**{"name": "berlin", "last_fetch": NOW, "last_success": NOW, "outcome": outcome, **more})


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (state(), None),
        (state("not_modified"), None),
        (state("failed", problem=Problem.TLS), Ailment.FAILS),
        (state("failed", suspicious="0 events where 9 were usual"), Ailment.FAILS),
        (state(suspicious="0 events where 9 were usual", problem=Problem.EMPTY), Ailment.SUSPICIOUS),
        (state(problem=Problem.EMPTY), Ailment.EMPTY),
        (state(moved_to="https://b.example/"), Ailment.MOVED),
        (state(problem=Problem.MISSING), Ailment.IN_PART),
    ],
)
def test_what_is_wrong(known, expected):
    assert ailment(known) is expected


def test_how_long_and_what_it_gave_before():
    history = [
        fetched(9, "failed"),
        fetched(8, read=100, over=40),
        fetched(7, read=100),
        fetched(3, "failed", problem=Problem.TLS),
        fetched(2, "failed", problem=Problem.INTERRUPTED),
        fetched(1, "failed", problem=Problem.TLS),
    ]
    known = state("failed", problem=Problem.TLS, errors=("its certificate has expired",), last_success=NOW - 7 * DAY)
    found = examined(known, reversed(history))
    assert found.message == "its certificate has expired"
    assert (found.since, found.times) == (NOW - 3 * DAY, 2)
    assert found.counts == (None, 140, 100, None, None)
    assert found.usual == 140


def test_suspicious_since_the_first_that_was():
    odd = {"read": 1, "problem": Problem.SHRUNK}
    history = [fetched(5, read=9), fetched(4, **odd), fetched(3, "read", problem=Problem.EMPTY), fetched(2, **odd)]
    found = examined(state(suspicious="1 event where 9 were usual", usual=9), history)
    assert (found.since, found.times, found.usual) == (NOW - 4 * DAY, 3, 9)


def test_who_is_well_or_unknown_has_nothing():
    assert examined(state(), [fetched(1)]) is None
    assert examined(state("failed"), []) is None


@pytest.mark.parametrize(
    ("known", "passing"),
    [
        (state("failed", problem=Problem.TIMEOUT, last_success=NOW - DAY), True),
        (state("failed", problem=Problem.TIMEOUT, last_success=NOW - 4 * DAY), False),
        (state("failed", problem=Problem.MISSING, last_success=NOW - DAY), False),
        (state("failed", problem=Problem.UNREACHABLE, last_success=None, failures=1), True),
        (state("failed", problem=Problem.UNREACHABLE, last_success=None, failures=9), False),
        (state("read", problem=Problem.TIMEOUT), False),
    ],
)
def test_what_may_pass_by_itself(known, passing):
    assert is_passing(known, NOW) is passing


def test_the_worst_come_first():
    def ill(name, days=1, usual=10, outcome="failed", **more):
        known = state(outcome, name=name, usual=usual, **more)
        return examined(known, [fetched(days, outcome, problem=more.get("problem"))])

    found = [
        ill("empty", outcome="read", problem=Problem.EMPTY),
        ill("moved", outcome="read", moved_to="https://b.example/"),
        ill("small", usual=3),
        ill("large", usual=300),
        ill("large-for-long", usual=300, days=30),
        ill("suspicious", outcome="read", suspicious="1 event where 9 were usual"),
    ]
    names = [one.source for one in ranked(found)]
    assert names == ["large-for-long", "large", "small", "suspicious", "moved", "empty"]
