"""On which clocks an event's times are."""

import datetime as dt

import pytest

from hobnob.moments import Moment
from hobnob.observations import Observation, Place
from indexer.enrich.zone import Clocks, local_times, zone_at

SIX = dt.datetime(2026, 7, 1, 18, 0)


def observed(start: Moment, end: Moment | None = None, rrule: tuple[str, ...] = ()) -> Observation:
    return Observation(source="s", uid="1", name="n", start_date=start, end_date=end, rrule=rrule)


CHICAGO = Place(address_locality="Chicago", country_code="US", time_zone="America/Chicago")


def clocks(start: Moment, end: Moment | None = None, *, rrule: tuple[str, ...] = ()) -> Clocks:
    return local_times(observed(start, end, rrule), CHICAGO, "Europe/Berlin")


@pytest.mark.parametrize("zone", ["UTC", "GMT", "Etc/GMT+5", "+02:00", "-05:00"])
def test_nobodys_clocks_give_way_to_the_places(zone: str) -> None:
    found = clocks(Moment.of(SIX, zone))
    assert (found.start.zone, found.why) == ("America/Chicago", "of the place (Chicago, US)")
    assert found.start.utc() == Moment.of(SIX, zone).utc()


def test_an_instant_stays_what_it_is() -> None:
    """18:00 UTC on 1 July is 13:00 in Chicago (UTC-5 in summer)."""
    found = clocks(Moment.of(SIX, "UTC"), Moment.of(SIX.replace(hour=20), "UTC"))
    assert str(found.start) == "2026-07-01T13:00:00[America/Chicago]"
    assert str(found.end) == "2026-07-01T15:00:00[America/Chicago]"


def test_a_rule_keeps_the_clocks_it_was_written_for() -> None:
    assert clocks(Moment.of(SIX, "UTC"), rrule=("FREQ=WEEKLY",)) == Clocks(Moment.of(SIX, "UTC"), None, "declared")


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Europe/London", "Customized Time Zone"])
def test_declared_zones_stay(zone: str) -> None:
    assert clocks(Moment.of(SIX, zone)) == Clocks(Moment.of(SIX, zone), None, "declared")


def test_a_floating_time_is_the_places_even_in_a_series() -> None:
    found = clocks(Moment.of(SIX), rrule=("FREQ=WEEKLY",))
    assert (found.start, found.why) == (Moment.of(SIX, "America/Chicago"), "of the place (Chicago, US)")


def test_the_place_of_the_source_and_its_zone_come_last_and_say_so() -> None:
    at_home = local_times(observed(Moment.of(SIX)), CHICAGO, "Europe/Berlin", is_own=False)
    assert (at_home.start.zone, at_home.why) == ("America/Chicago", "of the source's place (Chicago, US)")
    for place in (None, Place(text="Somewhere")):
        found = local_times(observed(Moment.of(SIX)), place, "Europe/Berlin")
        assert (found.start.zone, found.why) == ("Europe/Berlin", "of the source (Europe/Berlin)")


def test_a_point_at_sea_or_alone_names_the_zone_itself() -> None:
    point = Place(latitude=41.9, longitude=-87.6, time_zone="America/Chicago")
    assert local_times(observed(Moment.of(SIX)), point, None).why == "of the place (America/Chicago)"


def test_what_nothing_resolves_stays_floating_and_dates_stay_dates() -> None:
    for zone in (None, "No/Such_Zone"):
        found = local_times(observed(Moment.of(SIX)), None, zone)
        assert found.start.is_floating
        assert found.why is None
    day = Moment(dt.date(2026, 7, 1))
    assert clocks(day, day) == Clocks(day, day, None)


def test_an_instant_that_no_place_moves_is_as_declared() -> None:
    assert local_times(observed(Moment.of(SIX, "UTC")), None, None).why == "declared"


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (47.37, 8.54, "Europe/Zurich"),
        (40.71, -74.01, "America/New_York"),
        (-33.87, 151.21, "Australia/Sydney"),
        (0.0, -150.0, None),
        (float("nan"), 0.0, None),
    ],
)
def test_the_zone_of_a_point(latitude: float, longitude: float, zone: str | None) -> None:
    assert zone_at(latitude, longitude) == zone
