"""Which source each value of a merged event is from; the events are made by us."""

import datetime as dt

import pytest

from hobnob.moments import Moment
from hobnob.observations import Person, Place, Status
from indexer.identity.explaining import explain
from indexer.identity.pages import without_tracking

HALL = Place(name="Alte Münze", address_locality="Berlin", latitude=52.515, longitude=13.408, geonames_id=2950159)
EVENING = Moment(dt.date(2026, 12, 1), dt.time(18), "Europe/Berlin")
OWN_SITE = "https://www.rustlab.example/calendar.ics"
OWN_PAGE = "https://rustlab.example/2026"


@pytest.fixture
def rust(says):
    """RustLab as a source says it."""

    def said(source, **more):
        usual = {"uid": "rustlab", "name": "RustLab Berlin 2026", "start_date": EVENING, "location": HALL}
        return says(**{"source": source, **usual, **more})

    return said


def only(world):
    (event,) = world.catalogue.events(world.catalogue.event_ids())
    return event


@pytest.mark.parametrize("text", ["Alte Münze, Molkenmarkt 2, Berlin", "Molkenmarkt 2", "Alte Münze\n10179 Berlin"])
def test_a_house_or_street_in_the_text_of_a_place_counts_more_than_the_town_alone(world, rust, text) -> None:
    town = {"address_locality": "Berlin", "latitude": 52.52, "longitude": 13.4, "geonames_id": 2950159}
    world.say(rust("a", location=Place(**town)), rust("b", location=Place(**town, text=text)))
    event = only(world)
    assert (event.place.text, event.origins["place"]) == (text, "b")


@pytest.mark.parametrize("text", ["Berlin, Germany", "10179 Berlin", "berlin", "Berlin", ",,, ;", "…"])
def test_a_text_that_tells_the_town_alone_does_not(world, rust, text) -> None:
    town = {"address_locality": "Berlin", "latitude": 52.52, "longitude": 13.4, "geonames_id": 2950159}
    world.say(rust("a", location=Place(**town)), rust("b", location=Place(**town, text=text)))
    assert only(world).origins["place"] == "a"


def test_the_organizers_page_goes_before_an_aggregators_though_the_aggregator_is_newer(world, rust) -> None:
    newer = dt.datetime(2026, 11, 22, tzinfo=dt.timezone.utc)
    world.say(
        rust(
            "all", url="https://all-events.example/e/7", source_url="https://all-events.example/", last_modified=newer
        ),
        rust("list", url=OWN_PAGE, source_url="https://list.example/feed"),
    )
    event = only(world)
    assert (event.url, event.origins["url"]) == (OWN_PAGE, "list")


def test_two_groups_on_one_platform_do_not_make_its_pages_the_organizers(world, rust) -> None:
    platform = "https://platform.example"
    world.say(
        rust("a", url=f"{platform}/a/1", source_url=f"{platform}/a.ics"),
        rust("b", url=f"{platform}/b/1", source_url=f"{platform}/b.ics", organizer=(Person(name="B", url=platform),)),
        rust("own", url=OWN_PAGE, source_url=OWN_SITE),
    )
    assert only(world).url == OWN_PAGE


def test_the_organizers_own_address_tells_its_page(world, rust) -> None:
    crew = (Person(name="The crew", url="https://crew.example/about"),)
    world.say(
        rust("a", url="https://a.example/1", source_url="https://a.example/"),
        rust("b", url="https://crew.example/7", source_url="https://b.example/", organizer=crew),
    )
    assert only(world).url == "https://crew.example/7"


def test_https_goes_before_http_and_nothing_is_counted(world, rust) -> None:
    world.say(
        rust("a", url="http://rustlab.example/2026/?utm_source=a&utm_medium=mail"),
        rust("b", url="https://www.rustlab.example/2026"),
    )
    assert only(world).url == "https://www.rustlab.example/2026"


def test_an_address_is_kept_without_what_counts_visitors(world, rust) -> None:
    world.say(rust("a", url="https://rustlab.example/e?id=7&utm_source=a&fbclid=x#talks"))
    event = only(world)
    assert event.url == "https://rustlab.example/e?id=7#talks"
    assert event.sources[0].url == "https://rustlab.example/e?id=7&utm_source=a&fbclid=x#talks"


@pytest.mark.parametrize("url", ["https://a.example/?a=1&b=2", "https://a.example/?ref=x", "?", "x?&&", "mailto:a?b"])
def test_other_addresses_stay_as_they_are_written(url) -> None:
    assert without_tracking(url) == url


CANCELLED = {"event_status": Status.CANCELLED}
OWN = {"url": OWN_PAGE, "source_url": OWN_SITE}
LINKED = {"url": "https://rustlab.example/"}


@pytest.mark.parametrize(
    ("said", "status", "origin"),
    [
        pytest.param({"a": {}, "b": CANCELLED, "c": {}}, Status.CANCELLED, "b", id="one of equals"),
        pytest.param({"own": OWN, "a": LINKED, "b": CANCELLED}, Status.SCHEDULED, "own", id="one beside the organizer"),
        pytest.param({"own": OWN, "a": LINKED | CANCELLED, "b": CANCELLED}, Status.CANCELLED, "a", id="two beside it"),
        pytest.param({"own": OWN | CANCELLED, "a": LINKED, "b": {}}, Status.CANCELLED, "own", id="the organizer"),
        pytest.param(
            {"a": {"event_status": Status.POSTPONED}, "b": CANCELLED}, Status.CANCELLED, "b", id="the more serious"
        ),
        pytest.param({"a": {}, "b": {"event_status": Status.POSTPONED}}, Status.POSTPONED, "b", id="put off"),
    ],
)
def test_who_may_call_it_off(world, rust, said, status, origin) -> None:
    world.say(*(rust(source, **more) for source, more in said.items()))
    event = only(world)
    assert (event.status, event.origins["status"]) == (status, origin)


def test_an_hour_of_the_first_day_does_not_cost_the_other_days(world, rust) -> None:
    first, last = Moment(EVENING.date), Moment(dt.date(2026, 12, 3))
    world.say(rust("a", start_date=first), rust("b", start_date=first, end_date=last), rust("c"))
    event = only(world)
    assert (event.start_date, event.end_date) == (first, last)
    assert (event.origins["start_date"], event.origins["end_date"]) == ("a", "b")
    closing = Moment(last.date, dt.time(17), "Europe/Berlin")
    world.say(rust("c", end_date=closing))
    event = only(world)
    assert (event.start_date, event.end_date) == (EVENING, closing)


def test_one_list_does_not_call_off_a_date_of_the_organizers_series(world, rust) -> None:
    weekly = rust("own", name="Rust Stammtisch", rrule=("FREQ=WEEKLY",), **OWN)
    third = Moment(dt.date(2026, 12, 15), dt.time(18), "Europe/Berlin")
    date = {"name": "Rust Stammtisch", "start_date": third}
    world.say(weekly, rust("a", **date, **LINKED), rust("b", **date, **CANCELLED))
    assert only(world).overrides == ()
    world.say(rust("a", **date, **LINKED, **CANCELLED))
    event = only(world)
    assert [(one.recurrence_id, one.status) for one in event.overrides] == [(third, Status.CANCELLED)]
    assert (event.origins["overrides"], event.url) == ("a", OWN_PAGE)


def test_the_page_of_one_time_is_not_that_of_the_series(world, rust) -> None:
    date = {"name": "Rust Stammtisch", "start_date": Moment(dt.date(2026, 12, 15), dt.time(18), "Europe/Berlin")}
    weekly = rust("club", name="Rust Stammtisch", rrule=("FREQ=WEEKLY",), url="https://club.example/weekly")
    world.say(weekly, rust("a", **date, url="https://stammtisch.example/15"))
    assert only(world).url == "https://club.example/weekly"


def test_every_value_has_an_origin(world, rust) -> None:
    world.say(
        rust("a", name="Rust Stammtisch", rrule=("FREQ=WEEKLY",), vtimezone="BEGIN:VTIMEZONE\nEND:VTIMEZONE"),
        rust("b", name="Rust Stammtisch", url=OWN_PAGE),
    )
    event = only(world)
    assert {name: event.origins[name] for name in ("series", "vtimezone", "rrule", "url")} == {
        "series": "a", "vtimezone": "a", "rrule": "a", "url": "b",
    }  # fmt: skip
    assert {"series", "vtimezone"} <= {one.field for one in explain(world.catalogue, event.id).fields}
