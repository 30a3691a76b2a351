"""Items of microformats2 (microformats.org/wiki/microformats2-parsing) and of the classic ones that came before
(hCalendar 1.0, hCard 1.0, adr, geo), with the include pattern (microformats.org/wiki/include-pattern).

A reader of our own: mf2py reads the whole page, takes a time that grows with the square of the elements in an event,
and gets includes, nested addresses and the WordPress mix of old and new names wrong.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import lxml.etree
import lxml.html

from crawlers.readers.pages.laid_out_text import LaidOutText
from crawlers.readers.pages.microformats_dates import Stated
from crawlers.readers.pages.microformats_values import address, classes, moment, text

__all__ = ["EVENT_CLASSES", "Item", "Items"]

EVENT_CLASSES = ("h-event", "vevent")

_NEW_ROOTS = {
    *("h-adr", "h-app", "h-card", "h-cite", "h-entry", "h-event", "h-feed", "h-geo", "h-item", "h-listing"),
    *("h-measure", "h-org", "h-product", "h-recipe", "h-resume", "h-review", "h-review-aggregate"),
}
_OLD_ROOTS = {"adr": "h-adr", "geo": "h-geo", "vcard": "h-card", "vevent": "h-event"}
_OLD_OTHERS = frozenset({"hproduct", "hrecipe", "hresume", "hreview", "hreview-aggregate"})
_PROPERTY = re.compile(r"(p|u|dt|e)-((?:[a-z0-9]+-)?[a-z]+(?:-[a-z]+)*)")
_ADDRESS = {
    name: ("p", name)
    for name in ("street-address", "extended-address", "locality", "region", "postal-code", "country-name", "label")
}
_POINT = {name: ("p", name) for name in ("latitude", "longitude")}
# The Events Calendar for WordPress, where it has no other name for them.
_TRIBE = {
    f"tribe-{name}": ("p", name) for name in ("street-address", "locality", "region", "postal-code", "country-name")
}
_OLD_NAMES: dict[str, dict[str, tuple[str, str]]] = {
    "h-event": {
        "attendee": ("p", "attendee"),
        "category": ("p", "category"),
        "contact": ("p", "contact"),
        "description": ("p", "description"),
        "dtend": ("dt", "end"),
        "dtstart": ("dt", "start"),
        "duration": ("dt", "duration"),
        "entry-title": ("p", "entry-title"),
        "geo": ("p", "geo"),
        "location": ("p", "location"),
        "organizer": ("p", "organizer"),
        "photo": ("u", "photo"),
        "status": ("p", "status"),
        "summary": ("p", "name"),
        "uid": ("u", "uid"),
        "url": ("u", "url"),
    },
    "h-card": {
        **_ADDRESS,
        **_POINT,
        **_TRIBE,
        "adr": ("p", "adr"),
        "family-name": ("p", "family-name"),
        "fn": ("p", "name"),
        "geo": ("p", "geo"),
        "given-name": ("p", "given-name"),
        "logo": ("u", "logo"),
        "nickname": ("p", "nickname"),
        "note": ("p", "note"),
        "org": ("p", "org"),
        "photo": ("u", "photo"),
        "uid": ("u", "uid"),
        "url": ("u", "url"),
    },
    "h-adr": {**_ADDRESS, **_POINT, **_TRIBE, "geo": ("p", "geo")},
    "h-geo": _POINT,
}
_NAMES_OF_A_CARD = frozenset({"fn", "n", "nickname", "org"})
# What stands in one of these belongs to it, though it is an item of its own.
_HOLDERS = frozenset({"attendee", "location", "organizer", "performer"})
_DEEPEST = 8
_UNREAD = frozenset({"script", "style", "template"})
_INCLUDED = lxml.etree.XPath("//*[@id]")


@dataclass(slots=True, eq=False)
class Item:
    """One microformat: its types by their new names ("h-event"), the values of its properties without prefixes, and
    the items inside it that are no property. `text` is all it shows."""

    types: tuple[str, ...]
    properties: dict[str, list["str | Stated | Item"]] = field(default_factory=dict)
    children: list["Item"] = field(default_factory=list)
    text: str = ""
    me: list[str] = field(default_factory=list)

    def strings(self, name: str) -> list[str]:
        """The values of a property, an item's by its name or text."""
        return [str(one.name if isinstance(one, Item) else one) for one in self.properties.get(name, ())]

    def first(self, name: str) -> str:
        return next(filter(None, self.strings(name)), "")

    def items(self, name: str) -> list["Item"]:
        return [one for one in self.properties.get(name, ()) if isinstance(one, Item)]

    @property
    def name(self) -> str:
        return self.first("name") or self.text


class _Part(NamedTuple):
    """An element inside an item, its classes, the property that it is inside of, if one that holds items, and whether
    what is inside it belongs to an item of its own."""

    element: lxml.html.HtmlElement
    names: list[str]
    holder: str | None
    is_root: bool

    @property
    def relations(self) -> list[str]:
        return (self.element.get("rel") or "").lower().split() if self.element.tag == "a" else []


class Items:
    """Reads the items of one page. Every method raises TooMuch when that takes more than the page is granted."""

    def __init__(self, root: lxml.html.HtmlElement, base: str, texts: LaidOutText) -> None:
        self._root = root
        self._base = base
        self._texts = texts

    @cached_property
    def _by_id(self) -> dict[str, lxml.html.HtmlElement]:
        return {element.get("id"): element for element in reversed(_INCLUDED(self._root))}

    def event(self, element: lxml.html.HtmlElement) -> Item:
        """The event of an element that is marked as one. What its new names do not say, its old ones may."""
        names = classes(element)
        item = self._new(element, ("h-event",), 0) if "h-event" in names else Item(("h-event",))
        if "vevent" in names or not item.properties.get("start"):
            old = self._old(element, "h-event", 0)
            for name, values in old.properties.items():
                item.properties.setdefault(name, values)
            item.children = item.children or old.children
        return item

    def _item(self, element: lxml.html.HtmlElement, names: list[str], depth: int) -> Item | None:
        """The item of an element that is the root of one that is read here; None for another."""
        new = tuple(name for name in names if name in _NEW_ROOTS)
        if new:
            return self._new(element, new, depth) if not {"h-event", "h-feed"} & set(new) else None
        old = next((_OLD_ROOTS[name] for name in ("vcard", "adr", "geo") if name in names), None)
        return self._old(element, old, depth) if old else None

    def _new(self, element: lxml.html.HtmlElement, types: tuple[str, ...], depth: int) -> Item:
        item = Item(types)
        for part in self._parts(element, new=True):
            found = filter(None, map(_PROPERTY.fullmatch, part.names))
            self._take(item, part, [(match[1], match[2]) for match in found], depth)
        self._imply(item, element)
        return item

    def _old(self, element: lxml.html.HtmlElement, kind: str, depth: int) -> Item:
        item = Item((kind,))
        known = _OLD_NAMES[kind]
        for part in self._parts(element, new=False):
            properties = [known[name] for name in part.names if name in known]
            if kind == "h-event" and "tag" in part.relations:
                properties.append(("p", "category"))
            self._take(item, part, properties, depth)
        if not item.properties or kind == "h-geo":
            item.text = text(element, self._texts)
        return item

    def _take(self, item: Item, inside: "_Part", properties: list[tuple[str, str]], depth: int) -> None:
        """Adds what one element inside it states to an item."""
        part = inside.element
        if "me" in inside.relations and part.get("href"):
            item.me.append(part.get("href"))
        inner = self._item(part, inside.names, depth + 1) if inside.is_root and depth < _DEEPEST else None
        if inner is not None and not properties:
            if inside.holder:
                item.properties.setdefault(inside.holder, []).append(inner)
            else:
                item.children.append(inner)
        for kind, name in dict.fromkeys(properties):
            value = inner if inner is not None and kind != "dt" else self._value(part, kind, name, depth)
            if value is not None:
                item.properties.setdefault(name, []).append(value)

    def _value(self, part: lxml.html.HtmlElement, kind: str, name: str, depth: int) -> "str | Stated | Item | None":
        if kind == "u":
            found = address(part, self._texts)
            return self._base if found == "" and name in ("url", "uid") else found
        if kind == "dt" and name != "duration":
            return moment(part, self._texts)
        if name == "location" and depth < _DEEPEST and len(part):
            # Parts of an address without the class that should be around them.
            place = self._old(part, "h-card", _DEEPEST)
            if place.properties.keys() & (_ADDRESS.keys() | _POINT.keys()) and not place.children:
                place.text = text(part, self._texts)
                return place
        if kind == "dt":
            return part.get("datetime") or part.get("title") or text(part, self._texts)
        return self._texts.of(part) if kind == "e" else text(part, self._texts)

    def _is_root(self, element: lxml.html.HtmlElement, names: list[str]) -> bool:
        """Whether what is inside an element belongs to an item of its own."""
        for name in names:
            if name in _NEW_ROOTS or name in _OLD_OTHERS or name in ("vevent", "adr", "geo"):
                return True
            if name == "vcard":
                # Themes call a box "vcard" that has nobody's name; it is not one.
                return any(not _NAMES_OF_A_CARD.isdisjoint(classes(one)) for one in self._counted(element))
        return False

    def _counted(self, element: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
        for one in element.iter("*"):
            self._texts.spend()
            yield one

    def _parts(self, element: lxml.html.HtmlElement, *, new: bool) -> Iterator["_Part"]:
        """The elements inside an item, in order. Other items are given, but not what is inside them."""
        waiting: list[tuple[lxml.html.HtmlElement, str | None]]
        waiting = [(one, None) for one in reversed(self._inside(element, [element]))]
        while waiting:
            part, holder = waiting.pop()
            self._texts.spend()
            if part.tag in _UNREAD:
                continue
            names = classes(part)
            is_root = self._is_root(part, names)
            if names or part.get("rel"):
                yield _Part(part, names, holder, is_root)
            if is_root:
                continue
            for name in names:
                bare = name.removeprefix("p-") if new else name
                holder = bare if bare in _HOLDERS else holder
            waiting += [(one, holder) for one in reversed(self._inside(part, [element, part]))]

    def _inside(
        self, element: lxml.html.HtmlElement, around: list[lxml.html.HtmlElement]
    ) -> list[lxml.html.HtmlElement]:
        """The children of an element, and what it includes: by class `include`, table headers, or itemref."""
        found = [one for one in element if isinstance(one.tag, str)]
        names: list[str] = []
        if "include" in classes(element):
            target = element.get("href") or element.get("data") or ""
            names = [target[1:]] if target.startswith("#") else []
        if element.tag in ("td", "th"):
            names += (element.get("headers") or "").split()
        names += (element.get("itemref") or "").split()
        for name in names:
            included = self._by_id.get(name)
            if included is not None and not any(one is included or included in one.iterancestors() for one in around):
                self._texts.spend(20)
                found.append(included)
        return found

    def _imply(self, item: Item, element: lxml.html.HtmlElement) -> None:
        """Implied properties: the name, picture and address of an item that is marked as a whole only."""
        nested = bool(item.children) or any(
            isinstance(one, Item) for values in item.properties.values() for one in values
        )
        explicit = item.properties.keys()
        if nested:
            return
        if not any(
            not isinstance(one, Stated) for name in explicit - {"url", "photo"} for one in item.properties[name]
        ):
            item.properties["name"] = [_implied_name(element, self._texts)]
        only = _only_child(element)
        inner = _only_child(only) if only is not None else None
        chain = [one for one in (element, only, inner) if one is not None]
        if "url" not in explicit and "uid" not in explicit:
            links = [one.get("href") for one in chain if one.tag in ("a", "area") and one.get("href") is not None]
            links += _sole(element, ("a", "area"), "href")
            item.properties.update({"url": [links[0] or self._base]} if links else {})
        if "photo" not in explicit:
            pictures = [one.get("src") or one.get("data") for one in chain if one.tag in ("img", "object")]
            pictures += _sole(element, ("img",), "src")
            item.properties.update({"photo": [one for one in pictures if one][:1]} if any(pictures) else {})


def _only_child(element: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """Its one child, unless that is an item of its own."""
    children = [one for one in element if isinstance(one.tag, str) and one.tag not in _UNREAD]
    only = children[0] if len(children) == 1 else None
    return only if only is not None and not _NEW_ROOTS & set(classes(only)) else None


def _sole(element: lxml.html.HtmlElement, tags: tuple[str, ...], attribute: str) -> list[str]:
    """The attribute of the only child with one of these tags."""
    found = [one.get(attribute) for one in element if one.tag in tags and one.get(attribute) is not None]
    return found if len(found) == 1 else []


def _implied_name(element: lxml.html.HtmlElement, texts: LaidOutText) -> str:
    for one in (element, _only_child(element)):
        for tag, attribute in (("img", "alt"), ("area", "alt"), ("abbr", "title")):
            if one is not None and one.tag == tag and one.get(attribute):
                return str(one.get(attribute))
    only = _only_child(element)
    inner = _only_child(only) if only is not None else None
    if inner is not None and (found := inner.get("alt") or (inner.get("title") if inner.tag == "abbr" else None)):
        return str(found)
    return texts.of(element)
