"""The embedded index on disk: one commit or none, writers in turn, rebuilt beside the old one, never a traceback."""

import datetime as dt
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hobnob.errors import BadValue, EngineError
from hobnob.queries import Box, Circle, Query, Sort
from indexer.documents import NEVER, EventDocument, Time
from indexer.engines import IndexState, Written
from indexer.engines.embedded import EmbeddedEngine

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc)
DAY = dt.date(2026, 11, 23)
ANYTHING = Query(now=NOW, limit=1000)


def event(name: str, times: int = 1) -> EventDocument:
    return EventDocument(
        event_id=name,
        name_tokens=(name,),
        body_tokens=(),
        card=json.dumps({"id": name, "name": name}).encode(),
        times=tuple(at_day(day) for day in range(1, times + 1)),
    )


def at_day(day: int) -> Time:
    start, ordinal = int(NOW.timestamp()) + day * 86400, DAY.toordinal() + day
    earlier = NEVER if day == 1 else start - 86400
    day_before = NEVER if day == 1 else ordinal - 1
    return Time(
        key=str(day),
        start=start,
        end=start,
        first_day=ordinal,
        last_day=ordinal,
        prev_end=earlier,
        prev_last_day=day_before,
        prev_end_any=earlier,
        prev_last_day_any=day_before,
        status="scheduled",
        month="2026-11",
        when=b'{"start_date":{"date":"2026-11-24"},"end_date":null}',
    )


def names(engine: EmbeddedEngine) -> list[str]:
    return [hit.name for hit in engine.search(ANYTHING).hits]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(directory: Path) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(directory, patience=0.2)
    engine.replace([event("a"), event("b", 3)], number=5, rolled_on=DAY)
    yield engine
    engine.close()


# One commit or none


def test_without_an_index_there_is_nothing_to_search(directory: Path) -> None:
    engine = EmbeddedEngine(directory)
    assert engine.state() == IndexState()
    with pytest.raises(EngineError) as caught:
        engine.search(ANYTHING)
    assert caught.value.hint == "hobnob crawl"
    assert not directory.exists()


def test_replace_takes_documents_and_state_in_one_commit(engine: EmbeddedEngine) -> None:
    assert engine.state() == IndexState(number=5, rolled_on=DAY, documents=4, events=2)
    written = engine.replace([event("b"), event("c", 2), event("a", 0)], number=6, rolled_on=None, deleted=["x"])
    assert written == Written(3)
    assert engine.state() == IndexState(number=6, rolled_on=None, documents=3, events=2)
    assert names(engine) == ["b", "c"]
    engine.replace([], number=7, rolled_on=DAY, deleted=["b", "c"])
    assert engine.state() == IndexState(number=7, rolled_on=DAY, documents=0, events=0)
    assert engine.search(ANYTHING).total == 0


def test_an_event_given_twice_is_there_once(engine: EmbeddedEngine) -> None:
    engine.replace([event("a", 2), event("a", 1)], number=6, rolled_on=None)
    assert engine.state().documents == 4


def broken_feed() -> Iterator[EventDocument]:
    yield event("new")
    raise RuntimeError("the catalogue broke off")


def test_a_feed_that_breaks_off_changes_nothing(engine: EmbeddedEngine, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="broke off"):
        engine.replace(broken_feed(), number=6, rolled_on=None, deleted=["a"])
    assert engine.state().number == 5
    assert names(engine) == ["a", "b"]
    engine.replace([event("c")], number=6, rolled_on=None)
    assert names(engine) == ["a", "b", "c"]
    fresh = EmbeddedEngine(tmp_path / "fresh")
    with pytest.raises(RuntimeError):
        fresh.replace(broken_feed(), number=1, rolled_on=None)
    assert fresh.state() == IndexState()


def test_others_see_what_was_committed_last(engine: EmbeddedEngine, directory: Path) -> None:
    other = EmbeddedEngine(directory)
    assert names(other) == ["a", "b"]
    engine.replace([event("c")], number=6, rolled_on=None)
    assert names(other) == ["a", "b", "c"]


WRITE_FOR_EVER = """
import sys
from pathlib import Path
from indexer.engines.embedded import EmbeddedEngine
from tests.engines.test_embedded_index import event
def feed():
    for number in range(10**9):
        if number == 5000:
            print("writing", flush=True)
        yield event(f"k{number}")
engine = EmbeddedEngine(Path(sys.argv[1]))
if sys.argv[2] == "rebuild":
    with engine.rebuild() as new:
        new.replace(feed(), number=99, rolled_on=None)
else:
    engine.replace(feed(), number=99, rolled_on=None)
"""


@pytest.mark.parametrize("doing", ["replace", "rebuild"])
def test_a_writer_that_is_killed_leaves_what_was_there(engine: EmbeddedEngine, directory: Path, doing: str) -> None:
    command = [sys.executable, "-c", WRITE_FOR_EVER, str(directory), doing]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        with pytest.raises(EngineError, match="another hobnob is writing"):
            engine.replace([event("c")], number=6, rolled_on=None)
        assert names(engine) == ["a", "b"]
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    assert engine.state() == IndexState(number=5, rolled_on=DAY, documents=4, events=2)
    engine.replace([event("c")], number=6, rolled_on=None)
    assert names(engine) == ["a", "b", "c"]
    assert numbered(directory) == ["000001"]


def numbered(directory: Path) -> list[str]:
    return sorted(entry.name for entry in directory.iterdir() if entry.is_dir())


def test_a_writer_waits_for_another_one(engine: EmbeddedEngine, directory: Path) -> None:
    patient = EmbeddedEngine(directory, patience=20)
    with (directory / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        writer = threading.Thread(target=patient.replace, args=([event("c")],), kwargs={"number": 6, "rolled_on": None})
        writer.start()
        time.sleep(0.2)
        assert names(engine) == ["a", "b"]
    writer.join()
    assert names(engine) == ["a", "b", "c"]


# Rebuilding


def test_a_rebuilt_index_takes_the_old_ones_place_at_the_end(engine: EmbeddedEngine, directory: Path) -> None:
    reader = EmbeddedEngine(directory)
    assert names(reader) == ["a", "b"]
    with engine.rebuild() as new:
        assert new.state() == IndexState()
        new.replace([event("n")], number=8, rolled_on=None)
        new.replace([event("m")], number=9, rolled_on=DAY)
        assert new.search(ANYTHING).total == 2
        assert names(engine) == names(reader) == ["a", "b"]
    assert names(engine) == names(reader) == ["m", "n"]
    assert engine.state() == IndexState(number=9, rolled_on=DAY, documents=2, events=2)
    assert numbered(directory) == ["000002"]


def test_a_search_that_began_before_a_rebuild_still_ends(engine: EmbeddedEngine) -> None:
    search = engine._search(ANYTHING)
    with engine.rebuild() as new:
        new.replace([event("n")], number=8, rolled_on=None)
    assert [hit.name for hit in search.page().hits] == ["a", "b"]
    assert names(engine) == ["n"]


def test_a_rebuild_that_fails_leaves_the_old_index(engine: EmbeddedEngine, directory: Path) -> None:
    with pytest.raises(RuntimeError), engine.rebuild() as new:
        new.replace(broken_feed(), number=8, rolled_on=None)
    assert names(engine) == ["a", "b"]
    assert numbered(directory) == ["000001"]


def test_an_empty_rebuild_is_an_empty_index(engine: EmbeddedEngine) -> None:
    with engine.rebuild():
        pass
    assert engine.state() == IndexState()
    assert engine.search(ANYTHING).total == 0


# What cannot be used


def garbage_in(name: str, directory: Path) -> None:
    (directory / name).write_bytes(b"\x00garbage")


def other_format(directory: Path) -> None:
    (directory / "current.json").write_text('{"format": 999, "directory": "000001", "more": true}')


def pointer_outside(directory: Path) -> None:
    (directory / "current.json").write_text('{"format": 1, "directory": "../elsewhere"}')


def files_cut_off(directory: Path) -> None:
    for file in (directory / "000001").iterdir():
        if file.suffix:
            os.truncate(file, file.stat().st_size // 2)


def files_gone(directory: Path) -> None:
    for file in (directory / "000001").glob("*.store"):
        file.unlink()


def files_of_others(directory: Path) -> None:
    (directory / "current.json").unlink()
    (directory / "thesis.doc").write_text("precious")


@pytest.mark.parametrize(
    "damage",
    [
        lambda directory: garbage_in("current.json", directory),
        lambda directory: garbage_in("000001/meta.json", directory),
        other_format,
        pointer_outside,
        files_cut_off,
        files_gone,
        files_of_others,
    ],
    ids=["pointer", "meta", "format", "outside", "cut off", "gone", "foreign"],
)
def test_what_cannot_be_used_says_so_and_can_be_rebuilt(engine: EmbeddedEngine, directory: Path, damage) -> None:
    engine.close()
    damage(directory)
    engine = EmbeddedEngine(directory)
    for attempt in (
        lambda: engine.search(ANYTHING),
        lambda: engine.facets(ANYTHING, ["city"]),
        engine.state,
        lambda: engine.replace([event("c")], number=6, rolled_on=None),
    ):
        with pytest.raises(EngineError) as caught:
            attempt()
        assert caught.value.hint == "hobnob index rebuild"
        assert len(str(caught.value).splitlines()) == 1
    with engine.rebuild() as new:
        new.replace([event("n")], number=8, rolled_on=None)
    assert names(engine) == ["n"]
    assert not (directory / "thesis.doc").exists() or (directory / "thesis.doc").read_text() == "precious"


def test_a_file_where_the_directory_should_be(tmp_path: Path) -> None:
    path = tmp_path / "index"
    path.write_text("not a directory")
    engine = EmbeddedEngine(path)
    with pytest.raises(EngineError):
        engine.search(ANYTHING)
    with pytest.raises(EngineError):
        engine.replace([], number=1, rolled_on=None)


@pytest.mark.parametrize(
    "query",
    [
        Query(limit=0),
        Query(limit=1001),
        Query(page=0),
        Query(page=10**9),
        Query(now=dt.datetime(2026, 1, 1)),
        Query(sort=Sort.DISTANCE),
        Query(time_zone="Mars/Olympus", start=DAY),
        Query(near=Circle(latitude=91, longitude=0, radius_km=1)),
        Query(near=Circle(latitude=0, longitude=0, radius_km=float("nan"))),
        Query(near=Circle(latitude=0, longitude=0, radius_km=-1)),
        Query(box=Box(south=2, north=1, west=0, east=1)),
    ],
)
def test_a_question_that_makes_no_sense(engine: EmbeddedEngine, query: Query) -> None:
    with pytest.raises(BadValue):
        engine.search(query)
    with pytest.raises(BadValue):
        engine.facets(Query(), ["weather"])


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_first_and_the_last_day_of_the_calendar(engine: EmbeddedEngine, day: dt.date) -> None:
    everything = Query(start=dt.date.min, end=dt.date.max, now=NOW, time_zone="Pacific/Auckland")
    assert engine.search(everything).total == 2
    assert engine.search(Query(start=day, end=day, now=NOW, time_zone="Pacific/Honolulu")).total == 0


def test_searching_imports_nothing_heavy() -> None:
    heavy = "scrapy sqlalchemy icalendar extruct feedparser babel dateutil rich click twisted"
    code = f"import sys, indexer.engines.embedded; print([name for name in {heavy.split()} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
