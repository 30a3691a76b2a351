"""How fast the reader of feeds is beside the bare feedparser library, which parses the same bytes.

Three plain feeds: RSS with the event module and Atom with xCal, of which every entry becomes an Observation, and a blog
whose entries are links to follow. Descriptions are paragraphs of HTML. The best of `rounds` counts, and both sides take
turns; feedparser is called as its documentation says, then without its sanitizer, as one would call it from here.

    python -m bench.readers_feeds [ENTRIES] [ROUNDS]
"""

import datetime as dt
import io
import sys
from functools import partial

import feedparser

from bench.turns import best
from crawlers.readers import Context
from crawlers.readers.feeds.feed import read

ENTRIES = 1_000
NOW = dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc)
CONTEXT = Context(now=NOW, source="bench", url="https://example.org/feed.xml", time_zone="Europe/Zurich")
WORDS = "Bring a talk, a question or a friend; the doors open an hour before and coffee is ready. "
HTML = (
    "&lt;p&gt;"
    + "&lt;/p&gt;\n&lt;p&gt;".join((WORDS * 2, f'&lt;a href="/more"&gt;{WORDS}&lt;/a&gt;', WORDS))
    + "&lt;/p&gt;"
)


def rss(count: int) -> bytes:
    items = "".join(
        f"<item><title>Barcamp &amp; more {number}</title><link>https://example.org/{number}</link>"
        f'<guid isPermaLink="false">tag:example.org,2027:{number}</guid><description>{HTML}</description>'
        "<category>barcamp</category><category>open source</category><pubDate>Mon, 01 Mar 2027 10:00:00 GMT</pubDate>"
        "<ev:startdate>2027-05-08T09:00:00+02:00</ev:startdate><ev:enddate>2027-05-09T17:00:00+02:00</ev:enddate>"
        "<ev:location>Rote Fabrik</ev:location><ev:organizer>Digital Society</ev:organizer></item>\n"
        for number in range(count)
    )
    return (
        '<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><title>Events</title>'
        f"{items}</channel></rss>"
    ).encode()


def atom(count: int) -> bytes:
    entries = "".join(
        f'<entry><title>Meetup {number}</title><link href="https://example.org/{number}"/>'
        f"<id>tag:example.org,2027:{number}</id><updated>2026-11-01T10:00:00Z</updated>"
        f'<content type="html">{HTML}</content><category term="meetup"/>'
        "<xcal:dtstart>20270601T180000Z</xcal:dtstart><xcal:dtend>20270601T200000Z</xcal:dtend>"
        "<xcal:location>Library, 5 Main Street, Springfield</xcal:location></entry>\n"
        for number in range(count)
    )
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:xcal="urn:ietf:params:xml:ns:xcal"><title>Events</title>'
        f"{entries}</feed>"
    ).encode()


def blog(count: int) -> bytes:
    items = "".join(
        f"<item><title>A post {number}</title><link>https://example.org/{number}</link><guid>https://example.org/{number}"
        f"</guid><description>{HTML}</description><pubDate>Mon, 01 Mar 2027 10:00:00 GMT</pubDate></item>\n"
        for number in range(count)
    )
    return f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()


def bare(data: bytes, **options: bool) -> int:
    return len(feedparser.parse(io.BytesIO(data), **options).entries)


def ours(data: bytes) -> int:
    return sum(1 for _ in read(data, CONTEXT))


def main(count: int = ENTRIES, rounds: int = 3) -> None:
    print(f"Reading feeds of {count:,} entries")
    print(f"  {'':36} {'bare/s':>9} {'ours/s':>9} {'of bare':>8} {'unsanitized':>12} {'wanted':>7}")
    feeds = (
        ("RSS with the event module", rss(count)),
        ("Atom with xCal", atom(count)),
        ("a blog: links to follow", blog(count)),
    )
    for name, data in feeds:
        unsanitized = partial(bare, data, sanitize_html=False, resolve_relative_uris=False)
        theirs, quick, mine = best(rounds, partial(bare, data), unsanitized, partial(ours, data))
        print(
            f"  {name:36} {count / theirs:9,.0f} {count / mine:9,.0f} {theirs / mine:8.2f} {quick / mine:12.2f} {0.8:7}"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
