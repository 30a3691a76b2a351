import csv
import io
import json
import re

import icalendar
import pytest
import time_machine


@pytest.fixture
def search(run, crawled_once, examples):
    return lambda *arguments: run("search", *arguments, data=crawled_once, config=examples / "hobnob.toml")


def test_by_industry_and_place(search, examples) -> None:
    """The confs.tech files say which conferences are in Berlin."""
    listed = [
        entry
        for path in (examples / "confs-tech").rglob("*.json")
        for entry in json.loads(path.read_text(encoding="utf-8"))
        if entry.get("city") == "Berlin" and (entry.get("endDate") or entry["startDate"]) >= "2026-11-23"
    ]
    assert listed
    found = search("-i", "technology", "-n", "Berlin", "-w", "100km", "-f", "json", "-l", "1000")
    assert {hit["name"] for hit in json.loads(found.out)} >= {entry["name"].strip() for entry in listed}
    assert all(hit["distance_km"] <= 100 for hit in json.loads(found.out))


def test_pages_say_where_they_are_and_what_comes_next(search) -> None:
    first = search("-l", "5")
    total = int(re.search(r"^1–5 of (\d+), next: --page 2$", first.out, re.MULTILINE)[1])
    last = -(-total // 5)
    end = search("-l", "5", "--page", last)
    assert re.search(rf"^{5 * last - 4}–{total} of {total}$", end.out, re.MULTILINE)
    beyond = search("-l", "5", "--page", last + 1)
    assert beyond.code == 0
    assert beyond.out == f"There is no page {last + 1}: {total} events are on {last} pages.\n"


def test_nothing_found_says_what_would_find_something(search) -> None:
    nothing = search("xyzzy", "-n", "Berlin")
    assert (nothing.code, nothing.out) == (0, "Nothing found.\n")
    in_berlin = len(json.loads(search("-n", "Berlin", "-l", "1000", "-f", "json").out))
    assert f"Without TEXT: {in_berlin}" in nothing.err
    assert "Try fewer filters" in search("xyzzy", "-n", "Berlin", "--not", "a", "-i", "agriculture").err


def test_an_empty_index_says_what_fills_it(run) -> None:
    nothing = run("search")
    assert (nothing.code, nothing.out) == (1, "")
    assert "hobnob crawl" in nothing.err


def test_formats_for_programs_hold_the_same_events(search) -> None:
    whole = json.loads(search("-n", "Berlin", "-f", "json").out)
    lines = [json.loads(text) for text in search("-n", "Berlin", "-f", "jsonl").out.splitlines()]
    rows = list(csv.DictReader(io.StringIO(search("-n", "Berlin", "-f", "csv").out)))
    calendar = icalendar.Calendar.from_ical(search("-n", "Berlin", "-f", "ics").out)
    assert whole
    assert lines == whole
    assert [row["id"] for row in rows] == [hit["id"] for hit in whole]
    assert {str(event["SUMMARY"]) for event in calendar.events} == {hit["name"] for hit in whole}


def test_a_limit_holds_for_a_calendar_too(search) -> None:
    assert len(icalendar.Calendar.from_ical(search("-l", "3", "-f", "ics").out).events) == 3


@pytest.mark.parametrize("columns", [80, 120])
def test_a_table_fits_the_terminal(search, monkeypatch, columns) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    found = search("-n", "Portland, OR", "-w", "3000mi", "--from", "2026-11-01", "-l", "100")
    assert len(found.out.splitlines()) > 20
    assert max(map(len, found.out.splitlines())) <= columns
    assert " mi" in found.out


def test_what_is_past_is_found_with_from(search) -> None:
    found = search("--from", "2008-02-01", "--to", "2008-02-28", "dorkbot")
    assert "Mon 4 Feb 2008 19:00 PST" in found.out


def test_a_weekly_meetup_is_still_there_after_a_year_without_a_crawl(run, crawled, examples) -> None:
    with time_machine.travel("2028-02-01T12:00:00Z"):
        found = run("search", "-n", "Edinburgh", "-f", "json", data=crawled, config=examples / "hobnob.toml")
    (hit,) = [hit for hit in json.loads(found.out) if hit["recurring"]]
    assert "2028-02-01" <= hit["start_date"]["date"] <= "2028-02-08"


def test_show_tells_all_of_an_event(run, search, crawled_once, examples) -> None:
    (hit,) = json.loads(search("dorkbot", "-f", "json", "-l", "1").out)
    shown = run("show", hit["id"], data=crawled_once, config=examples / "hobnob.toml")
    assert shown.code == 0
    lines = shown.out.splitlines()
    assert lines[0] == "Dorkbot PDX"
    assert any(text.startswith("Next ") and "19:00" in text and "(America/Los_Angeles)" in text for text in lines)
    assert any("because: " in text for text in lines)
    assert any(text.startswith("Sources ") and "example-portland-tech" in text for text in lines)
    whole = json.loads(run("show", hit["id"], "-f", "json", data=crawled_once, config=examples / "hobnob.toml").out)
    assert (whole["id"], whole["name"]) == (hit["id"], "Dorkbot PDX")
    assert len(whole["next_occurrences"]) == 5


def test_facets_count_what_a_search_finds(run, search, crawled_once, examples) -> None:
    found = run("facets", "-n", "Berlin", "-f", "json", data=crawled_once, config=examples / "hobnob.toml")
    counted = json.loads(found.out)
    hits = json.loads(search("-n", "Berlin", "-l", "1000", "-f", "json").out)
    kinds = [hit["kind"] for hit in hits]
    assert {count["value"]: count["count"] for count in counted["kind"]} == {
        kind: kinds.count(kind) for kind in set(kinds)
    }
    shown = run("facets", "--by", "industry", data=crawled_once, config=examples / "hobnob.toml")
    assert re.search(r"^  technology +\d+  █+$", shown.out, re.MULTILINE)
    assert "Kind" not in shown.out
