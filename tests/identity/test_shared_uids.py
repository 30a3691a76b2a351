"""A feed that gives all its events one UID loses none of them, and does not hold them all at once; made by us."""

import datetime as dt
from dataclasses import replace

import pytest

from hobnob.moments import Moment
from indexer.catalogue import step


@pytest.fixture
def narrow(monkeypatch):
    """A step that takes few observations."""
    monkeypatch.setattr("indexer.catalogue.step.MOST_OVERRIDES", 5)
    monkeypatch.setattr("indexer.catalogue.step._MOST_ROWS", 12)


def evenings(says, count):
    """Different events, all under the same UID."""
    first = dt.date(2027, 1, 1)
    words = ("Pottery", "Rust", "Chess", "Opera", "Bees", "Tango", "Mosaics")
    return [
        says(
            "0",
            f"{words[number % 7]} {chr(65 + number // 7)}",
            start_date=Moment(first + dt.timedelta(days=3 * number), dt.time(18), "Europe/Berlin"),
            url=f"https://evenings.example/{number}",
        )
        for number in range(count)
    ]


def test_events_under_one_uid_are_all_kept_however_many(world, says, narrow, monkeypatch) -> None:
    largest = []
    groups = step._groups

    def noted(*args, **options):
        found = groups(*args, **options)
        largest.append(sum(len(group.observations) for group in found))
        return found

    monkeypatch.setattr("indexer.catalogue.step._groups", noted)
    said = evenings(says, 60)
    counts = world.say(*said, batch=10)
    assert (counts.total.new, counts.total.failed) == (60, 0)
    assert set(world.events()) == {one.name for one in said}
    assert world.catalogue.counts().pending == 0
    assert max(largest) <= 12


def test_of_events_under_one_uid_only_those_that_change_are_judged_again(world, says, narrow) -> None:
    said = evenings(says, 40)
    world.say(*said, batch=10)
    ids = {name: event.id for name, event in world.events().items()}
    judged = world.enricher.judged
    counts = world.say(*said[:-1], replace(said[-1], description="bring a friend"))
    assert counts.total.changed == 1
    assert world.enricher.judged == judged + 1
    assert {name: event.id for name, event in world.events().items()} == ids
    assert all(part.part is not None for name in ids.values() for part in world.catalogue.said(name))


def test_they_are_joined_with_what_others_say_of_them(world, says, narrow) -> None:
    said = evenings(says, 20)
    world.say(*said, batch=10)
    world.say(*(replace(one, source="list", uid=f"l{number}") for number, one in enumerate(said[:8])), batch=10)
    sources = sorted(len(event.sources) for event in world.events().values())
    assert sources == [1] * 12 + [2] * 8


def test_a_series_among_them_keeps_its_overrides(world, says, narrow) -> None:
    weekly = says("0", "Choir", rrule=("FREQ=WEEKLY",))
    third = Moment(dt.date(2026, 12, 15), dt.time(18), "Europe/Berlin")
    late = says("0", "Choir", recurrence_id=third, start_date=Moment(third.date, dt.time(20), "Europe/Berlin"))
    world.say(weekly, *evenings(says, 15), late, batch=10)
    events = world.events()
    assert len(events) == 16
    assert [one.recurrence_id for one in events["Choir"].overrides] == [third]
