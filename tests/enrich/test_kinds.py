"""Kinds by the form of a name and by the place of a word in it."""

import pytest

from indexer.enrich.keywords import Text
from indexer.enrich.kind import Kinds

KINDS = Kinds()


def kind(name: str, description: str = "") -> str | None:
    found = KINDS.label(Text(name), Text(description), (), None)
    return found.id if found else None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ethics Committee", "public-meeting"),
        ("Audit Committee - 12/14/23", "public-meeting"),
        ("Committee picnic in the park", None),
        ("Mac Filmmakers Group", "meetup"),
        ("Group exhibition of prints", None),
        ("Weekly sync", "call"),
        ("DevCon", "conference"),
        ("ExampleConf 2026", "conference"),
        ("Falcon watching", None),
        ("OpenDataBarCamp Musterstadt", "barcamp"),
        ("Jane Doe: Bees in the city", "talk"),
        ("Studio 54: bees in the city", None),
        ("Guest lecture by somebody", "talk"),
        ("Вебинар о пчёлах", "call"),
        ("Хакатон", "hackathon"),
    ],
)
def test_a_kind_by_the_form_of_the_name(name: str, expected: str | None) -> None:
    assert kind(name) == expected


def test_a_day_that_begins_its_description_as_a_conference_is_one() -> None:
    assert kind("Bee Day", "Annual conference on bees") == "conference"
    assert kind("Bee Day", "Bring your own bees. " * 8 + "Later there is a conference") is None


def test_a_name_of_a_speaker_is_told_as_the_reason() -> None:
    found = KINDS.label(Text("Jane Doe: Bees in the city"), Text(""), (), None)
    assert found is not None
    assert found.why == ("begins with a person's name, 'Jane Doe'",)
