"""RSS and Atom, by feedparser: the events that a feed states, and for its other entries the pages to look at.

A day of publication is not the day of an event. An entry is an event only if it says when it happens, by the RSS event
module (purl.org/rss/1.0/modules/event/) or by xCal elements (urn:ietf:params:xml:ns:xcal).
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import feedparser

from crawlers.readers import Context, Reading
from crawlers.readers.fallback_uid import bounded, digest
from crawlers.readers.iso_dates import instant, moment
from crawlers.readers.looks_like import looks_like
from crawlers.readers.pages.page import page_schemes
from crawlers.readers.places import coordinates, from_text
from crawlers.readers.plain_text import line, prose, verbatim
from crawlers.readers.web_address import absolute
from hobnob.errors import ReadError
from hobnob.moments import Moment
from hobnob.observations import Follow, Observation, Person, Place, Skipped

__all__ = ["VERSION", "read"]

VERSION = "feed/1"

MOST_ENTRIES = 10_000
_MOST_KEYWORDS = 50
# feedparser expands the entities that a document declares, and fails on references to characters beyond all others.
_DANGEROUS = re.compile(rb"<!ENTITY[^>]*>|&#(?:\d{8,}|x[0-9a-f]{7,});?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The elements by which one XML namespace speaks of events."""

    start: str
    end: str
    location: str
    organizer: str


_VOCABULARIES = {
    "http://purl.org/rss/1.0/modules/event/": _Vocabulary("startdate", "enddate", "location", "organizer"),
    "urn:ietf:params:xml:ns:xcal": _Vocabulary("dtstart", "dtend", "location", "organizer"),
}


def read(data: bytes, context: Context) -> Iterator[Reading]:
    """An Observation for each entry that states a start, a Follow for each other that has a link; the next page last.

    Raises ReadError when `data` is no feed.
    """
    # feedparser takes file: addresses apart wrongly; what is relative to one is resolved here, not there.
    base = "" if context.url.startswith("file:") else context.url
    headers = {"content-location": base, "content-type": context.content_type or ""}
    try:
        feed = feedparser.parse(io.BytesIO(_DANGEROUS.sub(b"", data)), response_headers=headers, sanitize_html=False)
    except Exception as error:  # its handlers of odd elements and encodings raise whatever they run into
        raise ReadError(f"feedparser fails on it ({type(error).__name__}: {line(str(error), 200)})") from error
    if not feed.get("version"):
        raise ReadError(f"no RSS or Atom feed: it looks like {looks_like(data)}")
    prefixes = _prefixes(feed.namespaces)
    for entry in feed.entries[:MOST_ENTRIES]:
        yield from _entry(entry, prefixes, context)
    if len(feed.entries) > MOST_ENTRIES:
        yield _skipped(f"more than {MOST_ENTRIES} entries: the rest was left out", context)
    for link in feed.feed.get("links", ()):
        if link.get("rel") == "next" and (url := absolute(link.get("href"), context.url)) and url != context.url:
            yield Follow(url=url, as_what="page")


def _prefixes(namespaces: Mapping[str, str]) -> list[tuple[str, _Vocabulary]]:
    """How feedparser names the elements of each vocabulary: "ev_startdate" by the prefix in use, in lower case."""
    return [
        (f"{prefix.lower()}_" if prefix else "", _VOCABULARIES[uri.strip().lower()])
        for prefix, uri in namespaces.items()
        if uri.strip().lower() in _VOCABULARIES
    ]


def _entry(entry: Any, prefixes: list[tuple[str, _Vocabulary]], context: Context) -> Iterator[Reading]:
    for prefix, words in prefixes:
        written = _text(entry, prefix + words.start)
        if not written:
            continue
        start = moment(written, context.time_zone)
        if start is None:
            yield _skipped(f"{line(entry.get('title'), 80)!r}: its start is no time: {line(written, 80)!r}", context)
        else:
            yield _observation(entry, prefix, words, start, context)
        return
    if page := absolute(entry.get("link"), context.url, page_schemes(context)):
        yield Follow(url=page, as_what="html")


def _observation(entry: Any, prefix: str, words: _Vocabulary, start: Moment, context: Context) -> Observation:
    name = line(entry.get("title"))
    ends = _text(entry, prefix + words.end)
    end = moment(ends, context.time_zone)
    place, meeting = from_text(_text(entry, prefix + words.location))
    if point := _point(entry):
        place = replace(place or Place(), latitude=point[0], longitude=point[1])
    organizer = line(_text(entry, prefix + words.organizer))
    link = absolute(entry.get("link"), context.url)
    terms = (line(tag.get("label") or tag.get("term")) for tag in entry.get("tags", ()))
    return Observation(
        source=context.source,
        uid=bounded(verbatim(str(entry.get("id") or ""))) or link or digest(name, start),
        name=name,
        start_date=start,
        end_date=end,
        description=_description(entry),
        url=link,
        location=place,
        virtual_location=meeting,
        organizer=(Person(name=organizer),) if organizer and "@" not in organizer else (),
        keywords=tuple(dict.fromkeys(filter(None, terms)))[:_MOST_KEYWORDS],
        last_modified=instant(str(entry["updated"])) if "updated" in entry else None,
        source_url=context.url,
        fetched_at=context.now,
        reader=VERSION,
        raw={"end_date": line(ends)} if ends and end is None else {},
    )


def _text(entry: Any, key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _description(entry: Any) -> str | None:
    contents = [part.get("value") for part in entry.get("content", ()) if isinstance(part, dict)]
    return prose(next(filter(None, contents), None) or entry.get("summary"))


def _point(entry: Any) -> tuple[float, float] | None:
    """GeoRSS, which feedparser gives as GeoJSON (longitude first), or the W3C's geo:lat and geo:long."""
    where = entry.get("where")
    if isinstance(where, dict) and where.get("type") == "Point" and len(where.get("coordinates", ())) > 1:
        return coordinates(where["coordinates"][1], where["coordinates"][0])
    return coordinates(entry.get("geo_lat"), entry.get("geo_long"))


def _skipped(reason: str, context: Context) -> Skipped:
    return Skipped(reason=reason, source=context.source, source_url=context.url)
