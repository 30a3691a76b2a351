import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from cli.dates import duration, in_full, when
from hobnob.moments import Moment

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
BERLIN = ZoneInfo("Europe/Berlin")


def moment(day: str, time: str | None = None, zone: str | None = None) -> Moment:
    return Moment(dt.date.fromisoformat(day), dt.time.fromisoformat(time) if time else None, zone)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (moment("2026-12-01"), None, "Tue 1 Dec"),
        (moment("2026-12-01"), moment("2026-12-01"), "Tue 1 Dec"),
        (moment("2027-03-02"), None, "Tue 2 Mar 2027"),
        (moment("2026-12-01", "19:00", "Europe/Berlin"), None, "Tue 1 Dec 19:00"),
        (moment("2026-12-01", "19:00", "Europe/Paris"), None, "Tue 1 Dec 19:00"),
        (moment("2026-12-01", "19:00", "Europe/London"), None, "Tue 1 Dec 19:00 GMT"),
        (moment("2026-12-01", "19:00", "UTC"), None, "Tue 1 Dec 19:00 UTC"),
        (moment("2026-07-01", "19:00", "America/Los_Angeles"), None, "Wed 1 Jul 19:00 PDT"),
        (moment("2026-12-01", "19:00"), None, "Tue 1 Dec 19:00 local"),
        (moment("2026-12-01", "19:00", "Own/Zone"), None, "Tue 1 Dec 19:00 Own/Zone"),
        (moment("2026-12-01"), moment("2026-12-03"), "1–3 Dec"),
        (moment("2026-11-30"), moment("2026-12-02"), "30 Nov – 2 Dec"),
        (moment("2027-02-28"), moment("2027-03-02"), "28 Feb – 2 Mar 2027"),
        (moment("2026-12-30"), moment("2027-01-02"), "30 Dec 2026 – 2 Jan 2027"),
        (moment("2026-12-01", "22:00", "UTC"), moment("2026-12-02", "03:00", "UTC"), "Tue 1 Dec 22:00 UTC"),
        (moment("2026-12-01", "09:00", "UTC"), moment("2026-12-02", "17:00", "UTC"), "1–2 Dec"),
        (moment("2026-12-03"), moment("2026-12-01"), "Thu 3 Dec"),
    ],
)
def test_when(start: Moment, end: Moment | None, expected: str) -> None:
    assert when(start, end, now=NOW, zone=BERLIN) == expected


def test_the_first_and_last_days_there_are() -> None:
    assert when(moment("0001-01-01", "00:00", "Asia/Tokyo"), None, now=NOW, zone=BERLIN).startswith("Mon 1 Jan 1 00:00")
    assert when(moment("9999-12-31", "23:59", "America/New_York"), None, now=NOW, zone=BERLIN).startswith(
        "Fri 31 Dec 9999"
    )


def test_in_full() -> None:
    start, zone = moment("2026-12-01", "19:00", "Europe/Berlin"), "Europe/Berlin"
    assert in_full(start, moment("2026-12-01", "21:00", zone)) == "Tue 1 Dec 2026 19:00–21:00 (Europe/Berlin)"
    assert in_full(start, moment("2026-12-02", "01:00", zone)) == (
        "Tue 1 Dec 2026 19:00 – Wed 2 Dec 2026 01:00 (Europe/Berlin)"
    )
    assert in_full(moment("2026-12-01"), moment("2026-12-03")) == "Tue 1 Dec 2026 – Thu 3 Dec 2026"
    assert in_full(moment("2026-12-01", "19:00"), None) == "Tue 1 Dec 2026 19:00 (local time)"


def test_duration() -> None:
    assert duration(dt.timedelta(days=3, hours=4, minutes=5)) == "3 d 4 h"
    assert duration(dt.timedelta(minutes=12)) == "12 min"
    assert duration(dt.timedelta(milliseconds=3)) == "0 s"
    assert duration(dt.timedelta(seconds=-3)) == "0 s"  # another machine's clock is a little ahead
