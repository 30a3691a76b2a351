"""Microdata (HTML, section 5), in the form of JSON-LD, so that one mapping of schema.org serves both.

A small reader of our own: extruct gives up a page for one address that is none, follows itemref in circles, and takes a
time that grows with the square of the depth.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import count

import lxml.etree
import lxml.html

from crawlers.readers.faults import Fault
from crawlers.readers.pages.laid_out_text import LaidOutText, TooMuch
from crawlers.readers.pages.marks import places_of
from crawlers.readers.pages.markup_values import Node, add, is_old, link_or_text, renamed
from crawlers.readers.pages.page import Page

__all__ = ["VERSION", "items"]

VERSION = "microdata/2"

_MARKS = re.compile(rb"itemtype\s*=\s*(?:\"[^\"]*|'[^']*|[^\s>]*)(?:event|festival|hackathon|courseinstance)")
# A text of other words than those with which a page leads to a map or to a site.
_SAYS_MORE = re.compile(
    r"(?<!\w)(?!(?:view|see|show|open|get|find|google|map|maps|directions?|to|the|on|in|a|our|this|venue|location|visit"
    r"|website|web|site|homepage|more|info|information|details?|link|here|click|read|learn|karte|stadtplan|plan|route"
    r"|anfahrt|mehr|infos?|carte|voir|ver|mapa|sitio)(?!\w))[^\W\d_]{2,}",
    re.IGNORECASE,
)
_MOST_WORK = 120_000
_COST_OF_AN_ITEM = 5
_COST_OF_A_REFERENCE = 200
_DEEPEST = 30
_SCOPES = lxml.etree.XPath("//@itemscope/..")
_PROPERTIES_INSIDE = lxml.etree.XPath("descendant::*[@itemprop]")
_IDENTIFIED = lxml.etree.XPath("//*[@id]")
_PROPERTIES_WITHIN = lxml.etree.XPath("descendant-or-self::*[@itemprop]")


def items(page: Page) -> Iterator[Node | Fault]:
    """The items of a page that has an event among them: those that are no property of another one."""
    if not any(_MARKS.match(page.lower, at) for at in places_of(b"itemtype", page.lower)) or page.root is None:
        return
    try:
        yield from _Items(page.root).outer()
    except TooMuch:
        yield Fault(None, "microdata: more items in one another than can be read: the rest was left out")


class _Items:
    def __init__(self, root: lxml.html.HtmlElement) -> None:
        self._root = root
        self._texts = LaidOutText(_MOST_WORK)
        # lxml makes an element anew when nobody holds it; as keys they are held.
        self._inside: dict[lxml.html.HtmlElement, lxml.html.HtmlElement | None] = {}
        self._scopes = _SCOPES(root)
        self._own: dict[lxml.html.HtmlElement | None, list[lxml.html.HtmlElement]] = defaultdict(list)
        for scope in self._scopes:
            if self._scope(scope) is None:
                for element in _PROPERTIES_INSIDE(scope):
                    self._own[self._scope(element)].append(element)
        self._numbers = count()
        self._inner: set[lxml.html.HtmlElement] = set()
        self._referred: dict[str, list[lxml.html.HtmlElement]] = {}

    @cached_property
    def _by_id(self) -> dict[str, lxml.html.HtmlElement]:
        return {element.get("id"): element for element in reversed(_IDENTIFIED(self._root))}

    def outer(self) -> Iterator[Node]:
        """The items without itemprop, then those with one that are in no item all the same: pages mean them."""
        for element in self._scopes:
            if element.get("itemprop") is None:
                yield self._item(element, ())
        for element in self._scopes:
            if element.get("itemprop") is not None and element not in self._inner:
                yield self._item(element, ())

    def _item(self, element: lxml.html.HtmlElement, above: tuple[lxml.html.HtmlElement, ...]) -> Node:
        self._texts.spend(_COST_OF_AN_ITEM)
        node: Node = {}
        types = (element.get("itemtype") or "").split()
        old = any(map(is_old, types))
        if types:
            node["@type"] = types
        if identifier := (element.get("itemid") or "").strip():
            node["@id"] = identifier
        above = (*above, element)
        for part in self._properties(element):
            self._texts.spend()
            inner: Node | None = None
            if part.get("itemscope") is not None:
                if part in above or len(above) > _DEEPEST:
                    continue
                self._inner.add(part)
                inner = self._item(part, above)
                self._name_by_its_link(inner, part)
            for number, name in enumerate(dict.fromkeys((part.get("itemprop") or "").split())):
                # A property may be named by its whole address.
                term = name.rpartition("/")[2].rpartition("#")[2] if "//" in name else name
                value = link_or_text(part, term, self._texts) if inner is None else inner
                if inner is not None and number:
                    # Under its further names it is referred to: items within items would double with each of them.
                    value = {"@id": inner.setdefault("@id", f"_:item-{next(self._numbers)}")}
                add(node, renamed(term) if old else term, value)
        return node

    def _name_by_its_link(self, place: Node, element: lxml.html.HtmlElement) -> None:
        """A location without a name is named by the text of its link: `<a itemprop="url" href="...">The Mill</a>`."""
        if element.get("itemprop") != "location" or "name" in place or not isinstance(place.get("url"), str):
            return
        for part in self._own.get(element, ()):
            if part.get("itemprop") == "url" and part.tag == "a":
                text = self._texts.of(part)
                if "://" not in text and _SAYS_MORE.search(text):
                    place["name"] = text
                return

    def _properties(self, element: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
        """The elements that are properties of an item, also by itemref (HTML, section 5.2.5)."""
        found = self._own.get(element, [])
        references = (element.get("itemref") or "").split()
        if not references:
            return found
        more = (part for name in dict.fromkeys(references) for part in self._by_reference(name))
        return list(dict.fromkeys((*found, *more)))

    def _by_reference(self, name: str) -> list[lxml.html.HtmlElement]:
        if name not in self._referred:
            self._texts.spend(_COST_OF_A_REFERENCE)
            target = self._by_id.get(name)
            parts = [] if target is None else _PROPERTIES_WITHIN(target)
            # What stands in an item inside the target is that item's.
            scope = target if target is None or target.get("itemscope") is not None else self._scope(target)
            inside = scope is not target
            self._referred[name] = [part for part in parts if part is target or (inside and self._scope(part) is scope)]
        return self._referred[name]

    def _scope(self, element: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
        """The nearest element above it that is an item. What was passed on the way there is remembered."""
        passed = []
        above = element.getparent()
        while above is not None and above not in self._inside:
            passed.append(above)
            if above.get("itemscope") is not None:
                self._inside[above] = above
            else:
                above = above.getparent()
        scope = None if above is None else self._inside[above]
        self._inside.update(dict.fromkeys(passed, scope))
        return scope
