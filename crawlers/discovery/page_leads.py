"""Where a page leads: calendars and feeds that it names, what it embeds, and the site's page of events."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from crawlers.discovery.calendar_links import (
    as_web,
    calendar_in,
    is_calendar_address,
    is_entry_form,
    is_of_one_event,
    shape,
    webcal,
)
from crawlers.discovery.event_words import is_of_events, is_of_the_past, speaks_of_calendars, speaks_of_one_event
from crawlers.discovery.found import Lead, Promise
from crawlers.readers.pages.page import Page
from crawlers.readers.plain_text import line
from crawlers.readers.web_address import absolute, same_site, without_fragment

__all__ = ["Linked", "PageLeads", "leads_of"]

MOST_ELEMENTS = 20_000
MOST_EMBEDDED = 200
MOST_LEADS = 12
"""How many leads of one kind are taken from a page."""

_TEXT = 200
_LIKE_ONE_ANOTHER = 3
_CALENDAR_TYPES = ("text/calendar", "application/calendar+json", "text/x-vcalendar", "application/calendar+xml")
_FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "text/xml",
)
_FEED_ADDRESS = re.compile(
    r"/(?:rss|atom|feed)(?:/|$)|\.(?:rss|atom|rdf)$|[/_-](?:rss|atom|feed)[\w-]*\.xml$|[?&]feed=", re.I
)
_COMMENTS = re.compile(r"/comments/|\bcomments?\b|\bkommentar", re.IGNORECASE)
_NOT_A_PAGE = re.compile(
    r"\.(?:pdf|jpe?g|png|gif|webp|svg|zip|docx?|xlsx?|pptx?|mp[34]|ics|rss|xml|json|css|js)$", re.IGNORECASE
)
_NOT_EVENTS = re.compile(
    r"/(?:wp-admin|wp-json|wp-login|login|signin|cart|tag|author|search|privacy|datenschutz|add|new|submit|create)\b",
    re.IGNORECASE,
)
_ASKS_FOR_EVENTS = re.compile(
    r"^(?:add|submit|create|host|post|suggest|register|my|log in|sign in|save)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Linked:
    """An anchor: where it leads, and its text."""

    url: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLeads:
    """What a page leads to. `embedded` are the addresses of its frames, scripts and objects and the calendars that it
    links to, as recognition wants them; `anchors` its links, each address once."""

    leads: tuple[Lead, ...] = ()
    embedded: tuple[str, ...] = ()
    anchors: tuple[Linked, ...] = ()
    title: str | None = None
    site_title: str | None = None


def leads_of(page: Page, *, depth: int = 0) -> PageLeads:
    """All that the page leads to. From a page that is `depth` pages away from the address asked about, what is further
    away is left alone: frames in frames, the events page of an events page."""
    if page.root is None:
        return PageLeads()
    elements = _Elements(page)
    calendars = list(_calendars(elements))
    leads = [*calendars, *_feeds(elements)]
    if depth < 2:
        leads += islice(_frames(elements), MOST_LEADS)
    if depth == 0:
        leads += _events_pages(elements)
    embedded = dict.fromkeys([*elements.embedded, *(as_web(lead.url)[0] for lead in calendars), *_alternates(elements)])
    return PageLeads(
        leads=tuple(_at_depth(leads, page.context.url, depth)),
        embedded=tuple(embedded),
        anchors=tuple(elements.anchors),
        title=elements.title,
        site_title=elements.site_title,
    )


def _at_depth(leads: list[Lead], url: str, depth: int) -> Iterator[Lead]:
    own = without_fragment(url)
    for lead in leads:
        if without_fragment(lead.url) != own:
            deeper = depth + (lead.promise in (Promise.EMBEDDED, Promise.EVENTS_PAGE))
            yield Lead(url=lead.url, why=lead.why, promise=lead.promise, title=lead.title, page=own, depth=deeper)


class _Elements:
    """The parts of a page that can lead anywhere, gathered in one pass; a bounded number of each."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.anchors: list[Linked] = []
        self.links: list[tuple[str, str, str, str]] = []
        self.frames: list[tuple[str, str]] = []
        self.embedded: list[str] = []
        self.title: str | None = None
        self.site_title: str | None = None
        seen: set[str] = set()
        wanted = ("a", "area", "link", "iframe", "frame", "embed", "object", "script", "title", "meta")
        for element in islice(page.root.iter(*wanted) if page.root is not None else (), MOST_ELEMENTS):
            self._take(element, seen)

    def _take(self, element: Any, seen: set[str]) -> None:
        match element.tag:
            case "a" | "area":
                url = self._address(element.get("href"))
                if url and url not in seen:
                    seen.add(url)
                    self.anchors.append(Linked(url, _text(element)))
            case "link":
                rel, kind = element.get("rel", "")[:_TEXT].lower(), element.get("type", "")[:_TEXT].lower()
                if "alternate" in rel.split() and (url := self._address(element.get("href"))):
                    self.links.append((url, kind.partition(";")[0].strip(), line(element.get("title"), _TEXT), rel))
            case "iframe" | "frame" | "embed" | "object":
                source = element.get("src") or element.get("data-src") or element.get("data-lazy-src")
                if url := self._address(source or element.get("data")):
                    self.frames.append((url, line(element.get("title"), _TEXT)))
                    self._embed(url)
            case "script":
                if url := self._address(element.get("src")):
                    self._embed(url)
            case "title":
                # An SVG picture has titles, too: the first is the page's.
                self.title = self.title or line(element.text, _TEXT) or None
            case "meta" if element.get("property") == "og:site_name":
                self.site_title = line(element.get("content"), _TEXT) or None

    def _embed(self, url: str) -> None:
        if len(self.embedded) < MOST_EMBEDDED and url not in self.embedded:
            self.embedded.append(url)

    def _address(self, value: Any) -> str | None:
        if not isinstance(value, str) or len(value) > 5000:
            return None
        return webcal(value) or absolute(value, self.page.base)


def _text(element: Any) -> str:
    """The text of a link, or what is told to those who cannot see it."""
    said = "".join(islice(element.itertext(), 20))[:1000]
    return line(said or element.get("aria-label") or element.get("title") or _alternative(element), _TEXT)


def _alternative(element: Any) -> str:
    pictures = islice(element.iter("img"), 3)
    return " ".join(filter(None, (picture.get("alt") for picture in pictures)))[:_TEXT]


def _alternates(elements: _Elements) -> Iterator[str]:
    return (url for url, _, _, _ in elements.links[:MOST_EMBEDDED])


def _calendars(elements: _Elements) -> Iterator[Lead]:
    """Calendars that the page names: alternates first, then visible links; those of single events last."""
    found: list[Lead] = []
    for url, kind, title, _ in elements.links:
        if kind in _CALENDAR_TYPES or (is_calendar_address(url) and kind not in _FEED_TYPES):
            found.append(_calendar(url, "the page names it as its calendar (rel=alternate)", title))
    for anchor in elements.anchors:
        inner = calendar_in(anchor.url)
        if is_entry_form(anchor.url):
            continue
        if inner or is_calendar_address(anchor.url) or speaks_of_calendars(anchor.text):
            one = speaks_of_one_event(anchor.text) or is_of_one_event(inner or anchor.url)
            why = f"the page links to it{f' ({anchor.text[:60]!r})' if anchor.text else ''}"
            found.append(_calendar(inner or anchor.url, why, anchor.text, one=one))
    found = list({lead.url: lead for lead in reversed(found)}.values())[::-1]
    alike = Counter(shape(lead.url) for lead in found)
    whole: list[Lead] = []
    single: list[Lead] = []
    for lead in found:
        one = lead.promise is Promise.ONE_EVENT or alike[shape(lead.url)] >= _LIKE_ONE_ANOTHER
        (single if one else whole).append(lead)
    yield from whole[:MOST_LEADS]
    for lead in single[:_LIKE_ONE_ANOTHER]:
        yield Lead(url=lead.url, why=lead.why, promise=Promise.ONE_EVENT)


def _calendar(url: str, why: str, title: str, *, one: bool = False) -> Lead:
    return Lead(url=url, why=why, promise=Promise.ONE_EVENT if one else Promise.CALENDAR, title=title or None)


def _feeds(elements: _Elements) -> Iterator[Lead]:
    """The feeds that a page names; those that speak of events first, those of comments not at all."""
    found = {
        url: title
        for url, kind, title, _ in elements.links
        if kind in _FEED_TYPES and not is_calendar_address(url) and not _COMMENTS.search(f"{url} {title}")
    }
    for anchor in elements.anchors:
        url = anchor.url
        if _FEED_ADDRESS.search(url) and same_site(url, elements.page.context.url) and not _COMMENTS.search(url):
            found.setdefault(url, anchor.text)
    ordered = sorted(found.items(), key=lambda one: not is_of_events(f"{urlsplit(one[0]).path} {one[1]}"))
    for url, title in ordered[: MOST_LEADS // 3]:
        yield Lead(url=url, why="the page names it as its feed", promise=Promise.FEED, title=title or None)


def _frames(elements: _Elements) -> Iterator[Lead]:
    """The frames that look like calendars; which platforms they are of is for recognition."""
    for url, title in elements.frames:
        parts = urlsplit(url)
        if is_of_events(f"{parts.netloc} {parts.path} {title}") and not _NOT_A_PAGE.search(parts.path):
            yield Lead(url=url, why="the page embeds it", promise=Promise.EMBEDDED, title=title or None)


def _events_pages(elements: _Elements) -> list[Lead]:
    """The pages that the site calls its events, the plainest first."""
    found: list[tuple[tuple[int, int, int], Lead]] = []
    own = elements.page.context.url
    for anchor in elements.anchors:
        parts = urlsplit(anchor.url)
        if not _is_of_site(anchor.url, own) or _NOT_A_PAGE.search(parts.path) or _NOT_EVENTS.search(parts.path):
            continue
        segments = [one for one in parts.path.split("/") if one]
        by_text = len(anchor.text) <= 40 and is_of_events(anchor.text)
        by_path = bool(segments) and is_of_events(segments[-1].rpartition(".")[0] or segments[-1])
        if not (by_text or by_path) or is_of_the_past(f"{parts.path} {anchor.text}"):
            continue
        if _ASKS_FOR_EVENTS.search(anchor.text) or speaks_of_one_event(anchor.text):
            continue
        order = (-(by_text + by_path), len(segments) + bool(parts.query), len(anchor.url))
        why = f"the site's page of events{f' ({anchor.text[:40]!r})' if anchor.text else ''}"
        lead = Lead(url=without_fragment(anchor.url), why=why, promise=Promise.EVENTS_PAGE, title=anchor.text or None)
        found.append((order, lead))
    found.sort(key=lambda one: one[0])
    return list({lead.url: lead for _, lead in found if lead.url != without_fragment(own)}.values())[:4]


def _is_of_site(url: str, own: str) -> bool:
    """The same host, or one beside it: events.example.edu for www.example.edu."""
    if same_site(url, own):
        return True
    hosts = [(urlsplit(one).hostname or "").removeprefix("www.") for one in (url, own)]
    return hosts[1].count(".") >= 1 and hosts[0].endswith(f".{hosts[1]}")
