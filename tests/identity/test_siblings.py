"""Pairs of names that tell two events apart, or one, in many languages; all else of both agrees. All are made up."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob.events import Event, EventSource
from hobnob.moments import Moment
from hobnob.observations import Person, Place
from indexer.identity.comparing import Verdict, compare
from indexer.identity.comparison import Comparison
from indexer.identity.traits import Traits, traits_of

SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE
LYON = Place(address_locality="Lyon", country_code="FR", geonames_id=2996944, latitude=45.74846, longitude=4.84671)
HALL = replace(LYON, name="Salle du Vitrail")
DAYS = ("2027-05-12", "2027-05-14")
PAGE = "https://conf.example/2027/glass"


def listed(
    name: str, start: str = "2027-05-12T18:00", end: str | None = None, place: Place | None = HALL, **more: object
) -> Traits:
    """What source "a" says; `start` is a day, or a day and an hour."""
    event = Event(
        id="",
        name=name,
        start_date=_moment(start),
        end_date=_moment(end) if end else None,
        place=place,
        place_why="centre of somewhere" if place else None,
        sources=(EventSource(source=str(more.pop("source", "a")), uid="1"),),
        **more,  # type: ignore[arg-type]
    )
    return traits_of(event)


def _moment(text: str) -> Moment:
    when = dt.datetime.fromisoformat(text)
    return Moment(when.date(), when.time(), "Europe/Paris") if "T" in text else Moment(when.date())


def between(one: str, other: str, **both: object) -> Comparison:
    """How two sources' names compare; found alike either way round."""
    a, b = listed(one, **both), listed(other, source="b", **both)  # type: ignore[arg-type]
    found, back = compare(a, b), compare(b, a)
    assert (found.verdict, found.score, found.contradicts) == (back.verdict, back.score, back.contradicts)
    return found


AGES = [
    "{} U12|{} U14",
    "U11 {}|U13 {}",
    "{} Sub-12|{} Sub-14",
    "{} 12U|{} 14U",
    "{} under 12|{} under 14",
    "{} under 18s|{} over 18s",
    "Ü30 {}|Ü40 {}",
    "{} 6-9 Jahre|{} 6-12 Jahre",
    "{} 3-5 years|{} 6-8 years",
    "{} 6-9 ans|{} 10-12 ans",
    "{} A1|{} B1",
    "{} Klasse 3|{} Klasse 4",
    "{} Grade 5|{} Grade 6",
    "{} for beginners|{} advanced",
    "{} Anfänger|{} Fortgeschrittene",
    "{} débutants|{} avancés",
    "{} principiantes|{} avanzado",
    "{} principianti|{} avanzati",
    "{} iniciantes|{} avançados",
    "{} beginners|{} gevorderden",
    "{} dla początkujących|{} dla zaawansowanych",
    "{} nybörjare|{} avancerad",
    "{} 初級|{} 上級",
    "{} for kids|{} for adults",
    "{} juniors|{} seniors",
    "{} Kinder|{} Erwachsene",
    "{} enfants|{} adultes",
    "{} niños|{} adultos",
    "{} bambini|{} adulti",
    "{} crianças|{} adultos",
    "{} kinderen|{} volwassenen",
    "{} dla dzieci|{} dla dorosłych",
    "{} barn|{} vuxna",
    "{} 子ども|{} 大人",
    "{} JV|{} varsity",
    "{} singles|{} doubles",
    "{} femmes|{} hommes",
    "{} in English|{} auf Deutsch",
]


@pytest.mark.parametrize("names", AGES)
@pytest.mark.parametrize("event", ["Kiln Handball", "Glasreigen", "Tango Vitrail", "ガラス 卓球"])
def test_for_whom_it_is_excludes_all_others(event, names):
    one, other = (name.format(event) for name in names.split("|"))
    found = between(one, other)
    assert (found.verdict, found.contradicts) == (DIFFERENT, True), found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U12 Handball Turnier", "Handballturnier U-12"),
        ("Under 12 Handball Cup", "U12 Handball Cup"),
        ("Torneo Sub-12 Balonmano", "Torneo Balonmano Sub 12"),
        ("Ü30 Glasnacht", "Glasnacht Ü30"),
        ("Bastelglas 6-9 Jahre", "Bastelglas (6–9 Jahre)"),
        ("Bastelglas 6-9 Jahre", "Bastelglas, 6 bis 9 Jahre"),
        ("Kiln Tango: adults & kids", "Kiln Tango for Kids and Adults"),
        ("Kiln Tango débutants", "Kiln Tango pour débutants"),
        ("日本語教室 初級", "日本語教室（初級）"),
        ("Kilnchor", "Kilnchor U12"),
    ],
)
def test_the_same_ages_in_other_words_are_one(one, other):
    assert between(one, other).verdict is SAME


@pytest.mark.parametrize(
    "event",
    ["Feria del Queso", "Fête du fromage", "Sagra del Tartufo", "Weinfest", "Festa da Vindima", "Jarmark", "Kiln Cup"],
)
@pytest.mark.parametrize(
    ("one", "other"),
    [("Trujillo", "Almagro"), ("Volkach", "Sommerach"), ("Berlin", "Sommerach"), ("Rocamadour", "Langres")],
)
@pytest.mark.parametrize("when", [("2027-05-12",), DAYS, ("2027-05-12T18:00",)])
@pytest.mark.parametrize("place", [None, LYON])
def test_two_towns_in_two_names_are_two_events(event, one, other, when, place):
    found = between(f"{event} {one}", f"{event} {other}", start=when[0], end=when[-1], place=place)
    assert found.verdict is not SAME, found


@pytest.mark.parametrize("other", ["Feria del Queso de Volkach", "XX Feria del Queso Volkach", "Feria del Queso"])
def test_its_own_town_in_the_name_does_not_part_an_event(other):
    volkach = Place(address_locality="Volkach", country_code="DE", latitude=49.86, longitude=10.22, geonames_id=2817537)
    found = between("Feria del Queso Volkach", other, start=DAYS[0], end=DAYS[1], place=volkach)
    assert found.verdict is SAME


def test_a_word_that_may_be_another_town_is_for_a_person_to_judge():
    volkach = Place(address_locality="Volkach", country_code="DE", latitude=49.86, longitude=10.22, geonames_id=2817537)
    here = listed("Glasfest Volkach", *DAYS, volkach)
    assert compare(here, listed("Glasfest Sommerach", *DAYS, None, source="b")).verdict is UNSURE


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("WordCamp Portland Maine", "WordCamp Portland Oregon", DIFFERENT),
        ("WordCamp Portland, ME", "WordCamp Portland, OR", DIFFERENT),
        ("WordCamp Portland ME", "WordCamp Portland OR", DIFFERENT),
        ("WordCamp Portland, Maine", "WordCamp Portland, ME", SAME),
        ("GlassCon London, Ontario", "GlassCon London, ON", SAME),
        ("GlassCon London Ontario", "GlassCon London UK", DIFFERENT),
        ("GlassCon Columbus, Ohio", "GlassCon Columbus, Georgia", DIFFERENT),
        ("Musikfest Bayern", "Musikfest Hessen", DIFFERENT),
        ("GlassFest Córdoba Argentina", "GlassFest Córdoba España", DIFFERENT),
    ],
)
def test_the_state_behind_a_city_tells_which(one, other, verdict):
    assert between(one, other, start=DAYS[0], end=DAYS[1], place=None).verdict is verdict


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("第15回 東京Rust勉強会", "東京 Rust 勉強会 #15", SAME),
        ("第15回東京Rust勉強会", "東京Rust勉強会（第15回）", SAME),
        ("第十五回 東京Rust勉強会", "東京Rust勉強会 vol.15", SAME),
        ("第16回 東京Rust勉強会", "東京 Rust 勉強会 #15", DIFFERENT),
        ("第16回東京Rust勉強会", "第15回東京Rust勉強会", DIFFERENT),
        ("大阪Rust勉強会", "東京Rust勉強会", DIFFERENT),
        ("第3回 ガラス陶芸展", "ガラス陶芸展 第3回", SAME),
        ("東京陶芸祭り2027", "東京陶芸祭り", SAME),
        ("京都陶芸フェス", "大阪陶芸フェス", DIFFERENT),
        ("北京Rust聚会 第3期", "北京 Rust 聚会 #3", SAME),
        ("第3届上海陶艺展", "第4届上海陶艺展", DIFFERENT),
        ("제3회 서울 도예 축제", "서울 도예 축제 (3회)", SAME),
        ("제3회 서울 도예 축제", "제4회 서울 도예 축제", DIFFERENT),
    ],
)
def test_names_without_spaces(one, other, verdict):
    assert between(one, other, place=None).verdict is verdict


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tokyo Glass Conference", "東京ガラス会議"),
        ("Internationale Glastagung", "International Glass Conference"),
        ("Journées du Verre", "Glass Days"),
        ("12èmes Journées du Verre", "12th Glass Days"),
    ],
)
def test_one_page_and_the_same_days_are_one_event_in_two_languages(one, other):
    days = {"start": DAYS[0], "end": DAYS[1]}
    assert between(one, other, url=PAGE, place=LYON, **days).verdict is SAME
    assert between(one, other, url=PAGE, place=None, **days).verdict is UNSURE
    assert between(one, other, url="https://conf.example/events", place=LYON, **days).verdict is DIFFERENT
    assert between(one, other, place=LYON, **days).verdict is DIFFERENT


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("Journées du Verre 12", "Glass Days 13", DIFFERENT),
        ("Glass Days for Kids", "Journées du Verre adultes", DIFFERENT),
        ("Journées du Verre", "Glass Days Workshop", UNSURE),
        ("KLNX", "GLSX", UNSURE),
    ],
)
def test_one_page_of_two_events_is_not_enough(one, other, verdict):
    assert between(one, other, url=PAGE, place=LYON, start=DAYS[0], end=DAYS[1]).verdict is verdict


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kiln Weaving Red Group", "Kiln Weaving Blue Group"),
        ("Kiln Owls Weaving Workshop: Wool", "Kiln Owls Weaving Workshop: Silk"),
        ("Glass Lake Symposium Alpha Track", "Glass Lake Symposium Beta Track"),
        ("Visite guidée du Vitrail en anglais", "Visite guidée du Vitrail en allemand"),
    ],
)
def test_names_but_for_one_word_at_one_place_are_siblings(one, other):
    assert between(one, other).verdict is not SAME


ROUTINE = [
    *("Marché hebdomadaire", "Heure du conte", "Répétition chorale", "Soirée quiz", "Réunion mensuelle", "Fermé"),
    *("Conseil municipal", "Mercadillo semanal", "Misa", "Cuentacuentos", "Ensayo del coro", "Cerrado"),
    *("Mercato settimanale", "Messa", "Prove del coro", "Consiglio comunale", "Chiuso", "Missa", "Fechado"),
    *("Ensaio do coro", "Assembleia ordinária", "Weekmarkt", "Voorleesuurtje", "Pubquiz", "Gemeenteraad"),
    *("Gesloten", "Targ", "Msza", "Próba chóru", "Sesja rady", "Nieczynne", "Loppmarknad", "Sagostund"),
    *("Kommunfullmäktige", "Stängt", "Loppemarked", "Gudstjeneste", "Lukket", "Bohoslužba", "Zkouška sboru"),
    *(
        "Zastupitelstvo",
        "Zavřeno",
        "朝市",
        "おはなし会",
        "市議会",
        "休館日",
        "Office hours",
        "Wochenmarkt",
        "Sprechstunde",
    ),
]


@pytest.mark.parametrize("name", ROUTINE)
def test_what_is_on_everywhere_is_one_event_at_one_venue_only(name):
    assert between(name, name, place=LYON).verdict is UNSURE
    assert between(name, name, place=HALL).verdict is SAME


def test_a_sponsor_and_a_venue_told_by_its_street_part_nothing():
    a = listed("Agile Tour Lyon 2027", place=HALL)
    street = replace(LYON, street_address="12 rue du Four")
    assert compare(a, listed("Agile Tour Lyon 2027 sponsored by Acme", place=street, source="b")).verdict is SAME


@pytest.mark.parametrize(
    ("one", "other"), [("Kiln I/O", "Kiln.io"), ("Glass Land", "GlassLand"), ("Kiln-Days", "KilnDays")]
)
def test_marks_within_a_name_are_no_difference(one, other):
    assert between(one, other, start=DAYS[0], end=DAYS[1], place=LYON).verdict is SAME


def test_a_house_in_a_park_may_be_the_park_but_two_houses_are_not_one():
    park, house, inn = (replace(LYON, name=name) for name in ("Parc Vitrail", "Kesselhaus", "Ofenwirt"))
    a = listed("Passport to Glowing", place=park)
    assert compare(a, listed("Passport to Glowing", place=house, source="b")).verdict is SAME
    found = compare(listed("Passport to Glowing", place=inn), listed("Passport to Glowing", place=house, source="b"))
    assert (found.verdict, found.contradicts) == (UNSURE, True)


def test_a_festival_is_not_one_of_its_days():
    whole = listed("Glasfest XXVII", "2027-05-10", "2027-05-16")
    day = listed("Glasfest XXVII | Montag 10. Mai", "2027-05-10T18:00", source="b")
    assert compare(whole, day).verdict is DIFFERENT


def test_a_round_of_applications_is_the_conference_and_two_rounds_are_two():
    days = {"start": DAYS[0], "end": DAYS[1], "place": LYON}
    assert between("KILNX (Round 1)", "KILNX", **days).verdict is SAME
    assert between("KILNX (Round 1)", "KILNX (Round 2)", **days).verdict is DIFFERENT


# What speaks for a pair, from little to much: each step adds one thing.
STEPS = [
    {"place": None, "start": "2027-05-12"},
    {"place": LYON, "start": "2027-05-12"},
    {"place": LYON},
    {"place": HALL},
    {"place": HALL, "url": PAGE},
    {"place": HALL, "url": PAGE, "organizer": (Person(name="Kiln Friends"),)},
]


def test_the_more_speaks_for_it_the_higher_the_score():
    found = [between("Glowing Kilnwright Vitrail", "Glowing Kilnwright Vitrail", **step) for step in STEPS]
    assert {one.verdict for one in found} == {SAME}
    scores = [one.score for one in found]
    assert scores == sorted(set(scores))


def test_what_a_person_is_asked_about_is_scored_below_what_is_the_same():
    doubts = [
        between("Monthly Meeting", "Monthly Meeting", place=None),
        between("Story Time", "Toddler Story Time", place=LYON),
        between("Journées du Verre", "Glass Days", url=PAGE, place=None, start=DAYS[0], end=DAYS[1]),
    ]
    assert {one.verdict for one in doubts} == {UNSURE}
    assert len({one.score for one in doubts}) > 1
    assert all(0.35 <= one.score <= 0.7 for one in doubts)


CJK = st.text(st.sampled_from("第回届제회一二十百0123４ 東京大阪勉強会ガラスのと陶芸Rust#・ー축제"), max_size=200)


@given(CJK, CJK)
def test_any_two_names_without_spaces_compare_alike_either_way(one, other):
    found = between(one, other)
    assert 0 <= found.score <= 1
    assert between(one, one).verdict is not DIFFERENT
