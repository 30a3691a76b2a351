"""What the properties of an event mean, one by one; expected values are what the named specification says."""

import pytest

from hobnob.observations import Observation, Offer, Person, Place, Skipped, Status
from tests.readers.calendar_lines import START, event, read


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
