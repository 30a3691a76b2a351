"""Hosts that ask to be left alone are, those that do not answer are given up, and delays are what was asked for."""

import datetime as dt
from types import SimpleNamespace

import pytest
from scrapy import Request as ScrapyRequest
from scrapy.http import Response as ScrapyResponse
from werkzeug import Request, Response

from crawlers.fetch.retry_after import seconds
from crawlers.fetch.throttle import Throttle, ask_less_often

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.timezone.utc)


def paths(server) -> list[str]:
    return [request.path for request, _ in server.log if request.path != "/robots.txt"]


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("99999999999999999999", 7 * 24 * 3600),
        ("Mon, 23 Nov 2026 12:05:00 GMT", 300),
        ("Monday, 23-Nov-26 12:00:10 GMT", 10),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0),
        ("Mon, 23 Nov 9999 11:00:00 GMT", 7 * 24 * 3600),
        ("soon", 0),
        ("-5", 0),
        ("1.5", 0),
        ("\u0663", 0),
        ("", 0),
    ],
)
def test_retry_after(header, wait):
    assert seconds(header, NOW) == wait


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_to_be_left_alone_is_asked_nothing_more(
    server, run, declare, status, tmp_path, calendar_bytes
):
    (tmp_path / "c.ics").write_bytes(calendar_bytes)
    first = Response("", status=status, headers={"Retry-After": "120"})
    server.expect_request("/0.ics").respond_with_response(first)
    for number in range(1, 5):
        server.expect_request(f"/{number}.ics").respond_with_data(calendar_bytes)
    sources = [declare(f"s{number}", server.url_for(f"/{number}.ics")) for number in range(5)]
    crawl = run(*sources, declare("elsewhere", (tmp_path / "c.ics").as_uri()))
    assert paths(server) == ["/0.ics"]
    assert crawl.reports["elsewhere"].read == 2
    asked = ": it asks to be left alone for 120 s"
    assert crawl.reports["s0"].errors[0].startswith(str(status))
    assert crawl.reports["s0"].errors[0].endswith(asked)
    for source in sources[1:]:
        assert crawl.reports[source.name].errors == ("127.0.0.1 asked to be left alone for 120 s",)
    for source in sources:
        report = crawl.reports[source.name]
        assert (report.outcome, report.problem, report.retry_after) == ("failed", "throttled", 120)


def test_a_server_in_trouble_that_asks_for_nothing_is_no_reason_to_stop(server, run, declare, calendar_bytes):
    server.expect_request("/bad.ics").respond_with_data("", status=503)
    server.expect_request("/good.ics").respond_with_data(calendar_bytes)
    crawl = run(*(declare(name, server.url_for(f"/{name}.ics")) for name in ("bad", "good")))
    assert (crawl.reports["bad"].problem, crawl.reports["bad"].retry_after) == ("server", None)
    assert crawl.reports["good"].read == 2


def test_a_robots_txt_that_asks_to_be_left_alone_is_asked_once(server, run, declare):
    server.expect_request("/robots.txt").respond_with_data("", status=429, headers={"Retry-After": "60"})
    crawl = run(*(declare(name, server.url_for(f"/{name}.ics")) for name in "abc"))
    assert [request.path for request, _ in server.log] == ["/robots.txt"]
    assert {(report.problem, report.retry_after) for report in crawl.reports.values()} == {("throttled", 60)}


def test_a_host_that_does_not_answer_is_given_up(slow_server, run, declare):
    def silent(request: Request) -> Response:
        request.environ["werkzeug.socket"].recv(1)  # until the other side has had enough
        return Response()

    for number in range(5):
        slow_server.expect_request(f"/{number}.ics").respond_with_handler(silent)
    crawl = run(*(declare(f"s{number}", slow_server.url_for(f"/{number}.ics")) for number in range(5)))
    errors = sorted(crawl.reports[f"s{number}"].errors for number in range(5))
    given_up = ("127.0.0.1 did not answer 3 times and is asked nothing more in this crawl",)
    assert errors == [given_up] * 2 + [("no answer in time from 127.0.0.1",)] * 3
    assert {report.problem for report in crawl.reports.values()} == {"timeout"}


def test_the_pages_of_a_source_have_an_end_in_time(server, run, declare, monkeypatch):
    """Here with no time at all, so that the first page is the last."""
    monkeypatch.setattr("crawlers.spiders.declared._MAX_MINUTES", -1)
    page = '<html><a rel="next" href="/events/2">next</a><div class="h-event"><p class="p-name">A</p></div></html>'
    server.expect_request("/events/1").respond_with_data(page, content_type="text/html")
    report = run(declare("site", server.url_for("/events/1"), "html", follow_depth=1)).reports["site"]
    assert paths(server) == ["/events/1"]
    assert "stopped: this source took too much time" in report.errors


class Asked:
    """A crawler as far as the throttle looks at it, with one host."""

    def __init__(self, *, delay: float, least: float | None = None) -> None:
        self.slot = SimpleNamespace(delay=delay)
        host = {"a.example": {"delay": least}} if least else {}
        downloader = SimpleNamespace(slots={"a.example": self.slot}, per_slot_settings=host)
        self.engine = SimpleNamespace(downloader=downloader)
        self.settings = SimpleNamespace(getfloat=lambda name: 1.0)

    def after(self, *answers: tuple[float, int]) -> float:
        """The delay after answers, each with its latency and status."""
        throttle = Throttle.__new__(Throttle)
        throttle.crawler, throttle.mindelay, throttle.maxdelay, throttle.target_concurrency = self, 1.0, 60.0, 1.0
        for latency, status in answers:
            request = ScrapyRequest(
                "http://a.example/", meta={"download_slot": "a.example", "download_latency": latency}
            )
            throttle._response_downloaded(ScrapyResponse("http://a.example/", status=status), request, None)
        return self.slot.delay


def test_the_delay_grows_with_the_time_a_host_takes():
    assert Asked(delay=1.0).after((10.0, 200)) == 10.0
    assert Asked(delay=1.0).after((10.0, 500)) == 10.0
    assert Asked(delay=1.0).after((500.0, 200)) == 60.0


def test_the_delay_shrinks_again_where_nothing_is_new():
    assert Asked(delay=10.0).after(*[(0.01, 304)] * 20) == 1.0
    assert Asked(delay=10.0).after(*[(0.01, 200)] * 20) == 1.0
    assert Asked(delay=10.0).after(*[(0.01, 500)] * 20) == 10.0


def test_the_delay_is_never_less_than_asked_for():
    assert Asked(delay=30.0, least=30.0).after(*[(0.01, 200)] * 20) == 30.0
    assert Asked(delay=90.0, least=90.0).after((0.01, 200)) == 90.0


def test_a_host_that_asks_for_a_delay_gets_it_at_once():
    asked = Asked(delay=1.0)
    ask_less_often(asked, "a.example", 20.0)
    assert asked.slot.delay == 20.0
    ask_less_often(asked, "a.example", 5.0)
    assert asked.after((0.01, 200)) == 20.0
    ask_less_often(asked, "not.yet.asked.example", 0.5)
    assert list(asked.engine.downloader.per_slot_settings) == ["a.example"]
