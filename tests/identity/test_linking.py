"""One event of many sources: what is joined, what stays apart, and that the order of arrival does not matter."""

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from hobnob.events import Presence
from hobnob.moments import Moment
from hobnob.observations import Attendance, Offer, Person, Place, Status
from indexer.catalogue import Catalogue
from indexer.identity import identify
from indexer.identity.clustering import MOST_PARTS
from indexer.rules import RULES

BERLIN = Place(
    name="Alte Münze",
    street_address="Molkenmarkt 2",
    address_locality="Berlin",
    latitude=52.515,
    longitude=13.408,
    geonames_id=2950159,
    country_code="DE",
)
LISBON = Place(
    name="LX Factory",
    address_locality="Lisbon",
    latitude=38.7036,
    longitude=-9.1787,
    geonames_id=2267057,
    country_code="PT",
)


def day(text, clock=(18, 0), zone="Europe/Berlin"):
    return Moment(dt.date.fromisoformat(text), dt.time(*clock) if clock else None, zone if clock else None)


@pytest.fixture
def rust(says):
    """RustLab as a source says it; made by us."""

    def said(source, uid="rustlab", **more):
        usual = {"name": "RustLab Berlin 2026", "start_date": day("2026-12-01"), "location": BERLIN}
        return says(source=source, uid=uid, **{**usual, **more})

    return said


def sources_of(world):
    """The sources of each event, as a set of tuples."""
    events = world.catalogue.events(world.catalogue.event_ids())
    return {tuple(sorted(source.source for source in event.sources)) for event in events}


def test_two_sources_speak_of_one_event(world, rust):
    world.say(rust("list", "7"))
    (first,) = world.events().values()
    world.say(rust("own", url="https://rustlab.example/"))
    (event,) = world.events().values()
    assert event.id == first.id
    assert {source.source for source in event.sources} == {"list", "own"}
    assert {observation.source for observation in world.catalogue.observations(event.id)} == {"list", "own"}
    assert [what for what, _ in world.news()] == ["changed"]


def test_two_sources_of_one_crawl(world, rust):
    world.say(rust("list", "7"), rust("own"))
    assert sources_of(world) == {("list", "own")}
    assert [what for what, _ in world.news()] == ["added"]


def test_two_editions_stay_apart_though_a_third_source_names_no_year(world, rust):
    next_year = {"name": "RustLab Berlin 2027", "start_date": day("2027-12-01")}
    world.say(rust("list", "26"), rust("list", "27", **next_year), rust("own", "26"), rust("own", "27", **next_year))
    assert sources_of(world) == {("list", "own")}
    assert world.catalogue.counts().events == 2


def test_two_cities_of_a_brand_stay_apart(world, rust):
    world.say(rust("a", name="RustLab"), rust("b", name="RustLab", location=LISBON))
    assert sources_of(world) == {("a",), ("b",)}


def test_any_order_of_arrival_gives_the_same_groups(tmp_path, world, rust):
    said = [
        rust("a"),
        rust("b", name="Rust Lab Berlin"),
        rust("c", name="RustLab Berlin 2026 presented by Ferris Ltd"),
        rust("d", location=LISBON, name="RustLab Lisbon 2026"),
        rust("e", start_date=day("2027-12-01"), name="RustLab Berlin 2027"),
    ]
    found = set()
    for number, order in enumerate(itertools.permutations(said)):
        if number % 11:  # eleven of the 120 orders; each takes a catalogue of its own
            continue
        with Catalogue.open(f"sqlite:///{tmp_path}/{number}.sqlite", now=world.now) as catalogue:
            for observation in order:
                catalogue.load([observation], now=world.now)
                identify(catalogue, world.enricher, now=world.now)
            events = catalogue.events(catalogue.event_ids())
            found.add(frozenset(tuple(sorted(source.source for source in event.sources)) for event in events))
    assert len(found) == 1
    assert found == {frozenset({("a", "b", "c"), ("d",), ("e",)})}


def test_what_is_moved_away_by_its_source_leaves_the_event(world, rust):
    world.say(rust("list"), rust("own"))
    (both,) = world.events().values()
    world.say(rust("list", location=LISBON, name="RustLab Lisbon 2026"))
    assert sources_of(world) == {("list",), ("own",)}
    whats = dict.fromkeys(what for what, _ in world.news())
    assert "split" in whats
    kept = world.catalogue.event(both.id)
    assert kept.id == both.id
    world.say(rust("list"))
    assert sources_of(world) == {("list", "own")}
    assert world.catalogue.event(both.id).id == both.id


def test_an_event_that_becomes_part_of_another_keeps_its_id_as_an_alias(world, rust):
    world.say(rust("list", location=LISBON, name="RustLab Lisbon 2026"))
    world.say(rust("own"))
    ids = {event.id for event in world.events().values()}
    world.say(rust("list"))
    (event,) = world.events().values()
    assert {world.catalogue.event(one).id for one in ids} == {event.id}


def test_each_field_from_who_knows_it_best(world, rust):
    world.say(
        rust(
            "aggregator",
            url="https://rustlab.example/",
            source_url="https://all-events.example/feed",
            description="Rust!",
            keywords=("rust", "Code"),
            start_date=day("2026-12-01", None),
            location=Place(address_locality="Berlin", geonames_id=2950159, country_code="DE"),
        ),
        rust(
            "own",
            url="https://rustlab.example/2026",
            source_url="https://www.rustlab.example/calendar.ics",
            description="Three days about Rust",
            keywords=("code",),
            performer=(Person(name="Ada L."),),
        ),
        rust(
            "third",
            source_url="https://third.example/",
            offers=(Offer(price="10"),),
            performer=(Person(name="ada l.", url="https://ada.example/"), Person(name="Grace H.")),
        ),
    )
    (event,) = world.events().values()
    assert event.description == "Three days about Rust"
    assert event.url == "https://rustlab.example/2026"
    assert event.place == BERLIN
    assert event.start_date == day("2026-12-01")
    assert event.offers == (Offer(price="10"),)
    assert [person.name for person in event.performer] == ["Ada L.", "Grace H."]
    assert event.performer[0].url == "https://ada.example/"
    assert sorted(word.casefold() for word in event.keywords) == ["code", "rust"]
    assert (event.origins["description"], event.origins["offers"], event.origins["place"]) == ("own", "third", "own")
    assert event.sources[0].source == "own"


def test_one_source_that_calls_it_off_is_believed_unless_the_best_one_says_otherwise(world, rust):
    world.say(rust("a"), rust("b", event_status=Status.CANCELLED))
    (event,) = world.events().values()
    assert event.status is Status.CANCELLED
    assert event.origins["status"] == "b"


def test_a_weekly_event_under_many_uids_is_one_series(world, rust):
    weeks = [f"2026-12-{number:02}" for number in (1, 8, 15, 22)]
    said = [
        rust("site", week, name="Rust Stammtisch", start_date=day(week), url=f"https://r.example/{week}")
        for week in weeks
    ]
    world.say(*said)
    (event,) = world.events().values()
    assert event.start_date == day("2026-12-01")
    assert event.rdate == tuple(day(week) for week in weeks[1:])
    assert len(event.sources) == 4
    world.say(replace(said[2], event_status=Status.CANCELLED))
    (event,) = world.events().values()
    assert [(one.recurrence_id, one.status) for one in event.overrides] == [(day("2026-12-15"), Status.CANCELLED)]
    world.say(rust("site", "later", name="Rust Stammtisch", start_date=day("2026-12-29")))
    (event,) = world.events().values()
    assert event.rdate[-1] == day("2026-12-29")


def test_a_series_and_a_run_of_single_events_are_one_series_that_goes_on(world, rust):
    series = rust("own", name="Rust Stammtisch", rrule=("FREQ=WEEKLY;COUNT=52",), exdate=(day("2027-06-01"),))
    weeks = [f"2026-12-{number:02}" for number in (1, 8, 15, 22)]
    world.say(series, *(rust("list", week, name="Rust Stammtisch", start_date=day(week)) for week in weeks))
    (event,) = world.catalogue.events(world.catalogue.event_ids())
    assert (event.rrule, event.exdate) == (series.rrule, series.exdate)
    assert event.rdate == ()
    assert {source.source for source in event.sources} == {"own", "list"}


def test_single_times_that_others_tell_of_are_times_of_the_series(world, rust):
    series = rust("own", name="Rust Stammtisch", rrule=("FREQ=WEEKLY;BYDAY=TU",))
    told = [rust("list", week, name="Rust Stammtisch", start_date=day(week)) for week in ("2026-12-08", "2026-12-22")]
    world.say(series, told[0], replace(told[1], event_status=Status.CANCELLED))
    (event,) = world.events().values()
    assert (event.rrule, event.rdate, event.status) == (("FREQ=WEEKLY;BYDAY=TU",), (), Status.SCHEDULED)
    assert [(one.recurrence_id, one.status) for one in event.overrides] == [(day("2026-12-22"), Status.CANCELLED)]
    assert [source.source for source in event.sources] == ["own", "list", "list"]


def test_two_evenings_are_no_series(world, rust):
    world.say(
        rust("site", "1", name="Open evening"), rust("site", "8", name="Open evening", start_date=day("2026-12-08"))
    )
    assert world.catalogue.counts().events == 2


def test_a_uid_that_changes_with_every_fetch_is_still_the_same_event(world, rust):
    world.say(rust("site", "random-1", url="https://r.example/1"))
    (first,) = world.events().values()
    world.say(rust("site", "random-2", url="https://r.example/1"))
    (event,) = world.events().values()
    assert event.id == first.id


def test_a_rescheduled_event_stays_the_same(world, rust):
    world.say(rust("site"))
    (first,) = world.events().values()
    world.say(rust("site", start_date=day("2026-12-09")))
    (event,) = world.events().values()
    assert (event.id, event.start_date) == (first.id, day("2026-12-09"))
    assert world.news() == [("moved", event.id)]


def test_online_and_on_site_are_not_the_same(world, rust):
    world.say(
        rust("a", name="Monthly meeting"),
        rust("b", name="Monthly meeting", location=None, virtual_location="https://call.example/9"),
    )
    assert world.catalogue.counts().events == 2
    assert {event.attendance for event in world.catalogue.events(world.catalogue.event_ids())} == {
        Attendance.OFFLINE,
        Attendance.ONLINE,
    }


def test_a_hundred_thousand_of_the_same_name_would_not_be_compared_all_with_all(world, rust):
    """Full blocks take no more: the work stays in proportion."""
    for batch in range(4):
        world.say(*(rust(f"s{batch}", str(number), name="Meeting", location=None) for number in range(150)), batch=50)
    assert world.catalogue.counts().problems == 0
    assert all(event.presence is Presence.PRESENT for event in world.events().values())


def test_no_event_is_made_of_more_than_so_many_parts(world, rust):
    world.say(*(rust(f"copy {number}") for number in range(MOST_PARTS + 20)))
    events = [*world.catalogue.events(world.catalogue.event_ids())]
    assert max(len(event.sources) for event in events) <= MOST_PARTS
    assert sum(len(event.sources) for event in events) == MOST_PARTS + 20


def test_what_is_left_of_an_event_whose_source_is_forgotten_is_compared_anew(world, rust):
    world.say(rust("list"), rust("own"))
    (event,) = world.events().values()
    world.catalogue.forget_source("own", now=world.now)
    assert [said.rules for said in world.catalogue.said(event.id)] == [0]
    world.say()
    assert sources_of(world) == {("list",)}
    assert [said.rules for said in world.catalogue.said(event.id)] == [RULES]
