"""JSON that is made to hurt: it costs bounded time and memory, and what is left out is said."""

import datetime as dt
import json
import time

import pytest

from crawlers.readers import Context, Reading, reader
from crawlers.readers.lists import json_document, schema_json
from crawlers.readers.lists.json_document import MOST_FAULTS
from hobnob.errors import ReadError
from hobnob.observations import Follow, Observation, Skipped
from hobnob.sources import Pick

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc)
DECLARED = {"entries": Pick(at="events"), "name": Pick(at="name"), "start_date": Pick(at="start")}
EVENT = b'{"@type":"Event","name":"x","startDate":"2027-01-01","url":"https://a.example/%d"}'
AS = b'{"type":"OrderedCollection","orderedItems":[%s]}'
GEO = b'{"type":"FeatureCollection","features":[%s]}'
FEATURE = b'{"type":"Feature","properties":{"name":"x","start":"2027-01-01"},"geometry":%s}'


def read(data: bytes, **context: object) -> list[Reading]:
    values = {"now": NOW, "source": "s", "url": "https://example.org/a.json"} | context
    return list(reader("json")(data, Context(**values)))  # type: ignore[arg-type]


UNREADABLE = {
    "lists 100,000 levels deep": b"[" * 100_000,
    "objects 100,000 levels deep": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "objects in lists 100,000 levels deep": b'[{"a":' * 100_000,
    "nothing but braces": b"{" * 1_500_000,
    "nothing but brackets and quotes": b'["' * 500_000,
    "comments in comments": b"[" + b"/*" * 1_000_000,
    "escaped quotes": b'{"' + b'\\"' * 500_000,
    "a call of a call": b"a(" * 1_000_000 + b"{",
    "commas": b"[" + b", " * 500_000,
    "a call with spaces without end": b"a([)" + b" " * 1_000_000 + b"x",
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_json_is_a_read_error_at_once(data: bytes) -> None:
    begun = time.perf_counter()
    with pytest.raises(ReadError):
        read(data)
    assert time.perf_counter() - begun < 5


def test_what_is_too_long_is_cut_off_and_keeps_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_document, "MOST_BYTES", 2 << 20)
    data = b"[" + b",\n".join(EVENT % (10**900 + n) for n in range(3000)) + b"]"
    found = read(data)
    kept = (2 << 20) // len(EVENT % 10**900 + b",\n")
    assert sum(isinstance(one, Observation) for one in found) == kept
    assert ["more than 2 MB" in one.reason for one in found if isinstance(one, Skipped)] == [True, False]


@pytest.mark.parametrize("between", [b",", b"\n"], ids=["a list", "lines"])
def test_a_list_without_end_is_read_up_to_the_limit(monkeypatch: pytest.MonkeyPatch, between: bytes) -> None:
    monkeypatch.setattr(schema_json, "MOST_ENTRIES", 200)
    data = between.join(EVENT % n for n in range(1000))
    found = read(b"[%s]" % data if between == b"," else data)
    assert sum(isinstance(one, Observation) for one in found) == 200
    assert [one.reason for one in found if isinstance(one, Skipped)] == ["more than 200 events: the rest was left out"]


def test_more_faults_than_one_wants_to_read_are_counted() -> None:
    found = read(AS % b",".join([b'{"type":"Event"}'] * 5000))
    assert [one.reason for one in found if isinstance(one, Skipped)][-1] == "4900 more entries that cannot be read"
    assert len(found) == 101


def test_broken_lines_end_somewhere() -> None:
    found = read((EVENT % 1 + b"\n") * 200 + b'{"@type":"Event",}}\n' * 200)
    assert sum("not JSON" in one.reason for one in found if isinstance(one, Skipped)) == MOST_FAULTS


def test_a_name_of_a_million_letters_is_cut() -> None:
    (one,) = read(json.dumps({"events": [{"name": "x " * 500_000, "start": "2027-01-01"}]}).encode(), fields=DECLARED)
    assert isinstance(one, Observation)
    assert len(one.name) == 500


@pytest.mark.parametrize(
    "geometry",
    [
        b'{"type":"Point","coordinates":[1e999,1e999]}',
        b'{"type":"Point","coordinates":["1","2"]}',
        b'{"type":"Point","coordinates":[true,false]}',
        b'{"type":"Point","coordinates":{"a":1}}',
        b'{"type":"Point","coordinates":[500000,4000000]}',
        b'{"type":"GeometryCollection","geometries":' + b"[" * 400 + b"]" * 400 + b"}",
        b"7",
        b"[]",
    ],
)
def test_a_geometry_that_is_none_costs_the_place_only(geometry: bytes) -> None:
    (one,) = read(GEO % (FEATURE % geometry))
    assert isinstance(one, Observation)
    assert one.location is None


def test_a_coast_line_of_many_points_is_a_place() -> None:
    ring = ",".join(["[7.5,47.5]"] * 100_000).encode()
    (one,) = read(GEO % (FEATURE % (b'{"type":"LineString","coordinates":[%s]}' % ring)))
    assert isinstance(one, Observation)
    assert one.location is not None
    assert (one.location.latitude, one.location.longitude) == (47.5, 7.5)


def test_collections_inside_each_other_end() -> None:
    data = b'{"type":"Collection","first":' * 300 + b"1" + b"}" * 300
    assert read(data) == []


def test_an_outbox_of_a_million_addresses_leads_to_some() -> None:
    found = read(AS % b",".join(b'"https://a.example/%d"' % n for n in range(20_000)))
    assert len(found) == 1000
    assert all(isinstance(one, Follow) for one in found)


def test_a_page_does_not_lead_to_itself() -> None:
    data = b'{"type":"CollectionPage","items":[],"next":"https://example.org/a.json"}'
    assert read(data) == []


@pytest.mark.parametrize("at", ["events.*.*.*", "[[[", "events[99999999].x", "$..events", "", "*", "a" * 900])
def test_any_path_may_be_declared(at: str) -> None:
    data = b'{"events":[{"name":"x","start":"2027-01-01"}]}'
    fields = {"entries": Pick(at="events"), "name": Pick(at=at, value="y"), "start_date": Pick(at="start")}
    (one,) = read(data, fields=fields)
    assert isinstance(one, Observation)
