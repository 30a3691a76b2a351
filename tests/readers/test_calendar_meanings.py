"""What the properties of an event mean, one by one; expected values are what the named specification says."""

import datetime as dt

import pytest

from crawlers.readers import Context, reader
from crawlers.readers.calendars import old_calendars, rules
from crawlers.readers.calendars.zone_names import by_name, by_words
from hobnob.observations import Observation, Offer, Person, Place, Skipped, Status

CONTEXT = Context(
    now=dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc),
    source="s",
    url="https://example.org/",
    time_zone="Asia/Tokyo",
)
START = "DTSTART:20270301T190000Z"


def read(*lines: str, calendar: tuple[str, ...] = ("VERSION:2.0",)) -> list[Observation | Skipped]:
    text = "\r\n".join(["BEGIN:VCALENDAR", *calendar, "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""])
    found = list(reader("ics")(text.encode(), CONTEXT))
    return [one for one in found if isinstance(one, (Observation, Skipped))]


def event(*lines: str, calendar: tuple[str, ...] = ("VERSION:2.0",)) -> Observation:
    (found,) = read(*lines, calendar=calendar)
    assert isinstance(found, Observation)
    return found


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


def test_dates_of_a_series() -> None:
    found = event(
        "DTSTART;TZID=Europe/Berlin:20270301T190000",
        "RRULE:FREQ=DAILY;COUNT=9",
        "RRULE:FREQ=MONTHLY",
        "RDATE;VALUE=DATE:20270401,20270402",
        "RDATE:20270405T190000,20270405T190000",
        "EXDATE;VALUE=DATE:20270302",
        "EXDATE:20270303T190000",
        "EXDATE:20270304T180000Z",
    )
    assert found.rrule == ("FREQ=DAILY;COUNT=9", "FREQ=MONTHLY")
    assert [str(one) for one in found.rdate] == ["2027-04-01", "2027-04-02", "2027-04-05T19:00:00[Europe/Berlin]"]
    assert [str(one) for one in found.exdate] == [
        "2027-03-02",
        "2027-03-03T19:00:00[Europe/Berlin]",
        "2027-03-04T18:00:00[UTC]",
    ]


def test_an_exrule_becomes_exdates() -> None:
    found = event("DTSTART:20270301T190000Z", "RRULE:FREQ=DAILY;COUNT=14", "EXRULE:FREQ=WEEKLY;BYDAY=SA,SU")
    assert [one.date.day for one in found.exdate] == [6, 7, 13, 14]
    assert found.raw["exdate"] == "EXRULE:FREQ=WEEKLY;BYDAY=SA,SU"


@pytest.mark.parametrize(
    ("rule", "exrule", "taken_out"),
    [
        ("FREQ=HOURLY;COUNT=6", "FREQ=HOURLY;INTERVAL=2", ["03-01 19", "03-01 21", "03-01 23"]),
        ("FREQ=HOURLY;BYHOUR=9,15;COUNT=5", "FREQ=DAILY;BYHOUR=15", ["03-02 15", "03-03 15"]),
        ("FREQ=WEEKLY;COUNT=5", "FREQ=MONTHLY;BYDAY=2MO,-1MO", ["03-08 19", "03-29 19"]),
        ("FREQ=DAILY;COUNT=60", "FREQ=DAILY;INTERVAL=7;BYMONTH=4", ["04-05 19", "04-12 19", "04-19 19", "04-26 19"]),
        ("FREQ=WEEKLY;COUNT=2", "FREQ=MINUTELY;BYDAY=MO;BYHOUR=19;INTERVAL=7", ["03-01 19", "03-08 19"]),
        ("FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;COUNT=1", ["03-01 19"]),
        ("FREQ=DAILY;COUNT=60", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", []),
    ],
)
def test_what_an_exrule_takes_out(rule: str, exrule: str, taken_out: list[str]) -> None:
    found = event("DTSTART:20270301T190000", f"RRULE:{rule}", f"EXRULE:{exrule}")
    assert [f"{one.wall:%m-%d %H}" for one in found.exdate] == taken_out


@pytest.mark.parametrize(
    ("rule", "exrule"),
    [
        ("FREQ=DAILY", "FREQ=SECONDLY"),
        ("FREQ=DAILY", "FREQ=MINUTELY;BYHOUR=3"),
        ("FREQ=DAILY", "FREQ=DAILY;COUNT=1000000000"),
        ("FREQ=DAILY;COUNT=1000000000", "FREQ=WEEKLY"),
        ("FREQ=DAILY", "EVERY SUNDAY"),
    ],
)
def test_an_exrule_that_cannot_be_followed_is_said(rule: str, exrule: str) -> None:
    found = read(START, f"RRULE:{rule}", f"EXRULE:{exrule}")
    assert isinstance(found[0], Observation)
    assert found[0].exdate == ()
    assert isinstance(found[1], Skipped)
    assert "EXRULE cannot be followed" in found[1].reason


def test_an_exrule_without_end_is_followed_for_years() -> None:
    event, skipped = read("DTSTART:20270301T190000", "RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY;BYDAY=SA,SU")
    assert isinstance(event, Observation)
    assert isinstance(skipped, Skipped)
    assert len(event.exdate) > 1_000
    assert {one.date.weekday() for one in event.exdate} == {5, 6}
    assert skipped.reason == f"EXRULE: what it takes out after {event.exdate[-1].date} was left out"


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("freq=weekly; byday=mo", "FREQ=WEEKLY;BYDAY=MO"),
        ("RRULE:FREQ=DAILY;COUNT=3;", "FREQ=DAILY;COUNT=3"),
        ("FREQ=WEEKLY;BYDAY=MONDAY,TUESDAY", "FREQ=WEEKLY;BYDAY=MO,TU"),
        ("FREQ=WEEKLY;BYDAY=MO;BYDAY=WE", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("FREQ=DAILY;UNTIL=2027-05-01", "FREQ=DAILY;UNTIL=20270501"),
        ("FREQ=DAILY;UNTIL=2027-05-01T12:00:00Z", "FREQ=DAILY;UNTIL=20270501T120000Z"),
        ("FREQ=DAILY;UNTIL=20270501T120000Z", "FREQ=DAILY;UNTIL=20270501T120000Z"),
        ("FREQ=DAILY;COUNT=;WKST=MO", "FREQ=DAILY;WKST=MO"),
        ("every day", None),
        ("BYDAY=MO", None),
    ],
)
def test_rules(value: str, rule: str | None) -> None:
    assert rules.written(value) == rule


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("D1 #10", "FREQ=DAILY;COUNT=10"),
        ("D2", "FREQ=DAILY;INTERVAL=2;COUNT=2"),
        ("W1 MO #0", "FREQ=WEEKLY;BYDAY=MO"),
        ("W2 MO WE FR 19971224T000000", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR;UNTIL=19971224T000000"),
        ("MP1 1+ TU TH 2- FR #5", "FREQ=MONTHLY;BYDAY=1TU,1TH,-2FR;COUNT=5"),
        ("MD1 1 15 LD #0", "FREQ=MONTHLY;BYMONTHDAY=1,15,-1"),
        ("MD1 3- #0", "FREQ=MONTHLY;BYMONTHDAY=-3"),
        ("YM1 6 7 #3", "FREQ=YEARLY;BYMONTH=6,7;COUNT=3"),
        ("YD1 1 100 #0", "FREQ=YEARLY;BYYEARDAY=1,100"),
        ("D1 0600 1200 #5", None),
        ("YM1 6 #10 MP1 1+ MO #1", None),
        ("FREQ=DAILY", None),
    ],
)
def test_rules_of_vcalendar_1(value: str, rule: str | None) -> None:
    assert old_calendars.rule(value) == rule


def test_a_calendar_of_version_1() -> None:
    found = event(
        "DTSTART:20270501T190000",
        "SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Caf=C3=A9 =",
        "am Abend",
        "RRULE:W1 SA #5",
        "EXDATE:20270508T190000;20270515T190000",
        "CATEGORIES:Music;Talk",
        calendar=("VERSION:1.0", "TZ:+01", "DAYLIGHT:TRUE;+02;20270328T020000;20271031T030000;CET;CEST"),
    )
    assert found.name == "Café am Abend"
    assert found.rrule == ("FREQ=WEEKLY;BYDAY=SA;COUNT=5",)
    assert [one.date.day for one in found.exdate] == [8, 15]
    assert found.keywords == ("Music", "Talk")
    assert found.start_date.zone == "vCalendar"
    assert "TZOFFSETTO:+0200" in (found.vtimezone or "")


def test_other_calendars_than_the_gregorian_are_not_understood() -> None:
    (found,) = read("DTSTART;VALUE=DATE:57870101", calendar=("CALSCALE:HEBREW",))
    assert isinstance(found, Skipped)
    assert "CALSCALE is HEBREW" in found.reason
    assert event(START, calendar=("CALSCALE:gregorian",)).start_date


def test_people() -> None:
    found = event(
        START,
        'ORGANIZER;CN="Chamber%20of%20Commerce";CUTYPE=GROUP:MAILTO:office@example.org',
        "ATTENDEE;CN=Ada L. <ada@example.org>;PARTSTAT=ACCEPTED:mailto:ada@example.org",
        "ATTENDEE;CN=ada@example.org:mailto:ada@example.org",
        "ATTENDEE;CN=Bob;PARTSTAT=DECLINED:mailto:bob@example.org",
        "ATTENDEE;CN=Room 12;CUTYPE=ROOM:mailto:room@example.org",
        "ATTENDEE;CN=Watcher;ROLE=NON-PARTICIPANT:mailto:watch@example.org",
        'ATTENDEE;CN=Carol;ROLE=CHAIR;DIR="https://carol.example/":mailto:carol@example.org',
        "BEGIN:PARTICIPANT",
        "PARTICIPANT-TYPE:SPEAKER",
        "NAME:Grace H.",
        "URL:https://grace.example/",
        "END:PARTICIPANT",
        "BEGIN:PARTICIPANT",
        "PARTICIPANT-TYPE:SPONSOR",
        "SUMMARY:Big Corp",
        "END:PARTICIPANT",
        "BEGIN:PARTICIPANT",
        "PARTICIPANT-TYPE:PERFORMER",
        "STRUCTURED-DATA;VALUE=TEXT;FMTTYPE=text/vcard:BEGIN:VCARD\\nFN:Hilma\\nEMAIL:h@example.org\\nEND:VCARD",
        "END:PARTICIPANT",
    )
    assert found.organizer == (Person(name="Chamber of Commerce", type="Organization"),)
    assert found.attendee == (Person(name="Ada L."), Person(name="Carol", url="https://carol.example/"))
    assert found.performer == (Person(name="Grace H.", url="https://grace.example/"), Person(name="Hilma"))
    assert found.raw["sponsor"] == "Big Corp"
    assert found.location == Place(text="Room 12")
    assert "example.org" not in repr((found.organizer, found.attendee, found.performer))


def test_who_chairs_organizes_where_nobody_else_does() -> None:
    found = event(START, "ORGANIZER:mailto:x@example.org", "ATTENDEE;ROLE=CHAIR;CN=Carol:mailto:c@example.org")
    assert (found.organizer, found.attendee) == ((Person(name="Carol"),), ())


def test_places() -> None:
    found = event(
        START,
        "LOCATION:Main Street 1\\, Prague",
        "BEGIN:VLOCATION",
        "NAME:Car park",
        "LOCATION-TYPE:parking",
        "GEO:1;1",
        "END:VLOCATION",
        "BEGIN:VLOCATION",
        "NAME:Big hall",
        "LOCATION-TYPE:arena",
        "GEO:50.08;14.42",
        "URL:https://hall.example/",
        "STRUCTURED-DATA;FMTTYPE=text/vcard:BEGIN:VCARD\\nADR:\\;\\;Main Street 1\\;Prague\\;\\;11000\\;CZ\\nEND:VCARD",
        "END:VLOCATION",
    )
    assert found.location == Place(
        name="Big hall",
        text="Main Street 1, Prague",
        street_address="Main Street 1",
        address_locality="Prague",
        postal_code="11000",
        address_country="CZ",
        latitude=50.08,
        longitude=14.42,
        url="https://hall.example/",
    )


@pytest.mark.parametrize("geo", ["GEO:50.08;14.42", "GEO:50.08,14.42", "GEO:50.08\\;14.42"])
def test_points(geo: str) -> None:
    assert event(START, geo).location == Place(latitude=50.08, longitude=14.42)


def test_apples_place() -> None:
    line = 'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS="Main Street 1\\nPrague";X-TITLE=Big hall:geo:50.08,14.42'
    assert event(START, line).location == Place(
        name="Big hall", text="Big hall, Main Street 1, Prague", latitude=50.08, longitude=14.42
    )


def test_microsofts_place() -> None:
    place = '[{"DisplayName":"Big hall"\\,"LocationStreet":"Main Street 1"\\,"LocationCity":"Prague"}]'
    assert event(START, "LOCATION:Big hall", f"X-MICROSOFT-LOCATIONS:{place}").location == Place(
        name="Big hall", text="Big hall", street_address="Main Street 1", address_locality="Prague"
    )


def test_the_call_that_a_visitor_wants() -> None:
    found = event(
        START,
        "CONFERENCE;VALUE=URI;FEATURE=MODERATOR:https://call.example/moderator",
        "CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+1-412-555-0123",
        "CONFERENCE;VALUE=URI;FEATURE=CHAT:https://call.example/chat",
        "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Join:https://call.example/join",
    )
    assert found.virtual_location == "https://call.example/join"


@pytest.mark.parametrize(
    ("lines", "image"),
    [
        (
            ("IMAGE;DISPLAY=THUMBNAIL:https://a.example/s.png", "IMAGE;DISPLAY=FULLSIZE:https://a.example/l.png"),
            "https://a.example/l.png",
        ),
        (
            ("ATTACH;FMTTYPE=application/pdf:https://a.example/a.pdf", "ATTACH:https://a.example/b.JPG?x=1"),
            "https://a.example/b.JPG?x=1",
        ),
        (("IMAGE;VALUE=BINARY;ENCODING=BASE64;FMTTYPE=image/png:iVBORw0KGgo=",), None),
        (("ATTACH:data:image/png;base64,iVBORw0KGgo=",), None),
        (("X-WP-IMAGES-URL:thumbnail\\;https://a.example/t.jpg\\;150\\;150",), "https://a.example/t.jpg"),
    ],
)
def test_pictures(lines: tuple[str, ...], image: str | None) -> None:
    assert event(START, *lines).image == image


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("X-ALT-DESC;FMTTYPE=text/html:<p>Doors at <b>seven</b></p>",), "Doors at seven"),
        (
            (
                "DESCRIPTION:A long evening with friends ...",
                "X-ALT-DESC;FMTTYPE=text/html:<p>A long evening with friends and tea</p>",
            ),
            "A long evening with friends and tea",
        ),
        (("DESCRIPTION:Plain", "X-ALT-DESC;FMTTYPE=text/html:<p>Something else</p>"), "Plain"),
        (("STYLED-DESCRIPTION;VALUE=TEXT;FMTTYPE=text/html:<p>Styled</p>",), "Styled"),
        (("STYLED-DESCRIPTION;VALUE=URI;FMTTYPE=text/html:https://a.example/d.html",), None),
        (("DESCRIPTION:one\\ntwo\\Nthree\\, four\\; five\\\\six",), "one\ntwo\nthree, four; five\\six"),
        (("DESCRIPTION:one\\\\, two\\\\nThree",), "one, two\nThree"),
    ],
)
def test_descriptions(lines: tuple[str, ...], text: str | None) -> None:
    assert event(START, *lines).description == text


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (("STATUS:CONFIRMED",), Status.SCHEDULED),
        (("STATUS:cancelled",), Status.CANCELLED),
        (("STATUS:TENTATIVE",), None),
        (("STATUS:X-UNSURE",), None),
        (("SUMMARY:CANCELLED: Tea", "STATUS:CONFIRMED"), Status.CANCELLED),
        (("SUMMARY:Tea (abgesagt)",), Status.CANCELLED),
        (("SUMMARY:Cancelled stamps fair", "STATUS:CONFIRMED"), Status.SCHEDULED),
    ],
)
def test_status(lines: tuple[str, ...], status: Status | None) -> None:
    assert event(START, *lines).event_status == status


@pytest.mark.parametrize(
    ("access", "is_read"),
    [("PRIVATE", False), ("Confidential ", False), ("PUBLIC", True), (" public", True), ("DEFAULT", True), ("", True)],
)
def test_what_is_not_meant_for_the_public_is_not_read(access: str, is_read: bool) -> None:
    (found,) = read(START, f"CLASS:{access}")
    assert isinstance(found, Observation if is_read else Skipped)


def test_what_no_type_holds_is_kept_as_written() -> None:
    found = event(
        START, "STATUS:TENTATIVE", "CLASS:x-members", "RDATE;VALUE=PERIOD:20270305T190000Z/PT5H", "X-COST:10-20"
    )
    assert found.raw == {
        "event_status": "TENTATIVE",
        "class": "X-MEMBERS",
        "rdate": "20270305T190000Z/PT5H",
        "offers": "10-20",
    }
    assert [str(one) for one in found.rdate] == ["2027-03-05T19:00:00[UTC]"]


@pytest.mark.parametrize(
    ("lines", "offers", "free"),
    [
        (("X-COST:Free", "X-COST-TYPE:free"), (Offer(price="0"),), True),
        (
            ("X-COST:12.50 EUR", "X-TICKETS-URL:https://t.example/"),
            (Offer(price="12.50", price_currency="EUR", url="https://t.example/"),),
            None,
        ),
        (("X-TICKETS-URL:https://t.example/",), (Offer(url="https://t.example/"),), None),
        (('X-TRUMBA-CUSTOMFIELD;NAME="Cost";ID=1;TYPE=SingleLine:$5',), (Offer(price="5"),), None),
        ((), (), None),
    ],
)
def test_tickets(lines: tuple[str, ...], offers: tuple[Offer, ...], free: bool | None) -> None:
    found = event(START, *lines)
    assert (found.offers, found.is_accessible_for_free) == (offers, free)


def test_addresses_and_names() -> None:
    assert event(START, "URL:www.example.org/x").url == "http://www.example.org/x"
    assert event(START, "URL:mailto:x@example.org").url is None
    nameless = event(START, "UID:a  b c")
    assert (nameless.name, nameless.uid) == ("", "a b c")
