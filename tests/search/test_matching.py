"""What fits a query without an engine is what an engine finds (tests/engines/oracle says what that is)."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from hobnob.events import Event, EventSource, Label, Presence
from hobnob.moments import Moment
from hobnob.observations import Attendance, Person, Place, Status
from hobnob.queries import Query
from hobnob.settings import Settings
from indexer.documents import event_document
from indexer.occurrences import occurrences
from indexer.search.matching import Matching
from tests.engines.oracle import Oracle
from tests.engines.worlds import (
    CITIES,
    INDUSTRIES,
    KINDS,
    LANGUAGES,
    NAMES,
    NOW,
    POINTS,
    SOURCES,
    WORDS,
    ZONES,
    Thrown,
    a_query,
    some,
)

SETTINGS = Settings(data_dir=Path(), config_dir=Path())


def an_event(dice: Thrown, number: int) -> Event:
    """One that happens once, or on several days."""
    day = NOW.date() + dt.timedelta(days=dice.between(-9, 9))
    time = dt.time(dice.pick((0, 1, 11, 12, 23))) if dice.between(0, 3) else None
    start = Moment(day, time, dice.pick(ZONES) if time else None)
    city, country = dice.pick(CITIES)
    latitude, longitude = dice.pick(POINTS)
    point = {"latitude": latitude, "longitude": longitude} if dice.between(0, 3) else {}
    return Event(
        id=f"event{number:03d}",
        name=" ".join(dice.pick(WORDS) for _ in range(3)),
        description=" ".join(dice.pick(WORDS) for _ in range(3)),
        start_date=start,
        end_date=dice.pick((None, replace(start, date=day + dt.timedelta(days=2)))),
        rdate=dice.pick(((), (replace(start, date=day + dt.timedelta(days=7)),))),
        status=dice.pick([one for one in Status if one is not Status.POSTPONED]),
        attendance=dice.pick(list(Attendance)),
        kind=dice.pick((None, Label(id=dice.pick(KINDS), score=1.0))),
        industries=tuple(Label(id=name, score=1.0) for name in some(dice, INDUSTRIES, 2)),
        place=dice.pick((None, Place(address_locality=city, country_code=country, **point))),
        organizer=tuple(Person(name=name) for name in some(dice, NAMES, 2)),
        is_free=dice.pick((True, False, None)),
        in_language=dice.pick(LANGUAGES),
        sources=tuple(EventSource(source=name, uid="1") for name in some(dice, SOURCES, 2) or ("one",)),
    )


@pytest.mark.parametrize("seed", range(8))
def test_it_agrees_with_the_engines(seed):
    dice = Thrown(seed)
    events = [an_event(dice, number) for number in range(150)]
    oracle = Oracle(
        [event_document(one, occurrences(one, now=NOW, horizon_days=400, keep_past_days=730)) for one in events]
    )
    found = 0
    for _ in range(60):
        query = replace(a_query(dice), now=NOW)
        matching = Matching(query, SETTINGS)
        wanted = {one.event.event_id for one in oracle.found(query)}
        assert {one.id for one in events if matching.fits(one)} == wanted, query
        found += len(wanted)
    assert found > 100


def test_one_that_is_withdrawn_fits_all_the_same():
    event = Event(id="a", name="Barcamp", start_date=Moment(dt.date(2026, 12, 1)), presence=Presence.WITHDRAWN)
    assert Matching(Query(text="barcamp", now=NOW), SETTINGS).fits(event)


def test_when_a_postponed_one_takes_place_is_not_known():
    event = Event(id="a", name="Barcamp", start_date=Moment(dt.date(2026, 11, 1)), status=Status.POSTPONED)
    assert Matching(Query(now=NOW), SETTINGS).fits(event)
    assert not Matching(Query(now=NOW, start=dt.date(2026, 12, 1)), SETTINGS).fits(event)
    assert not Matching(Query(now=NOW), SETTINGS).fits(replace(event, status=Status.SCHEDULED))


@pytest.mark.parametrize("year", [1, 9999])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Honolulu", "UTC"])
def test_no_date_is_too_absurd(year, zone):
    days = Moment(dt.date(year, 1, 1), dt.time(0, 0), zone), Moment(dt.date(year, 12, 31), dt.time(23, 59, 59), zone)
    for start in days:
        event = Event(id="a", name="Barcamp", start_date=start, attendance=Attendance.ONLINE, status=Status.CANCELLED)
        query = Query(now=NOW, start=dt.date(2026, 1, 1), statuses=frozenset(Status), time_zone="Pacific/Kiritimati")
        assert Matching(query, SETTINGS).fits(event) == (year == 9999)
