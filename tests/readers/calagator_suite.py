"""What Calagator's tests expect of its iCalendar samples (tests/cases/calagator), as fields of Observations.

Calagator knows no whole days: where the sample has a date, its midnight is expected. Its titles are compared with
single spaces, which is how hobnob keeps text of one line.
"""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawlers.readers import Context, reader
from hobnob.moments import Moment
from hobnob.observations import Observation
from tests.readers.scoring import Score

__all__ = ["CASES", "scores"]

CASES = Path(__file__).parents[1] / "cases" / "calagator"
CONTEXT = Context(now=dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc), source="calagator", url="https://example.org/")
_PLACES = {"first": 0, "item17": 17, "last": -1}


def scores() -> Iterator[Score]:
    for name, expected in json.loads((CASES / "expected.json").read_text(encoding="utf-8")).items():
        found = list(reader("ics")((CASES / name).read_bytes(), CONTEXT))
        events = [one for one in found if isinstance(one, Observation)]
        pairs = list(_compared(expected, events))
        wrong = [f"expected {wanted!r}, found {got!r}" for wanted, got in pairs if wanted != got]
        yield Score("ics", f"calagator/{name}", len(pairs) - len(wrong), wrong)


def _compared(expected: dict[str, Any], events: list[Observation]) -> Iterator[tuple[Any, Any]]:
    """Pairs of what is expected and what was found."""
    if "count" in expected:
        yield expected["count"], len(events)
    for title, event in zip(expected.get("titles", ()), events, strict=False):
        yield title, event.name
    for (title, street), event in zip(expected.get("title_street", ()), events, strict=False):
        yield " ".join(title.split()), event.name
        yield street, event.location.street_address if event.location else None
    if expected.get("all_have_venue"):
        yield from (((True, event.name), (event.location is not None, event.name)) for event in events)
    for name, place in _PLACES.items():
        if name in expected:
            yield from _fields(expected[name], events[place])


def _fields(expected: dict[str, Any], event: Observation) -> Iterator[tuple[Any, Any]]:
    for name, value in expected.items():
        match name:
            case "start":
                yield _time(value, event.start_date)
            case "end":
                yield _time(value, event.end_date or event.start_date)
            case "location":
                yield value, event.location.text if event.location else None
            case "title":
                yield value, event.name
            case _:
                yield value, getattr(event, name)


def _time(expected: str, found: Moment) -> tuple[dt.datetime, dt.datetime]:
    """An instant where the expectation has an offset, else a wall time."""
    wanted = dt.datetime.fromisoformat(expected.removesuffix(" local").replace("Z", "+00:00"))
    return wanted, found.utc() if wanted.tzinfo else found.wall
