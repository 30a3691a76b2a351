"""How fast new observations are recognised, placed, labelled and linked, and that it stays so as the catalogue grows.

A catalogue is filled with the published mix (one observation an event). At each size, new observations are loaded and
identified: seven in ten are of new events, three in ten speak of an event that is there, as another source would (made
by us: other UID, other source, half of them with a changed name, no page). The rates are of `identify` with the real
enrichment, as `hobnob crawl` calls it; loading is not in them.

    python -m bench.linking [EVENTS [NEW]]        by default 1,000,000 and 300,000: about half an hour
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from bench.catalogue import NOW
from bench.memory import peak_bytes
from bench.mix import observations
from hobnob.observations import Observation
from hobnob.sources import Source
from indexer.catalogue import Catalogue
from indexer.enrich import Enricher
from indexer.identity import identify
from indexer.loading import Loader

EVENTS, NEW = 1_000_000, 300_000
SIZES = 5
ALSO_KNOWN = 0.3
SOURCES = tuple(f"mix-{number:03d}" for number in range(200)) + tuple(f"also-{number}" for number in range(20))


def said_elsewhere(observation: Observation, chance: random.Random) -> Observation:
    """The same event as another source would tell it."""
    number = observation.uid.partition("@")[0]
    name = observation.name
    if chance.random() < 0.5:
        name = chance.choice((name.upper(), f"{name} 2026", f"{name} (free entry)", name.replace(" & ", " and ")))
    return replace(
        observation,
        source=f"also-{chance.randrange(20)}",
        uid=f"elsewhere-{number}",
        name=name,
        url=None,
        description=None,
    )


def new_ones(fresh: Iterator[Observation], known: Iterator[Observation], count: int) -> Iterator[Observation]:
    chance = random.Random(count)
    for _ in range(count):
        yield said_elsewhere(next(known), chance) if chance.random() < ALSO_KNOWN else next(fresh)


def take_in(catalogue: Catalogue, enricher: Enricher, some: Iterator[Observation]) -> tuple[int, float]:
    """Loads and identifies; how many observations, and the seconds of the latter."""
    count = 0
    with Loader(catalogue, now=NOW, batch=2000) as loader:
        for observation in some:
            loader.add(observation)
            count += 1
    started = time.perf_counter()
    identify(catalogue, enricher, now=NOW)
    return count, time.perf_counter() - started


def main(events: int = EVENTS, new: int = NEW) -> None:
    declared = {name: Source(name=name, title=name, url=f"https://{name}.example/", reader="ics") for name in SOURCES}
    enricher = Enricher(declared)
    made = observations(events + new)
    print(f"{'events':>10} {'observations linked':>20} {'a second':>10} {'MB':>7}", flush=True)
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "catalogue.sqlite"
        with Catalogue.open(f"sqlite:///{path}", now=NOW) as catalogue:
            for _ in range(SIZES):
                count, seconds = take_in(catalogue, enricher, islice(made, events // SIZES))
                size = catalogue.counts().events
                print(
                    f"{size:>10,} {count:>20,} {count / seconds:>10,.0f} {path.stat().st_size / 1e6:>7,.0f}", flush=True
                )
            count, seconds = take_in(catalogue, enricher, new_ones(made, observations(events), new))
            size, megabytes = catalogue.counts().events, path.stat().st_size / 1e6
            print(f"{size:>10,} {count:>20,} {count / seconds:>10,.0f} {megabytes:>7,.0f}  (three in ten known)")
    print(f"peak memory {peak_bytes() / 1024**2:,.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
