import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from icalendar import Timezone

from hobnob.feeds import vtimezone
from hobnob.moments import zone_info

CUSTOM = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
X-EVIL:1
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""

ZONES = [
    "Europe/Berlin",
    "Europe/Dublin",  # its winter is the exception
    "America/New_York",
    "America/Sao_Paulo",
    "Africa/Casablanca",  # follows the moon
    "Asia/Jerusalem",  # the Friday before the last Sunday
    "Asia/Kolkata",
    "Asia/Gaza",
    "Australia/Lord_Howe",  # half an hour
    "Pacific/Apia",
    "Pacific/Chatham",
    "America/Nuuk",
]


def read_by_dateutil(component: Timezone, tzid: str) -> dt.tzinfo:
    text = component.to_ical().decode().replace("RDATE:", "RDATE;VALUE=DATE-TIME:")
    found = tz.tzical(io.StringIO(text)).get(tzid)
    assert found is not None
    return found


@pytest.mark.parametrize("name", ZONES)
def test_another_library_reads_the_offsets_of_the_zone(name: str) -> None:
    zone = ZoneInfo(name)
    read = read_by_dateutil(vtimezone.of_zone(name, zone, 2024, 2027), name)
    wall = dt.datetime(2024, 1, 1, 12)
    while wall.year < 2039:
        assert wall.replace(tzinfo=read).utcoffset() == wall.replace(tzinfo=zone).utcoffset(), wall
        wall += dt.timedelta(days=1)


def test_a_change_happens_at_its_minute() -> None:
    zone = ZoneInfo("Europe/Berlin")
    text = vtimezone.of_zone("Europe/Berlin", zone, 2026, 2026).to_ical().decode()
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n" in text
    assert "BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n" in text


def test_a_rule_is_written_only_where_it_holds_for_ever() -> None:
    text = vtimezone.of_zone("Asia/Jerusalem", ZoneInfo("Asia/Jerusalem"), 2026, 2026).to_ical().decode()
    assert text.count("RRULE") == 1  # the last Sunday of October; Fridays from the 23rd to the 29th have no rule
    old = vtimezone.of_zone("America/New_York", ZoneInfo("America/New_York"), 2000, 2026).to_ical().decode()
    assert "DTSTART:20000402T020000\r\nRDATE:20010401T020000" in old
    assert "DTSTART:20070311T020000\r\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3" in old


def test_years_that_no_zone_knows_are_bounded() -> None:
    zone = ZoneInfo("Europe/Berlin")
    assert len(vtimezone.of_zone("Europe/Berlin", zone, 1, 9999).to_ical()) < 10_000


def test_a_fixed_offset() -> None:
    zone = zone_info("-09:30")
    assert zone is not None
    offset = zone.utcoffset(None)
    assert offset is not None
    read = read_by_dateutil(vtimezone.fixed("UTC-0930", offset), "UTC-0930")
    assert dt.datetime(2027, 7, 1, tzinfo=read).utcoffset() == dt.timedelta(hours=-9.5)


def test_a_zone_of_the_source_is_made_anew() -> None:
    zone = vtimezone.carried(CUSTOM, "Customized Time Zone", "Renamed")
    assert zone is not None
    assert b"EVIL" not in zone.to_ical()
    read = read_by_dateutil(zone, "Renamed")
    assert dt.datetime(2027, 7, 1, tzinfo=read).utcoffset() == dt.timedelta(hours=2)
    assert dt.datetime(2027, 1, 1, tzinfo=read).utcoffset() == dt.timedelta(hours=1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no calendar",
        CUSTOM.replace("Customized Time Zone", "Other"),
        CUSTOM.replace("TZOFFSETTO:", "TZOFFSETTO:+9"),
        CUSTOM.replace("DTSTART", "DTSTAMP"),
        CUSTOM + "X-LONG:" + "x" * 70_000,
    ],
)
def test_a_zone_that_cannot_be_read_is_none(text: str) -> None:
    assert vtimezone.carried(text, "Customized Time Zone", "x") is None


def test_a_hostile_rule_in_a_zone_is_dropped() -> None:
    zone = vtimezone.carried(CUSTOM.replace("FREQ=YEARLY", "FREQ=SECONDLY"), "Customized Time Zone", "x")
    assert zone is not None
    assert b"RRULE" not in zone.to_ical()
