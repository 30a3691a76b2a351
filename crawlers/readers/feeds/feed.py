"""RSS 0.9 to 2.0, RSS 1.0, Atom 0.3 and 1.0 (RFC 4287) and JSON Feed 1.1: the events that a feed states, and for its
other entries the pages to look at.

A day of publication is not the day of an event. An entry is an event if it says when it happens: in an element for that
(see `stated`), in its HTML (see `embedded`), or where its source declares (see `declared`). With declared fields, lists
of other XML are read as well.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import Any

from crawlers.readers import About, Context, Reading
from crawlers.readers.faults import Fault, skipped
from crawlers.readers.feeds import declared, json_feed
from crawlers.readers.feeds.document import MOST_BYTES, MOST_ENTRIES, open_document
from crawlers.readers.feeds.embedded import Embedded
from crawlers.readers.feeds.entry import Entry, content_of
from crawlers.readers.feeds.names import name_of
from crawlers.readers.feeds.observation import VERSION, observation
from crawlers.readers.feeds.stated import Unreadable, stated
from crawlers.readers.looks_like import looks_like
from crawlers.readers.plain_text import line
from crawlers.readers.told_apart import told_apart
from crawlers.readers.web_address import absolute, schemes_from
from crawlers.readers.xml_text import decoded
from hobnob.errors import ReadError
from hobnob.observations import Follow, Observation

__all__ = ["VERSION", "read"]

_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_LONGEST_REFRESH = dt.timedelta(days=30)


def read(data: bytes, context: Context) -> Iterator[Reading]:
    """What the feed says of itself; an Observation for each entry that states a time, a Follow for each other that has
    a link, what could not be read; the next page last.

    Raises ReadError when `data` is no feed.
    """
    if data[:1000].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"{"):
        yield from _json(data, context)
        return
    any_name = declared.dates_are(context)
    document = open_document(data, context.content_type, context.url, of_any_name=any_name)
    if document is None:
        raise ReadError(f"no RSS or Atom feed: it looks like {looks_like(data)}")
    around = _around(document.around)
    title = next(
        filter(None, (line(content_of(one)) for name in ("title", "dc:title") for one in around.get(name, ()))), ""
    )
    if title or _refresh(around):
        yield About(title=title or None, refresh=_refresh(around))
    entries = (
        found if isinstance(found, Fault) else Entry(found[1], found[0], document.base) for found in document.entries()
    )
    yield from told_apart(_readings(entries, context), _time_and_page)
    if document.more:
        yield skipped(f"{document.more}: the rest was left out", context)
    for link in around.get("link", ()):
        if link.get("rel") == "next" and (url := absolute(link.get("href"), document.base)) and url != context.url:
            yield Follow(url=url, as_what="page")


def _around(root: Any) -> dict[str, list[Any]]:
    """The elements of the channel by name."""
    found: dict[str, list[Any]] = {}
    for parent in (root, *root.iterchildren("{*}channel")):
        for child in parent:
            if isinstance(child.tag, str):
                found.setdefault(name_of(child.tag, child.prefix), []).append(child)
    return found


def _refresh(around: dict[str, list[Any]]) -> dt.timedelta | None:
    """How long to leave the feed alone: RSS 2.0's ttl (minutes), else the syndication module's period."""

    def text(name: str) -> str:
        return line(content_of(around[name][0])) if name in around else ""

    minutes = float(text("ttl")) if text("ttl").isdecimal() and len(text("ttl")) < 10 else 0.0
    if not minutes and (period := _PERIODS.get(text("sy:updateperiod").lower())):
        often = text("sy:updatefrequency")
        minutes = period / max(1, int(often) if often.isdecimal() and len(often) < 6 else 1)
    return min(dt.timedelta(minutes=minutes), _LONGEST_REFRESH) if minutes else None


def _json(data: bytes, context: Context) -> Iterator[Reading]:
    feed = json_feed.open_json_feed(decoded(data[:MOST_BYTES], context.content_type))
    if feed is None:
        raise ReadError(f"no JSON Feed: it looks like {looks_like(data)}")
    if title := line(feed.get("title")):
        yield About(title=title)
    entries = (
        Fault(None, "an item that is no object") if item is None else Entry(item, None, context.url)
        for item in islice(json_feed.items(feed), MOST_ENTRIES)
    )
    yield from told_apart(_readings(entries, context), _time_and_page)
    if len(feed["items"]) > MOST_ENTRIES:
        yield skipped(f"more than {MOST_ENTRIES} entries: the rest was left out", context)
    if (url := absolute(feed.get("next_url"), context.url)) and url != context.url:
        yield Follow(url=url, as_what="page")


def _readings(entries: Iterator[Entry | Fault], context: Context) -> Iterator[Reading]:
    embedded = Embedded(context)
    for entry in entries:
        if isinstance(entry, Fault):
            yield skipped(entry.reason, context, entry.line)
            continue
        try:
            yield from _entry(entry, embedded, context)
        except Exception as error:  # one entry that nobody thought of must not cost the others
            yield skipped(f"{entry.name[:80]!r}: {type(error).__name__}: {error}", context, entry.line)
    if embedded.cut:
        yield skipped("too much HTML in the entries: the rest of it was not searched for events", context)


def _entry(entry: Entry, embedded: Embedded, context: Context) -> Iterator[Reading]:
    if declared.dates_are(context) and (found := list(declared.events(entry, context))):
        yield from found
        return
    try:
        when = stated(entry, context)
    except Unreadable as error:
        yield skipped(f"{entry.name[:80]!r}: its start is no time: {str(error)[:80]!r}", context, entry.line)
        return
    if when:
        event = observation(entry, when, context)
        yield event if event.name else skipped(f"no name of the event at {when.start}", context, entry.line)
    elif found := list(embedded.events(entry)):
        yield from found
    elif page := entry.link(schemes_from(context.url)):
        yield Follow(url=page, as_what="html")
    elif entry.named:
        yield skipped(f"{entry.name[:80]!r}: it states no date and has no link to follow", context, entry.line)


def _time_and_page(event: Observation) -> tuple[object, ...]:
    return event.start_date, event.url or event.name
