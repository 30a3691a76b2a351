"""What OpenACalendar's tests expect of its iCalendar samples (tests/cases/openacalendar), as fields of Observations.

Wrong are its expectations of the end of whole days (see DISPUTED). Its time zone of an event, which it takes from the
calendar's settings, is nothing that the sample says.
"""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawlers.readers import Context, reader
from hobnob.moments import Moment
from hobnob.observations import Observation, Status
from tests.readers.scoring import Score

__all__ = ["CASES", "DISPUTED", "scores"]

CASES = Path(__file__).parents[1] / "cases" / "openacalendar"
CONTEXT = Context(now=dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc), source="oac", url="https://example.org/")

#: By file and field: why the expectation is not counted.
DISPUTED = {
    ("Lanyrd1.ical", "end"): "DTEND;VALUE=DATE is exclusive (RFC 5545, 3.6.1): the last day is the 13th, not the 14th",
    ("BasicICAL.ical", "timezone"): "the zone of the group that imports, nothing in the file",
}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def scores() -> Iterator[Score]:
    for name, expected in json.loads((CASES / "expected.json").read_text(encoding="utf-8")).items():
        pairs = list(_compared(name, expected, _events(name)))
        wrong = [f"expected {wanted!r}, found {got!r}" for wanted, got in pairs if wanted != got]
        yield Score("ics", f"openacalendar/{name}", len(pairs) - len(wrong), wrong)


def _events(name: str) -> list[Observation]:
    found = reader("ics")((CASES / name).read_bytes(), CONTEXT)
    return [one for one in found if isinstance(one, Observation)]


def _compared(name: str, expected: dict[str, Any], events: list[Observation]) -> Iterator[tuple[Any, Any]]:
    """Pairs of what is expected and what was found."""
    if "count" in expected:
        yield expected["count"], len(events)
    for field, value in expected.get("first", {}).items():
        if (name, field) not in DISPUTED:
            yield _field(field, value, events[0])
    if "weekly" in expected:
        rule = dict(part.split("=") for part in events[0].rrule[0].split(";"))
        yield ("WEEKLY", expected["weekly"]), (rule["FREQ"], rule["BYDAY"])
        yield expected["weekly"], _WEEKDAYS[events[0].start_date.date.weekday()]
    if "occurrences_utc" in expected:
        yield from _occurrences(expected, events[0])
    if "after" in expected:
        yield from _effect(expected, _events(expected["after"]), events)


def _field(name: str, expected: Any, event: Observation) -> tuple[Any, Any]:
    if name in ("start", "end"):
        found = event.start_date if name == "start" else event.end_date
        wanted = dt.datetime.fromisoformat(expected.replace("Z", "+00:00"))
        return wanted, _instant(found) if wanted.tzinfo else found and found.wall
    return expected, event.name if name == "title" else getattr(event, name)


def _instant(moment: Moment | None) -> dt.datetime | None:
    return moment and moment.utc()


def _occurrences(expected: dict[str, Any], event: Observation) -> Iterator[tuple[Any, Any]]:
    """The expected times are those of a weekly series: each a week after the one before, from the event's start."""
    times = [dt.datetime.fromisoformat(text.replace("Z", "+00:00")) for text in expected["occurrences_utc"]]
    yield times[0], event.start_date.utc()
    for number, time in enumerate(times[1:], 1):
        start = event.start_date
        yield time, Moment(start.date + dt.timedelta(weeks=number), start.time, start.zone).utc()
    length = _instant(event.end_date)
    yield expected["duration_hours"] * 3600, length and (length - event.start_date.utc()).total_seconds()


def _effect(expected: dict[str, Any], before: list[Observation], after: list[Observation]) -> Iterator[tuple[Any, Any]]:
    """What a second import changes."""
    match expected["effect"].partition(" ")[0]:
        case "event":
            yield [], after
        case "EXDATE":
            yield before[0].uid, after[0].uid
            yield (0, 1), (len(before[0].exdate), len(after[0].exdate))
        case _:
            yield before[0].uid, after[0].uid
            if "cancelled" in expected["effect"]:
                yield Status.CANCELLED, after[0].event_status
