"""Series: overrides, occurrences that are events of their own, and ids that last."""

import datetime as dt

import pytest

from hobnob.events import Override
from hobnob.moments import Moment
from hobnob.observations import Attendance, Place, Status

BERLIN = "Europe/Berlin"


def at(day, hour=18, zone=BERLIN):
    return Moment(dt.date(2026, 12, day), dt.time(hour), zone)


@pytest.fixture
def weekly(says):
    return says(rrule=("FREQ=WEEKLY",), end_date=at(1, 20), location=Place(name="Hub"), description="Every week")


@pytest.fixture
def override(says):
    def one(day, name="Barcamp", **more):
        return says(name=name, **{"recurrence_id": at(day), "start_date": at(day), **more})

    return one


def test_an_override_of_times_or_a_cancellation_stays_with_the_series(world, weekly, override):
    moved = override(8, start_date=at(9, 19), end_date=at(9, 21))
    counts = world.say(weekly, moved, override(15, event_status=Status.CANCELLED))
    (event,) = world.events().values()
    assert event.overrides == (
        Override(recurrence_id=at(8), start_date=at(9, 19), end_date=at(9, 21)),
        Override(recurrence_id=at(15), start_date=at(15), status=Status.CANCELLED),
    )
    assert (event.rrule, event.exdate, counts.total.new) == (("FREQ=WEEKLY",), (), 1)
    assert len(world.catalogue.observations(event.id)) == 3


@pytest.mark.parametrize(
    "different",
    [
        {"name": "Christmas party"},
        {"location": Place(name="Library")},
        {"virtual_location": "https://call.example/", "event_attendance_mode": Attendance.ONLINE},
    ],
)
def test_an_override_of_name_place_or_attendance_is_an_event_of_its_own(world, weekly, override, different):
    world.say(weekly, override(8, **different))
    events = list(world.catalogue.events(world.catalogue.event_ids()))
    series = next(event for event in events if event.rrule)
    own = next(event for event in events if not event.rrule)
    assert own.series == series.series is not None
    assert own.id != series.id
    assert (own.start_date, own.description) == (at(8), "Every week")
    assert (series.exdate, series.overrides) == ((at(8),), ())
    assert own.name == different.get("name", "Barcamp")
    if "name" in different:
        assert own.place == Place(name="Hub")


def test_an_override_that_repeats_the_place_in_full_is_no_event_of_its_own(world, weekly, override):
    world.say(weekly, override(8, start_date=at(9), location=Place(name="Hub"), name=" Barcamp "))
    assert [event.overrides[0].start_date for event in world.events().values()] == [at(9)]


def test_an_override_without_its_series_is_an_event_until_that_comes(world, weekly, override):
    world.say(override(8))
    (alone,) = world.events().values()
    assert (alone.start_date, alone.rrule) == (at(8), ())
    assert alone.series
    world.say(weekly)
    (event,) = world.events().values()
    assert event.rrule == ("FREQ=WEEKLY",)
    assert event.series == alone.series
    assert event.id == alone.id, "a merge keeps the older id"


def test_ids_resolve_for_ever(world, weekly, override):
    world.say(override(8))
    world.say(override(15))
    first, second = sorted(world.catalogue.events(world.catalogue.event_ids()), key=lambda e: str(e.start_date))
    world.say(weekly)
    assert world.catalogue.event(second.id).id == first.id
    assert list(world.catalogue.events([second.id])) == []
    assert ("merged", second.id) in world.news()
    assert len(world.catalogue.observations(second.id)) == 3


def test_a_split_gives_an_id_back(world, weekly, override):
    world.say(weekly)
    (series,) = world.events().values()
    world.say(override(8, "Christmas party"))
    party = world.events()["Christmas party"]
    world.say(override(8))
    assert list(world.events()) == ["Barcamp"]
    assert world.catalogue.event(party.id).id == series.id
    assert world.events()["Barcamp"].exdate == ()
    world.say(override(8, "New year party"))
    again = world.events()["New year party"]
    assert (again.id, again.created_at) == (party.id, party.created_at)
    assert again.sequence > party.sequence
    assert world.catalogue.event(party.id) == again
    assert ("split", party.id) in world.news()
    assert world.events()["Barcamp"].id == series.id


def test_a_cancelled_override_and_its_reinstatement_are_changes_of_the_series(world, weekly, override):
    world.say(weekly, override(8))
    world.say(override(8, event_status=Status.CANCELLED))
    (event,) = world.events().values()
    (change,) = world.catalogue.changes(world.seen_number)
    assert event.overrides[0].status is Status.CANCELLED
    assert change.what == "changed"
    assert "cancelled" in change.fields["overrides"][1]
    world.say(override(8))
    (event,) = world.events().values()
    assert (event.overrides[0].status, event.sequence) == (Status.SCHEDULED, 2)


def test_a_bad_override_leaves_its_series_alone(world, weekly, override):
    counts = world.say(weekly, override(8, "bad party"), override(15, event_status=Status.CANCELLED))
    (event,) = world.events().values()
    assert [o.recurrence_id for o in event.overrides] == [at(15)]
    assert counts.total.failed == 1


def test_a_bad_series_waits_with_its_overrides(world, weekly, override, says):
    counts = world.say(says(name="bad", rrule=("FREQ=WEEKLY",)), override(8), says("b"))
    assert (counts.total.failed, counts.total.new) == (2, 1)
    world.say(weekly)
    assert world.catalogue.counts().problems == 0
    assert world.catalogue.counts().events == 2


def test_a_group_too_large_is_cut_and_says_so(world, weekly, override, monkeypatch):
    monkeypatch.setattr("indexer.catalogue.step.MOST_OVERRIDES", 5)
    counts = world.say(weekly, *(override(day, event_status=Status.CANCELLED) for day in range(2, 12)))
    (event,) = world.events().values()
    assert len(event.overrides) == 4
    assert counts.total.failed == 6
    assert world.catalogue.counts().pending == 0


def test_a_rule_keeps_the_clocks_it_was_written_on(world, says):
    world.enricher.zone = BERLIN
    late = Moment(dt.date(2026, 12, 1), dt.time(23, 30), "UTC")
    end = Moment(dt.date(2026, 12, 2), dt.time(1), "UTC")
    world.say(says(start_date=late, end_date=end, rrule=("FREQ=WEEKLY;BYDAY=TU",), exdate=(at(8, 23, "UTC"),)))
    (event,) = world.events().values()
    assert (event.start_date, event.end_date) == (late, end)
    assert event.exdate == (at(8, 23, "UTC"),)


def test_a_floating_rule_takes_its_zone_with_all_its_dates(world, says, override):
    world.enricher.zone = BERLIN
    floating = at(8, 18, None)
    series = says(
        start_date=at(1, 18, None), rrule=("FREQ=WEEKLY",), exdate=(at(15, 18, None),), rdate=(at(3, 9, None),)
    )
    world.say(series, override(8, recurrence_id=floating, start_date=at(8, 19, None)))
    (event,) = world.events().values()
    assert event.start_date == at(1)
    assert (event.exdate, event.rdate) == ((at(15),), (at(3, 9),))
    assert event.overrides == (Override(recurrence_id=at(8), start_date=at(8, 19)),)


def test_extra_dates_move_with_their_event(world, says):
    world.enricher.zone = "Asia/Tokyo"
    utc = [at(day, 9, "UTC") for day in (1, 3, 5)]
    world.say(says(start_date=utc[0], rdate=(utc[1], Moment(dt.date(2026, 12, 4))), exdate=(utc[2],)))
    (event,) = world.events().values()
    assert event.start_date == at(1, 18, "Asia/Tokyo")
    assert event.rdate == (at(3, 18, "Asia/Tokyo"), Moment(dt.date(2026, 12, 4)))
    assert event.exdate == (at(5, 18, "Asia/Tokyo"),)


def test_a_custom_zone_travels_with_its_definition(world, says):
    custom = "Our Zone"
    said = says(
        start_date=at(1, 18, custom), rrule=("FREQ=WEEKLY",), exdate=(at(8, 18, custom),), vtimezone="BEGIN:VTIMEZONE"
    )
    world.say(said)
    (event,) = world.events().values()
    assert (event.start_date, event.exdate, event.vtimezone) == (
        at(1, 18, custom),
        (at(8, 18, custom),),
        "BEGIN:VTIMEZONE",
    )


def test_an_event_that_becomes_a_series_stays_the_same_event(world, says):
    world.say(says())
    (before,) = world.events().values()
    world.say(says(rrule=("FREQ=WEEKLY;COUNT=3",)))
    (after,) = world.events().values()
    assert after.id == before.id
    assert list(world.catalogue.recurring_ids()) == [after.id]
    world.say(says())
    assert list(world.catalogue.recurring_ids()) == []
