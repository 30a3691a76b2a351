"""What the rules of a series mean, also vCalendar 1.0's; expected values are what the named specification says."""

import pytest

from crawlers.readers.calendars import old_calendars, rules
from hobnob.observations import Observation, Skipped
from tests.readers.calendar_lines import START, event, read


def test_dates_of_a_series() -> None:
    found = event(
        "DTSTART;TZID=Europe/Berlin:20270301T190000",
        "RRULE:FREQ=DAILY;COUNT=9",
        "RRULE:FREQ=MONTHLY",
        "RDATE;VALUE=DATE:20270401,20270402",
        "RDATE:20270405T190000,20270405T190000",
        "EXDATE;VALUE=DATE:20270302",
        "EXDATE:20270303T190000",
        "EXDATE:20270304T180000Z",
    )
    assert found.rrule == ("FREQ=DAILY;COUNT=9", "FREQ=MONTHLY")
    assert [str(one) for one in found.rdate] == ["2027-04-01", "2027-04-02", "2027-04-05T19:00:00[Europe/Berlin]"]
    assert [str(one) for one in found.exdate] == [
        "2027-03-02",
        "2027-03-03T19:00:00[Europe/Berlin]",
        "2027-03-04T18:00:00[UTC]",
    ]


def test_an_exrule_becomes_exdates() -> None:
    found = event("DTSTART:20270301T190000Z", "RRULE:FREQ=DAILY;COUNT=14", "EXRULE:FREQ=WEEKLY;BYDAY=SA,SU")
    assert [one.date.day for one in found.exdate] == [6, 7, 13, 14]
    assert found.raw["exdate"] == "EXRULE:FREQ=WEEKLY;BYDAY=SA,SU"


@pytest.mark.parametrize(
    ("rule", "exrule", "taken_out"),
    [
        ("FREQ=HOURLY;COUNT=6", "FREQ=HOURLY;INTERVAL=2", ["03-01 19", "03-01 21", "03-01 23"]),
        ("FREQ=HOURLY;BYHOUR=9,15;COUNT=5", "FREQ=DAILY;BYHOUR=15", ["03-02 15", "03-03 15"]),
        ("FREQ=WEEKLY;COUNT=5", "FREQ=MONTHLY;BYDAY=2MO,-1MO", ["03-08 19", "03-29 19"]),
        ("FREQ=DAILY;COUNT=60", "FREQ=DAILY;INTERVAL=7;BYMONTH=4", ["04-05 19", "04-12 19", "04-19 19", "04-26 19"]),
        ("FREQ=WEEKLY;COUNT=2", "FREQ=MINUTELY;BYDAY=MO;BYHOUR=19;INTERVAL=7", ["03-01 19", "03-08 19"]),
        ("FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;COUNT=1", ["03-01 19"]),
        ("FREQ=DAILY;COUNT=60", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", []),
    ],
)
def test_what_an_exrule_takes_out(rule: str, exrule: str, taken_out: list[str]) -> None:
    found = event("DTSTART:20270301T190000", f"RRULE:{rule}", f"EXRULE:{exrule}")
    assert [f"{one.wall:%m-%d %H}" for one in found.exdate] == taken_out


@pytest.mark.parametrize(
    ("rule", "exrule"),
    [
        ("FREQ=DAILY", "FREQ=SECONDLY"),
        ("FREQ=DAILY", "FREQ=MINUTELY;BYHOUR=3"),
        ("FREQ=DAILY", "FREQ=DAILY;COUNT=1000000000"),
        ("FREQ=DAILY;COUNT=1000000000", "FREQ=WEEKLY"),
        ("FREQ=DAILY", "EVERY SUNDAY"),
    ],
)
def test_an_exrule_that_cannot_be_followed_is_said(rule: str, exrule: str) -> None:
    found = read(START, f"RRULE:{rule}", f"EXRULE:{exrule}")
    assert isinstance(found[0], Observation)
    assert found[0].exdate == ()
    assert isinstance(found[1], Skipped)
    assert "EXRULE cannot be followed" in found[1].reason


def test_an_exrule_without_end_is_followed_for_years() -> None:
    event, skipped = read("DTSTART:20270301T190000", "RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY;BYDAY=SA,SU")
    assert isinstance(event, Observation)
    assert isinstance(skipped, Skipped)
    assert len(event.exdate) > 1_000
    assert {one.date.weekday() for one in event.exdate} == {5, 6}
    assert skipped.reason == f"EXRULE: what it takes out after {event.exdate[-1].date} was left out"


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("freq=weekly; byday=mo", "FREQ=WEEKLY;BYDAY=MO"),
        ("RRULE:FREQ=DAILY;COUNT=3;", "FREQ=DAILY;COUNT=3"),
        ("FREQ=WEEKLY;BYDAY=MONDAY,TUESDAY", "FREQ=WEEKLY;BYDAY=MO,TU"),
        ("FREQ=WEEKLY;BYDAY=MO;BYDAY=WE", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("FREQ=DAILY;UNTIL=2027-05-01", "FREQ=DAILY;UNTIL=20270501"),
        ("FREQ=DAILY;UNTIL=2027-05-01T12:00:00Z", "FREQ=DAILY;UNTIL=20270501T120000Z"),
        ("FREQ=DAILY;UNTIL=20270501T120000Z", "FREQ=DAILY;UNTIL=20270501T120000Z"),
        ("FREQ=DAILY;COUNT=;WKST=MO", "FREQ=DAILY;WKST=MO"),
        ("every day", None),
        ("BYDAY=MO", None),
    ],
)
def test_rules(value: str, rule: str | None) -> None:
    assert rules.written(value) == rule


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("D1 #10", "FREQ=DAILY;COUNT=10"),
        ("D2", "FREQ=DAILY;INTERVAL=2;COUNT=2"),
        ("W1 MO #0", "FREQ=WEEKLY;BYDAY=MO"),
        ("W2 MO WE FR 19971224T000000", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR;UNTIL=19971224T000000"),
        ("MP1 1+ TU TH 2- FR #5", "FREQ=MONTHLY;BYDAY=1TU,1TH,-2FR;COUNT=5"),
        ("MD1 1 15 LD #0", "FREQ=MONTHLY;BYMONTHDAY=1,15,-1"),
        ("MD1 3- #0", "FREQ=MONTHLY;BYMONTHDAY=-3"),
        ("YM1 6 7 #3", "FREQ=YEARLY;BYMONTH=6,7;COUNT=3"),
        ("YD1 1 100 #0", "FREQ=YEARLY;BYYEARDAY=1,100"),
        ("D1 0600 1200 #5", None),
        ("YM1 6 #10 MP1 1+ MO #1", None),
        ("FREQ=DAILY", None),
    ],
)
def test_rules_of_vcalendar_1(value: str, rule: str | None) -> None:
    assert old_calendars.rule(value) == rule


def test_a_calendar_of_version_1() -> None:
    found = event(
        "DTSTART:20270501T190000",
        "SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Caf=C3=A9 =",
        "am Abend",
        "RRULE:W1 SA #5",
        "EXDATE:20270508T190000;20270515T190000",
        "CATEGORIES:Music;Talk",
        calendar=("VERSION:1.0", "TZ:+01", "DAYLIGHT:TRUE;+02;20270328T020000;20271031T030000;CET;CEST"),
    )
    assert found.name == "Café am Abend"
    assert found.rrule == ("FREQ=WEEKLY;BYDAY=SA;COUNT=5",)
    assert [one.date.day for one in found.exdate] == [8, 15]
    assert found.keywords == ("Music", "Talk")
    assert found.start_date.zone == "vCalendar"
    assert "TZOFFSETTO:+0200" in (found.vtimezone or "")


def test_other_calendars_than_the_gregorian_are_not_understood() -> None:
    (found,) = read("DTSTART;VALUE=DATE:57870101", calendar=("CALSCALE:HEBREW",))
    assert isinstance(found, Skipped)
    assert "CALSCALE is HEBREW" in found.reason
    assert event(START, calendar=("CALSCALE:gregorian",)).start_date
