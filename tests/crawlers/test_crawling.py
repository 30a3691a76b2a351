"""Whole crawls over file: and http: sources: what is delivered, followed, asked again, and reported."""

import datetime as dt
import json
import re
from dataclasses import replace

import pytest
from werkzeug import Request, Response

from crawlers import readers
from crawlers.run import Progress, crawl
from hobnob.observations import FetchReport, Observation, Unchanged
from hobnob.sources import Pick

EVENT = """<html><body><script type="application/ld+json">{"@context": "https://schema.org", "@type": "Event",
"name": "%s", "startDate": "2026-12-01T19:00"}</script>%s</body></html>"""


def serve(server, path: str, body: str | bytes, kind: str = "text/html") -> str:
    server.expect_request(path).respond_with_data(body, content_type=kind)
    return server.url_for(path)


def fetched(server) -> list[str]:
    return [request.path for request, _ in server.log if request.path != "/robots.txt"]


def test_files_and_addresses_in_one_crawl(tmp_path, server, run, declare, calendar_bytes):
    path = tmp_path / "a calendar.ics"
    path.write_bytes(calendar_bytes)
    crawl = run(declare("disk", path.as_uri()), declare("web", serve(server, "/c.ics", calendar_bytes)))
    for name in ("disk", "web"):
        assert crawl.names(name) == ["Winter meetup", "BarCamp"]
        report = crawl.reports[name]
        assert (report.outcome, report.complete, report.fetched, report.read) == ("read", True, 1, 2)
        assert report.bytes == len(calendar_bytes)
        assert (report.window_start, report.window_end) == (dt.date(2026, 12, 1), dt.date(2026, 12, 5))


def test_a_report_follows_the_records_of_its_source(tmp_path, run, declare, calendar_bytes):
    for number in range(5):
        (tmp_path / f"{number}.ics").write_bytes(calendar_bytes)
    outcome = run(*(declare(f"c{number}", (tmp_path / f"{number}.ics").as_uri()) for number in range(5)))
    for number in range(5):
        own = [type(record) for record in outcome.records if record.source == f"c{number}"]
        assert own == [Observation, Observation, FetchReport]


def test_a_second_crawl_asks_whether_anything_has_changed(server, run, declare, calendar_bytes):
    asked: list[str | None] = []

    def answer(request: Request) -> Response:
        asked.append(request.headers.get("If-None-Match"))
        if request.headers.get("If-None-Match") == '"v1"':
            return Response(status=304)
        return Response(calendar_bytes, headers={"ETag": '"v1"', "Cache-Control": "max-age=86400"})

    server.expect_request("/c.ics").respond_with_handler(answer)
    source = declare("web", server.url_for("/c.ics"))
    first, second, forced = run(source), run(source), run(source, force=True)
    assert asked == [None, '"v1"', None]
    assert [crawl.reports["web"].outcome for crawl in (first, second, forced)] == ["read", "not_modified", "read"]
    assert first.reports["web"].etag == second.reports["web"].etag == '"v1"'
    assert first.names("web") == second.names("web") == forced.names("web")


def test_components_that_are_known_are_not_read_again(tmp_path, run, declare, calendar_bytes):
    path = tmp_path / "calendar.ics"
    path.write_bytes(calendar_bytes)
    source = declare("disk", path.as_uri())
    keys = [one.component for one in run(source).records if isinstance(one, Observation)]
    assert len(set(keys)) == 2
    path.write_bytes(calendar_bytes.replace(b"Winter meetup", b"Spring meetup").replace(b"20260101T", b"20261101T"))
    asked = []

    def known(name: str) -> set[str]:
        asked.append(name)
        return set(keys)

    again = run(source, known=known)
    assert asked == ["disk"]
    assert again.names("disk") == ["Spring meetup"]
    assert [one.key for one in again.records if isinstance(one, Unchanged)] == [keys[1]]
    report = again.reports["disk"]
    assert (report.read, report.complete, report.window_start) == (2, True, None)


def test_what_ended_long_ago_is_not_read_unless_its_source_was_named_by_hand(tmp_path, run, declare, calendar_bytes):
    path = tmp_path / "calendar.ics"
    path.write_bytes(calendar_bytes)
    declared = declare("disk", path.as_uri(), declared_in="mine.toml")
    crawl = run(declared, since=dt.date(2026, 12, 4))
    assert crawl.names("disk") == ["BarCamp"]
    assert (crawl.reports["disk"].over, crawl.reports["disk"].complete) == (1, True)
    assert run(replace(declared, declared_in=None), since=dt.date(2026, 12, 4)).names("disk") == [
        "Winter meetup",
        "BarCamp",
    ]


def test_a_failing_server_is_not_hidden_by_the_cache(server, run, declare, calendar_bytes):
    answers = iter([Response(calendar_bytes, headers={"ETag": '"v1"'})])
    server.expect_request("/c.ics").respond_with_handler(lambda _: next(answers, Response(status=500)))
    source = declare("web", server.url_for("/c.ics"))
    assert run(source).reports["web"].outcome == "read"
    report = run(source).reports["web"]
    assert report.outcome == "failed"
    assert report.errors == (f"500 Internal Server Error from {source.url}",)


def test_pages_are_followed_within_the_site_to_the_declared_depth(server, run, declare):
    listing = serve(
        server,
        "/events/",
        """<html><body><a href="one">1</a><a href="/about">2</a><a href="http://127.0.0.2/events/x">3</a>
        <a href="file:///etc/passwd">4</a><a href="/events/#top">5</a></body></html>""",
    )
    serve(server, "/events/one", EVENT % ("First", '<a href="/events/two">deeper</a>'))
    serve(server, "/events/two", EVENT % ("Second", ""))
    shallow = run(declare("site", listing, "html", follow_depth=1))
    assert shallow.names("site") == ["First"]
    assert fetched(server) == ["/events/", "/events/one"]
    deep = run(declare("site", listing, "html", follow_depth=2))
    assert deep.names("site") == ["First", "Second"]
    assert deep.reports["site"].outcome == "read"


def test_only_links_that_match_are_followed(server, run, declare):
    listing = serve(server, "/list", '<html><body><a href="/e/1">1</a><a href="/blog/1">2</a></body></html>')
    serve(server, "/e/1", EVENT % ("First", ""))
    serve(server, "/blog/1", EVENT % ("Not this one", ""))
    assert run(declare("site", listing, "html", follow_depth=1, follow=r"/e/\d+$")).names("site") == ["First"]


def test_a_list_goes_on_from_page_to_page(server, run, declare):
    first = serve(server, "/events/", EVENT % ("First", '<a rel="next" href="/events/page/2">next</a>'))
    serve(server, "/events/page/2", EVENT % ("Second", '<a rel="next" href="/events/">first</a>'))
    assert run(declare("site", first, "html", follow_depth=1)).names("site") == ["First", "Second"]
    assert run(declare("site", first, "html")).names("site") == ["First"]


def test_a_site_without_end_is_left_after_a_number_of_addresses(server, run, declare, monkeypatch):
    def endless(request: Request) -> Response:
        number = int(request.path.rpartition("/")[2])
        return Response(EVENT % (number, f'<a rel="next" href="{number + 1}">next</a>'), content_type="text/html")

    monkeypatch.setattr("crawlers.spiders.declared.MAX_REQUESTS", 5)
    server.expect_request(re.compile("/events/")).respond_with_handler(endless)
    report = run(declare("site", server.url_for("/events/0"), "html", follow_depth=1)).reports["site"]
    assert (report.fetched, report.complete) == (5, False)
    assert report.errors == ("stopped after 5 addresses",)


def test_where_links_are_not_followed_entries_without_a_date_are_counted(server, run, declare):
    feed = """<rss version="2.0"><channel><title>The news</title><ttl>90</ttl><item><title>First</title>
    <link>/one</link></item><item><title>Second</title><link>/two</link></item></channel></rss>"""
    crawl = run(declare("feed", serve(server, "/feed/", feed, "application/rss+xml"), "feed"))
    assert fetched(server) == ["/feed/"]
    assert crawl.reports["feed"].skipped == 2
    assert {one.reason for one in crawl.skipped()} == {
        "states no date of an event, and its link is too deep (follow_depth is 0)"
    }


def test_the_entries_of_a_feed_lead_to_their_pages(server, run, declare):
    feed = """<rss version="2.0"><channel><title>t</title><item><title>First</title>
    <link>/2026/first</link></item></channel></rss>"""
    url = serve(server, "/feed/", feed, "application/rss+xml")
    serve(server, "/2026/first", EVENT % ("First", ""))
    crawl = run(declare("feed", url, "feed", follow_depth=1))
    assert crawl.names("feed") == ["First"]
    assert not crawl.reports["feed"].complete


def test_an_entry_whose_page_holds_no_event_is_skipped_and_counted(server, run, declare):
    feed = """<rss version="2.0"><channel><title>t</title><item><title>First</title><link>/first</link></item>
    <item><title>News</title><link>/news</link></item></channel></rss>"""
    url = serve(server, "/feed/", feed, "application/rss+xml")
    serve(server, "/first", EVENT % ("First", ""))
    news = serve(server, "/news", "<!doctype html><title>News</title><p>We met on 3 March 2026.</p>")
    crawl = run(declare("feed", url, "feed", follow_depth=1))
    assert crawl.names("feed") == ["First"]
    assert (crawl.reports["feed"].skipped, crawl.reports["feed"].errors) == (1, ())
    assert [(one.reason, one.source_url) for one in crawl.skipped()] == [
        ("no event data: looked for JSON-LD, microdata, RDFa, microformats", news)
    ]


def test_yearly_files_of_which_not_all_exist(tmp_path, run, declare):
    this_year = dt.datetime.now(dt.timezone.utc).year
    folder = tmp_path / str(this_year)
    folder.mkdir()
    conference = {"name": "Conf", "startDate": f"{this_year}-12-01", "endDate": f"{this_year}-12-02", "city": "Bonn"}
    (folder / "general.json").write_text(json.dumps([conference]))
    url = f"{tmp_path.as_uri()}/{{year}}/general.json"
    crawl = run(declare("list", url, "confs-tech"))
    assert crawl.names("list") == ["Conf"]
    assert crawl.reports["list"].complete
    assert crawl.reports["list"].errors == ()
    none = run(declare("none", url.replace("general", "absent"), "confs-tech")).reports["none"]
    assert none.outcome == "failed"
    assert sorted(year for year in (this_year, this_year + 1) for error in none.errors if str(year) in error) == [
        this_year,
        this_year + 1,
    ]


def test_progress_ends_where_the_reports_do(tmp_path, run, declare, calendar_bytes):
    (tmp_path / "c.ics").write_bytes(calendar_bytes)
    seen: list[Progress] = []
    run(declare("good", (tmp_path / "c.ics").as_uri()), declare("bad", "file:///none.ics"), progress=seen.append)
    assert seen[-1] == Progress(total=2, done=2, read=2, errors=1)


def test_what_deliver_raises_ends_the_crawl(tmp_path, settings, declare, calendar_bytes):
    (tmp_path / "c.ics").write_bytes(calendar_bytes)
    delivered = []

    def deliver(record):
        delivered.append(record)
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        crawl([declare("c", (tmp_path / "c.ics").as_uri())], settings=settings, deliver=deliver)
    assert len(delivered) == 1


def test_a_reader_that_breaks_costs_only_its_own_source(tmp_path, run, declare, calendar_bytes, monkeypatch):
    (tmp_path / "c.ics").write_bytes(calendar_bytes)
    (tmp_path / "p.html").write_text("<html></html>")
    real = readers.reader

    def breaking(name: str):
        def read(data, context):
            raise KeyError("surprise")
            yield

        return read if name == "html" else real(name)

    monkeypatch.setattr("crawlers.spiders.declared.reader", breaking)
    good, bad = declare("good", (tmp_path / "c.ics").as_uri()), declare("bad", (tmp_path / "p.html").as_uri(), "html")
    crawl = run(bad, good)
    assert crawl.reports["good"].read == 2
    assert crawl.reports["bad"].outcome == "failed"
    assert crawl.reports["bad"].errors == (f"reader 'html' broke on {bad.url}: KeyError: 'surprise'",)


def test_no_sources_is_no_work(run):
    assert run().reports == {}


def test_a_source_given_twice_is_crawled_once(tmp_path, run, declare, calendar_bytes):
    (tmp_path / "c.ics").write_bytes(calendar_bytes)
    source = declare("c", (tmp_path / "c.ics").as_uri())
    assert len(run(source, replace(source)).names("c")) == 2


MEETING = '<html><body><h1>%s</h1><p class="when">%s</p><p class="town">Riverton</p></body></html>'
MEETING_FIELDS = {"name": Pick(at="h1"), "dates": Pick(at=".when"), "city": Pick(at=".town")}


def test_meetings_of_one_name_on_pages_of_their_own_are_as_many_events(server, run, declare):
    days = ["12 January 2027, 19:00", "9 February 2027, 19:00", "9 March 2027, 19:00"]
    links = "".join(f'<a href="/board/{number}">{day}</a>' for number, day in enumerate(days))
    listing = serve(server, "/board/", f"<html><body>{MEETING % ('Board', days[0])}{links}</body></html>")
    for number, day in enumerate(days):
        serve(server, f"/board/{number}", MEETING % ("Board", day))
    source = replace(declare("board", listing, "html", follow_depth=1), fields=MEETING_FIELDS)

    found = {(str(one.start_date), one.uid) for one in run(source).records if isinstance(one, Observation)}
    assert [start for start, _ in sorted(found)] == [
        "2027-01-12T19:00:00",
        "2027-02-09T19:00:00",
        "2027-03-09T19:00:00",
    ]
    assert len({uid for _, uid in found}) == len(days)


def test_an_event_on_the_only_page_of_its_source_is_the_same_when_it_moves(server, run, declare):
    uids = []
    for day in ("12 January 2027, 19:00", "13 January 2027, 19:00"):
        source = replace(
            declare("board", serve(server, "/board", MEETING % ("Board", day)), "html"), fields=MEETING_FIELDS
        )
        uids += [one.uid for one in run(source).records if isinstance(one, Observation)]
    assert len(uids) == 2
    assert len(set(uids)) == 1
