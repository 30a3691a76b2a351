"""Days as one number: they rule out nothing that the hours could still decide."""

import itertools

import pytest

from indexer.identity.agreement import When, when
from indexer.identity.days import days_of, may_meet
from indexer.identity.names import Name
from indexer.identity.traits import Traits

FIRST = 739_900


def said(start, more=0, wall=None, recurs=False, offset=None):
    return Traits(
        source="made",
        uid=str(start),
        name=Name(text="Made"),
        start_day=FIRST + start,
        end_day=FIRST + start + more,
        start=None if wall is None else (FIRST + start - 719163) * 1440 + wall - (offset or 0),
        wall=wall,
        offset=offset,
        recurs=recurs,
    )


@pytest.mark.parametrize("more", [*itertools.product((0, 1, 2, 6, 7, 8, 40), repeat=2)])
def test_days_rule_out_only_what_is_apart_and_all_of_it_that_hours_do_not_decide(more):
    for start, walls in itertools.product(range(-12, 13), itertools.product((None, 5, 1435), repeat=2)):
        one, other = said(0, more[0], walls[0]), said(start, more[1], walls[1])
        met = may_meet(days_of(one), days_of(other))
        assert met == may_meet(days_of(other), days_of(one))
        if abs(start) < 2:
            assert met or when(one, other) is When.APART
        else:
            assert met == (when(one, other) is not When.APART), (start, more, walls)


@pytest.mark.parametrize("offsets", [*itertools.product((None, 0, 60, 840, -720, 956, -956), repeat=2)])
def test_hours_of_two_days_rule_out_only_what_is_apart(offsets):
    walls = (None, 0, 1, 90, 480, 600, 720, 839, 1140, 1320, 1439)
    for start, one_wall, other_wall in itertools.product((-1, 0, 1), walls, walls):
        one, other = said(0, wall=one_wall, offset=offsets[0]), said(start, wall=other_wall, offset=offsets[1])
        met = may_meet(days_of(one), days_of(other))
        assert met == may_meet(days_of(other), days_of(one))
        assert met or when(one, other) is When.APART, (start, one_wall, other_wall)


def test_the_next_evening_is_ruled_out_and_a_night_is_not():
    evening = days_of(said(0, wall=19 * 60, offset=60))
    assert not may_meet(evening, days_of(said(1, wall=19 * 60, offset=60)))
    assert not may_meet(evening, days_of(said(1, wall=11 * 60, offset=60)))
    assert may_meet(evening, days_of(said(1, wall=1 * 60, offset=60)))
    assert may_meet(evening, days_of(said(1, offset=60)))


def test_a_series_meets_what_is_at_its_hour_on_any_day():
    series = days_of(said(0, recurs=True, wall=19 * 60))
    assert may_meet(series, days_of(said(400, wall=19 * 60 + 30)))
    assert may_meet(days_of(said(-400, wall=19 * 60)), series)
    assert may_meet(series, series)
    assert not may_meet(series, days_of(said(400, wall=18 * 60)))
    assert not may_meet(series, days_of(said(400)))
    assert may_meet(days_of(said(0, recurs=True)), days_of(said(21, recurs=True)))


def test_a_day_that_is_too_far_may_be_any():
    assert may_meet(days_of(said(-600_000)), days_of(said(0)))
    assert may_meet(days_of(said(0)), days_of(said(100_000)))
