"""Which links of a page lead to the pages of single events, and what these have in common."""

import re
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from crawlers.discovery.event_words import is_of_events, is_of_the_past
from crawlers.discovery.found import Lead, Promise
from crawlers.discovery.page_leads import Linked
from crawlers.readers.web_address import same_site, without_fragment

__all__ = ["SAMPLED", "event_pages"]

SAMPLED = 3
"""How many pages of events are looked at, to see whether they say when they are."""

_LEAST = 2
_MOST_PAGES = 300
_NO_PAGE = re.compile(
    r"\.(?:pdf|jpe?g|png|gif|webp|svg|zip|docx?|xlsx?|mp[34]|ics|rss|xml|json|css|js)$", re.IGNORECASE
)
_LISTS = re.compile(
    r"(?:^|[/-])(?:categor(?:y|ies|ia|ie)|tags?|kategorie|author|page|seite|month|week|day|today|list|map|photo|archive|"
    r"search|login|feed|20\d\d|20\d\d-\d\d(?:-\d\d)?)$",
    re.IGNORECASE,
)


def event_pages(anchors: Iterable[Linked], page: str) -> list[Lead]:
    """Leads to what look like pages of single events: links of the page's site that share a folder, or a parameter,
    that speaks of events. At most two leads, the likeliest first; each with its pages and the pattern they share."""
    groups: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    own = without_fragment(page)
    for anchor in anchors:
        url = without_fragment(anchor.url)
        if same_site(url, page) and url != own and (key := _group(url)):
            groups[key][url] = None
    likely = [(key, [*urls]) for key, urls in groups.items() if len(urls) >= _LEAST and _speaks_of_events(key, own)]
    likely.sort(key=lambda one: -len(one[1]))
    return [
        Lead(
            url=urls[0],
            why=f"{len(urls)} links of the page look like events of their own",
            promise=Promise.EVENT_PAGES,
            page=own,
            pages=tuple(urls[:_MOST_PAGES]),
            follow=_pattern(key, urls[0]),
        )
        for key, urls in likely[:2]
    ]


def _group(url: str) -> tuple[str, str] | None:
    """The folder, its numbers left out, and the name of the parameter that tells pages apart, if one does."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if parts.scheme not in ("http", "https") or _NO_PAGE.search(path):
        return None
    query = [(name, value) for name, value in parse_qsl(parts.query) if not name.lower().startswith("utm_")]
    if query:
        name = next(
            (name for name, value in query if re.fullmatch(r"(?:\w*id|event|e|p|slug)", name, re.I) and value), None
        )
        return (_unnumbered(path), name) if name and len(query) == 1 else None
    folder, _, last = path.rpartition("/")
    if not last or is_of_the_past(last) or _LISTS.search(last):
        return None
    return _unnumbered(folder), ""


def _unnumbered(path: str) -> str:
    return re.sub(r"(?<=/)\d+(?=/|$)", "#", path)


def _speaks_of_events(key: tuple[str, str], page: str) -> bool:
    folder, parameter = key
    segments = [one for one in folder.split("/") if one and one != "#"]
    if any(is_of_events(segment) for segment in segments) or "event" in parameter.lower():
        return True
    own = urlsplit(page).path.rstrip("/")
    return bool(own) and is_of_events(own.rpartition("/")[2]) and folder.startswith(own)


def _pattern(key: tuple[str, str], example: str) -> str:
    folder, parameter = key
    host = re.escape((urlsplit(example).netloc).removeprefix("www."))
    path = r"\d+".join(re.escape(part) for part in folder.split("#"))
    last = rf"/?\?{re.escape(parameter)}=[^&#]+" if parameter else r"/[^/?#]+/?"
    return rf"^https?://(?:www\.)?{host}{path}{last}$"
