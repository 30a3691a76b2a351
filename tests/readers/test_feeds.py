"""Feeds: what they say of themselves, what is passed on to be read, and how much a hostile one may cost."""

import datetime as dt
import json
import time

import pytest

from crawlers.readers import About, Context, Reading
from crawlers.readers.feeds.document import MOST_ENTRIES
from crawlers.readers.feeds.feed import read
from crawlers.readers.feeds.names import name_of
from crawlers.readers.feeds.written_times import clocks
from crawlers.readers.xml_text import decoded, repaired
from hobnob.errors import ReadError
from hobnob.observations import Follow, Observation, Skipped
from hobnob.sources import Pick
from tests.readers.feedparser_suite import DISPUTED, FOLDER, scores

CONTEXT = Context(now=dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc), source="s", url="https://example.org/feed.xml")
GOOD = b"<item><title>Good</title><link>http://a.example/1</link></item>"


def rss(inside: bytes) -> bytes:
    return b'<rss version="2.0"><channel><title>t</title>%s</channel></rss>' % inside


def follows(readings: list[Reading]) -> list[str]:
    return [one.url for one in readings if isinstance(one, Follow)]


def test_what_feedparser_expects() -> None:
    found = list(scores())
    right, wrong = sum(score.right for score in found), sum(len(score.wrong) for score in found)
    assert right > 500
    assert right / (right + wrong) >= 0.99, [text for score in found for text in score.wrong]
    assert all((FOLDER / case).exists() for case in DISPUTED)


@pytest.mark.parametrize(
    ("elements", "refresh"),
    [
        (b"<ttl>90</ttl>", dt.timedelta(minutes=90)),
        (b"<ttl>often</ttl>", None),
        (b"<ttl>99999999</ttl>", dt.timedelta(days=30)),
        (
            b'<p:updatePeriod xmlns:p="http://purl.org/rss/1.0/modules/syndication/">daily</p:updatePeriod>',
            dt.timedelta(1),
        ),
        (
            b"<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            dt.timedelta(minutes=15),
        ),
        (b"<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", dt.timedelta(hours=1)),
    ],
)
def test_what_a_feed_says_of_itself(elements: bytes, refresh: dt.timedelta | None) -> None:
    assert list(read(rss(elements), CONTEXT)) == [About(title="t", refresh=refresh)]


def test_what_stands_after_the_entries_belongs_to_the_feed() -> None:
    data = b"<rss><channel>%s<title>After</title><link rel='next' href='?p=2'/></channel></rss>" % GOOD
    readings = list(read(data, CONTEXT))
    assert About(title="After") in readings
    assert readings[-1] == Follow(url="https://example.org/feed.xml?p=2", as_what="page")


def test_a_title_of_an_image_is_none_of_the_feed_or_the_entry() -> None:
    data = rss(
        b"<image><title>Logo</title></image><item><image><title>Picture</title></image><link>http://a.example/1</link></item>"
    )
    assert list(read(data, CONTEXT)) == [About(title="t"), Follow(url="http://a.example/1", as_what="html")]


@pytest.mark.parametrize(
    ("entry", "link"),
    [
        (b"<link>/1</link>", "https://example.org/1"),
        (b"<guid>http://a.example/g</guid>", "http://a.example/g"),
        (b"<guid isPermaLink='false'>http://a.example/g</guid>", None),
        (b"<guid>number 7</guid>", None),
        (b"<link/><guid>http://a.example/g</guid>", "http://a.example/g"),
        (b"<link rel='self' href='/self'/><link href='/page'/>", "https://example.org/page"),
        (
            b"<link href='/a.ics' type='text/calendar'/><link href='/page' type='text/html'/>",
            "https://example.org/page",
        ),
        (b"<link>/tracked</link><feedburner:origLink>http://a.example/1</feedburner:origLink>", "http://a.example/1"),
        (b"<link><![CDATA[ http://a.example/?x=1&y=2 ]]></link>", "http://a.example/?x=1&y=2"),
        (b"<link>javascript:alert(1)</link>", None),
        (b"<link>file:///etc/passwd</link>", None),
    ],
)
def test_the_page_of_an_entry(entry: bytes, link: str | None) -> None:
    readings = list(read(rss(b"<item><title>x</title>%s</item>" % entry), CONTEXT))
    assert follows(readings) == ([link] if link else [])
    assert len([one for one in readings if isinstance(one, Skipped)]) == (link is None)


def test_a_publication_date_is_no_event() -> None:
    dates = (
        b"<pubDate>Mon, 01 Mar 2027 10:00:00 GMT</pubDate><dc:date>2027-03-01</dc:date><updated>2027-03-01</updated>"
    )
    other = (
        b"<dcterms:valid>start=2027-03-01; end=2027-03-02;</dcterms:valid><published>2027-03-01T00:00:00Z</published>"
    )
    assert follows(list(read(rss(GOOD.replace(b"<link>", dates + other + b"<link>")), CONTEXT))) == [
        "http://a.example/1"
    ]


def test_a_declared_value_and_element_fill_what_entries_do_not_say() -> None:
    fields = {
        "dates": Pick(at="when:day"),
        "venue": Pick(value="Club house"),
        "city": Pick(at="category", match=r"City: (\w+)"),
    }
    context = Context(now=CONTEXT.now, source="s", url=CONTEXT.url, language="de", fields=fields)
    data = rss(
        b"<item><title>Treffen</title><link>/1</link><category>Verein</category><category>City: Bern</category>"
        b"<when:day>3. M\xc3\xa4rz 2027</when:day><enclosure url='/a.png' type='image/png'/></item>"
    )
    (event,) = [one for one in read(data, context) if isinstance(one, Observation)]
    assert str(event.start_date) == "2027-03-03"
    assert event.location
    assert (event.location.name, event.location.address_locality) == ("Club house", "Bern")
    assert (event.image, event.url) == ("https://example.org/a.png", "https://example.org/1")


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("19:30:00", ["19:30"]),
        ("7 pm", ["19:00"]),
        ("12 am", ["00:00"]),
        ("12:15 p.m.", ["12:15"]),
        ("02:00 PM - 03:30 PM", ["14:00", "15:30"]),
        ("2 - 3:30 pm", ["14:00", "15:30"]),
        ("11:30 - 1 pm", ["11:30", "13:00"]),
        ("18.30", ["18:30"]),
        ("3.5.", []),
        ("All Day", []),
        ("25:00", []),
        ("13 pm", []),
        ("Room 12", []),
        ("2027-03-01", []),
    ],
)
def test_times_of_day(text: str, times: list[str]) -> None:
    assert [one.isoformat("minutes") for one in clocks(text)] == times


@pytest.mark.parametrize(
    ("tag", "prefix", "name"),
    [
        ("{http://purl.org/rss/1.0/modules/event/}startdate", "x", "ev:startdate"),
        ("{https://purl.org/rss/1.0/modules/event}StartDate", None, "ev:startdate"),
        ("{http://purl.org/rss/2.0/modules/event/}startdate", "event", "ev:startdate"),
        ("{http://bibliocommons.com/rss/1.0/modules/event/}start_date", "b", "bc:start_date"),
        ("{http://www.w3.org/2005/Atom}title", "atom", "title"),
        ("{http://own.example/}Venue", "Own", "own:venue"),
        ("{http://own.example/}title", None, "title"),
        ("ev:startdate", None, "ev:startdate"),
    ],
)
def test_names_of_elements(tag: str, prefix: str | None, name: str) -> None:
    assert name_of(tag, prefix) == name


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("<a1>x", "<a1>x</a1>"),
        ("<a1><b1>x</a1>", "<a1><b1>x</b1></a1>"),
        ("<a1>1 < 2 & 3</a1>", "<a1>1 &lt; 2 &amp; 3</a1>"),
        ("<a1>&nbsp;&eacute;&unknown;&amp;&#99999999;</a1>", "<a1>\xa0é&amp;unknown;&amp;&amp;#99999999;</a1>"),
        ("<a1>&#0;&#xD800;&#65;</a1>", "<a1>&#65;</a1>"),
        ('<a1 x="1&2" x="3" y>z</a1>', '<a1 x="1&amp;2">z</a1>'),
        ("<a1><b>bold</b><br/></a1>", "<a1>&lt;b>bold&lt;/b>&lt;br/></a1>"),
        ("<a1><!-- <b1> --><![CDATA[<c1>]]></a1>", "<a1><![CDATA[<c1>]]></a1>"),
        ("<a1><![CDATA[<c1></a1>", "<a1><c1></c1></a1>"),
    ],
)
def test_repair(broken: str, whole: str) -> None:
    assert repaired(broken) == whole


@pytest.mark.parametrize(
    ("data", "content_type", "text"),
    [
        ("é".encode(), None, "é"),
        ("é".encode("latin-1"), None, "é"),
        ("é".encode(), "text/xml; charset=iso-8859-1", "é"),
        ("Жизнь".encode("koi8-r"), "text/xml; charset=koi8-r", "Жизнь"),
        ("<?xml version='1.0' encoding='windows-1251'?>Жизнь".encode("cp1251"), "text/xml", "Жизнь"),
        ("<?xml version='1.0' encoding='windows-1251'?>Жизнь".encode("koi8-r"), "text/xml; charset=koi8-r", "Жизнь"),
        ("<?xml version='1.0' encoding='utf-16'?>é".encode(), None, "é"),
        ("<?xml version='1.0' encoding='no-such'?>é".encode(), "text/xml; charset=unknown", "é"),
        ("\ufeffé".encode("utf-16"), "text/xml; charset=utf-8", "é"),
        ("<é/>".encode("utf-32-le"), None, "<é/>"),
        (b"Gen\xe8ve, Z\xc3\xbcrich", None, "Genève, Zürich"),
    ],
)
def test_encodings(data: bytes, content_type: str | None, text: str) -> None:
    assert decoded(data, content_type).endswith(text)


HOSTILE = {
    "more entries than are read": rss(b"<item/><item>x</item><item><q/></item>" * 11_000),
    "one entry of 40 MB": rss(b"<item><title>" + b"x" * 40_000_000 + b"</title></item>"),
    "a huge attribute": rss(b'<item><title a="' + b"x" * 12_000_000 + b'">x</title></item>' + GOOD),
    "elements inside each other": rss(b"<item>" + b"<a1>" * 100_000 + b"</a1>" * 100_000 + b"</item>" + GOOD),
    "elements without end": rss(b"<item>" + b"<a1>" * 50_000 + b"</item>" + GOOD),
    "ends without start": rss(b"<item>" + b"<a1>" * 20_000 + b"</b1>" * 50_000 + b"</item>" + GOOD),
    "elements around the entries": rss(b"<a1>" * 100_000 + GOOD),
    "entries inside each other": b"<feed>" + b"<entry>" * 100_000 + b"</feed>",
    "sections without end": rss(b"<item>" + b"<![CDATA[" * 100_000 + b"</item>" + GOOD),
    "sections with one end": rss(b"<![CDATA[" * 200_000 + b"]]>" + GOOD),
    "comments without end": rss(b"<item>" + b"<!--" * 200_000 + b"</item>" + GOOD),
    "comments before the root": b"<!--" * 300_000,
    "stray signs": rss(b"<item>" + b"<&" * 500_000 + b"</item>" + GOOD),
    "tags without end": rss(b"<item " * 20_000 + GOOD),
    "an attribute again and again": rss(b"<item><b1 " + b'a="1" ' * 200_000 + b"></item>" + GOOD),
    "spaces in a tag": rss(b"<item><b1 " + b" " * 1_000_000 + b"</item>" + GOOD),
    "many namespaces": b"<rss %s>%s</rss>" % (b" ".join(b'xmlns:a%d="u"' % n for n in range(20_000)), GOOD * 2000),
    "quadratic blow-up": b"<!DOCTYPE r [<!ENTITY a '%s'>]>" % (b"x" * 400) + rss(b"&a;" * 300_000 + GOOD),
    "bytes of no encoding": rss(b"<item><title>" + b"\xff" * 1_000_000 + b"</title></item>" + GOOD),
    "digits for a date": rss(b"<item><startDate>" + b"1" * 1_000_000 + b"</startDate></item>" + GOOD),
    "clocks for a time": rss(
        b"<item><title>x</title><startDate>2027-01-01</startDate><startTime>"
        + b"1:" * 1_000_000
        + b"</startTime></item>"
    ),
    "many dates of one entry": b'<feed xmlns:gd="http://schemas.google.com/g/2005"><entry><title>x</title>'
    + b'<gd:when startTime="2027-01-01"/>' * 50_000
    + b"</entry></feed>",
    "marked HTML": rss((b"<item><description>" + b"&lt;div class=vevent&gt;" * 2000 + b"</description></item>") * 3),
    "deep JSON": b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * 200_000,
    "deep objects": b'{"version":"https://jsonfeed.org/version/1.1","items":[%s1%s]}' % (b'{"a":' * 500, b"}" * 500),
    "many items": b'{"version":"https://jsonfeed.org/version/1.1","items":[%s]}' % b",".join([b"{}"] * 11_000),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_feed_costs_little_and_no_other_entry(data: bytes) -> None:
    started = time.process_time()
    try:
        readings = list(read(data, CONTEXT))
    except ReadError:
        readings = []
    assert time.process_time() - started < 10
    assert len(readings) <= MOST_ENTRIES + 2
    assert (
        not data.endswith(GOOD + b"</channel></rss>")
        or follows(readings) == ["http://a.example/1"]
        or b"<item " in data
    )


@pytest.mark.parametrize("name", ["more entries than are read", "one entry of 40 MB", "many items"])
def test_what_is_cut_is_said(name: str) -> None:
    (*_, last) = read(HOSTILE[name], CONTEXT)
    assert isinstance(last, Skipped)
    assert "the rest was left out" in last.reason


def test_every_entry_that_is_skipped_counts() -> None:
    readings = list(read(rss(b"<item><title>x</title></item>" * 3 + GOOD * 2), CONTEXT))
    assert len([one for one in readings if isinstance(one, Skipped)]) == 3
    assert follows(readings) == ["http://a.example/1"]


def test_json_that_is_no_json_feed() -> None:
    with pytest.raises(ReadError, match="no JSON Feed: it looks like JSON"):
        list(read(json.dumps({"items": []}).encode(), CONTEXT))
