"""Blocks: those that may be one event meet, strangers do not, and never too many."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob.events import Event, EventSource
from hobnob.moments import Moment
from hobnob.observations import Place
from indexer.identity.blocking import MOST, blocks, sought
from indexer.identity.traits import Traits, traits_of

BERLIN = Place(address_locality="Berlin", country_code="DE", geonames_id=2950159, latitude=52.52437, longitude=13.41053)


def listed(
    name: str,
    day: str,
    place: Place | None = BERLIN,
    url: str | None = None,
    *,
    time: dt.time | None = None,
    end: str | None = None,
    rrule: tuple[str, ...] = (),
) -> Traits:
    return traits_of(
        Event(
            id="",
            name=name,
            start_date=Moment(dt.date.fromisoformat(day), time, "Europe/Berlin" if time else None),
            end_date=Moment(dt.date.fromisoformat(end)) if end else None,
            rrule=rrule,
            place=place,
            place_why="centre of Berlin, Germany" if place else None,
            url=url,
            sources=(EventSource(source="s", uid="1"),),
        )
    )


def meet(a: Traits, b: Traits) -> bool:
    return bool(set(blocks(a)) & set(sought(b))) and bool(set(blocks(b)) & set(sought(a)))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (listed("Glass Forum 2026", "2026-03-04"), listed("glass forum", "2026-03-04")),
        (listed("Glass Forum", "2026-03-04"), listed("Glass Forum", "2026-03-06")),
        (listed("Glass Forum", "2026-03-04"), listed("Glass Forum", "2026-03-04", None)),
        (listed("KDD", "2026-03-04", end="2026-03-06"), listed("SIGKDD", "2026-03-04", end="2026-03-06")),
        (listed("An Evening of Clay with Kilnfriends", "2026-03-04"), listed("Kilnfriends", "2026-03-04")),
        (listed("GlassForum", "2026-03-04"), listed("Glass Forum", "2026-03-05")),
        (listed("ICML", "2026-03-04", None), listed("International Conference on Machine Learning", "2026-03-04")),
        (listed("A", "2026-03-04", url="https://a.example/e/7?utm_source=x"), listed("B", "2027-01-01", url="http://www.a.example/e/7/")),
    ],
)  # fmt: skip
def test_what_may_be_one_event_meets(a, b):
    assert meet(a, b)


def test_a_series_and_a_single_time_of_it_meet_however_far_apart():
    series = listed("Story Time", "2026-03-04", time=dt.time(10), rrule=("FREQ=WEEKLY",))
    single = listed("Story time", "2026-12-02", time=dt.time(10))
    assert bool(set(blocks(single)) & set(sought(series)))
    assert bool(set(blocks(series)) & set(sought(single)))
    assert not meet(single, listed("Story Time", "2026-11-04", time=dt.time(10)))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (listed("Glass Forum", "2026-03-04"), listed("Wood Salon", "2026-03-04")),
        (listed("Glass Forum", "2026-03-04"), listed("Glass Forum", "2027-03-04")),
        (listed("A", "2026-03-04", url="https://a.example/"), listed("B", "2026-03-04", url="https://a.example/")),
        (listed("A", "2026-03-04", url="https://a.example/events"), listed("B", "2026-03-04", url="https://a.example/events")),
    ],
)  # fmt: skip
def test_strangers_do_not_meet(a, b):
    assert not meet(a, b)


@given(st.text(max_size=200), st.dates(), st.none() | st.text(max_size=80))
def test_never_too_many_and_always_numbers_that_a_database_holds(name, day, url):
    traits = listed(name, day.isoformat(), url=url and f"https://a.example/{url}")
    kept, looked_up = blocks(traits), sought(traits)
    assert len(kept) <= MOST
    assert len(looked_up) <= 3 * MOST
    assert set(kept) <= set(looked_up)  # nothing here has an hour: single times are kept for series to look up
    assert all(-(2**63) <= key < 2**63 for key in (*kept, *looked_up))


def test_keys_of_neighbouring_days_lie_near_each_other():
    near, far = (blocks(listed("Glass Forum", day)) for day in ("2026-03-04", "2026-09-04"))
    here = blocks(listed("Wood Salon", "2026-03-04"))
    assert max(abs(one - other) for one in near for other in here) < min(
        abs(one - other) for one in far for other in here
    )
