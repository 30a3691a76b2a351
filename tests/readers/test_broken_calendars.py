"""What programs do to calendars: each way of breaking one is undone, or costs no more than the event it is in."""

import datetime as dt
import re
from collections.abc import Callable

import pytest

from crawlers.readers import About, Context, Reading, reader
from hobnob.errors import ReadError
from hobnob.observations import Observation, Skipped

TEXT = """BEGIN:VCALENDAR
VERSION:2.0
X-WR-TIMEZONE:Europe/Zurich
BEGIN:VEVENT
UID:1
DTSTART:20270301T180000
SUMMARY:Zürich ist schön
DESCRIPTION:Wir treffen uns\\, am See
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20270302
SUMMARY:Genève
END:VEVENT
END:VCALENDAR
"""
GOOD = TEXT.replace("\n", "\r\n").encode()
READ = [
    ("1", "Zürich ist schön", "2027-03-01T18:00:00[Europe/Zurich]", "Wir treffen uns, am See"),
    ("2", "Genève", "2027-03-02", None),
]


def read(data: bytes, content_type: str | None = None) -> list[Reading]:
    now = dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc)
    context = Context(now=now, source="s", url="https://example.org/a.ics", content_type=content_type)
    return list(reader("ics")(data, context))


def events(data: bytes, content_type: str | None = None) -> list[Observation]:
    return [one for one in read(data, content_type) if isinstance(one, Observation)]


def said(data: bytes, content_type: str | None = None) -> list[tuple[str, str, str, str | None]]:
    return [(one.uid, one.name, str(one.start_date), one.description) for one in events(data, content_type)]


def event(lines: str, uid: str = "1") -> bytes:
    """A calendar with an event of these lines, and a good event after it."""
    good = "BEGIN:VEVENT\nUID:good\nDTSTART:20270101\nSUMMARY:good\nEND:VEVENT\n"
    text = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:{uid}\nSUMMARY:x\n{lines}\nEND:VEVENT\n{good}END:VCALENDAR\n"
    return text.encode()


def folded(data: bytes, width: int, fold: bytes) -> bytes:
    """Each line folded at every `width` bytes, wherever that is."""
    lines = data.split(b"\r\n")[:-1]
    return b"\r\n".join(fold.join(re.findall(b"(?s).{1,%d}" % width, one)) for one in lines) + b"\r\n"


WAYS: dict[str, Callable[[bytes], bytes]] = {
    "line feeds alone": lambda data: data.replace(b"\r\n", b"\n"),
    "carriage returns alone": lambda data: data.replace(b"\r\n", b"\r"),
    "line ends converted twice": lambda data: data.replace(b"\r\n", b"\r\r\n"),
    "empty lines between all lines": lambda data: data.replace(b"\r\n", b"\r\n\r\n"),
    "some lines end otherwise": lambda data: data.replace(b"\r\n", b"\n", 5).replace(b"\r\nDESC", b"\rDESC"),
    "no line end at the end": lambda data: data[:-2],
    "folded at every byte": lambda data: folded(data, 1, b"\r\n "),
    "folded within characters": lambda data: folded(data, 7, b"\r\n "),
    "folded with tabs and line feeds": lambda data: folded(data, 9, b"\n\t"),
    "folded, with empty lines": lambda data: folded(data, 20, b"\r\n\r\n "),
    "folded, with carriage returns alone": lambda data: folded(data, 20, b"\r ").replace(b"\r\n", b"\r"),
    "a byte-order mark": lambda data: b"\xef\xbb\xbf" + data,
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "UTF-16, big-endian, no mark": lambda data: data.decode().encode("utf-16-be"),
    "UTF-16, little-endian, no mark": lambda data: data.decode().encode("utf-16-le"),
    "UTF-32": lambda data: data.decode().encode("utf-32"),
    "Latin-1": lambda data: data.decode().encode("latin-1"),
    "Latin-1 in one line only": lambda data: data.replace("Genève".encode(), "Genève".encode("latin-1")),
    "NULs": lambda data: data.replace(b"\r\nS", b"\0\r\nS\0") + b"\0\0\0",
    "space after lines": lambda data: data.replace(b"\r\n", b" \t\r\n"),
    "lower-case names": lambda data: re.sub(rb"(?m)^[A-Z-]+", lambda match: match[0].lower(), data),
    "lower-case components": lambda data: data.replace(b"VEVENT", b"vevent").replace(b"VCALENDAR", b"vcalendar"),
    "space around colons": lambda data: re.sub(rb"(?m)^(SUMMARY|BEGIN|END|UID):", rb"\1 : ", data),
    "all lines indented": lambda data: re.sub(rb"(?m)^(?=.)", b"    ", data),
    "a page around it": lambda data: b"<!doctype html>\n<html><body>\n<pre>" + data + b"</pre></body></html>",
    "headers before it": lambda data: b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\nX-Name: y\r\n\r\n" + data,
    "warnings before it": lambda data: (
        b"<br />\n<b>Warning</b>: date() in <b>/a.php</b> on line <b>3</b><br />\n" + data
    ),
    "a warning before it in its line": lambda data: b"PHP Notice: Undefined index: a in /a.php on line 3" + data,
    "warnings within it": lambda data: data.replace(b"SUMMARY", b"<br />\r\n<b>Warning</b>:  x in <b>y</b>\r\nSUMMARY"),
    "no end of the calendar": lambda data: data.replace(b"END:VCALENDAR\r\n", b""),
    "no end of an event": lambda data: data.replace(b"END:VEVENT\r\n", b"", 1),
    "no end of any event": lambda data: data.replace(b"END:VEVENT\r\n", b""),
    "an end of something else": lambda data: data.replace(b"END:VEVENT", b"END:VTODO", 1),
    "ends of nothing": lambda data: data.replace(b"BEGIN:VEVENT", b"END:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT"),
    "an alarm that does not end": lambda data: data.replace(
        b"END:VEVENT", b"BEGIN:VALARM\r\nDESCRIPTION:Now!\r\nEND:VEVENT", 1
    ),
    "a task that does not end": lambda data: data.replace(b"BEGIN:VEVENT", b"BEGIN:VTODO\r\nUID:t\r\nBEGIN:VEVENT", 1),
    "text after the end": lambda data: data + b"END:VCALENDAR\r\n<!-- 0.02 s -->\r\n",
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_all_events_are_read_whatever_was_done_to_the_file(way: Callable[[bytes], bytes]) -> None:
    assert said(way(GOOD)) == READ
    assert not [one for one in read(way(GOOD)) if isinstance(one, Skipped)]


def test_bare_events_are_read() -> None:
    bare = re.sub(rb"(BEGIN|END):VCALENDAR\r\n|(VERSION|X-WR-TIMEZONE):.*\r\n", b"", GOOD)
    assert [one[:2] for one in said(bare)] == [one[:2] for one in READ]


@pytest.mark.parametrize("between", [b"\r\n", b"", b"\xef\xbb\xbf", b"\r\n\r\n\xef\xbb\xbf", b" \r\n"])
def test_calendars_one_after_the_other(between: bytes) -> None:
    other = GOOD.replace(b"UID:", b"UID:other-").replace(b"Europe/Zurich", b"Asia/Tokyo")
    found = said(GOOD[:-2] + between + other)
    assert [one[0] for one in found] == ["1", "2", "other-1", "other-2"]
    assert [one[2] for one in found[::2]] == ["2027-03-01T18:00:00[Europe/Zurich]", "2027-03-01T18:00:00[Asia/Tokyo]"]


@pytest.mark.parametrize(
    ("charset", "name"),
    [("iso-8859-1", "„Fête“ – 5 €"), ("windows-1251", "Встреча"), ("shift_jis", "表示ソ"), ("us-ascii", "Café")],
)
def test_a_declared_character_set(charset: str, name: str) -> None:
    written = {"iso-8859-1": "cp1252", "us-ascii": "latin-1"}.get(charset, charset)
    data = event("DTSTART:20270101").replace(b"SUMMARY:x", b"SUMMARY:" + name.encode(written))
    assert events(data, f"text/calendar; charset={charset}")[0].name == name


def test_one_broken_character_does_not_spoil_the_others() -> None:
    data = event("DTSTART:20270101").replace(b"SUMMARY:x", "SUMMARY:Köln, Zürich, Genève ".encode() + b"\x96 Caf\xe9")
    assert events(data)[0].name == "Köln, Zürich, Genève – Café"


BAD = {
    "no DTSTART": ("DESCRIPTION:y", "without DTSTART"),
    "no date": ("DTSTART:soon", "neither a date nor a time"),
    "no day": ("DTSTART:20270230", "neither a date nor a time"),
    "no colon": ("DTSTART 20270101", "without DTSTART"),
    "no time to override": ("DTSTART:20270101\nRECURRENCE-ID:x", "RECURRENCE-ID is no time"),
}


@pytest.mark.parametrize(("lines", "reason"), BAD.values(), ids=BAD)
def test_a_bad_event_costs_itself_only_and_is_reported_with_its_line(lines: str, reason: str) -> None:
    readings = read(event(lines))
    assert [one.name for one in readings if isinstance(one, Observation)] == ["good"]
    (skipped,) = (one for one in readings if isinstance(one, Skipped))
    assert skipped.line == 2
    assert reason in skipped.reason
    assert skipped.source_url == "https://example.org/a.ics"


@pytest.mark.parametrize("way", [name for name in WAYS if not name.startswith("UTF")])
def test_lines_are_those_of_the_file(way: str) -> None:
    bad = b"BEGIN:VEVENT\r\nUID:3\r\nSUMMARY:no date\r\nEND:VEVENT\r\n"
    data = WAYS[way](GOOD.replace(b"END:VCALENDAR", bad + b"END:VCALENDAR"))
    begin = rb" *[Bb]" if way == "all lines indented" else rb"[Bb]"
    lines = re.split(rb"\r?\r?\n|\r", data)
    last = max(number for number, line in enumerate(lines, 1) if re.match(begin, line))
    assert [one.line for one in read(data) if isinstance(one, Skipped)] == [last]


def test_a_cut_off_file_loses_its_last_event_only() -> None:
    for length in range(GOOD.index(b"UID:2"), GOOD.index(b"END:VEVENT", GOOD.index(b"UID:2")) + 9):
        readings = read(GOOD[:length])
        assert [one.uid for one in readings if isinstance(one, Observation)] == ["1"]
        assert [(one.line, one.reason) for one in readings if isinstance(one, Skipped)] == [
            (10, "VEVENT is cut off by the end of the file")
        ]


def test_an_event_within_an_event() -> None:
    inner = "BEGIN:VEVENT\nUID:inner\nDTSTART:20270102\nSUMMARY:inner\nEND:VEVENT"
    assert [one.uid for one in events(event("DTSTART:20270101\n" + inner))] == ["1", "inner", "good"]


def test_what_is_said_in_an_alarm_is_not_said_of_the_event() -> None:
    alarm = "BEGIN:VALARM\nSUMMARY:Alarm\nDESCRIPTION:Now\nDURATION:PT5M\nEND:VALARM"
    (first, _) = events(event(f"{alarm}\nDTSTART:20270101T100000Z\n{alarm}\nLOCATION:Hall"))
    assert (first.name, first.description, first.end_date) == ("x", None, None)
    assert first.location
    assert first.location.text == "Hall"


PARAMETERS = {
    "quotes within quotes": ('ORGANIZER;CN="Ann "Ace" Smith":https://ann.example', "Ann Ace Smith"),
    "a quote that is not closed": ('ORGANIZER;CN="Ann Smith:https://ann.example', "Ann Smith"),
    "a colon within quotes": ('ORGANIZER;CN="Ann: Smith";ROLE=CHAIR:https://ann.example', "Ann: Smith"),
    "a semicolon within quotes": ('ORGANIZER;CN="Ann; Smith":https://ann.example', "Ann; Smith"),
    "carets": ("ORGANIZER;CN=Ann ^'Ace^' Smith:https://ann.example", 'Ann "Ace" Smith'),
    "a parameter without value": ("ORGANIZER;RSVP;CN=Ann Smith:https://ann.example", "Ann Smith"),
    "an empty parameter": ("ORGANIZER;;CN=Ann Smith:https://ann.example", "Ann Smith"),
    "space around": ("ORGANIZER ; CN = Ann Smith :https://ann.example", "Ann Smith"),
}


@pytest.mark.parametrize(("text", "name"), PARAMETERS.values(), ids=PARAMETERS)
def test_parameters(text: str, name: str) -> None:
    (found, _) = events(event(f"DTSTART:20270101\n{text}"))
    assert [(one.name, one.url) for one in found.organizer] == [(name, "https://ann.example")]


@pytest.mark.parametrize(
    "text",
    [
        "DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin:20270101T100000",
        'DTSTART;TZID="Europe/Amsterdam:20270101T100000',
        'DTSTART;TZID="Europe/Amsterdam":20270101T100000',
        "DTSTART;VALUE=DATE-TIME;TZID=Europe/Amsterdam:20270101T100000",
    ],
)
def test_dates_with_difficult_parameters(text: str) -> None:
    assert str(events(event(text))[0].start_date) == "2027-01-01T10:00:00[Europe/Amsterdam]"


def test_a_description_that_was_not_folded_is_put_together() -> None:
    text = "DTSTART:20270101\nDESCRIPTION:First\nsecond line\n\nDoors: 7 pm\nhttps://example.org/x\nLOCATION:Hall"
    found = events(event(text))[0]
    assert found.description == "First\nsecond line\nDoors: 7 pm\nhttps://example.org/x"
    assert found.location
    assert found.location.text == "Hall"


def test_a_line_without_colon_is_no_part_of_a_date() -> None:
    assert str(events(event("DTSTART:20270101\nT100000 and more\nLOCATION Hall"))[0].start_date) == "2027-01-01"


def test_controls_in_text_are_left_out() -> None:
    (found, _) = events(event("DTSTART:20270101").replace(b"SUMMARY:x", b"SUMMARY:a\x01b\x1b[31m\x7fc\xe2\x80\xae"))
    assert found.name == "ab[31mc"


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"BEGIN:VTODO\nEND:VTODO", b"<a>BEGIN:VCALENDAR</a>", b"\xff\xfe", b"\0" * 9]
)
def test_what_holds_no_calendar_is_an_error(data: bytes) -> None:
    with pytest.raises(ReadError, match="no calendar"):
        read(data)


ABOUT = [
    ("X-WR-CALNAME:Meetups", About(title="Meetups")),
    ("X-WR-CALNAME:Old\nNAME:New", About(title="New")),
    ("REFRESH-INTERVAL;VALUE=DURATION:PT12H", About(refresh=dt.timedelta(hours=12))),
    ("X-PUBLISHED-TTL:PT1H", About(refresh=dt.timedelta(hours=1))),
    ("X-PUBLISHED-TTL:PT1S", About(refresh=dt.timedelta(minutes=1))),
    ("REFRESH-INTERVAL:P9999W", About(refresh=dt.timedelta(days=365))),
    ("REFRESH-INTERVAL:soon\nX-PUBLISHED-TTL:P1D", About(refresh=dt.timedelta(days=1))),
]


@pytest.mark.parametrize(("lines", "about"), ABOUT, ids=[lines for lines, _ in ABOUT])
def test_what_a_calendar_says_of_itself(lines: str, about: About) -> None:
    data = event("DTSTART:20270101").replace(b"BEGIN:VCALENDAR\n", f"BEGIN:VCALENDAR\n{lines}\n".encode())
    assert [one for one in read(data) if isinstance(one, About)] == [about]


def test_the_first_calendar_with_a_name_gives_it() -> None:
    data = b"BEGIN:VCALENDAR\nX-PUBLISHED-TTL:P1D\nEND:VCALENDAR\nBEGIN:VCALENDAR\nX-WR-CALNAME:B\nEND:VCALENDAR\n"
    assert read(data) == [About(title="B", refresh=dt.timedelta(days=1))]
    assert read(b"BEGIN:VCALENDAR\nREFRESH-INTERVAL:-PT5M\nEND:VCALENDAR\n") == []
