"""From what crawls no longer show to events: missing, withdrawn, back; and UIDs that lie, all the way."""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from hobnob.events import Presence
from hobnob.moments import Moment
from hobnob.observations import FetchReport, Observation, Status
from indexer.catalogue.tables import blocks, doubts, parts
from indexer.identity import identify


class Crawls:
    """Sources that are crawled once a day, one after the other."""

    def __init__(self, world) -> None:
        self.world = world

    def crawl(self, *said: Observation, source: str = "berlin") -> list[str]:
        """What one crawl of `source` shows; then what is new."""
        world = self.world
        before = world.catalogue.number()
        seen = [world.dated(replace(one, source=source)) for one in said]
        told = {"outcome": "read", "complete": True, "read": len(said)}
        report = FetchReport(source=source, started_at=world.now, finished_at=world.now, **told)
        world.catalogue.load([*seen, report], now=world.now)
        identify(world.catalogue, world.enricher, now=world.now)
        world.now += dt.timedelta(hours=6)
        return [change.what for change in world.catalogue.changes(before)]


@pytest.fixture
def crawls(world):
    return Crawls(world)


@pytest.fixture
def frame(says):
    """What every crawl shows before and after."""
    first = says("first", "Opening night", start_date=Moment(dt.date(2026, 11, 29)))
    return first, says("last", "Closing ceremony", start_date=Moment(dt.date(2027, 3, 1)))


def test_an_event_is_missing_then_withdrawn_then_back(world, crawls, frame, says):
    crawls.crawl(*frame, says())
    before = world.events()["Barcamp"]
    assert [crawls.crawl(*frame) for _ in range(5)] == [[], ["missing"], [], ["withdrawn"], []]
    gone = world.catalogue.event(before.id)
    assert (gone.presence, gone.status) == (Presence.WITHDRAWN, Status.SCHEDULED)
    assert crawls.crawl(*frame, says()) == ["reinstated"]
    assert world.catalogue.event(before.id).presence is Presence.PRESENT


def test_it_is_back_though_an_older_version_of_it_is_shown_as_well(crawls, frame, says):
    event = says(sequence=1)
    crawls.crawl(*frame, event)
    assert [crawls.crawl(*frame) for _ in range(2)] == [[], ["missing"]]
    assert crawls.crawl(*frame, says(name="Barcamp, first draft"), event) == ["reinstated"]


def test_while_another_source_shows_it_it_is_present(world, crawls, frame, says):
    page = "https://b.example/barcamp-2026"
    crawls.crawl(*frame, says(url=page))
    crawls.crawl(*frame, says(url=page), source="bonn")
    event = world.events()["Barcamp"]
    assert {source.source for source in event.sources} == {"berlin", "bonn"}
    for _ in range(6):
        crawls.crawl(*frame)
        assert world.catalogue.event(event.id).presence is Presence.PRESENT
    for _ in range(3):
        crawls.crawl(*frame, source="bonn")
    assert world.catalogue.event(event.id).presence is Presence.MISSING
    crawls.crawl(*frame, source="bonn")
    assert world.catalogue.event(event.id).presence is Presence.WITHDRAWN


def test_an_override_that_is_withdrawn_is_dropped(world, crawls, frame, says):
    series = says(rrule=("FREQ=WEEKLY;COUNT=9",))
    second = replace(series.start_date, date=series.start_date.date + dt.timedelta(weeks=1))
    other = says(start_date=replace(second, time=dt.time(20)), recurrence_id=second)
    crawls.crawl(*frame, series, other)
    assert len(world.events()["Barcamp"].overrides) == 1
    for _ in range(4):
        crawls.crawl(*frame, series)
    assert world.events()["Barcamp"].overrides == ()


def test_a_new_uid_for_every_crawl_is_no_news(world, crawls, frame, says):
    crawls.crawl(*frame, says("a0"))
    before = world.events()["Barcamp"]
    for number in range(1, 5):
        assert crawls.crawl(*frame, says(f"a{number}")) == []
    assert world.events()["Barcamp"].id == before.id
    assert world.catalogue.counts().observations == 3
    assert [one.uid for one in world.catalogue.observations(before.id)] == ["a4"]


def test_events_that_share_a_uid_are_events_of_their_own(world, crawls, frame, says):
    rust, go = (says("one", name, start_date=Moment(dt.date(2026, 12, day))) for name, day in (("Rust", 5), ("Go", 9)))
    assert sorted(crawls.crawl(*frame, rust, go)) == ["added"] * 4
    ids = {name: event.id for name, event in world.events().items()}
    assert crawls.crawl(*frame, go, rust) == []
    moved = replace(rust, start_date=Moment(dt.date(2026, 12, 12)))
    assert crawls.crawl(*frame, go, moved) == ["moved"]
    assert {name: event.id for name, event in world.events().items()} == ids


def test_a_uid_that_comes_to_be_shared_keeps_its_event(world, crawls, frame, says):
    rust, go = (says("one", name, start_date=Moment(dt.date(2026, 12, day))) for name, day in (("Rust", 5), ("Go", 9)))
    crawls.crawl(*frame, rust)
    before = world.events()["Rust"]
    assert crawls.crawl(*frame, go, rust) == ["added"]
    assert world.events()["Rust"].id == before.id


def test_a_rescheduled_event_stays_the_same(world, crawls, frame, says):
    crawls.crawl(*frame, says())
    before = world.events()["Barcamp"]
    assert crawls.crawl(*frame, says(start_date=Moment(dt.date(2026, 12, 9)))) == ["moved"]
    assert world.events()["Barcamp"].id == before.id


def test_a_source_that_is_forgotten_leaves_nothing_to_compare_with(world, crawls, frame, says):
    crawls.crawl(*frame, says())
    crawls.crawl(says("other", "Barcamp Berlin"), source="bonn")

    def held() -> list[int]:
        with world.catalogue._reading() as connection:
            return [connection.scalar(sa.select(sa.func.count()).select_from(one)) for one in (parts, blocks)]

    assert min(held()) > 0
    for source in ("berlin", "bonn"):
        world.catalogue.forget_source(source, now=world.now)
    assert held() == [0, 0]
    with world.catalogue._reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(doubts)) == 0
