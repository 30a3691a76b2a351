"""How fast new observations are recognised, placed, labelled and linked, and that it stays so as the catalogue grows.

A catalogue is filled with the published mix (one observation an event). At each size, new observations are loaded and
identified: seven in ten are of new events, three in ten speak of an event that is there, as another source would (made
by us: other UID, other source, half of them with a changed name, no page). The rates are of `identify` with the real
enrichment and a second process that judges ahead, as `hobnob crawl` calls it; loading is not in them. "CPU" is
microseconds for each observation, of this process and of the other; "compared" is with how many others each was
compared, "here" the share that the other process did not get to.

    python -m bench.linking [EVENTS [NEW]]        by default 1,000,000 and 300,000: about half an hour
"""

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from bench.catalogue import NOW
from bench.memory import peak_bytes
from bench.mix import observations
from hobnob.observations import Observation
from hobnob.sources import Source
from indexer.catalogue import Catalogue
from indexer.enrich import Enricher, Judgement
from indexer.identity import identify, judging_ahead, linking
from indexer.identity.comparing import Comparison
from indexer.identity.traits import Traits
from indexer.loading import Loader

EVENTS, NEW = 1_000_000, 300_000
SIZES = 5
ALSO_KNOWN = 0.3
SOURCES = tuple(f"mix-{number:03d}" for number in range(200)) + tuple(f"also-{number}" for number in range(20))
HEAD = ("events", "linked", "a second", "CPU", "CPU other", "compared", "here", "MB")


class Counting(Enricher):
    """Notes how often it is asked."""

    asked = 0

    def judge(self, observation: Observation) -> Judgement:
        self.asked += 1
        return super().judge(observation)


class Compared:
    """Compares, and notes how often."""

    def __init__(self) -> None:
        self.pairs = 0
        self._compare = linking.compare
        linking.compare = self  # type: ignore[assignment]

    def __call__(self, one: Traits, other: Traits) -> Comparison:
        self.pairs += 1
        return self._compare(one, other)


class Taken(NamedTuple):
    """Of some observations: how many, and for each of them the seconds, the processor's seconds here and in the other
    process, with how many it was compared, and how many were judged here."""

    count: int
    seconds: float
    here: float
    there: float
    compared: float
    judged: float


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


class Bench:
    def __init__(self, catalogue: Catalogue, path: Path, sources: Mapping[str, Source]) -> None:
        self.catalogue, self.path, self.sources = catalogue, path, sources
        self.enricher = Counting(sources)
        self.compared = Compared()

    def take_in(self, some: Iterator[Observation]) -> Taken:
        """Loads and identifies; the times are of the latter."""
        count = 0
        with Loader(self.catalogue, now=NOW, batch=2000) as loader:
            for observation in some:
                loader.add(observation)
                count += 1
        asked, pairs, there = self.enricher.asked, self.compared.pairs, _of_others()
        here, started = time.process_time(), time.perf_counter()
        with judging_ahead(self.catalogue, self.sources, many=1) as ahead:
            identify(self.catalogue, self.enricher, now=NOW, ahead=ahead)
        found = (
            time.perf_counter() - started,
            time.process_time() - here,
            _of_others() - there,
            self.compared.pairs - pairs,
            self.enricher.asked - asked,
        )
        return Taken(count, *(value / count for value in found))

    def show(self, taken: Taken) -> None:
        size, megabytes = self.catalogue.counts().events, self.path.stat().st_size / 1e6
        print(
            f"{size:>10,} {taken.count:>10,} {1 / taken.seconds:>10,.0f} {taken.here * 1e6:>10,.0f}"
            f" {taken.there * 1e6:>10,.0f} {taken.compared:>10.1f} {taken.judged:>10.0%} {megabytes:>10,.0f}",
            flush=True,
        )


def _of_others() -> float:
    """The processor's seconds of processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(events: int = EVENTS, new: int = NEW) -> None:
    declared = {name: Source(name=name, title=name, url=f"https://{name}.example/", reader="ics") for name in SOURCES}
    made = observations(events + new)
    print(" ".join(f"{title:>10}" for title in HEAD), flush=True)
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "catalogue.sqlite"
        with Catalogue.open(f"sqlite:///{path}", now=NOW) as catalogue:
            bench = Bench(catalogue, path, declared)
            for _ in range(SIZES):
                bench.show(bench.take_in(islice(made, events // SIZES)))
            print("three in ten known:")
            bench.show(bench.take_in(new_ones(made, observations(events), new)))
    print(f"peak memory {peak_bytes() / 1024**2:,.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
