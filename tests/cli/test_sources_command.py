import json
import re

import pytest
from pytest_httpserver import HTTPServer

CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//example//EN
BEGIN:VEVENT
UID:one@example.org
DTSTART:20261201T180000Z
SUMMARY:Baking night
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def calendar(tmp_path):
    path = tmp_path / "baking.ics"
    path.write_text(CALENDAR, encoding="utf-8")
    return path


def test_a_source_is_added_checked_crawled_and_removed(run, config, calendar) -> None:
    options = ["-i", "Food", "--place", "Lisbon", "--time-zone", "Europe/Lisbon", "--every", "12h"]
    added = run("sources", "add", calendar, "--yes", "--name", "baking", *options)
    assert added.code == 0
    assert "Added baking to " in added.out
    checked = run("sources", "check", "baking")
    assert checked.out.splitlines() == [
        "baking: as before, 1 events, 1 upcoming",
        "  Tue 1 Dec 18:00 UTC  Baking night",
    ]
    assert run("search", "baking").code == 1
    assert run("crawl").code == 0
    assert "Baking night" in run("search", "-n", "Lisbon").out
    shown = run("sources", "show", "baking").out
    assert re.search(r"^place +Lisbon$", shown, re.MULTILINE)
    assert re.search(r"^entries +1 read, 0 skipped; 1 in the catalogue$", shown, re.MULTILINE)
    assert json.loads(run("sources", "show", "baking", "-f", "json").out)["state"]["outcome"] in (
        "read",
        "not_modified",
    )
    assert run("sources", "remove", "baking").code == 1
    removed = run("sources", "remove", "baking", "--yes")
    assert removed.out == "Removed baking; 1 events were withdrawn.\n"
    assert run("sources", "list", "-f", "json").out == "[]\n"
    assert run("search", "baking").out == "Nothing found.\n"


@pytest.fixture
def site(httpserver: HTTPServer) -> HTTPServer:
    """A site whose home page leads to its events, and these to a calendar."""
    httpserver.no_handler_status_code = 404
    pages = {
        "/": '<html lang="en"><title>Bakers of Lisbon</title><a href="/events">What is on</a></html>',
        "/events": '<title>Events</title><a href="/agenda">Subscribe by iCal</a>',
        "/blog": "<title>Blog</title><p>Nothing here",
    }
    for path, page in pages.items():
        httpserver.expect_request(path).respond_with_data(page, content_type="text/html")
    httpserver.expect_request("/agenda").respond_with_data(CALENDAR, content_type="text/calendar")
    return httpserver


def test_from_a_home_page_to_the_calendar_behind_it(run, site) -> None:
    added = run("sources", "add", site.url_for("/"), "--yes")
    assert added.code == 0
    assert "3 addresses tried, 1 way to read events found" in added.out
    assert "Baking night" in added.out
    (source,) = json.loads(run("sources", "list", "-f", "json").out)
    assert source["url"] == site.url_for("/agenda")
    assert (source["name"], source["title"], source["reader"]) == ("bakers-of-lisbon", "Bakers of Lisbon", "ics")
    assert (source["private"], source["homepage"]) == (True, site.url_for("/"))
    assert run("crawl").code == 0
    assert "Baking night" in run("search", "baking").out


def test_what_was_tried_is_shown_and_told_to_programs(run, site) -> None:
    shown = run("sources", "add", site.url_for("/"), "--yes", "--verbose").out
    assert "a page that states no events for programs" in shown
    assert "the site's page of events" in shown


def test_json_tells_candidates_attempts_and_the_source(run, site) -> None:
    told = json.loads(run("sources", "add", site.url_for("/"), "--yes", "-f", "json").out)
    assert told["added"]["url"] == site.url_for("/agenda")
    assert [one["source"]["url"] for one in told["candidates"]] == [site.url_for("/agenda")]
    assert [one["name"] for one in told["candidates"][0]["first_events"]] == ["Baking night"]
    assert len(told["tried"]) == 3


def test_without_a_terminal_and_a_yes_nothing_is_added(run, site) -> None:
    ran = run("sources", "add", site.url_for("/"))
    assert ran.code == 2
    assert "Baking night" in ran.out
    assert "nothing was added" in ran.err
    assert "--yes" in ran.err
    assert run("sources", "list", "-f", "json").out == "[]\n"


def test_on_a_terminal_the_way_is_asked_for(run, site, monkeypatch) -> None:
    answers = iter(("what?", "7", "no"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(answers))
    refused = run("sources", "add", site.url_for("/"))
    assert (refused.code, refused.err.strip().splitlines()[-1]) == (1, "Nothing was added.")
    assert run("sources", "list", "-f", "json").out == "[]\n"
    answers = iter(("1", "yes"))
    assert run("sources", "add", site.url_for("/")).code == 0
    (source,) = json.loads(run("sources", "list", "-f", "json").out)
    assert source["url"] == site.url_for("/agenda")


def test_no_address_twice(run, site) -> None:
    assert run("sources", "add", site.url_for("/agenda"), "--yes", "--name", "first").code == 0
    for path in ("/agenda", "/agenda/", "/", "/events"):
        again = run("sources", "add", site.url_for(path), "--yes")
        assert again.code == 1
        assert "'first' already" in again.err
    assert len(json.loads(run("sources", "list", "-f", "json").out)) == 1


def test_what_cannot_be_read_is_added_only_with_force(run, tmp_path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body>Nothing here</body></html>", encoding="utf-8")
    refused = run("sources", "add", page, "--yes")
    assert refused.code == 1
    assert "no events could be read" in refused.err
    assert run("sources", "list", "-f", "json").out == "[]\n"
    assert run("sources", "add", page, "--yes", "--force").code == 0


def test_a_site_that_sends_a_challenge_is_told_as_that(run, httpserver) -> None:
    page = "<title>Just a moment...</title><noscript>Enable JavaScript</noscript>"
    httpserver.no_handler_status_code = 404
    httpserver.expect_request("/agenda").respond_with_data(page, status=403, content_type="text/html")
    ran = run("sources", "add", httpserver.url_for("/agenda"), "--yes")
    assert ran.code == 1
    assert "403 Forbidden" in ran.err
    assert "a challenge page of Cloudflare; a challenge is a no" in " ".join(ran.err.split())


def test_two_sources_cannot_have_one_name(run, calendar, tmp_path) -> None:
    assert run("sources", "add", calendar, "--yes", "--name", "baking").code == 0
    other = tmp_path / "other.ics"
    other.write_text(CALENDAR, encoding="utf-8")
    again = run("sources", "add", other, "--yes", "--name", "baking")
    assert again.code == 1
    assert "--name" in again.err


def test_a_list_of_addresses_is_added_as_far_as_it_can_be_read(run, site, tmp_path) -> None:
    listed = tmp_path / "mine.txt"
    lines = [
        "# mine",
        site.url_for("/"),
        "",
        site.url_for("/blog"),
        f"{site.url_for('/agenda')},the same",
        "no address",
    ]
    listed.write_text("\n".join(lines), encoding="utf-8")
    ran = run("sources", "add", "--from", listed, "--yes")
    assert ran.code == 3
    assert "1 added, 1 known, 1 failed" in ran.err
    assert "a page that states no events" in ran.out
    again = json.loads(run("sources", "add", "--from", listed, "--yes", "-f", "json").out)
    assert [one["outcome"] for one in again] == ["known", "failed", "known"]


def test_subscriptions_are_added_from_opml(run, site, tmp_path) -> None:
    listed = tmp_path / "mine.opml"
    listed.write_text(
        '<opml version="2.0"><body><outline text="Food">'
        f'<outline text="Night bakers" type="rss" xmlUrl="{site.url_for("/agenda")}"/></outline></body></opml>',
        encoding="utf-8",
    )
    assert run("sources", "add", "--from", listed, "--yes").code == 0
    (source,) = json.loads(run("sources", "list", "-f", "json").out)
    assert (source["title"], source["name"]) == ("Night bakers", "night-bakers")


def test_neither_address_nor_list_or_both_is_wrong_usage(run, calendar, tmp_path) -> None:
    assert run("sources", "add").code == 2
    assert run("sources", "add", calendar, "--from", calendar).code == 2
    assert run("sources", "add", "no address").code == 2


def test_checking_says_what_has_changed_and_what_to_do(run, site, config) -> None:
    declared = config.parent / "sources" / "own.toml"
    declared.write_text(
        f'[[source]]\nname = "bakers"\ntitle = "Bakers"\nurl = "{site.url_for("/old.ics")}"\n'
        f'homepage = "{site.url_for("/")}"\nreader = "ics"\nprivate = true\n',
        encoding="utf-8",
    )
    checked = run("sources", "check", "bakers")
    assert checked.code == 1
    assert checked.out.startswith("bakers: failed\n  it cannot be read: 404 Not Found")
    assert f"'hobnob sources add {site.url_for('/agenda')}'" in " ".join(checked.out.split())
    (told,) = json.loads(run("sources", "check", "bakers", "-f", "json").out)
    assert told["better"]["source"]["url"] == site.url_for("/agenda")


def test_crawling_an_address_for_the_first_time_reads_it_as_what_it_is(run, site) -> None:
    (entry,) = json.loads(run("crawl", site.url_for("/agenda"), "-f", "json").out)
    assert (entry["outcome"] in ("read", "not_modified"), entry["read"]) == (True, 1)


def test_a_field_that_does_not_fit_is_refused(run, calendar) -> None:
    wrong = run("sources", "add", calendar, "--yes", "--time-zone", "Europe/Lisbonne")
    assert wrong.code == 1
    assert "'Europe/Lisbonne' is no IANA time zone" in wrong.err


def test_a_source_crawled_by_its_address_can_be_removed(run, calendar) -> None:
    (entry,) = json.loads(run("crawl", calendar, "-f", "json").out)
    assert run("sources", "show", entry["source"]).code == 0
    assert run("sources", "remove", entry["source"], "--yes").code == 0
    assert run("search", "baking").out == "Nothing found.\n"


def test_the_bundled_sources_are_listed_and_can_be_switched_off(run, config) -> None:
    config.write_text("", encoding="utf-8")
    every = json.loads(run("sources", "list", "-f", "json").out)
    assert len(every) > 300
    one = next(source for source in every if source["enabled"])
    assert run("sources", "disable", one["name"]).code == 0
    disabled = json.loads(run("sources", "list", "--disabled", "-f", "json").out)
    assert one["name"] in {source["name"] for source in disabled}
    assert run("sources", "enable", one["name"]).code == 0
    enabled = json.loads(run("sources", "list", "--enabled", "-f", "json").out)
    assert one["name"] in {source["name"] for source in enabled}
    assert len(enabled) + len(disabled) == len(every) + 1


def test_the_list_is_filtered_by_words_and_industry_and_fits(run, config, monkeypatch) -> None:
    config.write_text("", encoding="utf-8")
    monkeypatch.setenv("COLUMNS", "80")
    found = run("sources", "list", "toronto", "-i", "tech")
    assert "python-toronto" in found.out
    assert max(map(len, found.out.splitlines())) <= 80
    every = json.loads(run("sources", "list", "toronto", "-i", "tech", "-f", "json").out)
    assert all("technology" in source["industries"] for source in every)
    assert f"{len(every)} of " in found.err


def test_checking_says_why_a_source_fails(run, tmp_path) -> None:
    (tmp_path / "page.ics").write_text("<html></html>", encoding="utf-8")
    checked = run("sources", "check", f"file:{tmp_path / 'page.ics'}")
    assert checked.code in (0, 1)
    assert "it cannot be read: no event data" in checked.out
    assert run("sources", "check", f"file:{tmp_path / 'none.ics'}").code == 1
