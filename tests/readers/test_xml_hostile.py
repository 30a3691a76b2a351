"""XML made to hold the reader up or to break it: read within bounds, with what was left out told."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.readers import Context, Reading, reader
from crawlers.readers.lists.xml_document import MOST_TAGS, load
from hobnob import jsonlines
from hobnob.errors import ReadError
from hobnob.observations import Observation, Skipped
from hobnob.sources import Pick

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
CASES = Path(__file__).parents[1] / "cases" / "readers" / "xml"
FILES = [path.read_bytes() for path in sorted(CASES.glob("*/input.xml"))]
EVENTS = {"entries": Pick(at="event"), "name": Pick(at="name"), "start_date": Pick(at="day")}
TALKS = {
    "entries": Pick(at="day.room.event"),
    "name": Pick(at="title"),
    "dates": Pick(at="date"),
    "url": Pick(at="links.*.*.@href"),
    "description": Pick(at="abstract"),
    "uid": Pick(at="@id"),
}
SPICE = (b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"&#0;", b"\xff", b"\x00", b"<event>", b"</day>", b" x='")


def read(data: bytes, fields: dict[str, Pick]) -> list[Reading]:
    return list(reader("xml")(data, Context(now=NOW, source="s", url="https://example.org/x", fields=fields)))


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    """A case with some of it cut out, repeated, or spiced."""
    data = draw(st.sampled_from(FILES))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 100)))
        data = data[:start] + draw(st.sampled_from((b"", data[start:end] * 2, *SPICE))) + data[end:]
    return data


@given(data=spoiled(), fields=st.sampled_from((EVENTS, TALKS)))
@settings(max_examples=300, deadline=None)
def test_spoiled_files(data: bytes, fields: dict[str, Pick]) -> None:
    try:
        found = read(data, fields)
    except ReadError:
        return
    for one in found:
        if isinstance(one, Observation):
            assert jsonlines.decode_observation(jsonlines.encode(one)) == one


def test_of_a_million_elements_those_before_the_bound_are_read() -> None:
    event = b"<event><name>Fair %d</name><day>2027-01-01</day></event>\n"
    data = b"<list>" + b"".join(event % number for number in range(170_000)) + b"</list>"
    assert data.count(b"<") > MOST_TAGS
    found = read(data, EVENTS)
    told = [one.reason for one in found if isinstance(one, Skipped)]
    assert told == [
        "more than 20000 entries: the rest was left out",
        f"more than {MOST_TAGS} tags: the rest was left out",
    ]


@pytest.mark.parametrize(
    "data", [b"<a>" * 300_000, b"<a " + b"b='1' " * 300_000 + b"/>", b"<!--" * 500_000, b"<" * 500_000]
)
def test_what_has_no_end_is_no_list(data: bytes) -> None:
    with pytest.raises(ReadError):
        read(data, EVENTS)


def test_what_stands_behind_elements_too_deep_is_left_out() -> None:
    deep = b"<x>" * 100 + b"</x>" * 100
    data = b"<list><event><name>Fair</name><day>2027-01-01</day>%s</event></list>" % deep
    assert [one.name for one in read(data, EVENTS) if isinstance(one, Observation)] == ["Fair"]


def test_a_file_of_this_machine_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret")
    address = (tmp_path / "secret").as_uri()
    data = f"""<!DOCTYPE r [<!ENTITY s SYSTEM "{address}">]>
    <r xmlns:xi="http://www.w3.org/2001/XInclude"><a>&s;</a><xi:include href="{address}" parse="text"/></r>"""
    assert "the secret" not in str(load(data.encode()).value)
