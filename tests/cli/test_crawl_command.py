import json
import re
import shutil
from pathlib import Path

import time_machine
from pytest_httpserver import HTTPServer

CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//example//EN
BEGIN:VEVENT
UID:one@example.org
DTSTART:20261201T180000Z
DTEND:20261201T200000Z
SUMMARY:Baking night
END:VEVENT
BEGIN:VEVENT
UID:two@example.org
SUMMARY:An entry without a date
END:VEVENT
END:VCALENDAR
"""


def declare(config: Path, text: str) -> None:
    (config.parent / "sources" / "own.toml").write_text(text, encoding="utf-8")


def calendar_and_missing(config: Path, *, also_good: bool = True) -> None:
    good = '[[source]]\nname = "good"\ntitle = "Good"\nurl = "file:good.ics"\nreader = "ics"\n'
    bad = '[[source]]\nname = "bad"\ntitle = "Bad"\nurl = "file:missing.ics"\nreader = "ics"\n'
    (config.parent / "sources" / "good.ics").write_text(CALENDAR, encoding="utf-8")
    declare(config, good + bad if also_good else bad)


def test_the_examples_are_read_whole_and_a_second_crawl_changes_nothing(run, examples, tmp_path) -> None:
    calendar = examples / "calagator" / "ical_google.ics"
    components = re.findall(rb"BEGIN:VEVENT", calendar.read_bytes())
    first = run("crawl", "-f", "json", config=examples / "hobnob.toml")
    assert first.code == 0
    entries = {entry["source"]: entry for entry in json.loads(first.out)}
    portland = entries["example-portland-tech"]
    assert (portland["outcome"], portland["read"], portland["new"]) == ("read", len(components), len(components))
    assert all(entry["errors"] == [] for entry in entries.values())
    again = run("crawl", config=examples / "hobnob.toml")
    assert again.code == 0
    total = re.search(r"^total +(\d+) +(\d+) +(\d+) +(\d+) +(\d+)", again.out, re.MULTILINE)
    _, read, new, changed, unchanged = map(int, total.groups())
    assert read == unchanged == sum(entry["read"] for entry in entries.values())
    assert new == changed == 0
    assert "0 new events, 0 changed" in again.out


def test_a_file_named_directly_is_read_by_what_is_in_it(run, tmp_path) -> None:
    (tmp_path / "no-ending").write_text(CALENDAR, encoding="utf-8")
    crawled = run("crawl", tmp_path / "no-ending")
    assert crawled.code == 0
    assert re.search(r"^no-ending-\w{4} +1 +1 +1 +0 +0 +1$", crawled.out, re.MULTILINE)
    assert re.search(r"skipped 1: .*DTSTART|skipped 1: .*date", crawled.out)
    found = run("search", "baking")
    assert "Tue 1 Dec 18:00 UTC" in found.out or "Tue 1 Dec 19:00" in found.out


def test_an_address_is_tried_with_other_readers_until_one_reads_events(run, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/agenda").respond_with_data(CALENDAR, content_type="text/calendar")
    crawled = run("crawl", httpserver.url_for("/agenda"), "-f", "json")
    assert crawled.code == 0
    (entry,) = json.loads(crawled.out)
    assert (entry["read"], entry["new"]) == (1, 1)


def test_some_failed_is_3_and_says_which_and_why(run, config) -> None:
    calendar_and_missing(config)
    crawled = run("crawl")
    assert crawled.code == 3
    assert re.search(r"^bad .* failed$", crawled.out, re.MULTILINE)
    assert re.search(r"^bad: .*missing\.ics", crawled.out, re.MULTILINE)
    assert "2 sources" in crawled.out
    assert "1 failed" in crawled.out
    assert "Baking night" in run("search").out


def test_all_failed_is_1(run, config) -> None:
    calendar_and_missing(config, also_good=False)
    assert run("crawl").code == 1


def test_due_leaves_out_what_was_read_with_success_within_its_time(run, config) -> None:
    calendar_and_missing(config)
    assert run("crawl", "good").code == 0
    assert run("crawl", "good", "--due").out == "Nothing is due.\n"
    assert run("crawl", "good", "--due", "-f", "json").out == "[]\n"
    due = json.loads(run("crawl", "--due", "-f", "json").out)
    assert [entry["source"] for entry in due] == ["bad"]
    with time_machine.travel("2026-11-24T12:00:05Z"):
        due = json.loads(run("crawl", "--due", "-f", "json").out)
    assert [entry["source"] for entry in due] == ["good", "bad"]


def test_disabled_sources_are_crawled_only_by_name(run, config) -> None:
    calendar_and_missing(config)
    assert run("sources", "disable", "good", "bad").code == 0
    nothing = run("crawl")
    assert (nothing.code, nothing.out) == (0, "There are no enabled sources.\n")
    assert run("crawl", "good").code == 0


def test_many_sources_are_summed_up_and_the_failing_ones_listed(run, config) -> None:
    calendar_and_missing(config)
    table = '[[source]]\nname = "n{0}"\ntitle = "N"\nurl = "file:good.ics"\nreader = "ics"\n'
    declared = (config.parent / "sources" / "own.toml").read_text(encoding="utf-8")
    declare(config, declared + "".join(map(table.format, range(45))))
    crawled = run("crawl")
    assert crawled.code == 3
    assert re.search(r"^bad ", crawled.out, re.MULTILINE)
    assert not re.search(r"^n7 ", crawled.out, re.MULTILINE)
    assert "46 sources that went well are not listed: see them with --all." in crawled.out
    assert re.search(r"^n7 ", run("crawl", "--all").out, re.MULTILINE)


def test_a_catalogue_that_lost_its_index_is_searched_all_the_same(run, config, crawled, examples) -> None:
    shutil.rmtree(crawled / "index")
    found = run("search", "-n", "Berlin", data=crawled, config=examples / "hobnob.toml")
    assert found.code == 0
    assert "Berlin, DE" in found.out
