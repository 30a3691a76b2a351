"""Discovery on sites that a server on this machine plays: what is found, what is proposed, what is left alone."""

import asyncio
import datetime as dt
import re
from pathlib import Path

import pytest
import time_machine
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from crawlers.discover import MOST_REQUESTS, check, discover
from crawlers.discovery.found import Answer, Unanswered
from crawlers.discovery.look import Look

CASES = Path(__file__).parents[1] / "cases"
NOW = "2026-11-23T12:00:00Z"
HTML = "text/html; charset=utf-8"


@pytest.fixture(autouse=True)
def _fixed_day():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def site(server: HTTPServer):
    """Makes a site of pages by their paths; text is HTML, bytes a calendar."""

    def _site(**pages: str | bytes) -> HTTPServer:
        for path, body in pages.items():
            kind = HTML if isinstance(body, str) else "text/calendar"
            server.expect_request(_path(path)).respond_with_data(body, content_type=kind)
        return server

    return _site


@pytest.fixture
def look(settings, server):
    """What is found behind a path of the server."""

    def _look(path: str = "/", **options):
        (found,) = discover([server.url_for(path)], settings=settings, **options)
        return found

    return _look


def _path(name: str) -> str:
    return "/" + name.removeprefix("home").replace("__", ".").replace("_", "/")


def calendar(*days: str, prodid: str = "-//test//EN", name: str | None = None) -> bytes:
    """A calendar with an event in the evening of each day, in Lisbon."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{prodid}"]
    if name:
        lines.append(f"X-WR-CALNAME:{name}")
    for number, day in enumerate(days):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}-{day}@example.org",
            f"DTSTART;TZID=Europe/Lisbon:{day.replace('-', '')}T190000",
            f"SUMMARY:Evening {number}",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def days(count: int, first: str = "2026-12-01") -> list[str]:
    start = dt.date.fromisoformat(first)
    return [(start + dt.timedelta(days=number)).isoformat() for number in range(count)]


def event_page(name: str, day: str) -> str:
    return f"""<html lang="en"><head><title>{name}</title><script type="application/ld+json">
    {{"@context": "https://schema.org", "@type": "Event", "name": "{name}", "startDate": "{day}T19:00:00+00:00",
      "location": {{"@type": "Place", "name": "Hall", "address": "Lisbon, Portugal"}}}}</script></head>
      <body><h1>{name}</h1></body></html>"""


def asked(server: HTTPServer) -> list[str]:
    return [request.full_path.rstrip("?") for request, _ in server.log if request.path != "/robots.txt"]


def test_a_calendar_is_known_by_its_content_not_its_ending(site, look) -> None:
    server = site(agenda=calendar(*days(4), name="Printers' Guild"))
    found = look("/agenda")
    (best,) = found.candidates
    assert (best.source.reader, best.source.url, best.source.private) == ("ics", server.url_for("/agenda"), True)
    assert (best.count, best.upcoming, best.more, best.zone_known) == (4, 4, False, True)
    assert (best.first, best.last) == (dt.date(2026, 12, 1), dt.date(2026, 12, 4))
    assert (best.source.title, best.source.name) == ("Printers' Guild", "printers-guild")
    assert [event.name for event in best.events[:2]] == ["Evening 0", "Evening 1"]
    assert asked(server) == ["/agenda"]


def test_what_comes_next_is_shown_first_and_what_is_over_counts(site, look) -> None:
    site(agenda=calendar("2026-01-01", "2026-12-24", "2026-11-30"))
    (best,) = look("/agenda").candidates
    assert (best.count, best.upcoming) == (3, 2)
    assert [event.start_date.date.day for event in best.events] == [30, 24, 1]


def test_a_rule_that_began_long_ago_is_upcoming(site, look) -> None:
    weekly = calendar("2019-01-07").replace(b"SUMMARY", b"RRULE:FREQ=WEEKLY\r\nSUMMARY")
    over = calendar("2019-01-07").replace(b"SUMMARY", b"RRULE:FREQ=WEEKLY;UNTIL=20190301T000000Z\r\nSUMMARY")
    site(on=weekly, over=over)
    assert look("/on").candidates[0].upcoming == 1
    assert look("/over").candidates[0].upcoming == 0


def test_the_calendar_that_a_page_names_is_found(site, look) -> None:
    page = '<title>Guild</title><link rel="alternate" type="text/calendar" href="/cal?id=1"><body>Welcome'
    server = site(home=page, cal=calendar(*days(3)))
    found = look()
    assert found.best.source.url == server.url_for("/cal?id=1")
    assert found.best.source.homepage == server.url_for("/")
    assert found.best.source.title == "Guild"
    assert "names it as its calendar" in found.best.found_by


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/programme/export.ics">Download</a>',
        '<a href="webcal://{host}/programme/export.ics">Subscribe</a>',
        '<a href="/programme/export.ics?x=1&amp;y=2">iCal</a>',
        '<a href="https://calendar.google.com/calendar/render?cid=webcal%3A%2F%2F{host}%2Fprogramme%2Fexport.ics">+</a>',
        '<a href="https://outlook.live.com/calendar/0/addfromweb?url=http%3A%2F%2F{host}%2Fprogramme%2Fexport.ics">+</a>',
    ],
)
def test_visible_links_to_calendars_are_followed(server, look, link) -> None:
    host = f"{server.host}:{server.port}"
    server.expect_request("/").respond_with_data(f"<body>{link.format(host=host)}", content_type=HTML)
    server.expect_request("/programme/export.ics").respond_with_data(calendar(*days(3)), content_type="text/calendar")
    found = look()
    assert found.best.source.url.partition("?")[0] == server.url_for("/programme/export.ics")
    assert found.best.source.reader == "ics"


def test_a_home_page_leads_to_its_page_of_events_and_its_calendar(site, look) -> None:
    server = site(
        home='<a href="/ueber-uns">Über uns</a><a href="/veranstaltungen">Veranstaltungen</a><a href="/blog">Blog</a>',
        veranstaltungen='<a href="/kalender/alle.ics">Kalender abonnieren</a>',
        kalender_alle__ics=calendar(*days(12)),
    )
    found = look()
    assert found.best.source.url == server.url_for("/kalender/alle.ics")
    assert asked(server) == ["/", "/veranstaltungen", "/kalender/alle.ics"]


def test_the_whole_calendar_wins_over_those_of_single_events(site, look) -> None:
    single = {f"e_{number}__ics": calendar(day) for number, day in enumerate(days(5))}
    links = "".join(f'<a href="/e/{number}.ics">Add to calendar</a>' for number in range(5))
    server = site(home=f'{links}<a href="/all.ics">Subscribe</a>', all__ics=calendar(*days(5)), **single)
    found = look()
    assert [one.source.url for one in found.candidates] == [server.url_for("/all.ics")]


def test_a_capped_calendar_loses_to_a_fuller_page(site, look) -> None:
    events = days(30)
    nodes = ",".join(
        f'{{"@type": "Event", "name": "E{n}", "startDate": "{day}T19:00:00Z", "url": "/e/{n}"}}'
        for n, day in enumerate(events)
    )
    page = f'<script type="application/ld+json">[{nodes}]</script><a href="/short.ics">iCal</a>'
    server = site(home=page, short__ics=calendar(*events[:10]))
    found = look()
    assert [one.source.url for one in found.candidates] == [server.url_for("/"), server.url_for("/short.ics")]
    assert "only 10 of 30 upcoming events" in found.candidates[1].reasons


def test_pages_of_single_events_are_found_with_the_pattern_they_share(site, look, run) -> None:
    pages = {f"events_{name}": event_page(name.title(), day) for name, day in zip("abcde", days(5), strict=True)}
    links = "".join(f'<a href="/events/{name}">{name}</a>' for name in "abcde")
    server = site(whats_on=f'<title>Hall</title><a href="/about/us">About</a>{links}', **pages)
    found = look("/whats/on")
    source = found.best.source
    assert (source.reader, source.follow_depth, source.url) == ("html", 1, server.url_for("/whats/on"))
    assert found.best.more
    assert len(asked(server)) <= 5 + 10
    outcome = run(source)
    assert sorted(outcome.names(source.name)) == ["A", "B", "C", "D", "E"]


def test_a_feed_without_dates_is_no_way_but_one_with_dates_is(site, look) -> None:
    dated = (
        '<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><title>Dates</title><item>'
        "<title>Fair</title><link>http://x.example/1</link><ev:startdate>2026-12-01T10:00:00Z</ev:startdate></item>"
        "</channel></rss>"
    )
    news = "<rss version='2.0'><channel><title>News</title><item><title>We moved</title></item></channel></rss>"
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="/{name}.xml">' for name in ("news", "dates")
    )
    server = site(home=links, news__xml=news, dates__xml=dated)
    found = look()
    assert [one.source.url for one in found.candidates] == [server.url_for("/dates.xml")]
    assert found.best.source.reader == "feed"


def test_what_an_address_alone_leads_to_has_the_title_of_its_page(server, look) -> None:
    page = "<title>Evenings of the Weavers</title><body>Soon"
    evening = {"id": 7, "title": "Looms", "start_date": "2026-12-01 19:00:00", "timezone": "Europe/Lisbon"}
    server.expect_request("/agenda/").respond_with_data(page, content_type=HTML)
    server.expect_request("/wp-json/tribe/events/v1/events").respond_with_json({"events": [evening]})
    best = look("/agenda/?eventDisplay=list").best.source
    assert (best.platform, best.title) == ("tribe", "Evenings of the Weavers")


def test_well_known_addresses_are_tried_last(site, look) -> None:
    server = site(home="<body>Nothing here", calendar__ics=calendar(*days(2)))
    found = look()
    assert found.best.source.url == server.url_for("/calendar.ics")
    assert asked(server)[0] == "/"


def test_a_site_that_answers_everything_with_one_page_has_nothing(server, look) -> None:
    server.expect_request("/robots.txt").respond_with_data("", status=404)
    server.expect_request(re.compile(r"/(?!robots\.txt).*")).respond_with_data(
        "<title>Oops</title><body>Page", content_type=HTML
    )
    found = look()
    assert found.candidates == ()
    assert found.error == "a page that states no events for programs"
    assert len(asked(server)) <= MOST_REQUESTS


def test_where_an_address_has_moved_for_good_the_new_one_is_proposed(server, look) -> None:
    server.expect_request("/new.ics").respond_with_data(calendar(*days(2)), content_type="text/calendar")
    for old, status in (("/for-good", 301), ("/for-now", 302)):
        moved = Response(status=status, headers={"Location": "/new.ics"})
        server.expect_request(old).respond_with_response(moved)
    assert look("/for-good").best.source.url == server.url_for("/new.ics")
    assert look("/for-good").best.source.homepage is None, "a calendar is no page"
    assert look("/for-now").best.source.url == server.url_for("/for-now")


def test_nothing_is_asked_that_no_page_names(site, look) -> None:
    page = (
        '<a href="javascript:alert(1)">Calendar</a><a href="data:text/calendar,BEGIN:VCALENDAR">iCal</a>'
        '<a href="http://[bad">Events</a><a href="mailto:x@example.org?subject=.ics">ical</a>'
        '<a href="file:///etc/passwd.ics">ical</a><a href="//">Agenda</a>'
    )
    server = site(home=page)
    found = look()
    assert found.candidates == ()
    assert not any("passwd" in one.url or "javascript" in one.url for one in found.tried)
    assert server.log


def test_a_public_page_leads_to_no_private_address(server, settings) -> None:
    server.expect_request("/secret.ics").respond_with_data(calendar(*days(2)), content_type="text/calendar")
    (found,) = discover(["http://192.0.2.1/"], settings=settings)  # TEST-NET-1: no such host
    assert found.candidates == ()
    assert found.error


def test_a_page_of_a_hundred_thousand_links_is_bounded(site, look) -> None:
    links = "".join(f'<a href="/events/{number}">E</a><a href="/c/{number}.ics">iCal</a>' for number in range(20_000))
    server = site(home=f"<body>{links}")
    found = look()
    assert found.candidates == ()
    assert len(asked(server)) <= MOST_REQUESTS


def test_redirects_without_end_are_one_failure(server, look) -> None:
    def on(request: Request) -> Response:
        return Response(status=302, headers={"Location": request.path + "x"})

    server.expect_request(re.compile(r"/a+x*$")).respond_with_handler(on)
    found = look("/a")
    assert found.candidates == ()
    assert found.error


def test_a_closed_platform_is_answered_at_once(settings) -> None:
    (found,) = discover(["https://www.facebook.com/events/123456/"], settings=settings)
    assert found.candidates == ()
    assert found.closed is not None
    assert found.error == found.closed


def test_only_the_reader_asked_for(site, look) -> None:
    page = event_page("Fair", "2026-12-01").replace(
        "</head>", '<link rel="alternate" type="text/calendar" href="/c.ics">'
    )
    site(home=page, c__ics=calendar(*days(3)))
    assert [one.source.reader for one in look(only="html").candidates] == ["html"]


def test_addresses_are_looked_at_side_by_side_each_with_its_own_failure(site, settings) -> None:
    server = site(a=calendar(*days(2)), b="<body>No events")
    urls = [server.url_for(path) for path in ("/a", "/b", "/missing")]
    first, second, third = discover(urls, settings=settings)
    assert first.best.count == 2
    assert (second.candidates, third.candidates) == ((), ())
    assert third.error.startswith("404 Not Found")


def test_a_first_look_asks_for_the_address_alone(site, look) -> None:
    server = site(home='<link rel="alternate" type="text/calendar" href="/c.ics">', c__ics=calendar(*days(3)))
    assert look(most_requests=1).candidates == ()
    assert asked(server) == ["/"]


def test_checking_a_source_finds_that_its_site_has_a_calendar_now(site, settings, declare) -> None:
    page = event_page("Fair", "2026-12-01").replace("</head>", '<a href="/all.ics">iCal</a></head>')
    server = site(events=page, all__ics=calendar(*days(20)))
    (found,) = check([declare("hall", server.url_for("/events"), "html")], settings=settings)
    assert (found.declared.count, found.declared.problem) == (1, None)
    assert found.best.source.url == server.url_for("/all.ics")


def test_checking_a_calendar_that_is_well_asks_for_nothing_else(site, settings, declare) -> None:
    server = site(all__ics=calendar(*days(20)))
    (found,) = check([declare("hall", server.url_for("/all.ics"))], settings=settings)
    assert (found.declared.count, found.candidates) == (20, ())
    assert asked(server) == ["/all.ics"]


def test_checking_a_calendar_that_is_gone_looks_at_its_site(site, settings, declare) -> None:
    server = site(home='<a href="/new/all.ics">iCal</a>', new_all__ics=calendar(*days(20)))
    (found,) = check([declare("hall", server.url_for("/old.ics"))], settings=settings)
    assert found.declared.problem.startswith("404 Not Found")
    assert found.best.source.url == server.url_for("/new/all.ics")


def test_checking_a_calendar_that_is_a_login_now_looks_at_its_site(site, settings, declare) -> None:
    server = site(
        home='<a href="/new/all.ics">iCal</a>', new_all__ics=calendar(*days(20)), old__ics="<!doctype html>Log in"
    )
    (found,) = check([declare("hall", server.url_for("/old.ics"))], settings=settings)
    assert "looks like an HTML page" in found.declared.problem
    assert (found.best.source.url, found.best.source.homepage) == (server.url_for("/new/all.ics"), server.url_for("/"))


def test_checking_a_source_reads_some_of_the_pages_that_it_leads_to(site, settings, declare) -> None:
    pages = {f"events_{name}": event_page(name.title(), day) for name, day in zip("abcde", days(5), strict=True)}
    site(events_all="".join(f'<a href="/events/{name}">{name}</a>' for name in "abcde"), **pages)
    source = declare("hall", site().url_for("/events/all"), "html", follow_depth=1)
    (found,) = check([source], settings=settings)
    assert (found.declared.problem, found.declared.count, found.declared.more) == (None, 3, True)
    assert found.declared.upcoming == 3


def test_checking_a_source_with_a_spider_of_its_own_reads_by_that(server, settings, declare) -> None:
    page = next((CASES / "sites" / "chi-ssa-51").glob("*/page.html")).read_bytes()
    server.expect_request("/meetings").respond_with_data(page, content_type=HTML)
    source = declare("chi-ssa-51", server.url_for("/meetings"), "html", spider="chi-ssa-51")
    (found,) = check([source], settings=settings)
    assert found.declared.problem is None
    assert found.declared.count > 0


def test_checking_says_where_a_source_has_moved(server, settings, declare) -> None:
    server.expect_request("/new.ics").respond_with_data(calendar(*days(2)), content_type="text/calendar")
    moved = Response(status=308, headers={"Location": "/new.ics"})
    server.expect_request("/old.ics").respond_with_response(moved)
    (found,) = check([declare("hall", server.url_for("/old.ics"))], settings=settings)
    assert found.declared.source.url == server.url_for("/new.ics")


def test_a_site_that_falls_silent_is_left_alone_soon() -> None:
    links = "".join(f'<a href="/{number}/all.ics">iCal</a>' for number in range(12))
    asked_for: list[str] = []

    async def ask(url, way=None, platform=None, *, local=False) -> Answer:
        asked_for.append(url)
        if url == "https://slow.example/":
            return Answer(asked=url, url=url, body=links.encode(), content_type=HTML)
        raise Unanswered("no answer in time from slow.example")

    look = Look("https://slow.example/")
    asyncio.run(look.run(ask))
    assert look.discovery().candidates == ()
    assert len(asked_for) <= 6


def test_a_look_that_breaks_is_a_failure_of_its_own() -> None:
    async def ask(url, way=None, platform=None, *, local=False) -> Answer:
        raise RuntimeError("boom")

    look = Look("https://x.example/")
    asyncio.run(look.run(ask))
    assert look.discovery().error == "the look broke: RuntimeError: boom"
    assert look.done


def test_progress_is_told(site, settings) -> None:
    server = site(home='<a href="/all.ics">iCal</a>', all__ics=calendar(*days(20)))
    states = []
    discover([server.url_for("/")], settings=settings, progress=states.append)
    assert states
    assert {state.total for state in states} == {1}
