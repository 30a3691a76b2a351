"""h-event (microformats.org/wiki/h-event) and its forerunner hCalendar, in the form of JSON-LD, so that one mapping
serves both."""

from collections.abc import Iterator
from typing import Any

import lxml.etree

from crawlers.readers.faults import Fault
from crawlers.readers.pages.laid_out_text import LaidOutText, TooMuch
from crawlers.readers.pages.markup_values import Node
from crawlers.readers.pages.microformats_dates import Stated
from crawlers.readers.pages.microformats_items import EVENT_CLASSES, Item, Items
from crawlers.readers.pages.microformats_values import classes
from crawlers.readers.pages.page import Page

__all__ = ["VERSION", "events"]

VERSION = "microformats/2"

_MOST_WORK = 120_000
_MARKED = lxml.etree.XPath("//*[contains(@class, 'vevent') or contains(@class, 'h-event')]")
_ADDRESS = {
    "street-address": "streetAddress",
    "locality": "addressLocality",
    "region": "addressRegion",
    "postal-code": "postalCode",
    "country-name": "addressCountry",
}
_STATUS = {
    "cancelled": "EventCancelled",
    "canceled": "EventCancelled",
    "confirmed": "EventScheduled",
    "postponed": "EventPostponed",
}


def events(page: Page) -> Iterator[Node | Fault]:
    """Each h-event and vevent of the page, outer ones first; a Fault where there is more than can be read."""
    if not any(page.mentions(mark.encode()) for mark in EVENT_CLASSES) or page.root is None:
        return
    reading = Items(page.root, page.base, LaidOutText(_MOST_WORK))
    for element in _MARKED(page.root):
        if not set(EVENT_CLASSES) & set(classes(element)):
            continue
        try:
            item = reading.event(element)
        except TooMuch:
            yield Fault(element.sourceline, "microformats: more elements than can be read: the rest was left out")
            return
        # Themes mark a whole page as an event, and in it the event.
        if item.properties.keys() & {"name", "entry-title", "start"}:
            yield _as_json_ld(item)


def _as_json_ld(item: Item) -> Node:
    start, end = _period(item)
    status = item.first("status").strip().lower()
    return {
        "@type": "Event",
        "@id": item.first("uid"),
        "name": item.first("name") or item.first("entry-title"),
        "startDate": start,
        "endDate": end,
        "duration": item.first("duration"),
        "url": item.first("url"),
        "description": item.first("description") or item.first("content") or item.first("summary"),
        "eventStatus": _STATUS.get(status, ""),
        "location": _locations(item),
        "organizer": _people(item, "organizer"),
        "performer": [*_people(item, "performer"), *_people(item, "speaker")],
        "attendee": _people(item, "attendee"),
        "keywords": list(dict.fromkeys(item.strings("category"))),
        "image": item.first("photo") or item.first("featured"),
    }


def _period(item: Item) -> tuple[str, str]:
    """Start and end as texts; what one of them lacks is taken from the other, or from a second value of its own."""
    starts, ends = item.properties.get("start", []), item.properties.get("end", [])
    start, end = _one(starts), _one(ends)
    if isinstance(start, Stated) and isinstance(end, Stated):
        start = start.completed(Stated(zone=end.zone)) if start.time else start
        end = end.ending(start)
    return str(start), str(end)


def _one(values: list[Any]) -> Stated | str:
    """The first date, with the time that another value has for the same day; else the first text."""
    found = [one for one in values if isinstance(one, Stated)]
    if not found:
        return next((one for one in values if isinstance(one, str)), "")
    first = found[0]
    for other in found[1:]:
        adds_its_time = first.time is None and other.date in (first.date, None)
        if adds_its_time or (first.date is None and other.time is None):
            first = first.completed(other)
    return first


def _people(item: Item, name: str) -> list[Node]:
    cards = [_person(one) for one in item.items(name)]
    known = " ".join(str(card["name"]) for card in cards)
    texts = [one for one in item.properties.get(name, ()) if isinstance(one, str)]
    # A text around a card shows what the card says, too.
    return cards or [{"@type": "Person", "name": one} for one in texts if one and one not in known]


def _person(card: Item) -> Node:
    org, full = card.first("org"), card.first("name")
    parts = " ".join(filter(None, (card.first("given-name"), card.first("family-name"))))
    name = full or parts or card.first("nickname") or org or card.text
    urls = list(dict.fromkeys((*card.strings("url"), *card.me)))
    kind = "Organization" if org and org == name else "Person"
    return {"@type": kind, "name": name, "url": next(iter(urls), ""), "sameAs": urls[1:]}


def _locations(item: Item) -> list[Any]:
    """The cards, addresses and points of a location as one place, and the text where there is none; without a location,
    the addresses and points that stand in the event."""
    found = item.items("location") or [one for one in item.children if {"h-adr", "h-geo"} & set(one.types)]
    place: dict[str, Any] = {}
    for one in (*found, *item.items("geo"), item):
        _take(one, place, named=one is not item)
    texts = [one for one in item.properties.get("location", ()) if isinstance(one, str) and one]
    if not place:
        return texts[:1]
    if texts and not item.items("location"):
        place.setdefault("name", texts[0])
    return [{"@type": "Place", **place}]


def _take(item: Item, place: dict[str, Any], *, named: bool = True) -> None:
    """Adds to a place what an item says of it; its name too, if it is `named`."""
    is_point = "h-geo" in item.types
    if "h-adr" in item.types and item.properties.keys() == {"name"}:
        place.setdefault("address", item.name)
    elif named and not is_point and (name := item.first("name") or item.first("org")):
        place.setdefault("name", name)
        place.setdefault("url", item.first("url"))
    written = {new: text for old, new in _ADDRESS.items() if (text := ", ".join(item.strings(old)))}
    if written and "streetAddress" not in written and (more := ", ".join(item.strings("extended-address"))):
        written["streetAddress"] = more
    if written:
        place.setdefault("address", {"@type": "PostalAddress", **written})
    elif named and item.text and not is_point:
        place.setdefault("address" if "h-adr" in item.types else "name", item.text)
    if latitude := item.first("latitude"):
        place.setdefault("geo", {"latitude": latitude, "longitude": item.first("longitude")})
    elif is_point:
        place.setdefault("geo", _point(item.name))
    for one in (*item.items("geo"), *item.items("adr"), *(item.children if named else ())):
        _take(one, place, named=False)
    if text := next((one for one in item.properties.get("geo", ()) if isinstance(one, str)), ""):
        place.setdefault("geo", _point(text))
    if text := next((one for one in item.properties.get("adr", ()) if isinstance(one, str)), ""):
        place.setdefault("address", text)


def _point(text: str) -> Node:
    """ "51.5;-0.1", "geo:51.5;-0.1;crs=wgs84" or "geo:51.5,-0.1?z=1" (RFC 5870)."""
    numbers = text.removeprefix("geo:").partition("?")[0].replace(",", ";").split(";")
    return {"latitude": numbers[0], "longitude": numbers[1]} if len(numbers) > 1 else {}
