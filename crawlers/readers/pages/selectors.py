"""Events of a page without structured data, by declared selectors (their syntax: see selector_syntax).

An empty selector is the entry itself. Of an element its text is taken, and the address of the first link in it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import lxml.etree

from crawlers.readers.lists.rows import observations
from crawlers.readers.lists.values import Entry, Value
from crawlers.readers.pages.page import Page
from crawlers.readers.pages.selector_syntax import Selector, compiled
from hobnob.observations import Observation, Skipped
from hobnob.sources import Pick

__all__ = ["MOST_ENTRIES", "VERSION", "selected"]

VERSION = "selectors/1"

MOST_ENTRIES = 2000
"""So many entries of one page are read."""

_MOST_WORK = 5_000_000
_MOST_VALUES = 200
_LONGEST = 50_000
_UNREAD = ("script", "style")
_SPACE = re.compile(r"\s+")
_BREAKS = {
    *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"),
    *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p", "pre"),
    *("section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}


def selected(page: Page, fields: Mapping[str, Pick]) -> Iterator[Observation | Skipped]:
    """The events that the selectors of `fields` find, each entry that cannot be read as Skipped.

    Without `entries` the whole page is one entry. That nothing is selected is said in a Skipped.
    """
    entries = fields["entries"].at if "entries" in fields else None
    found = observations(
        _Reading(page, fields).entries(entries),
        fields,
        page.context,
        version=VERSION,
        base=page.base,
        most=MOST_ENTRIES,
    )
    nothing = True
    for one in found:
        nothing = False
        yield one
    if nothing:
        reason = f"no entry is selected by {entries!r}" if entries else "nothing is selected by the declared fields"
        yield _skipped(page, reason, None)


class _Reading:
    """Finds in the nodes of a page, and once in the whole page."""

    def __init__(self, page: Page, fields: Mapping[str, Pick]) -> None:
        places = {pick.at: compiled(pick.at) for name, pick in fields.items() if pick.at and name != "entries"}
        self._page = page
        self._shared = frozenset(at for at, selector in places.items() if selector.whole_page)
        self._looks_out = any(selector.looks_out for selector in places.values())
        self._known: dict[str, list[Value]] = {}

    def entries(self, at: str | None) -> Iterator[Entry | Skipped]:
        """The selected nodes, as long as reading them stays within bounds: they may lie inside one another."""
        root = self._page.root
        if root is None:
            return
        if not at:
            yield Entry(self._finder(root), _line(root))
            return
        whole = sum(1 for _ in root.iter()) if self._looks_out else 0
        work = 0
        for node in _evaluated(compiled(at), root):
            work += whole + (sum(1 for _ in node.iter()) if isinstance(node, lxml.etree._Element) else 1)
            if work > _MOST_WORK:
                yield _skipped(
                    self._page, "so many or so large entries are selected: the rest was left out", _line(node)
                )
                return
            yield Entry(self._finder(node), _line(node), self._shared)

    def _finder(self, node: Any) -> Callable[[str], list[Value]]:
        def find(at: str) -> list[Value]:
            if not at:
                return [_value(node)]
            selector = compiled(at)
            if not selector.whole_page:
                return _values(selector, _start(node))
            if at not in self._known:
                self._known[at] = _values(selector, self._page.root)
            return self._known[at]

        return find


def _start(node: Any) -> Any:
    """Where selectors start from: a text or attribute that was selected has an element that it is of."""
    return node if isinstance(node, lxml.etree._Element) else getattr(node, "getparent", lambda: None)()


def _evaluated(selector: Selector, start: Any) -> list[Any]:
    if start is None:
        return []
    try:
        found = selector.find(start)
    except lxml.etree.XPathError:
        return []
    return found if isinstance(found, list) else [str(found)] if isinstance(found, str) else []


def _values(selector: Selector, start: Any) -> list[Value]:
    return [_value(one) for one in _evaluated(selector, start)[:_MOST_VALUES]]


def _value(node: Any) -> Value:
    if not isinstance(node, lxml.etree._Element):
        return Value(str(node)[:_LONGEST])
    link = node.get("href") or next((one.get("href") for one in node.iter("a") if one.get("href")), None)
    return Value(_text(node), link or node.get("src"))


def _text(node: Any) -> str:
    """The text of an element as its blocks break it into lines (HTML, 3.2.7 innerText), without scripts and styles."""
    parts: list[str] = []
    length = 0
    for event, one in lxml.etree.iterwalk(node, events=("start", "end", "comment", "pi")):
        if event == "start":
            if one.tag in _BREAKS:
                parts.append("\n")
            text = None if one.tag in _UNREAD else one.text
        else:
            if event == "end" and one.tag in _BREAKS:
                parts.append("\n")
            text = one.tail if one is not node else None
        if text:
            parts.append(_SPACE.sub(" ", text))
            length += len(text)
            if length > _LONGEST:
                break
    return "".join(parts).strip()


def _line(node: Any) -> int | None:
    start = _start(node)
    number = start.sourceline if start is not None else None
    return int(number) if number else None


def _skipped(page: Page, reason: str, line: int | None) -> Skipped:
    return Skipped(reason=reason, line=line, source=page.context.source, source_url=page.context.url)
