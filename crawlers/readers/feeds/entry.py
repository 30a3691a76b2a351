"""One entry of a feed: RSS 0.9x to 2.0 `item`, RSS 1.0 `item`, Atom 0.3 and 1.0 `entry` (RFC 4287, section 4.1.2)."""

import re
from collections.abc import Iterator
from typing import Any

import lxml.etree

from crawlers.readers.feeds.names import bare, name_of
from crawlers.readers.plain_text import LONG, line
from crawlers.readers.web_address import absolute

__all__ = ["Entry", "content_of", "inner"]

_MOST_MARKUP = 10 * LONG
# What an event's elements are wrapped into: xCal (RFC 6321), and what producers made up.
_WRAPPERS = {"vevent", "event", "eventinfo", "eventdetails", "properties", "components", "group"}
_WINDOWS = {code: bytes((code,)).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_PREFIX = re.compile(r"(</?)[\w.-]+:(?=\w)")
_NOT_TO_THE_PAGE = {
    "self",
    "edit",
    "edit-media",
    "enclosure",
    "next",
    "previous",
    "first",
    "last",
    "replies",
    "hub",
    "license",
    "icon",
    "shorturl",
    "related",
    "via",
    "service",
    "http://schemas.google.com/g/2005#feed",
}
_DESCRIPTIONS = ("content:encoded", "content", "fullitem", "body", "description", "summary", "xcal:description")
_MORE_DESCRIPTIONS = ("dc:description", "media:description", "itunes:summary")


class Entry:
    """The elements of an entry by name (see `names`), those in a wrapper with them. `line` counts from 1."""

    __slots__ = ("base", "line", "named")

    def __init__(self, element: Any, line: int | None, base: str) -> None:
        self.line = line
        self.base = base
        self.named: dict[str, list[Any]] = {}
        for key, value in element.attrib.items():
            name = name_of(key, None)
            self.named[name if name == "rdf:about" else f"@{name}"] = [_leaf(value)]
        self._add(element, 3)

    def _add(self, element: Any, levels: int) -> None:
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):
                continue
            name = name_of(tag, child.prefix)
            self.named.setdefault(name, []).append(child)
            if levels and bare(name) in _WRAPPERS and len(child):
                self._add(child, levels - 1)

    def all(self, *names: str) -> Iterator[Any]:
        """Its elements of these names, those of the first name first."""
        for name in names:
            yield from self.named.get(name, ())

    def text(self, *names: str) -> str:
        """What the first of `names` that says something says, on one line; "" if none does."""
        return next(filter(None, (line(content_of(one)) for one in self.all(*names))), "")

    def attribute(self, name: str, key: str) -> str:
        """The first attribute `key` of its elements called `name`, on one line; "" if none has it."""
        return next(filter(None, (line(one.get(key)) for one in self.all(name))), "")

    @property
    def description(self) -> str | None:
        """The fullest text that it carries, as markup."""
        return next(filter(None, map(inner, self.all(*_DESCRIPTIONS, *_MORE_DESCRIPTIONS))), None)

    @property
    def name(self) -> str:
        """Its title; "" without one."""
        return self.text("title", "dc:title", "media:title", "schema:name", "xcal:summary")

    def link(self, schemas: tuple[str, ...] = ("http", "https")) -> str | None:
        """The page about the entry: its link, else what its identifier says to be one."""
        for written, base in self._links():
            if url := absolute(written, base, schemas):
                return url
        return None

    def _links(self) -> Iterator[tuple[str, str]]:
        yield from ((content_of(one), self.base) for one in self.all("feedburner:origlink"))
        atom = [one for one in self.all("link") if one.get("href") and one.get("rel") not in _NOT_TO_THE_PAGE]
        pages = [one for one in atom if (one.get("type") or "text/html").startswith(("text/html", "application/xhtml"))]
        yield from ((one.get("href"), one.base or self.base) for one in (*pages, *atom))
        yield from ((content_of(one), one.base or self.base) for one in self.all("link") if not one.get("href"))
        for one in self.all("guid"):
            if (one.get("isPermaLink") or one.get("ispermalink") or "true").lower() != "false":
                yield from ((text, self.base) for text in (content_of(one),) if text.startswith(("http:", "https:")))
        yield from ((content_of(one), self.base) for one in self.all("xcal:url", "url", "schema:url", "link"))
        yield from ((text, "") for text in map(content_of, self.all("rdf:about", "id")))


def content_of(element: Any) -> str:
    """All text in an element, at most as much as a description may have."""
    text = "".join(element.itertext()) if len(element) else element.text or ""
    return _without_c1(text[:_MOST_MARKUP].strip())


def inner(element: Any) -> str:
    """What is in an element as markup: escaped HTML as it was meant, elements of XHTML as such.

    Atom's `src` and `mode="base64"` hold no text.
    """
    if element.get("mode") == "base64":
        return ""
    if not len(element):
        return content_of(element)
    parts = [element.text or ""]
    parts += [lxml.etree.tostring(child, encoding="unicode", method="html") for child in element]
    return _without_c1(_PREFIX.sub(r"\1", "".join(parts)[:_MOST_MARKUP]).strip())


def _without_c1(text: str) -> str:
    """Controls that were meant as characters of Windows-1252: "&#146;" is an apostrophe (HTML, section 13.2.5.80)."""
    return text if text.isascii() else text.translate(_WINDOWS)


def _leaf(text: str) -> Any:
    element = lxml.etree.Element("about")
    element.text = text
    return element
