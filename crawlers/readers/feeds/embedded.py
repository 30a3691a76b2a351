"""Events that the HTML inside an entry states: JSON-LD, microdata, h-event and hCalendar, read as on any page."""

import re
from collections.abc import Iterator
from dataclasses import replace

from crawlers.readers import Context
from crawlers.readers.feeds.entry import Entry
from crawlers.readers.feeds.observation import identity
from crawlers.readers.pages import html
from hobnob.errors import ReadError
from hobnob.observations import Observation

__all__ = ["Embedded"]

_MOST_MARKUP = 5_000_000
_MARKS = re.compile(r"ld\+json|itemscope|\bvevent\b|\bh-event\b", re.IGNORECASE)


class Embedded:
    """Reads entries of one feed, until that has become too much markup; `cut` says that it has."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._left = _MOST_MARKUP
        self.cut = False

    def events(self, entry: Entry) -> Iterator[Observation]:
        """The events in its fullest text; each has the entry's link and, if it is the only one, its identifier."""
        markup = entry.description
        if not markup or not _MARKS.search(markup):
            return
        self._left -= len(markup)
        if self._left < 0:
            self.cut = True
            return
        link = entry.link()
        page = replace(self._context, url=link or self._context.url, content_type="text/html; charset=utf-8", fields={})
        try:
            readings = list(html.read(f"<!DOCTYPE html><body>{markup}</body>".encode("utf-8", "replace"), page))
        except ReadError:
            return
        events = [one for one in readings if isinstance(one, Observation)]
        for event in events:
            uid = identity(entry) if len(events) == 1 else ""
            yield replace(event, uid=uid or event.uid, url=event.url or link, source_url=self._context.url)
