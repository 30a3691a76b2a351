"""Whole judgements, on observations as readers make them."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hobnob.moments import Moment
from hobnob.observations import Attendance, Observation, Offer, Place
from hobnob.sources import Source
from indexer.enrich import Enricher

SOURCES = {
    source.name: source
    for source in (
        Source(
            name="chipy",
            title="Chicago Python User Group",
            url="https://example.org/chipy.ics",
            reader="ics",
            time_zone="America/Chicago",
            language="en",
            industries=("technology",),
            kind="meetup",
            place="Chicago IL, US",
        ),
        Source(name="world", title="Everywhere", url="https://example.org/x.ics", reader="ics", place="world"),
    )
}
ENRICHER = Enricher(SOURCES)
EVENING_UTC = Moment(dt.date(2026, 12, 11), dt.time(0, 30), "UTC")


def observed(name: str, source: str = "chipy", **fields: Any) -> Observation:
    fields.setdefault("start_date", EVENING_UTC)
    return Observation(source=source, uid="1", name=name, **fields)


def test_a_meetup() -> None:
    judgement = ENRICHER.judge(
        observed(
            "__main__ Meeting",
            location=Place(text="Braintree, 222 W Merchandise Mart Plaza, 8th Floor, Chicago, IL 60654"),
            description="Talks on Django and packaging. Admission is free.",
        )
    )
    assert str(judgement.start_date) == "2026-12-10T18:30:00[America/Chicago]"
    assert judgement.place is not None
    assert (judgement.place.address_locality, judgement.place.country_code) == ("Chicago", "US")
    assert judgement.place_why == "centre of Chicago, Illinois, United States"
    assert judgement.attendance is Attendance.OFFLINE
    assert judgement.kind is not None
    assert (judgement.kind.id, judgement.kind.why) == ("meetup", ("default of the source",))
    assert judgement.industries[0].id == "technology"
    assert judgement.industries[0].why[0] == "default of the source"
    assert judgement.is_free is True
    assert judgement.in_language == "en"


def test_a_call_has_no_place_though_its_source_has_one() -> None:
    judgement = ENRICHER.judge(observed("Webinar: typing in practice"))
    assert judgement.attendance is Attendance.ONLINE
    assert (judgement.place, judgement.place_why) == (None, None)
    assert str(judgement.start_date) == "2026-12-10T18:30:00[America/Chicago]"


def test_what_is_on_site_and_online_is_in_the_sources_place() -> None:
    judgement = ENRICHER.judge(observed("Board meeting", location=Place(text="In person and Zoom")))
    assert judgement.attendance is Attendance.MIXED
    assert judgement.place is not None
    assert (judgement.place.address_locality, judgement.place.text) == ("Chicago", "In person and Zoom")
    assert judgement.place_why == "the source's place: centre of Chicago, Illinois, United States"


def test_clocks_of_the_place_go_before_those_of_the_source() -> None:
    judgement = ENRICHER.judge(observed("Sprint", location=Place(text="Portland, OR")))
    assert str(judgement.start_date) == "2026-12-10T16:30:00[America/Los_Angeles]"


def test_nothing_known_is_nothing_claimed() -> None:
    judgement = ENRICHER.judge(observed("Evening", "nobody-declared-this", start_date=Moment(dt.date(2027, 1, 2))))
    assert (judgement.place, judgement.kind, judgement.industries) == (None, None, ())
    assert (judgement.is_free, judgement.in_language) == (None, None)
    assert judgement.attendance is Attendance.OFFLINE
    assert ENRICHER.judge(observed("Evening", "world")).place is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"is_accessible_for_free": False, "description": "free admission"}, False),
        ({"offers": (Offer(price="0"),)}, True),
        ({"offers": (Offer(price="0.00"), Offer(price="45"))}, True),
        ({"offers": (Offer(price="45", price_currency="EUR"),)}, False),
        ({"offers": (Offer(price="0", availability="https://schema.org/SoldOut"), Offer(price="45"))}, False),
        ({"offers": (Offer(price="ask us"),)}, None),
        ({"description": "Der Eintritt ist frei."}, True),
        ({"description": "Entrada libre hasta completar aforo"}, True),
        ({"description": "Entrée gratuite"}, True),
        ({"description": "Ingresso libero"}, True),
        ({"description": "Vstup zdarma"}, True),
        ({"description": "Entrada livre"}, True),
        ({"description": "Вход свободный"}, True),
        ({"description": "参加費は無料です"}, True),
        ({"description": "Giriş ücretsiz"}, True),
        ({"description": "There is free parking and free coffee."}, None),
        ({"description": "This is not a free event."}, None),
    ],
)
def test_price(fields: dict[str, Any], expected: bool | None) -> None:
    assert ENRICHER.judge(observed("Evening", **fields)).is_free is expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"in_language": "de-AT"}, "de"),
        ({"in_language": "pt_BR"}, "pt"),
        ({"description": "Wir treffen uns mit den Leuten von der Gruppe und sprechen über die Arbeit"}, "de"),
        (
            {"description": "Nous avons le plaisir de vous inviter à une soirée avec les membres pour la fin"},
            "fr",
        ),
        ({"description": "東京でPythonの勉強会を開きます"}, "ja"),
        ({"description": "서울에서 만나요"}, "ko"),
        ({"description": "Python"}, None),
        ({"description": "Doors for members at six, for guests at eight. Talks at nine, bar at ten, for free"}, "en"),
        ({"description": "Do it: example.com, dos.example.com, os.example.com, para.example.com. Do it, do it"}, None),
        ({"description": "Call +1 555 0100 (https://voice.example/?a=nc&os=1&para=2&os=3&como=4)"}, None),
    ],
)
def test_language(fields: dict[str, Any], expected: str | None) -> None:
    assert ENRICHER.judge(observed("Abend", "world", **fields)).in_language == expected


def test_a_judgement_depends_on_nothing_else() -> None:
    observation = observed("Django Day", location=Place(text="Berlin, Germany"))
    assert Enricher(SOURCES).judge(observation) == ENRICHER.judge(observation)


PLACES = st.builds(
    Place,
    name=st.none() | st.text(max_size=40),
    text=st.none() | st.text(max_size=80),
    address_locality=st.none() | st.sampled_from(["Berlin", "Zürich", "", "Springfield"]),
    address_country=st.none() | st.sampled_from(["DE", "Germany", "??", ""]),
    latitude=st.none() | st.floats(),
    longitude=st.none() | st.floats(),
)


@settings(max_examples=200, deadline=None)
@given(name=st.text(max_size=80), description=st.none() | st.text(max_size=200), location=st.none() | PLACES)
def test_any_observation_is_judged(name: str, description: str | None, location: Place | None) -> None:
    judgement = ENRICHER.judge(observed(name, description=description, location=location))
    place = judgement.place
    if place is not None and place.latitude is not None:
        assert place.longitude is not None
        assert -90 <= place.latitude <= 90
        assert -180 <= place.longitude <= 180
        assert (round(place.latitude, 6), round(place.longitude, 6)) == (place.latitude, place.longitude)
    assert all(0 < label.score <= 1 and label.why for label in judgement.industries)


def test_of_huge_texts_only_a_part_is_read() -> None:
    huge = "free software, Berlin, " * 100_000
    judgement = ENRICHER.judge(
        observed(huge, description=huge, location=Place(text=huge, name=huge, address_country=huge))
    )
    assert judgement.place is not None
    assert judgement.place.address_locality == "Berlin"
