import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob.asked_distance import LONGEST_KM, distance_km
from hobnob.errors import BadValue


@pytest.mark.parametrize(
    ("text", "kilometres"),
    [
        ("50", 50.0),
        ("50km", 50.0),
        (" 50 KM ", 50.0),
        ("2,5 km", 2.5),
        ("800m", 0.8),
        ("30 mi", 48.28032),
        ("30 miles", 48.28032),
        ("1 mile", 1.609344),
    ],
)
def test_what_people_type(text: str, kilometres: float) -> None:
    assert distance_km(text) == pytest.approx(kilometres)


@pytest.mark.parametrize(
    "text", ["", "km", "50 furlongs", "50kg", "-5", "0", "0km", "1e3", "nan", "٥٠", "30000km", "1 2km"]
)
def test_what_is_no_distance_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(BadValue, match="is not a distance") as caught:
        distance_km(text)
    assert "km" in (caught.value.hint or "")


@given(st.text())
def test_any_text_is_a_distance_on_earth_or_a_bad_value(text: str) -> None:
    with contextlib.suppress(BadValue):
        assert 0 < distance_km(text) <= LONGEST_KM
