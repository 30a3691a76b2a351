import datetime as dt
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hobnob.errors import BadValue, HobnobError, SettingsError, UnknownName, UsageError
from hobnob.moments import UTC
from hobnob.observations import Attendance, Status
from hobnob.queries import LIVE, Query, Sort
from hobnob.settings import Settings
from indexer.search import Filters, open_engine, resolve
from indexer.search.own_zone import machine_zone

NOW = dt.datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
SETTINGS = Settings(
    data_dir=Path("nowhere"), config_dir=Path("nowhere"), place="Bern, Switzerland", time_zone="Europe/Zurich"
)


def query(settings: Settings = SETTINGS, **typed: Any) -> Query:
    return resolve(Filters(**typed), settings=settings, now=NOW)


def test_no_filters_ask_for_all_that_is_not_over() -> None:
    assert query() == Query(now=NOW, time_zone="Europe/Zurich")


def test_names_become_ids() -> None:
    found = query(industry=("Technology", "tech"), kind=("Meetup",), language=("pt-BR", "PT"), source=("a", "a"))
    assert found.industries == ("technology",)
    assert found.kinds == ("meetup",)
    assert found.languages == ("pt",)
    assert found.sources == ("a",)


def test_a_city_is_a_circle_and_a_country_is_a_country() -> None:
    circle = query(near="Zurich").near
    assert circle is not None
    assert (round(circle.latitude, 1), round(circle.longitude, 1)) == (47.4, 8.6)
    assert circle.radius_km == 50.0
    assert circle.label == "Zürich, Switzerland"
    narrow = query(near="47.37, 8.54", within="30 mi").near
    assert narrow is not None
    assert (narrow.latitude, narrow.longitude) == (47.37, 8.54)
    assert narrow.radius_km == pytest.approx(48.28032)
    country = query(near="Switzerland")
    assert (country.near, country.countries) == (None, ("CH",))


def test_a_region_is_as_wide_as_it_is() -> None:
    circle = query(near="Bavaria").near
    assert circle is not None
    assert circle.radius_km > 150


def test_me_is_the_place_of_the_settings() -> None:
    circle = query(near="Me").near
    assert circle is not None
    assert circle.label == "Bern, Switzerland"
    with pytest.raises(UsageError, match="'me' stands for no place yet"):
        query(replace(SETTINGS, place=None), near="me")


def test_days_are_those_of_the_user() -> None:
    assert query(start="today", end="this weekend").start == dt.date(2026, 11, 24)  # 00:30 in Zürich
    assert query(end="this weekend").end == dt.date(2026, 11, 29)
    assert query(replace(SETTINGS, time_zone="America/New_York"), start="today").start == dt.date(2026, 11, 23)
    december = query(start="december", end="december")
    assert (december.start, december.end) == (dt.date(2026, 12, 1), dt.date(2026, 12, 31))


def test_how_one_takes_part_and_what_it_costs() -> None:
    assert query(online=True).attendance == (Attendance.ONLINE, Attendance.MIXED)
    assert query(in_person=True).attendance == (Attendance.OFFLINE, Attendance.MIXED)
    assert query(free=True).free is True
    assert query().free is None


def test_statuses() -> None:
    assert query().statuses == LIVE
    assert query(status=("cancelled", "moved online")).statuses == {Status.CANCELLED, Status.MOVED_ONLINE}
    assert query(status=("any",)).statuses == frozenset(Status)


def test_order_and_page() -> None:
    found = query(near="Bern", sort="Distance", limit="5", page="3")
    assert (found.sort, found.limit, found.page) == (Sort.DISTANCE, 5, 3)
    assert query(text="rust", sort="relevance").sort is Sort.RELEVANCE


@pytest.mark.parametrize(
    ("typed", "error", "hint"),
    [
        ({"industry": ("tecnology",)}, UnknownName, "technology"),
        ({"kind": ("meatup",)}, UnknownName, "meetup"),
        ({"near": "Zürch"}, UnknownName, "Zürich"),
        ({"near": "Bern", "within": "5 furlongs"}, BadValue, "50km"),
        ({"within": "5km"}, UsageError, "near"),
        ({"near": "Switzerland", "within": "5km"}, UsageError, "city"),
        ({"start": "soon"}, BadValue, "2026-12-01"),
        ({"start": "december", "end": "today"}, UsageError, "earlier"),
        ({"end": "yesterday"}, UsageError, "earlier"),
        ({"online": True, "in_person": True}, UsageError, "both"),
        ({"status": ("gone",)}, BadValue, "cancelled"),
        ({"language": ("german",)}, BadValue, "de"),
        ({"sort": "price"}, BadValue, "relevance"),
        ({"sort": "distance"}, UsageError, "near"),
        ({"sort": "distance", "near": "Switzerland"}, UsageError, "near"),
        ({"sort": "relevance"}, UsageError, "date"),
        ({"limit": "0"}, BadValue, "1 to 1000"),
        ({"limit": "1001"}, BadValue, "1 to 1000"),
        ({"limit": "many"}, BadValue, "1 to 1000"),
        ({"page": "5001"}, BadValue, "1 to 5000"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_hint(typed: dict[str, Any], error: type[HobnobError], hint: str) -> None:
    with pytest.raises(error) as caught:
        query(**typed)
    assert hint in (caught.value.hint or "")


def test_a_setting_that_is_no_zone() -> None:
    with pytest.raises(SettingsError, match="'Mars/Base' is not a time zone"):
        query(replace(SETTINGS, time_zone="Mars/Base"))


def test_the_zone_of_the_machine(tmp_path: Path) -> None:
    localtime, timezone = tmp_path / "localtime", tmp_path / "timezone"
    assert machine_zone({}, localtime, timezone) == "UTC"
    timezone.write_text("Europe/Lisbon\n")
    assert machine_zone({}, localtime, timezone) == "Europe/Lisbon"
    (tmp_path / "zoneinfo/Asia").mkdir(parents=True)
    (tmp_path / "zoneinfo/Asia/Tokyo").touch()
    localtime.symlink_to(tmp_path / "zoneinfo/Asia/Tokyo")
    assert machine_zone({}, localtime, timezone) == "Asia/Tokyo"
    assert machine_zone({"TZ": ":America/Lima"}, localtime, timezone) == "America/Lima"
    assert machine_zone({"TZ": "CET-1CEST,M3.5.0,M10.5.0/3"}, localtime, timezone) == "Asia/Tokyo"


def test_an_engine_by_its_name() -> None:
    assert type(open_engine(SETTINGS)).__name__ == "EmbeddedEngine"
    with pytest.raises(SettingsError, match="unknown search engine 'lucene'"):
        open_engine(replace(SETTINGS, engine="lucene"))


def test_a_search_imports_nothing_heavy(checkout: Path) -> None:
    heavy = ("scrapy", "sqlalchemy", "icalendar", "extruct", "feedparser", "babel", "dateutil", "tomlkit")
    program = (
        "import sys, datetime as dt; from pathlib import Path; from hobnob.settings import Settings\n"
        "from indexer.search import Filters, resolve, open_engine, saved\n"
        "settings = Settings(data_dir=Path('x'), config_dir=Path('x'))\n"
        "resolve(Filters(near='Bern', industry=('tech',), start='today'), settings=settings, "
        "now=dt.datetime.now(dt.timezone.utc))\n"
        "open_engine(settings); saved.load(Path('x'))\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=checkout, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
