"""Whatever JSON claims to be a calendar gives readings that can be stored, or one ReadError, within bounds."""

import datetime as dt
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.readers import Context, Reading, reader
from hobnob import jsonlines
from hobnob.errors import ReadError
from hobnob.observations import Observation, Skipped

CONTEXT = Context(now=dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc), source="s", url="https://example.org/")
REAL = [
    json.loads(path.read_bytes())
    for path in (Path(__file__).parents[1] / "cases" / "readers" / "jcal").glob("*/input.json")
]
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["vevent", "dtstart"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


def read(data: bytes) -> list[Reading]:
    try:
        return list(reader("jcal")(data, CONTEXT))
    except ReadError:
        return []


@st.composite
def spoiled(draw: st.DrawFn) -> Any:
    """A real calendar with some of its values replaced."""

    def spoil(value: Any) -> Any:
        if draw(st.integers(0, 30)) == 0:
            return draw(JUNK)
        if isinstance(value, list):
            return [spoil(one) for one in value]
        return {key: spoil(one) for key, one in value.items()} if isinstance(value, dict) else value

    return spoil(draw(st.sampled_from(REAL)))


@settings(max_examples=80, deadline=None)
@given(spoiled())
def test_spoiled_calendars(calendar: Any) -> None:
    for one in read(json.dumps(calendar).encode()):
        if isinstance(one, Observation):
            assert jsonlines.decode_observation(jsonlines.encode(one)) == one


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[",
        b"null",
        b"{}",
        b"[" * 100_000,
        b'["vcalendar"]',
        b"\xff\xfe",
        b'["vevent", [], []]',
        b'["vcalendar", "x"]',
        b"9" * 10_000,
    ],
)
def test_no_jcal(data: bytes) -> None:
    with pytest.raises(ReadError, match="no jCal"):
        list(reader("jcal")(data, CONTEXT))


@pytest.mark.parametrize("deep", ["[" * 400 + "]" * 400, '{"a":' * 400 + "1" + "}" * 400])
def test_deep_values(deep: str) -> None:
    event = '["vevent", [["dtstart", {}, "date", "2027-01-01"], ["summary", {"a": DEEP}, "text", DEEP]], []]'
    (found,) = read(f'["vcalendar", [], [{event.replace("DEEP", deep)}]]'.encode())
    assert isinstance(found, Observation)
    assert found.name == ""


def test_more_dates_than_are_read() -> None:
    dates = ["2027-01-01"] * 30_000
    event = ["vevent", [["dtstart", {}, "date", "2027-01-01"], ["exdate", {}, "date", *dates]], []]
    begin = time.perf_counter()
    found = read(json.dumps(["vcalendar", [], [event] * 20]).encode())
    assert time.perf_counter() - begin < 10
    assert sum(isinstance(one, Observation) for one in found) == 20
    reasons = [one.reason for one in found if isinstance(one, Skipped)]
    assert reasons[0] == "event 1: more than 2000 EXDATEs: the rest was left out"
    assert len(reasons) == 20
