"""When a source is fetched again: the rule as documented, and that no number of a stranger's gets past its bounds."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob.observations import FetchReport, Problem
from indexer.upkeep.due import Bounds, planned, when_due

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
TENTH = 0.9
"""What is left at least when up to a tenth is taken off."""


def fetched(outcome="read", source="berlin", **more):
    return FetchReport(source=source, outcome=outcome, started_at=NOW - HOUR, finished_at=NOW, **more)


def plan(report=None, **more):
    return planned(report or fetched(), **{"every": DAY, "interval": DAY, "failures": 0, "changed": False, **more})


def wait(*args, **more):
    return plan(*args, **more).due_at - NOW


def test_the_first_fetch_leaves_the_declared_interval():
    first = plan(interval=None, changed=True)
    assert first.interval == DAY
    assert DAY * TENTH <= first.due_at - NOW <= DAY


def test_what_changes_is_fetched_sooner_and_what_does_not_later():
    assert plan(changed=True).interval == DAY * 0.7
    assert plan(changed=False).interval == DAY * 1.3


def test_a_look_long_before_its_time_says_only_that_something_changed():
    assert plan(elapsed=HOUR).interval == DAY
    assert plan(elapsed=HOUR, changed=True).interval == DAY * 0.7
    assert plan(elapsed=DAY / 2).interval == DAY * 1.3


@pytest.mark.parametrize(("changed", "settles_at"), [(True, DAY / 4), (False, DAY * 8)])
def test_the_interval_settles_between_a_quarter_and_eight_times_what_is_declared(changed, settles_at):
    interval = DAY
    for _ in range(20):
        interval = plan(interval=interval, changed=changed).interval
    assert interval == settles_at


def test_the_settings_have_the_last_word():
    bounds = Bounds(12 * HOUR, 10 * DAY)
    assert plan(every=HOUR, interval=None, bounds=bounds).interval == 12 * HOUR
    assert plan(every=60 * DAY, interval=None, bounds=bounds).interval == 10 * DAY
    assert wait(fetched("failed"), failures=1, bounds=bounds) == 12 * HOUR


@pytest.mark.parametrize(
    ("problem", "hours"),
    [
        (Problem.TIMEOUT, [1, 2, 4, 8, 16, 24, 24, 24]),
        (Problem.UNREADABLE, [1, 2, 4, 8, 16, 32, 64, 128, 168, 168]),
        (Problem.MISSING, [24, 48, 96, 168, 168]),
        (None, [1, 2, 4]),
    ],
)
def test_failures_back_off(problem, hours):
    for failures, expected in enumerate(hours, 1):
        waited = wait(fetched("failed", problem=problem), failures=failures)
        assert min(expected * HOUR, max(expected * HOUR * TENTH, HOUR)) <= waited <= expected * HOUR


def test_what_does_not_pass_after_a_fortnight_is_tried_weekly():
    assert wait(fetched("failed", problem=Problem.UNREACHABLE), failures=40) >= 7 * DAY * TENTH


def test_a_failure_leaves_the_interval():
    assert plan(fetched("failed"), failures=3, interval=2 * DAY).interval == 2 * DAY


def test_a_suspicious_source_is_looked_at_again_soon():
    suspicious = plan(suspicious=True, interval=4 * DAY)
    assert suspicious.interval == 4 * DAY
    assert DAY / 4 * TENTH <= suspicious.due_at - NOW <= DAY / 4


@pytest.mark.parametrize(
    ("outcome", "field"), [("failed", "retry_after"), ("read", "refresh"), ("read", "retry_after")]
)
def test_who_asks_to_be_left_alone_is_for_up_to_a_week(outcome, field):
    assert wait(fetched(outcome, **{field: 3 * 86400}), failures=1) == 3 * DAY
    assert wait(fetched(outcome, **{field: 10**30}), failures=1) == 7 * DAY
    assert wait(fetched(outcome, **{field: -(10**30)}), failures=1) < 3 * DAY


def test_sources_that_were_fetched_together_drift_apart_and_always_the_same_way():
    names = [f"source-{number}" for number in range(1000)]
    due = [plan(fetched(source=name), interval=None).due_at for name in names]
    assert due == [plan(fetched(source=name), interval=None).due_at for name in names]
    hours = [(at - NOW).total_seconds() / 3600 for at in due]
    assert min(hours) < 21.7
    assert max(hours) > 23.9
    assert max(sum(hour <= at < hour + 0.24 for at in hours) for hour in (21.6, 22.0, 22.5, 23.0, 23.5)) < 200


spans = st.timedeltas(dt.timedelta(0), dt.timedelta(days=4000))


@given(
    outcome=st.sampled_from(["read", "not_modified", "failed"]),
    source=st.text(),
    every=spans,
    interval=st.none() | spans,
    elapsed=st.none() | st.timedeltas(),
    failures=st.integers(0, 10**9),
    changed=st.booleans(),
    suspicious=st.booleans(),
    problem=st.none() | st.sampled_from(Problem),
    asked=st.none() | st.integers(),
)
def test_whatever_was_it_is_due_within_the_bounds(
    outcome, source, every, interval, elapsed, failures, changed, suspicious, problem, asked
):
    bounds = Bounds(HOUR, 28 * DAY)
    found = planned(
        fetched(outcome, source=source, problem=problem, retry_after=asked, refresh=asked),
        every=every, interval=interval, elapsed=elapsed, failures=failures, changed=changed, suspicious=suspicious,
        bounds=bounds,
    )  # fmt: skip
    assert HOUR <= found.interval <= 28 * DAY
    assert HOUR <= found.due_at - NOW <= 28 * DAY
    if asked is not None:
        assert found.due_at - NOW >= min(dt.timedelta(seconds=min(max(asked, 0), 10**9)), 7 * DAY)


def test_when_a_source_is_due():
    def due(**more):
        known = {"every": DAY, "planned_for": DAY, "due_at": NOW, "last_fetch": NOW - 2 * DAY}
        return when_due(**{**known, **more})

    assert due(last_fetch=None, due_at=None, planned_for=None) is None, "it never was fetched: at once"
    assert due() == NOW
    assert due(planned_for=2 * DAY) == NOW - DAY, "a new declaration counts at once"
    assert due(due_at=None, planned_for=None) == NOW - DAY, "loaded from a file, or by an older version"
    assert due(planned_for=None, due_at=None, every=dt.timedelta(0)) == NOW - 2 * DAY + HOUR
