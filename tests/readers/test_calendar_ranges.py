"""RANGE=THISANDFUTURE: what comes of a divided series is what the specification says of the whole one."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from crawlers.readers import Context, reader
from hobnob.observations import Observation, Skipped, Status

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc)
MASTER = (
    "BEGIN:VEVENT\r\nUID:s\r\nDTSTART;TZID=Europe/Berlin:{start}\r\nDTEND;TZID=Europe/Berlin:{end}\r\n"
    "RRULE:{rule}\r\nSUMMARY:Old\r\nLOCATION:Old hall\r\n{more}END:VEVENT\r\n"
)
CHANGE = (
    "BEGIN:VEVENT\r\nUID:s\r\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:{at}\r\n"
    "DTSTART;TZID=Europe/Berlin:{start}\r\nSUMMARY:New\r\n{more}END:VEVENT\r\n"
)


def read(*components: str) -> list[Observation | Skipped]:
    data = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(components) + "END:VCALENDAR\r\n"
    found = reader("ics")(data.encode(), Context(now=NOW, source="s", url="https://example.org/"))
    return [one for one in found if isinstance(one, (Observation, Skipped))]


def events(*components: str) -> list[Observation]:
    found = read(*components)
    assert all(isinstance(one, Observation) for one in found), found
    return [one for one in found if isinstance(one, Observation)]


def stamp(time: dt.datetime) -> str:
    return f"{time:%Y%m%dT%H%M%S}"


def times(event: Observation) -> Iterator[dt.datetime]:
    """The wall times in Berlin of a series: dateutil's, and its RDATEs."""
    start = event.start_date.wall
    found = {start, *(one.wall for one in event.rdate)}
    for rule in event.rrule:
        parts = dict(part.split("=") for part in rule.split(";"))
        if "UNTIL" in parts:
            until = dt.datetime.strptime(parts["UNTIL"], "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.timezone.utc)
            parts["UNTIL"] = stamp(until.astimezone(ZoneInfo("Europe/Berlin")))
        text = ";".join(f"{key}={value}" for key, value in parts.items())
        found.update(islice(rrulestr(text, dtstart=start), 200))
    yield from sorted(found - {one.wall for one in event.exdate})


RULES = (
    "FREQ=WEEKLY;BYDAY=MO;COUNT=12",
    "FREQ=WEEKLY;BYDAY=MO,WE;INTERVAL=2;COUNT=9",
    "FREQ=WEEKLY;UNTIL=20270601T170000Z",
    "FREQ=DAILY;COUNT=40",
    "FREQ=MONTHLY;BYDAY=1MO;COUNT=6",
    "FREQ=MONTHLY;COUNT=6",
    "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1;COUNT=9",
)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("days", [-1, 0, 1, 3])
@pytest.mark.parametrize("master_first", [True, False])
def test_every_date_after_it_moves_as_it_moved(rule: str, days: int, master_first: bool) -> None:
    start = dt.datetime(2027, 3, 1, 19)
    whole = list(islice(rrulestr(rule.replace("T170000Z", "T190000"), dtstart=start), 200))
    at, by = whole[3], dt.timedelta(days=days, hours=1)
    parts = [
        MASTER.format(start=stamp(start), end=stamp(start + dt.timedelta(hours=2)), rule=rule, more=""),
        CHANGE.format(at=stamp(at), start=stamp(at + by), more=""),
    ]
    before, after = events(*(parts if master_first else reversed(parts)))
    assert list(times(before)) == whole[:3]
    assert list(times(after)) == [time + by for time in whole[3:]]
    assert (before.name, after.name) == ("Old", "New")
    assert (before.uid, after.uid) == ("s", f"s_R{stamp(at)}")
    assert after.recurrence_id is None
    assert after.end_date is not None
    assert after.end_date.wall - after.start_date.wall == dt.timedelta(hours=2)
    assert after.location is not None
    assert after.location.text == "Old hall"


def test_two_changes_make_three_parts() -> None:
    found = events(
        MASTER.format(start="20270301T190000", end="20270301T210000", rule="FREQ=WEEKLY;COUNT=9", more=""),
        CHANGE.format(at="20270405T190000", start="20270405T200000", more=""),
        CHANGE.format(at="20270315T190000", start="20270316T190000", more=""),
    )
    assert [[str(time) for time in times(one)] for one in found] == [
        ["2027-03-01 19:00:00", "2027-03-08 19:00:00"],
        ["2027-03-16 19:00:00", "2027-03-23 19:00:00", "2027-03-30 19:00:00"],
        ["2027-04-05 20:00:00", "2027-04-12 20:00:00", "2027-04-19 20:00:00", "2027-04-26 20:00:00"],
    ]


def test_excluded_added_and_changed_dates_go_with_their_part() -> None:
    more = "EXDATE;TZID=Europe/Berlin:20270308T190000,20270322T190000\r\nRDATE;TZID=Europe/Berlin:20270401T190000\r\n"
    single = (
        "BEGIN:VEVENT\r\nUID:s\r\nRECURRENCE-ID;TZID=Europe/Berlin:20270329T190000\r\n"
        "DTSTART;TZID=Europe/Berlin:20270330T100000\r\nSUMMARY:New\r\nEND:VEVENT\r\n"
    )
    before, after, one = events(
        single,
        MASTER.format(start="20270301T190000", end="20270301T210000", rule="FREQ=WEEKLY;COUNT=6", more=more),
        CHANGE.format(at="20270315T190000", start="20270315T200000", more=""),
    )
    assert [str(time) for time in times(before)] == ["2027-03-01 19:00:00"]
    assert [str(moment) for moment in after.exdate] == ["2027-03-22T20:00:00[Europe/Berlin]"]
    assert [str(moment) for moment in after.rdate] == ["2027-04-01T20:00:00[Europe/Berlin]"]
    assert one.uid == after.uid
    assert str(one.recurrence_id) == "2027-03-29T20:00:00[Europe/Berlin]"
    assert str(one.start_date) == "2027-03-30T10:00:00[Europe/Berlin]"


def test_the_rest_can_be_cancelled() -> None:
    before, after = events(
        MASTER.format(start="20270301T190000", end="20270301T210000", rule="FREQ=WEEKLY", more=""),
        CHANGE.format(at="20270315T190000", start="20270315T190000", more="STATUS:CANCELLED\r\n"),
    )
    assert before.rrule == ("FREQ=WEEKLY;UNTIL=20270315T175959Z",)
    assert before.event_status is None
    assert after.event_status is Status.CANCELLED


def test_a_change_of_the_first_date_is_the_series() -> None:
    (only,) = events(
        MASTER.format(start="20270301T190000", end="20270301T210000", rule="FREQ=WEEKLY", more=""),
        CHANGE.format(at="20270301T190000", start="20270301T200000", more=""),
    )
    assert (only.uid, only.name, only.rrule) == ("s", "New", ("FREQ=WEEKLY",))


def test_without_its_series_it_stays_an_override() -> None:
    (only,) = events(CHANGE.format(at="20270315T190000", start="20270315T200000", more=""))
    assert str(only.recurrence_id) == "2027-03-15T19:00:00[Europe/Berlin]"
    assert only.raw["recurrence_id"] == "RANGE=THISANDFUTURE"


def test_a_rule_of_its_own_counts() -> None:
    _, after = events(
        MASTER.format(start="20270301T190000", end="20270301T210000", rule="FREQ=WEEKLY", more=""),
        CHANGE.format(at="20270315T190000", start="20270315T200000", more="RRULE:FREQ=MONTHLY;BYMONTHDAY=15\r\n"),
    )
    assert after.rrule == ("FREQ=MONTHLY;BYMONTHDAY=15",)


def test_an_hourly_series_is_divided() -> None:
    before, after = events(
        MASTER.format(start="20270301T190000", end="20270301T190500", rule="FREQ=HOURLY;COUNT=400", more=""),
        CHANGE.format(at="20270315T190000", start="20270315T193000", more=""),
    )
    assert (before.rrule, after.rrule) == (("FREQ=HOURLY;COUNT=336",), ("FREQ=HOURLY;COUNT=64",))
    assert str(after.start_date) == "2027-03-15T19:30:00[Europe/Berlin]"


def test_a_frequent_rule_that_names_hours_is_written_out() -> None:
    before, after = events(
        MASTER.format(start="20270301T090000", end="20270301T090500", rule="FREQ=HOURLY;BYHOUR=9,11;COUNT=6", more=""),
        CHANGE.format(at="20270302T090000", start="20270302T100000", more=""),
    )
    assert list(times(before)) == [dt.datetime(2027, 3, 1, 9), dt.datetime(2027, 3, 1, 11)]
    assert [f"{time:%m-%d %H}" for time in times(after)] == ["03-02 10", "03-02 12", "03-03 10", "03-03 12"]


def test_a_rule_that_never_falls_adds_nothing() -> None:
    rule, more = "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "RDATE;TZID=Europe/Berlin:20270315T190000\r\n"
    before, after = events(
        MASTER.format(start="20270301T190000", end="20270301T210000", rule=rule, more=more),
        CHANGE.format(at="20270315T190000", start="20270315T200000", more=""),
    )
    assert (before.rrule, before.rdate) == ((f"{rule};UNTIL=20270315T175959Z",), ())
    assert (after.rrule, [str(one) for one in after.rdate]) == ((), ["2027-03-15T20:00:00[Europe/Berlin]"])


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY;COUNT=1000000000", "FREQ=MINUTELY;BYHOUR=9;COUNT=9000", "FREQ=HOURLY;BYHOUR=99"]
)
def test_what_cannot_be_divided_says_so(rule: str) -> None:
    found = read(
        MASTER.format(start="20270301T190000", end="20270301T190500", rule=rule, more=""),
        CHANGE.format(at="20270315T190000", start="20270315T193000", more=""),
    )
    assert [type(one).__name__ for one in found] == ["Observation", "Observation", "Skipped"]
    assert isinstance(found[2], Skipped)
    assert "changes one date only" in found[2].reason


def test_a_series_with_a_change_is_never_passed_over_as_known() -> None:
    data = (
        "BEGIN:VCALENDAR\r\n"
        + MASTER.format(start="20270301T190000", end="20270301T210000", rule="FREQ=WEEKLY", more="")
        + "END:VCALENDAR\r\n"
    )
    (master,) = reader("ics")(data.encode(), Context(now=NOW, source="s", url="https://example.org/"))
    assert isinstance(master, Observation)
    assert master.component
    changed = data.replace(
        "END:VCALENDAR", CHANGE.format(at="20270315T190000", start="20270315T200000", more="") + "END:VCALENDAR"
    )
    known = Context(now=NOW, source="s", url="https://example.org/", known=frozenset((master.component,)))
    found = list(reader("ics")(changed.encode(), known))
    assert [type(one).__name__ for one in found] == ["Observation", "Observation"]
