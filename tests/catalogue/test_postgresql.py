"""A catalogue on a server: what differs from a file is how it is reached, locked, brought forward and lost."""

import io
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from hobnob import jsonlines
from hobnob.errors import CatalogueError, CatalogueTooNew
from indexer.catalogue import Catalogue, schema


@pytest.fixture
def url(postgresql):
    return postgresql.database()


def test_four_that_open_it_at_once_make_it_once(url, now):
    barrier = threading.Barrier(4)

    def opened(_):
        barrier.wait()
        with Catalogue.open(url, now=now) as catalogue:
            return catalogue.number()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(opened, range(4))) == [0] * 4


def test_who_waits_too_long_for_the_lock_says_so(url, catalogue, says, now):
    with Catalogue.open(url, timeout=0.2) as waiting:
        with catalogue.step(10):
            assert waiting.number() == 0, "reading waits for nobody"
            with pytest.raises(CatalogueError, match="locked by another process"):
                waiting.load([says()], now=now)
        assert waiting.load([says()], now=now).total.new == 1


def test_numbers_follow_the_order_of_commits(url, now, says):
    """Two processes that load and identify in turns: whoever has seen a number has seen all below it."""
    program = """
import datetime as dt, sys
from types import SimpleNamespace
from hobnob.moments import Moment
from hobnob.observations import Attendance, Observation, Status
from indexer.catalogue import Catalogue
from indexer.identity import identify

class Enricher:
    def judge(self, o):
        return SimpleNamespace(name=o.name, status=o.event_status or Status.SCHEDULED, start_date=o.start_date,
            end_date=o.end_date, place=o.location, place_why=None, time_zone_why=None, organizer=o.organizer,
            performer=o.performer, attendee=o.attendee, attendance=Attendance.OFFLINE, kind=None, industries=(),
            is_free=None, in_language=o.in_language)

now = dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc)
with Catalogue.open(sys.argv[1]) as catalogue:
    for number in range(40):
        uid, name = f"{sys.argv[2]}-{number}", {"a": "Ascent", "b": "Bivouac"}[sys.argv[2]]
        start = Moment(dt.date(2026, 12, 1) + dt.timedelta(days=9 * number), dt.time(18), "Europe/Berlin")
        catalogue.load([Observation(source="s", uid=uid, name=name, start_date=start, fetched_at=now)], now=now)
        identify(catalogue, Enricher(), now=now)
"""
    running = [subprocess.Popen([sys.executable, "-c", program, url, name]) for name in "ab"]
    seen: list[int] = []
    with Catalogue.open(url, now=now) as catalogue:
        while any(process.poll() is None for process in running):
            seen += [change.number for change in catalogue.changes(after=max(seen, default=0))]
        assert [process.returncode for process in running] == [0, 0]
        seen += [change.number for change in catalogue.changes(after=max(seen, default=0))]
        assert seen == [change.number for change in catalogue.changes()]
        assert len(seen) == catalogue.counts().events == 80


def test_an_older_catalogue_is_migrated_whole_or_not_at_all(url, catalogue, says, now, monkeypatch):
    catalogue.load([says()], now=now)

    def add_colour(connection):
        connection.execute(sa.text("ALTER TABLE sources ADD COLUMN colour TEXT DEFAULT 'red'"))
        if breaks:
            raise CatalogueError("no colour today")

    monkeypatch.setattr(schema, "MIGRATIONS", {**schema.MIGRATIONS, schema.VERSION: add_colour})
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    for breaks in (True, False):
        if breaks:
            with pytest.raises(CatalogueError, match="no colour"):
                Catalogue.open(url)
            continue
        with Catalogue.open(url) as migrated:
            assert migrated.counts().observations == 1
    monkeypatch.undo()
    with pytest.raises(CatalogueTooNew, match=f"format {schema.VERSION + 1}"):
        Catalogue.open(url)


def test_the_database_of_another_program(url):
    with sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:")).begin() as connection:
        connection.execute(sa.text("CREATE TABLE bookmarks (url TEXT)"))
    with pytest.raises(CatalogueError, match="not a hobnob catalogue"):
        Catalogue.open(url)


@pytest.mark.parametrize(
    ("change", "says_what"),
    [
        (("hobnob_", "nothing_"), "does not exist"),
        (("host=", "host=/nowhere"), "cannot be reached"),
    ],
)
def test_a_server_that_cannot_be_used(url, change, says_what):
    with pytest.raises(CatalogueError, match=says_what) as caught:
        Catalogue.open(url.replace(*change))
    assert caught.value.hint


def test_a_password_is_never_shown():
    with pytest.raises(CatalogueError) as caught:
        Catalogue.open("postgresql://anna:secret@localhost:1/hobnob")
    assert "secret" not in str(caught.value)
    assert "anna" in str(caught.value)


def test_a_connection_that_is_lost(url, catalogue, says, now):
    catalogue.load([says("a")], now=now)
    _end_connections(url)
    assert catalogue.load([says("b")], now=now).total.new == 1, "a dead connection of the pool is replaced"
    with pytest.raises(CatalogueError, match="lost the connection") as caught, catalogue.step(10):
        _end_connections(url)
    assert "was loaded before" in caught.value.hint
    assert catalogue.counts().observations == 2


def test_what_a_text_of_postgresql_cannot_hold_costs_itself_only(catalogue, says, now):
    counts = catalogue.load([says("a\0b"), says("c", name="x\0y"), says("d", source="s\0")], now=now)
    assert (counts.total.new, sum(counts.total.skipped.values())) == (1, 2)
    out = io.BytesIO()
    catalogue.dump(out)
    (kept,) = jsonlines.read(io.BytesIO(out.getvalue()))
    assert kept.name == "x\0y"


def _end_connections(url):
    """Ends all connections to this database but the one that asks for it."""
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    with sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:")).begin() as connection:
        connection.execute(sa.text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))


def test_one_of_those_who_share_it_is_alone(url, now):
    """Who comes second waits until the first has left, and other things are not held up."""
    order = []

    def second():
        with Catalogue.open(url, now=now) as other, other.alone("index"):
            order.append("second")

    with Catalogue.open(url, now=now) as first:
        with first.alone("index"):
            waiting = threading.Thread(target=second)
            waiting.start()
            with Catalogue.open(url, now=now) as third, third.alone("another"):
                order.append("another")
            waiting.join(0.5)
            order.append("first")
        waiting.join(10)
        with pytest.raises(RuntimeError, match="own"), first.alone("index"):
            raise RuntimeError("own errors pass")
        with first.alone("index"):
            order.append("again")
    assert order == ["another", "first", "second", "again"]
