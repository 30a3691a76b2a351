"""Valid calendars mean the same to these readers as to the libraries icalendar and ical, which write and read them."""

import datetime as dt
import json
from zoneinfo import ZoneInfo

import icalendar
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from crawlers.readers import Context, reader
from hobnob.moments import Moment
from hobnob.observations import Observation

CONTEXT = Context(now=dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc), source="s", url="https://example.org/")
ZONES = [ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")]
TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Sm", "Zs")), min_size=1, max_size=80)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
WALLS = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2060, 12, 31)).map(lambda time: time.replace(microsecond=0))
STARTS = st.one_of(
    DAYS,
    WALLS,
    st.builds(lambda wall, zone: wall.replace(tzinfo=zone), WALLS, st.sampled_from([*ZONES, dt.timezone.utc])),
)
RULES = st.fixed_dictionaries(
    {"FREQ": st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])},
    optional={
        "INTERVAL": st.integers(2, 9),
        "COUNT": st.integers(1, 50),
        "BYDAY": st.lists(st.sampled_from(["MO", "WE", "SU"]), min_size=1, max_size=3, unique=True),
        "BYMONTH": st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True),
    },
)


@st.composite
def events(draw: st.DrawFn) -> icalendar.Event:
    event = icalendar.Event()
    start = draw(STARTS)
    event.add("uid", draw(st.uuids()).hex)
    event.add("dtstamp", dt.datetime(2026, 11, 1, tzinfo=dt.timezone.utc))
    event.add("dtstart", start)
    event.add("summary", draw(TEXT))
    event.add("description", draw(TEXT))
    match draw(st.sampled_from(["dtend", "duration", "neither"])):
        case "dtend":
            event.add("dtend", start + dt.timedelta(days=draw(st.integers(1, 9))))
        case "duration" if isinstance(start, dt.datetime):
            event.add("duration", dt.timedelta(hours=draw(st.integers(1, 9))))
    if draw(st.booleans()):
        event.add("rrule", draw(RULES))
        for name in ("rdate", "exdate"):
            for days in draw(st.lists(st.integers(1, 99), max_size=3, unique=True)):
                event.add(name, start + dt.timedelta(days=days))
    return event


def moment(value: dt.date) -> Moment:
    return Moment.of(value)


def listed(value: object) -> list[dt.date]:
    lists = value if isinstance(value, list) else [value] if value else []
    return [one.dt for each in lists for one in each.dts]


def plain(text: str) -> str:
    """As text of one line is kept: without what is no text, and with single spaces."""
    return " ".join(text.split())


@settings(max_examples=60, deadline=None)
@given(st.lists(events(), min_size=1, max_size=3))
def test_what_icalendar_writes_is_read_as_it_reads_it(written: list[icalendar.Event]) -> None:
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//tests//EN")
    for event in written:
        calendar.add_component(event)
    data = calendar.to_ical()
    theirs = list(icalendar.Calendar.from_ical(data).walk("VEVENT"))
    ours = [one for one in reader("ics")(data, CONTEXT) if isinstance(one, Observation)]
    by_jcal = [
        one for one in reader("jcal")(json.dumps(calendar.to_jcal()).encode(), CONTEXT) if isinstance(one, Observation)
    ]
    for event, found, again in zip(theirs, ours, by_jcal, strict=True):
        start = event["dtstart"].dt
        assert found.uid == str(event["uid"])
        assert found.start_date == moment(start)
        assert list(found.rdate) == [moment(one) for one in listed(event.get("rdate"))]
        assert list(found.exdate) == [moment(one) for one in listed(event.get("exdate"))]
        rules = [event["rrule"].to_ical().decode()] if "rrule" in event else []
        assert [sorted(one.split(";")) for one in found.rrule] == [sorted(one.split(";")) for one in rules]
        assert (found.name, found.description) == (again.name, again.description)
        assert (found.start_date, found.end_date, found.rdate, found.exdate) == (
            *(again.start_date, again.end_date, again.rdate, again.exdate),
        )


@settings(max_examples=60, deadline=None)
@given(events())
def test_what_ical_reads_of_it_is_the_same(written: icalendar.Event) -> None:
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//tests//EN")
    calendar.add_component(written)
    data = calendar.to_ical()
    (theirs,) = IcsCalendarStream.calendar_from_ics(data.decode()).events
    (ours,) = (one for one in reader("ics")(data, CONTEXT) if isinstance(one, Observation))
    assert ours.start_date == moment(theirs.dtstart)
    if ours.end_date is not None:
        last = dt.timedelta(days=1) if ours.start_date.is_date else dt.timedelta()
        assert ours.end_date.utc() == moment(theirs.end - last).utc()
    assert ours.name == plain(theirs.summary)
    assert bool(ours.rrule) == (theirs.rrule is not None)
    assert list(ours.exdate) == [moment(one) for one in theirs.exdate]
