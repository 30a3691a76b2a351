"""Dates, zones, places, prices, texts and addresses, as strangers write them."""

import datetime as dt

import pytest

from crawlers.readers import Context
from crawlers.readers.calendars.zones import Zones
from crawlers.readers.durations import duration, later
from crawlers.readers.iso_dates import instant, moment
from crawlers.readers.looks_like import looks_like
from crawlers.readers.pages.links import links
from crawlers.readers.places import coordinates, from_text
from crawlers.readers.plain_text import line, prose
from crawlers.readers.prices import price
from crawlers.readers.schema_org.values import offers
from crawlers.readers.web_address import absolute, is_front_page
from hobnob.moments import Moment
from hobnob.observations import Place

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-03-01", "2027-03-01"),
        ("20270301", "2027-03-01"),
        ("2027-3-1", "2027-03-01"),
        ("2027-03-01T19:00", "2027-03-01T19:00:00[Asia/Tokyo]"),
        ("20270301T190000", "2027-03-01T19:00:00[Asia/Tokyo]"),
        ("2027-03-01 19:00:30", "2027-03-01T19:00:30[Asia/Tokyo]"),
        ("2027-03-01T19:00:00.123Z", "2027-03-01T19:00:00[UTC]"),
        ("2027-03-01T19:00:00+00:00", "2027-03-01T19:00:00[UTC]"),
        ("2027-03-01T19:00:00+0100", "2027-03-01T19:00:00[+01:00]"),
        ("2027-03-01t19:00-08", "2027-03-01T19:00:00[-08:00]"),
        ("2027-03-01T19:00+01:00[Europe/Berlin]", "2027-03-01T19:00:00[Europe/Berlin]"),
        ("2027-07-01T17:00:00Z[europe/berlin][u-ca=gregory]", "2027-07-01T19:00:00[Europe/Berlin]"),
        ("2027-03-01T19:00[!Europe/Berlin]", "2027-03-01T19:00:00[Europe/Berlin]"),
        ("2027-03-01T19:00 Europe/Berlin", "2027-03-01T19:00:00[Europe/Berlin]"),
        ("2027-03-01[Europe/Berlin]", "2027-03-01"),
        ("2027-03-01T24:00:00", "2027-03-02T00:00:00[Asia/Tokyo]"),
        ("2027-03-01T23:59:60Z", "2027-03-01T23:59:59[UTC]"),
        ("Mon, 01 Mar 2027 19:00:00 +0100", "2027-03-01T19:00:00[+01:00]"),
        ("Mon, 01 Mar 2027 19:00:00", "2027-03-01T19:00:00[Asia/Tokyo]"),
        ("Mon, 01 Mar 2027 19:00:00 -0000", "2027-03-01T19:00:00[Asia/Tokyo]"),
        ("Mon Mar  1 19:00:00 2027", "2027-03-01T19:00:00[Asia/Tokyo]"),
    ],
)
def test_moments(text: str, expected: str) -> None:
    assert str(moment(text, "Asia/Tokyo")) == expected


@pytest.mark.parametrize(
    "text",
    ["", "2027-03", "2027-02-30", "2027-13-01", "202731", "2027-03-01T25:00", "2027-03-01T10:00+99:00", "tomorrow",
     "2027-03-01T19:00[Europe/Atlantis]", "2027-03-01T25:00[Europe/Berlin]",
     "3/1/2027", "2019-9-13T10-10-00-00", "1/2", "٢٠٢٧-٠٣-٠١", "2027-03-01T10:00 " + "x" * 100,
     "Mon, 01 Mar 2027 19:00:00 CET", "Mon Mar 01 2027 19:00:00 GMT+0100 (CET)"],
)  # fmt: skip
def test_no_moments(text: str) -> None:
    assert moment(text, "Asia/Tokyo") is None


def test_stamps_are_utc() -> None:
    assert instant("20240507T154440") == dt.datetime(2024, 5, 7, 15, 44, 40, tzinfo=dt.timezone.utc)
    assert instant("040425") is None


def test_an_end_by_duration_counts_hours_by_the_clock_and_days_by_the_calendar() -> None:
    # Berlin's clocks go from 2:00 to 3:00 on 28 March 2027.
    start = Moment(dt.date(2027, 3, 28), dt.time(1, 30), "Europe/Berlin")
    assert str(later(start, dt.timedelta(hours=1))) == "2027-03-28T03:30:00[Europe/Berlin]"
    before = Moment(dt.date(2027, 3, 27), dt.time(12), "Europe/Berlin")
    assert str(later(before, dt.timedelta(days=1))) == "2027-03-28T12:00:00[Europe/Berlin]"
    assert str(later(Moment(dt.date(2027, 3, 1)), dt.timedelta(days=2))) == "2027-03-02"
    assert later(Moment(dt.date(9999, 12, 31)), dt.timedelta(days=9)) is None


@pytest.mark.parametrize(("text", "seconds"), [("PT1H30M", 5400), ("P1W", 604800), ("P1DT1H", 90000), ("pt15m", 900)])
def test_durations(text: str, seconds: int) -> None:
    assert duration(text) == dt.timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "1H", "-PT1H", "P99999999999D", "two hours"])
def test_no_durations(text: str) -> None:
    assert duration(text) is None


@pytest.mark.parametrize(
    ("tzid", "expected"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("posix/Europe/Vaduz", "Europe/Vaduz"),
        ("/Europe/Stockholm", "Europe/Stockholm"),
        ("/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("Tokyo Standard Time", "Asia/Tokyo"),
        ("GMT Standard Time", "Europe/London"),
        ("UTC", "UTC"),
        ("UTC+11", "+11:00"),
        ("GMT-03:30", "-03:30"),
        ("Apple", "America/Denver"),
        ("Our House", "Our House"),
        ("/Europe/CUSTOM", None),
        ("../../etc/passwd", None),
        ("UTC+99", None),
        ("", None),
    ],
)
def test_zones(tzid: str, expected: str | None) -> None:
    definitions = (
        "BEGIN:VTIMEZONE\r\nTZID:Our House\r\nEND:VTIMEZONE",
        "BEGIN:VTIMEZONE\r\nTZID:Apple\r\nX-LIC-LOCATION:America/Denver\r\nEND:VTIMEZONE",
    )
    assert Zones(definitions, None, None).name(tzid) == expected


def test_the_calendars_zone_comes_before_the_sources() -> None:
    assert Zones((), "Romance Standard Time", "Asia/Tokyo").default == "Europe/Paris"
    assert Zones((), "No Such Zone", "Asia/Tokyo").default == "Asia/Tokyo"
    assert Zones((), None, None).default is None


@pytest.mark.parametrize(
    ("text", "place", "meeting"),
    [
        ("CubeSpace", Place(text="CubeSpace"), None),
        (
            "Ecotrust @ 721 NW 9th Ave, Portland",
            Place(name="Ecotrust", text="Ecotrust @ 721 NW 9th Ave, Portland"),
            None,
        ),
        ("Rathaus, Marktplatz 1, Bonn", Place(name="Rathaus", text="Rathaus, Marktplatz 1, Bonn"), None),
        ("Bonn, 53111", Place(text="Bonn, 53111"), None),
        ("Bonn, Deutschland", Place(text="Bonn, Deutschland"), None),
        ("https://zoom.us/j/1?pwd=x", None, "https://zoom.us/j/1?pwd=x"),
        ("Zoom (https://zoom.us/j/1)", Place(text="Zoom"), "https://zoom.us/j/1"),
        ("https://maps.app.goo.gl/x", Place(url="https://maps.app.goo.gl/x"), None),
        ("Library, see https://library.example/", Place(text="Library, see https://library.example/"), None),
        ("  ", None, None),
    ],
)
def test_places(text: str, place: Place | None, meeting: str | None) -> None:
    assert from_text(text) == (place, meeting)


def test_coordinates() -> None:
    assert coordinates("55.9444693513", " -3.1869627") == (55.944469, -3.186963)
    assert coordinates("0", "0") is None
    assert coordinates("91", "0") is None
    assert coordinates("nan", "1") is None
    assert coordinates(None, 1) is None


@pytest.mark.parametrize(
    ("written", "price"),
    [
        ("$35", "35"), ("25,00 €", "25.00"), ("1.250,00", "1250.00"), ("1,250.00", "1250.00"), ("1'250", "1250"),
        (12.5, "12.5"), ("0.00", "0"), ("Free", "0"), ("10-20", None), ("on request", None), (True, None),
    ],
)  # fmt: skip
def test_prices(written: object, price: str | None) -> None:
    found = offers({"price": written, "url": "https://example.org/tickets"}, "https://example.org/")
    assert [one.price for one in found] == [price]


def test_plain_text() -> None:
    assert line("  A <b>bold</b>\n name &amp; more\x1b[0m\u202e ") == "A bold name & more[0m"
    assert line("<CODE/CRAFTS>") == "<CODE/CRAFTS>"
    assert prose("<p>One</p><ul><li>two</li></ul><script>three()</script>") == "One\n\n* two"
    assert prose("First <b>line</b>\nsecond line") == "First line\nsecond line"
    assert prose("5 < 6 & 7 > 3") == "5 < 6 & 7 > 3"
    assert prose(" \n\x00 ") is None
    assert len(prose("word " * 10_000) or "") <= 20_000


def test_addresses() -> None:
    assert absolute("../x?id=1#y", "https://example.org/a/b/") == "https://example.org/a/x?id=1#y"
    assert absolute("javascript:alert(1)", "https://example.org/") is None
    assert absolute("mailto:a@example.org", "https://example.org/") is None
    assert absolute("file:///etc/passwd", "https://example.org/") is None
    assert absolute("http://[", "https://example.org/") is None
    assert absolute("HTtp://Example.org/X", "") == "http://Example.org/X"
    assert absolute("http://,", "https://example.org/") is None
    assert absolute("a b\x1b", "https://example.org/") == "https://example.org/a%20b%1B"
    assert is_front_page("https://example.org/")
    assert not is_front_page("https://example.org/?event=1")


PAGE = b"""<base href="/events/"><a href="1">one</a><a href="1#top">one again</a><a href="/2?x=1">two</a><a>none</a>
<a href="mailto:x@example.org">mail</a><a href="file:///etc/passwd">file</a>
<area href="//other.example/3"><a href="">self</a>
<a href="/list#part">self</a>"""


def test_links_of_a_page() -> None:
    context = Context(now=NOW, source="s", url="https://example.org/list")
    assert links(PAGE, context) == [
        "https://example.org/events/1",
        "https://example.org/2?x=1",
        "https://other.example/3",
    ]


def test_links_are_plain_text_that_does_not_hold_on_to_the_page() -> None:
    context = Context(now=NOW, source="s", url="https://example.org/list")
    page = b'<a href="https://example.org/plain">1</a><a href="relative">2</a>'
    assert [type(one) for one in links(page, context)] == [str, str]


def test_links_of_a_local_page() -> None:
    context = Context(now=NOW, source="s", url="file:///srv/list.html")
    assert links(b'<a href="one.html">1</a><a href="https://example.org/2">2</a>', context) == [
        "file:///srv/one.html",
        "https://example.org/2",
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "nothing: it is empty"),
        (b'<rdf:RDF xmlns="http://purl.org/rss/1.0/">', "an RSS or Atom feed"),
        (b'<rdf:RDF xmlns:foaf="http://xmlns.com/foaf/0.1/">', "an XML document"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "an HTML page"),
        (b"<?xml version='1.0'?><feed/>", "an RSS or Atom feed"),
        (b"<?xml version='1.0'?><other/>", "an XML document"),
        (b'  {"a": 1}', "JSON"),
        (b"BEGIN:VCALENDAR", "a calendar"),
        (b"Not found", "plain text"),
        (bytes(range(128, 160)) * 10, "binary data"),
    ],
)
def test_what_bytes_look_like(data: bytes, words: str) -> None:
    assert looks_like(data) == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Student Union (HUB)", "Student Union (HUB)"),
        ("(Main) Hall", "(Main) Hall"),
        ("(Main Hall)", "Main Hall"),
        ("Main Hall)", "Main Hall"),
        ("Main Hall (https://maps.example/x)", "Main Hall (https://maps.example/x)"),
        ("Main Hall (https://zoom.us/j/123)", "Main Hall"),
        ("- Main Hall, ", "Main Hall"),
    ],
)
def test_brackets_of_a_place_stay_in_pairs(text: str, expected: str) -> None:
    place, _ = from_text(text)
    assert place is not None
    assert place.text == expected


def test_markup_that_was_escaped_as_a_whole_is_markup() -> None:
    assert (
        prose("&lt;p style=&quot;x&quot;&gt;Doors &amp;amp; bar&lt;/p&gt;&lt;p&gt;Show&lt;/p&gt;")
        == "Doors & bar\n\nShow"
    )
    assert prose("&amp;lt;b&amp;gt;Bold&amp;lt;/b&amp;gt; move") == "Bold move"
    assert line("&lt;strong&gt;Bold&lt;/strong&gt; move") == "Bold move"
    assert line("Learn what &lt;a&gt; does, x &lt; y &amp; z") == "Learn what <a> does, x < y & z"


def test_an_address_escaped_for_html_is_as_it_was() -> None:
    assert absolute("/x?a=1&amp;b=2", "https://example.org/") == "https://example.org/x?a=1&b=2"


def test_a_tag_that_was_cut_in_two_is_left_out() -> None:
    assert prose('Where: <a href="https://example.org/vis\n\nFrom the town') == "Where:\n\nFrom the town"
    assert line('Read <a href="https://example.or') == "Read"
    assert line("We <3 cats and <p = 2") == "We <3 cats and <p = 2"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("25 EUR", ("25", "EUR")),
        ("from 25 eur", ("25", "EUR")),
        ("US$ 1,250.50", ("1250.50", "USD")),
        ("15 Uhr", ("15", None)),
        ("Free admission!", ("0", None)),
        ("€0.00", ("0", "EUR")),
        ("EUR 10 or EUR 15", (None, None)),
    ],
)
def test_currencies(written: str, expected: tuple[str | None, str | None]) -> None:
    assert price(written) == expected
