"""What a reason for a place says."""

import pytest

from hobnob.observations import Place
from hobnob.placing import is_of_source, is_worked_out
from indexer.enrich.gazetteer import Gazetteer, Hints
from indexer.enrich.place import Home, settle

GAZETTEER = Gazetteer()
CHICAGO = Home(found=GAZETTEER.resolve("Chicago"), hints=Hints(near=(41.85, -87.65), country="US"))


@pytest.mark.parametrize(
    ("location", "worked_out", "of_source"),
    [
        (Place(text="Berlin, Germany"), True, False),
        (Place(text="Laois, Ireland"), True, False),
        (Place(text="City Hall"), True, True),
        (None, True, True),
        (Place(latitude=52.5219, longitude=13.4132), False, False),
        (Place(text="Lyon", latitude=4.85, longitude=45.78), False, False),
        (Place(text="Hamburg, Germany", latitude=51.165691, longitude=10.451526), True, False),
    ],
)
def test_what_a_place_rests_on(location: Place | None, worked_out: bool, of_source: bool) -> None:
    why = settle(location, CHICAGO, GAZETTEER).why
    assert (is_worked_out(why), is_of_source(why)) == (worked_out, of_source)


def test_no_reason_says_nothing() -> None:
    assert not is_worked_out(None)
    assert not is_of_source(None)
