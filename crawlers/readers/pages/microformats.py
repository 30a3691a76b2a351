"""h-event and its forerunner hCalendar (microformats.org) by mf2py, in the form of JSON-LD.

mf2py takes a third of a second for a page of 250 kB, so it is given only the elements that are marked as events.
"""

import copy
from collections.abc import Iterator
from typing import Any

import lxml.html
import mf2py

from crawlers.readers.pages.page import Fault, Page

__all__ = ["VERSION", "events"]

VERSION = "microformats/1"

_MOST_WORK = 20_000_000
_MOST_EVENTS = 1000
_DEEPEST = 6
_PLACE = {
    "street-address": "streetAddress",
    "locality": "addressLocality",
    "region": "addressRegion",
    "postal-code": "postalCode",
    "country-name": "addressCountry",
}
_STATUS = {"cancelled": "EventCancelled", "canceled": "EventCancelled", "confirmed": "EventScheduled"}


def _has_class(*names: str) -> str:
    """An XPath condition: the element has one of these classes."""
    return " or ".join(f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in names)


_EVENT = _has_class("h-event", "vevent")
_OUTERMOST = f"//*[{_EVENT}][not(ancestor::*[{_EVENT}])]"
_ROOT = " or ".join(f"contains(@class, '{mark}')" for mark in ("h-", "vevent", "vcard", "adr", "geo", "hentry"))
_TOO_DEEP = f"boolean(.//*[{_ROOT}][count(ancestor::*[{_ROOT}]) > {_DEEPEST}])"
_OLD_PARTS = {
    name: f".//*[{_has_class('adr', 'geo')}]//*[{_has_class(name)}]" for name in (*_PLACE, "latitude", "longitude")
}


def events(page: Page) -> Iterator[dict[str, Any] | Fault]:
    """Each h-event and vevent of the page; a Fault where there is more than can be read in reasonable time.

    mf2py's time grows with the square of the elements in an event (2000 of them: 1.4 s), and faster still with
    microformats inside each other.
    """
    if page.root is None:
        return
    work = 0
    for element in page.root.xpath(_OUTERMOST)[:_MOST_EVENTS]:
        work += int(element.xpath("count(.//*)")) ** 2
        if work > _MOST_WORK or element.xpath(_TOO_DEEP):
            yield Fault(element.sourceline, "microformats: too many elements in one another")
            return
        try:
            found = mf2py.Parser(doc=_markup(element), url=page.base, html_parser="lxml").to_dict()
        except Exception as error:  # one odd event shall not cost the others
            yield Fault(element.sourceline, f"microformats: {error}")
            continue
        for item in _events_in(found.get("items", [])):
            yield _as_json_ld(item)


def _markup(element: lxml.html.HtmlElement) -> str:
    element = copy.deepcopy(element)
    # mf2py does not find the old parts of an address inside a vcard (github.com/microformats/mf2py/issues/127).
    for name, path in _OLD_PARTS.items():
        for part in element.xpath(path):
            part.set("class", f"{part.get('class')} p-{name}")
    return str(lxml.html.tostring(element, encoding="unicode", with_tail=False))


def _events_in(items: Any) -> Iterator[dict[str, Any]]:
    waiting = list(reversed(items))
    while waiting:
        item = waiting.pop()
        if "h-event" in item.get("type", ()):
            yield item
        waiting.extend(reversed(item.get("children", ())))


def _as_json_ld(item: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, list[Any]] = item.get("properties", {})
    status = _first(found, "status").strip().lower()
    return {
        "@type": "Event",
        "@id": _first(found, "uid"),
        "name": _first(found, "name"),
        "startDate": _first(found, "start"),
        "endDate": _first(found, "end"),
        "duration": _first(found, "duration"),
        "url": _first(found, "url"),
        "description": _first(found, "description") or _first(found, "content") or _first(found, "summary"),
        "eventStatus": _STATUS.get(status, ""),
        "location": _location(found),
        "organizer": _people(found, "organizer"),
        "performer": _people(found, "performer"),
        "attendee": _people(found, "attendee"),
        "keywords": [one for one in found.get("category", ()) if isinstance(one, str)],
        "image": _first(found, "photo") or _first(found, "featured"),
    }


def _first(properties: dict[str, list[Any]], name: str) -> str:
    """The text of the first value: of a nested item, of marked-up content or of a picture, its "value"."""
    value = next(iter(properties.get(name, ())), "")
    if isinstance(value, dict):
        value = value.get("value", "")
    return value if isinstance(value, str) else ""


def _people(properties: dict[str, list[Any]], name: str) -> list[dict[str, Any]]:
    cards = []
    for value in properties.get(name, ()):
        card = value.get("properties", {}) if isinstance(value, dict) else {"name": [value]}
        cards.append({"@type": "Person", "name": _first(card, "name"), "url": _first(card, "url")})
    return cards


def _location(properties: dict[str, list[Any]]) -> Any:
    """The nested h-card, h-adr and h-geo of all values as one Place; else the text."""
    place: dict[str, Any] = {}
    text = ""
    for value in properties.get("location", ()):
        if isinstance(value, dict):
            _take(value, place)
        elif isinstance(value, str):
            text = text or value
    return {"@type": "Place", **place} if place else text


def _take(item: dict[str, Any], place: dict[str, Any]) -> None:
    found = item.get("properties", {})
    if "h-card" in item.get("type", ()):
        place.setdefault("name", _first(found, "name"))
        place.setdefault("url", _first(found, "url"))
    address = {name: value for old, name in _PLACE.items() if (value := _first(found, old))}
    if address:
        place["address"] = {"@type": "PostalAddress", **address}
    if latitude := _first(found, "latitude"):
        place["geo"] = {"latitude": latitude, "longitude": _first(found, "longitude")}
    for name in ("adr", "geo"):
        for nested in found.get(name, ()):
            if isinstance(nested, dict):
                _take(nested, place)
            elif name == "adr" and isinstance(nested, str):
                place.setdefault("address", nested)
