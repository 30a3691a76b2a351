import csv
import datetime as dt
import io

from cli.hits import csv_text, distance, hits_table, where
from cli.table import columns_of
from hobnob.moments import Moment
from hobnob.observations import Attendance, Place, Status
from hobnob.queries import Hit

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
BERLIN = Place(address_locality="Berlin", country_code="DE", latitude=52.52, longitude=13.405)


def hit(**fields: object) -> Hit:
    given = {"id": "k3f9xa2b", "name": "Rust Meetup", "start_date": Moment(dt.date(2026, 12, 1)), **fields}
    return Hit(**given)


def lines(*hits: Hit, width: int, miles: bool = False) -> list[str]:
    found = hits_table(hits, width=width, now=NOW, zone=dt.timezone.utc, miles=miles)
    return [text.replace("\x1b[1m", "").replace("\x1b[0m", "") for text in found]


def test_a_wide_terminal_gets_one_line_for_an_event() -> None:
    found = hit(place=BERLIN, kind="meetup", industries=("technology",), distance_km=2.34, is_free=True)
    assert lines(found, width=120)[1] == (
        "Tue 1 Dec  Rust Meetup  Berlin, DE  2.3 km  meetup · technology · free  k3f9xa2b"
    )


def test_a_narrow_terminal_gets_two_lines_for_an_event() -> None:
    found = hit(place=BERLIN, kind="meetup", industries=("technology",), distance_km=48.28, recurring=True)
    assert lines(found, width=80, miles=True)[1:] == [
        "Tue 1 Dec  Rust Meetup",
        "k3f9xa2b   Berlin, DE · 30 mi · meetup · technology · repeats",
    ]


def test_no_line_is_wider_than_the_terminal() -> None:
    long = hit(
        name="東京ゲームショウ " * 20,
        place=Place(address_locality="Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", country_code="GB"),
        industries=("technology", "community", "science", "media"),
        kind="unconference",
        distance_km=9999.0,
        start_date=Moment(dt.date(2027, 12, 31), dt.time(19), "America/Los_Angeles"),
        attendance=Attendance.MIXED,
    )
    for width in (80, 100, 120):
        assert all(columns_of(text) <= width for text in lines(long, long, width=width))


def test_a_cancelled_event_says_so_first() -> None:
    assert "CANCELLED: Rust Meetup" in lines(hit(status=Status.CANCELLED), width=120)[1]
    assert "MOVED ONLINE: Rust Meetup" in lines(hit(status=Status.MOVED_ONLINE), width=120)[1]


def test_where_names_the_city_the_place_or_the_call() -> None:
    assert where(BERLIN, Attendance.OFFLINE) == "Berlin, DE"
    assert where(BERLIN, Attendance.MIXED) == "Berlin, DE + online"
    assert where(BERLIN, Attendance.ONLINE) == "online"
    assert where(Place(name="c-base"), Attendance.OFFLINE) == "c-base"
    assert where(None, Attendance.OFFLINE) == ""


def test_distance_in_km_and_miles() -> None:
    assert [distance(value, miles=False) for value in (None, 0.04, 9.94, 9.95, 120.4)] == [
        "", "0.0 km", "9.9 km", "10 km", "120 km",
    ]  # fmt: skip
    assert distance(160.9344, miles=True) == "100 mi"


def test_csv_is_safe_for_a_spreadsheet() -> None:
    found = hit(
        name='=HYPERLINK("http://example.org")',
        start_date=Moment(dt.date(2026, 12, 1), dt.time(19), "Europe/Berlin"),
        place=BERLIN,
        industries=("technology", "science"),
        is_free=False,
    )
    (row,) = csv.DictReader(io.StringIO(csv_text([found])))
    assert row["name"] == '\'=HYPERLINK("http://example.org")'
    assert (row["start_date"], row["start_time"], row["time_zone"]) == ("2026-12-01", "19:00", "Europe/Berlin")
    assert (row["city"], row["country"], row["latitude"]) == ("Berlin", "DE", "52.52")
    assert (row["industries"], row["is_free"], row["end_date"]) == ("technology; science", "no", "")
