"""What an engine is given of an event: terms, labels, and the numbers of each time."""

import datetime as dt
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hobnob.events import Event, EventSource, Label, Occurrence, Presence
from hobnob.moments import UTC, Moment
from hobnob.observations import Attendance, Person, Place, Status
from hobnob.queries import Hit
from indexer.documents import NEVER, Time, event_document
from indexer.occurrences import occurrences

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=UTC)
EVENT = Event(
    id="e1",
    name="Rust-Treffen für C++ Leute",
    start_date=Moment(dt.date(2026, 12, 1), dt.time(19), "Europe/Zurich"),
    end_date=Moment(dt.date(2026, 12, 2), dt.time(0), "Europe/Zurich"),
    description="Wir hacken gemeinsam.\n\nBring your laptop.",
    kind=Label(id="meetup", score=1.0),
    industries=(Label(id="technology", score=0.9),),
    place=Place(
        name="Rote Fabrik", address_locality="Zürich", country_code="CH", latitude=47.34, longitude=8.53,
        time_zone="Europe/Zurich",
    ),
    organizer=(Person(name="Łukasz Nowak"),),
    performer=(Person(name="Ada Lovelace"), Person(name="ada lovelace")),
    keywords=("systems",),
    in_language="de",
    is_free=True,
    sources=tuple(EventSource(source=name, uid=uid) for name, uid in (("one", "1"), ("two", "1"), ("one", "2"))),
)  # fmt: skip


def times_of(event: Event) -> tuple[Time, ...]:
    return event_document(event, occurrences(event, now=NOW)).times


def test_terms_and_labels() -> None:
    document = event_document(EVENT, ())
    assert document.name_tokens[:6] == ("rust", "treffen", "fur", "c++", "leute", "·")
    for word in ("rote", "fabrik", "zurich", "lukasz", "lovelace", "systems", "hacken", "technology", "meetup"):
        assert word in document.body_tokens
    assert document.people == ("lukasz nowak", "ada lovelace")
    assert (document.city, document.country) == ("Zürich, CH", "CH")
    assert (document.latitude, document.longitude) == (47.34, 8.53)
    assert (document.industries, document.kind, document.language) == (("technology",), "meetup", "de")
    assert (document.sources, document.free, document.attendance) == (("one", "two"), True, "offline")


def test_a_city_without_a_country_and_no_place_at_all() -> None:
    assert event_document(replace(EVENT, place=Place(address_locality="Zürich")), ()).city == "Zürich"
    nowhere = event_document(replace(EVENT, place=None, attendance=Attendance.ONLINE), ())
    assert (nowhere.city, nowhere.country, nowhere.latitude, nowhere.attendance) == (None, None, None, "online")


def test_the_card_and_a_time_make_a_hit() -> None:
    document = event_document(EVENT, occurrences(EVENT, now=NOW))
    (time,) = document.times
    found = msgspec.json.decode(document.card, type=Hit)
    assert (found.id, found.name, found.recurring) == ("e1", EVENT.name, False)
    assert found.summary == "Wir hacken gemeinsam. Bring your laptop."
    assert (found.organizer, found.performer) == (("Łukasz Nowak",), ("Ada Lovelace", "ada lovelace"))
    when = msgspec.json.decode(time.when, type=dict[str, Moment])
    assert when == {"start_date": EVENT.start_date, "end_date": EVENT.end_date}


@pytest.mark.parametrize(("text", "longest"), [("word " * 200, 302), ("x" * 1000, 301), ("語" * 1000, 301)])
def test_a_long_description_is_cut(text: str, longest: int) -> None:
    summary = msgspec.json.decode(event_document(replace(EVENT, description=text), ()).card, type=Hit).summary
    assert summary is not None
    assert summary.endswith("…")
    assert 290 < len(summary) <= longest
    assert text.startswith(summary.rstrip(" …"))


def test_what_ends_at_midnight_does_not_reach_into_the_next_day() -> None:
    (time,) = times_of(EVENT)
    day = dt.date(2026, 12, 1).toordinal()
    assert (time.first_day, time.last_day, time.month, time.status) == (day, day, "2026-12", "scheduled")
    assert time.start == int(dt.datetime(2026, 12, 1, 18, tzinfo=UTC).timestamp())
    assert time.end == int(dt.datetime(2026, 12, 1, 23, tzinfo=UTC).timestamp()) - 1
    assert (time.prev_end, time.prev_last_day, time.prev_end_any) == (NEVER, NEVER, NEVER)


def test_days_are_the_events_own_and_an_unknown_end_is_left_open() -> None:
    tokyo = replace(EVENT, place=Place(time_zone="Asia/Tokyo"), end_date=None)
    late = replace(tokyo, start_date=Moment(dt.date(2027, 1, 1), dt.time(0, 30), "Asia/Tokyo"))
    (time,) = times_of(late)
    assert (time.month, time.first_day) == ("2027-01", dt.date(2027, 1, 1).toordinal())
    assert time.start == time.end == int(dt.datetime(2026, 12, 31, 15, 30, tzinfo=UTC).timestamp())
    assert msgspec.json.decode(time.when)["end_date"] is None


def test_whole_days_run_to_the_last_second_of_the_last() -> None:
    event = replace(EVENT, start_date=Moment(dt.date(2026, 12, 1)), end_date=Moment(dt.date(2026, 12, 3)))
    (time,) = times_of(event)
    assert (time.first_day, time.last_day) == (dt.date(2026, 12, 1).toordinal(), dt.date(2026, 12, 3).toordinal())
    assert time.end == int(dt.datetime(2026, 12, 3, 22, 59, 59, tzinfo=UTC).timestamp())


def test_a_withdrawn_event_is_found_by_nothing() -> None:
    assert times_of(replace(EVENT, presence=Presence.WITHDRAWN)) == ()
    assert len(times_of(replace(EVENT, presence=Presence.MISSING))) == 1


def at(start: int, hours: int, status: Status, number: int) -> Occurrence:
    first = dt.datetime(2027, 1, 1, tzinfo=UTC) + dt.timedelta(hours=start)
    last = first + dt.timedelta(hours=hours)
    moments = (Moment.of(first), Moment.of(last))
    recurrence_id = Moment(dt.date(2027, 1, 1), dt.time(0, 0, number), "UTC")
    return Occurrence(
        event_id="e1", start=moments[0], end=moments[1], start_utc=first, end_utc=last, status=status,
        recurrence_id=recurrence_id,
    )  # fmt: skip


many = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 90), st.sampled_from([Status.SCHEDULED, Status.CANCELLED])),
    max_size=12,
)


@settings(max_examples=200)
@given(many, st.integers(-5, 160), st.booleans())
def test_each_event_is_found_once_whenever_one_asks(
    given_times: list[tuple[int, int, Status]], hours: int, cancelled_too: bool
) -> None:
    """`end >= T and prev_end < T` gives the first occurrence of a chain that is not over, and only that one."""
    found = [at(start, length, status, number) for number, (start, length, status) in enumerate(given_times)]
    times = event_document(EVENT, found).times
    asked = int(dt.datetime(2027, 1, 1, tzinfo=UTC).timestamp()) + hours * 3600
    day = dt.date.fromordinal(dt.date(2027, 1, 1).toordinal() + hours // 24).toordinal()

    def first(over: list[bool]) -> list[Time]:
        live = [time for time, is_over in zip(times, over, strict=True) if not is_over]
        return [time for time in live if cancelled_too or time.status != "cancelled"][:1]

    shown = [time for time in times if cancelled_too or time.status != "cancelled"]
    by_time = [t for t in shown if t.end >= asked > (t.prev_end_any if cancelled_too else t.prev_end)]
    by_day = [t for t in shown if t.last_day >= day > (t.prev_last_day_any if cancelled_too else t.prev_last_day)]
    assert by_time == first([time.end < asked for time in times])
    assert by_day == first([time.last_day < day for time in times])
    assert [(time.start, time.key) for time in times] == sorted((time.start, time.key) for time in times)
    assert len({time.key for time in times}) == len(given_times)
