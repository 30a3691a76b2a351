"""What is a change, what only looks like one, and what it is called."""

import datetime as dt
from dataclasses import replace

import pytest

from hobnob.events import Event, EventSource, Label, Override, Presence
from hobnob.moments import Moment
from hobnob.observations import Attendance, Offer, Person, Place, Status
from indexer.identity.difference import differences, named

START = Moment(dt.date(2026, 12, 1), dt.time(18), "Europe/Berlin")
HUB = Place(name="Hub", street_address="Hauptstraße 5", address_locality="Berlin", latitude=52.52, longitude=13.405)
CENTRE = {"latitude": 52.52437, "longitude": 13.41053, "geonames_id": 2950159, "country_code": "DE"}
ADA = Person(name="Ada", url="https://a.example")
HEALTH = Label(id="health", score=0.9)
WEEKLY = ("FREQ=WEEKLY",)


def event(**fields: object) -> Event:
    return Event(**{"id": "k3f9xa2b", "name": "Barcamp", "start_date": START, **fields})


def week(number: int) -> Moment:
    return replace(START, date=START.date + dt.timedelta(weeks=number))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"description": "Talks  about\n Rust"}, {"description": "Talks about Rust "}),
        ({"name": "Rust &amp; Go"}, {"name": "Rust & Go"}),
        ({"description": "Ada&#8217;s talk – new"}, {"description": "Ada's talk - new"}),
        ({"description": "See https://b.example/1?utm_source=x"}, {"description": "See https://b.example/1"}),
        ({"name": "Cafe\u0301"}, {"name": "Café"}),
        ({"url": "https://b.example/1?utm_source=feed&id=3"}, {"url": "http://www.B.example/1/?id=3#top"}),
        ({"url": "https://b.example/?a=1&amp;b=2"}, {"url": "https://b.example/?b=2&a=1"}),
        ({"image": "https://b.example/i.jpg?w=300"}, {"image": "https://b.example/i.jpg?w=900&h=2"}),
        ({"offers": (Offer(price="10"),)}, {"offers": (Offer(price="10.00"),)}),
        (
            {"offers": (Offer(price="0", url="https://t.example/1?fbclid=abc"),)},
            {"offers": (Offer(price="0", url="https://t.example/1"),)},
        ),
        ({"keywords": ("Rust", "Go")}, {"keywords": ("go", "rust")}),
        ({"organizer": (ADA, Person(name="Bob"))}, {"organizer": (Person(name="Bob"), ADA)}),
        ({"organizer": (ADA,)}, {"organizer": (replace(ADA, url="https://a.example/"),)}),
        ({"industries": (HEALTH,)}, {"industries": (replace(HEALTH, score=0.4, why=("x",)),)}),
        ({"place": HUB, "place_why": "declared"}, {"place": HUB, "place_why": "its city"}),
        ({"place": HUB}, {"place": replace(HUB, latitude=52.5201, time_zone="Europe/Berlin", url="https://h.example")}),
        ({"place": HUB}, {"place": replace(HUB, name=" HUB ", street_address="hauptstraße 5")}),
        ({"place": Place(text="Hub, Berlin")}, {"place": Place(text="HUB,Berlin ")}),
        ({"rrule": ("FREQ=WEEKLY;BYDAY=TU",)}, {"rrule": ("BYDAY=TU;INTERVAL=1;FREQ=WEEKLY",)}),
        ({"exdate": (week(1), week(2))}, {"exdate": (week(2), week(1))}),
        ({"sources": (EventSource(source="a", uid="1"),)}, {"sources": (EventSource(source="a", uid="2"),)}),
        ({"rules": 1, "sequence": 3, "vtimezone": "x"}, {"rules": 2, "sequence": 4, "vtimezone": "y"}),
    ],
)  # fmt: skip
def test_churn_is_no_change(before, after):
    assert differences(event(**before), event(**after)) == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"name": "Barcamp"}, {"name": "Barcamp Berlin"}),
        ({"url": "https://b.example/1?id=3"}, {"url": "https://b.example/1?id=4"}),
        ({"image": "https://b.example/picture.php?id=1"}, {"image": "https://b.example/picture.php?id=2"}),
        ({"virtual_location": "https://zoom.us/j/1?pwd=a"}, {"virtual_location": "https://zoom.us/j/1?pwd=b"}),
        ({"offers": (Offer(availability="InStock"),)}, {"offers": (Offer(availability="SoldOut"),)}),
        ({"offers": (Offer(price="NaN"),)}, {"offers": (Offer(price="x"),)}),
        ({"place": None}, {"place": HUB}),
        ({"place": replace(HUB, latitude=None, longitude=None)}, {"place": HUB}),
        ({"place": Place(text="Room 1")}, {"place": Place(text="Room 2")}),
        ({"end_date": None}, {"end_date": START}),
    ],
)
def test_a_change_is_noted(before, after):
    (name,) = before
    assert list(differences(event(**before), event(**after))) == [name]


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ({}, {"status": Status.CANCELLED}, "cancelled"),
        ({"presence": Presence.MISSING}, {"status": Status.CANCELLED}, "cancelled"),
        ({"status": Status.POSTPONED}, {"status": Status.CANCELLED}, "cancelled"),
        ({}, {"status": Status.CANCELLED, "start_date": week(1)}, "cancelled"),
        ({}, {"presence": Presence.MISSING}, "missing"),
        ({"presence": Presence.MISSING}, {"presence": Presence.WITHDRAWN}, "withdrawn"),
        ({"presence": Presence.WITHDRAWN}, {}, "reinstated"),
        ({"presence": Presence.MISSING}, {"start_date": week(1)}, "reinstated"),
        ({"status": Status.CANCELLED}, {}, "reinstated"),
        ({"status": Status.CANCELLED}, {"status": Status.RESCHEDULED, "start_date": week(1)}, "reinstated"),
        ({}, {"status": Status.POSTPONED}, "postponed"),
        ({"status": Status.CANCELLED}, {"status": Status.POSTPONED}, "postponed"),
        ({"status": Status.POSTPONED}, {}, "reinstated"),
        ({"status": Status.POSTPONED}, {"start_date": week(4)}, "moved"),
        ({"status": Status.POSTPONED}, {"status": Status.POSTPONED, "start_date": week(4)}, "moved"),
        ({"status": Status.POSTPONED}, {"status": Status.RESCHEDULED, "start_date": week(4)}, "moved"),
        ({}, {"status": Status.RESCHEDULED, "start_date": week(4)}, "moved"),
        ({}, {"status": Status.RESCHEDULED}, "changed"),
        ({}, {"status": Status.MOVED_ONLINE}, "moved"),
        ({"place": HUB}, {"attendance": Attendance.ONLINE}, "moved"),
        ({"attendance": Attendance.ONLINE}, {"place": HUB}, "moved"),
        ({"place": HUB}, {"place": HUB, "attendance": Attendance.MIXED}, "changed"),
        ({}, {"attendance": Attendance.ONLINE}, "changed"),
        ({}, {"hidden": True}, "hidden"),
        ({"hidden": True}, {}, "shown"),
        ({"rrule": WEEKLY}, {"rrule": WEEKLY, "start_date": week(3)}, "changed"),
        ({"rrule": WEEKLY}, {"rrule": WEEKLY, "start_date": replace(START, time=dt.time(19))}, "moved"),
        ({"rdate": (week(1), week(2))}, {"rdate": (week(2),), "start_date": week(1)}, "changed"),
        ({"rrule": WEEKLY}, {"rrule": WEEKLY, "exdate": (week(1),)}, "changed"),
        ({"rrule": ("nonsense",)}, {"rrule": WEEKLY, "start_date": week(1)}, "moved"),
    ],
)
def test_what_a_change_is_called(before, after, what):
    old, new = event(**before), event(**after)
    assert named(old, new, differences(old, new)) == what


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (HUB, replace(HUB, latitude=52.4), "moved"),
        (HUB, replace(HUB, name="Hub Berlin", latitude=52.5201), "changed"),
        (Place(name="Hub", **CENTRE), Place(name="Library", **CENTRE), "moved"),
        (Place(name="Hub", **CENTRE), Place(name="The Hub", **CENTRE), "changed"),
        (Place(street_address="Hauptstr. 5", **CENTRE), Place(street_address="Hauptstraße 5", **CENTRE), "changed"),
        (Place(street_address="Hauptstr. 5", **CENTRE), Place(street_address="Hauptstraße 55", **CENTRE), "moved"),
        (Place(name="Hub", text="Hub, Main St 5"), Place(name="Hub", text="Hub, Side St 7"), "moved"),
        (Place(name="Hub", text="Hub, Main St"), Place(name="Hub", text="Hub, Main Street 5, Ulm"), "changed"),
        (Place(text="Main St 5", **CENTRE), Place(text="Side St 7", **CENTRE), "moved"),
        (Place(address_locality="Munich"), Place(address_locality="Ulm"), "moved"),
        (
            Place(address_locality="Munich", geonames_id=2867714),
            Place(address_locality="München", geonames_id=2867714),
            "changed",
        ),
        (Place(name="Hub"), Place(name="Hub", address_locality="Berlin"), "changed"),
        (None, HUB, "changed"),
        (HUB, None, "changed"),
    ],
)
def test_whether_a_place_is_another(before, after, what):
    old, new = event(place=before), event(place=after)
    assert named(old, new, differences(old, new)) == what


def changes(**fields: tuple[object, object]) -> dict[str, tuple[str | None, str | None]]:
    before, after = ({name: pair[number] for name, pair in fields.items()} for number in (0, 1))
    return dict(differences(event(**before), event(**after)))


def test_a_street_is_shown():
    moved = replace(HUB, street_address="Nebenstraße 7")
    assert changes(place=(HUB, moved))["place"] == ("Hub, Hauptstraße 5, Berlin", "Hub, Nebenstraße 7, Berlin")


def test_a_place_that_only_the_map_tells_apart_is_shown_with_its_point():
    old, new = changes(place=(HUB, replace(HUB, latitude=52.6)))["place"]
    assert (old, new) == ("Hub, Hauptstraße 5, Berlin (52.52, 13.405)", "Hub, Hauptstraße 5, Berlin (52.6, 13.405)")


def test_a_long_text_is_shown_where_it_begins_to_differ():
    same = "We meet and talk about all kinds of things. " * 20
    old, new = changes(description=(f"{same}Doors open at six.", f"{same}Doors open at seven. Bring a friend."))[
        "description"
    ]
    assert old.endswith("Doors open at six.")
    assert new.endswith("Doors open at seven. Bring a friend.")
    assert old.startswith("…")
    assert len(old) < 80


def test_of_a_short_text_all_is_shown():
    assert changes(description=("Doors open at six", "Doors open at seven"))["description"] == (
        "Doors open at six",
        "Doors open at seven",
    )


def test_of_dates_what_came_and_went_is_shown():
    assert changes(exdate=((week(1),), (week(1), week(2))))["exdate"] == (None, "2026-12-15T18:00:00[Europe/Berlin]")
    cancelled = Override(recurrence_id=week(1), start_date=week(1), status=Status.CANCELLED)
    moved = Override(recurrence_id=week(2), start_date=replace(week(2), time=dt.time(20)))
    assert changes(overrides=((), (cancelled,)))["overrides"] == (None, "2026-12-08T18:00:00[Europe/Berlin] cancelled")
    assert changes(overrides=((cancelled,), (cancelled, moved)))["overrides"] == (
        None,
        "2026-12-15T18:00:00[Europe/Berlin] at 2026-12-15T20:00:00[Europe/Berlin]",
    )


def test_of_many_what_differs_is_shown():
    words = tuple(f"word{number}" for number in range(9))
    assert changes(keywords=(words, (*words[1:], "new")))["keywords"] == ("word0", "new")


@pytest.mark.parametrize(
    "text", ["", "\ud800", "&#x110000;&" * 1000, "a" * 100_000, "\0", "http://[", "https://" * 5000]
)
def test_no_text_is_too_odd(text):
    fields = {"name": text, "description": text, "url": text, "image": text, "keywords": (text,), "rrule": (text,)}
    people, place = (Person(name=text, url=text, same_as=(text,)),), Place(name=text, text=text, street_address=text)
    odd = event(**fields, organizer=people, place=place, offers=(Offer(price=text, url=text),))
    found = differences(event(place=HUB), odd)
    assert differences(odd, odd) == {}
    assert named(event(place=HUB), odd, found) in ("changed", "moved")


AGENDA, HALL = EventSource(source="agenda", uid="1"), EventSource(source="hall", uid="2")
LIBRARY = {"place": Place(name="Library", **CENTRE), "origins": {"place": "agenda", "start_date": "agenda"}}
HALLS = {"place": Place(name="Hub", **CENTRE), "origins": {"place": "hall", "start_date": "hall"}}


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ({**LIBRARY, "sources": (AGENDA,)}, {**HALLS, "sources": (HALL, AGENDA), "start_date": week(1)}, "changed"),
        ({**HALLS, "sources": (HALL, AGENDA)}, {**LIBRARY, "sources": (AGENDA,), "start_date": week(1)}, "changed"),
        ({**LIBRARY, "sources": (AGENDA, HALL)}, {**HALLS, "sources": (HALL, AGENDA)}, "moved"),
        ({**LIBRARY, "sources": (AGENDA,)}, {**LIBRARY, "sources": (HALL, AGENDA), "start_date": week(1)}, "moved"),
    ],
    ids=["one more source", "one source fewer", "the other source is newer", "the same source, while one joins"],
)
def test_another_source_moves_no_event(before, after, what):
    old, new = event(**before), event(**after)
    assert named(old, new, differences(old, new)) == what
