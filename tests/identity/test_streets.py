"""Streets in one spelling; all are made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob.observations import Place
from indexer.identity.streets import street_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Weberstraße 12, 80333 München", "Weberstr. 12"),
        ("Town Hall, 123 Main Street, Springfield", "123 Main St."),
        ("7 Avenue des Potiers, 75012 Paris", "7 Ave des Potiers"),
        ("Loom Road 5, Leeds", "Loom Rd 5"),
    ],
)
def test_one_street_in_two_spellings(one: str, other: str) -> None:
    assert street_of(Place(text=one)) == street_of(Place(text=other)) is not None
    assert street_of(Place(street_address=other)) == street_of(Place(text=one))


@pytest.mark.parametrize(
    "text", ["10115 Berlin", "1010 Wien", "Raum 101, Universität", "Zoom 123 456", "Berlin 2026", "Level 3", "Berlin"]
)
def test_what_is_no_street_with_a_number(text: str) -> None:
    assert street_of(Place(text=text)) is None


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    found = street_of(Place(text=text))
    assert found is None or found.encode("utf-8")
