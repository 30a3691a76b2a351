"""How fast the embedded engine takes in events, beside bare tantivy that is given ready documents of the same fields.

Both index the same occurrence documents of the published mix, with the same heap and threads, each in a process of
its own. Ours starts from Event objects: analysis, documents and commit are in its time; a second row starts from the
EventDocuments that an engine is handed. Bare tantivy's time begins
when all its documents stand ready in memory. The best of `rounds` counts.

    python -m bench.engine [DOCUMENTS] [ROUNDS]
"""

import base64
import gc
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tantivy import Document, Index

from bench.events import events_with_times
from bench.memory import peak_bytes
from indexer.documents import event_document
from indexer.engines.embedded import EmbeddedEngine
from indexer.engines.embedded.engine import HEAP_BYTES, THREADS
from indexer.engines.embedded.lines import lines
from indexer.engines.embedded.schema import schema, state_document

DOCUMENTS = 300_000


def load_ours(count: int, directory: Path) -> float:
    ready = list(events_with_times(count))
    gc.collect()
    gc.freeze()
    engine = EmbeddedEngine(directory)
    started = time.perf_counter()
    engine.replace((event_document(event, times) for event, times in ready), number=1, rolled_on=None)
    return time.perf_counter() - started


def load_prepared(count: int, directory: Path) -> float:
    """The engine alone: what engines are handed, EventDocuments with their tokens, stands ready."""
    ready = [event_document(event, times) for event, times in events_with_times(count)]
    gc.collect()
    gc.freeze()
    engine = EmbeddedEngine(directory)
    started = time.perf_counter()
    engine.replace(ready, number=1, rolled_on=None)
    return time.perf_counter() - started


def load_streamed(count: int, directory: Path) -> float:
    """Ours, with events made one by one, as a sync does: for the memory it needs."""
    engine = EmbeddedEngine(directory)
    started = time.perf_counter()
    feed = (event_document(event, times) for event, times in events_with_times(count))
    engine.replace(feed, number=1, rolled_on=None)
    return time.perf_counter() - started


def load_bare(count: int, directory: Path, threads: int = THREADS) -> float:
    ready = [
        ready_document(line)
        for event, times in events_with_times(count)
        for line in lines(event_document(event, times))
    ]
    gc.collect()
    gc.freeze()
    directory.mkdir()
    index = Index(schema(), str(directory))
    started = time.perf_counter()
    writer = index.writer(HEAP_BYTES, threads)
    for document in ready:
        writer.add_document(document)
    writer.add_document(state_document(1, None))
    writer.commit()
    writer.wait_merging_threads()
    return time.perf_counter() - started


def load_bare_on_two_threads(count: int, directory: Path) -> float:
    return load_bare(count, directory, threads=2)


def ready_document(line: str) -> Document:
    """The Document that tantivy would read from a line of ours."""
    document = Document()
    for name, value in json.loads(line).items():
        if name in ("card", "time"):
            document.add_bytes(name, base64.b64decode(value))
        elif isinstance(value, float):
            document.add_float(name, value)
        elif isinstance(value, int):
            document.add_integer(name, value)
        else:
            for text in value if isinstance(value, list) else [value]:
                document.add_text(name, text)
    return document


Load = Callable[[int, Path], float]


def _child(load: Load, count: int, answers: "multiprocessing.Queue[tuple[float, float, float]]") -> None:
    with tempfile.TemporaryDirectory() as directory:
        target = Path(directory) / "index"
        seconds = load(count, target)
        size = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
    answers.put((seconds, peak_bytes() / 1e6, size / 1e6))


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
    prepared = min(measured(load_prepared, count) for _ in range(rounds))
    bare = min(measured(load_bare, count) for _ in range(rounds))
    wide = min(measured(load_bare_on_two_threads, count) for _ in range(rounds))
    _, memory, _ = measured(load_streamed, count)
    print(f"Loading {count:,} occurrence documents of the mix, {HEAP_BYTES // 10**6} MB of heap")
    print(f"  {'':40} {'documents/s':>11} {'seconds':>8} {'index MB':>9} {'of bare':>8}")
    for name, (seconds, _, size) in (
        (f"EmbeddedEngine, from Events, {THREADS} thread", ours),
        (f"EmbeddedEngine, EventDocuments, {THREADS} thread", prepared),
        (f"bare tantivy, ready made, {THREADS} thread", bare),
        ("bare tantivy, ready made, 2 threads", wide),
    ):
        print(f"  {name:40} {count / seconds:11,.0f} {seconds:8.1f} {size:9,.0f} {bare[0] / seconds:8.2f}")
    print(f"  at least 0.6 is wanted; peak memory of a streamed load {memory:,.0f} MB (under 1,000)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
