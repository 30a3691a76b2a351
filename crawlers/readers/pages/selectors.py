"""Events of a page without structured data, by declared selectors (their syntax: see selector_syntax).

An empty selector is the entry itself. Of an element its text is taken, and the address of the first link in it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import lxml.etree

from crawlers.readers.declared.rows import observations
from crawlers.readers.declared.values import Entry, Value
from crawlers.readers.faults import skipped
from crawlers.readers.pages.element_text import lines_of, link_of, text_of
from crawlers.readers.pages.page import Page
from crawlers.readers.pages.selector_syntax import Selector, compiled
from hobnob.observations import Observation, Skipped
from hobnob.sources import Pick

__all__ = ["MOST_ENTRIES", "VERSION", "selected"]

VERSION = "selectors/1"

MOST_ENTRIES = 2000
"""So many entries of one page are read."""

_MOST_VALUES = 200
_TIMES_OVER = 3
_LOOKS_OUT_COST = 50
_LONGEST = 50_000


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
        yield skipped(reason, page.context)


class _Reading:
    """Finds in the nodes of a page, and once in the whole page."""

    def __init__(self, page: Page, fields: Mapping[str, Pick]) -> None:
        places = {pick.at: compiled(pick.at) for name, pick in fields.items() if pick.at and name != "entries"}
        self._page = page
        self._shared = frozenset(at for at, selector in places.items() if selector.whole_page)
        self._looks_out = any(selector.looks_out for selector in places.values())
        self._known: dict[str, list[Value]] = {}

    def entries(self, at: str | None) -> Iterator[Entry | Skipped]:
        """The selected nodes, as long as they hold no more than a few times the page (one may lie in another)."""
        root = self._page.root
        if root is None:
            return
        if not at:
            yield Entry(self._finder(root, {}), _line(root))
            return
        selector = compiled(at)
        size = sum(1 for _ in root.iter())
        looks_out = size // _LOOKS_OUT_COST if self._looks_out else 0
        left = _TIMES_OVER * size + 50 * MOST_ENTRIES
        for node in _evaluated(selector, root):
            left -= looks_out + (sum(1 for _ in node.iter()) if isinstance(node, lxml.etree._Element) else 1)
            if left < 0:
                reason = "entries inside one another, or too many for selectors that look around: the rest was left out"
                yield skipped(reason, self._page.context, _line(node))
                return
            known: dict[str, list[Value]] = {}
            for part in _parts(node) if selector.lines else (node,):
                yield Entry(self._finder(part, known), _line(part), self._shared)

    def _finder(self, node: Any, known: dict[str, list[Value]]) -> Callable[[str], list[Value]]:
        """What finds in `node`; `known` is what was found in its element, which all of its lines share."""

        def find(at: str) -> list[Value]:
            if not at:
                return [_value(node)]
            selector = compiled(at)
            found = self._known if selector.whole_page else known
            if at not in found:
                found[at] = _values(selector, self._page.root if selector.whole_page else _start(node))
            return found[at]

        return find


@dataclass(frozen=True, slots=True)
class _Part:
    """A line of an element; selectors start from the element."""

    value: Value
    element: Any


def _start(node: Any) -> Any:
    """Where selectors start from: a text, line or attribute has an element that it is of."""
    if isinstance(node, _Part):
        return node.element
    return node if isinstance(node, lxml.etree._Element) else getattr(node, "getparent", lambda: None)()


def _evaluated(selector: Selector, start: Any) -> list[Any]:
    """The elements and texts that a selector finds."""
    if start is None:
        return []
    try:
        found = selector.find(start)
    except lxml.etree.XPathError:
        return []
    nodes = found if isinstance(found, list) else [found]
    return [node for node in nodes if isinstance(node, (lxml.etree._Element, str))]


def _parts(node: Any) -> Iterator[_Part]:
    if isinstance(node, lxml.etree._Element):
        yield from (_Part(value, node) for value in lines_of(node))


def _values(selector: Selector, start: Any) -> list[Value]:
    nodes = _evaluated(selector, start)[:_MOST_VALUES]
    if not selector.lines:
        return [_value(one) for one in nodes]
    return list(islice((part.value for node in nodes for part in _parts(node)), _MOST_VALUES))


def _value(node: Any) -> Value:
    if isinstance(node, _Part):
        return node.value
    if not isinstance(node, lxml.etree._Element):
        return Value(str(node)[:_LONGEST])
    return Value(text_of(node), link_of(node))


def _line(node: Any) -> int | None:
    start = _start(node)
    number = start.sourceline if start is not None else None
    return int(number) if number else None
