"""What would be concluded of the events of a source, before it is added."""

import datetime as dt

from hobnob.moments import Moment
from hobnob.observations import Observation, Place
from hobnob.sources import Source
from indexer.enrich import Preview, preview


def event(number: int, name: str, city: str | None = "Lisbon, Portugal", zone: str | None = None) -> Observation:
    start = Moment(dt.date(2026, 12, 1 + number), dt.time(19), zone)
    place = Place(text=city) if city else None
    return Observation(source="any", uid=str(number), name=name, start_date=start, location=place)


def test_nothing_is_concluded_of_nothing() -> None:
    assert preview([]) == Preview()


def test_what_events_are_about_and_where_is_counted_the_commonest_first() -> None:
    found = preview(
        [
            event(0, "Python meetup: typing in practice"),
            event(1, "Python meetup: asyncio in practice"),
            event(2, "Nursing conference", "Porto, Portugal"),
        ]
    )
    assert found.count == 3
    assert found.industries[0] == ("technology", 2)
    assert found.places == (("Lisbon, PT", 2), ("Porto, PT", 1))
    assert found.time_zones == (("Europe/Lisbon", 3),)
    assert found.placed == 3


def test_a_place_is_written_so_that_it_is_understood_as_that_one() -> None:
    oregon = [event(number, "Fair", "Portland, Oregon, USA") for number in range(3)]
    maine = [event(number, "Fair", "Portland, Maine, USA") for number in range(3)]
    (first, _), (second, _) = preview(oregon).places[0], preview(maine).places[0]
    assert first != second
    assert first.startswith("Portland, ")


def test_the_defaults_of_a_source_hold() -> None:
    source = Source(name="bakers", title="Bakers", url="https://x.example/", reader="ics", place="Lisbon")
    without, with_place = preview([event(0, "Fair", None)]), preview([event(0, "Fair", None)], source)
    assert (without.placed, with_place.placed) == (0, 1)
    assert without.floating == 1
    assert with_place.floating == 0
