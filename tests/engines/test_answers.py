"""The answers of every engine are the oracle's: the same hits in the same order, the same totals and facets."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hobnob.jsonlines import encode
from hobnob.queries import FACETS, Circle, Hit, Query, Sort
from indexer.documents import EventDocument
from indexer.engines import Engine
from tests.engines.oracle import Found, Oracle
from tests.engines.worlds import INDUSTRIES, NOW, POINTS, Drawn, Thrown, a_query, an_event

NewEngine = Callable[[], AbstractContextManager[Engine]]


def seen(hit: Hit) -> tuple:
    when = encode({"start_date": hit.start_date, "end_date": hit.end_date})
    return hit.id, when, hit.status.value, hit.distance_km


def expected(found: Found) -> tuple:
    return found.event.event_id, found.time.when, found.time.status, found.km


def check(engine: Engine, oracle: Oracle, query: Query) -> None:
    found = oracle.found(query)
    answer = engine.search(query)
    first = (query.page - 1) * query.limit
    assert answer.total == len(found)
    assert [seen(hit) for hit in answer.hits] == [expected(one) for one in found[first : first + query.limit]]
    limit = min(query.limit, 3)
    counted = engine.facets(query, FACETS, limit)
    assert counted == {name: oracle.facets(found, name, limit) for name in FACETS}


@pytest.fixture(scope="module")
def city(new_engine: NewEngine):
    """A few thousand events, hundreds of occurrences in some, most around one city, many at the same second."""
    dice = Thrown(5)
    events = [an_event(dice, number) for number in range(3000)]
    events += [an_event(dice, number, occurrences=300) for number in range(3000, 3003)]
    with new_engine() as engine:
        engine.replace(events[:2000], number=1, rolled_on=None)
        engine.replace(events[1500:], number=2, rolled_on=None)
        yield engine, Oracle(events)


@st.composite
def small_worlds(draw: st.DrawFn) -> tuple[list[EventDocument], list[Query]]:
    dice = Drawn(draw)
    events = [an_event(dice, number) for number in range(draw(st.integers(0, 8)))]
    return events, [a_query(dice) for _ in range(draw(st.integers(1, 6)))]


@given(world=small_worlds())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
def test_any_question_to_any_small_world(new_engine: NewEngine, world: tuple[list[EventDocument], list[Query]]) -> None:
    events, queries = world
    with new_engine() as engine:
        engine.replace(events, number=1, rolled_on=None)
        for query in queries:
            check(engine, Oracle(events), query)


def test_hundreds_of_questions_to_a_city(city: tuple[Engine, Oracle]) -> None:
    dice = Thrown(23)
    for _ in range(100):
        check(*city, a_query(dice))


@pytest.mark.parametrize("sort", [Sort.DATE, Sort.DISTANCE])
@pytest.mark.parametrize("radius_km", [30, 900, 30_000])
def test_every_page_of_a_long_answer(city: tuple[Engine, Oracle], sort: Sort, radius_km: float) -> None:
    near = Circle(latitude=POINTS[0][0], longitude=POINTS[0][1], radius_km=radius_km)
    for page in (1, 2, 7, 40, 100):
        check(*city, Query(near=near, now=NOW - dt.timedelta(days=9), sort=sort, limit=13, page=page))
        check(*city, Query(near=near, now=NOW, sort=sort, limit=7, page=page, all_occurrences=True))


def test_thousands_at_the_centre_itself_come_in_the_order_of_date(new_engine: NewEngine) -> None:
    dice = Thrown(7)
    events = [an_event(dice, number, occurrences=1) for number in range(400)]
    times = [event.times[0] for event in events]
    crowd = [
        EventDocument(
            event_id=f"x{number % 50:02d}{number}",
            name_tokens=("meetup",),
            body_tokens=(),
            card=b'{"id":"x%02d%d","name":"Meetup"}' % (number % 50, number),
            latitude=48.137154,
            longitude=11.576124,
            times=(times[number % len(times)],),
        )
        for number in range(4000)
    ]
    near = Circle(latitude=48.137154, longitude=11.576124, radius_km=500)
    with new_engine() as engine:
        engine.replace(events + crowd, number=1, rolled_on=None)
        oracle = Oracle(events + crowd)
        total = len(oracle.found(Query(near=near, now=NOW)))
        for page in (1, 50, total // 20, total // 20 + 1, total // 20 + 2):
            check(engine, oracle, Query(near=near, now=NOW, sort=Sort.DISTANCE, page=page))
        for page in range(1, 40, 3):  # ten at a time share start and the beginning of their id
            check(engine, oracle, Query(near=near, now=NOW, limit=7, page=page))


def test_the_edge_of_a_circle_belongs_to_it(city: tuple[Engine, Oracle]) -> None:
    engine, oracle = city
    long_ago = NOW - dt.timedelta(days=99)
    for latitude, longitude in POINTS:
        wide = Circle(latitude=latitude, longitude=longitude, radius_km=300)
        found = oracle.found(Query(near=wide, now=long_ago, sort=Sort.DISTANCE))
        assert found
        for one in {found[0].km, found[len(found) // 2].km, found[-1].km}:
            edge = Circle(latitude=latitude, longitude=longitude, radius_km=one or 0.0)
            check(engine, oracle, Query(near=edge, now=long_ago, limit=5))


def test_relevance_finds_the_same_set_best_first_and_breaks_ties_by_date(city: tuple[Engine, Oracle]) -> None:
    engine, oracle = city
    query = Query(text="conference python", now=NOW, sort=Sort.RELEVANCE, limit=1000)
    answer = engine.search(query)
    found = oracle.found(query)
    assert answer.total == len(found) > 50
    assert {hit.id for hit in answer.hits} == {one.event.event_id for one in found}
    rank = {one.event.event_id: place for place, one in enumerate(found)}
    keys = [(-(hit.score or 0), rank[hit.id]) for hit in answer.hits]
    assert keys == sorted(keys)
    pages = [
        hit
        for page in (1, 2, 3)
        for hit in engine.search(Query(text="conference python", now=NOW, sort=Sort.RELEVANCE, limit=7, page=page)).hits
    ]
    assert pages == list(answer.hits[:21])


def test_relevance_prefers_words_in_the_name(new_engine: NewEngine) -> None:
    dice = Thrown(1)
    time = an_event(dice, 1, occurrences=1).times[0]

    def event(name: str, body: str) -> EventDocument:
        card = encode({"id": name.replace(" ", "-"), "name": name})
        return EventDocument(
            event_id=name, name_tokens=tuple(name.split()), body_tokens=tuple(body.split()), card=card, times=(time,)
        )

    events = [event("evening of talks", "python and much more, all evening long"), event("python evening", "talks")]
    with new_engine() as engine:
        engine.replace(events, number=1, rolled_on=None)
        past = NOW - dt.timedelta(days=99)
        answer = engine.search(Query(text="python", now=past, sort=Sort.RELEVANCE))
    assert [hit.name for hit in answer.hits] == ["python evening", "evening of talks"]
    assert all(hit.score and hit.score > 0 for hit in answer.hits)


def test_equal_counts_beyond_the_limit_come_in_the_order_of_their_values(new_engine: NewEngine) -> None:
    (time,) = an_event(Thrown(3), 1, occurrences=1).times
    cities = ["m", "z", "c", "a", "y", "b", "x", "k"]
    events = [
        EventDocument(event_id=city, name_tokens=(), body_tokens=(), card=b"{}", city=city, times=(time,))
        for city in cities
    ]
    with new_engine() as engine:
        for event in events:
            engine.replace([event], number=1, rolled_on=None)
        query = Query(now=NOW - dt.timedelta(days=99), statuses=frozenset())
        for limit in (1, 2, 8, 9):
            found = engine.facets(query, ["city"], limit)["city"]
            assert [each.value for each in found] == sorted(cities)[:limit]


def test_facets_beyond_the_limit_are_the_first_by_value(city: tuple[Engine, Oracle]) -> None:
    engine, oracle = city
    query = Query(now=NOW)
    found = oracle.found(query)
    for limit in range(1, len(INDUSTRIES) + 1):
        assert engine.facets(query, ["industry"], limit)["industry"] == oracle.facets(found, "industry", limit)
