"""Where redirects may lead, what they say of a source, and that nothing is remembered of whoever sent them."""

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from crawlers.fetch.web import is_public

PAGE = '<html><body><a href="/events/one">1</a><div class="h-event"><p class="p-name">A</p>{}</div></body></html>'
EVENT = PAGE.format('<time class="dt-start" datetime="2028-12-01T19:00">then</time>')


@pytest.fixture
def elsewhere():
    """Another site: another port counts as one."""
    with HTTPServer(host="127.0.0.1", threaded=True) as running:
        running.no_handler_status_code = 404
        yield running


def redirect(server, path: str, target: str, status: int) -> str:
    server.expect_request(path).respond_with_response(Response(status=status, headers={"Location": target}))
    return server.url_for(path)


def test_a_declared_address_may_lead_to_another_host(server, elsewhere, run, declare, calendar_bytes):
    elsewhere.expect_request("/c.ics").respond_with_data(calendar_bytes)
    url = redirect(server, "/c.ics", elsewhere.url_for("/c.ics"), 302)
    report = run(declare("c", url)).reports["c"]
    assert (report.read, report.moved_to) == (2, None)


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((301,), True), ((308, 301), True), ((302,), False), ((301, 302), False), ((307, 308), False)],
)
def test_only_permanent_redirects_say_that_a_source_has_moved(server, run, declare, calendar_bytes, statuses, moved):
    server.expect_request("/last.ics").respond_with_data(calendar_bytes, headers={"ETag": '"1"'})
    target = "/last.ics"
    for number, status in reversed(list(enumerate(statuses))):
        redirect(server, f"/{number}.ics", target, status)
        target = f"/{number}.ics"
    source = declare("c", server.url_for("/0.ics"))
    for _ in range(2):
        assert run(source).reports["c"].moved_to == (server.url_for("/last.ics") if moved else None)


def test_a_redirect_to_what_cannot_be_read_is_no_move(server, run, declare):
    server.expect_request("/").respond_with_data("<!DOCTYPE html><title>Welcome</title>", content_type="text/html")
    report = run(declare("c", redirect(server, "/c.ics", "/", 301))).reports["c"]
    assert (report.problem, report.moved_to) == ("unreadable", None)


def test_a_page_that_is_followed_does_not_lead_to_another_site(server, elsewhere, run, declare):
    elsewhere.expect_request("/events/one").respond_with_data(EVENT, content_type="text/html")
    server.expect_request("/events/").respond_with_data(EVENT, content_type="text/html")
    redirect(server, "/events/one", elsewhere.url_for("/events/one"), 301)
    crawl = run(declare("site", server.url_for("/events/"), "html", follow_depth=1))
    assert elsewhere.log == []
    assert crawl.reports["site"].complete
    assert crawl.reports["site"].errors == ()
    assert crawl.reports["site"].fetched == 1


def test_a_page_that_is_followed_may_lead_to_another_of_its_site(server, run, declare):
    server.expect_request("/events/").respond_with_data(PAGE.format(""), content_type="text/html")
    redirect(server, "/events/one", "/2028/one", 301)
    server.expect_request("/2028/one").respond_with_data(EVENT, content_type="text/html")
    crawl = run(declare("site", server.url_for("/events/"), "html", follow_depth=1))
    assert crawl.names("site") == ["A"]
    assert crawl.reports["site"].moved_to is None


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2:1/c.ics",
        "http://[::1]:1/c.ics",
        "http://[::ffff:127.0.0.2]:1/c.ics",
        "http://[64:ff9b::7f00:2]:1/c.ics",
        "http://[::7f00:2]:1/c.ics",
        "http://2130706434:1/c.ics",
        "http://0x7f000002:1/c.ics",
        "http://0177.0.0.2:1/c.ics",
        "http://127.2:1/c.ics",
        "http://127\u30020\u30020\u30022:1/c.ics",
        "http://name.of.it@127.0.0.2:1/c.ics",
        "file:///etc/passwd",
        "data:text/calendar,BEGIN:VCALENDAR",
        "ftp://127.0.0.2/c.ics",
    ],
)
def test_a_public_source_leads_to_no_private_address_however_it_is_written(server, run, declare, monkeypatch, target):
    monkeypatch.setattr("crawlers.fetch.web.is_public", lambda address: address == "127.0.0.1" or is_public(address))
    server.expect_request("/c.ics").respond_with_data("", status=302, headers={"Location": target})
    with HTTPServer(host="127.0.0.2", port=0, threaded=True) as private:
        target = target.replace(":1/", f":{private.port}/")
        report = run(declare("c", server.url_for("/c.ics"), private=False)).reports["c"]
        assert private.log == []
    assert (report.outcome, report.read) == ("failed", 0)
    assert report.errors


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::5db8:d822", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("192.0.0.8", False),
        ("192.88.99.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("0.0.0.0", False),
        ("::", False),
        ("::1", False),
        ("::7f00:1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b:1::a00:1", False),
        ("2002:a00:1::", False),
        ("2001::1", False),
        ("2001:db8::1", False),
        ("3fff::1", False),
        ("fc00::1", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("not an address", False),
    ],
)
def test_which_addresses_are_public(address, public):
    assert is_public(address) is public


def test_no_cookie_is_kept(server, run, declare, calendar_bytes):
    moved = Response(status=302, headers={"Location": "/c.ics", "Set-Cookie": "seen=1; Path=/"})
    server.expect_request("/").respond_with_response(moved)
    server.expect_request("/c.ics").respond_with_data(calendar_bytes, headers={"Set-Cookie": "again=1; Path=/"})
    source = declare("c", server.url_for("/"))
    assert [run(source).reports["c"].read for _ in range(2)] == [2, 2]
    assert all("Cookie" not in request.headers for request, _ in server.log)


class _AsItIs(Response):
    """Werkzeug would mend, or refuse to send, what is no address."""

    def __init__(self, location: str) -> None:
        super().__init__(status=302)
        self._location = location

    def get_wsgi_headers(self, environ):
        headers = super().get_wsgi_headers(environ)
        headers["Location"] = self._location
        return headers


@pytest.mark.parametrize("target", ["file:///etc/passwd", "http://[::1", "mailto:events@example.org"])
def test_a_redirect_to_no_address_of_the_web_is_named(server, run, declare, target):
    server.expect_request("/c.ics").respond_with_response(_AsItIs(target))
    url = server.url_for("/c.ics")
    report = run(declare("c", url)).reports["c"]
    assert report.problem == "server"
    assert report.errors == (f"302 Found from {url}: it leads to {target!r}, where a crawl cannot go",)
