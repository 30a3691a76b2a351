"""From what sources say to events and news."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hobnob.errors import UnknownName
from hobnob.events import EventSource, Label, Presence
from hobnob.moments import Moment
from hobnob.observations import Attendance, Offer, Person, Place, Status
from indexer.catalogue import Catalogue
from indexer.identity import identify
from tests.strategies import observations

HUB = Place(name="Hub", address_locality="Berlin", latitude=52.52, longitude=13.405)


def only(world):
    (event,) = world.events().values()
    return event


def tally(counts):
    return counts.new, counts.changed, counts.unchanged, counts.failed


def test_an_observation_becomes_an_event(world, says):
    said = says(
        description="Talks",
        url="https://b.example/1",
        location=HUB,
        organizer=(Person(name="Ada"),),
        offers=(Offer(price="0"),),
        keywords=("unconference",),
        sequence=7,
    )
    assert tally(world.say(said).by_source["berlin"]) == (1, 0, 0, 0)
    event = only(world)
    assert (event.name, event.description, event.url, event.place) == ("Barcamp", "Talks", "https://b.example/1", HUB)
    assert (event.start_date, event.organizer, event.keywords) == (said.start_date, said.organizer, said.keywords)
    assert event.sources == (EventSource(source="berlin", uid="a", url="https://b.example/1"),)
    assert event.origins["place"] == "berlin"
    assert (event.sequence, event.created_at, event.series) == (
        0,
        dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc),
        None,
    )
    assert len(event.id) == 8
    assert world.news() == [("added", event.id)]
    assert list(world.catalogue.touched(0)) == [event.id]
    (kept,) = world.catalogue.observations(event.id)
    assert (kept.name, kept.uid) == ("Barcamp", "a")


def test_the_same_uid_of_two_sources_says_nothing(world, says):
    world.say(says(source="berlin"), says("a", "Night of the museums", source="bonn"))
    assert world.catalogue.counts().events == 2


def test_what_says_nothing_new_makes_no_news(world, says):
    world.say(says(description="All  about\n Python", keywords=("a", "b")))
    before = only(world)
    counts = world.say(says(description="All about Python", keywords=("b", "a"), raw={"x": "1"}))
    assert tally(counts.total) == (0, 0, 1, 0)
    assert world.news() == []
    assert (only(world).sequence, only(world).changed_at) == (0, before.changed_at)


def test_a_change_says_what_from_and_to(world, says):
    world.say(says())
    before = only(world)
    counts = world.say(says(name="Barcamp Berlin", description="x" * 500))
    after = only(world)
    (change,) = world.catalogue.changes(world.seen_number)
    assert tally(counts.total) == (0, 1, 0, 0)
    assert (change.what, change.event_id, after.id) == ("changed", before.id, before.id)
    assert change.fields["name"] == ("Barcamp", "Barcamp Berlin")
    assert change.fields["description"] == (None, "x" * 159 + "…")
    assert (after.sequence, after.created_at, after.changed_at) == (
        1,
        before.created_at,
        before.changed_at + dt.timedelta(1),
    )


DAY = dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ({"start_date": Moment(DAY)}, {"start_date": Moment(DAY + dt.timedelta(1))}, "moved"),
        ({"start_date": Moment(DAY)}, {"start_date": Moment(DAY, dt.time(9), "UTC")}, "changed"),
        ({"start_date": Moment(DAY, dt.time(9), "UTC")}, {"start_date": Moment(DAY, dt.time(10), "UTC")}, "moved"),
        (
            {"start_date": Moment(DAY, dt.time(9), "UTC")},
            {"start_date": Moment(DAY, dt.time(10), "Europe/Berlin")},
            "changed",
        ),
        ({}, {"end_date": Moment(DAY, dt.time(22), "Europe/Berlin")}, "changed"),
        ({"location": HUB}, {"location": replace(HUB, latitude=48.1, longitude=11.5)}, "moved"),
        ({"location": HUB}, {"location": replace(HUB, name="The Hub", latitude=52.5201)}, "changed"),
        ({"location": Place(name="Hub")}, {"location": Place(name="Library")}, "moved"),
        ({"location": Place(name="Hub")}, {"location": Place(name="Hub", address_locality="Berlin")}, "changed"),
        ({}, {"location": HUB}, "changed"),
        ({}, {"event_status": Status.CANCELLED, "name": "Cancelled"}, "cancelled"),
        ({"event_status": Status.CANCELLED}, {"event_status": Status.SCHEDULED}, "reinstated"),
        ({}, {"event_status": Status.POSTPONED}, "postponed"),
        ({}, {"virtual_location": "https://call.example/"}, "changed"),
    ],
)
def test_what_kind_of_news_a_change_is(world, says, before, after, what):
    world.say(says(**before))
    world.say(says(**{**before, **after}))
    assert [one for one, _ in world.news()] == [what]
    assert only(world).sequence == 1


def test_a_new_label_is_noted_but_raises_no_sequence(world, says):
    world.say(says())
    world.enricher.industries = (Label(id="technology", score=0.9),)
    counts = world.say(says(raw={"x": "2"}))
    assert tally(counts.total) == (0, 1, 0, 0)
    assert [what for what, _ in world.news()] == ["changed"]
    assert only(world).sequence == 0
    world.enricher.industries = (Label(id="technology", score=0.4, why=("code",)),)
    world.say(says(raw={"x": "3"}))
    assert world.news() == []
    assert only(world).industries[0].score == 0.4


def test_a_bad_observation_stops_nobody(world, says):
    counts = world.say(says("a"), says("b", "bad one"), says("c", "Night of the museums"))
    assert tally(counts.total) == (2, 0, 0, 1)
    assert counts.problems == ["berlin: ValueError: cannot judge bad one"]
    assert world.catalogue.counts().problems == 1
    assert world.catalogue.counts().pending == 0
    world.say(says("b", "better one"))
    assert world.catalogue.counts().problems == 0
    assert world.catalogue.counts().events == 3


def test_an_event_that_becomes_bad_stays_as_it_was(world, says):
    world.say(says())
    world.say(says(name="bad"))
    assert only(world).name == "Barcamp"
    assert world.news() == []


def test_what_cannot_be_stored_is_isolated_too(world, says):
    world.enricher.industries = (Label(id="\ud800", score=1.0),)
    counts = world.say(says("a"))
    assert tally(counts.total) == (0, 0, 0, 1)
    assert "cannot be stored" in counts.problems[0]
    assert world.catalogue.counts().events == 0


@pytest.mark.parametrize("batch", [1, 3, 500])
def test_batches_make_no_difference(world, says, batch):
    steps = []
    counts = world.say(
        *(says(str(n), f"Event {n}") for n in range(10)), batch=batch, progress=lambda *s: steps.append(s)
    )
    assert counts.total.new == 10
    assert steps[-1] == (10, 10)
    assert len(steps) == -(-10 // batch)
    assert [change.number for change in world.catalogue.changes()] == list(range(1, 11))


def test_forgetting_a_source_withdraws_what_only_it_supports(world, says):
    world.say(says("a"), says("b", "Other", source="bonn"))
    mine = world.events()["Barcamp"]
    assert world.catalogue.forget_source("berlin", now=world.now) == 1
    gone = world.catalogue.event(mine.id)
    assert (gone.presence, gone.sequence) == (Presence.WITHDRAWN, 1)
    assert [c.what for c in world.catalogue.changes(2)] == ["withdrawn"]
    assert world.catalogue.counts().observations == 1
    assert world.catalogue.counts().present == 1
    assert world.catalogue.forget_source("berlin", now=world.now) == 0
    assert "berlin" not in world.catalogue.sources()


def test_a_source_that_comes_back_finds_its_events(world, says):
    world.say(says())
    before = only(world)
    world.catalogue.forget_source("berlin", now=world.now)
    world.say(says())
    back = only(world)
    assert (back.id, back.presence, back.sequence) == (before.id, Presence.PRESENT, 2)
    assert world.news() == [("reinstated", before.id)]


def test_unknown_events_are_unknown(world):
    with pytest.raises(UnknownName, match="unknown event 'nosuchid'"):
        world.catalogue.event("nosuchid")
    assert list(world.catalogue.events(["nosuchid"])) == []


def test_touched_names_each_event_once_in_the_order_of_its_last_change(world, says):
    world.say(says("a", "A"), says("b", "B"), says("c", "C"))
    number = world.catalogue.number()
    ids = {event.name: event.id for event in world.events().values()}
    world.say(says("b", "B2"))
    world.say(says("a", "A2"))
    world.say(says("b", "B3"))
    assert list(world.catalogue.touched(0)) == [ids["C"], ids["A"], ids["B"]]
    assert list(world.catalogue.touched(number)) == [ids["A"], ids["B"]]
    assert list(world.catalogue.touched(world.catalogue.number())) == []
    assert [change.what for change in world.catalogue.changes(number, limit=2)] == ["changed", "changed"]


def test_iterators_page_through_everything(world, says):
    first = dt.date(2026, 12, 1)
    starts = [Moment(first + dt.timedelta(days=3 * n), dt.time(18), "Europe/Berlin") for n in range(1203)]
    world.say(
        *(
            says(str(n), start_date=start, rrule=("FREQ=DAILY;COUNT=2",) if n % 2 else ())
            for n, start in enumerate(starts)
        )
    )
    ids = list(world.catalogue.event_ids())
    assert len(ids) == len(set(ids)) == 1203
    assert ids == sorted(ids)
    assert len(list(world.catalogue.recurring_ids())) == 601
    assert len(list(world.catalogue.touched(0))) == 1203
    assert len(list(world.catalogue.changes())) == 1203
    assert len({event.id for event in world.catalogue.events(ids)}) == 1203


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(said=st.lists(observations(), max_size=8), data=st.data())
def test_whatever_is_said_in_whatever_order_gives_the_same_events(tmp_path_factory, world, said, data):
    def believed(order, parts):
        path = tmp_path_factory.mktemp("order") / "catalogue.sqlite"
        with Catalogue.open(f"sqlite:///{path}") as catalogue:
            for part in range(parts):
                catalogue.load(order[part::parts], now=world.now)
                identify(catalogue, world.enricher, now=world.now)
            found = [
                replace(event, id="", sequence=0, created_at=None, changed_at=None)
                for event in catalogue.events(catalogue.event_ids())
            ]
            return sorted(map(repr, found)), catalogue.counts().pending

    distinct = list({(o.source, o.uid, o.recurrence_id and o.recurrence_id.utc()): o for o in said}.values())
    shuffled = data.draw(st.permutations(distinct))
    once = believed(distinct, 1)
    assert once[1] == 0
    assert believed(shuffled, 3) == once


def test_attendance_comes_from_the_judgement(world, says):
    world.say(says(virtual_location="https://call.example/1"))
    assert only(world).attendance is Attendance.ONLINE
    assert only(world).virtual_location == "https://call.example/1"
