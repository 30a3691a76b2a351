"""What a postal code tells."""

import pytest

from indexer.enrich.gazetteer import Gazetteer
from indexer.enrich.postal import postal_country, postal_town

GAZETTEER = Gazetteer()


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("London N1 9GU", "GB"),
        ("Toronto M5V 2T6", "CA"),
        ("Dublin D02 X285", "IE"),
        ("Portland, ME 04101", "US"),
        ("3511 CE Utrecht", "NL"),
        ("50-333 Wrocław", "PL"),
        ("3000-214 Coimbra", "PT"),
        ("20040-020 Rio de Janeiro", "BR"),
        ("〒530-0001 大阪市", "JP"),
        ("CH-3011 Bern", "CH"),
        ("S-111 20 Stockholm", "SE"),
        ("10115 Berlin", None),
        ("1234 NW Everett St", None),
        ("Doors at 1900 PM Room", None),
        ("Room B-101", None),
        ("no code at all", None),
    ],
)
def test_the_form_of_a_code_tells_the_country(text: str, country: str | None) -> None:
    assert postal_country(text) == country


def test_the_code_alone_tells_the_town_where_it_can() -> None:
    assert postal_town("LS1 4AP", "GB") == "Leeds"
    assert postal_town("H2X 1Y4", "CA") == "Montréal"
    assert postal_town("PH33 6SQ", "GB") is None
    assert postal_town("10115", "DE") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Exchange, 3 Stationsplein, 3511 CE Utrecht", "Utrecht, Netherlands"),
        ("Cambridge CB2 1TN", "Cambridge, United Kingdom"),
        ("London N6A 3K7", "London, Ontario, Canada"),
        ("The Old School, 1 High Street, LS1 4AP", "Leeds, United Kingdom"),
        ("494 Example Blvd Mt Pleasant, SC 29464", "Mount Pleasant, South Carolina, United States"),
        ("Room A-1010, Paris", "Paris, France"),
        ("The Hall, Southbank Brisbane QLD 4101 Australia", "Brisbane, Queensland, Australia"),
    ],
)
def test_a_code_settles_which_of_several(text: str, expected: str) -> None:
    found = GAZETTEER.find(text)
    assert found is not None
    assert found.label == expected


@pytest.mark.parametrize("text", ["1" * 400, "A1 " * 130, "\ud800 1000 AB ", "12-345 " * 50])
def test_odd_text_is_read(text: str) -> None:
    assert postal_country(text) in (None, "PL", "NL", "IE")
