"""How long searches take, beside bare tantivy asked for the same hits by hand, and how that grows with the index.

Ten typical searches on occurrence documents of the published mix. Each bare query is written by hand against the same
index and has its terms ready: the stems that occur, and for a circle the very cells and points that make it exact. It
is sorted by start and decodes what is stored of its hits. That both find the same ones is checked. Medians in
milliseconds, each search in turn with its bare one; a whole process is `hobnob search` from start to end.

    python -m bench.search [DOCUMENTS ...]
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from tantivy import FieldType, Index, Occur, Order
from tantivy import Query as Clause

from bench.events import NOW, events_with_times
from hobnob.distance import kilometres
from hobnob.observations import Attendance
from hobnob.queries import Circle, Query, Sort
from indexer.analysis import query_terms
from indexer.documents import event_document
from indexer.engines.embedded import EmbeddedEngine
from indexer.engines.embedded.geography import cover

SIZES = (30_000, 100_000, 300_000)
ROUNDS = 15
HOBNOB = Path(sys.executable).with_name("hobnob")
BERLIN = Circle(latitude=52.5244, longitude=13.4105, radius_km=50)
LONDON = Circle(latitude=51.5085, longitude=-0.1257, radius_km=30)
PARIS = Circle(latitude=48.8534, longitude=2.3488, radius_km=300)
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
SATURDAY, SUNDAY = date(2026, 11, 28), date(2026, 11, 29)


class Bare:
    """Tantivy alone: clauses by hand, over terms looked up beforehand."""

    def __init__(self, directory: Path) -> None:
        index = Index.open(str(directory))
        self.schema, self.searcher = index.schema, index.searcher()
        self.areas = {circle: cover(self.searcher, circle) for circle in (BERLIN, LONDON, PARIS)}
        words = ("python", "hackathon", "open", "data")
        self.forms = {word: self._forms(word) for word in words}

    def _forms(self, word: str) -> list[str]:
        (term,) = query_terms(word).required
        return [token for token in (*term.words, *term.stems) if self.searcher.doc_freq("text", token)]

    def term(self, field: str, value: str) -> Clause:
        return Clause.term_query(self.schema, field, value)

    def word(self, word: str, field: str = "text") -> Clause:
        return Clause.boolean_query([(Occur.Should, self.term(field, form)) for form in self.forms[word]])

    def phrase(self, *words: str) -> Clause:
        return Clause.phrase_query(self.schema, "text", [*words])

    def within(self, circle: Circle) -> Clause:
        return Clause.term_set_query(self.schema, "area", self.areas[circle])

    def between(self, field: str, low: int | None, high: int | None) -> Clause:
        return Clause.range_query(self.schema, field, FieldType.Integer, low, high)

    def upcoming(self) -> list[Clause]:
        now = int(NOW.timestamp())
        return [self.between("end", now, None), self.between("prev_end", None, now - 1)]

    def days(self, first: date, last: date) -> list[Clause]:
        """For events that are not online; the mix has none of these searches' places online."""
        low, high = first.toordinal(), last.toordinal()
        return [
            self.between("last_day", low, None),
            self.between("prev_last_day", None, low - 1),
            self.between("first_day", None, high),
        ]

    def all(self, *clauses: Clause) -> Clause:
        live = (Occur.MustNot, self.term("status", "cancelled"))
        return Clause.boolean_query([*((Occur.Must, clause) for clause in clauses), live])

    def dated(self, *clauses: Clause, offset: int = 0) -> list[str]:
        found = self.searcher.search(self.all(*clauses), 20, order_by_field="order", order=Order.Asc, offset=offset)
        return self.stored([address for _, address in found.hits])

    def scored(self, scored: Clause, *clauses: Clause) -> list[str]:
        filters = Clause.const_score_query(self.all(*clauses), 0.0)
        found = self.searcher.search(Clause.boolean_query([(Occur.Must, filters), (Occur.Must, scored)]), 20)
        return self.stored([address for _, address in found.hits])

    def nearest(self, circle: Circle, *clauses: Clause) -> list[str]:
        found = self.searcher.search(
            self.all(self.within(circle), *clauses), 1_000_000, order_by_field="order", order=Order.Asc
        )
        addresses = [address for _, address in found.hits]
        latitudes = self.searcher.fast_field_values("latitude", addresses)
        longitudes = self.searcher.fast_field_values("longitude", addresses)
        away: list[Any] = [
            (kilometres(circle.latitude, circle.longitude, latitude or 0.0, longitude or 0.0), at)
            for at, (latitude, longitude) in enumerate(zip(latitudes, longitudes, strict=True))
        ]
        return self.stored([addresses[at] for _, at in sorted(away)[:20]])

    def stored(self, addresses: list[Any]) -> list[str]:
        """The ids of the hits, out of what is stored of them."""
        documents = [self.searcher.doc(address) for address in addresses]
        return [msgspec.json.decode(bytes(document.get_first("card")))["id"] for document in documents]


Search = tuple[Query, Callable[[Bare], list[str]]]
SEARCHES: dict[str, Search] = {
    "industry, 50 km": (
        Query(industries=("technology",), near=BERLIN, now=NOW),
        lambda bare: bare.dated(bare.term("industry", "technology"), bare.within(BERLIN), *bare.upcoming()),
    ),
    "industry, 30 km, by distance": (
        Query(industries=("health",), near=LONDON, sort=Sort.DISTANCE, now=NOW),
        lambda bare: bare.nearest(LONDON, bare.term("industry", "health"), *bare.upcoming()),
    ),
    "word, 300 km": (
        Query(text="python", near=PARIS, now=NOW),
        lambda bare: bare.dated(bare.word("python"), bare.within(PARIS), *bare.upcoming()),
    ),
    "word": (
        Query(text="hackathon", now=NOW),
        lambda bare: bare.dated(bare.word("hackathon"), *bare.upcoming()),
    ),
    "two words, by relevance": (
        Query(text="open data", sort=Sort.RELEVANCE, now=NOW),
        lambda bare: bare.scored(
            Clause.boolean_query(
                [
                    part
                    for word in ("open", "data")
                    for part in (
                        (Occur.Should, bare.word(word)),
                        (Occur.Should, Clause.boost_query(bare.word(word, "name"), 3.0)),
                    )
                ]
            ),
            bare.word("open"),
            bare.word("data"),
            *bare.upcoming(),
        ),
    ),
    "phrase": (
        Query(text='"open data"', now=NOW),
        lambda bare: bare.dated(bare.phrase("open", "data"), *bare.upcoming()),
    ),
    "country, in person, a month": (
        Query(countries=("DE",), attendance=(Attendance.OFFLINE,), start=FIRST, end=LAST, now=NOW),
        lambda bare: bare.dated(
            bare.term("country", "DE"), bare.term("attendance", "offline"), *bare.days(FIRST, LAST)
        ),
    ),
    "50 km, a weekend": (
        Query(near=BERLIN, start=SATURDAY, end=SUNDAY, now=NOW),
        lambda bare: bare.dated(bare.within(BERLIN), *bare.days(SATURDAY, SUNDAY)),
    ),
    "kind, industry, online": (
        Query(kinds=("workshop",), industries=("design",), attendance=(Attendance.ONLINE,), now=NOW),
        lambda bare: bare.dated(
            bare.term("kind", "workshop"),
            bare.term("industry", "design"),
            bare.term("attendance", "online"),
            *bare.upcoming(),
        ),
    ),
    "industry, third page": (
        Query(industries=("finance",), page=3, now=NOW),
        lambda bare: bare.dated(bare.term("industry", "finance"), *bare.upcoming(), offset=40),
    ),
}


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def compared(engine: EmbeddedEngine, bare: Bare, search: Search) -> tuple[float, float, int]:
    """The engine's median, bare tantivy's, and how many there are in all."""
    query, by_hand = search
    page = engine.search(query)
    ids, found = [hit.id for hit in page.hits], by_hand(bare)
    assert len(ids) == len(found), query
    assert query.sort is Sort.RELEVANCE or ids == found, query  # bare tantivy leaves ties of relevance as they lie
    times = [(milliseconds(lambda: engine.search(query)), milliseconds(lambda: by_hand(bare))) for _ in range(ROUNDS)]
    ours, bares = zip(*times, strict=True)
    return statistics.median(ours), statistics.median(bares), page.total


def whole_process(data: Path) -> float | None:
    """Seconds of `hobnob search` as a process, the median of seven; None where there is no such command."""
    if not HOBNOB.exists():
        return None
    command = [str(HOBNOB), "--data-dir", str(data), "search", "python", "--near", "52.5,13.4", "-w", "50km"]
    times = []
    for _ in range(7):
        started = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False)
        times.append(time.perf_counter() - started)
        if done.returncode:
            print(done.stderr.decode(), file=sys.stderr)
            return None
    return statistics.median(times)


def measured(count: int) -> tuple[float, float]:
    """Prints the table of one size and returns the medians over all searches: ours, bare tantivy's."""
    with tempfile.TemporaryDirectory() as data:
        directory = Path(data) / "index"
        engine = EmbeddedEngine(directory)
        feed = (event_document(event, times) for event, times in events_with_times(count))
        engine.replace(feed, number=1, rolled_on=None)
        bare = Bare(directory / "000001")
        print(f"\n{count:,} occurrence documents of {engine.state().events:,} events")
        print(f"  {'':30} {'found':>7} {'ours ms':>8} {'bare ms':>8} {'ratio':>6}")
        rows = {name: compared(engine, bare, search) for name, search in SEARCHES.items()}
        for name, (ours, by_hand, total) in rows.items():
            print(f"  {name:30} {total:7,} {ours:8.2f} {by_hand:8.2f} {ours / by_hand:6.2f}")
        medians = statistics.median(row[0] for row in rows.values()), statistics.median(row[1] for row in rows.values())
        print(f"  {'median':30} {'':7} {medians[0]:8.2f} {medians[1]:8.2f} {medians[0] / medians[1]:6.2f}")
        if (seconds := whole_process(Path(data))) is not None:
            print(f"  `hobnob search` as a whole process: {seconds:.2f} s (under 0.2 is wanted)")
    return medians


def main(*sizes: int) -> None:
    sizes = sizes or SIZES
    found = [measured(size) for size in sizes]
    print(f"\nMedian of {len(SEARCHES)} searches (at most 1.5 times bare tantivy's and 10 ms are wanted)")
    print(
        f"  {'documents':>10} {'ours ms':>8} {'bare ms':>8} {'ratio':>6}   documents and time as multiples of the first"
    )
    for size, (ours, by_hand) in zip(sizes, found, strict=True):
        growth = f"{size / sizes[0]:5.1f} ×   {ours / found[0][0]:5.1f} ×"
        print(f"  {size:10,} {ours:8.2f} {by_hand:8.2f} {ours / by_hand:6.2f}   {growth}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
