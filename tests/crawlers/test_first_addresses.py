"""What the address of a declaration stands for on a day."""

import datetime as dt

import pytest

from crawlers.spiders.first_addresses import first_addresses

DAY = dt.date(2026, 12, 3)


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("https://x.example/?from={today}&to={today+60d}", "https://x.example/?from=2026-12-03&to=2027-02-01"),
        ("https://x.example/?after={today-3d}T00:00:00Z", "https://x.example/?after=2026-11-30T00:00:00Z"),
        ("https://x.example/?startdate={today:%Y%m%d}", "https://x.example/?startdate=20261203"),
        ("https://x.example/?date={today+30d:%m/%d/%Y}", "https://x.example/?date=01/02/2027"),
        ("https://x.example/{today:%H}/{today+1w}/{tomorrow}", "https://x.example/{today:%H}/{today+1w}/{tomorrow}"),
    ],
)
def test_days_of_an_address(declared: str, expected: str) -> None:
    assert first_addresses(declared, DAY) == [expected]


def test_a_year_is_this_one_and_the_next() -> None:
    assert first_addresses("https://x.example/{year}.json?on={today:%d.%m.%Y}", DAY) == [
        "https://x.example/2026.json?on=03.12.2026",
        "https://x.example/2027.json?on=03.12.2026",
    ]
