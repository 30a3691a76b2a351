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
    added = run("sources", "add", calendar, "--name", "baking", *options)
    assert added.code == 0
    assert "Added baking (ics, 1 events)" in added.out
    checked = run("sources", "check", "baking")
    assert checked.out.splitlines() == [
        "baking: read, 1 events, 0 skipped",
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


def test_adding_finds_the_reader_that_reads_events(run, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/agenda").respond_with_data(CALENDAR, content_type="text/calendar")
    added = run("sources", "add", httpserver.url_for("/agenda"))
    assert added.code == 0
    (source,) = json.loads(run("sources", "list", "-f", "json").out)
    assert (source["reader"], source["private"]) == ("ics", True)
    assert run("crawl").code == 0


def test_what_cannot_be_read_is_added_only_with_force(run, tmp_path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body>Nothing here</body></html>", encoding="utf-8")
    refused = run("sources", "add", page)
    assert refused.code == 1
    assert "no events could be read" in refused.err
    assert run("sources", "list", "-f", "json").out == "[]\n"
    assert run("sources", "add", page, "--force").code == 0


def test_two_sources_cannot_have_one_name(run, calendar) -> None:
    assert run("sources", "add", calendar).code == 0
    again = run("sources", "add", calendar)
    assert again.code == 1
    assert "--name" in again.err


def test_a_field_that_does_not_fit_is_refused(run, calendar) -> None:
    wrong = run("sources", "add", calendar, "--time-zone", "Europe/Lisbonne")
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
    assert "0 events" in checked.out
    assert run("sources", "check", f"file:{tmp_path / 'none.ics'}").code == 1
