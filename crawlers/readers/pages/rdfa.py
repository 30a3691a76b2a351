"""RDFa Lite 1.1, with `about`, `rel`, `content` and `datetime` of RDFa Core 1.1 (section 7.5), in the form of JSON-LD.

A small reader of our own: extruct's takes twenty times longer than all else on a page, and does not know `datetime`.
What is kept is schema.org's, data-vocabulary.org's and RDF Calendar's; terms without a vocabulary inside an item of
schema.org are taken for schema.org's.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin

import lxml.etree
import lxml.html

from crawlers.readers.faults import Fault
from crawlers.readers.pages.laid_out_text import LaidOutText, TooMuch
from crawlers.readers.pages.marks import places_of
from crawlers.readers.pages.markup_values import Node, add, is_old, link_or_text, renamed
from crawlers.readers.pages.page import Page

__all__ = ["VERSION", "items"]

VERSION = "rdfa/1"

_MARKS = re.compile(rb"typeof\s*=\s*(?:\"[^\"]*|'[^']*|[^\s>]*)(?:event|festival|hackathon|courseinstance)")
_MOST_WORK = 200_000
_MARKED = "@typeof or @property or @rel or @about or @resource or @vocab or @prefix"
_ALL_MARKED = lxml.etree.XPath(f"//*[{_MARKED}]")
_ABOVE = lxml.etree.XPath(f"ancestor::*[{_MARKED}][1]")
_XMLNS = re.compile(r"\sxmlns:([\w.-]+)\s*=\s*[\"']([^\"'<>]{1,200})", re.IGNORECASE)
_PREFIX = re.compile(r"([\w.-]*):\s+(\S+)")
_SCHEMA = re.compile(r"(?:https?:)?//(?:www\.)?schema\.org/?", re.IGNORECASE)
# RDFa Core Initial Context, and the names by which pages know the older ones without declaring them.
_INITIAL = {
    "schema": "http://schema.org/",
    "v": "http://rdf.data-vocabulary.org/#",
    "cal": "http://www.w3.org/2002/12/cal/ical#",
    "ical": "http://www.w3.org/2002/12/cal/ical#",
}
_OLD_TYPES = {"vevent": "Event", "address": "PostalAddress", "organization": "Organization", "geo": "GeoCoordinates"}


@dataclass(slots=True)
class _Rel:
    """Properties of `item` whose values are the items inside an element (RDFa Core, 7.4.4: incomplete triples);
    `between` is the item without a type that they are the value of where a property follows at once."""

    item: Node | None
    names: list[str]
    between: Node | None = None


@dataclass(frozen=True, slots=True)
class _Scope:
    """What holds inside an element: whose properties are stated, in which vocabulary, by which prefixes."""

    item: Node | None
    vocabulary: str
    prefixes: Mapping[str, str]
    rel: _Rel | None = None


def items(page: Page) -> Iterator[Node | Fault]:
    """The items of a page that has an event among them; they refer to each other by @id."""
    if not any(_MARKS.match(page.lower, at) for at in places_of(b"typeof", page.lower)) or page.root is None:
        return
    reading = _Items(page)
    try:
        reading.read(page.root)
    except TooMuch:
        yield Fault(None, "RDFa: more elements in one another than can be read: the rest was left out")
    yield from reading.found


class _Items:
    def __init__(self, page: Page) -> None:
        self.found: list[Node] = []
        self._base = page.base
        self._texts = LaidOutText(_MOST_WORK)
        self._by_id: dict[str, Node] = {}
        declared = {name.lower(): address for name, address in _XMLNS.findall(page.text)}
        self._outermost = _Scope(None, "", _INITIAL | declared)

    def read(self, root: lxml.html.HtmlElement) -> None:
        scopes: dict[lxml.html.HtmlElement, _Scope] = {}
        for element in _ALL_MARKED(root):
            self._texts.spend()
            above = next(iter(_ABOVE(element)), None)
            scopes[element] = self._inside(element, _declared(element, scopes.get(above, self._outermost)))

    def _inside(self, element: lxml.html.HtmlElement, scope: _Scope) -> _Scope:
        """The scope inside `element`; what the element states is put where it belongs."""
        properties = _properties(element.get("property"), scope)
        # A plain word in `rel` is HTML's.
        related = _properties(" ".join(one for one in (element.get("rel") or "").split() if ":" in one), scope)
        about, resource = element.get("about"), element.get("resource")
        if element.get("typeof") is not None:
            return self._typed(element, scope, [*properties, *related])
        if about is not None:
            scope = replace(scope, item=self._item(about), rel=None)
        elif resource is not None and not properties and not related:
            return replace(scope, item=self._item(resource), rel=None)
        for name in properties:
            self._state(element, self._subject(scope), name)
        if not related:
            return scope
        if next(filter(None, map(element.get, ("resource", "href", "src"))), None) is None:
            return replace(scope, rel=_Rel(self._subject(scope), related))
        for name in related:
            self._state(element, self._subject(scope), name)
        return scope if resource is None else replace(scope, item=self._item(resource), rel=None)

    def _typed(self, element: lxml.html.HtmlElement, scope: _Scope, properties: list[str]) -> _Scope:
        """An item: the value of `properties` of the item around it, unless `about` says what it is itself."""
        about = element.get("about")
        subject = about or next(filter(None, map(element.get, ("resource", "href", "src"))), None)
        item = self._item(subject)
        for name in _types(element.get("typeof"), scope):
            add(item, "@type", name)
        if scope.rel is not None:
            _refer(scope.rel.item, scope.rel.names, item)
        elif about is None:
            _refer(scope.item, properties, item)
        return replace(scope, item=item, rel=None)

    def _subject(self, scope: _Scope) -> Node | None:
        """The item whose properties are stated in `scope`."""
        if scope.rel is None:
            return scope.item
        if scope.rel.between is None:
            scope.rel.between = self._item(None)
            _refer(scope.rel.item, scope.rel.names, scope.rel.between)
        return scope.rel.between

    def _state(self, element: lxml.html.HtmlElement, item: Node | None, name: str) -> None:
        if item is None:
            return
        resource = element.get("resource")
        value: object = {"@id": self._name(resource)} if resource and element.get("content") is None else None
        value = value or link_or_text(element, name, self._texts)
        if isinstance(value, dict) and str(value.get("url", "")).startswith("#"):
            value = {"@id": self._name(value["url"])}
        add(item, name, value)

    def _item(self, subject: str | None) -> Node:
        name = f"_:item-{len(self.found)}" if subject is None else self._name(subject)
        if name not in self._by_id:
            self._by_id[name] = {"@id": name}
            self.found.append(self._by_id[name])
        return self._by_id[name]

    def _name(self, subject: str) -> str:
        subject = subject.strip().strip("[]")
        if subject.startswith("_:"):
            return subject
        try:
            return urljoin(self._base, subject)
        except ValueError:
            return subject


def _declared(element: lxml.html.HtmlElement, scope: _Scope) -> _Scope:
    """The scope with the vocabulary and the prefixes that the element declares."""
    if (vocabulary := element.get("vocab")) is not None:
        scope = replace(scope, vocabulary=vocabulary.strip())
    if prefixes := element.get("prefix"):
        declared = {name.lower(): address for name, address in _PREFIX.findall(prefixes)}
        scope = replace(scope, prefixes={**scope.prefixes, **declared})
    return scope


def _properties(written: str | None, scope: _Scope) -> list[str]:
    """The properties of a known vocabulary that an attribute names, in schema.org's words."""
    terms = (_term(name, scope) for name in dict.fromkeys((written or "").split()))
    return [renamed(name) if old else name for name, old in filter(None, terms)]


def _types(written: str | None, scope: _Scope) -> list[str]:
    terms = (_term(name, scope) for name in dict.fromkeys((written or "").split()))
    return [_OLD_TYPES.get(name.lower(), name) if old else name for name, old in filter(None, terms)]


def _term(name: str, scope: _Scope) -> tuple[str, bool] | None:
    """A term of a known vocabulary, and whether that is one of the old ones; None for all others."""
    prefix, colon, rest = name.partition(":")
    if not colon:
        # Without a vocabulary it means nothing by the standard; where it is schema.org's word, pages mean that.
        address = (scope.vocabulary.rstrip("/#") or _INITIAL["schema"].rstrip("/")) + "/" + name
    elif rest.startswith("//"):
        address = name
    else:
        address = scope.prefixes.get(prefix.lower(), "") + rest
    if match := _SCHEMA.match(address):
        return address[match.end() :], False
    return (re.split(r"[/#]", address)[-1], True) if is_old(address) else None


def _refer(item: Node | None, names: list[str], value: Node) -> None:
    if item is not None and item is not value:
        for name in names:
            add(item, name, {"@id": value["@id"]})
