"""On site, on a call, or either."""

import datetime as dt
from typing import Any

import pytest

from hobnob.moments import Moment
from hobnob.observations import Attendance, Observation, Place, Status
from indexer.enrich.attendance import attendance

DAY = Moment(dt.date(2026, 12, 1))


def judged(name: str = "Event", *, has_place: bool = False, **fields: Any) -> Attendance:
    return attendance(Observation(source="s", uid="1", name=name, start_date=DAY, **fields), has_place=has_place)


def test_what_is_declared_wins_over_words() -> None:
    assert judged("Webinar", event_attendance_mode=Attendance.OFFLINE) is Attendance.OFFLINE
    assert judged("Walk", event_attendance_mode=Attendance.MIXED) is Attendance.MIXED
    moved = judged("Walk", event_status=Status.MOVED_ONLINE, event_attendance_mode=Attendance.OFFLINE, has_place=True)
    assert moved is Attendance.ONLINE


@pytest.mark.parametrize(
    "name",
    [
        "Webinar: GDPR for associations",
        "Webinaire : les aides à l'emploi",
        "Online meetup of Python users",
        "Virtual Coffee Conference",
        "Clojure study group (online)",
        "Town hall via Zoom",
        "Online-Seminar Steuerrecht",
        "Virtuelles Treffen der Ortsgruppe",
        "Charla en línea",
        "Research Subcommission Meeting - Online",
    ],
)
def test_names_that_tell_how(name: str) -> None:
    assert judged(name) is Attendance.ONLINE


@pytest.mark.parametrize(
    "name",
    [
        "Online Marketing Rockstars Festival",
        "Virtual Reality Expo",
        "Remote Sensing Symposium",
        "Zoom lenses for beginners",
        "Chicago Python Meetup",
        "Hybrid Cars of Tomorrow",
    ],
)
def test_names_that_tell_what(name: str) -> None:
    assert judged(name) is Attendance.OFFLINE


@pytest.mark.parametrize(
    "text", ["Online", "Zoom", "MS Teams", "en ligne", "Videokonferenz", "オンライン", "https://meet.jit.si/x"]
)
def test_locations_on_the_net(text: str) -> None:
    assert judged(location=Place(text=text)) is Attendance.ONLINE


@pytest.mark.parametrize(
    "url",
    [
        "https://us02web.zoom.us/j/81234567890",
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting",
        "https://meet.google.com/abc-defg-hij",
        "https://example.webex.com/meet/board",
    ],
)
def test_the_address_of_a_call(url: str) -> None:
    assert judged(description=f"Join us: {url} from 6 pm") is Attendance.ONLINE
    assert judged(description=f"Join us: {url} from 6 pm", has_place=True) is Attendance.MIXED
    assert judged(description="Read https://zoom.us/pricing first") is Attendance.OFFLINE


@pytest.mark.parametrize(
    "name",
    ["Board meeting (hybrid)", "Hybrid meetup: Rust", "Tagung, vor Ort und online", "Online and in person: open day"],
)
def test_either(name: str) -> None:
    assert judged(name) is Attendance.MIXED


def test_a_place_and_a_call_are_mixed() -> None:
    assert judged(virtual_location="https://meet.example.org/x", has_place=True) is Attendance.MIXED
    assert judged(virtual_location="https://meet.example.org/x") is Attendance.ONLINE
    assert judged() is Attendance.OFFLINE


@pytest.mark.parametrize(
    "name",
    [
        "Webinář o dotacích",
        "Corso online di fotografia",
        "Онлайн-курс по фотографии",
        "オンライン勉強会",
        "线上讲座",
        "온라인 세미나",
        "Workshop [online]",
        "Digitaal spreekuur",
        "Python Global Online Summit",
        "Summer School Online",
    ],
)
def test_names_that_tell_how_in_many_languages(name: str) -> None:
    assert judged(name) is Attendance.ONLINE


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Formation : vendre en ligne", "Lyon"),
        ("オンラインゲーム大会", "東京"),
        ("Leadership in Teams", "Denver"),
        ("Virtual Reality Summit", None),
        ("Online Marketing Conference", None),
        ("Remote work conference", "Lisbon"),
        ("Hybride Kriegsführung", "Bonn"),
    ],
)
def test_what_an_event_is_about_is_not_how_it_is_held(name: str, place: str | None) -> None:
    assert judged(name, has_place=place is not None) is Attendance.OFFLINE


@pytest.mark.parametrize(
    "description",
    [
        "The event will be held online.",
        "Die Veranstaltung findet am Freitag online statt.",
        "La rencontre se tiendra en visioconférence.",
        "El taller se realizará de forma virtual.",
        "L'incontro si terrà su Zoom.",
        "De lezing is online te volgen.",
        "Spotkanie odbędzie się online.",
        "Встреча пройдёт онлайн.",
        "Zoomで開催します。",
        "Der Link wird nach der Anmeldung verschickt.",
        "Join us on Zoom at seven.",
    ],
)
def test_a_description_that_says_where_one_meets(description: str) -> None:
    assert judged(description=f"Welcome! {description} " + "More words. " * 50) is Attendance.ONLINE
    assert judged(description=description, has_place=True) is Attendance.MIXED


@pytest.mark.parametrize(
    "description",
    [
        "Register online.",
        "Anmeldung nur online.",
        "Inscription en ligne.",
        "Venta de entradas online.",
        "Slides will be online after the event.",
        "This is not a virtual event.",
        "We discuss online safety with teams of experts.",
    ],
)
def test_a_description_that_speaks_of_the_net_otherwise(description: str) -> None:
    assert judged(description=description) is Attendance.OFFLINE


def test_a_stream_is_beside_the_place() -> None:
    assert judged(description="The concert is also streamed.") is Attendance.MIXED
    assert judged(description="Modalidad híbrida, con aforo limitado.") is Attendance.MIXED


@pytest.mark.parametrize("text", ["zoom " * 2000, "it is online and " * 500, "\ud800 online", "İ" * 3000 + "online"])
def test_long_and_broken_texts_are_judged(text: str) -> None:
    assert judged(name=text, description=text, location=Place(text=text)) in Attendance


@pytest.mark.parametrize(
    "text",
    [
        "Hybride : Maison des associations, Nantes",
        "Hybrid: Gemeindesaal, Chur",
        "Híbrido - Centro Cívico, Sevilla",
        "Ibrido: Biblioteca, Torino",
        "Hybride, Utrecht",
        "Hybrydowo: Gdańsk",
        "Hybridně, Praha",
        "Hybrid, Göteborg",
    ],
)
def test_a_location_that_says_either(text: str) -> None:
    assert judged(location=Place(text=text), has_place=True) is Attendance.MIXED


@pytest.mark.parametrize(
    "text",
    [
        "Zoom Bar, Graz",
        "Café Internet, Lyon",
        "Kino Zoom, Brno",
        "Twitch HQ, Seattle",
        "Kunsthaus https://example.org/a",
    ],
)
def test_a_house_that_is_called_like_a_service(text: str) -> None:
    assert judged(location=Place(text=text), has_place=True) is Attendance.OFFLINE


@pytest.mark.parametrize(
    "text", ["À distância", "Op afstand", "På distans", "Wirtualnie", "Virtuálně", "Zoom Room 3", "Virtuelles Treffen"]
)
def test_locations_on_the_net_in_other_languages(text: str) -> None:
    assert judged(location=Place(text=text)) is Attendance.ONLINE
