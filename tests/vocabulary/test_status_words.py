"""Words that say whether an event takes place: marks on titles, plain titles, fields of a status."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob.observations import Status
from hobnob.status_words import MOST_CHARS, alone, marked_title, of_field

CANCELLED, POSTPONED, RESCHEDULED = Status.CANCELLED, Status.POSTPONED, Status.RESCHEDULED


@pytest.mark.parametrize(
    ("title", "name", "status"),
    [
        ("CANCELLED: Spring Fair", "Spring Fair", CANCELLED),
        ("[Canceled] Spring Fair", "Spring Fair", CANCELLED),
        ("Spring Fair (cancelled)", "Spring Fair", CANCELLED),
        ("Spring Fair - POSTPONED", "Spring Fair", POSTPONED),
        ("CANCELLED Spring Fair", "Spring Fair", CANCELLED),
        ("CANCELLED Board meeting", "Board meeting", CANCELLED),
        ("CANCELLED-Spring Fair", "Spring Fair", CANCELLED),
        ("Canceled--Spring Fair", "Spring Fair", CANCELLED),
        ("Spring Fair–CANCELLED", "Spring Fair", CANCELLED),
        ("***CANCELLED*** Spring Fair", "Spring Fair", CANCELLED),
        ("Spring Fair (cancelled - bad weather)", "Spring Fair", CANCELLED),
        ("POSTPONED until further notice: Spring Fair", "Spring Fair", POSTPONED),
        ("Spring Fair | EVENT POSTPONED", "Spring Fair", POSTPONED),
        ("Music: CANCELLED: Spring Fair", "Music: Spring Fair", CANCELLED),
        ("[outdoors] CANCELLED: Spring Fair", "[outdoors] Spring Fair", CANCELLED),
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
        ("❌ CANCELLED ❌ Spring Fair", "Spring Fair", CANCELLED),
        ("CANCELLED_Spring Fair", "Spring Fair", CANCELLED),
        ("ألغيت: أمسية الجاز", "أمسية الجاز", CANCELLED),
        ("تم إلغاء أمسية الجاز", "أمسية الجاز", CANCELLED),
        ("تم تأجيل أمسية الجاز", "أمسية الجاز", POSTPONED),
        ("Đêm nhạc (HỦY)", "Đêm nhạc", CANCELLED),
        ("BỊ HOÃN - Đêm nhạc", "Đêm nhạc", POSTPONED),
        ("ערב ג'אז - בוטל", "ערב ג'אז", CANCELLED),
        ("ΜΑΤΑΙΩΣΗ: Βραδιά", "Βραδιά", CANCELLED),
        ("Caz Gecesi İPTAL EDİLDİ", "Caz Gecesi", CANCELLED),
        ("Jazz est (halasztva)", "Jazz est", POSTPONED),
        ("Jazzilta (SIIRTYY)", "Jazzilta", POSTPONED),
        ("ATŠAUKIAMA: Džiazo vakaras", "Džiazo vakaras", CANCELLED),
        ("Malam Jazz [BATAL]", "Malam Jazz", CANCELLED),
    ],
)
def test_a_mark_says_the_status_and_is_no_part_of_the_name(title: str, name: str, status: Status | None) -> None:
    assert marked_title(title) == (name, status)


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
    assert marked_title(title) == (name, status)


@pytest.mark.parametrize(
    "title", ["Cancelled", "CANCELLED!", "Meeting CANCELLED", "NO MEETING", "Notice of Cancelled Regular Meeting"]
)
def test_a_title_that_is_all_mark_stays_the_name(title: str) -> None:
    assert marked_title(title) == (title, CANCELLED)


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
        "Annulation : droits des passagers",
        "Film: Cancelled",
        "Kino: Abgesagt!",
        "Abgesagt! Ein Theaterstück",
        "Cancelled: a comedy in two acts",
        "Postponed (documentary)",
        "Fair (not cancelled)",
        "Verschobene Wirklichkeiten",
        "Hủy diệt",
        "Huy: marché de Noël",
        "",
    ],
)
def test_the_same_words_in_a_plain_title_are_no_mark(title: str) -> None:
    assert marked_title(title) == (title, None)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Cancelled", CANCELLED),
        ("Event cancelled", CANCELLED),
        ("is Cancelled", CANCELLED),
        ("ABGESAGT", CANCELLED),
        ("annulé", CANCELLED),
        ("已取消", CANCELLED),
        ("storniert", CANCELLED),
        ("verschoben auf Mai", POSTPONED),
        ("not cancelled", None),
        ("no longer cancelled", None),
        ("confirmed", None),
        ("sold out", None),
        ("The meeting of the board that was planned for 3 March in the town hall has been canceled.", CANCELLED),
        ("Tickets that were bought before the first of March can be cancelled until two days before the day.", None),
        ("x" * 10_000 + " cancelled", None),
        ("cancelled \ud800", CANCELLED),
    ],
)
def test_a_status_in_words(text: str, status: Status | None) -> None:
    assert of_field(text) is status


def test_a_text_that_is_all_mark() -> None:
    assert alone("Postponed due to rain") is POSTPONED
    assert alone("Cancelled Stamps Museum") is None
    assert alone(None) is None


def test_what_is_too_long_for_a_title_is_not_read() -> None:
    title = "cancelled " * MOST_CHARS
    assert marked_title(title) == (title, None)


PIECES = st.lists(
    st.sampled_from(
        ["cancelled", "CANCELLED", " ", ": ", " - ", "(", ")", "[", "is", "fällt aus", "中止", "\ud800", "1"]
    ),
    max_size=60,
)


@given(PIECES)
def test_any_title_has_a_name(pieces: list[str]) -> None:
    title = "".join(pieces)
    name, status = marked_title(title)
    assert bool(name) == bool(title)
    assert status is not None or name == title
