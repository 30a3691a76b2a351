"""Rows of declared fields: dates and times that stand apart, status words, places, and every row of a real table."""

import csv
import datetime as dt

import pytest

from crawlers.readers import Context, reader
from hobnob.observations import Attendance, Observation, Skipped
from hobnob.sources import Pick
from tests.readers.case_folders import CASES

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)


def read(**row):
    """What a table of one row gives, its columns called like the fields."""
    data = ";".join(row) + "\n" + ";".join(f'"{cell}"' for cell in row.values()) + "\n"
    context = Context(
        now=NOW,
        source="a-source",
        url="https://list.example/a.csv",
        language="en",
        time_zone="Europe/Dublin",
        date_order="dmy",
        fields={name: Pick(at=name) for name in row},
    )
    return list(reader("csv")(data.encode(), context))


def event(**row):
    (found,) = read(name="Fair", **row)
    assert isinstance(found, Observation)
    return found


def when(**row):
    found = event(**row)
    return str(found.start_date), found.end_date and str(found.end_date)


def dublin(text):
    return f"{text}:00[Europe/Dublin]"


@pytest.mark.parametrize(
    ("row", "start", "end"),
    [
        ({"dates": "3 March 2027"}, "2027-03-03", None),
        ({"dates": "3-5 March 2027", "time": "9:00 - 17:30"}, dublin("2027-03-03T09:00"), dublin("2027-03-05T17:30")),
        ({"dates": "3-5 March 2027", "start_time": "9am"}, dublin("2027-03-03T09:00"), "2027-03-05"),
        ({"dates": "03/04/2027", "time": "7pm"}, dublin("2027-04-03T19:00"), None),
        (
            {"dates": "3 March 2027", "start_time": "22:00", "end_time": "02:00"},
            dublin("2027-03-03T22:00"),
            dublin("2027-03-04T02:00"),
        ),
        (
            {"dates": "3 March 2027", "start_time": "10:00", "end_time": "12:30"},
            dublin("2027-03-03T10:00"),
            dublin("2027-03-03T12:30"),
        ),
        ({"dates": "3 March", "year": "Season 2028"}, "2028-03-03", None),
        ({"dates": "Fri 3", "year": "March 2028"}, "2028-03-03", None),
        ({"start_date": "2027-12-30", "end_date": "2028-01-02"}, "2027-12-30", "2028-01-02"),
        ({"start_date": "30 Dec 2027", "end_date": "31 Dec"}, "2027-12-30", "2027-12-31"),
        ({"start_date": "2027-03-03T18:00:00Z"}, "2027-03-03T18:00:00[UTC]", None),
        ({"start_date": "1804269600"}, dublin("2027-03-05T18:00"), None),
        ({"dates": "3 March 2027 18:00", "time": "20:00"}, dublin("2027-03-03T18:00"), None),
    ],
)
def test_when(row, start, end):
    assert when(**row) == (start, end)


def test_an_end_before_the_start_and_a_time_that_is_none_are_kept_as_written():
    found = event(start_date="2027-03-03", end_date="2027-03-01", time="to be announced")
    assert (str(found.start_date), found.end_date) == ("2027-03-03", None)
    assert found.raw == {"end_date": "2027-03-01", "time": "to be announced"}


def test_a_guess_is_marked():
    assert "year" in event(dates="3 March").raw["guess"]


@pytest.mark.parametrize("text", ["TBA", "31 February 2027", "Monday 3 March 2027", "in spring"])
def test_no_date_is_skipped_with_what_was_written(text):
    (found,) = read(name="Fair", dates=text)
    assert isinstance(found, Skipped)
    assert found == Skipped(
        reason=f"'Fair': no date in {text!r}", line=2, source="a-source", source_url="https://list.example/a.csv"
    )


@pytest.mark.parametrize(
    ("text", "mode", "call"),
    [
        ("yes", Attendance.ONLINE, None),
        ("Online only", Attendance.ONLINE, None),
        ("hybrid", Attendance.MIXED, None),
        ("in person and online", Attendance.MIXED, None),
        ("hybrid https://stream.example.edu/soil", Attendance.MIXED, "https://stream.example.edu/soil"),
        ("no", Attendance.OFFLINE, None),
        ("https://zoom.us/j/1", Attendance.ONLINE, "https://zoom.us/j/1"),
        ("ask us", None, None),
    ],
)
def test_online(text, mode, call):
    found = event(dates="3 March 2027", online=text)
    assert (found.event_attendance_mode, found.virtual_location) == (mode, call)


def test_a_place_in_parts_and_people():
    found = event(
        dates="3 March 2027", venue="Old Mill", address="3 River Road", city="Cork", postal_code="T12", latitude="51.9",
        longitude="-8.47", organizer="Guild", keywords="print, paper; ink", price="25 EUR", language="en_IE",
    )  # fmt: skip
    place = found.location
    assert (place.name, place.street_address, place.address_locality) == ("Old Mill", "3 River Road", "Cork")
    assert (place.postal_code, place.latitude, place.longitude) == ("T12", 51.9, -8.47)
    assert ([one.name for one in found.organizer], found.keywords) == (["Guild"], ("print", "paper", "ink"))
    assert [(one.price, one.price_currency) for one in found.offers] == [("25", "EUR")]
    assert found.in_language == "en-IE"


def test_every_row_of_the_trade_shows_is_read_as_the_table_says():
    path = CASES / "csv" / "trade_shows" / "input.csv"
    columns = {"name": "name", "url": "website", "city": "city", "country": "country", "keywords": "industry"}
    columns |= {"start_date": "start_date", "end_date": "end_date", "description": "notes"}
    context = Context(
        now=NOW, source="shows", url="https://shows.example/", fields={n: Pick(at=at) for n, at in columns.items()}
    )
    found = list(reader("csv")(path.read_bytes(), context))
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(found) == len(rows) == 109
    assert len({one.uid for one in found}) == 109
    for one, row in zip(found, rows, strict=True):
        end = None if row["end_date"] == row["start_date"] else row["end_date"] or None
        assert (one.name, str(one.start_date)) == (row["name"], row["start_date"])
        assert (one.end_date and str(one.end_date), one.url) == (end, row["website"])
        assert (one.location.address_locality or "", one.location.address_country) == (row["city"], row["country"])
        assert (one.keywords, one.description) == ((row["industry"],), row["notes"])
