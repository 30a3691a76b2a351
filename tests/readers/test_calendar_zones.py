"""What the times of an event mean: zones by all their names, ends, whole days; expected values are what the named
specification says."""

import pytest

from crawlers.readers.calendars.zone_names import by_name, by_words
from tests.readers.calendar_lines import event


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("/mozilla.org/20050126_1/Europe/Berlin", "Europe/Berlin"),
        ("/softwarestudio.org/Olson_20011030_5/America/Chicago", "America/Chicago"),
        ("America/New York", "America/New_York"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("Eastern Standard Time 1", "America/New_York"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("EST5EDT", "EST5EDT"),
        ("CET", "CET"),
    ],
)
def test_zones_by_name(tzid: str, zone: str) -> None:
    assert by_name(tzid) == zone


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("(GMT +01:00)", "+01:00"),
        ("GMT+0100", "+01:00"),
        ("UTC-5", "-05:00"),
        ("(UTC)", "UTC"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
        ("(GMT+01.00) Sarajevo/Warsaw/Zagreb", "Europe/Sarajevo"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
        ("(GMT) Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London", "Europe/London"),
        ("(UTC-03:00) Brasília", "America/Sao_Paulo"),
        ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "Asia/Kolkata"),
        ("(UTC+05:00) Berlin", "+05:00"),
        ("Eastern Time (US & Canada)", "America/New_York"),
        ("Pacific Daylight Time", "America/Los_Angeles"),
        ("GMT Daylight Time", "Europe/London"),
        ("W. Europe", "Europe/Berlin"),
        ("Central European Time", "CET"),
        ("Tokyo", "Asia/Tokyo"),
        ("CST", None),
        ("IST", None),
        ("Our House", None),
        ("UTC+99", None),
        ("", None),
    ],
)
def test_zones_by_words(tzid: str, zone: str | None) -> None:
    assert by_words(tzid) == zone


@pytest.mark.parametrize(
    ("lines", "start", "end"),
    [
        (
            ("DTSTART;TZID=Europe/Berlin:20270301T190000", "DTEND:20270301T210000"),
            "19:00:00[Europe/Berlin]",
            "01T21:00:00[Europe/Berlin]",
        ),
        (("DTSTART;TZID=Europe/Berlin:20270301T190000Z",), "19:00:00[UTC]", None),
        (("DTSTART;TZID=Europe/Berlin:2027-03-01T19:00:00+01:00",), "19:00:00[Europe/Berlin]", None),
        (("DTSTART:2027-03-01T19:00:00.000-05:00",), "19:00:00[-05:00]", None),
        (("DTSTART:TZID=Europe/Berlin:20270301T1900",), "19:00:00[Europe/Berlin]", None),
        (("DTSTART;VALUE=DATE:20270301T190000Z",), "19:00:00[UTC]", None),
        (("DTSTART:20270301T190000Z", "DTEND;VALUE=DATE:20270302"), "19:00:00[UTC]", "02T00:00:00[UTC]"),
        (("DTSTART:20270301T190000Z", "DTEND:junk", "DURATION:PT90M"), "19:00:00[UTC]", "01T20:30:00[UTC]"),
    ],
)
def test_times(lines: tuple[str, ...], start: str, end: str | None) -> None:
    found = event(*lines)
    assert str(found.start_date) == f"2027-03-01T{start}"
    assert str(found.end_date) == (f"2027-03-{end}" if end else "None")


@pytest.mark.parametrize(
    ("lines", "start", "end"),
    [
        (("DTSTART;VALUE=DATE:20270301",), "2027-03-01", "None"),
        (("DTSTART;VALUE=DATE:20270301", "DURATION:P3D"), "2027-03-01", "2027-03-03"),
        (("DTSTART:2027-03-01", "DTEND:2027-03-03"), "2027-03-01", "2027-03-02"),
        (("DTSTART;VALUE=DATE:20270301", "DTEND;VALUE=DATE:20270301"), "2027-03-01", "2027-03-01"),
        (("DTSTART;VALUE=DATE:20270301", "DTEND:20270303T000000"), "2027-03-01", "2027-03-02"),
        (("DTSTART;VALUE=DATE:20270301T000000",), "2027-03-01", "None"),
        (
            ("DTSTART:20270301T000000", "DTEND:20270303T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
            "2027-03-01",
            "2027-03-02",
        ),
        (("DTSTART:20270228T150000Z", "DTEND:20270301T150000Z", "X-FUNAMBOL-ALLDAY:1"), "2027-03-01", "2027-03-01"),
    ],
)
def test_whole_days(lines: tuple[str, ...], start: str, end: str) -> None:
    found = event(*lines)
    assert (str(found.start_date), str(found.end_date)) == (start, end)


def test_a_zone_that_nobody_states_is_a_guess() -> None:
    assert event("DTSTART:20270301T190000").raw["guess"] == "start_date: the zone is the source's"
    found = event("DTSTART;TZID=Nowhere:20270301T190000", calendar=("X-WR-TIMEZONE:Europe/Paris",))
    assert found.start_date.zone == "Europe/Paris"
    assert found.raw == {
        "start_date": "TZID=Nowhere:20270301T190000",
        "guess": "start_date: the zone is the calendar's",
    }


def zone_definition(tzid: str, *offsets: str) -> tuple[str, ...]:
    parts = (
        (f"BEGIN:{kind}", "DTSTART:19700101T000000", f"TZOFFSETFROM:{offset}", f"TZOFFSETTO:{offset}", f"END:{kind}")
        for kind, offset in zip(("STANDARD", "DAYLIGHT"), offsets, strict=False)
    )
    return ("BEGIN:VTIMEZONE", f"TZID:{tzid}", *(line for part in parts for line in part), "END:VTIMEZONE")


def test_a_vtimezone_that_differs_from_its_iana_name_is_noted() -> None:
    lines = ("DTSTART;TZID=Europe/Berlin:20270301T190000",)
    same = event(*lines, calendar=zone_definition("Europe/Berlin", "+0100", "+0200"))
    assert (same.start_date.zone, same.raw, same.vtimezone) == ("Europe/Berlin", {}, None)
    other = event(*lines, calendar=zone_definition("Europe/Berlin", "+0500"))
    assert other.start_date.zone == "Europe/Berlin"
    assert "its VTIMEZONE shows another offset" in other.raw["guess"]


def test_words_count_only_if_the_vtimezone_shows_their_offsets() -> None:
    name = "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"
    lines = (f'DTSTART;TZID="{name}":20270301T190000',)
    assert event(*lines, calendar=zone_definition(name, "+0100", "+0200")).start_date.zone == "Europe/Berlin"
    own = event(*lines, calendar=zone_definition(name, "+0130"))
    assert own.start_date.zone == name
    assert own.vtimezone
