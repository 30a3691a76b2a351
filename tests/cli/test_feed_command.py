import json
import os
import re

import icalendar
import pytest


@pytest.fixture
def feed(run, crawled_once):
    return lambda *arguments: run("feed", *arguments, data=crawled_once)


def test_a_feed_is_saved_shown_written_and_forgotten(feed, run, crawled_once, tmp_path) -> None:
    saved = feed("add", "berlin", "-i", "technology", "-n", "Berlin", "-w", "100km", "--not", "react")
    assert saved.code == 0
    listed = feed("list")
    assert re.search(
        r"^berlin +--not react --industry technology --near Berlin --within 100km$", listed.out, re.MULTILINE
    )
    shown = json.loads(feed("show", "berlin", "-f", "json").out)
    search = ["-i", "technology", "-n", "Berlin", "-w", "100km", "--not", "react", "-f", "json"]
    hits = json.loads(run("search", *search, data=crawled_once).out)
    assert shown["total"] == len(hits) > 0
    path = tmp_path / "berlin.ics"
    assert feed("write", "berlin", "-o", path).out == f"Wrote {len(hits)} events to {path}\n"
    events = icalendar.Calendar.from_ical(path.read_bytes()).events
    assert sorted(str(event["SUMMARY"]) for event in events) == sorted(hit["name"] for hit in hits)
    assert feed("remove", "berlin").code == 0
    assert feed("list", "-f", "json").out == "[]\n"


def test_an_unchanged_file_is_left_alone(feed, tmp_path) -> None:
    feed("add", "all")
    path = tmp_path / "all.ics"
    feed("write", "all", "-o", path)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert "is up to date" in feed("write", "all", "-o", path).out
    assert path.stat().st_mtime == 1_000_000_000
    path.write_bytes(b"something else")
    assert "Wrote " in feed("write", "all", "-o", path).out
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert list(tmp_path.glob(".all*")) == []


def test_a_feed_goes_to_stdout_or_to_a_file_of_its_name(feed, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    feed("add", "all")
    piped = feed("write", "all", "-o", "-")
    assert feed("write", "all").code == 0
    assert piped.out.encode() == (tmp_path / "all.ics").read_bytes().replace(b"\r\n", b"\r\n")


def test_a_name_that_is_taken_is_replaced_only_with_force(feed) -> None:
    feed("add", "x", "rust")
    taken = feed("add", "x", "python")
    assert taken.code == 2
    assert "--force" in taken.err
    assert feed("add", "x", "python", "--force").code == 0
    assert "python" in feed("list").out
    assert "rust" not in feed("list").out
