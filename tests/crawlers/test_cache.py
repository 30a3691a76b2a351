"""What was fetched is asked about again, page by page, and kept no longer than it is of use."""

import json
import os
import time

import pytest
from werkzeug import Request, Response


@pytest.fixture
def pages(server):
    """Pages of Localist's shape by number, each with an ETag of its own, which is its title; they can be changed."""
    titles = {"1": "One", "2": "Two"}

    def answer(request: Request) -> Response:
        number = request.args.get("page", "1")
        title = titles[number]
        if request.headers.get("If-None-Match") == f'"{title}"':
            return Response(status=304)
        instance = {"event_instance": {"start": f"2028-12-0{number}T19:00:00+01:00"}}
        event = {"id": int(number), "title": title, "event_instances": [instance]}
        found = {"events": [{"event": event}], "page": {"current": int(number), "size": 1, "total": 2}}
        return Response(json.dumps(found), content_type="application/json", headers={"ETag": f'"{title}"'})

    server.expect_request("/api/2/events").respond_with_handler(answer)
    return titles


def statuses(server) -> list[int]:
    return [response.status_code for request, response in server.log if request.path != "/robots.txt"]


def test_each_page_is_asked_about_by_itself(server, run, declare, pages):
    source = declare("m", server.url_for("/api/2/events?pp=1"), "json", platform="localist")
    first, second = run(source), run(source)
    pages["2"] = "Two, moved"
    third = run(source)
    assert statuses(server) == [200, 200, 304, 304, 304, 200]
    assert [crawl.reports["m"].outcome for crawl in (first, second, third)] == ["read", "not_modified", "read"]
    assert all(crawl.reports["m"].complete for crawl in (first, second, third))
    assert [crawl.names("m") for crawl in (first, second, third)] == [["One", "Two"]] * 2 + [["One", "Two, moved"]]


def test_what_is_not_modified_is_not_written_again(server, run, declare, settings, pages):
    source = declare("m", server.url_for("/api/2/events?pp=1"), "json", platform="localist")
    run(source)
    kept = {path: path.read_bytes() for path in settings.cache_dir.iterdir()}
    inodes = {path: path.stat().st_ino for path in kept}
    long_ago = time.time() - 100 * 24 * 3600
    for path in kept:
        os.utime(path, (long_ago, long_ago))
    assert run(source).reports["m"].outcome == "not_modified"
    assert {path: path.stat().st_ino for path in settings.cache_dir.iterdir()} == inodes
    assert all(path.stat().st_mtime > long_ago + 1 for path in kept)


def test_a_304_with_a_new_etag_and_words_of_a_body(server, run, declare, calendar_bytes):
    """As some servers send: the ETag counts, what it says of a body that it does not have does not."""
    asked: list[str | None] = []

    def answer(request: Request) -> Response:
        asked.append(request.headers.get("If-None-Match"))
        if asked[-1] is None:
            return Response(calendar_bytes, content_type="text/calendar", headers={"ETag": '"1-gzip"'})
        return Response(status=304, headers={"ETag": '"1"', "Content-Encoding": "gzip", "Content-Type": "text/html"})

    server.expect_request("/c.ics").respond_with_handler(answer)
    source = declare("c", server.url_for("/c.ics"))
    assert [run(source).reports["c"].read for _ in range(3)] == [2, 2, 2]
    assert asked == [None, '"1-gzip"', '"1"']


def test_last_modified_is_enough(server, run, declare, calendar_bytes):
    since = "Mon, 23 Nov 2026 12:00:00 GMT"

    def answer(request: Request) -> Response:
        known = request.headers.get("If-Modified-Since") == since
        return Response(status=304) if known else Response(calendar_bytes, headers={"Last-Modified": since})

    server.expect_request("/c.ics").respond_with_handler(answer)
    source = declare("c", server.url_for("/c.ics"))
    assert [run(source).reports["c"].outcome for _ in range(2)] == ["read", "not_modified"]


@pytest.mark.parametrize("header", [{}, {"ETag": '"1"', "Cache-Control": "no-store"}])
def test_what_cannot_or_must_not_be_kept(server, run, declare, settings, calendar_bytes, header):
    server.expect_request("/c.ics").respond_with_data(calendar_bytes, headers=header)
    source = declare("c", server.url_for("/c.ics"))
    assert [run(source).reports["c"].outcome for _ in range(2)] == ["read", "read"]
    assert list(settings.cache_dir.iterdir()) == []


def test_an_address_with_the_day_in_it_is_asked_about_on_that_day_and_soon_forgotten(
    server, run, declare, settings, calendar_bytes
):
    def answer(request: Request) -> Response:
        known = "If-None-Match" in request.headers
        return Response(status=304) if known else Response(calendar_bytes, headers={"ETag": '"1"'})

    server.expect_request("/c.ics").respond_with_handler(answer)
    dated = declare("dated", server.url_for("/c.ics") + "?from={today}")
    lasting = declare("lasting", server.url_for("/c.ics"))
    run(dated, lasting)
    assert {report.outcome for report in run(dated, lasting).reports.values()} == {"not_modified"}
    long_ago = time.time() - 4 * 24 * 3600
    for path in settings.cache_dir.iterdir():
        os.utime(path, (long_ago, long_ago))
    crawl = run(dated, lasting)
    assert [crawl.reports[name].outcome for name in ("dated", "lasting")] == ["read", "not_modified"]


def test_a_broken_file_of_the_cache_only_means_to_fetch_again(server, run, declare, settings, calendar_bytes):
    server.expect_request("/c.ics").respond_with_data(calendar_bytes, headers={"ETag": '"1"'})
    source = declare("c", server.url_for("/c.ics"))
    run(source)
    for path in settings.cache_dir.iterdir():
        path.write_bytes(path.read_bytes()[:-20])
    assert run(source).reports["c"].outcome == "read"
    assert all("If-None-Match" not in request.headers for request, _ in server.log)
