"""Industries of the titles in `industry_titles.toml`, and how words in them are read."""

import tomllib
from pathlib import Path

import pytest

from indexer.enrich.industry import Industries
from indexer.enrich.keywords import Text

INDUSTRIES = Industries()

with Path(__file__).with_name("industry_titles.toml").open("rb") as file:
    TABLE = tomllib.load(file)


def listed(name: str) -> list[tuple[str, str]]:
    return [(industry, title) for industry, titles in TABLE[name].items() for title in titles]


def said(title: str) -> list[str]:
    return [label.id for label in INDUSTRIES.labels(Text(title), Text(""), (), None)]


@pytest.mark.parametrize(("industry", "title"), listed("titles"))
def test_a_title_speaks_for_its_industry_alone(industry: str, title: str) -> None:
    assert said(title) == [industry]


@pytest.mark.parametrize(("industry", "title"), listed("other_senses"))
def test_a_word_in_another_sense_says_nothing(industry: str, title: str) -> None:
    assert industry not in said(title)


@pytest.mark.parametrize(
    ("title", "industry"), [("HelsinkiJS", "technology"), ("UXCamp Ghent", "technology"), ("EduWiki 2026", "education")]
)
def test_a_name_written_as_one_word_is_read_by_its_parts(title: str, industry: str) -> None:
    found = INDUSTRIES.labels(Text(title), Text(""), (), None)
    assert [label.id for label in found] == [industry]
    assert found[0].why == (title.split(maxsplit=1)[0],)


def test_the_longest_stem_of_a_word_counts() -> None:
    """Plastics ("kunststof") are no art ("kunst")."""
    assert said("Vakbeurs kunststofverwerking") == ["manufacturing"]


def test_a_description_that_is_no_longer_than_a_subtitle_speaks_like_a_name() -> None:
    found = INDUSTRIES.labels(Text("ABC"), Text("Technology showcase"), (), None)
    assert [label.id for label in found] == ["technology"]
