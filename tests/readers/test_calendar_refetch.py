"""What a calendar's reader need not parse: events that are over, and those that say what they said before."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.readers import Context, Over, Reading, reader
from hobnob.observations import Observation, Skipped, Unchanged
from tests.readers.case_folders import CASES

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc)
CONTEXT = Context(now=NOW, source="s", url="https://example.org/a.ics")
SINCE = dt.date(2026, 11, 10)
LATER = dt.datetime(2026, 11, 24, tzinfo=dt.timezone.utc)


def read(data: bytes, context: Context = CONTEXT) -> list[Reading]:
    return list(reader("ics")(data, context))


def calendar(*events: str, head: str = "VERSION:2.0") -> bytes:
    text = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\n{head}\n{text}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def observations(readings: list[Reading]) -> list[Observation]:
    return [one for one in readings if isinstance(one, Observation)]


def over(*events: str) -> int:
    readings = read(calendar(*events), replace(CONTEXT, since=SINCE))
    counts = [one.count for one in readings if isinstance(one, Over)]
    assert len(counts) == (len(observations(readings)) < len(events))
    assert sum(counts) + len(observations(readings)) == len(events)
    return sum(counts)


IS_OVER = [
    "DTSTART:20261108T100000Z",
    "DTSTART;VALUE=DATE:20261108",
    "DTSTART:20261108",
    "DTSTART;TZID=Pacific/Kiritimati:20261108T235900",
    "DTSTART;TZID=(UTC+01:00) Berlin:20261101T100000",
    "dtstart:20261101\ndtend:20261102",
    "DTSTART:20261101\n ",
    "DTSTART:2026\n 1101T1000\n\t00Z",
    "DTSTART:20261101T100000Z\nDTEND:20261108T100000Z",
    "DTSTART:20261101T100000Z\nDURATION:PT2H",
    "DTSTART:20261101\nDURATION:P5D",
    "DTSTART:20261101T100000Z\nRRULE:FREQ=DAILY;UNTIL=20261108T100000Z",
    "DTSTART:20261101T100000Z\nRRULE:UNTIL=20261108;FREQ=DAILY",
    "DTSTART:20200101T100000Z\nRRULE:FREQ=WEEKLY;COUNT=10;BYDAY=MO,WE",
    "DTSTART:20200101T100000Z\nRRULE:FREQ=DAILY;INTERVAL=2;COUNT=10;WKST=SU",
    "DTSTART:20200101\nRDATE;VALUE=DATE:20261101,20261105",
    "DTSTART:20200101T100000Z\nRDATE;VALUE=PERIOD:20261101T100000Z/20261102T100000Z",
    "DTSTART:20261101\nEXDATE:20271101",
    "DTSTART:20261101\nBEGIN:VALARM\nTRIGGER;VALUE=DATE-TIME:20270101T000000Z\nDTSTART:20270101\nEND:VALARM",
    "DTSTART:20261101\nSUMMARY:See you at DTEND:20271101",
]


@pytest.mark.parametrize("event", IS_OVER)
def test_what_is_certainly_over_is_not_read(event: str) -> None:
    assert over(f"UID:1\n{event}", "UID:2\nDTSTART:20270101") == 1


MAY_NOT_BE_OVER = [
    "DTSTART:20261109",
    "DTSTART:20261110T100000Z",
    "DTSTART;TZID=Pacific/Pago_Pago:20261109T235900",
    "DTSTART:20261101\nDTEND:20261111",
    "DTSTART:20261101\nDTEND:20271101",
    "DTSTART:20261101T100000Z\nDURATION:P9D",
    "DTSTART:20261101T100000Z\nDURATION:soon",
    "DTSTART:20161101\nRRULE:FREQ=YEARLY",
    "DTSTART:20161101\nRRULE:FREQ=YEARLY;COUNT=15",
    "DTSTART:20161101\nRRULE:FREQ=DAILY;COUNT=1000000000",
    "DTSTART:20161101\nRRULE:FREQ=DAILY;COUNT=10;BYMONTH=11",
    "DTSTART:20200101\nRRULE:FREQ=WEEKLY;COUNT=360;BYDAY=WE",
    "DTSTART:16010101T000000\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
    "DTSTART:20161101\nRRULE:FREQ=DAILY;UNTIL=20261109T235959Z",
    "DTSTART:20161101\nRRULE:FREQ=DAILY;UNTIL=next year",
    "DTSTART:20261101T220000Z\nDTEND:20261103T220000Z\nRRULE:FREQ=WEEKLY;UNTIL=20261108T220000Z",
    "DTSTART:20161101\nRRULE:FREQ=DAILY;UNTIL=20161108\nRRULE:FREQ=YEARLY",
    "DTSTART:20161101\nRDATE:20161102,20271101,20161103",
    "DTSTART:20161101\nRDATE:20161102\nRDATE:20271101",
    "DTSTART:20161101\nRDATE;VALUE=PERIOD:20261101T000000Z/P30D",
    "DTSTART:20161101\nRRULE:D1 #0",
    "DTSTART:2016-11-01",
    "DTSTART:1 November 2016",
    "DTSTART:20161101\nDTEND:unknown",
]


@pytest.mark.parametrize("event", MAY_NOT_BE_OVER)
def test_what_may_not_be_over_is_read(event: str) -> None:
    readings = read(calendar(f"UID:1\n{event}"), replace(CONTEXT, since=SINCE))
    assert not [one for one in readings if isinstance(one, Over)]
    assert [one for one in readings if isinstance(one, (Observation, Skipped))]


def test_a_bad_event_is_reported_and_never_over() -> None:
    readings = read(calendar("UID:1\nSUMMARY:no date", "UID:2\nDTSTART:20160101"), replace(CONTEXT, since=SINCE))
    assert [type(one) for one in readings] == [Skipped, Over]


def test_a_changed_date_in_the_future_keeps_its_series() -> None:
    series = "UID:1\nDTSTART:20200101\nRRULE:FREQ=DAILY;UNTIL=20200301"
    changed = "UID:1\nRECURRENCE-ID:20200201\nDTSTART:20270101"
    old = "UID:1\nRECURRENCE-ID:20200202\nDTSTART:20200203"
    assert over(series, old) == 2
    assert over(series, old, "UID:2\nDTSTART:20270101") == 2
    assert over(changed, series, old) == 0
    assert over("UID:2\nDTSTART:20200101", series, changed) == 1


def test_events_without_uid_are_judged_alone() -> None:
    assert over("DTSTART:20200101", "DTSTART:20270101", "DTSTART:20200102") == 2


def test_without_since_everything_is_read() -> None:
    assert len(observations(read(calendar("UID:1\nDTSTART:19010101")))) == 1


def keys(data: bytes, context: Context = CONTEXT) -> list[str | None]:
    return [one.component for one in observations(read(data, context))]


def test_every_event_has_a_key_of_its_own() -> None:
    for name in ("google_calendar", "the_events_calendar", "eventful_venues"):
        found = keys((CASES / "ics" / name / "input.ics").read_bytes())
        assert all(key and len(key) == 32 for key in found)
        assert len(set(found)) == len(found) > 10


@pytest.mark.parametrize(
    "name", ["google_calendar", "the_events_calendar", "eventful_venues", "three_calendars_one_uid"]
)
def test_a_refetched_calendar_is_unchanged(name: str) -> None:
    data = (CASES / "ics" / name / "input.ics").read_bytes()
    before = observations(read(data))
    again = read(data, replace(CONTEXT, now=LATER, known=frozenset(one.component for one in before if one.component)))
    assert [one.key for one in again if isinstance(one, Unchanged)] == [one.component for one in before]
    assert {one.source for one in again if isinstance(one, Unchanged)} == {"s"}
    assert not observations(again)


EVENT = (
    "UID:1\nDTSTAMP:20260101T000000Z\nDTSTART;TZID=Own:20270101T100000\nSUMMARY:x\nSEQUENCE:1\n"
    "LAST-MODIFIED:20260101T000000Z"
)
HEAD = "X-WR-TIMEZONE:Europe/Berlin\nMETHOD:PUBLISH\nPRODID:a\nX-WR-CALNAME:n\nX-PUBLISHED-TTL:PT1H"
ZONE = "BEGIN:VTIMEZONE\nTZID:Own\nBEGIN:STANDARD\nTZOFFSETTO:+0300\nEND:STANDARD\nEND:VTIMEZONE"
VENUE = "BEGIN:VVENUE\nUID:v\nNAME:Hall\nEND:VVENUE"
CHURN = [
    (EVENT, EVENT.replace("DTSTAMP:2026", "DTSTAMP:2027")),
    (EVENT, EVENT.replace("DTSTAMP:20260101T000000Z\n", "")),
    (EVENT, EVENT.replace("LAST-MODIFIED:2026", "LAST-MODIFIED:2027")),
    (EVENT, EVENT + "\nCREATED:20260101T000000Z"),
    (EVENT, EVENT + "\nBEGIN:VALARM\nACTION:DISPLAY\nACKNOWLEDGED:20260101T000000Z\nEND:VALARM"),
    (HEAD, HEAD.replace("PRODID:a", "PRODID:b")),
    (HEAD, HEAD.replace("PT1H", "PT2H")),
    (HEAD, HEAD.replace("CALNAME:n", "CALNAME:m")),
]
CHANGES = [
    (EVENT, EVENT.replace("SUMMARY:x", "SUMMARY:y")),
    (EVENT, EVENT.replace("SEQUENCE:1", "SEQUENCE:2")),
    (EVENT, EVENT + "\nLOCATION:Hall"),
    (EVENT, EVENT + "\nBEGIN:VLOCATION\nNAME:Hall\nEND:VLOCATION"),
    (EVENT, EVENT.replace("UID:1", "UID:2")),
    (HEAD, HEAD.replace("Berlin", "Paris")),
    (HEAD, HEAD.replace("PUBLISH", "CANCEL")),
    (HEAD, HEAD + "\nCALSCALE:JULIAN"),
    (ZONE, ZONE.replace("+0300", "+0400")),
    (VENUE, VENUE.replace("Hall", "Library")),
]


def changed(old: str, new: str) -> tuple[bytes, bytes]:
    before = calendar(EVENT, "UID:9\nDTSTART:20270101\nSUMMARY:z", head=f"{HEAD}\n{ZONE}\n{VENUE}")
    after = before.replace(old.replace("\n", "\r\n").encode(), new.replace("\n", "\r\n").encode())
    assert after != before
    return before, after


@pytest.mark.parametrize(("old", "new"), CHURN)
def test_what_changes_with_every_fetch_changes_no_key(old: str, new: str) -> None:
    before, after = changed(old, new)
    assert keys(before) == keys(after)


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_what_changes_the_meaning_changes_the_key(old: str, new: str) -> None:
    before, after = changed(old, new)
    (first, second) = keys(before)
    assert first not in (keys(after) or [None])
    if old == EVENT:
        assert second in keys(after)
    else:
        assert second not in keys(after)


@pytest.mark.parametrize("change", [{"time_zone": "Asia/Tokyo"}, {"language": "de"}])
def test_what_the_source_says_changes_the_key(change: dict[str, str]) -> None:
    data = calendar("UID:1\nDTSTART:20270101T100000")
    assert keys(data) != keys(data, replace(CONTEXT, **change))  # type: ignore[arg-type]


def test_line_ends_and_folds_change_no_key() -> None:
    data = calendar(EVENT)
    assert keys(data) == keys(data.replace(b"\r\n", b"\n")) == keys(data.replace(b"SUMM", b"SU\r\n MM"))


SHARED = (
    "UID:1\nDTSTART:20270101\nSUMMARY:a",
    "UID:1\nDTSTART:20270102\nSUMMARY:b",
    "UID:1\nDTSTART:20270103\nSUMMARY:a",
)


def test_events_that_share_a_uid_are_told_apart_whatever_is_known() -> None:
    data = calendar(*SHARED, "UID:2\nDTSTART:20270101")
    before = observations(read(data))
    uids = [one.uid for one in before]
    assert uids[0] == "1"
    assert all(uid.startswith("1-") for uid in uids[1:3])
    assert len(set(uids)) == 4
    for left_out in before:
        known = frozenset(one.component for one in before if one.component and one is not left_out)
        again = read(data, replace(CONTEXT, known=known))
        stored = {one.component: one.uid for one in before}
        found = [
            one.uid if isinstance(one, Observation) else stored[one.key] for one in again if not isinstance(one, Over)
        ]
        assert found == uids


def test_who_shares_a_uid_is_read_again_when_the_other_one_goes() -> None:
    first, second = observations(read(calendar(*SHARED[:2])))
    assert first.component
    assert second.component
    known = frozenset((first.component, second.component))
    (alone,) = observations(read(calendar(SHARED[1]), replace(CONTEXT, known=known)))
    assert alone.uid == "1"
    (unchanged,) = read(calendar(SHARED[0]), replace(CONTEXT, known=known))
    assert unchanged == Unchanged(source="s", key=first.component)


def test_two_states_of_one_event_are_read_together() -> None:
    """The catalogue keeps the one with the higher SEQUENCE; alone, the other one would look like news."""
    data = calendar("UID:1\nDTSTART:20270101\nSEQUENCE:0", "UID:1\nDTSTART:20270102\nSEQUENCE:1")
    _, newer = observations(read(data))
    assert newer.component
    again = read(data, replace(CONTEXT, known=frozenset((newer.component,))))
    assert [one.sequence for one in observations(again)] == [0, 1]


def test_the_same_event_twice_has_one_key() -> None:
    data = calendar("UID:1\nDTSTART:20270101\nSUMMARY:a", "UID:1\nDTSTART:20270101\nSUMMARY:a")
    first, second = observations(read(data))
    assert first == second
    assert first.component
    assert len(read(data, replace(CONTEXT, known=frozenset((first.component,))))) == 2


def test_a_series_that_a_later_change_divides_is_read_again() -> None:
    series = "UID:1\nDTSTART:20270101\nRRULE:FREQ=DAILY;COUNT=9\nSUMMARY:a"
    other = "UID:2\nDTSTART:20270101\nSUMMARY:b"
    before = observations(read(calendar(series, other)))
    known = frozenset(one.component for one in before if one.component)
    moved = "UID:1\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270105\nDTSTART:20270106\nSUMMARY:moved"
    again = read(calendar(series, other, moved), replace(CONTEXT, known=known))
    assert [one.key for one in again if isinstance(one, Unchanged)] == [before[1].component]
    assert {one.name for one in observations(again)} == {"a", "moved"}


def test_known_and_over_at_once() -> None:
    data = calendar("UID:1\nDTSTART:20160101", "UID:2\nDTSTART:20160102", "UID:3\nDTSTART:20270101")
    first, _, third = keys(data)
    assert first
    assert third
    again = read(data, replace(CONTEXT, since=SINCE, known=frozenset((first, third))))
    assert again == [Unchanged(source="s", key=first), Unchanged(source="s", key=third), Over(count=1)]


EVENTS = st.lists(
    st.builds(
        lambda uid, start, name, override: f"DTSTART:{start}\nSUMMARY:{name}{uid}{override}",
        st.sampled_from(["", "\nUID:1", "\nUID:2"]),
        st.sampled_from(["20160101", "20160102", "20261109", "20270101"]),
        st.sampled_from("ab"),
        st.sampled_from(["", "", "\nRECURRENCE-ID:20260101", "\nRECURRENCE-ID:20260102"]),
    ),
    min_size=1,
    max_size=6,
)


@given(events=EVENTS, chosen=st.sets(st.integers(0, 5)))
def test_any_part_may_be_known(events: list[str], chosen: set[int]) -> None:
    before = observations(read(calendar(*events)))
    known = frozenset(one.component or "" for number, one in enumerate(before) if number in chosen)
    again = read(calendar(*events), replace(CONTEXT, known=known))
    assert len(again) == len(before)
    for old, new in zip(before, again, strict=True):
        if isinstance(new, Unchanged):
            assert new.key == old.component in known
        else:
            assert new == old


@given(events=EVENTS)
def test_nothing_that_is_to_come_is_over(events: list[str]) -> None:
    before = observations(read(calendar(*events)))
    readings = read(calendar(*events), replace(CONTEXT, since=SINCE))
    kept = observations(readings)
    to_come = {one.uid for one in before if one.start_date.date >= dt.date(2026, 11, 9)}
    assert [one for one in before if one.uid in to_come] == [one for one in kept if one.uid in to_come]
    assert all(one in before for one in kept)
    assert sum(one.count for one in readings if isinstance(one, Over)) == len(before) - len(kept)
