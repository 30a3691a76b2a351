"""A calendar may hold whatever fits into an answer: it is read in time, in bounded memory, and what is cut is told."""

import datetime as dt
import time
import tracemalloc

import pytest

from crawlers.readers import Context, Over, Reading, reader
from crawlers.readers.calendars import components
from hobnob import jsonlines
from hobnob.observations import Observation, Skipped

CONTEXT = Context(
    now=dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc),
    source="s",
    url="https://example.org/a.ics",
    since=dt.date(2026, 11, 10),
)
CALENDAR = b"BEGIN:VCALENDAR\r\n%bEND:VCALENDAR\r\n"
EVENT = b"BEGIN:VEVENT\r\nUID:1\r\n%bDTSTART:20270101\r\nSUMMARY:x\r\nEND:VEVENT\r\n"
SECONDS = 20
"""Processor time for a file of 20 MB, many times what it takes on a machine that does nothing else."""

A_MILLION = 1_000_000
MB = 1_000_000


def in_event(lines: bytes) -> bytes:
    return CALENDAR % (EVENT % lines)


WHOLE = {
    "every second, a thousand million times": in_event(b"RRULE:FREQ=SECONDLY;COUNT=1000000000\r\n"),
    "since 1601": in_event(b"").replace(b"DTSTART:20270101", b"DTSTART:16010101T000000\r\nRRULE:FREQ=YEARLY"),
    "rules that never fall": in_event(
        b"".join(
            b"%b:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=%d\r\n" % (name, hour)
            for name in (b"RRULE", b"EXRULE")
            for hour in range(4)
        )
    ),
    "20 MB of folds": in_event(b"DESCRIPTION:a" + b"\r\n " * (20 * MB // 3) + b"b\r\n"),
    "folds and empty lines": in_event(b"DESCRIPTION:a" + b"\r\n\r\n " * (10 * MB // 5) + b"b\r\n"),
    "empty lines": in_event(b"\r\n" * (4 * MB // 2)),
    "carriage returns alone": in_event(b"LOCATION:a" + b"\r" * (2 * MB) + b"\r\n"),
    "NULs": in_event(b"LOCATION:a" + b"\0" * (20 * MB) + b"\r\n"),
    "a page before it": b"<div>\n" * (10 * MB // 6) + in_event(b""),
    "a beginning of calendars that never come": in_event(b"") + b"BEGIN:VCALENDAR " * (MB // 16),
}


@pytest.mark.parametrize("data", WHOLE.values(), ids=WHOLE)
def test_nothing_is_lost(data: bytes) -> None:
    (found,) = bounded(data)
    assert isinstance(found, Observation)
    assert found.name == "x"


CUT = {
    "a line of 50 MB": (in_event(b"DESCRIPTION:" + b"a" * (50 * MB) + b"\r\n"), "line longer than 200000 bytes"),
    "10 MB without a colon": (in_event(b"a" * (10 * MB) + b"\r\n"), "line longer than 200000 bytes"),
    "a million parameters": (
        in_event(b"ATTENDEE" + b";P=x" * A_MILLION + b":mailto:a@b.example\r\n"),
        "line longer than 200000 bytes",
    ),
    "a hundred and one parameters": (
        in_event(b"ATTENDEE" + b"".join(b";P%d=x" % number for number in range(101)) + b":mailto:a@b.example\r\n"),
        "more than 100 parameters",
    ),
    "a million quotes": (in_event(b"ATTENDEE;CN=" + b'"' * (A_MILLION + 1) + b":x\r\n"), "line longer than"),
    "a million EXDATEs": (in_event(b"EXDATE:20270101T000000Z\r\n" * A_MILLION), "more than 2000 lines 'EXDATE'"),
    "a million EXDATEs in a line": (
        in_event(b"EXDATE:" + b"20270101," * A_MILLION + b"\r\n"),
        "more than 2000 EXDATEs",
    ),
    "a hundred thousand RDATEs": (in_event(b"RDATE:20270101\r\n" * 100_000), "more than 2000 lines 'RDATE'"),
    "a hundred thousand rules": (in_event(b"RRULE:FREQ=DAILY\r\n" * 100_000), "more than 2000 lines 'RRULE'"),
    "a million properties": (
        in_event(b"").replace(
            b"END:VEVENT", b"".join(b"X-%d:x\r\n" % number for number in range(A_MILLION)) + b"END:VEVENT"
        ),
        "more than 5000 properties",
    ),
    "components deep inside each other": (
        in_event(b"BEGIN:X\r\n" * 20_000 + b"END:X\r\n" * 20_000),
        "more than 8 deep",
    ),
    "many components in one event": (
        in_event(b"BEGIN:PARTICIPANT\r\nEND:PARTICIPANT\r\n" * 20_000),
        "more than 1000 components inside",
    ),
    "many time zones": (
        CALENDAR % (b"BEGIN:VTIMEZONE\r\nTZID:z\r\nEND:VTIMEZONE\r\n" * 20_000 + EVENT % b""),
        "more than 1000 components VTIMEZONE",
    ),
    "a large time zone": (
        CALENDAR % (b"BEGIN:VTIMEZONE\r\nTZID:z\r\n" + b"X:x\r\n" * 20_000 + b"END:VTIMEZONE\r\n" + EVENT % b""),
        "VTIMEZONE of more than 65536 bytes",
    ),
    "many calendars": (in_event(b"") + b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" * 20_000, "more than 10000 calendars"),
    "ends of nothing": (in_event(b"END:X\r\n" * 100_000), "more than 2000 lines 'END'"),
    "broken characters": (in_event(b"X:\xe9\r\n" * 100_000), "more than 2000 lines 'X'"),
}


@pytest.mark.parametrize(("data", "reason"), CUT.values(), ids=CUT)
def test_what_is_cut_is_told(data: bytes, reason: str) -> None:
    readings = bounded(data)
    assert [one.name for one in readings if isinstance(one, Observation)] == ["x"]
    assert any(reason in one.reason for one in readings if isinstance(one, Skipped))
    assert all(one.line for one in readings if isinstance(one, Skipped))
    assert len(readings) < 10


def bounded(data: bytes) -> list[Reading]:
    """The readings, made in time and of a size that can be stored."""
    started = time.process_time()
    readings = list(reader("ics")(data, CONTEXT))
    assert time.process_time() - started < SECONDS * max(1, len(data) / (20 * MB))
    assert all(len(jsonlines.encode(one)) < 150_000 for one in readings if isinstance(one, (Observation, Skipped)))
    return readings


def many(count: int, *, coming: int) -> bytes:
    """A calendar of `count` events, of which each one in `coming` is still to come."""
    event = b"BEGIN:VEVENT\r\nUID:%d@example.org\r\nDTSTART:%d0101T100000Z\r\nSUMMARY:Meetup %d\r\nEND:VEVENT\r\n"
    return CALENDAR % b"".join(event % (one, 2016 if one % coming else 2027, one) for one in range(count))


def test_a_hundred_thousand_events() -> None:
    readings = list(reader("ics")(many(100_000, coming=100), CONTEXT))
    assert len([one for one in readings if isinstance(one, Observation)]) == 1_000
    assert readings[-1] == Over(count=99_000)


def test_more_events_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert components.MOST_EVENTS >= 100_000
    monkeypatch.setattr(components, "MOST_EVENTS", 100)
    readings = list(reader("ics")(many(102, coming=1), CONTEXT))
    assert len([one for one in readings if isinstance(one, Observation)]) == 100
    (skipped,) = (one for one in readings if isinstance(one, Skipped))
    assert (skipped.line, skipped.reason) == (2 + 5 * 100, "more than 100 events: the rest was left out")


def test_readings_are_made_one_by_one() -> None:
    data = many(1_000, coming=1)
    tracemalloc.start()
    try:
        assert sum(isinstance(one, Observation) for one in reader("ics")(data, CONTEXT)) == 1_000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 * len(data) + 1_000 * 1_000
