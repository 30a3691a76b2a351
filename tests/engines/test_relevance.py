"""Engines rank alike, and well: nDCG@10 over judged queries."""

from math import log2

import pytest

from hobnob.queries import Sort
from tests.engines.conftest import ENGINES, NewEngine
from tests.engines.relevance.measure import documents, judgements, mean_ndcg, ndcg

FLOOR = 0.94
"""Every engine had 0.960, and 0.914 in the order of date; a change that costs two hundredths is to be explained."""


def test_the_measure_by_hand() -> None:
    grades = {"a": 3, "b": 2, "c": 1}
    assert ndcg(["a", "b", "c"], grades) == 1.0
    assert ndcg(["x", "y"], grades) == 0.0
    best = 7 + 3 / log2(3) + 1 / 2
    assert ndcg(["b", "x", "a"], grades) == pytest.approx((3 + 7 / 2) / best)
    assert ndcg(["b", "a"], grades, depth=1) == pytest.approx(3 / 7)


def test_the_judgements_are_whole() -> None:
    known = [document.event_id for document in documents()]
    judged = judgements()
    assert len(known) == len(set(known)) > 100
    assert len({one.query for one in judged}) == len(judged) >= 50
    for one in judged:
        assert set(one.grades) <= set(known), one.query
        assert all(0 <= grade <= 3 for grade in one.grades.values()), one.query
        assert max(one.grades.values()) >= 2, one.query


def test_relevance_is_better_than_the_order_of_ids(new_engine: NewEngine) -> None:
    with new_engine() as engine:
        engine.replace(documents(), number=1, rolled_on=None)
        by_relevance, by_date = mean_ndcg(engine), mean_ndcg(engine, Sort.DATE)
    assert by_relevance > FLOOR
    assert by_relevance > by_date


def test_all_engines_rank_alike(request: pytest.FixtureRequest) -> None:
    measured = {}
    for name, make in ENGINES.items():
        with make(request)() as engine:
            engine.replace(documents(), number=1, rolled_on=None)
            measured[name] = mean_ndcg(engine)
    assert max(measured.values()) - min(measured.values()) < 0.02, measured
