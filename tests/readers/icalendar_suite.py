"""Calendars of the icalendar library's tests, and what a person reads in them (tests/cases/icalendar/expected.json).

Fields are those of Observations; only those named are compared. `count` is the number of events, `skipped` holds the
lines of what cannot be read, `title` is the calendar's, `why` says what needs saying of the expectation.
"""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

from crawlers.readers import About, Context, reader
from hobnob.observations import Observation, Skipped
from tests.readers.case_folders import differences, leaves, plain
from tests.readers.scoring import Score

__all__ = ["CASES", "scores"]

CASES = Path(__file__).parents[1] / "cases" / "icalendar"
CONTEXT = Context(now=dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc), source="icalendar", url="https://example.org/")


def scores() -> Iterator[Score]:
    for name, expected in json.loads((CASES / "expected.json").read_text(encoding="utf-8")).items():
        readings = list(reader("ics")((CASES / name).read_bytes(), CONTEXT))
        events = [plain(one) for one in readings if isinstance(one, Observation)]
        found = {
            "count": len(events),
            "events": {str(number): event for number, event in enumerate(events)},
            "skipped": [one.line for one in readings if isinstance(one, Skipped)],
            "title": next((one.title for one in readings if isinstance(one, About)), None),
        }
        wanted = {"skipped": []} | {field: value for field, value in expected.items() if field != "why"}
        wrong = differences(wanted, found)
        yield Score("ics", f"icalendar/{name}", leaves(wanted) - len(wrong), wrong)
