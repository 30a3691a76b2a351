"""What a way of a platform may do besides its fields: JSON inside a page, further addresses, mended observations."""

import dataclasses
import datetime as dt
import json
from typing import Any

import pytest

from crawlers.platforms import platform
from crawlers.platforms.adapter import Way, fields
from crawlers.platforms.adapter.paging import ByDates, ByLink, ByPage, Nested
from crawlers.platforms.adapter.reading import reading
from crawlers.platforms.adapter.scripts import value_in
from crawlers.readers import Context
from hobnob.errors import ReadError
from hobnob.observations import Follow, Observation

CONTEXT = Context(
    now=dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), source="made", url="https://events.example.org/api?page=1"
)
BEFORE = r"<script id=\"data\"[^<>]*>|\bwindow\.data\s?="
FIELDS = fields(entries="list", name="title", start_date="day", uid="id")
LIST = {
    "list": [{"id": 1, "title": "Fair", "day": "2026-12-01"}],
    "more": ["/a", "https://events.example.org/api?page=1"],
}


@pytest.mark.parametrize(
    "page",
    [
        '<p><script id="data" type="application/json">{"a": [1, "é"]}</script>',
        '<SCRIPT ID="data">\n {"a": [1, "\\u00e9"]} </SCRIPT>',
        '<script>window.data = {"a": [1, "é"]}; window.other = {"b": 2};</script>',
        "<script>window.data=" + json.dumps('{"a": [1, "é"]}') + "</script>",
        '<script>window.data = {"a": [1, "é"]}',
    ],
)
def test_json_in_a_page_is_found_wherever_it_ends(page: str) -> None:
    assert value_in(page.encode(), BEFORE) == {"a": [1, "é"]}


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (b"<!DOCTYPE html><title>Log in</title>", "does not hold"),
        (b'{"errors": []}', "looks like JSON"),
        (b"", "empty"),
        (b"<script>window.data = undefined;</script>", "no JSON"),
        (b"<script>window.data = " + b"[" * 100_000, "no JSON"),
        (b"<script>window.data = {\xff\xfe", "no JSON"),
    ],
)
def test_a_page_without_it_says_so(page: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        value_in(page, BEFORE)


def test_a_page_is_read_as_the_answer_that_it_holds() -> None:
    way = Way(reader="json", url="{page}", script=BEFORE, fields=FIELDS)
    (event,) = reading(way, "made")(f"<script>window.data = {json.dumps(LIST)};</script>".encode(), CONTEXT)
    assert isinstance(event, Observation)
    assert (event.name, event.uid) == ("Fair", "1")


def test_further_addresses_are_read_in_the_same_way() -> None:
    way = Way(reader="json", url="{page}", also=lambda answer: answer["more"], fields=FIELDS)
    _, *links = reading(way, "made")(json.dumps(LIST).encode(), CONTEXT)
    assert links == [Follow(url="/a", as_what="page")], "but not its own"


def test_further_addresses_of_another_shape_are_an_error_of_the_source() -> None:
    way = Way(reader="json", url="{page}", also=lambda answer: answer["more"], fields=FIELDS)
    with pytest.raises(ReadError, match="another shape than expected: there is no 'more'"):
        list(reading(way, "made")(json.dumps({"list": LIST["list"]}).encode(), CONTEXT))


def test_observations_are_mended_and_nothing_else() -> None:
    way = Way(reader="ics", url="{page}", mend=lambda event: dataclasses.replace(event, url="https://mended.example/"))
    calendar = "BEGIN:VCALENDAR\nX-WR-CALNAME:Made\nBEGIN:VEVENT\nUID:1\nDTSTART:20261201\nSUMMARY:Fair\nEND:VEVENT\n"
    found = list(reading(way, "made")(calendar.encode(), CONTEXT))
    assert [one.url for one in found if isinstance(one, Observation)] == ["https://mended.example/"]
    assert len(found) > 1


def test_times_in_utc_are_put_on_the_clocks_of_the_calendar_but_not_those_that_repeat() -> None:
    way = Way(reader="ics", url="{page}", calendar_zone=True)
    event = "BEGIN:VEVENT\nUID:{0}\nDTSTART:20261202T030000Z\nSUMMARY:Fair\n{1}END:VEVENT\n"
    events = event.format(1, "") + event.format(2, "RRULE:FREQ=WEEKLY\n")
    calendar = f"BEGIN:VCALENDAR\nX-WR-TIMEZONE: america/denver\n{events}END:VCALENDAR\n"
    once, weekly = (one for one in reading(way, "made")(calendar.encode(), CONTEXT) if isinstance(one, Observation))
    assert str(once.start_date) == "2026-12-01T20:00:00[America/Denver]"
    assert str(weekly.start_date) == "2026-12-02T03:00:00[UTC]"


@pytest.mark.parametrize(
    ("answer", "following"),
    [
        ({"links": {"next": "/api?page=2"}, "next": "/no"}, "https://events.example.org/api?page=2"),
        (
            {"links": {"next": None}, "next": "https://events.example.org/api?page=3"},
            "https://events.example.org/api?page=3",
        ),
        ({"links": [], "next": 7}, "https://events.example.org/7"),
        ({}, None),
    ],
)
def test_the_next_page_may_be_named_at_several_places(answer: Any, following: str | None) -> None:
    assert ByLink(("links.next", "next")).next_url(CONTEXT.url, answer, 1, CONTEXT) == following


def test_pages_are_read_within_each_window_of_dates() -> None:
    paging = Nested(ByPage("page", total="pages", first=0), ByDates("from", "to", days=60, ahead=100))
    url: str | None = "https://events.example.org/api?from=2026-11-23&to=2027-01-22"
    asked = []
    while url and len(asked) < 10:
        asked.append(url.partition("?")[2])
        url = paging.next_url(url, {"pages": 2}, 5, CONTEXT)
    assert asked == [
        "from=2026-11-23&to=2027-01-22",
        "from=2026-11-23&to=2027-01-22&page=1",
        "from=2027-01-22&to=2027-03-23",
        "from=2027-01-22&to=2027-03-23&page=1",
    ]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b'{"errors":[{"code":"group_error","message":"Invalid group urlname"}]}', "looks like JSON"),
        (b"<!DOCTYPE html><html><title>Group not found | Meetup</title></html>", "looks like an HTML page"),
    ],
)
def test_a_group_of_meetup_that_is_gone_says_so(answer: bytes, said: str) -> None:
    way = next(way for way in platform("meetup").ways if way.reader == "ics")
    with pytest.raises(ReadError, match=said):
        list(reading(way, "meetup")(answer, CONTEXT))
