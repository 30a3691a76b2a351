"""The test suite of microformats (tests/cases/microformats-tests): what it expects of events, cards and places.

Its JSON says what a parser of microformats2 makes of a page. Here that is mapped to the fields of Observations that it
must become, independently of the readers. An Observation keeps one value of a property where the suite lists several:
the first. Cards, addresses and points are no events: a page of them is put inside an event, each as its location, cards
that name somebody as its organizer as well. Events without a date become no Observation: that the reader names them in
what it skipped is what counts. Properties that no Observation has (altitude, label, extended address, prefixes of
names, e-mail addresses, logos, photographs of people) are passed over.
"""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html

from crawlers.readers import Context, reader
from hobnob.observations import Observation, Skipped
from tests.readers.case_folders import NOW, differences, leaves, plain
from tests.readers.scoring import Score

__all__ = ["FOLDER", "scores"]

FOLDER = Path(__file__).parents[1] / "cases" / "microformats-tests"

CONTEXT = Context(now=NOW, source="a-source", url="http://example.com/")
ADDRESS = {
    "street-address": "street_address",
    "locality": "address_locality",
    "region": "address_region",
    "postal-code": "postal_code",
    "country-name": "address_country",
}
OLD_ROOTS = {"h-card": "vcard", "h-adr": "adr", "h-geo": "geo"}


def scores() -> Iterator[Score]:
    for path in sorted(FOLDER.glob("*/*/*.html")):
        case = path.relative_to(FOLDER).with_suffix("").as_posix()
        items = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["items"]
        found = list(_of_events(path, items)) or list(_of_parts(path, items))
        wrong = [text for expected, got in found for text in differences(expected, got)]
        total = sum(leaves(expected) for expected, _ in found)
        if total:
            yield Score("html", case, total - len(wrong), wrong)


Pair = tuple[dict[str, Any], dict[str, Any]]


def _of_events(path: Path, items: list[dict[str, Any]]) -> Iterator[Pair]:
    expected = [item["properties"] for item in items if "h-event" in item["type"]]
    if not expected:
        return
    readings = list(reader("html")(path.read_bytes(), CONTEXT))
    events = [plain(one) for one in readings if isinstance(one, Observation)]
    skipped = " ".join(one.reason for one in readings if isinstance(one, Skipped))
    for number, properties in enumerate(expected):
        if "start" not in properties:
            yield {"named": True}, {"named": properties["name"][0] in skipped}
        elif "name" not in properties:
            yield {"told": True}, {"told": "event without a name" in skipped}
        else:
            found = events[number] if number < len(events) else {}
            yield _event(properties), found | {"attendee": _numbered(found.get("attendee"))}


def _event(properties: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"name": _text(properties["name"][0]), "start_date": _moment(properties["start"][0])}
    if "end" in properties:
        found["end_date"] = _moment(properties["end"][0])
    if "url" in properties:
        found["url"] = properties["url"][0]
    if "location" in properties:
        found["location"] = _place(properties["location"][0])
    if "attendee" in properties:
        found["attendee"] = {str(number): _person(card) for number, card in enumerate(properties["attendee"])}
    return found


def _moment(text: str) -> str:
    """As Moment writes itself."""
    text = text.strip().upper().replace(" ", "T")
    if len(text) == 8:
        return dt.datetime.strptime(text, "%Y-%j").date().isoformat()
    if "T" not in text:
        return dt.date.fromisoformat(text).isoformat()
    found = dt.datetime.fromisoformat(text)
    offset = found.utcoffset()
    wall = found.replace(tzinfo=None).isoformat()
    if offset is None:
        return wall
    sign, minutes = "-" if offset < dt.timedelta() else "+", abs(offset) // dt.timedelta(minutes=1)
    return f"{wall}[{'UTC' if not minutes else f'{sign}{minutes // 60:02d}:{minutes % 60:02d}'}]"


def _text(value: Any) -> str:
    return " ".join((value["value"] if isinstance(value, dict) else value).split())


def _place(value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        return {"text": _text(value)}
    properties = value["properties"]
    found: dict[str, Any] = {}
    if "name" in properties and "h-geo" not in value["type"]:
        # An address with no more than a text is that text.
        key = "text" if "h-adr" in value["type"] and len(properties) == 1 else "name"
        found[key] = _text(properties["name"][0])
    for name, field in ADDRESS.items():
        if name in properties:
            found[field] = ", ".join(map(_text, properties[name]))
    found |= _point(value)
    for inner in properties.get("adr", [])[:1]:
        found |= _place(inner) if isinstance(inner, dict) else {}
    return found


def _point(value: dict[str, Any]) -> dict[str, float]:
    properties = value["properties"]
    if "latitude" in properties:
        numbers = [properties["latitude"][0], properties["longitude"][0]]
    elif "geo" in properties:
        numbers = _text(properties["geo"][0]).removeprefix("geo:").split(";")
    elif "h-geo" in value["type"]:
        numbers = _text(properties["name"][0]).split(";")
    else:
        return {}
    return {"latitude": float(numbers[0]), "longitude": float(numbers[1])}


def _person(card: Any) -> dict[str, Any]:
    if isinstance(card, str):
        return {"name": _text(card)}
    properties = card["properties"]
    found: dict[str, Any] = {"name": _text(properties["name"][0])}
    if urls := list(dict.fromkeys(properties.get("url", []))):
        found["url"] = urls[0]
        found["same_as"] = urls[1:]
    return found


def _of_parts(path: Path, items: list[dict[str, Any]]) -> Iterator[Pair]:
    """Each outermost card, address or point of a page, put into an event of its own."""
    kinds = [kind for kind in OLD_ROOTS if any(kind in item["type"] for item in items)]
    root = lxml.html.document_fromstring(path.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    for kind in kinds[:1]:
        expected = [item for item in items if kind in item["type"]]
        for number, item in enumerate(expected):
            if kind == "h-card" and "name" in item["properties"]:
                event = _with(root, kind, number, "organizer")
                yield {"organizer": {"0": _person(item)}}, {"organizer": _numbered(event.get("organizer"))}
            says_where = kind != "h-card" or {"adr", "geo", "locality"} & item["properties"].keys()
            if says_where and (place := _place(item)):
                yield {"location": place}, _with(root, kind, number, "location")


def _numbered(values: list[Any] | None) -> dict[str, Any]:
    return {str(number): value for number, value in enumerate(values or [])}


def _with(root: Any, kind: str, number: int, role: str) -> dict[str, Any]:
    """What is read when the microformat with this number is the `role` of an event around the whole page."""
    page = lxml.html.document_fromstring(lxml.html.tostring(root, encoding="utf-8"))
    new = [one for one in page.iter("*") if kind in (one.get("class") or "").split()]
    marks = [one for one in page.iter("*") if OLD_ROOTS[kind] in (one.get("class") or "").split()]
    found, prefix, event = (new, "p-", "h-event") if new else (marks, "", "vevent")
    outermost = [one for one in found if not any(above in found for above in one.iterancestors())]
    element = outermost[number]
    element.set("class", f"{prefix}{role} {element.get('class')}")
    name, start = ("p-name", "dt-start") if new else ("summary", "dtstart")
    body = page.find("body")
    body.set("class", event)
    for mark, text in ((name, "Wrapped"), (start, "2027-03-01")):
        span = lxml.html.Element("span")
        span.set("class", mark)
        span.text = text
        body.insert(0, span)
    events = [one for one in reader("html")(lxml.html.tostring(page), CONTEXT) if isinstance(one, Observation)]
    return plain(events[0]) if events else {}
