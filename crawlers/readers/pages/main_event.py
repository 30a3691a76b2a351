"""The one event that a page is about, where it tells others as well (related ones, upcoming ones, parts of it)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from crawlers.readers.pages.page import Page
from crawlers.readers.pages.same_event import folded
from crawlers.readers.plain_text import line
from crawlers.readers.web_address import web, without_fragment
from hobnob.observations import Observation

__all__ = ["main_event", "with_page_address"]

_HEADINGS = (
    re.compile(r"<h1\b[^>]*>(.{1,1000}?)</h1", re.IGNORECASE | re.DOTALL),
    re.compile(r"<title\b[^>]*>(.{1,1000}?)</title", re.IGNORECASE | re.DOTALL),
)
_SHORTEST_NAME = 4


def main_event(events: Sequence[Observation], page: Page) -> int | None:
    """Its number; None where the page is about none of them, or about several.

    It is the only event; or the only one that states the page's own address; or the only one whose name the heading or
    the title of the page states.
    """
    if len(events) == 1:
        return 0
    own = without_fragment(page.context.url)
    at_home = [number for number, one in enumerate(events) if one.url and without_fragment(one.url) == own]
    if len(at_home) == 1:
        return at_home[0]
    names = [(number, folded(one.name)) for number, one in enumerate(events)]
    for heading in _HEADINGS:
        texts = [folded(line(found[1])) for found in heading.finditer(page.text, 0, 1_000_000)][:20]
        told = [number for number, name in names if len(name) >= _SHORTEST_NAME and any(name in text for text in texts)]
        if len(told) == 1:
            return told[0]
    return None


def with_page_address(events: Sequence[Observation], main: int | None, page: Page) -> list[Observation]:
    """The main event has the page's address if it states none; others that state it, though it is not theirs, lose it.

    A part of the main event may be told on its page.
    """
    if main is None:
        return list(events)
    own = without_fragment(page.context.url)
    found = []
    for number, one in enumerate(events):
        if number == main:
            found.append(one if one.url else replace(one, url=web(page.context.url)))
        elif one.url == own and one.super_event is None:
            found.append(replace(one, url=None))
        else:
            found.append(one)
    return found
