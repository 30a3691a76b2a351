"""How fast Elasticsearch takes in events and answers, beside its bare client, and beside the embedded engine.

A real server of one node is started for it, as for the tests. Loading: ours starts from Event objects (analysis,
documents, versions, the check that all are there); the bare client's `helpers.parallel_bulk` is given ready documents
of the same fields, for an index of the same settings, and a refresh. Searching: ours, beside plain queries written by
hand for the same hits on a plain mapping, sorted by start alone. In turns; medians in milliseconds.

    python -m bench.elasticsearch [DOCUMENTS] [ROUNDS]
"""

import gc
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from elasticsearch import Elasticsearch, helpers

from bench.engine import load_ours
from bench.events import NOW, events_with_times
from bench.memory import peak_bytes
from bench.search import BERLIN, FIRST, LAST, LONDON, PARIS, SATURDAY, SEARCHES, SUNDAY, milliseconds
from hobnob.queries import Circle, Sort
from indexer.analysis import query_terms
from indexer.documents import event_document
from indexer.engines.elasticsearch import Access, ElasticsearchEngine
from indexer.engines.elasticsearch.lines import lines
from indexer.engines.elasticsearch.mapping import body
from indexer.engines.embedded import EmbeddedEngine
from tests.elastic.running import server

DOCUMENTS = 300_000
ROUNDS = 2
SEARCH_ROUNDS = 15
HEAP = "2g"

Clause = dict[str, Any]


def plain_mapping() -> Clause:
    """What somebody would write down who wants these searches answered."""
    keyword: Clause = {"type": "keyword"}
    words: Clause = {"type": "text", "analyzer": "whitespace"}
    moment: Clause = {"type": "date"}
    return {
        **dict.fromkeys(("industry", "kind", "status", "attendance", "country"), keyword),
        **dict.fromkeys(("text", "name"), words),
        **dict.fromkeys(("start", "end", "prev_end", "first_day", "last_day", "prev_last_day"), moment),
        "location": {"type": "geo_point"},
        "card": {"type": "object", "enabled": False},
    }


def plain(document: Clause) -> Clause:
    """A document of ours with the fields of the plain mapping."""
    same = ("industry", "kind", "status", "attendance", "country", "text", "location", "card", "prev_end")
    same += ("first_day", "last_day", "prev_last_day")
    found = {name: document[name] for name in same if name in document}
    return {**found, "name": document["name_tokens"], "start": document["start_date"], "end": document["end_date"]}


def ready_documents(count: int) -> list[Clause]:
    return [
        {"_id": document_id, "_source": msgspec.json.decode(source)}
        for event, times in events_with_times(count)
        for document_id, source in lines(event_document(event, times), b'"number":1,"batch":"bench"')
    ]


def load_engine(count: int, url: str) -> float:
    ready = list(events_with_times(count))
    gc.collect()
    gc.freeze()
    engine = _engine(url)
    engine.erase()
    started = time.perf_counter()
    engine.replace((event_document(event, times) for event, times in ready), number=1, rolled_on=None)
    seconds = time.perf_counter() - started
    assert engine.state().documents == count
    engine.close()
    return seconds


def load_streamed(count: int, url: str) -> float:
    """Ours, with events made one by one, as a sync does: for the memory it needs. The index stays for the searches."""
    engine = _engine(url)
    engine.erase()
    started = time.perf_counter()
    feed = (event_document(event, times) for event, times in events_with_times(count))
    engine.replace(feed, number=1, rolled_on=None)
    engine.close()
    return time.perf_counter() - started


def load_bare(count: int, url: str) -> float:
    ready = ready_documents(count)
    gc.collect()
    gc.freeze()
    return _load(ready, url, "bare", body(1, 0), count)


def load_plain(count: int, url: str) -> float:
    """The plain mapping's documents, for the searches."""
    ready = [{**one, "_source": plain(one["_source"])} for one in ready_documents(count)]
    settings = {"number_of_shards": 1, "number_of_replicas": 0}
    return _load(ready, url, "plain", {"settings": settings, "mappings": {"properties": plain_mapping()}}, count)


def _load(ready: list[Clause], url: str, index: str, made_with: Clause, count: int) -> float:
    client = Elasticsearch(url, request_timeout=120)
    client.options(ignore_status=404).indices.delete(index=index)
    client.indices.create(index=index, **made_with)
    started = time.perf_counter()
    for ok, result in helpers.parallel_bulk(client, ready, index=index):
        assert ok, result
    client.indices.refresh(index=index)
    seconds = time.perf_counter() - started
    assert client.count(index=index)["count"] == count
    if index == "bare":
        client.indices.delete(index=index)
    return seconds


def _engine(url: str) -> ElasticsearchEngine:
    return ElasticsearchEngine(Access(urls=(url,), timeout=60), prefix="bench", replicas=0)


Load = Callable[[int, str], float]


def _child(load: Load, count: int, url: str, answers: "multiprocessing.Queue[tuple[float, float]]") -> None:
    answers.put((load(count, url), peak_bytes() / 1e6))


def measured(load: Load, count: int, url: str) -> tuple[float, float]:
    """Seconds and peak memory in MB, from a process of its own."""
    fresh = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[tuple[float, float]] = fresh.Queue()
    child = fresh.Process(target=_child, args=(load, count, url, answers))
    child.start()
    answer = answers.get()
    child.join()
    return answer


class Plain:
    """The bare client and plain queries, with the forms of words looked up beforehand."""

    def __init__(self, url: str) -> None:
        self._client = Elasticsearch(url, request_timeout=60)
        self._forms = {word: self._occurring(word) for word in ("python", "hackathon", "open", "data")}
        now = NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
        self.upcoming = [{"range": {"end": {"gte": now}}}]
        self.not_before = [{"range": {"prev_end": {"gte": now}}}]

    def _occurring(self, word: str) -> list[str]:
        (term,) = query_terms(word).required
        forms = (*term.words, *term.stems)
        return [form for form in forms if self._client.count(index="plain", query={"term": {"text": form}})["count"]]

    def word(self, word: str, field: str = "text") -> Clause:
        return {"terms": {field: self._forms[word]}}

    def search(self, filters: list[Clause], none_of: list[Clause], **more: Any) -> list[str]:
        query = {"bool": {"filter": filters, "must_not": [{"term": {"status": "cancelled"}}, *none_of]}}
        return self.ask(query, **more)

    def ask(self, query: Clause, sort: Any = "start", start: int = 0) -> list[str]:
        found = self._client.search(
            index="plain", query=query, sort=sort, size=20, from_=start, source=["card"], track_total_hits=True
        )
        return [row["_source"]["card"]["id"] for row in found["hits"]["hits"]]

    def coming(self, *filters: Clause, **more: Any) -> list[str]:
        return self.search([*filters, *self.upcoming], self.not_before, **more)

    def days(self, first: date, last: date, *filters: Clause) -> list[str]:
        """For events that are not online; the mix has none of these searches' places online."""
        days = [{"range": {"last_day": {"gte": str(first)}}}, {"range": {"first_day": {"lte": str(last)}}}]
        return self.search([*filters, *days], [{"range": {"prev_last_day": {"gte": str(first)}}}])

    def relevant(self, *words: str) -> list[str]:
        scored = []
        for word in words:
            for form in self._forms[word]:
                scored += [{"term": {"text": form}}, {"term": {"name": {"value": form, "boost": 3.0}}}]
        filters = [*(self.word(word) for word in words), *self.upcoming]
        none_of = [{"term": {"status": "cancelled"}}, *self.not_before]
        return self.ask({"bool": {"filter": filters, "must_not": none_of, "should": scored}}, sort="_score")


def within(circle: Circle) -> Clause:
    centre = [circle.longitude, circle.latitude]
    return {"geo_distance": {"distance": f"{circle.radius_km}km", "location": centre}}


def nearest(circle: Circle) -> list[Clause]:
    return [{"_geo_distance": {"location": [circle.longitude, circle.latitude], "unit": "km"}}, {"start": "asc"}]


def term(field: str, value: str) -> Clause:
    return {"term": {field: value}}


BY_HAND: dict[str, Callable[[Plain], list[str]]] = {
    "industry, 50 km": lambda plain: plain.coming(term("industry", "technology"), within(BERLIN)),
    "industry, 30 km, by distance": lambda plain: plain.coming(
        term("industry", "health"), within(LONDON), sort=nearest(LONDON)
    ),
    "word, 300 km": lambda plain: plain.coming(plain.word("python"), within(PARIS)),
    "word": lambda plain: plain.coming(plain.word("hackathon")),
    "two words, by relevance": lambda plain: plain.relevant("open", "data"),
    "phrase": lambda plain: plain.coming({"match_phrase": {"text": "open data"}}),
    "country, in person, a month": lambda plain: plain.days(
        FIRST, LAST, term("country", "DE"), term("attendance", "offline")
    ),
    "50 km, a weekend": lambda plain: plain.days(SATURDAY, SUNDAY, within(BERLIN)),
    "kind, industry, online": lambda plain: plain.coming(
        term("kind", "workshop"), term("industry", "design"), term("attendance", "online")
    ),
    "industry, third page": lambda plain: plain.coming(term("industry", "finance"), start=40),
}


def compared(engine: ElasticsearchEngine, embedded: EmbeddedEngine, by_hand: Plain, name: str) -> tuple[Any, ...]:
    """Medians of ours, of the plain query and of the embedded engine, and how many there are in all."""
    query, _ = SEARCHES[name]
    page = engine.search(query)
    assert page.total == embedded.search(query).total, name
    found = BY_HAND[name](by_hand)
    ties = {hit.start_date.utc() for hit in page.hits[-1:]}
    whole = [hit.id for hit in page.hits if hit.start_date.utc() not in ties]
    assert len(found) == len(page.hits), name
    if query.sort is Sort.DATE and query.page == 1:  # the plain query leaves ties as they lie
        assert set(whole) <= set(found), name
    times = [
        (
            milliseconds(lambda: engine.search(query)),
            milliseconds(lambda: BY_HAND[name](by_hand)),
            milliseconds(lambda: embedded.search(query)),
        )
        for _ in range(SEARCH_ROUNDS)
    ]
    return (*map(statistics.median, zip(*times, strict=True)), page.total)


def show_loads(count: int, rounds: int, url: str) -> None:
    loads: dict[str, list[float]] = {"ours": [], "bare": []}
    for _ in range(rounds):  # in turns
        loads["ours"].append(measured(load_engine, count, url)[0])
        loads["bare"].append(measured(load_bare, count, url)[0])
    ours, bare = min(loads["ours"]), min(loads["bare"])
    with tempfile.TemporaryDirectory() as folder, _alone():
        embedded = load_ours(count, Path(folder) / "index")
    print(f"Loading {count:,} occurrence documents of the mix, one node of {HEAP} heap, one shard")
    for name, seconds in (
        ("ElasticsearchEngine, from Events", ours),
        ("parallel_bulk, ready documents", bare),
        ("EmbeddedEngine, from Events", embedded),
    ):
        print(f"  {name:34} {count / seconds:9,.0f} documents/s {seconds:7.1f} s {bare / seconds:6.2f} of bare")
    _, memory = measured(load_streamed, count, url)
    print(f"  at least 0.7 is wanted; peak memory of a streamed load {memory:,.0f} MB")


@contextmanager
def _alone() -> Any:
    yield
    gc.unfreeze()


def show_searches(count: int, url: str) -> None:
    measured(load_plain, count, url)
    engine, by_hand = _engine(url), Plain(url)
    with tempfile.TemporaryDirectory() as folder:
        embedded = EmbeddedEngine(Path(folder) / "index")
        feed = (event_document(event, times) for event, times in events_with_times(count))
        embedded.replace(feed, number=1, rolled_on=None)
        print(f"\n  {'searching':30} {'found':>7} {'ours ms':>8} {'plain ms':>8} {'ratio':>6} {'embedded ms':>11}")
        rows = {name: compared(engine, embedded, by_hand, name) for name in SEARCHES}
    for name, (ours, bare, inside, total) in rows.items():
        print(f"  {name:30} {total:7,} {ours:8.2f} {bare:8.2f} {ours / bare:6.2f} {inside:11.2f}")
    ours, bare, inside = (statistics.median(row[at] for row in rows.values()) for at in range(3))
    ratio = statistics.median(row[0] / row[1] for row in rows.values())
    print(f"  {'median':30} {'':7} {ours:8.2f} {bare:8.2f} {ours / bare:6.2f} {inside:11.2f}")
    print(f"  at most 1.3 times the plain query's is wanted; median of the ratios {ratio:.2f}")


def main(count: int = DOCUMENTS, rounds: int = ROUNDS) -> None:
    with server(heap=HEAP) as node:
        show_loads(count, rounds, node.url)
        show_searches(count, node.url)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
