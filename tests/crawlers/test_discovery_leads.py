"""Where real pages lead (Chicago's public bodies), and what links say by how they look."""

import datetime as dt
from pathlib import Path

import pytest

from crawlers.discovery.calendar_links import (
    as_web,
    calendar_in,
    is_calendar_address,
    is_entry_form,
    is_of_one_event,
    shape,
)
from crawlers.discovery.contents import fitting
from crawlers.discovery.event_pages import event_pages
from crawlers.discovery.event_words import is_of_events, is_of_the_past, speaks_of_calendars, speaks_of_one_event
from crawlers.discovery.found import Answer, Lead, Promise
from crawlers.discovery.judging import Judged, judged
from crawlers.discovery.naming import name_of, title_of, without_maker
from crawlers.discovery.page_leads import Linked
from hobnob.moments import UTC
from tests.platforms.garbage import limited

PAGES = Path(__file__).parents[1] / "cases" / "city-scrapers-chi" / "pages"
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=UTC)


def look(page: str | bytes, url: str = "https://www.example.org/", content_type: str = "text/html") -> Judged:
    body = page.encode() if isinstance(page, str) else page
    answer = Answer(asked=url, url=url, body=body, content_type=content_type)
    return judged(answer, Lead(url=url, why="the address itself", promise=Promise.ADDRESS), now=NOW)


def leads(found: Judged, promise: Promise) -> list[str]:
    return [lead.url for lead in found.leads if lead.promise is promise]


@pytest.mark.parametrize(
    ("page", "calendar"),
    [
        ("chi_ssa_26", "https://www.edgewater.org/events-calendar/?ical=1"),
        ("chi_ssa_4", "https://95thstreetba.org/events/?ical=1"),
        ("cook_hospitals", "https://cookcountyhealth.org/events/?ical=1"),
        ("chi_metro_pier_exposition", "http://www.mpea.com/events/?ical=1"),
    ],
)
def test_calendars_that_real_pages_name(page: str, calendar: str) -> None:
    found = look((PAGES / f"{page}.html").read_bytes())
    assert leads(found, Promise.CALENDAR) == [calendar]
    platforms = {lead.platform for lead in found.leads if lead.promise is Promise.PLATFORM}
    assert platforms == {"tribe"}


@pytest.mark.parametrize(
    ("page", "path"),
    [
        ("chi_city_college", "/events"),
        ("chi_ssa_21", "/events/"),
        ("chi_schools_cal", "/meetings"),
        ("chi_ssa_4", "/events/"),
    ],
)
def test_the_page_of_events_of_real_sites(page: str, path: str) -> None:
    found = look((PAGES / f"{page}.html").read_bytes())
    assert leads(found, Promise.EVENTS_PAGE)[0] == f"https://www.example.org{path}"


def test_a_feed_of_comments_is_no_lead() -> None:
    page = (
        '<link rel="alternate" type="application/rss+xml" title="Comments Feed" href="/comments/feed/">'
        '<link rel="alternate" type="application/rss+xml" title="Feed" href="/feed/">'
        '<link rel="alternate" type="application/rss+xml" title="Events" href="/whats-on/feed/">'
        '<link rel="alternate" type="application/json+oembed" href="/oembed">'
        '<link rel="alternate" hreflang="de" href="/de/">'
    )
    found = look(page)
    assert leads(found, Promise.FEED) == ["https://www.example.org/whats-on/feed/", "https://www.example.org/feed/"]
    assert leads(found, Promise.CALENDAR) == []


def test_many_calendars_alike_are_those_of_single_events() -> None:
    links = "".join(f'<a href="/events/e{number}/ics">Calendar</a>' for number in range(5))
    found = look(f'{links}<a href="/calendar/all/ics">Calendar</a>')
    assert leads(found, Promise.CALENDAR) == ["https://www.example.org/calendar/all/ics"]
    assert len(leads(found, Promise.ONE_EVENT)) == 3


def test_frames_of_calendars_are_leads_one_level_deep() -> None:
    page = '<iframe src="https://widgets.example.net/calendar/42"></iframe><iframe src="https://ads.example.net/">'
    found = look(page)
    assert leads(found, Promise.EMBEDDED) == ["https://widgets.example.net/calendar/42"]


def test_pages_of_events_share_a_folder_and_the_pattern_says_so() -> None:
    own = "https://www.example.org/programme"
    links = [Linked(f"https://www.example.org/event/{name}/", "") for name in ("a", "b", "c")]
    links += [Linked("https://www.example.org/about/us", ""), Linked("https://other.example/event/x", "")]
    (lead,) = event_pages(links, own)
    assert len(lead.pages) == 3
    assert lead.follow == r"^https?://(?:www\.)?example\.org/event/[^/?#]+/?$"


def test_pages_of_events_may_be_told_apart_by_number_or_parameter() -> None:
    own = "https://example.org/"
    dated = [Linked(f"https://example.org/events/2026/{month}/fair-{month}", "") for month in (1, 2, 3)]
    (lead,) = event_pages(dated, own)
    assert lead.follow == r"^https?://(?:www\.)?example\.org/events/\d+/\d+/[^/?#]+/?$"
    numbered = [Linked(f"https://example.org/show.php?event_id={number}", "") for number in (1, 2, 3)]
    (lead,) = event_pages(numbered, own)
    assert lead.follow == r"^https?://(?:www\.)?example\.org/show\.php/?\?event_id=[^&#]+$"


def test_pages_of_other_things_are_not_taken_for_events() -> None:
    links = [Linked(f"https://example.org/products/{name}", "") for name in ("a", "b", "c")]
    links += [Linked(f"https://example.org/events/{name}", "") for name in ("page", "category", "2026-12", "list")]
    assert event_pages(links, "https://example.org/") == []


@pytest.mark.parametrize(
    "url",
    [
        "webcal://example.org/x",
        "https://example.org/basic.ics",
        "https://example.org/events.ics?key=1",
        "https://example.org/?ical=1",
        "https://example.org/events/ical/",
        "https://example.org/export?format=ics",
        "https://example.org/ical_subscribe.php?cid=7",
        "https://example.org/calendar/icalendar/all",
    ],
)
def test_addresses_of_calendars(url: str) -> None:
    assert is_calendar_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/musical",
        "https://example.org/topics.html",
        "https://example.org/medical/",
        "https://example.org/icalendar.png",
        "https://example.org/physics",
    ],
)
def test_addresses_that_are_none(url: str) -> None:
    assert not is_calendar_address(url)


@pytest.mark.parametrize(
    ("url", "inner"),
    [
        ("https://calendar.google.com/calendar/r?cid=webcal://x.example/c.ics", "webcal://x.example/c.ics"),
        ("https://www.google.com/calendar/render?cid=http://x.example/c.ics", "http://x.example/c.ics"),
        (
            "https://calendar.google.com/calendar/u/0?cid=Z3VpbGRAZXhhbXBsZS5vcmc",  # guild@example.org
            "https://calendar.google.com/calendar/ical/guild%40example.org/public/basic.ics",
        ),
        (
            "https://outlook.office.com/owa?path=/calendar/action/compose&url=https://x.example/c.ics",
            "https://x.example/c.ics",
        ),
        ("https://x.example/login?url=https://x.example/members", None),
        ("https://calendar.google.com/calendar/u/0?cid=%%%", None),
    ],
)
def test_calendars_inside_of_links_to_calendar_programs(url: str, inner: str | None) -> None:
    assert calendar_in(url) == inner


def test_links_that_only_open_a_form_are_no_calendars() -> None:
    assert is_entry_form("https://www.google.com/calendar/render?action=TEMPLATE&text=Fair")
    assert is_entry_form("https://outlook.live.com/calendar/0/deeplink/compose?subject=Fair")
    assert not is_entry_form("https://calendar.google.com/calendar/embed?src=a@example.org")
    assert is_of_one_event("https://example.org/event/fair/?ical=1")
    assert not is_of_one_event("https://example.org/events/?ical=1")


def test_webcal_is_fetched_by_https_then_http_and_as_its_page_was() -> None:
    assert as_web("webcal://x.example/c") == ("https://x.example/c", "http://x.example/c")
    assert as_web("webcals://x.example/c") == ("https://x.example/c",)
    assert as_web("webcal://x.example/c", "http://x.example/") == ("http://x.example/c",)


def test_the_shape_of_addresses() -> None:
    assert shape("https://x.example/e/12/fair.ics") == shape("https://x.example/e/13/market.ics")
    assert shape("https://x.example/e/fair/ical?x=1") == shape("https://x.example/e/market/ical?x=2")
    assert shape("https://x.example/all.ics") != shape("https://x.example/e/market.ics")


@pytest.mark.parametrize(
    "text",
    ["Events", "What's on", "Veranstaltungen", "Agenda", "Événements", "Calendario", "Evenementen", "Wydarzenia",
     "События", "イベント", "etkinlikler", "our-events", "event-calendar"],
)  # fmt: skip
def test_words_for_events(text: str) -> None:
    assert is_of_events(text)


@pytest.mark.parametrize("text", ["About us", "Prevention", "Eventually", "Kontakt", "", "Blog", "calendaring"])
def test_words_for_other_things(text: str) -> None:
    assert not is_of_events(text)


def test_words_for_calendars() -> None:
    assert speaks_of_calendars("iCal")
    assert speaks_of_calendars("Subscribe to our calendar")
    assert speaks_of_calendars("Kalender abonnieren")
    assert not speaks_of_calendars("Subscribe to our newsletter")
    assert speaks_of_one_event("Add to calendar")
    assert speaks_of_one_event("Zum Kalender hinzufügen")
    assert not speaks_of_one_event("Calendar")
    assert is_of_the_past("past-events")


@pytest.mark.parametrize(
    ("data", "kind", "url", "expected"),
    [
        (b"BEGIN:VCALENDAR\r\n", "text/html", "https://x.example/", ("ics",)),
        (b"<!doctype html><p>BEGIN:VCALENDAR", "text/calendar", "https://x.example/a.ics", ("html",)),
        (b'["vcalendar", []]', "application/json", "https://x.example/", ("jcal",)),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', None, "https://x.example/", ("feed",)),
        (b'[{"name": "x"}]', None, "https://x.example/", ("json",)),
        (b"name,start\nFair,2026-12-01\n", "text/plain", "https://x.example/a.csv", ("csv", "yaml", "markdown")),
        (b"%PDF-1.7", "text/calendar", "https://x.example/", ()),
        (b"", "text/calendar", "https://x.example/", ()),
    ],
)
def test_what_comes_is_judged_by_its_content(data, kind, url, expected) -> None:
    assert fitting(data, kind, url) == expected


def test_several_calendars_in_one_embedding_are_looked_at_one_by_one() -> None:
    url = "https://calendar.google.com/calendar/embed?src=a%40x.example&amp;src=b%40x.example&amp;ctz=Europe/Berlin"
    found = leads(look(f'<iframe src="{url}"></iframe>'), Promise.PLATFORM)
    assert list(dict.fromkeys(found)) == [
        f"https://calendar.google.com/calendar/ical/{one}%40x.example/public/basic.ics" for one in "ab"
    ]


def test_names_and_titles() -> None:
    url = "https://www.guild.example.org/events"
    assert title_of("Events", None, "Printers' Guild", url=url) == "Printers' Guild"
    assert title_of("Home", url=url) == "guild.example.org"
    assert name_of("Münchner Stadtbücherei", url) == "munchner-stadtbucherei"
    assert name_of("東京イベント", url) == "guild-example-org"
    long = name_of("The " + "very " * 30 + "long name", url)
    assert len(long) <= 40
    assert without_maker("Rowing Club | Meetup", ["Meetup"]) == "Rowing Club"
    assert without_maker("Rowing Club | Leipzig", ["Meetup"]) == "Rowing Club | Leipzig"
    assert without_maker("Meetup", ["Meetup"]) == "Meetup"
    assert without_maker(None, ["Meetup"]) is None
    assert not long.endswith("-")


@pytest.mark.parametrize(
    "page",
    [
        "<a href='" + "x" * 1_000_000 + ".ics'>iCal</a>",
        "<a href='/x'>" + "calendar subscribe " * 100_000 + "</a>",
        "<div>" * 50_000 + "<a href='/c.ics'>iCal</a>",
        '<link rel="alternate" type="text/calendar" href="http://[::1">',
        "<title>\ud800\x00\x1b[31m</title>".encode("utf-8", "surrogatepass"),
        '<iframe src="javascript:alert(1)"></iframe><script src="data:text/javascript,x"></script>',
        "\x00" * 1000,
    ],
)
def test_hostile_pages_are_looked_at_all_the_same(page) -> None:
    found = look(page)
    assert found.candidates == ()
    assert all(lead.url.startswith(("https:", "http:", "webcal")) for lead in found.leads)


def test_the_work_of_a_page_grows_with_its_links_not_with_their_square() -> None:
    """With the square it is ten minutes, else a few seconds."""
    link = '<a href="https://calendar.google.com/calendar/r?cid=c{}%40gmail.com">Google</a>'
    page = "".join(map(link.format, range(20_000)))
    with limited(60, "looking at 20,000 links"):
        assert len(look(page).leads) <= 30
