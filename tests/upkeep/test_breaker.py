"""When a source is not believed, and what makes it believed again."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.upkeep.breaker import Standing, judged, usual_of

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
DAY = dt.timedelta(days=1)


def crawled(*counts, standing=None, apart=DAY, start=NOW):
    """The standing after crawls that brought so many entries, and why each was suspicious."""
    standing, why = standing or Standing(), []
    for number, count in enumerate(counts):
        standing, reason = judged(standing, count, start + number * apart)
        why.append(reason)
    return standing, why


def test_fewer_than_half_of_what_is_usual_is_suspicious():
    _, why = crawled(140, 138, 141, 140, 139, 70, 69, 12, 0)
    unusual = [f"{count} events where 139 were usual" for count in (69, 12, 0)]
    assert why == [None] * 6 + unusual


def test_more_is_never_suspicious():
    assert crawled(4, 400, 40_000, 30_000)[1] == [None] * 4


@pytest.mark.parametrize("counts", [(0, 0, 0), (3, 0, 1), (2, 3, 0)])
def test_few_events_may_come_and_go(counts):
    assert crawled(*counts)[1] == [None] * len(counts)


def test_one_odd_crawl_among_those_believed_moves_nothing():
    """A usual count is a median: a crawl that was believed because it was the first does not weigh for ever."""
    standing, _ = crawled(1000, 100, standing=Standing((100, 100, 100)))
    assert usual_of(standing) == 100


def test_it_heals_when_the_count_returns():
    standing, why = crawled(100, 100, 10, 10, 60, 55)
    assert why[-2:] == [None, None]
    assert standing.odd == ()
    assert standing.odd_since is None


def test_a_person_may_accept_it():
    standing, _ = crawled(100, 100, 10)
    standing, why = judged(standing, 10, NOW, accepted=True)
    assert (standing, why) == (Standing((10,)), None)
    assert judged(standing, 9, NOW)[1] is None


def test_five_that_agree_over_three_days_are_believed():
    _, why = crawled(100, 100, 10, 11, 10, 12, 10, 10)
    assert [reason is None for reason in why] == [True, True, False, False, False, False, True, True]


def test_five_on_one_day_are_not():
    standing, why = crawled(100, 100, *[10] * 9, apart=dt.timedelta(hours=6))
    assert all(why[2:])
    assert judged(standing, 10, NOW + 5 * DAY)[1] is None


def test_five_that_do_not_agree_are_not():
    assert all(crawled(100, 100, 1, 40, 2, 30, 3, 20, 1, 40)[1][2:])


def test_nothing_at_all_for_days_becomes_usual_too():
    standing, why = crawled(100, 100, *[0] * 5)
    assert why[-1] is None
    assert usual_of(standing) == 0


@given(st.lists(st.tuples(st.integers(0, 10**6), st.booleans()), max_size=40))
def test_what_is_kept_is_bounded_and_every_long_agreement_ends_it(crawls):
    standing = Standing()
    for number, (count, accepted) in enumerate(crawls):
        usual = usual_of(standing) or 0
        standing, why = judged(standing, count, NOW + number * DAY, accepted=accepted)
        assert len(standing.usual) <= 5
        assert len(standing.odd) <= 5
        assert (why is None) == (standing.odd == ()) == (standing.odd_since is None)
        assert why is None or (count < usual and not accepted)
    for number in range(5):
        standing, why = judged(standing, 7, NOW + (len(crawls) + number) * DAY)
    assert why is None
