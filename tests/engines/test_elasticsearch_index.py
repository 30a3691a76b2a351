"""The index in a real Elasticsearch: replaced whole, rebuilt beside the old one, never half visible, clear errors."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import msgspec
import pytest

from hobnob.errors import EngineError
from hobnob.queries import Circle, Query, Sort
from indexer.documents import EventDocument
from indexer.engines import IndexState, Written
from indexer.engines.elasticsearch import Access, ElasticsearchEngine, bulk, search, writing
from tests.elastic.node import Node
from tests.engines.test_embedded_index import ANYTHING, DAY, NOW, broken_feed, event

NUMBERS = count(1)


@pytest.fixture
def prefix() -> str:
    return f"index-{next(NUMBERS)}"


@pytest.fixture
def access(elasticsearch: Node) -> Access:
    return Access(urls=(elasticsearch.url,), timeout=20, patience=3)


@pytest.fixture
def engine(access: Access, prefix: str) -> Iterator[ElasticsearchEngine]:
    engine = ElasticsearchEngine(access, prefix=prefix, replicas=0)
    engine.replace([event("a"), event("b", 3)], number=5, rolled_on=DAY)
    yield engine
    engine.erase()
    engine.close()


def another(access: Access, prefix: str) -> ElasticsearchEngine:
    return ElasticsearchEngine(access, prefix=prefix, replicas=0)


def names(engine: ElasticsearchEngine) -> list[str]:
    return [hit.name for hit in engine.search(ANYTHING).hits]


def indices(server: Node, prefix: str) -> dict[str, list[str]]:
    """The indices of a prefix and their aliases, as the server tells."""
    found = server.ask(f"{prefix}-events*/_alias")
    return {name: sorted(described["aliases"]) for name, described in sorted(found.items())}


def stored(server: Node, prefix: str) -> list[str]:
    """The ids of all documents."""
    found = server.ask(f"{prefix}-events/_search?size=1000", {"query": {"match_all": {}}})
    return sorted(row["_id"] for row in found["hits"]["hits"])


# Replacing


def test_without_an_index_there_is_nothing_to_search(access: Access, prefix: str, elasticsearch: Node) -> None:
    engine = another(access, prefix)
    assert engine.state() == IndexState()
    with pytest.raises(EngineError, match="nothing to search yet") as caught:
        engine.search(ANYTHING)
    assert caught.value.hint == "hobnob crawl"
    assert indices(elasticsearch, prefix) == {}
    engine.close()


def test_the_first_writing_makes_a_numbered_index_behind_an_alias(
    engine: ElasticsearchEngine, prefix: str, elasticsearch: Node
) -> None:
    name = f"{prefix}-events-000001"
    assert indices(elasticsearch, prefix) == {name: [f"{prefix}-events", f"{name}.writing"]}
    assert stored(elasticsearch, prefix) == ["a:0", "b:0", "b:1", "b:2", "state"]


def test_replace_takes_documents_and_state(engine: ElasticsearchEngine, prefix: str, elasticsearch: Node) -> None:
    assert engine.state() == IndexState(number=5, rolled_on=DAY, documents=4, events=2)
    written = engine.replace([event("b"), event("c", 2), event("a", 0)], number=6, rolled_on=None, deleted=["x"])
    assert written == Written(3)
    assert engine.state() == IndexState(number=6, rolled_on=None, documents=3, events=2)
    assert names(engine) == ["b", "c"]
    assert stored(elasticsearch, prefix) == ["b:0", "c:0", "c:1", "state"]
    engine.replace([], number=7, rolled_on=DAY, deleted=["b", "c"])
    assert engine.state() == IndexState(number=7, rolled_on=DAY, documents=0, events=0)
    assert engine.search(ANYTHING).total == 0


def test_the_same_change_may_be_written_again_with_fewer_times(engine: ElasticsearchEngine) -> None:
    engine.replace([event("b", 2)], number=5, rolled_on=DAY)
    assert engine.state() == IndexState(number=5, rolled_on=DAY, documents=3, events=2)


def test_an_event_given_twice_is_there_once(engine: ElasticsearchEngine, access: Access, prefix: str) -> None:
    engine.replace([event("a", 2), event("a", 1)], number=6, rolled_on=None)
    assert engine.state().documents == 4
    fresh = another(access, f"{prefix}-fresh")
    fresh.replace([event("a", 2), event("a", 1)], number=6, rolled_on=None)
    assert fresh.state().documents == 1
    fresh.erase()
    fresh.close()


def test_more_events_than_are_swept_at_once(engine: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_BATCH", 3)
    monkeypatch.setattr(writing, "_PAGE", 2)
    monkeypatch.setattr(bulk, "_CHUNK_ACTIONS", 2)
    engine.replace((event(f"n{number:02d}", 4) for number in range(11)), number=6, rolled_on=DAY)
    assert engine.state() == IndexState(number=6, rolled_on=DAY, documents=48, events=13)
    engine.replace((event(f"n{number:02d}", 1) for number in range(11)), number=7, rolled_on=DAY)
    assert engine.state() == IndexState(number=7, rolled_on=DAY, documents=15, events=13)


def test_a_feed_that_breaks_off_records_nothing(engine: ElasticsearchEngine) -> None:
    with pytest.raises(RuntimeError, match="broke off"):
        engine.replace(broken_feed(), number=6, rolled_on=None, deleted=["a"])
    assert engine.state() == IndexState(number=5, rolled_on=DAY, documents=4, events=2)
    assert names(engine) == ["a", "b"]


def test_readable_text_is_stored(engine: ElasticsearchEngine, prefix: str, elasticsearch: Node) -> None:
    engine.replace([msgspec.structs.replace(event("r"), description="Was man liest")], number=6, rolled_on=DAY)
    source = elasticsearch.ask(f"{prefix}-events/_doc/r:0")["_source"]
    assert (source["name"], source["description"], source["start_date"]) == (
        "r",
        "Was man liest",
        "2026-11-24T00:00:00Z",
    )
    assert source["card"] == {"id": "r", "name": "r"}


# Two writers


def test_a_writer_who_is_late_changes_nothing(engine: ElasticsearchEngine, access: Access, prefix: str) -> None:
    other = another(access, prefix)
    other.replace([event("a", 2), event("c")], number=9, rolled_on=DAY, deleted=["b"])
    engine.replace([event("a"), event("b", 3)], number=7, rolled_on=DAY)
    assert engine.state() == IndexState(number=9, rolled_on=DAY, documents=3, events=2)
    assert names(engine) == ["a", "c"]
    other.close()


def test_two_writers_at_once_leave_one_truth(engine: ElasticsearchEngine, access: Access, prefix: str) -> None:
    """Both bring the same changes; what is true at the last one stays, whoever comes first."""
    failed: list[BaseException] = []

    def bring() -> None:
        other = another(access, prefix)
        try:
            for number in range(6, 16):
                other.replace([event("a", number % 4), event(f"x{number}", 2)], number=number, rolled_on=DAY)
        except BaseException as error:
            failed.append(error)
        finally:
            other.close()

    writers = [threading.Thread(target=bring) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    assert engine.state() == IndexState(number=15, rolled_on=DAY, documents=3 + 3 + 20, events=12)


# Rebuilding


def test_a_rebuilt_index_takes_the_old_ones_place_in_one_step(
    engine: ElasticsearchEngine, access: Access, prefix: str, elasticsearch: Node
) -> None:
    reader = another(access, prefix)
    with engine.rebuild() as new:
        assert new.state() == IndexState()
        new.replace([event("n")], number=8, rolled_on=None)
        new.replace([event("m")], number=9, rolled_on=DAY)
        assert new.search(ANYTHING).total == 2
        assert names(engine) == names(reader) == ["a", "b"]
        assert indices(elasticsearch, prefix)[f"{prefix}-events-000002"] == [f"{prefix}-events-000002.writing"]
    assert names(engine) == names(reader) == ["m", "n"]
    assert engine.state() == IndexState(number=9, rolled_on=DAY, documents=2, events=2)
    assert list(indices(elasticsearch, prefix)) == [f"{prefix}-events-000002"]
    reader.close()


def test_searches_during_the_swap_find_the_old_or_the_new(
    engine: ElasticsearchEngine, access: Access, prefix: str
) -> None:
    seen: set[tuple[str, ...]] = set()
    over = threading.Event()

    def look() -> None:
        reader = another(access, prefix)
        while not over.is_set():
            seen.add(tuple(names(reader)))
        reader.close()

    looking = threading.Thread(target=look)
    looking.start()
    for number in range(3):
        with engine.rebuild() as new:
            new.replace([event(f"n{number}")], number=8 + number, rolled_on=DAY)
    over.set()
    looking.join()
    assert seen <= {("a", "b"), ("n0",), ("n1",), ("n2",)}


def test_a_rebuild_that_fails_leaves_the_old_index(
    engine: ElasticsearchEngine, prefix: str, elasticsearch: Node
) -> None:
    with pytest.raises(RuntimeError), engine.rebuild() as new:
        new.replace(broken_feed(), number=8, rolled_on=None)
    assert names(engine) == ["a", "b"]
    assert list(indices(elasticsearch, prefix)) == [f"{prefix}-events-000001"]


def test_what_a_killed_rebuild_left_is_removed_by_the_next(
    engine: ElasticsearchEngine, access: Access, prefix: str, elasticsearch: Node
) -> None:
    killed = another(access, prefix)
    killed._indices.create(in_use=False)
    assert len(indices(elasticsearch, prefix)) == 2
    assert names(engine) == ["a", "b"]
    with engine.rebuild() as new:
        new.replace([event("n")], number=8, rolled_on=None)
    assert len(indices(elasticsearch, prefix)) == 1
    killed.close()


def test_a_rebuilt_index_that_lacks_documents_is_not_used(
    engine: ElasticsearchEngine, prefix: str, elasticsearch: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    def losing() -> Iterator[EventDocument]:
        yield event("n", 3)
        made[0]._sender.flush()
        elasticsearch.ask(f"{prefix}-events-000002/_doc/n:1", method="DELETE")
        yield event("m")

    made: list[writing.Writing] = []
    begin = writing.Writing.__enter__
    monkeypatch.setattr(writing.Writing, "__enter__", lambda self: made.append(self) or begin(self))
    with pytest.raises(EngineError, match="holds 3 documents of 4"), engine.rebuild() as new:
        new.replace(losing(), number=8, rolled_on=None)
    assert names(engine) == ["a", "b"]
    assert list(indices(elasticsearch, prefix)) == [f"{prefix}-events-000001"]


def test_an_index_that_was_made_anew_meanwhile_is_not_written_to(
    engine: ElasticsearchEngine, access: Access, prefix: str
) -> None:
    other = another(access, prefix)
    assert other.state().number == 5
    with engine.rebuild() as new:
        new.replace([event("n")], number=8, rolled_on=None)
    with pytest.raises(EngineError, match="made anew meanwhile"):
        other.replace([event("o")], number=9, rolled_on=DAY)
    assert engine.state().number == 8
    other.close()


def test_writing_to_an_index_that_is_gone_makes_none(
    engine: ElasticsearchEngine, prefix: str, elasticsearch: Node
) -> None:
    def gone() -> Iterator[EventDocument]:
        elasticsearch.ask(f"{prefix}-events-000001", method="DELETE")
        yield event("c")

    with pytest.raises(EngineError, match="replaced or removed meanwhile"):
        engine.replace(gone(), number=6, rolled_on=DAY)
    assert indices(elasticsearch, prefix) == {}


# What cannot be used


def test_another_programs_index_under_our_name(access: Access, prefix: str, elasticsearch: Node) -> None:
    elasticsearch.ask(f"{prefix}-events/_doc/1?refresh=true", {"thesis": "precious"}, "PUT")
    engine = another(access, prefix)
    for attempt in (engine.state, lambda: engine.replace([event("c")], number=6, rolled_on=None)):
        with pytest.raises(EngineError) as caught:
            attempt()
        assert caught.value.hint == "hobnob index rebuild"
    assert "another program made" in engine.condition().problems[0].message
    with engine.rebuild() as new:
        new.replace([event("n")], number=8, rolled_on=None)
    assert names(engine) == ["n"]
    engine.erase()
    engine.close()


def test_an_index_of_another_format(engine: ElasticsearchEngine, prefix: str, elasticsearch: Node) -> None:
    elasticsearch.ask(f"{prefix}-events/_mapping", {"_meta": {"hobnob_format": 999}}, "PUT")
    assert "format 999" in engine.condition().problems[0].message
    with pytest.raises(EngineError, match="format 999") as caught:
        engine.replace([event("c")], number=6, rolled_on=None)
    assert caught.value.hint == "hobnob index rebuild"


def test_a_document_that_the_server_refuses_is_told_and_the_others_are_taken(
    engine: ElasticsearchEngine, prefix: str
) -> None:
    bad = msgspec.structs.replace(event("bad"), city="x" * 40_000)
    written = engine.replace([event("c"), bad, event("d")], number=6, rolled_on=DAY)
    assert written.documents == 2
    ((document_id, reason),) = [(one.id, one.reason) for one in written.refused]
    assert document_id == "bad:0"
    assert "document_parsing_exception" in reason or "illegal_argument_exception" in reason
    assert names(engine) == ["a", "b", "c", "d"]
    assert engine.state().number == 6


def test_a_request_that_is_too_large_is_parted(
    engine: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch, elasticsearch: Node
) -> None:
    """The server takes 100 MB at most: sixty documents of 2 MB in one request are too much, each alone is not."""
    monkeypatch.setattr(bulk, "CHUNK_BYTES", 200_000_000)
    large = [msgspec.structs.replace(event(f"l{number}"), description="x" * 2_000_000) for number in range(60)]
    assert engine.replace(large, number=6, rolled_on=DAY) == Written(60)
    assert engine.state().events == 62


def test_an_index_that_takes_no_writes(engine: ElasticsearchEngine, prefix: str, elasticsearch: Node) -> None:
    elasticsearch.ask(f"{prefix}-events/_settings", {"index.blocks.write": True}, "PUT")
    assert any("does not take writes" in problem.message for problem in engine.condition().problems)
    with pytest.raises(EngineError, match="cannot write") as caught:
        engine.replace([event("c")], number=6, rolled_on=DAY)
    assert "index.blocks.write" in (caught.value.hint or "")
    assert names(engine) == ["a", "b"]
    elasticsearch.ask(f"{prefix}-events/_settings", {"index.blocks.write": None}, "PUT")
    engine.replace([event("c")], number=6, rolled_on=DAY)
    assert names(engine) == ["a", "b", "c"]


def test_full_disks(engine: ElasticsearchEngine, prefix: str, elasticsearch: Node) -> None:
    """What the server sets when a disk is over the flood-stage watermark."""
    block = {"index.blocks.read_only_allow_delete": True}
    elasticsearch.ask(f"{prefix}-events/_settings", block, "PUT")
    assert any("disks are full" in problem.message for problem in engine.condition().problems)
    with pytest.raises(EngineError, match="disks are full") as caught:
        engine.replace([event("c")], number=6, rolled_on=DAY)
    assert "make room" in (caught.value.hint or "")
    assert names(engine) == ["a", "b"]
    assert engine.state().number == 5


def test_condition_of_a_sound_index(engine: ElasticsearchEngine, prefix: str) -> None:
    condition = engine.condition()
    assert condition.problems == ()
    facts = dict(condition.facts)
    assert facts["Index"] == f"{prefix}-events → {prefix}-events-000001"
    assert "version 8." in facts["Nodes"]


def test_documents_that_are_lost_are_missed(engine: ElasticsearchEngine, prefix: str, elasticsearch: Node) -> None:
    elasticsearch.ask(f"{prefix}-events/_doc/b:1?refresh=true", method="DELETE")
    (problem,) = engine.condition().problems
    assert "2 events at 3 times, and 2 at 4 were written" in problem.message
    assert "hobnob index rebuild" in problem.advice


def test_copies_that_find_no_node_are_named(access: Access, prefix: str) -> None:
    engine = ElasticsearchEngine(access, prefix=prefix, replicas=1)
    engine.replace([event("a")], number=1, rolled_on=DAY)
    (problem,) = engine.condition().problems
    assert "is yellow" in problem.message
    assert "elasticsearch_replicas = 0" in problem.advice
    engine.erase()
    engine.close()


# Searching


def test_deep_pages_are_those_of_a_shallow_walk(engine: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.replace((event(f"d{number:03d}", number % 3 + 1) for number in range(90)), number=6, rolled_on=DAY)
    near = Circle(latitude=0, longitude=0, radius_km=30_000)
    for query in (
        ANYTHING,
        replace(ANYTHING, all_occurrences=True),
        replace(ANYTHING, text="d010", sort=Sort.RELEVANCE),
        replace(ANYTHING, near=near, sort=Sort.DISTANCE),
    ):
        whole = [(hit.id, hit.start_date) for hit in engine.search(query).hits]
        with monkeypatch.context() as small:
            small.setattr(search, "_WINDOW", 20)
            for page in range(1, len(whole) // 7 + 3):
                answer = engine.search(replace(query, limit=7, page=page))
                assert answer.total == len(whole)
                assert [(hit.id, hit.start_date) for hit in answer.hits] == whole[7 * (page - 1) : 7 * page]


def test_the_deepest_page(engine: ElasticsearchEngine) -> None:
    query = Query(now=NOW, limit=1000, page=100)
    assert engine.search(query).hits == ()
    assert engine.search(query).total == 2


def test_a_search_fails_within_its_time_limit() -> None:
    engine = ElasticsearchEngine(Access(urls=("http://127.0.0.1:9",), timeout=1))
    with pytest.raises(EngineError, match=r"nobody answers at http://127\.0\.0\.1:9"):
        engine.search(ANYTHING)
    engine.close()


def test_passwords_do_not_appear_in_errors() -> None:
    engine = ElasticsearchEngine(Access(urls=("http://me:geheim@127.0.0.1:9",), timeout=0.2))
    with pytest.raises(EngineError) as caught:
        engine.search(ANYTHING)
    assert "geheim" not in str(caught.value)
    engine.close()
