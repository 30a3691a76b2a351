"""robots.txt is obeyed for every request, also for those that arrive while it is still being fetched."""

import time

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
