"""Text to tokens, and what people type to terms."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import fold, query_terms, tokens, words

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Zürich", "zurich"),
        ("Łódź", "lodz"),
        ("ÆRØ", "aero"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("ISPARTA ılıca", "isparta ilica"),
        ("Þórshöfn", "thorshofn"),
        ("ＡＩ ﬁnance", "ai finance"),
        ("Ἀθῆναι", "αθηναι"),
        ("Ёлка", "елка"),
        ("مُؤتَمَر", "موتمر"),
        ("が", "が"),
        ("한국어", "한국어"),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C++, C# & F#: with .NET (ASP.NET)", ["c++", "c#", "f#", "with", ".net", "asp.net"]),
        ("Node.js. Vue.js!", ["node.js", "vue.js"]),
        ("issue #5, foo#bar, #python, 18+", ["issue", "5", "foo", "bar", "python", "18"]),
        ("front-end / women's l'été snake_case", ["front", "end", "women", "s", "l", "ete", "snake", "case"]),
        ("勉強会 Pythonの会", ["勉強", "強会", "python", "の会"]),
        ("개발자 모임", ["개발", "발자", "모임"]),
        ("ภาษาไทย", ["ภา", "าษ", "ษา", "าไ", "ไท", "ทย"]),
        ("हिन्दी सम्मेलन।", ["हिन्दी", "सम्मेलन"]),
        ("\x00 \u200b … !!! 🎉", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_tokens_are_words_then_each_stem_once_in_the_language_of_the_text() -> None:
    assert tokens("Conferences, conference", "en") == ["conferences", "conference", "·", "en·confer"]
    assert tokens("Konferenzen", "de-CH")[-1] == "de·konferenz"
    assert tokens("Møter", "nb")[-1] == "no·mot"
    assert tokens("Conferences", None) == tokens("Conferences", "tlh") == ["conferences"]


def test_dotted_names_are_found_by_their_parts_and_characters_one_by_one() -> None:
    assert tokens("node.js", None) == ["node.js", "·", "node", "js"]
    assert tokens("勉強会", "ja") == ["勉強", "強会", "·", "single·勉", "single·強", "single·会"]


@given(ANY_TEXT, st.sampled_from(["en", "ja", "ar", None]))
def test_a_token_never_holds_space_and_a_word_never_a_mark(text: str, language: str | None) -> None:
    found = words(text)
    assert all(word and word == word.strip() and len(word.split()) == 1 and "·" not in word for word in found)
    assert tokens(text, language)[: len(found)] == found


@given(ANY_TEXT)
def test_a_text_is_found_by_each_of_its_own_words(text: str) -> None:
    terms = query_terms(" ".join(text.replace('"', " ").replace("-", " ").split()))
    found = tokens(text, "en")
    for term in terms.required:
        size = len(term.words)
        assert any(tuple(found[at : at + size]) == term.words for at in range(len(found)))
    assert not terms.excluded


def test_a_word_is_found_by_its_form_or_by_its_stem_in_any_language() -> None:
    (term,) = query_terms("Conférences").required
    assert term.words == ("conferences",)
    assert "fr·conferent" in term.stems
    assert "en·confer" in term.stems


def test_phrases_and_exclusions() -> None:
    terms = query_terms('rust "Machine  Learning" -java -"big data" front-end „neue Welt“')
    assert [term.words for term in terms.required] == [
        ("rust",),
        ("machine", "learning"),
        ("front", "end"),
        ("neue", "welt"),
    ]
    assert [term.words for term in terms.excluded] == [("java",), ("big", "data")]
    assert all(not term.stems for term in terms.required[1:])


@pytest.mark.parametrize("text", ["", '""', "- -- !!", '"', "\x00", "🎉"])
def test_what_holds_no_word_asks_for_nothing(text: str) -> None:
    assert query_terms(text).required == query_terms(text).excluded == ()


def test_one_character_of_an_unspaced_script_is_found_inside_a_run() -> None:
    (term,) = query_terms("会").required
    assert set(term.stems) & set(tokens("勉強会", "ja"))


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "勉" * 1_000_000,
        "a.b" * 300_000,
        "e\u0301" * 400_000,
        "\u0301" * 1_000_000,
        "ﷺ" * 100_000,
        "x " * 500_000,
        ("ab" * 40 + " ") * 10_000,
    ],
    ids=["letters", "han", "dots", "accents", "marks", "ligatures", "words", "long words"],
)
def test_hostile_text_is_bounded(text: str) -> None:
    started = time.perf_counter()
    found = tokens(text, "en")
    assert len(found) <= 20_000
    assert max(map(len, found), default=0) <= 70
    query_terms(text)
    assert time.perf_counter() - started < 5
