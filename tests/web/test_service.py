import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import icalendar
import pytest

from hobnob.settings import Settings
from indexer.search import Filters, saved
from tests.web.conftest import Answer, Service, load, meetup

IN_ZURICH = Filters(near="Zürich", start="today", end="+90d")


def names(answer: Answer) -> list[str]:
    assert answer.status == 200, answer.text
    return sorted(str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(answer.body).walk("VEVENT"))


def test_a_saved_feed(service: Service) -> None:
    saved.add(service.settings.feeds_file, "zurich", IN_ZURICH)
    answer = service.get("/feeds/zurich.ics")
    assert names(answer) == ["Python Meetup", "Zürich Rust Meetup"]
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'inline; filename="zurich.ics"'
    assert answer.headers["cache-control"] == "public, max-age=600"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert b"\r\nNAME:zurich\r\n" in answer.body


def test_any_search(service: Service) -> None:
    assert names(service.get(f"/search.ics?text=python&near={quote('Zürich')}&within=30%20mi")) == ["Python Meetup"]
    assert names(service.get("/search.ics?text=python&not=lisbon")) == ["Python Meetup"]
    assert names(service.get("/search.ics?near=Portugal&from=today&to=%2B90d")) == ["Lisbon Python Day"]
    assert names(service.get("/search.ics?online=1")) == []


def test_what_has_not_changed_is_not_sent_again(service: Service) -> None:
    saved.add(service.settings.feeds_file, "zurich", IN_ZURICH)
    first = service.get("/feeds/zurich.ics")
    etag, modified = first.headers["etag"], first.headers["last-modified"]
    assert etag.startswith('"')
    for headers in (
        {"If_None_Match": etag},
        {"If_None_Match": f'"other", W/{etag}'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": modified},
        {"If_None_Match": etag, "If_Modified_Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
    ):
        again = service.get("/feeds/zurich.ics", **headers)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == etag
    for headers in (
        {"If_None_Match": '"other"', "If_Modified_Since": modified},
        {"If_Modified_Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
        {"If_Modified_Since": "yesterday"},
    ):
        assert service.get("/feeds/zurich.ics", **headers).body == first.body


def test_head(service: Service) -> None:
    got, head = service.get("/search.ics?text=python"), service.get("/search.ics?text=python", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(got.body))
    assert head.headers["etag"] == got.headers["etag"]
    assert service.get("/search.ics?near=Nowhereville", method="HEAD").status == 400


def test_a_change_by_another_process_is_seen_at_once(service: Service) -> None:
    first = service.get("/search.ics?text=python")
    assert len(names(first)) == 2
    load(service.settings, meetup("d", "Python for Florists"))
    second = service.get("/search.ics?text=python", If_None_Match=first.headers["etag"])
    assert len(names(second)) == 3
    time.sleep(1)
    load(service.settings, meetup("e", "Python for Bakers"), anew=True)
    third = service.get("/search.ics?text=python", If_Modified_Since=second.headers["last-modified"])
    assert len(names(third)) == 4


def test_unknown_feeds_and_pages(service: Service) -> None:
    saved.add(service.settings.feeds_file, "zurich", IN_ZURICH)
    unknown = service.get("/feeds/zurick.ics")
    assert (unknown.status, unknown.text) == (404, "unknown feed 'zurick'; did you mean zurich?\n")
    assert unknown.headers["content-type"] == "text/plain; charset=utf-8"
    assert unknown.headers["cache-control"] == "no-store"
    hostile = service.get("/feeds/%0d%0aX:1%1b%5B31m%3Cb%3E.ics")
    assert hostile.status == 404
    assert hostile.text.count("\n") == 1
    assert "\x1b" not in hostile.text
    for path in ("/feeds/", "/feeds/..%2f..%2fetc%2fpasswd", "/feeds/../feeds.toml", "/else"):
        answer = service.get(path)
        assert (answer.status, answer.text) == (404, "Not Found\n")
    assert service.get("/feeds/zurich.ics", method="POST").status == 405


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("near=Belrin", "unknown place 'Belrin'; did you mean Berlin"),
        ("industry=tecnology", "unknown industry 'tecnology'; did you mean technology"),
        ("from=soon", "'soon' is not a date; dates look like"),
        ("near=Bern&within=3+furlongs", "'3 furlongs' is not a distance"),
        ("colour=red", "unknown parameter 'colour'; known are text, not"),
        ("limit=9", "unknown parameter 'limit'"),
        ("online=maybe", "'maybe' is not a switch for 'online'; yes or no"),
        ("near=Bern&near=Basel", "is not a single value of 'near'"),
        ("near=me", "'me' stands for no place yet"),
        ("from=%1b%5B2J%0a%E2%80%AE", "is not a date"),
    ],
)
def test_a_search_that_cannot_be_understood(service: Service, query: str, said: str) -> None:
    answer = service.get(f"/search.ics?{query}")
    assert answer.status == 400
    assert said in answer.text
    assert answer.text.count("\n") == 1
    assert answer.text.rstrip("\n").isprintable()


def test_what_is_too_long_is_refused_and_what_is_said_of_it_is_short(service: Service) -> None:
    assert service.get(f"/search.ics?text={'a' * 3000}").status == 414
    answer = service.get(f"/search.ics?from={'a' * 1500}")
    assert answer.status == 400
    assert len(answer.text) < 310


def test_before_the_first_crawl_and_after_it(empty: Settings, serve: Callable[[], Service]) -> None:
    service = serve()
    saved.add(empty.feeds_file, "all", Filters())
    for path in ("/feeds/all.ics", "/search.ics"):
        answer = service.get(path)
        assert (answer.status, answer.text) == (503, "the service cannot answer at the moment\n")
        assert answer.headers["retry-after"] == "60"
    load(empty, meetup("a", "Rust"))
    assert names(service.get("/feeds/all.ics")) == ["Rust"]


def test_what_is_wrong_here_is_not_told(service: Service) -> None:
    service.settings.feeds_file.parent.mkdir(exist_ok=True)
    service.settings.feeds_file.write_text("[broken\n")
    for path in ("/", "/feeds/broken.ics"):
        answer = service.get(path)
        assert (answer.status, answer.text) == (503, "the service cannot answer at the moment\n")


def test_a_feed_whose_time_is_over_is_an_empty_calendar(service: Service) -> None:
    saved.add(service.settings.feeds_file, "past", Filters(start="today", end="2020-01-01"))
    assert names(service.get("/feeds/past.ics")) == []


def test_the_first_page_lists_the_feeds(service: Service) -> None:
    assert "No feeds yet" in service.get("/").text
    saved.add(service.settings.feeds_file, "zurich", IN_ZURICH)
    answer = service.get("/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert '<a href="/feeds/zurich.ics">zurich</a>' in answer.text


def test_health(service: Service) -> None:
    answer = service.get("/healthz")
    assert (answer.status, answer.text) == (200, "ok\n")


def test_many_at_once(service: Service) -> None:
    with ThreadPoolExecutor(16) as pool:
        paths = [f"/search.ics?text=python&to=%2B{days}d" for days in range(25, 65)]
        answers = list(pool.map(service.get, paths))
    assert {answer.status for answer in answers} == {200}
    assert [len(names(answer)) for answer in answers] == [1 if days < 30 else 2 for days in range(25, 65)]
