"""Pages that are huge, deep, in another character set than they say, or made to harm: read within bounds or refused."""

import time
from unittest.mock import patch

import pytest

from crawlers.readers import Context, Reading, reader
from crawlers.readers.pages.links import links
from hobnob.errors import ReadError
from hobnob.observations import Observation, Skipped
from tests.readers.case_folders import NOW

CONTEXT = Context(now=NOW, source="s", url="https://example.org/a/b")
FAIR = (
    '<p class="vevent"><b class="summary">Zürich café</b> <abbr class="dtstart" title="2027-03-01">1 March</abbr></p>'
)
ITEM = b'<div itemprop="subEvent" itemscope itemtype="http://schema.org/Event">'
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


def read(data: bytes, content_type: str | None = None) -> list[Reading]:
    context = Context(now=NOW, source="s", url=CONTEXT.url, content_type=content_type)
    return list(reader("html")(data, context))


def names(data: bytes, content_type: str | None = None) -> list[str]:
    return [one.name for one in read(data, content_type) if isinstance(one, Observation)]


def page(charset: str, declared: str) -> bytes:
    return f"<html><head>{declared}<title>x</title></head><body>{FAIR}</body></html>".encode(charset)


CHARSETS = {
    "header": (page("iso-8859-1", ""), "text/html; charset=iso-8859-1"),
    "meta": (page("iso-8859-15", '<meta charset="iso-8859-15">'), "text/html"),
    "meta http-equiv": (
        page("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'),
        None,
    ),
    "XML declaration": (b'<?xml version="1.0" encoding="ISO-8859-1"?>' + page("iso-8859-1", ""), None),
    "byte-order mark against the header": (page("utf-8-sig", ""), "text/html; charset=iso-8859-1"),
    "UTF-16 with a mark": (page("utf-16", ""), None),
    "UTF-16 without a mark": (page("utf-16-le", ""), None),
    "UTF-16 without a mark, the other way round": (page("utf-16-be", '<meta charset="utf-8">'), "text/html"),
    "none at all": (page("cp1252", ""), None),
    "UTF-8 that says Latin-1": (page("utf-8", '<meta charset="iso-8859-1">'), "text/html; charset=iso-8859-1"),
    "Latin-1 that says UTF-8": (page("iso-8859-1", '<meta charset="utf-8">'), "text/html; charset=utf-8"),
    "header and meta differ": (page("iso-8859-1", '<meta charset="iso-8859-1">'), "text/html; charset=utf-8"),
    "UTF-16 that is none": (page("utf-8", '<meta charset="utf-16">'), None),
    "no character set": (page("utf-8", '<meta charset="zlib">'), "text/html; charset=punycode"),
    "UTF-8 with a wrong byte": (page("utf-8", "") + b"<p>\xff</p>", "text/html; charset=utf-8"),
    "UTF-8 cut in a character": (page("utf-8", "") + "ü".encode()[:1], None),
    "null characters": (page("utf-8", "").replace(b"<b", b"\x00<b\x00").replace(b"<b\x00", b"<b"), None),
}


@pytest.mark.parametrize(("data", "content_type"), CHARSETS.values(), ids=CHARSETS)
def test_the_character_set_is_found(data: bytes, content_type: str | None) -> None:
    assert names(data, content_type) == ["Zürich café"]


def test_japanese_in_seven_bits() -> None:
    fair = FAIR.replace("Zürich café", "東京の会")
    assert names(fair.encode("iso-2022-jp"), "text/html; charset=iso-2022-jp") == ["東京の会"]


SHAPES = {
    "XHTML with namespaces": '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">'
    '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="de"><head><title/><script src="a.js"/></head>'
    f"<body>{FAIR}</body></html>",
    "billion laughs": f'<!DOCTYPE html [<!ENTITY a0 "ha">{LAUGHS}]><html><body>{FAIR}&a11;</body></html>',
    "an external entity": f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body>{FAIR}&x;</body></html>',
    "comments inside": FAIR.replace("Zürich", "<!-- <b class='summary'>no</b> -->Zürich<!-- -- -->"),
    "entities": FAIR.replace("Zürich café", "Z&uuml;rich caf&#xE9;"),
    "no end tags": FAIR.replace("</p>", "").replace("</abbr>", ""),
    "AMP": f"<!doctype html><html ⚡><head><style amp-boilerplate>body{{}}</style></head><body>{FAIR}</body></html>",
    "a base that is none": f'<base href="http://["><base href="/x">{FAIR}',
    "300 deep": "<div>" * 300 + FAIR,
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_odd_pages_are_read(text: str) -> None:
    assert names(text.encode()) == ["Zürich café"]


HUGE = {
    "100,000 deep": (b"<div>" * 100_000 + FAIR.encode(), "elements nested more than 2,000 deep"),
    "100,000 deep after the event": (FAIR.encode() + b"<div>" * 100_000, "elements nested more than 2,000 deep"),
    "100,000 events in one another": (b'<div class="vevent">' * 100_000, "nested more than 2,000 deep"),
    "50 MB of text": (FAIR.encode() + b"lorem ipsum " * 4_200_000, "longer than 20 MB"),
    "50 MB of tags": (FAIR.encode() + b"<b>x</b>" * 6_300_000, "more than 500,000 tags"),
    "an event of 240,000 elements": (
        FAIR.encode() + b'<div class="vevent">' + b"<b class=summary>x</b>" * 240_000,
        "microformats: more elements than can be read",
    ),
    "an h-event of properties in one another": (
        FAIR.encode() + b'<div class="h-event">' + b'<i class="p-name p-summary p-category">x' * 2000,
        None,
    ),
    "items that refer to each other": (
        FAIR.encode() + b"".join(b'<p id="a%d" itemref="a%d a%d"' % (n, n + 1, n + 2) + ITEM[4:] for n in range(500)),
        "microdata: more items in one another",
    ),
    "items under many names": (
        FAIR.encode() + b'<p itemscope itemtype="http://schema.org/Event"><b itemprop="name">x</b>'
        b'<time itemprop="startDate">2027-01-01</time>' + b'<div itemscope itemprop="a b c location">' * 25,
        None,
    ),
    "microdata without an end": (FAIR.encode() + ITEM * 3000, "nested more than 2,000 deep"),
    "RDFa without an end": (
        FAIR.encode() + b'<p vocab="http://schema.org/" typeof="Event" property="subEvent">' * 3000,
        None,
    ),
    "includes in a circle": (
        FAIR.encode()
        + b'<div class="vevent" id="x"><a class="include" href="#x"></a><a class="include" href="#y"></a></div>'
        b'<p id="y"><a class="include" href="#y"></a><a class="include" href="#x"></a><b class="summary">Round</b></p>',
        None,
    ),
    "includes of includes": (
        FAIR.encode()
        + b'<div class="vevent"><a class="include" href="#i0"></a></div>'
        + b"".join(
            b'<div id="i%d">%s</div>' % (n, b'<a class="include" href="#i%d"></a>' % (n + 1) * 10) for n in range(12)
        ),
        "microformats: more elements than can be read",
    ),
}


@pytest.mark.parametrize(("data", "reason"), HUGE.values(), ids=HUGE)
def test_what_is_huge_is_read_within_bounds_and_said_to_be_cut(data: bytes, reason: str | None) -> None:
    started = time.process_time()
    try:
        readings = read(data)
    except ReadError:
        readings = []
    assert time.process_time() - started < 5
    assert len(readings) < 4100
    reasons = " ".join(one.reason for one in readings if isinstance(one, Skipped))
    assert reason is None or reason in reasons


@pytest.mark.parametrize(
    "name", [name for name in HUGE if name not in ("100,000 deep", "100,000 events in one another")]
)
def test_what_is_huge_does_not_cost_the_event_before_it(name: str) -> None:
    assert "Zürich café" in names(HUGE[name][0])


def test_a_page_without_marks_is_not_parsed() -> None:
    with (
        patch("lxml.html.document_fromstring", side_effect=AssertionError),
        pytest.raises(ReadError, match="looked for JSON-LD, microdata, RDFa, microformats"),
    ):
        read(b"<html><body>" + b"<p>Nothing to see.</p>" * 1000)


def test_the_pages_in_frames_are_links() -> None:
    data = b'<frameset><frame src="menu.html"><frame src="events.html"></frameset>'
    assert links(data, CONTEXT) == ["https://example.org/a/menu.html", "https://example.org/a/events.html"]


def test_bytes_that_are_no_page() -> None:
    with pytest.raises(ReadError, match="it looks like a PDF document"):
        read(b"%PDF-1.7 \xff\xfe")
    with pytest.raises(ReadError, match="nothing: it is empty"):
        read(b"")
