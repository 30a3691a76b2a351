"""When events happen: zones, clock changes, cut-out, added and moved dates, the window, and hostile input."""

import datetime as dt
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hobnob.events import Event, Occurrence, Override
from hobnob.moments import UTC, Moment
from hobnob.observations import Place, Status
from indexer.occurrences import MOST_GENERATED, occurrences

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=UTC)
BERLIN = "Europe/Berlin"


def at(text: str, zone: str | None = BERLIN) -> Moment:
    """A Moment from "2026-11-24" or "2026-11-24T19:00"."""
    value = dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)
    return Moment.of(value, zone)


def meetup(start: str, end: str | None = None, *, zone: str | None = BERLIN, **fields: object) -> Event:
    return Event(id="m1", name="Meetup", start_date=at(start, zone), end_date=at(end, zone) if end else None, **fields)


def times(event: Event, **window: int) -> list[str]:
    return [str(found.start.wall) for found in occurrences(event, now=NOW, **window)]


def utc(found: Occurrence) -> tuple[str, str]:
    return f"{found.start_utc:%Y-%m-%dT%H:%M}", f"{found.end_utc:%Y-%m-%dT%H:%M}"


def test_a_single_event_is_found_however_far_ahead() -> None:
    (found,) = occurrences(meetup("2029-05-01T09:00", "2029-05-03T17:00"), now=NOW)
    assert utc(found) == ("2029-05-01T07:00", "2029-05-03T15:00")
    assert found.recurrence_id is None


def test_what_was_over_long_ago_is_left_out_but_what_still_runs_is_not() -> None:
    assert times(meetup("2024-11-01T09:00", "2024-11-02T09:00")) == []
    assert times(meetup("2024-11-01T09:00", "2024-11-24T09:00")) == ["2024-11-01 09:00:00"]
    assert times(meetup("2001-01-01", "2027-01-01")) == ["2001-01-01 00:00:00"]


def test_a_weekly_meetup_keeps_its_wall_time_over_clock_changes() -> None:
    found = occurrences(meetup("2027-03-22T19:00", "2027-03-22T21:00", rrule=("FREQ=WEEKLY;COUNT=2",)), now=NOW)
    assert [utc(one) for one in found] == [
        ("2027-03-22T18:00", "2027-03-22T20:00"),
        ("2027-03-29T17:00", "2027-03-29T19:00"),
    ]
    assert [one.end for one in found] == [at("2027-03-22T21:00"), at("2027-03-29T21:00")]
    assert [one.recurrence_id for one in found] == [one.start for one in found]


def test_the_first_duration_is_exact_for_all() -> None:
    """RFC 5545, 3.8.5.3: six hours are six hours, also in the night in which clocks go forward."""
    found = occurrences(meetup("2027-03-20T22:00", "2027-03-21T04:00", rrule=("FREQ=WEEKLY;COUNT=2",)), now=NOW)
    assert found[1].end == at("2027-03-28T05:00")
    assert found[1].end_utc - found[1].start_utc == dt.timedelta(hours=6)


def test_a_time_that_a_clock_change_skips_is_read_with_the_offset_before() -> None:
    found = occurrences(meetup("2027-03-27T02:30", rrule=("FREQ=DAILY;COUNT=3",)), now=NOW)
    assert [utc(one)[0] for one in found] == ["2027-03-27T01:30", "2027-03-28T01:30", "2027-03-29T00:30"]


def test_the_horizon_bounds_rules_and_nothing_else() -> None:
    event = meetup("2026-11-24T19:00", rrule=("FREQ=WEEKLY",), rdate=(at("2040-01-01T10:00"),))
    found = times(event, horizon_days=16)
    assert found == ["2026-11-24 19:00:00", "2026-12-01 19:00:00", "2026-12-08 19:00:00", "2040-01-01 10:00:00"]
    assert times(meetup("2030-01-01T19:00", rrule=("FREQ=WEEKLY",))) == ["2030-01-01 19:00:00"]


@pytest.mark.parametrize(
    "exdate",
    [
        pytest.param(at("2026-12-01T19:00"), id="its zone"),
        pytest.param(at("2026-12-01T18:00", "UTC"), id="UTC"),
        pytest.param(at("2026-12-01T13:00", "America/New_York"), id="another zone"),
        pytest.param(at("2026-12-01"), id="a date"),
        pytest.param(at("2026-12-01T19:00", None), id="floating"),
    ],
)
def test_exdate_cuts_out(exdate: Moment) -> None:
    event = meetup("2026-11-24T19:00", rrule=("FREQ=WEEKLY;COUNT=3",), exdate=(exdate,))
    assert times(event) == ["2026-11-24 19:00:00", "2026-12-08 19:00:00"]


def test_the_start_can_be_cut_out() -> None:
    event = meetup("2026-11-24T19:00", rrule=("FREQ=WEEKLY;COUNT=2",), exdate=(at("2026-11-24T19:00"),))
    assert times(event) == ["2026-12-01 19:00:00"]


@pytest.mark.parametrize("exdate", [at("2026-12-02"), at("2026-12-02T00:00", None), at("2026-12-01T23:00", "UTC")])
def test_exdate_of_whole_days(exdate: Moment) -> None:
    event = meetup(
        "2026-12-01", "2026-12-01", rrule=("FREQ=DAILY;COUNT=3",), exdate=(exdate,), place=Place(time_zone=BERLIN)
    )
    assert times(event) == ["2026-12-01 00:00:00", "2026-12-03 00:00:00"]


def test_rdate_adds_and_does_not_double() -> None:
    event = meetup("2026-11-24T19:00", "2026-11-24T20:00", rdate=(at("2026-11-24T18:00", "UTC"), at("2026-12-24")))
    found = occurrences(event, now=NOW)
    assert [(one.start, one.end) for one in found] == [
        (at("2026-11-24T19:00"), at("2026-11-24T20:00")),
        (at("2026-12-24T19:00"), at("2026-12-24T20:00")),
    ]


def test_an_override_replaces_its_occurrence() -> None:
    moved = Override(recurrence_id=at("2026-12-01T18:00", "UTC"), start_date=at("2026-12-02T20:00"))
    off = Override(recurrence_id=at("2026-12-08T19:00"), start_date=at("2026-12-08T19:00"), status=Status.CANCELLED)
    event = meetup("2026-11-24T19:00", "2026-11-24T21:00", rrule=("FREQ=WEEKLY;COUNT=3",), overrides=(moved, off))
    found = occurrences(event, now=NOW)
    assert [(one.start, one.end, one.status) for one in found] == [
        (at("2026-11-24T19:00"), at("2026-11-24T21:00"), Status.SCHEDULED),
        (at("2026-12-02T20:00"), at("2026-12-02T22:00"), Status.SCHEDULED),
        (at("2026-12-08T19:00"), at("2026-12-08T21:00"), Status.CANCELLED),
    ]
    assert found[1].recurrence_id == moved.recurrence_id


def test_a_far_moved_occurrence_is_found_although_the_rule_does_not_reach_it() -> None:
    moved = Override(recurrence_id=at("2028-12-05T19:00"), start_date=at("2031-01-01T10:00"), end_date=at("2031-01-02"))
    event = meetup("2026-11-24T19:00", rrule=("FREQ=WEEKLY;COUNT=2",), overrides=(moved,))
    last = occurrences(event, now=NOW)[-1]
    assert utc(last) == ("2031-01-01T09:00", "2031-01-02T23:00")


def test_a_cancelled_event_cancels_all() -> None:
    again = Override(recurrence_id=at("2026-11-24T19:00"), start_date=at("2026-11-25T19:00"))
    event = meetup("2026-11-24T19:00", rrule=("FREQ=WEEKLY;COUNT=2",), overrides=(again,), status=Status.CANCELLED)
    assert {one.status for one in occurrences(event, now=NOW)} == {Status.CANCELLED}


def test_whole_days_are_days_of_the_place() -> None:
    event = meetup("2026-12-01", "2026-12-02", place=Place(time_zone="Asia/Tokyo"))
    (found,) = occurrences(event, now=NOW)
    assert utc(found) == ("2026-11-30T15:00", "2026-12-02T15:00")
    assert (found.start, found.end) == (at("2026-12-01"), at("2026-12-02"))


@pytest.mark.parametrize("end", [None, "2026-11-01T10:00"], ids=["missing", "before the start"])
def test_without_an_end(end: str | None) -> None:
    (found,) = occurrences(meetup("2026-12-01T19:00", end), now=NOW)
    assert (found.end, found.end_utc) == (found.start, found.start_utc)


def test_a_day_without_an_end_lasts_the_day() -> None:
    (found,) = occurrences(meetup("2026-12-01", None), now=NOW)
    assert (found.end, utc(found)[1]) == (at("2026-12-01"), "2026-12-02T00:00")


def test_floating_times_are_read_at_the_place_and_stay_floating() -> None:
    (found,) = occurrences(meetup("2026-12-01T19:00", zone=None, place=Place(time_zone="Asia/Tokyo")), now=NOW)
    assert found.start.is_floating
    assert utc(found)[0] == "2026-12-01T10:00"


def test_an_end_in_another_zone_stays_there() -> None:
    event = replace(meetup("2026-12-01T09:00"), end_date=at("2026-12-01T12:00", "America/New_York"))
    event = replace(event, rrule=("FREQ=WEEKLY;COUNT=2",))
    assert [one.end for one in occurrences(event, now=NOW)] == [
        at("2026-12-01T12:00", "America/New_York"),
        at("2026-12-08T12:00", "America/New_York"),
    ]


CUSTOM = """BEGIN:VTIMEZONE
TZID:Our Own Time
X-LIC-LOCATION:Nowhere
BEGIN:STANDARD
DTSTART:16010101T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


@given(st.datetimes(dt.datetime(1997, 1, 1), dt.datetime(2036, 1, 1)).map(lambda t: t.replace(microsecond=0)))
def test_a_zone_of_its_own_is_as_good_as_the_real_one(start: dt.datetime) -> None:
    """The rules above are those of Berlin since 1997."""
    end = start + dt.timedelta(hours=5)
    fields = {"id": "a", "name": "b", "vtimezone": CUSTOM}
    window = {"now": start.replace(tzinfo=UTC), "horizon_days": 4000}
    rule = ("FREQ=WEEKLY;INTERVAL=9;COUNT=9",)
    own, real = (
        occurrences(
            Event(start_date=Moment.of(start, zone), end_date=Moment.of(end, zone), rrule=rule, **fields), **window
        )
        for zone in ("Our Own Time", BERLIN)
    )
    assert [(one.start_utc, one.end_utc, one.end.wall) for one in own] == [
        (one.start_utc, one.end_utc, one.end.wall) for one in real
    ]


@pytest.mark.parametrize(
    "vtimezone",
    ["", "nonsense", "BEGIN:VTIMEZONE\nTZID:Our Own Time\nEND:VTIMEZONE", CUSTOM.replace("+0200", "+9900"),
     CUSTOM.replace("FREQ=YEARLY", "FREQ=SECONDLY"), CUSTOM.replace("16010101T", "00010101T"), CUSTOM * 50],
)  # fmt: skip
def test_a_broken_zone_harms_nothing(vtimezone: str) -> None:
    begun = time.process_time()
    found = occurrences(meetup("2026-12-01T19:00", zone="Our Own Time", vtimezone=vtimezone), now=NOW)
    assert [one.start for one in found] == [at("2026-12-01T19:00", "Our Own Time")]
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("rule", ["nonsense", "FREQ=WEEKLY;INTERVAL=0", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"])
def test_a_rule_that_gives_nothing_leaves_the_start(rule: str) -> None:
    assert times(meetup("2026-12-01T19:00", rrule=(rule,))) == ["2026-12-01 19:00:00"]


@pytest.mark.parametrize("freq", ["SECONDLY", "MINUTELY", "HOURLY"])
def test_of_very_frequent_rules_the_nearest_are_kept(freq: str) -> None:
    found = occurrences(meetup("1990-01-01T00:00", rrule=(f"FREQ={freq}",)), now=NOW)
    assert len(found) == 2 * MOST_GENERATED
    assert sum(one.start_utc < NOW for one in found) == MOST_GENERATED
    assert NOW in {one.start_utc for one in found}


def test_several_rules_unite_within_the_same_bounds() -> None:
    daily = meetup("2026-11-24T19:00", rrule=("FREQ=WEEKLY;COUNT=2", "FREQ=MONTHLY;COUNT=2", "FREQ=WEEKLY;COUNT=2"))
    assert times(daily) == ["2026-11-24 19:00:00", "2026-12-01 19:00:00", "2026-12-24 19:00:00"]
    often = meetup("1990-01-01T00:00", rrule=("FREQ=HOURLY;BYMINUTE=0", "FREQ=HOURLY;BYMINUTE=30"))
    assert len(times(often)) == 2 * MOST_GENERATED


def test_a_million_exdates_are_bounded() -> None:
    exdate = (at("2026-12-01T18:00", "UTC"),) * 1_000_000
    begun = time.process_time()
    assert len(times(meetup("2026-11-24T19:00", rrule=("FREQ=WEEKLY;COUNT=3",), exdate=exdate))) == 2
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("start", ["0001-01-01", "0001-01-01T00:00", "9999-12-31", "9999-12-31T23:59"])
@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
@pytest.mark.parametrize("rule", [(), ("FREQ=DAILY",), ("FREQ=YEARLY;BYWEEKNO=1,53",)])
def test_the_ends_of_time(start: str, zone: str, rule: tuple[str, ...]) -> None:
    event = meetup(start, "9999-12-31T23:59", zone=zone, rrule=rule, place=Place(time_zone=zone))
    for now in (NOW, dt.datetime(1, 1, 1, tzinfo=UTC), dt.datetime(9999, 12, 31, 23, tzinfo=UTC)):
        found = occurrences(event, now=now)
        assert all(one.end_utc >= one.start_utc for one in found)
        assert len(found) <= 2 * MOST_GENERATED + 1


def moments() -> st.SearchStrategy[Moment]:
    zones = st.sampled_from([None, "UTC", BERLIN, "America/New_York", "Our Own Time", "Nonsense"])
    return st.builds(Moment, st.dates()) | st.builds(
        Moment, st.dates(), st.times().map(lambda t: t.replace(microsecond=0)), zones
    )


@settings(max_examples=80)
@given(st.data())
def test_whatever_is_said_the_answer_is_ordered_and_bounded(data: st.DataObject) -> None:
    some = st.lists(moments(), max_size=4).map(tuple)
    event = Event(
        id="a",
        name="b",
        start_date=data.draw(moments()),
        end_date=data.draw(st.none() | moments()),
        rrule=data.draw(
            st.lists(st.sampled_from(["FREQ=DAILY", "FREQ=MONTHLY;BYDAY=-1FR", "x"]) | st.text(), max_size=2)
        ),
        rdate=data.draw(some),
        exdate=data.draw(some),
        overrides=tuple(
            Override(recurrence_id=one, start_date=two, end_date=three)
            for one, two, three in data.draw(
                st.lists(st.tuples(moments(), moments(), st.none() | moments()), max_size=3)
            )
        ),
        vtimezone=CUSTOM,
    )
    found = occurrences(event, now=NOW)
    assert found == sorted(found, key=lambda one: one.start_utc)
    assert all(one.start_utc.tzinfo is UTC and one.end_utc.tzinfo is UTC for one in found)
    assert len({(one.start, one.recurrence_id) for one in found}) == len(found)
    assert len(found) <= 2 * MOST_GENERATED + 8
