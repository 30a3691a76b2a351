"""Names taken apart, and how alike two are. Expectations were written by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.identity.likeness import Likeness, likeness
from indexer.identity.names import LONGEST, parse

HOSTILE = st.text(max_size=60) | st.text(
    st.sampled_from(" #'@|-.:/w0123456789IVXDEaé東京\u0301\u202e\x00"), max_size=60
)


@pytest.mark.parametrize(
    ("text", "own", "places", "years", "numbers", "parts"),
    [
        ("PyCon DE & PyData 2022", ("pycon", "pydata"), ("DE",), (2022,), (), ()),
        ("PyConZA '22", ("pycon",), ("ZA",), (2022,), (), ()),
        ("PyCon South Africa", ("pycon",), ("ZA",), (), (), ()),
        ("SomeConf22", ("someconf",), (), (), (), ()),
        ("3rd Annual React Summit US", ("react",), ("US",), (), (3,), ()),
        ("DevOpsDays XIV", ("devopsdays",), (), (), (14,), ()),
        ("Python Pizza Part II (Day 2)", ("python", "pizza"), (), (), (), ("par 2", "day 2")),
        ("Wollfest Teil B", ("wollfest",), (), (), (), ("tei b",)),
        ("Rust Meetup #45", ("rust",), (), (), (45,), ()),
        ("Expo Europe", (), ("~euro",), (), (), ()),
        ("Konferenz für Ärzte", ("arzte",), (), (), (), ()),
        ("", (), (), (), (), ()),
    ],
)
def test_a_name_is_taken_apart(text, own, places, years, numbers, parts):
    country = {"PyCon DE & PyData 2022": "DE", "PyConZA '22": "ZA"}.get(text)
    name = parse(text, 2022, frozenset(), country)
    assert (name.own, name.places, name.years, name.numbers, name.parts) == (own, places, years, numbers, parts)


def test_the_city_it_is_in_is_no_word_of_its_own():
    name = parse("React Boston, MA", 2020, frozenset({"boston"}), "US")
    assert name.own == ("react",)


def test_who_speaks_and_hosts_is_left_aside():
    name = parse("Evening of Types @ Hall Nine w/ Ada", 2020)
    assert name.own == ("types",)
    assert name.tail == ("hall", "nine", "ada")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PyCon India", "Pycon India 2023"),
        ("DevOps Days", "DevOpsDays"),
        ("Python Web Conf", "Python Web Conference"),
        ("Berlin Python Pizza", "Python Pizza Berlin"),
        ("PyCon Latam", "PyCon Latin America"),
        ("ICML", "International Conference on Machine Learning"),
        ("Red Dot Ruby Conference", "RedDotRubyConf 2016"),
        ("Rail Israel", "Rails Israel"),
        ("Garden City RubyConf", "Garden City Ruby"),
        ("ROSS Konferenz", "ROSS Conference"),
        ("Café Québec", "CAFE QUEBEC"),
        ("The Glass Forum presented by Acme", "Glass Forum"),
        ("Weaver Days", "Weaver Days '26"),
    ],
)
def test_the_same_name_in_other_words(one, other):
    assert likeness(parse(one, 2026), parse(other, 2026)).likeness is Likeness.EQUAL


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Rust Meetup #45", "Rust Meetup #46", Likeness.EDITION),
        ("Weaving Day 1", "Weaving Day 2", Likeness.EDITION),
        ("Glass Club Session A", "Glass Club Session B", Likeness.EDITION),
        ("GlassConf", "GlassConf Workshops", Likeness.PART),
        ("GlassConf", "GlassConf Afterparty", Likeness.PART),
        ("Salsa", "Salsa for Beginners", Likeness.PART),
        ("PyCon India", "PyCon Indonesia", Likeness.ELSEWHERE),
        ("DevOpsDays London", "DevOpsDays Chicago", Likeness.ELSEWHERE),
        ("Committee on Finance", "Committee on Health", Likeness.SHARED),
        ("scotlandCSS", "ScotlandJS", Likeness.UNLIKE),
        ("API Conference London", "Serverless Conference London", Likeness.UNLIKE),
        ("AI & Big Data Expo", "Cyber Security Expo", Likeness.UNLIKE),
        ("Trucks @ 12 Eastlake", "Trucks @ 15 Eastlake", Likeness.SHARED),
        ("Glasswork", "Glasswork: Kilns", Likeness.WITHIN),
    ],
)
def test_names_that_differ(one, other, expected):
    assert likeness(parse(one, 2026), parse(other, 2026)).likeness is expected


@given(HOSTILE, HOSTILE)
def test_any_two_texts_can_be_compared_either_way(one, other):
    a, b = parse(one, 2026), parse(other, 2026)
    assert likeness(a, b).likeness is likeness(b, a).likeness
    assert likeness(a, a).likeness is Likeness.EQUAL


def test_a_huge_name_is_cut():
    name = parse("x" * 10**6 + " y" * 10**6, 2026)
    assert len(name.text) <= LONGEST
    assert len(parse("aa bb " * 10**5, 2026).letters) <= LONGEST


def test_a_year_may_be_written_with_a_k():
    assert parse("WeaveCon2k20", 2020).years == (2020,)
    assert parse("WeaveCon2k20", 2020).letters == parse("WeaveCon", 2020).letters
    assert parse("Weave Con 2k20", 2020).years == (2020,)


def test_a_code_at_the_end_of_an_acronym_is_no_country_unless_it_is_of_an_event():
    assert parse("LoomML 2026", 2026).places == ()
    assert parse("WeaveConHK", 2026).places == ("HK",)


@pytest.mark.parametrize(
    ("local", "english"),
    [("Loom Days München", "Loom Days Munich"), ("Loom Days Wien", "Loom Days Vienna"), ("Roma Loom", "Rome Loom")],
)
def test_a_city_is_one_by_its_own_name_and_in_english(local: str, english: str) -> None:
    assert parse(local, 2026).places == parse(english, 2026).places != ()
    assert parse(local, 2026).own == parse(english, 2026).own
