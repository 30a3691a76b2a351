"""A cluster that loses nodes: nothing that was reported as indexed is missing; a search is right or fails in time."""

import threading
import time
import urllib.error
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import count

import pytest

from hobnob.errors import EngineError
from hobnob.queries import Query
from indexer.documents import EventDocument
from indexer.engines.elasticsearch import Access, ElasticsearchEngine
from tests.elastic.node import Node
from tests.elastic.running import Cluster, cluster, server
from tests.engines.test_embedded_index import ANYTHING, DAY, event

EVENTS = 4_000
TIMES = 2
LIMIT = 5.0
NUMBERS = count(1)
ALL = replace(ANYTHING, limit=1, all_occurrences=True)


@pytest.fixture(scope="module")
def three() -> Iterator[Cluster]:
    with cluster() as running:
        yield running


@pytest.fixture
def engine(three: Cluster) -> Iterator[ElasticsearchEngine]:
    three.wait_for("green", nodes=3)
    access = Access(urls=three.urls, timeout=LIMIT, patience=120)
    engine = ElasticsearchEngine(access, prefix=f"lost-{next(NUMBERS)}", shards=2, replicas=1)
    engine.replace([event("first", TIMES)], number=1, rolled_on=DAY)
    yield engine
    engine.close()


def index_of(engine: ElasticsearchEngine) -> str:
    return dict(engine.condition().facts)["Index"].partition(" → ")[2]


def load(engine: ElasticsearchEngine, happening: Callable[[], object], events: int = EVENTS) -> None:
    """Writes so many events; when a third of them are on their way, something happens."""

    def feed() -> Iterator[EventDocument]:
        for number in range(events):
            if number == events // 3:
                happening()
            yield event(f"k{number}", TIMES)

    assert engine.replace(feed(), number=2, rolled_on=DAY).documents == events * TIMES


def check_all_there(engine: ElasticsearchEngine, three: Cluster, *, all_copies: bool = True) -> None:
    """Every event that was reported is found; with `all_copies`, in each copy of each shard."""
    wanted = (EVENTS + 1) * TIMES
    until = time.monotonic() + 30
    while True:
        with suppress(EngineError):
            state = engine.state()
            break
        assert time.monotonic() < until
    assert (state.number, state.events, state.documents) == (2, EVENTS + 1, wanted)
    assert engine.search(ALL).total == wanted
    assert not any("were written" in problem.message for problem in engine.condition().problems)
    if all_copies:
        three.wait_for("green", nodes=3)
        rows = three.nodes[0].ask(f"_cat/shards/{index_of(engine)}?format=json&h=prirep,docs,state")
        for kind in "pr":
            counts = [int(row["docs"]) for row in rows if row["prirep"] == kind]
            assert sum(counts) == wanted + 1  # and the document that holds the state


@dataclass
class Watched:
    """What searches said while something happened: how many were right, what the others raised, the longest."""

    right: int = 0
    wrong: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    longest: float = 0.0


@contextmanager
def searching(three: Cluster, engine: ElasticsearchEngine, query: Query, total: int) -> Iterator[Watched]:
    """Searches as fast as answers come, from two threads, until the block ends."""
    seen, over = Watched(), threading.Event()
    prefix = index_of(engine).partition("-events")[0]

    def search() -> None:
        own = ElasticsearchEngine(Access(urls=three.urls, timeout=LIMIT), prefix=prefix)
        while not over.is_set():
            begun = time.monotonic()
            try:
                found = own.search(query).total
            except EngineError as error:
                seen.errors.append(str(error))
            else:
                seen.right += found == total
                seen.wrong += [] if found == total else [found]
            seen.longest = max(seen.longest, time.monotonic() - begun)
        own.close()

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        over.set()
        for thread in threads:
            thread.join()


def revive(three: Cluster, node: Node) -> None:
    node.start()
    node.wait_until_ready()
    three.wait_for("green", nodes=3)


def a_data_node(engine: ElasticsearchEngine, three: Cluster) -> Node:
    """One that holds a primary and is not the master."""
    master = three.master()
    holders = [three.holding(index_of(engine), shard=shard) for shard in (0, 1)]
    return next((node for node in holders if node is not master), holders[0])


def test_a_data_node_is_killed_during_a_load(three: Cluster, engine: ElasticsearchEngine) -> None:
    victim = a_data_node(engine, three)
    load(engine, victim.kill)
    check_all_there(engine, three, all_copies=False)
    revive(three, victim)
    check_all_there(engine, three)


def test_the_elected_master_is_killed_during_a_load(three: Cluster, engine: ElasticsearchEngine) -> None:
    victim = three.master()
    load(engine, victim.kill)
    check_all_there(engine, three, all_copies=False)
    assert three.master() is not victim
    revive(three, victim)
    check_all_there(engine, three)


def test_a_data_node_is_killed_during_searches(three: Cluster, engine: ElasticsearchEngine) -> None:
    load(engine, lambda: None)
    victim = a_data_node(engine, three)
    with searching(three, engine, ALL, (EVENTS + 1) * TIMES) as seen:
        time.sleep(1)
        victim.kill()
        time.sleep(5)
        right_by_then = seen.right
        time.sleep(1)
    assert seen.wrong == []
    assert seen.right > right_by_then > 10
    assert seen.longest < LIMIT + 1
    revive(three, victim)
    check_all_there(engine, three)


def test_a_node_is_paused_for_longer_than_the_time_limit(three: Cluster, engine: ElasticsearchEngine) -> None:
    """It keeps its connections, so that nobody is told; after some seconds the others give it up."""
    victim = a_data_node(engine, three)
    with searching(three, engine, ALL, TIMES) as seen:
        time.sleep(1)
        victim.pause()
        try:
            time.sleep(2 * LIMIT)
        finally:
            victim.resume()
    assert seen.wrong == []
    assert seen.right > 10
    assert seen.longest < LIMIT + 1
    assert all("in time" in error or "not ready" in error or "nobody answers" in error for error in seen.errors)
    three.wait_for("green", nodes=3)

    def pause_for_a_while() -> None:
        victim.pause()
        threading.Timer(2 * LIMIT, victim.resume).start()

    load(engine, pause_for_a_while)
    three.wait_for("green", nodes=3)
    check_all_there(engine, three)


def test_the_whole_cluster_is_away_and_comes_back(three: Cluster, engine: ElasticsearchEngine) -> None:
    """The last test of the three: all are killed at once."""
    load(engine, lambda: None)
    for node in three.nodes:
        node.kill()
    begun = time.monotonic()
    with pytest.raises(EngineError, match="nobody answers"):
        engine.search(ALL)
    assert time.monotonic() - begun < LIMIT + 1
    for node in three.nodes:
        node.start()
    for node in three.nodes:
        node.wait_until_ready()
    three.wait_for("green", nodes=3)
    check_all_there(engine, three)


# A narrow server


@pytest.fixture(scope="module")
def narrow() -> Iterator[Node]:
    """One that does a thing at a time and lets one wait, and looks at its disks every ten seconds."""
    queues = {f"thread_pool.{pool}.{what}": 1 for pool in ("write", "search") for what in ("size", "queue_size")}
    with server(heap="512m", **queues, **{"cluster.info.update.interval": "10s"}) as running:
        yield running


def test_a_full_queue_is_waited_for(narrow: Node) -> None:
    engine = ElasticsearchEngine(Access(urls=(narrow.url,), timeout=LIMIT), prefix="queue", replicas=0)
    engine.replace([event("first", TIMES)], number=1, rolled_on=DAY)
    over = threading.Event()
    turned_away: list[float] = []
    lines = "".join('{"index":{"_index":"crowd"}}\n{"text":"%s"}\n' % ("word " * 50) for _ in range(300)).encode()

    def crowd() -> None:
        while not over.is_set():
            try:
                was_turned_away = b'"status":429' in narrow.send("_bulk", lines)
            except urllib.error.HTTPError as error:
                was_turned_away = error.code == 429
            if was_turned_away:
                turned_away.append(time.monotonic())
                time.sleep(0.05)  # rude, and still one that leaves others a chance

    threads = [threading.Thread(target=crowd) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        load(engine, lambda: None, 1_000)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    (pools,) = (node["thread_pool"] for node in narrow.ask("_nodes/stats/thread_pool")["nodes"].values())
    assert pools["write"]["rejected"] > len(turned_away), "none of ours was turned away"
    assert engine.state().documents == 1_001 * TIMES
    engine.close()


def test_a_disk_over_its_watermark_refuses_and_comes_back(narrow: Node) -> None:
    engine = ElasticsearchEngine(Access(urls=(narrow.url,), timeout=LIMIT, patience=2), prefix="disk", replicas=0)
    engine.replace([event("a")], number=1, rolled_on=DAY)
    watermarks = {
        f"cluster.routing.allocation.disk.watermark.{stage}": "100000gb" for stage in ("low", "high", "flood_stage")
    }
    switch = "cluster.routing.allocation.disk.threshold_enabled"
    narrow.ask("_cluster/settings", {"persistent": {switch: True, **watermarks}}, "PUT")
    refused = _until_it_raises(lambda number: engine.replace([event("b")], number=number, rolled_on=DAY))
    assert "disks are full" in str(refused)
    assert "make room" in (refused.hint or "")
    assert engine.search(ANYTHING).total >= 1
    number = engine.state().number
    narrow.ask("_cluster/settings", {"persistent": {switch: None, **dict.fromkeys(watermarks)}}, "PUT")
    with suppress(urllib.error.HTTPError):
        narrow.ask("disk-events/_settings", {"index.blocks.read_only_allow_delete": None}, "PUT")
    engine.replace([event("c")], number=number + 1, rolled_on=DAY)
    assert {"a", "c"} <= {hit.id for hit in engine.search(ANYTHING).hits}
    engine.close()


def _until_it_raises(attempt: Callable[[int], object]) -> EngineError:
    """The server looks at its disks now and then."""
    for number in range(2, 60):
        try:
            attempt(number)
        except EngineError as error:
            return error
        time.sleep(1)
    pytest.fail("the server has never refused")
