"""Whatever is done to real files, a reader gives readings that can be stored, or one ReadError."""

import datetime as dt
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.readers import READERS, Context, Reading, reader
from crawlers.readers.links import links
from hobnob import jsonlines
from hobnob.errors import ReadError
from hobnob.observations import Observation, Skipped

CASES = Path(__file__).parents[1] / "cases" / "readers"
FILES = sorted(path for path in CASES.glob("*/*/input.*") if path.stat().st_size < 20_000)
CONTEXT = Context(
    now=dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc),
    source="s",
    url="https://example.org/a/b",
    time_zone="Asia/Tokyo",
)
SPICE = (
    b"\x00",
    b"\xff\xfe",
    b"\r",
    b"\n ",
    b"\xe2\x80\xae",
    b"\x1b[31m",
    b"99999999999999999999",
    b"-1",
    b"<",
    b"]]>",
    b"&#x0;",
    b"\\ud800",
    b'"',
    b"{",
    b"[[[[",
    b"BEGIN:VEVENT\r\n",
    b"END:VCALENDAR\r\n",
    b"RRULE:FREQ=SECONDLY\r\n",
    b"http://[",
    b"0000-00-00",
    b"T25:61",
    b"+99:99",
    b"NaN",
    b"1e999",
    b"null",
)


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    """A real file with some of it cut out, repeated, or spiced."""
    data = draw(st.sampled_from(FILES)).read_bytes()
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 200)))
        change = draw(st.sampled_from(("cut", "repeat", "spice", "truncate")))
        if change == "truncate":
            data = data[:start] if start > 20 else data
        else:
            middle = {"cut": b"", "repeat": data[start:end] * 3, "spice": draw(st.sampled_from(SPICE))}[change]
            data = data[:start] + middle + data[end:]
    return data


def read(name: str, data: bytes) -> list[Reading]:
    try:
        return list(reader(name)(data, CONTEXT))
    except ReadError:
        return []


def texts(one: Observation) -> list[str]:
    found = [one.name, one.uid, one.url or "", one.virtual_location or "", *one.keywords, *one.raw.values()]
    found += [one.location.name or "", one.location.text or ""] if one.location else []
    return found + [person.name for person in (*one.organizer, *one.performer, *one.attendee)]


@pytest.mark.parametrize("name", sorted(READERS))
@given(data=spoiled())
@settings(max_examples=120)
def test_spoiled_files(name: str, data: bytes) -> None:
    for one in read(name, data):
        if isinstance(one, Observation):
            assert jsonlines.decode_observation(jsonlines.encode(one)) == one
            lines = "".join(texts(one))
            prose = (one.description or "").replace("\n", "")
            assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in lines + prose)
        elif isinstance(one, Skipped):
            assert one.reason.isprintable()


@given(data=spoiled())
@settings(max_examples=60)
def test_links_of_spoiled_pages(data: bytes) -> None:
    assert all(url.startswith(("https://", "http://")) for url in links(data, CONTEXT))


@pytest.mark.parametrize("name", sorted(READERS))
@given(data=st.binary(max_size=300))
@settings(max_examples=50)
def test_noise(name: str, data: bytes) -> None:
    assert read(name, data) is not None


VCALENDAR = b"BEGIN:VCALENDAR\r\n%s\r\nEND:VCALENDAR\r\n"
EVENT = b"BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20270101\r\nSUMMARY:x\r\n%s\r\nEND:VEVENT\r\n"
LAUGHS = b"".join(b'<!ENTITY a%d "%s">' % (depth, b"&a%d;" % (depth - 1) * 10) for depth in range(1, 12))

HUGE = {
    "ics: one long line": ("ics", VCALENDAR % (EVENT % (b"DESCRIPTION:" + b"a" * 3_000_000))),
    "ics: nothing but folds": ("ics", VCALENDAR % (EVENT % (b"DESCRIPTION:a" + b"\r\n " * 300_000))),
    "ics: components without end": ("ics", VCALENDAR % (b"BEGIN:X\r\n" * 100_000)),
    "ics: many dates to leave out": ("ics", VCALENDAR % (EVENT % (b"EXDATE:" + b"20270101," * 10_000))),
    "ics: many unknown zones": (
        "ics",
        VCALENDAR
        % b"".join(b"BEGIN:VEVENT\r\nDTSTART;TZID=z%d:20270101T000000\r\nEND:VEVENT\r\n" % n for n in range(3000)),
    ),
    "html: elements inside each other": ("html", b"<div class=vevent>" * 3000),
    "html: items inside each other": ("html", b'<div itemscope itemtype="http://schema.org/Event">' * 3000),
    "html: many elements in one event": ("html", b"<div class=vevent>" + b"<b class=summary>x</b>" * 20_000),
    "html: deep JSON": ("html", b'<script type="application/ld+json">{"@type":"Event","subEvent":' + b"[" * 100_000),
    "html: many alike": (
        "html",
        b'<script type="application/ld+json">[%s]</script>'
        % b",".join(b'{"@type":"Event","name":"x","startDate":"2027-01-01","location":"%d"}' % n for n in range(5000)),
    ),
    "feed: entities in entities": (
        "feed",
        b'<!DOCTYPE r [<!ENTITY a0 "ha">%s]><rss version="2.0"><channel><title>&a11;</title></channel></rss>' % LAUGHS,
    ),
    "confs-tech: nothing but braces": ("confs-tech", b"[" + b"{" * 1_000_000),
}


@pytest.mark.parametrize(("name", "data"), HUGE.values(), ids=HUGE)
def test_size_is_bounded(name: str, data: bytes) -> None:
    readings = read(name, data)
    assert len(readings) < 6100
    assert all(len(jsonlines.encode(one)) < 150_000 for one in readings)
