"""How fast the catalogue takes in observations and identifies them, beside bare Core inserts of the same rows.

The published mix goes in by chunks. After each one the rows that it left in the catalogue are read back and inserted,
ready as they are, into an empty catalogue of the same schema and settings, in batches of the same size, each committed:
so both meet the same machine at the same time. Making observations and reading rows back is in nobody's time.

    python -m bench.catalogue [OBSERVATIONS]
"""

import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa

from bench.memory import peak_bytes
from bench.mix import SOURCES, TODAY, observations
from hobnob.observations import Observation
from hobnob.sources import Source
from indexer.catalogue import Catalogue, tables
from indexer.catalogue.dialect import connect
from indexer.enrich import Enricher
from indexer.identity import identify
from indexer.loading import Loader

OBSERVATIONS = 34_000  # with the published mix, about 300,000 occurrences
BATCH = 500
CHUNK = 2_000
NOW = dt.datetime.combine(TODAY, dt.time(12), dt.timezone.utc)
RECEIVED = (tables.observations, tables.contents)
IDENTIFIED = (tables.events, tables.changes, tables.members)


class Clock:
    """Keeps, by name, the seconds for one observation of each piece of work; neighbours hardly move the median."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}

    def time(self, name: str, count: int, work: Callable[[], object]) -> None:
        started = time.perf_counter()
        work()
        self.seconds.setdefault(name, []).append((time.perf_counter() - started) / count)

    def median(self, name: str) -> float:
        return median(self.seconds[name])


class Beside:
    """An empty catalogue into which the rows of another are copied by bare inserts."""

    def __init__(self, source: sa.Engine, path: Path) -> None:
        self.source = source
        Catalogue.open(f"sqlite:///{path}", now=NOW).close()
        self.target = connect(f"sqlite:///{path}", 60)
        self.seen = {table.name: 0 for table in (*RECEIVED, *IDENTIFIED)}

    def new_rows(self, some: tuple[sa.Table, ...]) -> dict[sa.Table, list[dict[str, Any]]]:
        """The rows that tables have got since the last call, as dicts ready for an insert."""
        found: dict[sa.Table, list[dict[str, Any]]] = {}
        with self.source.connect() as connection:
            for table in some:
                query = sa.select(table).offset(self.seen[table.name])
                found[table] = [dict(row) for row in connection.execute(query).mappings()]
                self.seen[table.name] += len(found[table])
        return found

    def insert(self, rows: dict[sa.Table, list[dict[str, Any]]]) -> None:
        for first in range(0, max(map(len, rows.values())), BATCH):
            with self.target.connect() as connection, connection.begin():
                for table, all_rows in rows.items():
                    if batch := all_rows[first : first + BATCH]:
                        connection.execute(table.insert(), batch)


def chunks(count: int) -> Iterator[list[Observation]]:
    made = observations(count)
    while chunk := list(islice(made, CHUNK)):
        yield chunk


def declared() -> dict[str, Source]:
    names = [f"mix-{number:03d}" for number in range(SOURCES)]
    return {name: Source(name=name, title=name, url=f"https://{name}.example/", reader="ics") for name in names}


def judge(enricher: Enricher, chunk: list[Observation]) -> None:
    for observation in chunk:
        enricher.judge(observation)


def load(catalogue: Catalogue, chunk: list[Observation]) -> None:
    with Loader(catalogue, now=NOW, batch=BATCH) as loader:
        for observation in chunk:
            loader.add(observation)


def measure(count: int, directory: Path) -> tuple[Clock, int]:
    """What was timed, and the bytes of the catalogue at the end."""
    clock, enricher = Clock(), Enricher(declared())
    path = directory / "catalogue.sqlite"
    with Catalogue.open(f"sqlite:///{path}", now=NOW) as catalogue:
        beside = Beside(connect(f"sqlite:///{path}", 60), directory / "bare.sqlite")
        for chunk in chunks(count):
            clock.time("load", len(chunk), partial(load, catalogue, chunk))
            clock.time("bare load", len(chunk), partial(beside.insert, beside.new_rows(RECEIVED)))
        for chunk in chunks(count):
            clock.time("load again", len(chunk), partial(load, catalogue, chunk))
            clock.time("judge", len(chunk), partial(judge, enricher, chunk))
        clock.time("identify", count, partial(identify, catalogue, enricher, now=NOW, batch=BATCH))
        clock.time("bare identify", count, partial(beside.insert, beside.new_rows(IDENTIFIED)))
    return clock, path.stat().st_size


def main(count: int = OBSERVATIONS) -> None:
    with tempfile.TemporaryDirectory() as directory:
        clock, size = measure(count, Path(directory))
    peak = peak_bytes() / 1024**2

    def line(label: str, name: str, beside: str | None = None) -> None:
        ratio = f"{clock.median(beside) / clock.median(name):8.2f}" if beside else ""
        print(f"{label:<44}{1 / clock.median(name):>12,.0f}{ratio}")

    print(f"{f'{count:,} observations':<44}{'a second':>12}{'of bare':>8}")
    line("load, all new", "load", "bare load")
    line("  bare Core inserts of the same rows", "bare load")
    line("load again, nothing changed", "load again", "bare load")
    line("identify, with enrichment", "identify", "bare identify")
    line("  enrichment alone", "judge")
    line("  bare Core inserts of the same rows", "bare identify")
    print(f"peak memory {peak:,.0f} MB; catalogue {size / 1e6:,.0f} MB, {size / count:,.0f} bytes an observation")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
