"""The index follows the catalogue: the real ones, with an enricher that takes everything as it is."""

import datetime as dt
import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from hobnob.moments import UTC, Moment
from hobnob.observations import Attendance, Observation, Status
from hobnob.queries import Query
from hobnob.settings import Settings
from indexer import sync as sync_module
from indexer.catalogue import Catalogue
from indexer.enrich.judgement import Judgement
from indexer.identity import identify
from indexer.sync import ROLL_DAYS, SyncReport, rebuild, sync
from tests.engines.conftest import NewEngine

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=UTC)


class AsItIs:
    """An enricher without opinions."""

    def judge(self, observation: Observation) -> Judgement:
        return Judgement(
            name=observation.name,
            status=observation.event_status or Status.SCHEDULED,
            time_zone_why=None,
            organizer=observation.organizer,
            performer=observation.performer,
            attendee=observation.attendee,
            start_date=observation.start_date,
            end_date=observation.end_date,
            place=observation.location,
            place_why=None,
            attendance=Attendance.OFFLINE,
            kind=None,
            industries=(),
            is_free=None,
            in_language=None,
        )


class House:
    """A catalogue and an engine in a directory."""

    def __init__(self, path: Path, new_engine: NewEngine) -> None:
        self.settings = Settings(data_dir=path, config_dir=path)
        self.catalogue = Catalogue.open(self.settings.catalogue_url, now=NOW)
        self._new_engine = new_engine
        self._open = ExitStack()
        self.engine = self._open.enter_context(new_engine())
        self.crawled = NOW - dt.timedelta(days=1)

    def tell(self, *observations: Observation) -> None:
        """A crawl an hour after the one before."""
        self.crawled += dt.timedelta(hours=1)
        self.catalogue.load(observations, now=self.crawled)
        assert identify(self.catalogue, AsItIs(), now=self.crawled).problems == []

    def sync(self, now: dt.datetime = NOW, **more: object) -> SyncReport:
        return sync(self.catalogue, self.engine, settings=self.settings, now=now, **more)

    def names(self, now: dt.datetime = NOW, **asked: object) -> list[str]:
        return [hit.name for hit in self.engine.search(Query(now=now, limit=1000, **asked)).hits]

    def check(self, now: dt.datetime = NOW) -> None:
        """The index says what one made anew from the catalogue says."""
        asked = Query(now=now, start=dt.date(2, 1, 1), limit=1000, all_occurrences=True)
        with self._new_engine() as other:
            rebuild(self.catalogue, other, settings=self.settings, now=now)
            assert self.engine.search(asked).hits == other.search(asked).hits
            assert self.engine.state().number == other.state().number == self.catalogue.number()

    def close(self) -> None:
        self._open.close()
        self.catalogue.close()


@pytest.fixture
def house(tmp_path: Path, new_engine: NewEngine) -> Iterator[House]:
    found = House(tmp_path, new_engine)
    yield found
    found.close()


def talk(number: int, day: str = "2026-12-01", **more: object) -> Observation:
    start = Moment(dt.date.fromisoformat(day), dt.time(19), "Europe/Berlin")
    return Observation(source="one", uid=str(number), name=f"Talk {number}", start_date=start, **more)


def test_an_empty_catalogue_gives_an_index_that_finds_nothing(house: House) -> None:
    assert house.sync() == SyncReport(number=0)
    assert house.names() == []


def test_what_changes_is_replaced(house: House) -> None:
    house.tell(talk(1), talk(2), talk(3))
    report = house.sync()
    assert (report.events, report.documents, report.number) == (3, 3, house.catalogue.number())
    assert sorted(house.names()) == ["Talk 1", "Talk 2", "Talk 3"]
    house.tell(replace(talk(2), name="Talk of the town"))
    assert house.sync().events == 1
    assert sorted(house.names()) == ["Talk 1", "Talk 3", "Talk of the town"]
    assert house.sync() == SyncReport(number=house.catalogue.number())
    house.check()


def test_a_source_that_goes_takes_its_events_along(house: House) -> None:
    house.tell(talk(1), replace(talk(2), source="two"))
    house.sync()
    house.catalogue.forget_source("one", now=NOW)
    house.sync()
    assert house.names() == ["Talk 2"]
    house.check()


def test_batches_record_only_what_is_complete(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync_module, "BATCH", 10)
    house.tell(*(talk(number) for number in range(25)))
    house.tell(*(replace(talk(number), name=f"Moved {number}") for number in range(5)))
    states: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        states.append((house.engine.state().number, house.engine.state().documents))
        if len(states) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        house.sync(progress=stop)
    assert states == [(0, 0), (10, 10), (20, 20)]
    assert house.engine.state().number == 20
    house.sync()
    assert len(house.names()) == 25
    assert sum(name.startswith("Moved") for name in house.names()) == 5
    house.check()


def test_progress_counts_up_to_all(house: House) -> None:
    house.tell(*(talk(number) for number in range(3)))
    said: list[tuple[int, int]] = []
    house.sync(progress=lambda done, total: said.append((done, total)))
    assert said == [(3, 3)]


def test_a_year_without_a_crawl(house: House) -> None:
    later = NOW + dt.timedelta(days=500)
    house.tell(talk(1, rrule=("FREQ=WEEKLY",)), talk(2, "2027-06-01"))
    house.sync()
    assert house.names(now=later) == []
    report = house.sync(now=later)
    assert report.rolled
    assert house.names(now=later) == ["Talk 1"]
    assert house.engine.state().rolled_on == later.date()
    house.check(later)


def test_the_horizon_rolls_on_only_every_few_days_and_reaches_far_enough_until_then(house: House) -> None:
    house.tell(talk(1, rrule=("FREQ=DAILY",)))
    house.sync()
    almost = NOW + dt.timedelta(days=ROLL_DAYS - 1)
    assert not house.sync(now=almost).rolled
    last = (almost + dt.timedelta(days=house.settings.horizon_days)).date()
    assert house.names(now=almost, start=last) == ["Talk 1"]
    assert house.sync(now=NOW + dt.timedelta(days=ROLL_DAYS)).rolled


def test_a_clock_that_went_back_rolls_back(house: House) -> None:
    house.tell(talk(1, rrule=("FREQ=WEEKLY",)))
    house.sync(now=NOW + dt.timedelta(days=3000))
    house.sync()
    assert house.names() == ["Talk 1"]
    house.check()


def test_what_ended_too_long_ago_is_taken_out_but_not_what_still_runs(house: House) -> None:
    house.tell(talk(1), talk(2, end_date=Moment(dt.date(2031, 1, 1))), talk(3, rrule=("FREQ=WEEKLY;COUNT=3",)))
    house.sync()
    later = NOW + dt.timedelta(days=house.settings.keep_past_days + 60)
    assert sorted(house.names(now=later, start=dt.date(2, 1, 1))) == ["Talk 1", "Talk 2", "Talk 3"]
    house.sync(now=later)
    assert house.names(now=later, start=dt.date(2, 1, 1)) == ["Talk 2"]
    house.check(later)


def test_a_catalogue_from_a_backup_is_followed(house: House) -> None:
    house.tell(talk(1))
    backup = house.settings.data_dir / "backup.sqlite"
    house.catalogue.backup(backup)
    house.tell(talk(2))
    house.sync()
    house.catalogue.close()
    house.catalogue = Catalogue.open(f"sqlite:///{backup}", now=NOW)
    report = house.sync()
    assert report.rebuilt
    assert house.names() == ["Talk 1"]
    house.check()


def test_rebuild_takes_in_what_changes_meanwhile(house: House) -> None:
    house.tell(talk(1), talk(2))
    house.sync()
    told = iter([talk(3)])

    def tell_more(done: int, total: int) -> None:
        for observation in told:
            house.tell(observation)

    report = rebuild(house.catalogue, house.engine, settings=house.settings, now=NOW, progress=tell_more)
    assert report.rebuilt
    assert report.number == house.catalogue.number()
    assert sorted(house.names()) == ["Talk 1", "Talk 2", "Talk 3"]
    house.check()


def test_a_rebuild_that_fails_leaves_the_old_index(house: House) -> None:
    house.tell(talk(1))
    house.sync()

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(house.catalogue, house.engine, settings=house.settings, now=NOW, progress=stop)
    assert house.names() == ["Talk 1"]


def test_a_second_sync_waits_for_the_first(house: House, hold: Callable[[Path], subprocess.Popen[bytes]]) -> None:
    house.tell(talk(1))
    holder = hold(house.settings.data_dir / "index.lock")
    begun = time.monotonic()
    house.sync()
    assert time.monotonic() - begun > 0.5
    assert holder.wait(timeout=10) == 0
    assert house.names() == ["Talk 1"]


@pytest.fixture
def hold() -> Iterator[Callable[[Path], subprocess.Popen[bytes]]]:
    """Starts a process that holds a lock for about a second; returns when it has it."""
    started: list[subprocess.Popen[bytes]] = []

    def start(path: Path) -> subprocess.Popen[bytes]:
        program = """
            import fcntl, sys, time
            file = open(sys.argv[1], "ab")
            fcntl.flock(file, fcntl.LOCK_EX)
            print("held", flush=True)
            time.sleep(1)
        """
        holder = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(program), os.fspath(path)], stdout=subprocess.PIPE
        )
        started.append(holder)
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        return holder

    yield start
    for process in started:
        process.kill()
        process.wait()
