"""The text of an element as a reader sees it (HTML, 3.2.7: innerText): its blocks and line breaks make lines."""

import re
from collections.abc import Iterator
from typing import Any

import lxml.etree

from crawlers.readers.declared.values import Value

__all__ = ["lines_of", "link_of", "text_of"]

_LONGEST = 50_000
_MOST_LINES = 5000
_UNREAD = ("script", "style")
_SPACE = re.compile(r"\s+")
_BREAKS = {
    *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"),
    *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p", "pre"),
    *("section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}


def text_of(element: Any) -> str:
    """Its lines, at most 50,000 characters; not what scripts, styles and comments hold."""
    return "\n".join(value.text for value in lines_of(element))


def link_of(element: Any) -> str | None:
    """The address that it leads to, or the first link in it; of a picture, where it is."""
    own = element.get("href") or element.get("src")
    return own or next((one.get("href") for one in element.iter("a") if one.get("href")), None)


def lines_of(element: Any) -> Iterator[Value]:
    """The lines of an element that hold text, each with the address of the first link in it."""
    parts: list[str] = []
    url: str | None = None
    length = lines = 0
    for text, href in _pieces(element):
        if text is not None:
            parts.append(text[: _LONGEST + 1 - length])
            length += len(text)
            url = url or href
            if length <= _LONGEST:
                continue
        if line := _SPACE.sub(" ", "".join(parts)).strip():
            yield Value(line, url)
            lines += 1
        parts, url = [], None
        if length > _LONGEST or lines == _MOST_LINES:
            return


def _pieces(element: Any) -> Iterator[tuple[str | None, str | None]]:
    """Its texts with the link that they stand in; None for the end of a line."""
    links: list[str | None] = []
    for event, one in lxml.etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            if one.tag in _BREAKS:
                yield None, None
            links.append(one.get("href") if one.tag == "a" else links[-1] if links else None)
            if one.text and one.tag not in _UNREAD:
                yield one.text, links[-1]
            continue
        if event == "end":
            links.pop()
            if one.tag in _BREAKS:
                yield None, None
        if one.tail and one is not element:
            yield one.tail, links[-1] if links else None
    yield None, None
