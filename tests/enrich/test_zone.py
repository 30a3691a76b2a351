"""On which clocks an event's times are."""

import datetime as dt

import pytest

from hobnob.moments import Moment
from hobnob.observations import Observation
from indexer.enrich.zone import local_times, zone_at

SIX = dt.datetime(2026, 7, 1, 18, 0)


def observed(start: Moment, end: Moment | None = None, rrule: tuple[str, ...] = ()) -> Observation:
    return Observation(source="s", uid="1", name="n", start_date=start, end_date=end, rrule=rrule)


@pytest.mark.parametrize("zone", ["UTC", "GMT", "Etc/GMT+5", "+02:00", "-05:00"])
def test_nobodys_clocks_give_way_to_the_places(zone: str) -> None:
    start, _ = local_times(observed(Moment.of(SIX, zone)), "America/Chicago")
    assert start.zone == "America/Chicago"
    assert start.utc() == Moment.of(SIX, zone).utc()


def test_an_instant_stays_what_it_is() -> None:
    """18:00 UTC on 1 July is 13:00 in Chicago (UTC-5 in summer)."""
    start, end = local_times(observed(Moment.of(SIX, "UTC"), Moment.of(SIX.replace(hour=20), "UTC")), "America/Chicago")
    assert str(start) == "2026-07-01T13:00:00[America/Chicago]"
    assert str(end) == "2026-07-01T15:00:00[America/Chicago]"


def test_a_rule_keeps_the_clocks_it_was_written_for() -> None:
    start, _ = local_times(observed(Moment.of(SIX, "UTC"), rrule=("FREQ=WEEKLY",)), "America/Chicago")
    assert start == Moment.of(SIX, "UTC")


def test_declared_zones_stay() -> None:
    for zone in ("Europe/Berlin", "Europe/London", "Customized Time Zone"):
        start, _ = local_times(observed(Moment.of(SIX, zone)), "America/Chicago")
        assert start == Moment.of(SIX, zone)


def test_a_floating_time_is_the_places_even_in_a_series() -> None:
    start, _ = local_times(observed(Moment.of(SIX), rrule=("FREQ=WEEKLY",)), "America/Chicago")
    assert start == Moment.of(SIX, "America/Chicago")


def test_what_nothing_resolves_stays_floating_and_dates_stay_dates() -> None:
    assert local_times(observed(Moment.of(SIX)), None)[0].is_floating
    assert local_times(observed(Moment.of(SIX)), "No/Such_Zone")[0].is_floating
    day = Moment(dt.date(2026, 7, 1))
    assert local_times(observed(day, day), "America/Chicago") == (day, day)


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
