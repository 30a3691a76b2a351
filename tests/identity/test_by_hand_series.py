"""Decisions about one time of a series: they are about the event that stands for it, whatever becomes of it.

The events are made by us.
"""

import datetime as dt
from functools import partial

import pytest

from hobnob.moments import Moment
from hobnob.observations import Place, Status
from indexer.catalogue.bodies import group_key, recurrence_key
from indexer.identity import identify
from indexer.identity.explaining import explain

HALL = Place(name="Alte Münze", address_locality="Berlin", latitude=52.515, longitude=13.408, geonames_id=2950159)
YARD = Place(name="Kulturhof", address_locality="Berlin", latitude=52.48, longitude=13.35, geonames_id=2950159)


def at(day, hour=18):
    return Moment(dt.date(2026, 12, day), dt.time(hour), "Europe/Berlin")


@pytest.fixture
def choir(says):
    return partial(says, "choir", "Choir", start_date=at(1), location=HALL)


@pytest.fixture
def series(choir):
    """A weekly choir, one of whose times is later, and one cancelled."""
    return [
        choir(rrule=("FREQ=WEEKLY",)),
        choir(recurrence_id=at(8), start_date=at(8, 20)),
        choir(recurrence_id=at(15), start_date=at(15), event_status=Status.CANCELLED),
    ]


@pytest.fixture
def fair(says):
    return says("fair", "Elbe Pottery Fair", source="fairs", start_date=at(5, 10), location=YARD)


def key(uid, recurrence=None, source="berlin"):
    return group_key(source, uid), recurrence_key(recurrence)


FAIR = key("fair", source="fairs")


def decide(world, what, *pairs):
    settled = world.catalogue.decide(what, pairs, said="as a test says", now=world.now)
    identify(world.catalogue, world.enricher, now=world.now)
    return settled.number


def undo(world, number):
    world.catalogue.undo(number, now=world.now)
    identify(world.catalogue, world.enricher, now=world.now)


def shown(world):
    """The sources of each event, and whether it is hidden."""
    events = world.catalogue.events(world.catalogue.event_ids())
    return {(tuple(sorted({one.source for one in event.sources})), event.hidden) for event in events}


APART = {(("berlin",), False), (("fairs",), False)}
ONE = {(("berlin", "fairs"), False)}


@pytest.mark.parametrize("day", [None, 8, 15])
def test_a_merge_by_any_key_of_a_series_is_about_the_series(world, series, fair, choir, day) -> None:
    world.say(*series, fair)
    assert shown(world) == APART
    number = decide(world, "merge", (key("choir", day and at(day)), FAIR))
    assert shown(world) == ONE
    (event,) = world.catalogue.events(world.catalogue.event_ids())
    assert [link.decision for link in explain(world.catalogue, event.id).links if link.joined] == [number]
    world.say(choir(rrule=("FREQ=WEEKLY",), description="All voices"), *series[1:], fair)
    assert shown(world) == ONE
    undo(world, number)
    assert shown(world) == APART


@pytest.mark.parametrize("day", [8, 15])
def test_a_split_by_the_key_of_an_override(world, series, says, choir, day) -> None:
    other = says("c", "Choir", source="list", rrule=("FREQ=WEEKLY",), start_date=at(1), location=HALL)
    world.say(*series, other)
    assert shown(world) == {(("berlin", "list"), False)}
    number = decide(world, "split", (key("choir", at(day)), key("c", source="list")))
    assert shown(world) == {(("berlin",), False), (("list",), False)}
    world.say(choir(rrule=("FREQ=WEEKLY",), description="All voices"), *series[1:], other)
    assert shown(world) == {(("berlin",), False), (("list",), False)}
    undo(world, number)
    assert shown(world) == {(("berlin", "list"), False)}


def test_a_hidden_override_hides_the_event_that_it_is_a_time_of(world, series) -> None:
    world.say(*series)
    number = decide(world, "hide", (key("choir", at(8)), None))
    assert shown(world) == {(("berlin",), True)}
    undo(world, number)
    assert shown(world) == {(("berlin",), False)}


def test_what_was_decided_of_a_time_that_was_an_event_of_its_own_is_kept(world, series, choir, fair) -> None:
    """A time that moved to another house is another event; when it is back it is a time of the series again."""
    away = choir(recurrence_id=at(8), start_date=at(8), location=YARD)
    world.say(series[0], away, fair)
    assert len(shown(world)) == 2
    assert world.catalogue.counts().events == 3
    number = decide(world, "merge", (key("choir", at(8)), FAIR))
    assert world.catalogue.counts().events == 2
    world.say(choir(recurrence_id=at(8), start_date=at(8, 20)))
    assert shown(world) == ONE
    world.say(away)
    assert world.catalogue.counts().events == 2
    assert (("berlin",), False) in shown(world)
    undo(world, number)
    assert world.catalogue.counts().events == 3


def test_a_later_decision_by_another_key_of_the_same_event_overrules(world, series, fair) -> None:
    world.say(*series, fair)
    decide(world, "merge", (key("choir", at(8)), FAIR))
    later = decide(world, "split", (FAIR, key("choir", at(15))))
    assert shown(world) == APART
    undo(world, later)
    assert shown(world) == ONE
