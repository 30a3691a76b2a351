"""Pages of Chicago's public bodies without structured data, read by declared selectors (tests/cases/city-scrapers-chi).

What is expected was distilled from City Scrapers' own tests: titles, starts, ends, places, numbers of meetings; it says
which of them are really on the page. `judged.toml` says where a spider's value is not what the page says, and why: that
value is not counted. A time that the spider adds must then be missing here.
"""

import datetime as dt
import html
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from crawlers.readers import Context, Reading, reader
from crawlers.sources import load_file
from hobnob.observations import Observation, Status
from hobnob.sources import Source
from tests.readers.scoring import Score

__all__ = ["read", "scores", "sources"]

_CASES = Path(__file__).parents[1] / "cases" / "city-scrapers-chi"
_NO_DATE = "2026-11-23"


@cache
def sources() -> dict[str, Source]:
    return {source.name: source for source in load_file(_CASES / "sources.toml")}


def read(source: Source, expected: Mapping[str, Any]) -> list[Reading]:
    """What is read in the page of `source`, on the day on which it was saved."""
    context = Context(
        now=dt.datetime.fromisoformat(f"{expected['frozen'] or _NO_DATE}T12:00:00+00:00"),
        source=source.name,
        url=next((one["url"] for one in expected["responses"] if one["url"]), "https://example.org/"),
        time_zone=source.time_zone,
        language=source.language,
        fields=source.fields,
        date_order=source.date_order,
    )
    return list(reader(source.reader)(_page(source), context))


def scores() -> Iterator[Score]:
    expectations = json.loads((_CASES / "expected.json").read_text("utf-8"))
    judged = tomllib.loads((_CASES / "judged.toml").read_text("utf-8"))
    for name, source in sources().items():
        judgement = judged.get(name, {})
        spider = judgement.get("spider", name.replace("-", "_"))
        expected = expectations[spider]
        events = [one for one in read(source, expected) if isinstance(one, Observation)]
        since = judgement.get("since", dt.date.min)
        events = [one for one in events if one.start_date.date >= since]
        compared = list(_compared(expected, judgement, events, source))
        wrong = [text for text in compared if text]
        yield Score("html by selectors", spider, len(compared) - len(wrong), wrong)


def _compared(
    expected: Mapping[str, Any], judgement: Mapping[str, Any], events: list[Observation], source: Source
) -> Iterator[str | None]:
    """For each value that is compared None, or what is wrong."""
    not_there = judgement.get("not_in_page", {})
    groups = {judgement["items"]} if "items" in judgement else {*expected["items"], *expected["counts"]}
    for group, count in expected["counts"].items():
        if group in groups and "count" not in not_there:
            yield None if count == len(events) else f"{count} events expected, {len(events)} found"
    for group in sorted(groups):
        for number, item in expected["items"].get(group, {}).items():
            event = _event(events, item, int(number))
            for name, value in item.items():
                if (name in _FIELDS and name not in not_there and value not in (None, "")) or name == "end":
                    yield from _value(name, item, event, not_there)
    yield from _of_all(expected["all"], events, source, not_there)


def _event(events: list[Observation], item: Mapping[str, Any], number: int) -> Observation | None:
    """The event that is meant: by its day and, of several, its title; or by its place in the order."""
    if "start" not in item:
        return events[number] if -len(events) <= number < len(events) else None
    alike = [one for one in events if one.start_date.date.isoformat() == item["start"][:10]]
    named = [one for one in alike if _folded(one.name) == _folded(item.get("title", ""))]
    at_the_time = [one for one in alike if one.start_date.wall.isoformat() == item["start"]]
    return next(iter(named or at_the_time or alike), None)


def _value(
    name: str, item: Mapping[str, Any], event: Observation | None, not_there: Mapping[str, str]
) -> Iterator[str | None]:
    if name == "location":
        for part in ("name", "address"):
            value, key = item["location"].get(part), f"location.{part}"
            if value and key not in not_there and item.get("_in_fixture", {}).get(key):
                yield _wrong(key, value, _place(event), _folded(value) in _folded(_place(event)))
        return
    if name in ("title", "description") and not item.get("_in_fixture", {}).get(name):
        return
    if name == "end" and "end" in not_there:
        return
    yield _FIELDS[name](item[name], event, not_there)


def _of_all(
    all_: Mapping[str, Any], events: list[Observation], source: Source, not_there: Mapping[str, str]
) -> Iterator[str | None]:
    """What holds for every event of the page, where the page says it."""
    page = _folded(html.unescape(re.sub(r"<[^>]*>", " ", _page(source).decode("utf-8", "replace"))))
    title = all_.get("title")
    if title and "title" not in not_there and _folded(title) in page:
        yield _wrong(
            "all.title", title, [one.name for one in events], all(_folded(one.name) == _folded(title) for one in events)
        )
    for part, value in (all_.get("location") or {}).items():
        if value and f"location.{part}" not in not_there and _folded(value) in page:
            found = all(_folded(value) in _folded(_place(one)) for one in events)
            yield _wrong(f"all.location.{part}", value, [_place(one) for one in events[:1]], found)


def _start(value: str, event: Observation | None, not_there: Mapping[str, str]) -> str | None:
    found = event.start_date.wall.isoformat() if event else None
    if "time" in not_there:
        return _wrong("start", value[:10], event and str(event.start_date), bool(event and event.start_date.is_date))
    return _wrong("start", value, found, found == value and not (event and event.start_date.is_date))


def _end(value: str | None, event: Observation | None, _: Mapping[str, str]) -> str | None:
    found = event.end_date.wall.isoformat() if event and event.end_date else None
    return _wrong("end", value, found, event is not None and found == value)


def _title(value: str, event: Observation | None, _: Mapping[str, str]) -> str | None:
    return _wrong("title", value, event and event.name, bool(event and _folded(event.name) == _folded(value)))


def _description(value: str, event: Observation | None, _: Mapping[str, str]) -> str | None:
    found = event.description if event else None
    return _wrong("description", value, found, _folded(value) in _folded(found or ""))


def _status(value: str, event: Observation | None, _: Mapping[str, str]) -> str | None:
    found = event.event_status if event else None
    fits = (found is Status.CANCELLED) == (value == "cancelled")
    return _wrong("status", value, found, event is not None and fits)


_FIELDS: dict[str, Any] = {
    "title": _title,
    "start": _start,
    "end": _end,
    "description": _description,
    "status": _status,
    "location": None,
}


def _wrong(name: str, expected: object, found: object, fits: bool) -> str | None:
    return None if fits else f"{name}: expected {expected!r}, found {found!r}"


def _place(event: Observation | None) -> str:
    where = event.location if event else None
    if where is None:
        return ""
    parts = (where.name, where.text, where.street_address, where.address_locality)
    return ", ".join(part for part in parts if part)


def _folded(text: str) -> str:
    return re.sub(r"[\s,\u200b]+", " ", text).strip().casefold()


@cache
def _bytes(path: str) -> bytes:
    return Path(unquote(path)).read_bytes()


def _page(source: Source) -> bytes:
    return _bytes(urlsplit(source.url).path)
