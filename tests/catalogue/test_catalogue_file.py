"""The file: what cannot be opened, locks, migrations, copies."""

import datetime as dt
import io
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from hobnob import jsonlines
from hobnob.errors import CatalogueError, CatalogueTooNew
from hobnob.observations import FetchReport
from indexer.catalogue import Catalogue, schema
from indexer.upkeep.due import Bounds

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def url(tmp_path):
    """What this is about are files; test_postgresql.py is about servers."""
    return f"sqlite:///{tmp_path}/catalogue.sqlite"


def test_a_missing_directory_is_made(tmp_path, now):
    with Catalogue.open(f"sqlite:///{tmp_path}/a/b/catalogue.sqlite", now=now) as catalogue:
        assert catalogue.number() == 0
    assert (tmp_path / "a/b/catalogue.sqlite").exists()


def test_a_directory_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CatalogueError, match="cannot make the directory") as caught:
        Catalogue.open(f"sqlite:///{tmp_path}/file/catalogue.sqlite")
    assert "--data-dir" in caught.value.hint


def test_a_directory_in_place_of_the_file(tmp_path):
    (tmp_path / "catalogue.sqlite").mkdir()
    with pytest.raises(CatalogueError, match="cannot be opened") as caught:
        Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite")
    assert caught.value.hint


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_directory(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(CatalogueError):
        Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite")


def test_a_file_that_is_no_database(tmp_path):
    (tmp_path / "catalogue.sqlite").write_text("Dear diary, " * 1000)
    with pytest.raises(CatalogueError, match="not a hobnob catalogue"):
        Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite")
    assert (tmp_path / "catalogue.sqlite").read_text().startswith("Dear diary")


def test_the_database_of_another_program(tmp_path):
    with sqlite3.connect(tmp_path / "other.sqlite") as other:
        other.execute("CREATE TABLE bookmarks (url)")
    with pytest.raises(CatalogueError, match="not a hobnob catalogue"):
        Catalogue.open(f"sqlite:///{tmp_path}/other.sqlite")


@pytest.mark.parametrize("text", ["catalogue.sqlite", "nosuch://x/y", "sqlite://", "sqlite:///:memory:"])
def test_a_url_that_cannot_be_used(text):
    with pytest.raises(CatalogueError) as caught:
        Catalogue.open(text)
    assert caught.value.hint


def test_a_locked_catalogue_says_so_after_the_timeout(tmp_path, url, catalogue, says, now):
    other = sqlite3.connect(tmp_path / "catalogue.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Catalogue.open(url, timeout=0.2) as waiting:
        assert waiting.number() == 0
        with pytest.raises(CatalogueError, match="locked by another process"):
            waiting.load([says()], now=now)
        other.execute("ROLLBACK")
        assert waiting.load([says()], now=now).total.new == 1
    other.close()


def test_a_full_disk_leaves_what_was_loaded_and_nothing_else(catalogue, says, now):
    catalogue.load([says("before")], now=now)
    with catalogue._engine.connect() as connection:  # the pool hands out the same connection again
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")
    large = [says(str(number), description="x" * 2000) for number in range(100)]
    with pytest.raises(CatalogueError, match="disk is full") as caught:
        catalogue.load(large, now=now)
    assert "space" in caught.value.hint
    assert catalogue.counts().observations == 1
    with catalogue._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    assert catalogue.load(large, now=now).total.new == 100


def test_a_newer_catalogue_is_refused_and_left_alone(tmp_path, catalogue):
    catalogue.close()
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as newer:
        newer.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    newer.close()
    with pytest.raises(CatalogueTooNew, match="format 99") as caught:
        Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite")
    assert "update" in caught.value.hint


@pytest.fixture
def next_version(monkeypatch):
    """A hobnob whose catalogue has one more column than this one's."""

    def add_colour(connection):
        connection.execute(sa.text("ALTER TABLE sources ADD COLUMN colour TEXT DEFAULT 'red'"))

    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    monkeypatch.setattr(schema, "MIGRATIONS", {**schema.MIGRATIONS, schema.VERSION - 1: add_colour})


def test_an_older_catalogue_is_copied_and_migrated(tmp_path, catalogue, says, now, next_version):
    catalogue.load([says()], now=now)
    catalogue.put_sources([])
    catalogue.close()
    path = tmp_path / "catalogue.sqlite"
    with Catalogue.open(f"sqlite:///{path}") as migrated:
        assert migrated.counts().observations == 1
    with sqlite3.connect(path) as now_there:
        assert now_there.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone() == (str(schema.VERSION),)
        assert "colour" in [row[1] for row in now_there.execute("PRAGMA table_info(sources)")]
    now_there.close()
    with sqlite3.connect(f"{path}.v{schema.VERSION - 1}-backup") as copy:
        assert "colour" not in [row[1] for row in copy.execute("PRAGMA table_info(sources)")]
        assert copy.execute("SELECT count(*) FROM observations").fetchone() == (1,)
    copy.close()


@pytest.fixture
def of_format_2(tmp_path):
    """A catalogue that was written by a hobnob of its time."""
    path = tmp_path / "old" / "catalogue.sqlite"
    path.parent.mkdir()
    with sqlite3.connect(path) as old:
        old.executescript((Path(__file__).parent / "format-2.sql").read_text(encoding="utf-8"))
    old.close()
    return path


def test_a_catalogue_of_format_1_learns_of_components(of_format_2, says, now):
    with sqlite3.connect(of_format_2) as old:
        old.execute("DROP INDEX observations_components")
        old.execute("ALTER TABLE observations DROP COLUMN component")
        old.execute("UPDATE meta SET value = '1' WHERE name = 'schema'")
    with Catalogue.open(f"sqlite:///{of_format_2}") as migrated:
        assert migrated.counts().observations == 2
        assert migrated.components("bakers") == set()
        migrated.load([says("a", component="k1")], now=now)
        assert migrated.components("berlin") == {"k1"}
    assert of_format_2.with_name("catalogue.sqlite.v1-backup").exists()


def test_a_catalogue_of_format_2_learns_when_its_sources_are_due(of_format_2):
    with Catalogue.open(f"sqlite:///{of_format_2}") as migrated:
        assert (migrated.counts().observations, migrated.counts().events) == (2, 2)
        assert [event.name for event in migrated.events(migrated.event_ids())] == [
            "Bread for beginners",
            "Baking night",
        ]
        state = migrated.sources()["gone"]
        assert (state.failures, state.suspicious, state.problem, state.usual) == (2, None, None, None)
        fetched = dt.datetime(2026, 11, 20, 19, tzinfo=dt.timezone.utc)
        plans = migrated.plans(now=fetched)
        assert [(plan.last_fetch, plan.due_at) for plan in plans.values()] == [(fetched, None)] * 2
        wanted = {"bakers": 6 * HOUR, "gone": 24 * HOUR}
        for after, due in ((5, ()), (7, ("bakers",)), (25, ("gone",))):
            then = fetched + after * HOUR
            taken = migrated.claim(wanted, owner="me", now=then, until=then + 99 * HOUR, due=Bounds()).taken
            assert taken == due
    assert of_format_2.with_name("catalogue.sqlite.v2-backup").exists()


def test_a_migration_that_fails_changes_nothing(tmp_path, catalogue, says, now, monkeypatch):
    catalogue.load([says()], now=now)
    catalogue.close()
    url = f"sqlite:///{tmp_path}/catalogue.sqlite"

    def broken(connection):
        connection.execute(sa.text("DROP TABLE contents"))
        connection.execute(sa.text("SELECT no_such_column FROM sources"))

    with monkeypatch.context() as patch:
        patch.setattr(schema, "VERSION", schema.VERSION + 1)
        patch.setattr(schema, "MIGRATIONS", {**schema.MIGRATIONS, schema.VERSION - 1: broken})
        with pytest.raises(CatalogueError):
            Catalogue.open(url)
    with Catalogue.open(url) as unharmed:
        assert unharmed.counts().observations == 1
        assert unharmed.dump(io.BytesIO()) == 1


def test_a_backup_is_a_catalogue_and_overwrites_nothing(tmp_path, catalogue, says, now):
    catalogue.load([says()], now=now)
    target = tmp_path / "backup.sqlite"
    catalogue.backup(target)
    with pytest.raises(CatalogueError, match="exists already"):
        catalogue.backup(target)
    with Catalogue.open(f"sqlite:///{target}") as copy:
        assert copy.counts() == catalogue.counts()
    assert sorted(path.name for path in tmp_path.iterdir() if "part" in path.name) == []


def test_a_backup_to_nowhere(tmp_path, catalogue):
    with pytest.raises(CatalogueError, match="cannot write"):
        catalogue.backup(tmp_path / "missing" / "backup.sqlite")


def test_a_dump_loads_to_an_equal_catalogue(tmp_path, catalogue, says, now):
    report = FetchReport(source="berlin", outcome="read", started_at=now, finished_at=now, etag='"x"', read=2)
    catalogue.load([says("a"), says("b", fetched_at=None), says("c", source="bonn"), report], now=now)
    catalogue.load([says("a", fetched_at=now + dt.timedelta(days=1))], now=now)
    first = io.BytesIO()
    assert catalogue.dump(first) == 4
    with Catalogue.open(f"sqlite:///{tmp_path}/other.sqlite") as other:
        other.load(jsonlines.read(io.BytesIO(first.getvalue())), now=now + dt.timedelta(days=9))
        second = io.BytesIO()
        other.dump(second)
        assert second.getvalue() == first.getvalue()
        assert other.sources() == catalogue.sources()


_OPEN = """
from indexer.catalogue import Catalogue
import sys
Catalogue.open(sys.argv[1]).close()
"""


def test_several_processes_may_make_the_same_catalogue_at_once(tmp_path):
    url = f"sqlite:///{tmp_path}/new/catalogue.sqlite"
    running = [subprocess.Popen([sys.executable, "-c", _OPEN, url], stderr=subprocess.PIPE) for _ in range(3)]
    for process in running:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors.decode()


_LOAD = """
import datetime as dt, sys
from bench.mix import observations
from indexer.catalogue import Catalogue
from indexer.loading import Loader
now = dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc)
catalogue = Catalogue.open(sys.argv[1])
loader = Loader(catalogue, now=now, batch=20)
for record in observations(2000):
    loader.add(record)
    print(loader.counts.total.new, flush=True)
loader.close()
"""


def test_kill_9_while_loading_loses_nothing_that_was_reported(tmp_path):
    url = f"sqlite:///{tmp_path}/catalogue.sqlite"
    for lines in (1, 330, 910):
        process = subprocess.Popen([sys.executable, "-c", _LOAD, url], stdout=subprocess.PIPE, text=True)
        reported = [int(process.stdout.readline()) for _ in range(lines)][-1]
        time.sleep(0.003)
        process.kill()
        process.communicate()
        with Catalogue.open(url) as catalogue:
            assert catalogue.counts().observations >= reported
            assert catalogue.dump(io.BytesIO()) == catalogue.counts().observations
    subprocess.run([sys.executable, "-c", _LOAD, url], stdout=subprocess.DEVNULL, check=True, timeout=120)
    with Catalogue.open(url) as catalogue:
        assert catalogue.counts().observations == 2000


@pytest.mark.parametrize("url", ["postgresql://me:s3cret@host/db", "postgres://me:s3:c/r@et@host/db"])
def test_an_error_shows_no_password(url: str) -> None:
    with pytest.raises(CatalogueError, match=r"//me:\*\*\*@host/db") as caught:
        Catalogue.open(url)
    assert "s3" not in str(caught.value)
