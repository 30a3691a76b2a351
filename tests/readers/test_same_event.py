"""Which events of a page are one, and what is kept of two."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from crawlers.readers import Context
from crawlers.readers.iso_dates import moment
from crawlers.readers.pages.main_event import main_event, with_page_address
from crawlers.readers.pages.microformats_dates import Stated, stated
from crawlers.readers.pages.page import open_page
from crawlers.readers.pages.same_event import filled, one_each, told_apart
from hobnob.observations import Observation, Person, Place, Status
from tests.readers.case_folders import NOW


def told(start: str, name: str = "Maker Night", zone: str | None = None, **more: Any) -> Observation:
    found = moment(start, zone)
    assert found
    more.setdefault("uid", f"{name} {start}")
    return Observation(source="s", name=name, start_date=found, **more)


SAME = {
    "one name in two writings": (told("2027-03-05"), told("2027-03-05", "MAKER  Night")),
    "a time beside a day": (told("2027-03-05"), told("2027-03-05T19:00")),
    "an offset beside none": (told("2027-03-05T19:00"), told("2027-03-05T19:00+01:00")),
    "UTC on the day after": (told("2027-03-05T23:00-05:00"), told("2027-03-06T04:00Z")),
    "UTC beside an unnamed clock": (told("2027-03-05T19:00", reader="a"), told("2027-03-05T18:00Z", reader="b")),
    "a name with the site's": (
        told("2027-03-05T19:00", reader="a"),
        told("2027-03-05T19:00", "Maker Night – The Club", reader="b"),
    ),
    "one address": (
        told("2027-03-05", "Nacht", reader="a", url="https://e.example/1"),
        told("2027-03-05", "Night", reader="b", url="https://e.example/1"),
    ),
    "places of which one is more": (
        told("2027-03-05", reader="a", location=Place(name="Mill")),
        told("2027-03-05", reader="b", location=Place(text="1 Mill Lane, Leeds")),
    ),
}
TWO = {
    "another day": (told("2027-03-05"), told("2027-03-12")),
    "another hour": (told("2027-03-05T14:00"), told("2027-03-05T20:00")),
    "another place in one syntax": (
        told("2027-03-05", location=Place(name="Mill")),
        told("2027-03-05", location=Place(name="Barn")),
    ),
    "another name at one time": (told("2027-03-05T19:00", reader="a"), told("2027-03-05T19:00", "Quiz", reader="b")),
    "a short name in a longer one": (
        told("2027-03-05T19:00", "Jam", reader="a"),
        told("2027-03-05T19:00", "Jam and bread", reader="b"),
    ),
    "one address for a list": (
        told("2027-03-05", "One", reader="a", url="https://e.example/"),
        told("2027-03-05", "Two", reader="a", url="https://e.example/"),
    ),
    "UTC that no clock on earth is from": (
        told("2027-03-05T01:00", reader="a"),
        told("2027-03-05T18:00Z", reader="b"),
    ),
}


@pytest.mark.parametrize("pair", SAME.values(), ids=SAME)
def test_one_event(pair: tuple[Observation, Observation]) -> None:
    assert len(one_each(pair)) == 1
    assert len(one_each(reversed(pair))) == 1


@pytest.mark.parametrize("pair", TWO.values(), ids=TWO)
def test_two_events(pair: tuple[Observation, Observation]) -> None:
    assert len(one_each(pair)) == 2


def merged(first: Observation, second: Observation) -> Observation:
    (found,) = one_each([replace(first, reader="a"), replace(second, reader="b")])
    return found


def test_the_more_precise_start_is_kept_whichever_comes_first() -> None:
    for first, second in ((0, 1), (1, 0)):
        pair = (told("2027-03-05"), told("2027-03-05T19:00+01:00", end_date=moment("2027-03-05T21:00+01:00")))
        found = merged(pair[first], pair[second])
        assert str(found.start_date) == "2027-03-05T19:00:00[+01:00]"
        assert str(found.end_date) == "2027-03-05T21:00:00[+01:00]"


def test_a_stated_start_beats_a_guessed_one() -> None:
    guessed = told("2027-03-05T19:00", raw={"guess": "start_date: the year"})
    assert merged(guessed, told("2027-03-05T19:00")).raw == {}


def test_an_end_before_the_start_is_not_taken() -> None:
    found = merged(told("2027-03-05T19:00+01:00"), told("2027-03-05", end_date=moment("2027-03-05")))
    assert found.end_date is None


def test_each_field_from_where_it_is_fuller() -> None:
    first = told(
        "2027-03-05",
        description="Three talks…",
        event_status=Status.SCHEDULED,
        url="https://club.example/",
        organizer=(Person(name="Ada"),),
        location=Place(name="Mill"),
    )
    second = told(
        "2027-03-05",
        description="Three talks, and time to meet.",
        event_status=Status.CANCELLED,
        url="https://club.example/7",
        organizer=(Person(name="ada", url="https://ada.example/"),),
        location=Place(street_address="1 Mill Lane", address_locality="Leeds", latitude=53.8, longitude=-1.5),
    )
    found = merged(first, second)
    assert found.description == second.description
    assert found.event_status is Status.CANCELLED
    assert found.url == "https://club.example/7"
    assert found.organizer == (Person(name="Ada", url="https://ada.example/"),)
    assert found.location == replace(second.location, name="Mill")  # type: ignore[type-var]


def test_places_that_contradict_each_other_are_not_mixed() -> None:
    found = merged(
        told("2027-03-05", location=Place(name="Head office", address_locality="London")),
        told("2027-03-05", location=Place(name="Mill", address_locality="Leeds", street_address="1 Mill Lane")),
    )
    assert found.location == Place(name="Mill", address_locality="Leeds", street_address="1 Mill Lane")


def test_what_is_declared_is_filled_but_not_added_to() -> None:
    found = filled([told("2027-03-05")], [told("2020-01-01", "Noise"), told("2027-03-05T19:00", keywords=("wood",))])
    assert [(one.name, str(one.start_date), one.keywords) for one in found] == [
        ("Maker Night", "2027-03-05T19:00:00", ("wood",))
    ]


def test_many_of_one_name_are_bounded_in_time() -> None:
    many = [told("2027-03-05", location=Place(name=str(number)), uid=str(number)) for number in range(3000)]
    assert len(one_each(many)) == 3000


CONTEXT = Context(now=NOW, source="s", url="https://club.example/night?x=1")


def test_the_page_belongs_to_the_event_in_its_heading() -> None:
    events = [
        told("2027-04-01", "Quiz", url=CONTEXT.url),
        told("2027-03-05"),
        told("2027-05-01", "Jam", url=CONTEXT.url),
    ]
    page = open_page(b"<title>Club</title><h1>Tonight: Maker <b>night</b></h1>", CONTEXT)
    main = main_event(events, page)
    assert [one.url for one in with_page_address(events, main, page)] == [None, CONTEXT.url, None]


def test_a_list_belongs_to_none_of_its_events() -> None:
    events = [told("2027-04-01", "Quiz"), told("2027-03-05")]
    page = open_page(b"<title>Quiz and Maker Night</title>", CONTEXT)
    assert main_event(events, page) is None
    assert with_page_address(events, None, page) == events


def test_events_that_share_a_uid_are_told_apart_but_for_the_main_one() -> None:
    first, main, third = told_apart(
        [told("2027-04-01", uid="u"), told("2027-03-05", uid="u"), told("2027-04-01", uid="v")], 1
    )
    assert main.uid == "u"
    assert third.uid == "v"
    assert first.uid not in ("u", "v")


STATED = {
    "2027-03-01": "2027-03-01",
    "20270301T190000": "2027-03-01T19:00:00",
    "2027-03-01 7 p.m.": "2027-03-01T19:00:00",
    "2027-03-01T12:05am": "2027-03-01T00:05:00",
    "2027-060": "2027-03-01",
    "2027-03-01UTC19:00": "2027-03-01T19:00:00",
    "2027-03-01t19:00:30.5-08": "2027-03-01T19:00:30-08",
    "2027-3-1": "2027-03-01",
    " 2027-03-01T19:00z ": "2027-03-01T19:00:00z",
}
NOTHING = ["", "2027-13-01", "2027-000", "2027-02-30", "13pm", "25:00", "19", "Room 12", "1 March 2027", "9" * 100]


@pytest.mark.parametrize(("text", "expected"), STATED.items(), ids=STATED)
def test_dates_of_microformats(text: str, expected: str) -> None:
    assert str(stated(text)) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_date_of_microformats(text: str) -> None:
    assert stated(text) is None


def test_an_end_of_only_a_time_may_be_after_midnight() -> None:
    start = Stated(dt.date(2027, 12, 31), dt.time(21), "+0100")
    assert str(Stated(time=dt.time(2)).ending(start)) == "2028-01-01T02:00:00+0100"
    assert str(Stated(time=dt.time(23)).ending(start)) == "2027-12-31T23:00:00+0100"
    assert str(Stated(time=dt.time(2)).ending(Stated(dt.date.max, dt.time(3)))) == "9999-12-31T02:00:00"
