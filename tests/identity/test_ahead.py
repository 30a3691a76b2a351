"""Judging ahead in another process: the same comes of it, and whatever happens to that process, all is judged."""

import io
import pickle
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from hobnob.moments import Moment
from hobnob.sources import Source
from indexer.catalogue import Catalogue
from indexer.enrich import Enricher
from indexer.identity import ahead as judging
from indexer.identity import identify, judging_ahead
from indexer.identity.series import drafts
from indexer.rules import RULES

SOURCES = {"berlin": Source(name="berlin", title="Berlin", url="https://berlin.example/", reader="ics")}
DEADLINE = 120  # seconds; only if something is wrong


class Counting(Enricher):
    asked = 0

    def judge(self, observation):
        self.asked += 1
        return super().judge(observation)


@pytest.fixture
def said(says):
    """Forty events and a series with two overrides; made by us."""
    series = says("series", "Weekly meetup", rrule=("FREQ=WEEKLY;COUNT=5",))
    moved = Moment.of(series.start_date.wall.replace(day=8), "Europe/Berlin")
    other = Moment.of(series.start_date.wall.replace(day=15), "Europe/Berlin")
    overrides = (
        says("series", "Weekly meetup", recurrence_id=moved, start_date=moved),
        says("series", "Night of lightning talks", recurrence_id=other, start_date=other),
    )
    return [*(says(str(number), f"Workshop number {number}") for number in range(40)), series, *overrides]


@pytest.fixture(autouse=True)
def two_processors(monkeypatch):
    monkeypatch.setattr(judging.os, "cpu_count", lambda: 2)


@pytest.fixture
def groups(world, said):
    world.catalogue.load([world.dated(one) for one in said], now=world.now)
    return world.catalogue.pending_groups(0, 1000)[1]


def arrived(ahead):
    """Waits until the other process has judged something."""
    until = time.monotonic() + DEADLINE
    while ahead._arrived.empty():
        assert time.monotonic() < until
        time.sleep(0.01)
    return ahead


def test_what_is_judged_elsewhere_is_what_would_be_judged_here(world, groups):
    here = Counting(SOURCES)
    with judging_ahead(world.catalogue, SOURCES, many=1) as ahead:
        arrived(ahead)
        found = [ahead.of(group, 10**9) for group in groups]
    assert len(found) == 41
    replays = [judging.replayed(group, judged, here) for group, judged in zip(groups, found, strict=True)]
    assert here.asked == 0
    assert all(draft.noted is not None for some, _ in replays for draft in some)
    for some, _ in replays:
        for draft in some:
            draft.noted = None
    assert replays == [drafts(group, here) for group in groups]
    assert here.asked > 40


def test_events_are_the_same_whoever_judged(world, groups, tmp_path, said):
    with judging_ahead(world.catalogue, SOURCES, many=1) as ahead:
        identify(world.catalogue, Enricher(SOURCES), now=world.now, ahead=arrived(ahead), batch=7)
    with Catalogue.open(f"sqlite:///{tmp_path}/alone.sqlite", now=world.now) as alone:
        alone.load([world.dated(one) for one in said], now=world.now)
        identify(alone, Enricher(SOURCES), now=world.now)
        found = [
            sorted(
                (replace(event, id="") for event in catalogue.events(catalogue.event_ids())), key=lambda one: one.name
            )
            for catalogue in (world.catalogue, alone)
        ]
    assert len(found[0]) == 42
    assert found[0] == found[1]


def test_what_has_changed_since_it_was_judged_is_judged_anew(world, groups, says):
    with judging_ahead(world.catalogue, SOURCES, many=1) as ahead:
        arrived(ahead)
        world.catalogue.load([world.dated(says("7", "Renamed in between", sequence=1))], now=world.now)
        identify(world.catalogue, Enricher(SOURCES), now=world.now, ahead=ahead)
    assert "Renamed in between" in world.events()
    assert "Workshop number 7" not in world.events()


def test_what_changed_is_not_taken_for_what_was_judged(world, groups, says):
    with judging_ahead(world.catalogue, SOURCES, many=1) as ahead:
        arrived(ahead)
        world.catalogue.load([world.dated(says("7", "Renamed in between", sequence=1))], now=world.now)
        upto, now = world.catalogue.pending_groups(0, 1000)
        missing = [group for group in now if ahead.of(group, upto) is None]
    assert [group.observations[0].observation.name for group in missing] == ["Renamed in between"]


def test_if_the_other_process_dies_all_is_judged_here(world, groups):
    here = Counting(SOURCES)
    with judging_ahead(world.catalogue, SOURCES, many=1) as ahead:
        ahead._process.kill()
        ahead._reader.join(DEADLINE)
        while not ahead._arrived.empty():
            ahead._arrived.get()
        assert identify(world.catalogue, here, now=world.now, ahead=ahead).problems == []
    assert here.asked == 42
    assert len(world.events()) == 42


def test_it_is_over_with_the_block_whatever_ends_that(world, groups):
    with pytest.raises(KeyboardInterrupt), judging_ahead(world.catalogue, SOURCES, many=1) as ahead:
        raise KeyboardInterrupt
    assert ahead._process.returncode is not None
    assert not ahead._reader.is_alive()


def test_it_ends_when_who_started_it_is_gone():
    process = judging.start()
    process.stdin.close()
    assert process.wait(DEADLINE) == 0
    process.stdout.close()


def test_it_stops_as_soon_as_it_notices(world, groups, monkeypatch):
    monkeypatch.setattr(judging, "_AT_ONCE", 10)
    passed = SimpleNamespace(upto=0, is_over=False)

    class Gone(io.BytesIO):
        def flush(self):
            passed.is_over = True

    found = Gone()
    judging.judge_all(pickle.dumps((RULES, world.catalogue.url, SOURCES)), passed, found)
    found.seek(0)
    assert len(judging._decode(judging._read(found)).judged) == 10
    assert judging._read(found) is None


def test_it_goes_on_where_the_first_process_is(world, groups):
    passed, found = SimpleNamespace(upto=groups[-2].observations[-1].id, is_over=False), io.BytesIO()
    judging.judge_all(pickle.dumps((RULES, world.catalogue.url, SOURCES)), passed, found)
    found.seek(0)
    assert [one.key for one in judging._decode(judging._read(found)).judged] == [groups[-1].observations[0].key[0]]


def test_other_rules_are_not_judged_by(world, groups):
    passed, found = SimpleNamespace(upto=0, is_over=False), io.BytesIO()
    judging.judge_all(pickle.dumps((RULES - 1, world.catalogue.url, SOURCES)), passed, found)
    assert found.getvalue() == b""


@pytest.mark.parametrize(("processors", "many"), [(1, 1), (2, 44)])
def test_for_little_or_on_one_processor_none_is_started(world, groups, monkeypatch, processors, many):
    monkeypatch.setattr(judging.os, "cpu_count", lambda: processors)
    with judging_ahead(world.catalogue, SOURCES, many=many) as ahead:
        assert ahead is None


def test_what_cannot_be_judged_there_is_told_here(world, says):
    bad = [says(str(number), "bad" if number == 3 else f"Workshop {number}") for number in range(6)]
    world.catalogue.load([world.dated(one) for one in bad], now=world.now)
    groups = world.catalogue.pending_groups(0, 100)[1]
    found = [judging._judged(group, world.enricher) for group in groups]
    replays = [judging.replayed(group, one, world.enricher) for group, one in zip(groups, found, strict=True)]
    assert [len(problems) for _, problems in replays] == [0, 0, 0, 1, 0, 0]
    assert "cannot judge bad" in next(iter(replays[3][1].values()))
