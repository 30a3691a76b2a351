import datetime as dt
from dataclasses import replace
from typing import Any

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from hobnob.events import Event, Label, Override
from hobnob.feeds.icalendar import LARGEST, LONGEST_TEXT, MOST_OVERRIDES, calendar
from hobnob.moments import UTC, Moment
from hobnob.observations import Person, Place, Status
from hobnob.printable import block, line
from tests.strategies import ZONES, events, wild

EVENING = Moment(dt.date(2026, 12, 1), dt.time(18, 30), "Europe/Zurich")
MEETUP = Event(
    id="k7m2p9qx",
    name="PyMeetup, Zürich",
    start_date=EVENING,
    end_date=Moment(dt.date(2026, 12, 1), dt.time(21), "Europe/Zurich"),
    changed_at=dt.datetime(2026, 11, 1, 9, tzinfo=UTC),
    created_at=dt.datetime(2026, 10, 1, 9, tzinfo=UTC),
    sequence=2,
)
CONFERENCE = Event(
    id="c3nf3r3n", name="Conference", start_date=Moment(dt.date(2027, 3, 1)), end_date=Moment(dt.date(2027, 3, 3))
)
CUSTOM = (
    "BEGIN:VTIMEZONE\r\nTZID:Home\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    "TZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)


def written(*listed: Event, **named: Any) -> list[str]:
    """The content lines of a calendar, unfolded."""
    return calendar(listed, name="test", **named).decode().replace("\r\n ", "").split("\r\n")


def read(*listed: Event) -> list[Any]:
    return list(icalendar.Calendar.from_ical(calendar(listed, name="test")).walk("VEVENT"))


def test_the_calendar_says_its_name_its_address_and_how_often_to_fetch_it() -> None:
    lines = written(url="https://example.org/feeds/x.ics", description="Talks\nand more", refresh=dt.timedelta(hours=6))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert {
        "VERSION:2.0",
        "PRODID:-//hobnob//hobnob//EN",
        "NAME:test",
        "X-WR-CALNAME:test",
        "DESCRIPTION:Talks\\nand more",
        "URL:https://example.org/feeds/x.ics",
        "SOURCE;VALUE=URI:https://example.org/feeds/x.ics",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    } <= set(lines)


def test_a_meetup_with_all_that_a_calendar_can_hold() -> None:
    event = replace(
        MEETUP,
        description="Doors 18:00\r\nTalks 18:30",
        url="https://example.org/é;1",
        place=Place(
            name="Hub",
            street_address="Sihlquai 131",
            postal_code="8005",
            address_locality="Zürich",
            latitude=47.38,
            longitude=8.53,
        ),
        virtual_location="https://meet.example/x",
        kind=Label(id="meetup", score=1.0),
        industries=(Label(id="technology", score=1.0),),
        keywords=("python", "Meetup", "a,b"),
        organizer=(Person(name="PyZürich"),),
    )
    lines = written(event)
    start = lines.index("BEGIN:VEVENT")
    assert set(lines[start + 1 : lines.index("END:VEVENT")]) == {
        "UID:k7m2p9qx@hobnob",
        "DTSTAMP:20261101T090000Z",
        "CREATED:20261001T090000Z",
        "LAST-MODIFIED:20261101T090000Z",
        "SEQUENCE:2",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "SUMMARY:PyMeetup\\, Zürich",
        "DTSTART;TZID=Europe/Zurich:20261201T183000",
        "DTEND;TZID=Europe/Zurich:20261201T210000",
        "DESCRIPTION:Doors 18:00\\nTalks 18:30",
        "URL:https://example.org/%C3%A9;1",
        "LOCATION:Hub\\, Sihlquai 131\\, 8005 Zürich",
        "GEO:47.38;8.53",
        "CONFERENCE;VALUE=URI:https://meet.example/x",
        "CATEGORIES:Technology,Meetup,python,a\\,b",
        "CONTACT:PyZürich",
    }


@pytest.mark.parametrize(
    ("why", "is_written"),
    [
        ("declared coordinates", True),
        ("declared coordinates; nearest city Zürich, Switzerland", True),
        ("centre of Zürich, Switzerland", False),
        ("the declared coordinates 0,0 are nowhere; centre of Zürich, Switzerland", False),
        ("the location names no city; the source's place: centre of Zürich, Switzerland", False),
        ("somewhere in Uri, Switzerland", False),
    ],
)
def test_only_coordinates_that_somebody_declared_are_written(why: str, is_written: bool) -> None:
    place = Place(name="Hub", latitude=47.38, longitude=8.53)
    entries = written(replace(MEETUP, place=place, place_why=why))
    assert any(entry.startswith("GEO:") for entry in entries) is is_written


def test_whole_days_end_on_the_day_after_the_last() -> None:
    assert {"DTSTART;VALUE=DATE:20270301", "DTEND;VALUE=DATE:20270304"} <= set(written(CONFERENCE))
    one_day = written(replace(CONFERENCE, end_date=None))
    assert not any(entry.startswith("DTEND") for entry in one_day)


def test_an_end_that_is_not_after_the_start_is_left_out() -> None:
    for end in (EVENING, Moment(dt.date(2026, 11, 30), dt.time(1), "Asia/Tokyo")):
        assert not any(entry.startswith("DTEND") for entry in written(replace(MEETUP, end_date=end)))
    until_the_last_day = written(replace(MEETUP, end_date=Moment(dt.date(2026, 12, 2))))
    assert "DTEND;TZID=Europe/Zurich:20261203T000000" in until_the_last_day
    assert "DTSTART;VALUE=DATE:99991231" in written(
        replace(CONFERENCE, start_date=Moment(dt.date.max), end_date=Moment(dt.date.max))
    )


def test_utc_offsets_floating_times_and_unknown_zones() -> None:
    def start(zone: str | None, **other: Any) -> str:
        event = replace(MEETUP, start_date=Moment(dt.date(2026, 12, 1), dt.time(1), zone), end_date=None, **other)
        return next(entry for entry in reversed(written(event)) if entry.startswith("DTSTART"))

    assert start("UTC") == "DTSTART:20261201T010000Z"
    assert start("+05:30") == "DTSTART:20261130T193000Z"
    assert start("+05:30", rrule=("FREQ=WEEKLY;BYDAY=TU",)) == "DTSTART;TZID=UTC+0530:20261201T010000"
    assert start("europe/zurich") == "DTSTART;TZID=Europe/Zurich:20261201T010000"
    assert start(None) == start("Nowhere/Known") == "DTSTART:20261201T010000"
    assert start(None, place=Place(time_zone="Asia/Tokyo")) == "DTSTART;TZID=Asia/Tokyo:20261201T010000"
    assert start("Home", vtimezone=CUSTOM) == "DTSTART;TZID=Home:20261201T010000"


def test_each_zone_is_defined_once_and_different_zones_of_one_name_are_told_apart() -> None:
    homes = [
        replace(MEETUP, id=f"home{number}", start_date=replace(EVENING, zone="Home"), end_date=None, vtimezone=text)
        for number, text in enumerate((CUSTOM, CUSTOM.replace("03", "04"), CUSTOM))
    ]
    lines = written(*homes, MEETUP, replace(MEETUP, id="later", start_date=replace(EVENING, date=dt.date(2029, 1, 1))))
    assert [entry for entry in lines if entry.startswith("TZID")] == ["TZID:Europe/Zurich", "TZID:Home", "TZID:Home 2"]
    assert [entry for entry in lines if entry.startswith("DTSTART;TZID=Home")] == [
        "DTSTART;TZID=Home:20261201T183000",
        "DTSTART;TZID=Home 2:20261201T183000",
        "DTSTART;TZID=Home:20261201T183000",
    ]


def test_a_series_with_added_cut_out_moved_and_cancelled_dates() -> None:
    def at(month: int, day: int, hour: int = 18, minute: int = 30, zone: str = "Europe/Zurich") -> Moment:
        return Moment(dt.date(2027, month, day), dt.time(hour, minute), zone)

    event = replace(
        MEETUP,
        rrule=("FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270601", "FREQ=SECONDLY"),
        rdate=(Moment(dt.date(2026, 12, 24)),),
        exdate=(at(1, 5, 17, 30, "UTC"), at(2, 2)),
        overrides=(
            Override(recurrence_id=at(3, 2), start_date=at(3, 2), status=Status.CANCELLED),
            Override(recurrence_id=at(2, 2, 17, 30, "UTC"), start_date=at(2, 3, 19, 0)),
        ),
    )
    master, moved, cancelled = read(event)
    assert master["RRULE"].to_ical() == b"FREQ=MONTHLY;UNTIL=20270601T215959Z;BYDAY=1TU"
    assert [date.dt.isoformat() for date in master["RDATE"].dts] == ["2026-12-24T18:30:00+01:00"]
    assert [date.dt.isoformat() for date in master["EXDATE"].dts] == ["2027-01-05T18:30:00+01:00"]
    assert moved["RECURRENCE-ID"].dt.isoformat() == "2027-02-02T18:30:00+01:00"
    assert moved["DTSTART"].dt.isoformat() == "2027-02-03T19:00:00+01:00"
    assert moved["DTEND"].dt.isoformat() == "2027-02-03T21:30:00+01:00"
    assert moved["STATUS"] == "CONFIRMED"
    assert cancelled["STATUS"] == "CANCELLED"
    assert {str(part["UID"]) for part in (master, moved, cancelled)} == {"k7m2p9qx@hobnob"}


def test_a_series_of_whole_days_has_dates_throughout() -> None:
    event = replace(
        CONFERENCE,
        rrule=("FREQ=YEARLY;UNTIL=20300101T000000Z;BYHOUR=9",),
        exdate=(Moment(dt.date(2028, 3, 1), dt.time(9), "UTC"),),
        rdate=(Moment(dt.date(2027, 9, 1)),),
    )
    assert {
        "RRULE:FREQ=YEARLY;UNTIL=20300101",
        "EXDATE;VALUE=DATE:20280301",
        "RDATE;VALUE=DATE:20270901",
    } <= set(written(event))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a b", "https://a\r\nX:1", "file:///etc/passwd", ""])
def test_only_web_addresses_go_out(url: str) -> None:
    assert not any(entry.startswith("URL") for entry in written(replace(MEETUP, url=url)))


def test_the_same_events_give_the_same_bytes_in_any_order() -> None:
    assert calendar([MEETUP, CONFERENCE], name="x") == calendar(iter([CONFERENCE, MEETUP]), name="x")


def test_long_texts_many_overrides_and_large_calendars_are_bounded() -> None:
    days = [Moment(dt.date(2027, 1, 1) + dt.timedelta(days=day)) for day in range(MOST_OVERRIDES + 10)]
    hostile = replace(
        CONFERENCE,
        description="é" * 1_000_000,
        overrides=tuple(Override(recurrence_id=day, start_date=day) for day in days),
    )
    parts = read(hostile)
    assert len(parts) == MOST_OVERRIDES + 1
    assert parts[-1]["DTSTART"].dt == days[-1].date
    assert all(len(part["DESCRIPTION"]) == LONGEST_TEXT for part in parts)
    assert len(calendar([replace(hostile, id=str(number)) for number in range(10)], name="x")) < LARGEST + 10_000


@settings(max_examples=50, deadline=None)
@given(wild, wild)
def test_no_text_breaks_out_of_its_line(name: str, text: str) -> None:
    event = replace(
        MEETUP,
        name=name,
        description=text,
        url=text,
        place=Place(name=text, text=name),
        keywords=(text, name),
        organizer=(Person(name=text),),
        virtual_location=text,
        rrule=(text,),
        vtimezone=text,
    )
    raw = calendar([event], name=name, description=text, url=text)
    assert all(len(entry) <= 75 for entry in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    lines = raw.decode().replace("\r\n ", "").split("\r\n")
    allowed = {"BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME", "DESCRIPTION", "X-WR-CALDESC"}
    allowed |= {"REFRESH-INTERVAL", "X-PUBLISHED-TTL", "TZID", "DTSTART", "RRULE", "TZNAME", "TZOFFSETFROM", "DTSTAMP"}
    allowed |= {"TZOFFSETTO", "SUMMARY", "DTEND", "UID", "SEQUENCE", "CATEGORIES", "CONTACT", "CREATED", "LOCATION", ""}
    allowed |= {"LAST-MODIFIED", "STATUS", "TRANSP"}
    assert {entry.partition(":")[0].partition(";")[0] for entry in lines} <= allowed


@settings(max_examples=60, deadline=None)
@given(st.lists(events(zones=(None, *ZONES)), max_size=3, unique_by=lambda event: event.id))
def test_what_is_written_reads_back_equal(listed: list[Event]) -> None:
    components = read(*listed)
    masters = {str(part["UID"]): part for part in components if "RECURRENCE-ID" not in part}
    assert len(masters) == len(listed)
    for event in listed:
        part = masters[f"{event.id}@hobnob"]
        assert str(part["SUMMARY"]) == line(event.name)
        assert str(part.get("DESCRIPTION", "")) == block(event.description or "")
        assert str(part.get("URL", "")) == (event.url or "")
        assert part["SEQUENCE"] == event.sequence
        assert part["DTSTAMP"].dt == part["LAST-MODIFIED"].dt == event.changed_at.replace(microsecond=0)
        assert part["CREATED"].dt == event.created_at.replace(microsecond=0)
        assert {line(word).casefold() for word in event.keywords if line(word)} <= {
            str(word).casefold() for word in (part["CATEGORIES"].cats if "CATEGORIES" in part else ())
        }
        assert (part["STATUS"] == "CANCELLED") == (event.status == Status.CANCELLED)
        assert_same_moment(part["DTSTART"].dt, event.start_date)
        if "DTEND" in part:
            end = part["DTEND"].dt
            assert_same_moment(end - dt.timedelta(days=1) if event.start_date.is_date else end, event.end_date)
        else:
            assert event.end_date is None or event.end_date == event.start_date
        assert len(dates_of(part, "RDATE")) == len(set(event.rdate))
        assert len(dates_of(part, "EXDATE")) == len(set(event.exdate))
        differing = [other for other in components if str(other["UID"]) == part["UID"] and other is not part]
        assert len(differing) == len(event.overrides)


# It knows no zone whose clock never changes unless the tz database has it, so fixed offsets are not among these.
@settings(max_examples=30, deadline=None)
@given(st.lists(events(zones=ZONES[:-1]), max_size=3, unique_by=lambda event: event.id))
def test_a_second_parser_reads_the_same(listed: list[Event]) -> None:
    parsed = IcsCalendarStream.calendar_from_ics(calendar(listed, name="test").decode())
    masters = {part.uid: part for part in parsed.events if part.recurrence_id is None}
    assert len(masters) == len(listed)
    assert len(parsed.events) == len(listed) + sum(len(event.overrides) for event in listed)
    for event in listed:
        part = masters[f"{event.id}@hobnob"]
        assert part.summary == line(event.name)
        assert (part.description or "") == block(event.description or "")
        assert part.sequence == event.sequence
        assert_same_moment(part.dtstart, event.start_date)
        assert bool(part.rrule) == bool(event.rrule)
        assert len(part.exdate) == len(set(event.exdate))
        assert len(part.rdate) == len(set(event.rdate))


def assert_same_moment(value: dt.date, moment: Moment) -> None:
    if moment.is_date or moment.is_floating:
        assert value == (moment.date if moment.is_date else moment.wall)
    else:
        assert isinstance(value, dt.datetime)
        assert value.astimezone(UTC) == moment.utc()


def dates_of(part: Any, name: str) -> list[dt.date]:
    return [date.dt for date in part[name].dts] if name in part else []
