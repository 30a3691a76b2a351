"""What real calendars were found to be read wrongly for, each in its smallest form."""

import datetime as dt

import pytest

from crawlers.readers import Context, reader
from crawlers.readers.calendars.versions import Version, told_apart
from crawlers.readers.calendars.zone_names import by_name, by_words
from crawlers.readers.places import from_text
from hobnob.observations import Observation, Skipped


def read(*events: str) -> list[Observation | Skipped]:
    lines = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    context = Context(
        now=dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc), source="s", url="https://example.org/cal/all.ics"
    )
    data = f"BEGIN:VCALENDAR\nVERSION:2.0\n{lines}END:VCALENDAR\n".encode()
    return [one for one in reader("ics")(data, context) if isinstance(one, Observation | Skipped)]


def event(text: str) -> Observation:
    (found,) = read(text)
    assert isinstance(found, Observation)
    return found


def test_a_date_with_a_z_is_a_date() -> None:
    """Google's calendar of birthdays has them among its RDATEs."""
    found = event("UID:1\nSUMMARY:a\nDTSTART:20270527Z\nRDATE;VALUE=DATE:20271210Z")
    assert str(found.start_date) == "2027-05-27"
    assert [str(one) for one in found.rdate] == ["2027-12-10"]


def test_a_quotation_mark_around_parameter_and_value_is_of_neither() -> None:
    found = event('UID:1\nSUMMARY:a\nDTSTART;TZID="W. Europe Standard Time:20270609T090000"')
    assert str(found.start_date) == "2027-06-09T09:00:00[Europe/Berlin]"


def test_an_empty_rule_is_no_rule_and_no_fault() -> None:
    assert event("UID:1\nSUMMARY:a\nDTSTART:20270609\nRRULE:").rrule == ()


@pytest.mark.parametrize("name", ["GMT-05.00/-04.00", "GMT +0100 (Standard) / GMT +0200 (Daylight)"])
def test_two_offsets_are_no_fixed_offset(name: str) -> None:
    assert by_words(name) is None
    assert event(f'UID:1\nSUMMARY:a\nDTSTART;TZID="{name}":20270726T130000').start_date.is_floating


def test_zones_named_as_in_the_examples_of_rfc_2445() -> None:
    assert by_name("US-Eastern") == "US/Eastern"
    assert by_name("America-Chicago") == "America/Chicago"


def test_the_name_that_a_japanese_windows_gives_its_zone() -> None:
    assert by_words("(UTC+09:00) 大阪、札幌、東京") == by_words("大阪、札幌、東京") == "Asia/Tokyo"


def test_where_the_organiser_meets_counts_before_the_call_that_google_adds() -> None:
    added = "X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij"
    zoom = "https://example.zoom.us/j/123"
    assert event(f"UID:1\nSUMMARY:a\nDTSTART:20270609\n{added}\nLOCATION:{zoom}").virtual_location == zoom
    alone = event(f"UID:1\nSUMMARY:a\nDTSTART:20270609\n{added}\nLOCATION:Room 3")
    assert alone.virtual_location == "https://meet.google.com/abc-defg-hij"


def test_a_conference_counts_before_a_location() -> None:
    stated = "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://call.example/1\nLOCATION:https://example.zoom.us/j/123"
    assert event(f"UID:1\nSUMMARY:a\nDTSTART:20270609\n{stated}").virtual_location == "https://call.example/1"


def test_a_page_on_the_host_of_the_calendar() -> None:
    assert event("UID:1\nSUMMARY:a\nDTSTART:20270609\nURL:/c/events/7").url == "https://example.org/c/events/7"
    assert event("UID:1\nSUMMARY:a\nDTSTART:20270609\nURL:F").url is None


def test_an_address_that_was_escaped_as_a_whole() -> None:
    found = event("UID:1\nSUMMARY:a\nDTSTART:20270609\nURL:https%3A%2F%2Fexample.net%2Fmeetup%3Fid%3D1")
    assert found.url == "https://example.net/meetup?id=1"


def test_a_name_that_was_escaped_like_a_text() -> None:
    found = event('UID:1\nSUMMARY:a\nDTSTART:20270609\nORGANIZER;CN="Maker\\, Space":mailto:m@example.org')
    assert [one.name for one in found.organizer] == ["Maker, Space"]


def test_a_place_after_its_own_web_site() -> None:
    place, meeting = from_text("http://tavern.example/, Bp. XI. kerület, Hengermalom utca 3.")
    assert place is not None
    assert (place.text, place.url, meeting) == (
        "Bp. XI. kerület, Hengermalom utca 3.",
        "http://tavern.example/",
        None,
    )


def test_several_addresses_are_not_one() -> None:
    assert from_text("http://stat.example/ & http://europe.example/stat/") == (None, "http://stat.example/")


@pytest.mark.parametrize("rest", ["Passcode: 33", "\nMeeting ID: 123 456", " (Password abc)"])
def test_what_one_needs_for_the_call_is_no_place(rest: str) -> None:
    assert from_text(f"https://zoom.us/j/123 {rest}") == (None, "https://zoom.us/j/123")


def test_one_uid_and_one_name_on_several_days_are_several_events() -> None:
    """A conference's calendar makes the UIDs of its open spaces from their titles alone."""
    days = [f"UID:1\nSUMMARY:Open space\nDTSTART:2027051{day}T160000Z" for day in (7, 8)]
    found = [one for one in read(*days) if isinstance(one, Observation)]
    assert len({one.uid for one in found}) == 2
    assert found[0].uid == "1"


A, B = "20270101", "20270102"


@pytest.mark.parametrize(
    ("versions", "same"),
    [
        ([("a", A, 2), ("b", A, 0)], True),
        ([("a", A, 1), ("a", B, 3)], True),
        ([("a", A, None), ("a", A, None)], True),
        ([("a", A, 1), ("b", B, 2)], False),
        ([("a", A, 1), ("a", B, 1)], False),
        ([("a", A, 1), ("b", A, 1)], False),
        ([("a", A, None), ("a", B, None)], False),
        ([("a", A, None), ("b", A, 1)], False),
    ],
)
def test_a_higher_sequence_is_a_change_if_something_stayed(
    versions: list[tuple[str, str, int | None]], same: bool
) -> None:
    first, second = told_apart([Version(*one) for one in versions])
    assert first == ""
    assert (second == "") is same


def test_versions_of_several_events_with_one_uid_find_each_their_own() -> None:
    given = [("a", A, 1), ("b", B, 1), ("b", B, 2), ("a", A, 2), ("b", A, 1)]
    first, other, changed, back, _ = told_apart([Version(*one) for one in given])
    assert first == back == ""
    assert other == changed != ""
