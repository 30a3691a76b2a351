"""One event or two: names, times, places and pages weighed. Every event here is made up unless it is well known."""

import datetime as dt
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given

from hobnob.events import Event, EventSource, Label
from hobnob.moments import Moment
from hobnob.observations import Person, Place
from indexer.identity.comparing import Verdict, compare
from indexer.identity.traits import Traits, traits_of
from tests.strategies import events

BERLIN = Place(address_locality="Berlin", country_code="DE", geonames_id=2950159, latitude=52.52437, longitude=13.41053)
POTSDAM = Place(
    address_locality="Potsdam", country_code="DE", geonames_id=2852458, latitude=52.39886, longitude=13.06566
)
LONDON = Place(address_locality="London", country_code="GB", geonames_id=2643743, latitude=51.50853, longitude=-0.12574)
SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE


def listed(name: str, start: str, end: str | None = None, place: Place | None = BERLIN, **more: object) -> Traits:
    """What a source says; `start` is a day, or a day and an hour in Berlin."""
    source, uid, why = more.pop("source", "a"), more.pop("uid", "1"), more.pop("why", "centre of somewhere")
    return traits_of(
        Event(
            id="",
            name=name,
            start_date=_moment(start),
            end_date=_moment(end) if end else None,
            place=place,
            place_why=str(why) if place else None,
            sources=(EventSource(source=str(source), uid=str(uid)),),
            **more,  # type: ignore[arg-type]
        )
    )


def _moment(text: str) -> Moment:
    when = dt.datetime.fromisoformat(text)
    return Moment(when.date(), when.time(), "Europe/Berlin") if "T" in text else Moment(when.date())


def other(name: str, start: str, end: str | None = None, place: Place | None = BERLIN, **more: object) -> Traits:
    return listed(name, start, end, place, **{"source": "b", "uid": "2"} | more)


def hall(name: str, latitude: float = 52.50123) -> Place:
    return replace(BERLIN, name=name, latitude=latitude, longitude=13.44321)


GLASS = listed("Glass Forum 2026", "2026-03-04", "2026-03-06")
EVENING = listed(
    "Kiln Evening: Cones and Crafts", "2026-03-04T19:00", place=hall("Kesselhaus"), why="declared coordinates"
)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (GLASS, other("GLASS FORUM", "2026-03-04", "2026-03-06")),
        (GLASS, other("Glass Forum", "2026-03-03", "2026-03-06")),
        (GLASS, other("Glass Forum Berlin", "2026-03-04", "2026-03-05", None)),
        (GLASS, other("Glass Forum", "2026-03-04", "2026-03-06", POTSDAM)),
        (GLASS, other("Glass Forum Europe", "2026-03-04", "2026-03-06")),
        (EVENING, other("Kiln Evening: Cones & Crafts", "2026-03-04T18:30")),
        (EVENING, other("Kiln evening: cones and crafts", "2026-03-04")),
        (
            listed("Monthly Meeting", "2026-03-04T19:00", place=hall("Kesselhaus")),
            other("Monthly meeting", "2026-03-04T19:00", place=hall("Kesselhaus")),
        ),
        (
            listed("Cones", "2026-03-04T19:00", url="https://x.example/e/9"),
            other("Ofenabend", "2026-03-04T19:00", url="https://x.example/e/9/?utm_source=n"),
        ),
        (GLASS, listed("Glass Forum", "2026-03-04", "2026-03-06", uid="2")),
    ],
)
def test_one_event(a, b):
    found = compare(a, b)
    assert found.verdict is SAME, found
    assert found.score >= 0.75
    assert not found.contradicts


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (GLASS, other("Glass Forum 2027", "2027-03-04", "2027-03-06")),
        (GLASS, other("Glass Forum", "2026-03-04", "2026-03-06", LONDON)),
        (GLASS, other("Glass Forum London", "2026-03-04", "2026-03-06", None)),
        (GLASS, other("Glass Forum Workshops", "2026-03-04", "2026-03-06")),
        (GLASS, listed("Glass Forum Ceramics", "2026-03-04", "2026-03-06", uid="2")),
        (GLASS, listed("Glass Forum", "2026-03-09", "2026-03-10", uid="2")),
        (listed("Kiln Day 1", "2026-03-04"), other("Kiln Day 2", "2026-03-04")),
        (listed("Kiln Meetup #8", "2026-03-04"), other("Kiln Meetup #9", "2026-03-04")),
        (listed("Story Time", "2026-03-04T10:00"), listed("Story Time", "2026-03-04T11:00", uid="2")),
        (listed("Story Time", "2026-03-04T10:00"), other("Story Time", "2026-03-04T14:00")),
        (listed("Story Time", "2026-03-04"), other("Story Time", "2026-03-05")),
        (
            listed("Story Time", "2026-03-04T10:00", place=hall("Central Library")),
            other("Story Time", "2026-03-04T10:00", place=hall("Mitte Books", 52.53)),
        ),
        (listed("Finance Committee", "2026-03-04T10:00"), listed("Health Committee", "2026-03-04T10:00", uid="2")),
    ],
)
def test_two_events_that_contradict_each_other(a, b):
    found = compare(a, b)
    assert found.verdict is DIFFERENT, found
    assert found.contradicts
    assert found.score < 0.5


def test_a_common_name_alone_proves_nothing():
    a = listed("Monthly Meeting", "2026-03-04T19:00")
    assert compare(a, other("Monthly Meeting", "2026-03-04T19:00")).verdict is UNSURE
    assert compare(a, other("Monthly Meeting", "2026-03-04T20:30")).verdict is DIFFERENT
    organizers = (Person(name="Kiln Friends"),)
    mine = listed("Monthly Meeting", "2026-03-04T19:00", organizer=organizers)
    assert compare(mine, other("Monthly Meeting", "2026-03-04T19:00", organizer=organizers)).verdict is SAME


def test_a_wholly_common_name_without_a_place_is_for_a_person_to_judge():
    for name in ("Barcamp", "Monthly Meeting"):
        a, b = listed(name, "2026-03-04T19:00", place=None), other(name, "2026-03-04T19:00", place=None)
        assert compare(a, b).verdict is UNSURE


def test_strangers_do_not_contradict_what_may_join_them_later():
    found = compare(GLASS, other("Wood Salon", "2026-03-04", "2026-03-06"))
    assert (found.verdict, found.contradicts) == (DIFFERENT, False)


def test_one_source_that_lists_an_hour_twice_on_two_pages_is_for_a_person_to_judge():
    a, b = (
        listed("Kiln Class", "2026-03-04T19:00", uid=page, url=f"https://x.example/book/{page}")
        for page in ("71", "72")
    )
    assert compare(a, b).verdict is UNSURE


WEEKLY = listed("Kiln Evening", "2026-03-04T19:00", rrule=("FREQ=WEEKLY;UNTIL=20260701T000000Z",))


@pytest.mark.parametrize("day", ["2026-03-04", "2026-05-06", "2026-07-01"])
def test_a_single_time_that_another_source_lists_is_of_the_series(day):
    found = compare(WEEKLY, other("Kiln Evening", f"{day}T19:00"))
    assert (found.verdict, found.score) == (SAME, 0.8)


@pytest.mark.parametrize(
    "once",
    [
        other("Kiln Evening", "2026-05-06T20:00"),
        other("Kiln Evening", "2026-05-07T19:00"),
        other("Kiln Evening", "2026-02-25T19:00"),
        other("Kiln Evening", "2026-07-08T19:00"),
        other("Kiln Evening for Beginners", "2026-05-06T19:00"),
        other("Kiln Evening", "2026-05-06T19:00", place=LONDON),
        listed("Kiln Evening", "2026-05-06T19:00", uid="2"),
    ],
)
def test_another_hour_day_name_place_or_of_the_same_source_is_not_of_the_series(once):
    assert compare(WEEKLY, once).verdict is DIFFERENT


def test_a_story_time_is_of_a_series_at_one_venue_only():
    series = listed("Story Time", "2026-03-04T10:00", place=hall("Mitte Books"), rrule=("FREQ=WEEKLY",))
    assert compare(series, other("Story Time", "2026-03-11T10:00", place=hall("Mitte Books"))).verdict is SAME
    assert compare(series, other("Story Time", "2026-03-11T10:00")).verdict is DIFFERENT


def test_two_series():
    later = other("Kiln Evening", "2026-06-03T19:00", rrule=("FREQ=WEEKLY",))
    assert compare(WEEKLY, later).verdict is SAME
    assert compare(WEEKLY, other("Kiln Evening", "2026-06-04T19:00", rrule=("FREQ=WEEKLY",))).verdict is DIFFERENT


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ("KDD", "SIGKDD", SAME),
        ("Empire Conf", "EmpireJS", SAME),
        ("JSinSA", "JavaScript in South Africa", SAME),
        ("#fstoco", "Full Stack Toronto", SAME),
        ("ASE", "RASE", DIFFERENT),
        ("Golang Piter", "PiterPy", DIFFERENT),
        ("scotlandCSS", "scotlandJS", DIFFERENT),
    ],
)
def test_one_word_may_be_short_for_a_name_when_all_days_and_the_city_agree(a, b, verdict):
    assert compare(listed(a, "2026-03-04", "2026-03-06"), other(b, "2026-03-04", "2026-03-06")).verdict is verdict
    assert compare(listed(a, "2026-03-04", "2026-03-06"), other(b, "2026-03-04", "2026-03-07")).verdict is not SAME


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ("Story Time", "Story Time", UNSURE),
        ("Quiz Night", "Quiz Night", UNSURE),
        ("Office closed", "Office closed", UNSURE),
        ("Glowing Kilns", "Glowing Kilns", SAME),
        ("Glowing Kilns", "Glowing Kilns, an evening of clay", SAME),
        ("Story Time", "Toddler Story Time", UNSURE),
        ("Hockey vs Ohio Owls", "Berlin Bears vs Ohio Owls", SAME),
        ("Hockey vs Ohio", "Tennis vs Ohio", DIFFERENT),
        ("Kiln Owls Men's Rowing at Glass Lake", "Kiln Owls Women's Rowing: Glass Lake", DIFFERENT),
        ("An Evening with Ada Kilnwright", "Ada Kilnwright", SAME),
        ("Kiln Owls Rowing vs Glass Lake", "Glass Lake Rowing at Kiln Owls", SAME),
    ],
)
def test_what_is_on_everywhere_at_an_hour_tells_less_than_rare_words(a, b, verdict):
    assert compare(listed(a, "2026-03-04T19:00"), other(b, "2026-03-04T19:00")).verdict is verdict


@pytest.mark.parametrize(
    ("one", "two", "verdict"),
    [
        ("Wooden Jug - Mitte", "Wooden Jug - Pankow", DIFFERENT),
        ("Wooden Jug", "Wooden Jug Ballroom", SAME),
        ("Wooden Jug Brewing Company", "Wooden Jug Brewery", SAME),
        ("Public Library", "City Church", DIFFERENT),
        ("Kesselhaus", None, UNSURE),
    ],
)
def test_branches_of_a_house_are_two_venues(one, two, verdict):
    a, b = (replace(BERLIN, name=name) for name in (one, two))
    found = compare(listed("Quiz Night", "2026-03-04T19:00", place=a), other("Quiz Night", "2026-03-04T19:00", place=b))
    assert found.verdict is verdict


def test_what_is_over_when_the_other_begins_is_another_event():
    first = listed("Story Time with Kiln", "2026-03-04T10:00", "2026-03-04T10:30", hall("Kesselhaus"))
    second = other("Story Time with Kiln", "2026-03-04T10:30", "2026-03-04T11:00", hall("Kesselhaus"))
    assert compare(first, second).verdict is DIFFERENT


def test_local_time_written_as_utc_is_no_other_hour():
    local = listed("Kiln Evening", "2026-03-04T19:00")
    wrong = traits_of(
        Event(
            id="",
            name="Kiln Evening",
            start_date=Moment(dt.date(2026, 3, 4), dt.time(19), "UTC"),
            place=BERLIN,
            place_why="centre of Berlin",
            sources=(EventSource(source="b", uid="2"),),
        )
    )
    assert compare(local, wrong).verdict is SAME


def test_reasons_say_the_values():
    reasons = compare(GLASS, other("Glass Forum", "2026-03-03", "2026-03-06", POTSDAM)).reasons
    assert reasons == (
        "the same name in other words: 'Glass Forum 2026', 'Glass Forum'",
        "start 1 day apart",
        "27 km apart",
    )


@given(events(), events())
def test_any_two_events_compare_alike_either_way(one, two):
    a, b = (traits_of(event) for event in (one, two))
    found, back = compare(a, b), compare(b, a)
    assert (found.verdict, found.score, found.contradicts) == (back.verdict, back.score, back.contradicts)
    assert 0 <= found.score <= 1
    assert all(isinstance(reason, str) for reason in found.reasons)
    assert msgspec.json.decode(msgspec.json.encode(a), type=Traits) == a


def test_hostile_text_is_no_obstacle():
    wild = listed(
        "\ud800 w/ @ #99999999999999999999 '99 \x00" + "(" * 10**5, "0001-01-01", url="https://[::1/?" + "a&" * 10**5
    )
    far = other("𝓟𝔂 \u202e" * 10**4, "9999-12-31", "9999-12-31")
    assert compare(wild, far).verdict is DIFFERENT
    assert compare(wild, replace_uid(wild)).verdict is SAME
    assert msgspec.json.decode(msgspec.json.encode(wild), type=Traits) == wild


def replace_uid(traits: Traits) -> Traits:
    return msgspec.structs.replace(traits, uid="other")


HOUSE = replace(BERLIN, name="Kesselhaus am Ring")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Loom Lab Journeys: Bright Prospects - Kaleidoscope", "Loom Lab Journeys: Greetings from Afar - Bottle Mail"),
        ("Violet Weavers Duo - Kesselhaus am Ring Garden", "Classic Salmon Trio - Kesselhaus am Ring Garden"),
        ("Concert of Evergreen in Kesselhaus am Ring", "Concert of Violet Weavers, a Tribute in Kesselhaus am Ring"),
    ],
)
def test_two_parts_of_a_series_at_one_minute_and_one_house_are_two(one: str, two: str) -> None:
    first = listed(one, "2026-03-04T19:00", place=HOUSE)
    second = other(two, "2026-03-04T19:00", place=HOUSE)
    assert compare(first, second).verdict is not Verdict.SAME


def test_one_house_and_one_minute_outweigh_another_town_in_a_name() -> None:
    first = listed("Violet Weavers - Kesselhaus", "2026-03-04T19:00", place=HOUSE)
    second = other("Violet Weavers - Kesselhaus in Potsdam", "2026-03-04T19:00", place=HOUSE)
    assert compare(first, second).verdict is Verdict.SAME


def test_one_name_without_a_place_on_one_day_is_one_conference() -> None:
    first = listed("Software Architecture Conference", "2026-03-04", place=None, kind=Label(id="conference", score=0.8))
    second = other("Software Architecture Conference", "2026-03-04", place=None, kind=Label(id="conference", score=0.8))
    assert compare(first, second).verdict is Verdict.SAME
    unnamed = listed("Annual Conference", "2026-03-04", place=None, kind=Label(id="conference", score=0.8))
    other_unnamed = other("Annual Conference", "2026-03-04", place=None, kind=Label(id="conference", score=0.8))
    assert compare(unnamed, other_unnamed).verdict is not Verdict.SAME


def test_a_conference_of_a_field_in_one_town_may_be_another_than_one_without_a_place() -> None:
    first = listed("TypeScript Conference", "2026-03-04", kind=Label(id="conference", score=0.8))
    second = other("TypeScript Conference", "2026-03-04", place=None, kind=Label(id="conference", score=0.8))
    assert compare(first, second).verdict is UNSURE


def test_one_street_and_number_is_one_venue_though_one_source_names_no_town() -> None:
    told = replace(BERLIN, text="Weberstraße 12, 10115 Berlin")
    first = listed("Trivia Night", "2026-03-04T19:00", place=told)
    second = other("Trivia Night", "2026-03-04T19:00", place=Place(text="Weberstr. 12"))
    assert compare(first, second).verdict is SAME
    elsewhere = other("Trivia Night", "2026-03-04T19:00", place=Place(text="Loomstr. 12"))
    assert compare(first, elsewhere).verdict is not SAME


def test_a_city_in_its_own_language_is_no_other_city() -> None:
    munich = Place(
        address_locality="Munich", country_code="DE", geonames_id=2867714, latitude=48.13743, longitude=11.57549
    )
    first = listed("WEAVE Summit München", "2026-03-04", "2026-03-06", munich)
    second = other("WEAVE Summit: Wool, Silk, Looms", "2026-03-04", "2026-03-06", munich)
    assert compare(first, second).verdict is SAME
    elsewhere = other("WEAVE Summit Wien", "2026-03-04", "2026-03-06", None)
    assert compare(first, elsewhere).verdict is DIFFERENT
