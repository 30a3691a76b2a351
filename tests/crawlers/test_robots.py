"""robots.txt is obeyed for every request, also for those that arrive while it is still being fetched."""

import time
from itertools import pairwise

import pytest
from werkzeug import Request, Response


def serve_robots(server, body: str = "", *, status: int = 200, seconds: float = 0.0) -> None:
    def robots(request: Request) -> Response:
        time.sleep(seconds)
        return Response(body, status=status, content_type="text/plain")

    server.expect_request("/robots.txt").respond_with_handler(robots)


def paths(server) -> list[str]:
    return [request.path for request, _ in server.log]


def test_requests_that_wait_for_robots_are_checked_too(server, run, declare, calendar_bytes):
    serve_robots(server, "User-agent: *\nDisallow: /closed/\n", seconds=0.5)
    server.expect_request("/closed/1.ics").respond_with_data(calendar_bytes)
    server.expect_request("/open.ics").respond_with_data(calendar_bytes)
    closed = [declare(f"closed-{n}", server.url_for(f"/closed/{n}.ics")) for n in range(1, 5)]
    crawl = run(*closed, declare("open", server.url_for("/open.ics")))
    assert paths(server) == ["/robots.txt", "/open.ics"]
    for source in closed:
        report = crawl.reports[source.name]
        assert report.outcome == "failed"
        assert report.errors == (f"robots.txt of 127.0.0.1 forbids {source.url}",)
    assert crawl.names("open") == ["Winter meetup", "BarCamp"]


def test_rules_for_us_by_name_win_over_those_for_all(server, run, declare, calendar_bytes):
    serve_robots(server, "User-agent: hobnob\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    crawl = run(declare("calendar", server.url_for("/calendar.ics")))
    assert paths(server) == ["/robots.txt"]
    assert crawl.reports["calendar"].outcome == "failed"


def test_no_robots_allows_everything(server, run, declare, calendar_bytes):
    server.expect_request("/calendar.ics").respond_with_data(calendar_bytes)
    serve_robots(server, status=404)
    assert run(declare("calendar", server.url_for("/calendar.ics"))).reports["calendar"].read == 2


def test_a_robots_that_the_server_cannot_give_forbids_everything(server, run, declare, calendar_bytes):
    server.expect_request("/calendar.ics").respond_with_data(calendar_bytes)
    serve_robots(server, status=503)
    crawl = run(declare("calendar", server.url_for("/calendar.ics")))
    assert "/calendar.ics" not in paths(server)
    assert crawl.reports["calendar"].errors == ("its robots.txt cannot be read (503 Service Unavailable)",)


def test_pages_that_are_followed_are_checked_too(server, run, declare):
    serve_robots(server, "User-agent: *\nDisallow: /events/secret\n")
    page = '<html><body><a href="/events/secret">one</a></body></html>'
    server.expect_request("/events/").respond_with_data(page, content_type="text/html")
    server.expect_request("/events/secret").respond_with_data(page, content_type="text/html")
    crawl = run(declare("site", server.url_for("/events/"), "html", follow_depth=1))
    assert paths(server) == ["/robots.txt", "/events/"]
    assert not crawl.reports["site"].complete
    assert f"robots.txt of 127.0.0.1 forbids {server.url_for('/events/secret')}" in crawl.reports["site"].errors


def test_the_user_agent_says_who_asks(server, run, declare, calendar_bytes):
    server.expect_request("/calendar.ics").respond_with_data(calendar_bytes)
    run(declare("calendar", server.url_for("/calendar.ics")))
    agents = {request.headers["User-Agent"] for request, _ in server.log}
    assert len(agents) == 1
    agent = agents.pop()
    assert agent.startswith("hobnob/")
    assert agent.endswith(" (+crawl@example.org)")


def test_crawl_delay_lies_between_two_requests(server, run, declare, calendar_bytes):
    asked: list[float] = []

    def answer(request: Request) -> Response:
        asked.append(time.monotonic())
        return Response(calendar_bytes)

    serve_robots(server, "User-agent: *\nCrawl-delay: 1\nDisallow:\n")
    for number in range(3):
        server.expect_request(f"/{number}.ics").respond_with_handler(answer)
    crawl = run(*(declare(f"s{number}", server.url_for(f"/{number}.ics")) for number in range(3)))
    assert all(report.read == 2 for report in crawl.reports.values())
    assert all(later - earlier > 0.3 for earlier, later in pairwise(asked))


def test_a_crawl_delay_of_a_day_is_one_of_a_minute(server, run, declare, calendar_bytes, monkeypatch):
    waits = []
    monkeypatch.setattr(
        "crawlers.fetch.robots.ask_less_often", lambda crawler, host, delay: waits.append((host, delay))
    )
    serve_robots(server, "User-agent: hobnob\nCrawl-delay: 86400\n")
    server.expect_request("/c.ics").respond_with_data(calendar_bytes)
    assert run(declare("c", server.url_for("/c.ics"))).reports["c"].read == 2
    assert waits == [("127.0.0.1", 60.0)]


@pytest.mark.parametrize("delay", ["nan", "-5", "0", "soon"])
def test_a_crawl_delay_that_is_none(server, run, declare, calendar_bytes, delay):
    serve_robots(server, f"User-agent: *\nCrawl-delay: {delay}\n")
    server.expect_request("/c.ics").respond_with_data(calendar_bytes)
    assert run(declare("c", server.url_for("/c.ics"))).reports["c"].read == 2
