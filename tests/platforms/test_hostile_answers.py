"""Answers of platforms in which anything stands where something else should: each is read, or refused as a whole."""

import contextlib
import copy
import json
import random
from typing import Any

import pytest

from crawlers.platforms import way_of
from crawlers.platforms.adapter.reading import reading
from crawlers.readers import Context
from hobnob.errors import ReadError
from hobnob.observations import Observation
from hobnob.sources import Source
from tests.platforms.recorded import Case, cases

TIMES = 60
WRONG: list[Any] = [
    *(None, True, False, 0, -1, 10**40, 1e308, "", "x" * 5000, "\ud800", "\u202e", "<p>", "{today}"),
    *("2026-13-99", "2026-12-01T25:00:00Z", "[object Object]", "javascript:alert(1)"),
    *([], {}, [None], [[[]]], {"a": {"b": [1]}}, {"name": 5}, ["a", {"b": 1}]),
]


def documents(case: Case) -> list[Any]:
    """The answers of the case that are JSON."""
    found: list[Any] = []
    for answer in case.answers:
        with contextlib.suppress(ValueError):
            found.append(json.loads(answer.body))
    return [one for one in found if isinstance(one, dict | list)]


READ_AS_JSON = [case for case in cases() if case.source and case.source["reader"] == "json" and documents(case)]


@pytest.mark.parametrize("case", READ_AS_JSON, ids=str)
def test_what_is_wrong_in_an_answer_breaks_nothing(case: Case) -> None:
    declared = {"title": "S", **dict(case.source or {})}
    source = Source(name="s", platform=case.platform, **declared)
    way = way_of(source)
    assert way is not None
    read = reading(way, case.platform, "S")
    chance = random.Random(str(case))
    context = Context(now=case.now, source="s", url="https://example.org/a?page=1")
    answers = documents(case)
    for _ in range(TIMES):
        body = json.dumps(_wronged(copy.deepcopy(chance.choice(answers)), chance)).encode()
        try:
            found = [one for one in read(body, context) if isinstance(one, Observation)]
        except ReadError:
            continue
        assert all(one.name and one.uid for one in found)


def _wronged(value: Any, chance: random.Random) -> Any:
    if chance.random() < 0.06:
        return chance.choice(WRONG)
    if isinstance(value, dict):
        return {name: _wronged(one, chance) for name, one in value.items() if chance.random() > 0.03}
    if isinstance(value, list):
        return [_wronged(one, chance) for one in value if chance.random() > 0.03]
    return value


def test_there_are_cases() -> None:
    assert len(READ_AS_JSON) > 10
