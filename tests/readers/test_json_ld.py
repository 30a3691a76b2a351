"""JSON-LD: what extruct's samples hold, blocks that are hostile, and schedules as the program expands them."""

import datetime as dt
import json
import time
from pathlib import Path
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from crawlers.readers import Context, reader
from crawlers.readers.pages import json_ld
from crawlers.readers.pages.json_ld import parsed
from crawlers.readers.pages.links import next_page
from crawlers.readers.pages.page import open_page
from crawlers.readers.schema_org.events import event_nodes, observations
from crawlers.readers.schema_org.time_of_day import time_of_day
from hobnob.events import Event
from hobnob.observations import Observation
from indexer.occurrences import occurrences

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc)
CONTEXT = Context(now=NOW, source="s", url="https://example.org/page", time_zone="Europe/Berlin")
SAMPLES = sorted((Path(__file__).parents[1] / "cases/extruct-json-ld").glob("*.html"))
GOOD = '{"@type":"Event","name":"x","startDate":"2027-03-01"}'


#: What JSON leaves open or forbids, and what is read.
LOOSE = {
    "of a name twice the last": ('{"a": 1, "a": 2}', {"a": 2}),
    "a price with its cents": ('{"price": 12.50}', {"price": "12.50"}),
    "a number with an exponent": ("[1.0E5, 1e400]", ["1.0E5", "1e400"]),
    "a number of more than 64 bits": ("[18446744073709551616]", [18446744073709551616]),
    "a control character in a string": ('["a\tb\n"]', ["a\tb\n"]),
    "half of a surrogate pair": ('["\\ud800"]', ["\ud800"]),
    "a surrogate pair": ('["\\ud83d\\ude00"]', ["\U0001f600"]),
    "semicolon and byte-order mark": ("\ufeff[1];", [1]),
    "JSON in a JSON string": ('"[1]"', [1]),
}


@pytest.mark.parametrize(("text", "value"), LOOSE.values(), ids=LOOSE.keys())
def test_json_as_it_is_written(text: str, value: Any) -> None:
    assert parsed(text).values == [value]


def test_the_last_block_is_found_however_its_type_is_written() -> None:
    for kind in ("application/ld+json", "Application/LD+JSON", "application/ld&#43;json", "application/ld&plus;json"):
        plain = '<script type="application/ld+json">[1]</script>'
        data = f"<title>x</title>{plain}<p>json</p><SCRIPT TYPE='{kind}'>[2]</SCRIPT><p>wp-json, a+json".encode()
        assert list(json_ld.blocks(open_page(data, CONTEXT))) == [[1], [2]]


def test_the_next_page_is_found_however_it_is_marked() -> None:
    for link in ('<a rel="nofollow next" href="/2">', "<LINK REL = next HREF='/2'>", "<a href=\"/2\" rel='next'>"):
        data = f'<p class="next">next</p>{link}<p>what comes next'.encode()
        assert next_page(open_page(data, CONTEXT)) == "https://example.org/2"
    assert next_page(open_page(b'<a rel="nextdoor" href="/2">next</a>', CONTEXT)) is None


def events(*blocks: Any) -> list[Observation]:
    found = observations(event_nodes(list(blocks), CONTEXT), CONTEXT, "test/1")
    return [one for one in found if isinstance(one, Observation)]


def squeezed(value: Any) -> Any:
    """Without the blanks that extruct's own repair takes out of strings, numbers as text, as they are read here."""
    if isinstance(value, dict):
        return {key: squeezed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [squeezed(each) for each in value]
    return " ".join(value.split()) if isinstance(value, str) else str(value)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_of_extruct(path: Path) -> None:
    expected = json.loads(path.with_suffix(".jsonld").read_text(encoding="utf-8"))
    found: list[Any] = []
    for block in json_ld.blocks(open_page(path.read_bytes(), CONTEXT)):
        found += block if isinstance(block, list) else [block]
    assert squeezed([one for one in found if one]) == squeezed(expected)


DEEP = 100_000
HOSTILE = {
    "arrays inside each other": "[" * DEEP,
    "arrays that are closed": "[" * DEEP + "]" * DEEP,
    "objects inside each other": '{"a":' * DEEP + "1" + "}" * DEEP,
    "parts of parts": '{"@type":"Event","name":"x","subEvent":' * 10_000 + "null" + "}" * 10_000,
    "reversed inside each other": '{"@reverse":{"subEvent":' * 15_000 + GOOD + "}}" * 15_000,
    "objects without end": "[" + "{}," * 400_000 + "{}]",
    "nothing but braces": "{" * 1_100_000,
    "nothing but quotes": "{" + '"' * 1_100_000,
    "strings that end nowhere": '{"a":' + '"x" ' * 280_000,
    "comments between quotes": '{"a":' + '"/*' * 400_000,
    "comments never closed": "{" + "/*" * 600_000,
    "comments of HTML": "{" + "<!--" * 280_000,
    "tags": "{" + "<p " * 350_000,
    "backslashes": '{"a":"' + "\\" * 1_100_000,
    "escaped entities": "&amp;quot;" * 120_000,
    "lines in a string": '{"a":"' + 'x"\n' * 360_000,
    "ten megabytes of text": GOOD[:-1] + ',"description":"' + "lorem ipsum " * 850_000 + '"}',
    "a digit too many": GOOD[:-1] + ',"offers":{"price":' + "9" * 100_000 + '},"x":1e999,"y":NaN,"z":-Infinity}',
    "one @id for all": "[" + ",".join(GOOD[:-1] + f',"@id":"#a","url":"{n}"}}' for n in range(1_000)) + "]",
    "declared in a circle": '{"@context":{"a":"b:","b":"a:","name":"a:name","type":"type"},' + GOOD[1:],
    "terms without end": '{"@context":{' + ",".join(f'"k{n}":"k{n + 1}:x"' for n in range(50_000)) + "}," + GOOD[1:],
    "days that never come": "["
    + ",".join(
        '{"@type":"Event","name":"x","eventSchedule":{"startDate":"2027-01-01","repeatFrequency":"P1Y","byMonth":2,'
        '"byMonthDay":30}}'
        for _ in range(1_000)
    )
    + "]",
    "lone surrogates": GOOD.replace('"x"', '"\\ud800 x \\udfff"') + ",",
    "a place in itself": GOOD[:-1]
    + ',"location":{"@id":"#l"}} {"@id":"#l","name":"L","containedInPlace":{"@id":"#l"}}',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_time_is_bounded(text: str) -> None:
    page = b'<script type="application/ld+json">' + text.encode() + b"</script>"
    page += b'<script type="application/ld+json">' + GOOD.replace('"x"', '"beside"').encode() + b"</script>"
    started = time.process_time()
    readings = list(reader("html")(page, CONTEXT))
    assert time.process_time() - started < 5
    assert "beside" in {one.name for one in readings if isinstance(one, Observation)}


PAGES = {
    "comments": b"<!--" * 1_000_000,
    "scripts": b"<script>" * 500_000,
    "data blocks that never end": b"<script type=ld+json>" * 200_000,
    "quotes in a tag": b'<script "' + b"'" * 3_000_000,
    "styles": b"<style></styl" * 400_000,
}


@pytest.mark.parametrize("data", PAGES.values(), ids=PAGES)
def test_blocks_are_found_in_bounded_time(data: bytes) -> None:
    page = open_page(data + b"ld+json", CONTEXT)
    started = time.process_time()
    assert len(list(json_ld.blocks(page))) <= 1
    assert time.process_time() - started < 3


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1000, 1000)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc@:.", min_size=1), inner, max_size=4),
    max_leaves=15,
)


@given(value=st.dictionaries(st.text("abcde", min_size=1), JSON, max_size=5))
def test_repair_keeps_what_was_whole(value: dict[str, Any]) -> None:
    text = json.dumps(value, indent=1)
    assert parsed(text).values == [value]
    broken = "/* a comment */\n" + text + ";\nvar next = "
    assert parsed(broken).values == [value]


@given(text=st.text("{}[]\":,\\/*<!- \n'ab1", max_size=60))
def test_repair_of_noise(text: str) -> None:
    found = parsed(text)
    assert all(isinstance(one, (dict, list, bool, int, float, str, type(None))) for one in found.values)


SCHEDULES = {
    "weekly on two days": (
        {"repeatFrequency": "P1W", "byDay": ["Tuesday", "http://schema.org/Thursday"], "repeatCount": 4},
        ["2027-01-05", "2027-01-07", "2027-01-12", "2027-01-14"],
    ),
    "every other week": (
        {"repeatFrequency": "P14D", "byDay": "MO", "endDate": "2027-02-01"},
        ["2027-01-04", "2027-01-18", "2027-02-01"],
    ),
    "last Friday": (
        {"repeatFrequency": "P1M", "byDay": "-1FR", "endDate": "2027-03-31", "exceptDate": "2027-02-26"},
        ["2027-01-29", "2027-03-26"],
    ),
    "first and third Sunday": (
        {"repeatFrequency": "Monthly", "byDay": "Sunday", "byMonthWeek": [1, 3], "repeatCount": 3},
        ["2027-01-03", "2027-01-17", "2027-02-07"],
    ),
    "the 15th of two months": (
        {"repeatFrequency": "P1Y", "byMonth": [3, 9], "byMonthDay": 15, "repeatCount": 2},
        ["2027-03-15", "2027-09-15"],
    ),
    "daily": ({"repeatFrequency": "P1D", "endDate": "2027-01-03"}, ["2027-01-01", "2027-01-02", "2027-01-03"]),
    "weekdays without a frequency": (
        {"byDay": ["https://schema.org/Saturday"], "repeatCount": 2},
        ["2027-01-02", "2027-01-09"],
    ),
}


@pytest.mark.parametrize(("schedule", "days"), SCHEDULES.values(), ids=SCHEDULES)
def test_schedules_fall_on_their_days(schedule: dict[str, Any], days: list[str]) -> None:
    stated = {"@type": "Schedule", "startDate": "2027-01-01", "startTime": "19:00", "endTime": "20:30", **schedule}
    (said,) = events({"@type": "Event", "name": "x", "eventSchedule": stated})
    event = Event(
        id="1", name="x", start_date=said.start_date, end_date=said.end_date, rrule=said.rrule, exdate=said.exdate
    )
    found = occurrences(event, now=NOW)
    assert [one.start.date.isoformat() for one in found] == days
    assert {str(one.start.time) for one in found} == {"19:00:00"}
    (rule,) = said.rrule
    # RFC 5545, 3.8.5.3: the start should be one of the days that the rule names.
    assert rrulestr(rule.split(";UNTIL")[0], dtstart=said.start_date.wall)[0] == said.start_date.wall


@pytest.mark.parametrize(
    "schedule",
    [
        {"repeatFrequency": "often", "byDay": "Monday"},
        {"repeatFrequency": "P1W", "byDay": "PublicHolidays"},
        {"repeatFrequency": "P1Y", "byDay": "Monday"},
        {"repeatFrequency": "P1W1D"},
        {"repeatFrequency": "P1M", "byDay": ["Monday", "Tuesday"]},
        {"repeatFrequency": "P1M", "byMonthDay": 40},
        {"repeatFrequency": "P1W", "endDate": "2026-12-01"},
    ],
)
def test_a_schedule_in_doubt_gives_no_rule(schedule: dict[str, Any]) -> None:
    (said,) = events({"@type": "Event", "name": "x", "startDate": "2027-01-04T19:00", "eventSchedule": schedule})
    assert said.rrule == ()
    assert str(said.start_date) == "2027-01-04T19:00:00[Europe/Berlin]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("19:00", "19:00:00"), ("T19:00:30", "19:00:30"), ("7 pm", "19:00:00"), ("12:15 a.m.", "00:15:00"),
        ("19h30", "19:30:00"), ("2027-03-01T08:00", "08:00:00"), ("19", None), ("25:00", None), ("noon", None),
    ],
)  # fmt: skip
def test_times_of_day(text: str, expected: str | None) -> None:
    found = time_of_day(text)
    assert (str(found.time) if found else None) == expected


def test_an_offset_of_a_time_of_day_is_kept() -> None:
    found = time_of_day("19:00:00+05:30")
    assert found is not None
    assert found.zone == "+05:30"


@pytest.mark.parametrize(
    "name",
    ["Event", "BusinessEvent", "ChildrensEvent", "ComedyEvent", "ConferenceEvent", "CourseInstance", "DanceEvent",
     "EducationEvent", "EventSeries", "ExhibitionEvent", "Festival", "FoodEvent", "Hackathon", "LiteraryEvent",
     "MusicEvent", "PerformingArtsEvent", "SaleEvent", "ScreeningEvent", "SocialEvent", "SportsEvent", "TheaterEvent",
     "VisualArtsEvent"],
)  # fmt: skip
@pytest.mark.parametrize("prefix", ["", "schema:", "http://schema.org/", "https://schema.org/", "//www.schema.org/"])
def test_every_subtype_is_an_event(prefix: str, name: str) -> None:
    assert events({"@type": prefix + name, "name": "x", "startDate": "2027-01-01"})


@pytest.mark.parametrize("name", ["BroadcastEvent", "OnDemandEvent", "DeliveryEvent", "PublicationEvent", "Thing"])
def test_what_is_no_meeting(name: str) -> None:
    assert not events({"@type": name, "name": "x", "startDate": "2027-01-01"})
