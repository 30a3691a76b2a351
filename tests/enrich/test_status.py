"""Whether an event takes place, by its declared status and by a mark on its title."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob.moments import Moment
from hobnob.observations import Attendance, Observation, Place, Status
from indexer.enrich import Enricher
from indexer.enrich.status import MOST_CHARS, judged, marked

CANCELLED, POSTPONED, RESCHEDULED = Status.CANCELLED, Status.POSTPONED, Status.RESCHEDULED


def observed(name: str, **fields: Any) -> Observation:
    return Observation(source="s", uid="1", name=name, start_date=Moment(dt.date(2026, 12, 1)), **fields)


@pytest.mark.parametrize(
    ("title", "name", "status"),
    [
        ("CANCELLED: Spring Fair", "Spring Fair", CANCELLED),
        ("[Canceled] Spring Fair", "Spring Fair", CANCELLED),
        ("Spring Fair (cancelled)", "Spring Fair", CANCELLED),
        ("Spring Fair - POSTPONED", "Spring Fair", POSTPONED),
        ("CANCELLED Spring Fair", "Spring Fair", CANCELLED),
        ("CANCELLED-Spring Fair", "Spring Fair", CANCELLED),
        ("Canceled--Spring Fair", "Spring Fair", CANCELLED),
        ("Spring Fair–CANCELLED", "Spring Fair", CANCELLED),
        ("***CANCELLED*** Spring Fair", "Spring Fair", CANCELLED),
        ("Spring Fair (cancelled - bad weather)", "Spring Fair", CANCELLED),
        ("POSTPONED until further notice: Spring Fair", "Spring Fair", POSTPONED),
        ("Spring Fair | EVENT POSTPONED", "Spring Fair", POSTPONED),
        ("Music: CANCELLED: Spring Fair", "Music: Spring Fair", CANCELLED),
        ("[outdoors] CANCELLED: Spring Fair", "[outdoors] Spring Fair", CANCELLED),
        ("Rescheduled Spring Fair", "Spring Fair", RESCHEDULED),
        ("Spring Fair (NEW DATE!)", "Spring Fair", RESCHEDULED),
        ("Spring Fair (postponed to May 5)", "Spring Fair", RESCHEDULED),
        ("Spring Fair (moved online)", "Spring Fair", Status.MOVED_ONLINE),
        ("ABGESAGT: Frühlingsfest", "Frühlingsfest", CANCELLED),
        ("Achtung, verschoben: Frühlingsfest", "Frühlingsfest", POSTPONED),
        ("Frühlingsfest - fällt aus bis Mai", "Frühlingsfest", CANCELLED),
        ("Neuer Termin: Frühlingsfest", "Frühlingsfest", RESCHEDULED),
        ("Stammtisch jetzt online!", "Stammtisch jetzt online!", None),
        ("Stammtisch (jetzt online)", "Stammtisch", Status.MOVED_ONLINE),
        ("Annulé – Fête du printemps", "Fête du printemps", CANCELLED),
        ("Fête du printemps [REPORTÉE]", "Fête du printemps", POSTPONED),
        ("(Cancelado) Fiesta de primavera", "Fiesta de primavera", CANCELLED),
        ("Fiesta de primavera - APLAZADA", "Fiesta de primavera", POSTPONED),
        ("Festa di primavera: annullata", "Festa di primavera", CANCELLED),
        ("RINVIATO | Festa di primavera", "Festa di primavera", POSTPONED),
        ("Adiado: Festa da primavera", "Festa da primavera", POSTPONED),
        ("Lentefeest (geannuleerd)", "Lentefeest", CANCELLED),
        ("UITGESTELD: Lentefeest", "Lentefeest", POSTPONED),
        ("Odwołane: Święto wiosny", "Święto wiosny", CANCELLED),
        ("Inställt! Vårfest", "Vårfest", CANCELLED),
        ("AFLYST - Forårsfest", "Forårsfest", CANCELLED),
        ("Kevätjuhla (peruttu)", "Kevätjuhla", CANCELLED),
        ("Zrušeno: Jarní slavnost", "Jarní slavnost", CANCELLED),
        ("Отменено: Праздник весны", "Праздник весны", CANCELLED),
        ("Праздник весны (перенесён)", "Праздник весны", POSTPONED),
        ("ΑΚΥΡΩΘΗΚΕ: Γιορτή", "Γιορτή", CANCELLED),
        ("【中止】春祭り", "春祭り", CANCELLED),
        ("春祭り（延期）", "春祭り", POSTPONED),
        ("春祭り 開催中止のお知らせ", "春祭り", CANCELLED),
        ("[취소] 봄 축제", "봄 축제", CANCELLED),
        ("（取消）春节联欢会", "春节联欢会", CANCELLED),
    ],
)
def test_a_mark_says_the_status_and_is_no_part_of_the_name(title: str, name: str, status: Status | None) -> None:
    assert marked(title) == (name, status)


@pytest.mark.parametrize(
    ("title", "name", "status"),
    [
        ("City Council Meeting Cancelled", "City Council Meeting", CANCELLED),
        ("Library Board, January 11th Cancelled", "Library Board, January 11th", CANCELLED),
        ("Visit to Fox Point cancelled", "Visit to Fox Point", CANCELLED),
        ("Visit to the lake CANCELLED", "Visit to the lake", CANCELLED),
        ("Board Meeting Canceled due to Labor Day", "Board Meeting", CANCELLED),
        ("The reading has been postponed.", "The reading", POSTPONED),
        ("Der Computer-Treff fällt aus", "Der Computer-Treff", CANCELLED),
        ("Training gaat niet door", "Training", CANCELLED),
        ("City Council - No Meeting", "City Council", CANCELLED),
    ],
)
def test_a_sentence_about_the_event_is_a_mark(title: str, name: str, status: Status) -> None:
    assert marked(title) == (name, status)


@pytest.mark.parametrize(
    "title", ["Cancelled", "CANCELLED!", "Meeting CANCELLED", "NO MEETING", "Notice of Cancelled Regular Meeting"]
)
def test_a_title_that_is_all_mark_stays_the_name(title: str) -> None:
    assert marked(title) == (title, CANCELLED)


@pytest.mark.parametrize(
    "title",
    [
        "Cancelled Flights: a talk on airline law",
        "Cancel Culture debate",
        "The Postponed Revolution (film)",
        "Cancellation policy workshop",
        "Cancelled Stamps Fair",
        "Love Postponed",
        "Getting Cancelled",
        "How to get cancelled",
        "Why my flight was cancelled",
        "Independence Day, unless otherwise cancelled.",
        "Noise-cancelled: ",
        "Annual report: what was reported",
        "Online marketing now",
        "Spring Fair | SOLD OUT",
        "核実験中止を求める会",
        "延期公演",
        "No meetings, more work: a talk",
        "",
    ],
)
def test_the_same_words_in_a_plain_title_are_no_mark(title: str) -> None:
    assert marked(title) == (title, None)


def test_what_is_declared_counts_but_for_a_plain_scheduled() -> None:
    assert judged(observed("Fair (cancelled)", event_status=Status.SCHEDULED)) == ("Fair", CANCELLED)
    assert judged(observed("Fair (cancelled)", event_status=POSTPONED)) == ("Fair", POSTPONED)
    assert judged(observed("Fair", event_status=Status.MOVED_ONLINE)) == ("Fair", Status.MOVED_ONLINE)
    assert judged(observed("Fair")) == ("Fair", Status.SCHEDULED)


def test_a_description_says_nothing_of_the_status() -> None:
    assert judged(observed("Fair", description="CANCELLED: see the cancellation policy"))[1] is Status.SCHEDULED


def test_a_place_that_is_all_mark_says_the_status() -> None:
    assert judged(observed("Fair", location=Place(text="CANCELLED")))[1] is CANCELLED
    assert judged(observed("Fair", location=Place(name="Postponed due to rain")))[1] is POSTPONED
    assert judged(observed("Fair", location=Place(name="Cancelled Stamps Museum")))[1] is Status.SCHEDULED
    assert judged(observed("Fair", raw={"event_status": "abgesagt"}))[1] is CANCELLED


def test_a_judgement_has_the_name_without_the_mark() -> None:
    judgement = Enricher({}).judge(observed("CANCELLED: Python meetup"))
    assert (judgement.name, judgement.status) == ("Python meetup", CANCELLED)


def test_a_title_that_says_moved_online_makes_it_online() -> None:
    judgement = Enricher({}).judge(observed("Python meetup (moved online)", location=Place(text="Chicago IL, US")))
    assert judgement.attendance is Attendance.ONLINE


def test_what_is_too_long_for_a_title_is_not_read() -> None:
    title = "cancelled " * MOST_CHARS
    assert marked(title) == (title, None)


PIECES = st.lists(
    st.sampled_from(
        ["cancelled", "CANCELLED", " ", ": ", " - ", "(", ")", "[", "is", "fällt aus", "中止", "\ud800", "1"]
    ),
    max_size=60,
)


@given(PIECES)
def test_any_title_has_a_name(pieces: list[str]) -> None:
    title = "".join(pieces)
    name, status = marked(title)
    assert bool(name) == bool(title)
    assert status is not None or name == title
