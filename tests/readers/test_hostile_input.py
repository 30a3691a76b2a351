"""Whatever is done to real files, a reader gives readings that can be stored, or one ReadError."""

import datetime as dt
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.readers import READERS, Context, Reading, reader
from crawlers.readers.pages.links import links
from hobnob import jsonlines
from hobnob.errors import ReadError
from hobnob.observations import Follow, Observation, Skipped

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
            prose = (one.description or "").replace("\n", "").replace("\t", "")
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


FAIR = b"""<div itemscope itemtype="http://schema.org/Event"><b itemprop="name">Fair</b>
<a itemprop="sameAs" href="http://[">x</a><time itemprop="startDate" datetime="2027-03-01">1 March</time></div>"""


def test_an_address_that_is_none_does_not_cost_the_microdata_of_the_page() -> None:
    (event,) = reader("html")(FAIR, CONTEXT)
    assert isinstance(event, Observation)
    assert (event.name, str(event.start_date)) == ("Fair", "2027-03-01")


@pytest.mark.parametrize("charset", ["zlib", "punycode", "no-such-thing", "utf-16"])
def test_a_charset_that_is_wrong_does_not_matter_to_a_calendar(charset: str) -> None:
    context = Context(now=CONTEXT.now, source="s", url=CONTEXT.url, content_type=f"text/calendar; charset={charset}")
    (event,) = reader("ics")(VCALENDAR % (EVENT % b"LOCATION:Z\xc3\xbcrich"), context)
    assert isinstance(event, Observation)
    assert event.location
    assert event.location.text == "Zürich"


@pytest.mark.parametrize("charset", ["zlib", "punycode", "no-such-thing"])
def test_a_charset_that_is_no_charset_does_not_matter_to_a_page(charset: str) -> None:
    context = Context(now=CONTEXT.now, source="s", url=CONTEXT.url, content_type=f"text/html; charset={charset}")
    (event,) = reader("html")(FAIR, context)
    assert isinstance(event, Observation)


def test_a_character_that_cannot_be_does_not_cost_the_feed() -> None:
    data = b'<rss version="2.0"><channel><item><title>&#99999999999;</title><link>http://a.example/1</link></item></channel></rss>'
    assert [one.url for one in reader("feed")(data, CONTEXT) if isinstance(one, Follow)] == ["http://a.example/1"]


def test_what_is_not_well_formed_around_the_entries_does_not_cost_them() -> None:
    data = b'<rss version="2.0"><channel><image></width></image><item><link>http://a.example/1</link></item></channel></rss>'
    assert [one.url for one in reader("feed")(data, CONTEXT) if isinstance(one, Follow)] == ["http://a.example/1"]
