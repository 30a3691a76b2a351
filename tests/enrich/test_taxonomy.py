"""The closed lists: their ids are stable, and people's words for them are understood."""

import re

import pytest

from hobnob.errors import UnknownName
from hobnob.taxonomy import LANGUAGES, find_industry, find_kind, industries, industry_ids, kind_ids, kinds

INDUSTRIES = [
    "technology",
    "community",
    "government",
    "arts",
    "manufacturing",
    "nonprofit",
    "education",
    "science",
    "retail",
    "startups",
    "health",
    "food",
    "finance",
    "engineering",
    "defense",
    "environment",
    "legal",
    "construction",
    "media",
    "agriculture",
    "travel",
    "hr",
    "energy",
    "marketing",
    "logistics",
    "public-relations",
    "security",
    "aerospace",
    "automotive",
    "gaming",
]
KINDS = [
    "meetup",
    "tweetup",
    "barcamp",
    "unconference",
    "conference",
    "trade-show",
    "workshop",
    "hackathon",
    "talk",
    "networking",
    "call",
    "course",
    "public-meeting",
    "other",
]


def test_ids_are_the_agreed_ones() -> None:
    assert industry_ids() == frozenset(INDUSTRIES)
    assert kind_ids() == frozenset(KINDS)


def test_each_has_a_name_in_every_language() -> None:
    for entry in (*industries(), *kinds()):
        assert set(entry.names) == set(LANGUAGES)
        assert all(entry.names.values())


def test_no_word_means_two_things() -> None:
    for entries in (industries(), kinds()):
        owners: dict[str, str] = {}
        for entry in entries:
            for word in {w.casefold() for w in (entry.id, *entry.names.values(), *entry.synonyms)}:
                assert owners.setdefault(word, entry.id) == entry.id, word


def test_isic_codes_have_the_form_of_the_classification() -> None:
    """Sections A to U; divisions 01 to 99; groups and classes below them."""
    for industry in industries():
        assert industry.isic
        assert all(re.fullmatch(r"[A-U]|\d{2,4}", code) for code in industry.isic), industry.id


def test_naics_codes_have_the_form_of_the_classification() -> None:
    """Sectors of two digits or a span of them; subsectors to national industries have three to six."""
    for industry in industries():
        assert industry.naics
        assert all(re.fullmatch(r"\d\d-\d\d|[1-9]\d{1,5}", code) for code in industry.naics), industry.id


@pytest.mark.parametrize(
    ("industry", "isic", "naics"),
    [
        ("agriculture", "A", "11"),  # agriculture, forestry and fishing
        ("manufacturing", "C", "31-33"),  # manufacturing
        ("education", "P", "61"),  # education; educational services
        ("science", "72", "5417"),  # scientific research and development
        ("legal", "691", "5411"),  # legal activities; legal services
        ("engineering", "71", "5413"),  # architectural, engineering and related services
        ("aerospace", "303", "3364"),  # air and spacecraft; aerospace product and parts
        ("defense", "8422", "92811"),  # defence activities; national security
        ("public-relations", "7020", "54182"),  # public relations is of 7020 in ISIC; public relations agencies
        ("hr", "78", "5613"),  # employment activities; employment services
        ("gaming", "3240", "33993"),  # games and toys; dolls, toys and games
        ("marketing", "73", "5418"),  # advertising and market research; advertising and related services
    ],
)
def test_codes_are_those_of_the_classifications(industry: str, isic: str, naics: str) -> None:
    """Against the published titles of ISIC Rev. 4 and NAICS 2022."""
    (found,) = (one for one in industries() if one.id == industry)
    assert isic in found.isic
    assert naics in found.naics


@pytest.mark.parametrize(
    ("text", "industry"),
    [
        ("technology", "technology"),
        ("IT", "technology"),
        ("Software", "technology"),
        ("web", "technology"),
        ("PR", "public-relations"),
        ("Öffentlichkeitsarbeit", "public-relations"),
        ("Offentlichkeitsarbeit", "public-relations"),
        ("defence", "defense"),
        ("Santé et médecine", "health"),
        ("sante", "health"),
        ("RRHH", "hr"),
        ("real  estate", "construction"),
        ("Luft- und Raumfahrt", "aerospace"),
        ("public_relations", "public-relations"),
    ],
)
def test_an_industry_is_found_by_what_people_call_it(text: str, industry: str) -> None:
    assert find_industry(text) == industry


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("meetup", "meetup"),
        ("Meet-Up", "meetup"),
        ("tradeshow", "trade-show"),
        ("Messe", "trade-show"),
        ("webinar", "call"),
        ("Tagung", "conference"),
        ("seminar", "talk"),
        ("réunion publique", "public-meeting"),
    ],
)
def test_a_kind_is_found_by_what_people_call_it(text: str, kind: str) -> None:
    assert find_kind(text) == kind


def test_a_mistyped_name_gets_the_nearest() -> None:
    with pytest.raises(UnknownName) as caught:
        find_industry("educatoin")
    assert caught.value.nearest == ("education",)
    assert str(caught.value) == "unknown industry 'educatoin'"
    with pytest.raises(UnknownName) as caught:
        find_kind("hackaton party zzz")
    assert caught.value.what == "kind"


def test_names_fall_back_to_english() -> None:
    law = next(industry for industry in industries() if industry.id == "legal")
    assert law.name("de") == "Recht"
    assert law.name("es-MX") == "Derecho"
    assert law.name("fi") == law.name() == "Law"
