"""A part of a calendar stays that part; an address of a platform is read as its adapter does; whose page it is."""

import datetime as dt
import json

import pytest

from crawlers.discovery.found import Answer, Candidate, Lead, Promise
from crawlers.discovery.judging import Judged, judged
from crawlers.discovery.parts import keeps_to, part_of
from crawlers.discovery.platform_ways import is_on_shared_host
from crawlers.discovery.ranking import better_way, ranked
from hobnob.moments import UTC
from hobnob.sources import Source

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=UTC)
MUSIC = "https://arts.example/events/category/music/?ical=1"
WHOLE = "https://arts.example/wp-json/tribe/events/v1/events"


def look(body: str, url: str, promise: Promise = Promise.ADDRESS) -> Judged:
    return judged(Answer(asked=url, url=url, body=body.encode()), Lead(url=url, why="", promise=promise), now=NOW)


def way(url: str, upcoming: int, reader: str = "ics") -> Candidate:
    source = Source(name="x", title="X", url=url, reader=reader)
    return Candidate(source=source, found_by="", count=upcoming, upcoming=upcoming)


def calendar(prodid: str = "-//test//EN", extra: str = "") -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{prodid}", "BEGIN:VEVENT", "UID:1", "SUMMARY:Evening", extra,
             "DTSTART:20261201T180000Z", "END:VEVENT", "END:VCALENDAR", ""]  # fmt: skip
    return "\r\n".join(filter(None, lines)) + "\r\n"


@pytest.mark.parametrize(
    ("url", "part"),
    [
        (MUSIC, {"music"}),
        ("https://cal.example.edu/search/events.ics?group_id=77", {"77"}),
        ("https://cal.example.edu/api/2/events?days=31&venue_id%5B%5D=5", {"5"}),
        ("https://cal.example.edu/group/physics/calendar.ics", {"physics"}),
        ("https://town.example/common/modules/iCalendar/iCalendar.aspx?catID=22&feed=calendar", {"22"}),
        ("https://arts.example/?post_type=tribe_events&tribe_events_cat=film&ical=1", {"film"}),
        ("https://lib.libcal.com/ical_subscribe.php?src=p&cid=777", {"777"}),
        ("https://cal.example.edu/live/json/events/group/Music", {"music"}),
        ("https://arts.example/events/?ical=1", set()),
        ("https://arts.example/wp-json/tribe/events/v1/events?per_page=50&ends_after=2026-11-22", set()),
        ("https://cal.example.edu/api/2/events?days=365&pp=100", set()),
        ("https://lib.libcal.com/ajax/calendar/list?c=-1&cats=&page=1", set()),
        ("https://example.org/events/category/", set()),
        ("https://example.org/calendar.ics?calendar=all", set()),
    ],
)
def test_which_part_an_address_names(url: str, part: set[str]) -> None:
    assert part_of(url) == part


def test_which_address_keeps_to_a_part() -> None:
    assert keeps_to(frozenset({"music"}), MUSIC)
    assert keeps_to(frozenset({"5"}), "https://indico.example/export/categ/5.json?limit=100")
    assert not keeps_to(frozenset({"5"}), "https://indico.example/export/categ/0.json?limit=50")
    assert not keeps_to(frozenset({"music"}), WHOLE)
    assert keeps_to(frozenset(), WHOLE)


def test_the_calendar_of_a_part_is_proposed_to_who_asks_about_that_part() -> None:
    part, whole = way(MUSIC, 4), way(WHOLE, 45, "json")
    assert [one.source.url for one in ranked([whole, part], MUSIC)] == [MUSIC, WHOLE]
    assert [one.source.url for one in ranked([whole, part], "https://arts.example/events/category/music/")] == [
        MUSIC,
        WHOLE,
    ]
    assert [one.source.url for one in ranked([whole, part], "https://arts.example/")] == [WHOLE, MUSIC]
    assert "not only what the address names" in ranked([whole, part], MUSIC)[1].reasons
    assert "only 4 of 45 upcoming events" not in ranked([whole, part], MUSIC)[0].reasons


def test_a_part_without_anything_to_come_and_a_page_of_it_are_not() -> None:
    whole = way(WHOLE, 45, "json")
    assert ranked([way(MUSIC, 0), whole], MUSIC)[0] == ranked([whole], MUSIC)[0]
    page = way("https://arts.example/events/category/music/", 4, "html")
    assert ranked([page, whole], page.source.url)[0].source.url == WHOLE


def test_the_whole_is_no_better_way_than_a_page_of_a_part() -> None:
    page = way("https://arts.example/events/category/music/", 4, "html")
    assert better_way(page, [way(WHOLE, 45, "json")]) is None
    better = better_way(page, [way(WHOLE, 45, "json"), way(MUSIC, 4)])
    assert better is not None
    assert better.source.url == MUSIC


def test_a_page_that_names_a_part_of_another_site_s_calendar_does_not_mean_all_of_it() -> None:
    page = '<title>Physics</title><a href="webcal://cal.example.edu/search/events.ics?group_id=77">Subscribe (iCal)</a>'
    found = look(page, "https://physics.example/")
    assert [lead.platform for lead in found.leads] == [None]
    found = look(calendar("iCalendar-Ruby"), "https://cal.example.edu/search/events.ics?group_id=77", Promise.CALENDAR)
    assert found.candidates
    assert found.leads == ()
    page = '<title>Physics</title><a href="webcal://cal.example.edu/search/events.ics">Subscribe (iCal)</a>'
    assert "localist" in {lead.platform for lead in look(page, "https://physics.example/").leads}


def test_a_calendar_of_a_platform_is_read_as_its_adapter_does_wherever_it_is() -> None:
    opening = "DESCRIPTION:Get up-to-date information at: https://lu.ma/abcd1234\\n\\nBring a friend."
    url = "https://api.lu.ma/ics/get?entity=calendar&id=cal-Ab12Cd34Ef56Gh7"
    (one,) = look(calendar("-//Luma//EN", opening), url).candidates
    assert (one.source.url, one.source.platform, one.as_given) == (url, "luma", True)
    assert (one.events[0].url, one.events[0].description) == ("https://lu.ma/abcd1234", "Bring a friend.")


def test_a_filtered_list_of_a_platform_s_interface_is_read_as_its_adapter_does() -> None:
    url = "https://arts.example/wp-json/tribe/events/v1/events?categories=music"
    show = {"id": 1, "title": "Quartet", "start_date": "2026-12-01 19:30:00", "timezone": "Europe/Berlin"}
    (one,) = look(json.dumps({"events": [show], "total_pages": 1}), url).candidates
    assert (one.source.url, one.source.platform, one.source.reader) == (url, "tribe", "json")
    assert one.events[0].start_date.zone == "Europe/Berlin"


def test_a_calendar_that_many_programs_could_have_made_is_of_no_platform() -> None:
    (one,) = look(calendar("iCalendar-Ruby"), "https://club.example/club.ics").candidates
    assert one.source.platform is None


def test_the_zone_that_a_page_names_is_that_of_the_instants_behind_it() -> None:
    home = '<script src="/gancio-events.es.js"></script><script>x={instance_timezone:"Europe/Rome"}</script>'
    ways = [lead for lead in look(home, "https://torino.example/").leads if lead.platform == "gancio"]
    assert {lead.time_zone for lead in ways} == {"Europe/Rome"}
    event = {"id": 1, "title": "Cena", "start_datetime": 1_796_148_000, "place": {"name": "Circolo"}}
    answer = Answer(asked=ways[0].url, url=ways[0].url, body=json.dumps([event]).encode())
    (one,) = judged(answer, ways[0], now=NOW).candidates
    assert one.source.time_zone == "Europe/Rome"
    assert str(one.events[0].start_date) == "2026-12-01T19:00:00[Europe/Rome]"
    nowhere = home.replace("Europe/Rome", "Europe/Nowhere")
    assert {lead.time_zone for lead in look(nowhere, "https://torino.example/").leads} == {None}


def test_where_only_the_page_linked_to_says_whose_calendar_it_is_that_page_is_looked_at() -> None:
    found = look('<a href="https://lu.ma/climate">All our events</a>', "https://climate.example/")
    (lead,) = found.leads
    assert (lead.url, lead.promise, lead.platform) == ("https://lu.ma/climate", Promise.LINKED_PLATFORM, "luma")
    page = '<title>x</title><a href="/about">x</a><script>{"kind": "calendar", "id": "cal-Ab12Cd34Ef56Gh7"}</script>'
    answer = Answer(asked=lead.url, url=lead.url, body=page.encode())
    behind = judged(answer, lead, now=NOW)
    assert behind.candidates == ()
    assert {(one.platform, one.promise) for one in behind.leads} == {("luma", Promise.PLATFORM)}


def test_a_list_that_is_the_same_for_all_is_not_that_of_a_page_which_links_to_it() -> None:
    page = (
        '<a href="https://events.vtools.ieee.org/m/501">Next talk</a><a href="https://confs.tech/python">confs.tech</a>'
    )
    platforms = {lead.platform for lead in look(page, "https://section.example/").leads}
    assert "ieee-vtools" not in platforms


def test_the_home_page_of_a_host_that_many_share_is_nobody_s() -> None:
    assert is_on_shared_host("https://www.meetup.com/gone-group/")
    assert not is_on_shared_host("https://cal.example.edu/api/2/events")
    assert not is_on_shared_host("https://example.org/")
