"""How fast the embedded engine takes in events, beside bare tantivy that is given ready documents of the same fields.

Both index the same occurrence documents of the published mix, with the same heap and threads, each in a process of
its own. Ours starts from Event objects: analysis, documents and commit are in its time. Bare tantivy's time begins
when all its documents stand ready in memory. The best of `rounds` counts.

    python -m bench.engine [DOCUMENTS] [ROUNDS]
"""

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tantivy import Index

from bench.events import events_with_times
from indexer.documents import event_document
from indexer.engines.embedded import EmbeddedEngine
from indexer.engines.embedded.engine import HEAP_BYTES, THREADS
from indexer.engines.embedded.schema import documents, schema, state_document

DOCUMENTS = 300_000


def load_ours(count: int, directory: Path) -> float:
    ready = list(events_with_times(count))
    engine = EmbeddedEngine(directory)
    started = time.perf_counter()
    engine.replace((event_document(event, times) for event, times in ready), number=1, rolled_on=None)
    return time.perf_counter() - started


def load_streamed(count: int, directory: Path) -> float:
    """Ours, with events made one by one, as a sync does: for the memory it needs."""
    engine = EmbeddedEngine(directory)
    started = time.perf_counter()
    feed = (event_document(event, times) for event, times in events_with_times(count))
    engine.replace(feed, number=1, rolled_on=None)
    return time.perf_counter() - started


def load_bare(count: int, directory: Path) -> float:
    ready = [
        document for event, times in events_with_times(count) for document in documents(event_document(event, times))
    ]
    directory.mkdir()
    index = Index(schema(), str(directory))
    started = time.perf_counter()
    writer = index.writer(HEAP_BYTES, THREADS)
    for document in ready:
        writer.add_document(document)
    writer.add_document(state_document(1, None))
    writer.commit()
    writer.wait_merging_threads()
    return time.perf_counter() - started


Load = Callable[[int, Path], float]


def _child(load: Load, count: int, answers: "multiprocessing.Queue[tuple[float, float, float]]") -> None:
    with tempfile.TemporaryDirectory() as directory:
        target = Path(directory) / "index"
        seconds = load(count, target)
        size = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answers.put((seconds, peak * (1 if sys.platform == "darwin" else 1024) / 1e6, size / 1e6))


def measured(load: Load, count: int) -> tuple[float, float, float]:
    """Seconds, peak memory in MB and the index's size in MB, from a process of its own."""
    fresh = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[tuple[float, float, float]] = fresh.Queue()
    child = fresh.Process(target=_child, args=(load, count, answers))
    child.start()
    answer = answers.get()
    child.join()
    return answer


def main(count: int = DOCUMENTS, rounds: int = 2) -> None:
    ours = min(measured(load_ours, count) for _ in range(rounds))
    bare = min(measured(load_bare, count) for _ in range(rounds))
    _, memory, _ = measured(load_streamed, count)
    print(f"Loading {count:,} occurrence documents of the mix")
    print(f"  {'':28} {'documents/s':>12} {'seconds':>8} {'index MB':>9}")
    for name, (seconds, _, size) in (("EmbeddedEngine, from Events", ours), ("bare tantivy, ready made", bare)):
        print(f"  {name:28} {count / seconds:12,.0f} {seconds:8.1f} {size:9,.0f}")
    print(f"  ratio {bare[0] / ours[0]:.2f} (at least 0.6 is wanted); peak memory {memory:,.0f} MB (under 1,000)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
