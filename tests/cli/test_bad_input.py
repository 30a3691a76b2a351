import os
import sqlite3
from pathlib import Path

import pytest

from cli import program, search
from hobnob.errors import HobnobError


@pytest.mark.parametrize(
    ("arguments", "error", "hint"),
    [
        (["search", "-n", "Berlni"], "unknown place 'Berlni'", "did you mean Berlin"),
        (["search", "-i", "heatlh"], "unknown industry 'heatlh'", "did you mean health"),
        (["search", "-k", "barcmap"], "unknown kind 'barcmap'", "did you mean barcamp"),
        (["search", "--from", "31.13.2026"], "'31.13.2026' is not a date", "2026-12-01"),
        (["search", "-n", "Berlin", "-w", "50furlong"], "'50furlong' is not a distance", "50km"),
        (["search", "-w", "50km"], "a distance needs a place", "Berlin"),
        (["search", "-n", "me"], "'me' stands for no place yet", "place"),
        (["search", "-l", "none"], "'none' is not a limit", "whole number"),
        (["search", "--sort", "size"], "'size' is not a sort order", "distance"),
        (["search", "--sort", "distance"], "sorting by distance needs a place", "near"),
        (["search", "--status", "maybe"], "'maybe' is not a status", "cancelled"),
        (["search", "--online", "--in-person"], "exclude each other", "leave out both"),
        (["search", "--from", "2027-02-01", "--to", "2027-01-01"], "before the first", "earlier"),
        (["search", "--nearr", "Berlin"], "No such option '--nearr'. Did you mean '--near'?", "hobnob search --help"),
        (["search", "-f", "xml"], "'xml' is not one of", "hobnob search --help"),
        (["serch"], "unknown command 'serch'", "did you mean search"),
        (["feed", "wirte", "x"], "unknown command 'wirte'", "did you mean write"),
        (["qqqq"], "unknown command 'qqqq'", "hobnob --help"),
        (["sources", "list", "--data-dir", "x"], "No such option '--data-dir'", "--data-dir goes before the command"),
        (["sources", "list", "-i", "heatlh"], "unknown industry 'heatlh'", "did you mean health"),
        (["sources", "show", "no-such-source"], "unknown source 'no-such-source'", "hobnob sources list"),
        (["sources", "add", "example"], "'example' is not a web address", "http"),
        (["sources", "add", "https://[::1"], "'https://[::1' is not a web address", ""),
        (["crawl", "no-such-source"], "unknown source 'no-such-source'", "hobnob sources list"),
        (["crawl", "https://example.org:99999/"], "is not a web address", "ort"),
        (["show", "zzzzzzzz"], "unknown event 'zzzzzzzz'", "hobnob search"),
        (["feed", "show", "nothing"], "unknown feed 'nothing'", "none yet"),
        (["feed", "add", "Ünsafe/../name"], "is not a feed name", "lower-case"),
        (["feed", "add", "fine", "-s", "no-such-source"], "unknown source 'no-such-source'", "hobnob sources list"),
        (["feed", "add", "fine", "-n", "Berlni"], "unknown place 'Berlni'", "did you mean Berlin"),
        (["load", "missing.jsonl"], "missing.jsonl", "hobnob load --help"),
        (["--engine", "other", "search"], "unknown search engine 'other'", "embedded"),
    ],
)
def test_wrong_usage_is_one_line_a_hint_and_2(run, arguments, error, hint) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    first, *rest = ran.err.splitlines()
    assert first.startswith("Error: ")
    assert error in first
    assert len(rest) == 1
    assert rest[0].startswith("Hint: ")
    assert hint in rest[0]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["crawl", "missing.ics"], "no file '"),
        (["crawl", "."], "unknown source '.'"),
        (["crawl", "./"], "is a folder"),
        (["search"], "there is nothing to search yet"),
    ],
)
def test_what_fails_is_one_line_and_a_hint(run, arguments, error, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(*arguments)
    assert ran.code in (1, 2)
    assert error in ran.err.splitlines()[0]
    assert len(ran.err.splitlines()) == 2


@pytest.mark.parametrize("command", [["search"], ["search", "-f", "json"], ["facets"]])
def test_a_source_that_nobody_knows_is_no_search_without_finds(run, examples, crawled_once, command) -> None:
    ran = run(*command, "-s", "example-portland-tec", data=crawled_once, config=examples / "hobnob.toml")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[0] == "Error: unknown source 'example-portland-tec'"
    assert "did you mean example-portland-tech" in ran.err


def test_a_known_source_without_finds_is_no_mistake(run, examples, crawled_once) -> None:
    ran = run("search", "-s", "example-portland-tech", "zzzz", data=crawled_once, config=examples / "hobnob.toml")
    assert (ran.code, ran.out) == (0, "Nothing found.\n")


def test_a_file_that_is_no_calendar_is_refused_by_what_it_looks_like(run, tmp_path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7\n")
    ran = run("crawl", tmp_path / "paper.pdf")
    assert ran.code == 1
    assert "looks like a PDF document" in ran.err


def test_a_named_configuration_must_exist_and_be_right(run, tmp_path) -> None:
    assert run("config", config=tmp_path / "none.toml").code == 2
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("horizon = 3\n", encoding="utf-8")
    ran = run("config", config=wrong)
    assert ran.code == 2
    assert "unknown setting 'horizon'" in ran.err
    assert "horizon_days" in ran.err


def test_a_variable_that_does_not_fit_is_named(run, monkeypatch) -> None:
    monkeypatch.setenv("HOBNOB_HORIZON_DAYS", "soon")
    ran = run("config")
    assert ran.code == 2
    assert ran.err.startswith("Error: HOBNOB_HORIZON_DAYS: horizon_days = 'soon' does not fit")


def test_a_wrong_declaration_names_file_source_and_field(run, config) -> None:
    declared = config.parent / "sources" / "own.toml"
    declared.write_text('[[source]]\nname = "x"\ntitle = "X"\nurl = "gopher://x"\nreader = "ics"\n', encoding="utf-8")
    ran = run("crawl")
    assert ran.code == 1
    for part in (str(declared), "'x'", "url", "gopher"):
        assert part in ran.err


def test_a_catalogue_of_a_newer_version_is_left_alone(run, crawled) -> None:
    with sqlite3.connect(crawled / "catalogue.sqlite") as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    connection.close()
    before = (crawled / "catalogue.sqlite").read_bytes()
    ran = run("crawl", data=crawled)
    ran = run("index", "rebuild", data=crawled)
    assert ran.code == 1
    assert "format 99" in ran.err
    assert "Hint: update hobnob" in ran.err
    assert (crawled / "catalogue.sqlite").read_bytes() == before


def test_a_data_directory_that_cannot_be_written(run, tmp_path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = run("load", "/dev/null", data=tmp_path / "file" / "data")
    assert ran.code == 1
    assert str(tmp_path / "file") in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_directory_without_permission(run, tmp_path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    ran = run("index", "status", data=closed / "data")
    assert ran.code == 1
    assert str(closed) in ran.err


def test_a_feed_is_not_written_to_a_folder_that_is_not_there(run, config, tmp_path, crawled, examples) -> None:
    assert run("feed", "add", "all", data=crawled).code == 0
    ran = run("feed", "write", "all", "-o", tmp_path / "nowhere" / "all.ics", data=crawled)
    assert ran.code == 1
    assert "nowhere" in ran.err
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("debug", [False, True])
def test_an_unexpected_error_is_one_line_unless_debug(run, monkeypatch, debug) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a defect \x1b[31m")

    monkeypatch.setattr(search, "freshen", broken)
    ran = run(*["--debug"] * debug, "search")
    assert ran.code == 1
    assert "Error: unexpected ZeroDivisionError: a defect [31m" in ran.err.splitlines()
    assert "please report it" in ran.err
    assert ("Traceback" in ran.err) is debug


def test_a_full_disk_is_told_with_what_to_do() -> None:
    message, hint, code = program.explain(OSError(28, "No space left on device", "/data/catalogue.sqlite"))
    assert message == "no space left on device: /data/catalogue.sqlite"
    assert "make room" in (hint or "")
    assert code == 1


def test_every_error_of_ours_keeps_its_code_and_hint() -> None:
    kinds = [HobnobError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    assert len(kinds) > 8
    for kind in kinds:
        made = kind.__new__(kind)
        HobnobError.__init__(made, "what", hint="how")
        assert program.explain(made) == ("what", "how", kind.exit_code)


def test_nothing_is_written_where_a_search_finds_no_index(run, tmp_path) -> None:
    run("search", data=tmp_path / "untouched")
    assert not Path(tmp_path / "untouched").exists()
