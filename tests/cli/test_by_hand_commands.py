"""review, merge, split, hide, undo, rejudge and why, as a person uses them, on a few events made by us."""

import datetime as dt
import json
import re
import signal
import sqlite3
import subprocess
import sys

import pytest

from hobnob import jsonlines
from hobnob.moments import UTC, Moment
from hobnob.observations import Observation, Place
from indexer.upkeep.owners import new_owner

HALL = Place(name="Alte Münze", street_address="Molkenmarkt 2", address_locality="Berlin", address_country="DE")
FETCHED = dt.datetime(2026, 11, 22, 8, tzinfo=UTC)
SOURCE = """
[[source]]
name = "fairs"
title = "Fairs (made by us)"
homepage = "https://fairs.example"
url = "https://fairs.example/calendar.ics"
reader = "ics"
industries = ["government"]
"""


def said(source, name, day, **more):
    """What a source says of an evening in Berlin."""
    start = Moment(dt.date.fromisoformat(day), dt.time(18), "Europe/Berlin")
    usual = {"uid": f"{source}-1", "location": HALL, "fetched_at": FETCHED, "reader": "ics/1"}
    return Observation(source=source, name=name, start_date=start, **(usual | more))


@pytest.fixture
def loaded(run, tmp_path):
    """RustLab of two sources and a fair of a third; the function runs a command and gives what it printed."""
    records = [
        said(
            "list", "RustLab Berlin 2026", "2026-12-01", url="https://list.example/7", description="Two days of Rust."
        ),
        said("own", "RustLab Berlin 2026", "2026-12-01", url="https://rustlab.example/", keywords=("rust",)),
        said("fairs", "Elbe Pottery Fair", "2026-12-05", url="https://fairs.example/1"),
    ]
    path = tmp_path / "made.jsonl"
    with path.open("wb") as out:
        jsonlines.write(records, out)
    assert run("load", path).code == 0
    return run


@pytest.fixture
def ids(loaded):
    """The ids of the two events, by name."""
    found = {hit["name"]: hit["id"] for hit in searched(loaded)}
    assert set(found) == {"RustLab Berlin 2026", "Elbe Pottery Fair"}
    return found["RustLab Berlin 2026"], found["Elbe Pottery Fair"]


def searched(run, *more):
    return json.loads(run("search", *more, "-f", "json").out)


def catalogue(tmp_path):
    return sqlite3.connect(tmp_path / "data" / "catalogue.sqlite")


def test_a_dry_run_shows_a_table_and_changes_nothing(loaded, ids) -> None:
    rustlab, fair = ids
    before = searched(loaded)
    for words in (("merge", rustlab, fair), ("split", rustlab, "own"), ("split", rustlab, fair), ("hide", fair)):
        ran = loaded(*words, "--dry-run")
        assert ran.code == 0, ran.err
        assert re.match(r"ID +Event +What", ran.out)
        assert "Nothing was changed." in ran.out
    assert searched(loaded) == before
    assert loaded("review", "--decided").out == "Nothing was decided by hand.\n"


def test_merge_and_its_undoing(loaded, ids) -> None:
    rustlab, fair = ids
    merged = loaded("merge", rustlab, fair)
    assert merged.code == 0
    assert re.search(r"becomes part of +\w{8}$", merged.out, re.MULTILINE)
    assert "Decision 1: " in merged.out
    assert "'hobnob undo 1' takes it back" in merged.out
    assert len(searched(loaded)) == 1
    again = loaded("merge", rustlab, fair)
    assert (again.code, "are one event already" in again.err) == (2, True)
    told = loaded("undo")
    assert told.out.startswith("Decision 1, ")
    assert len(searched(loaded)) == 1, "without a number nothing is undone"
    undone = json.loads(loaded("undo", "1", "-f", "json").out)
    assert (undone["done"], undone["decision"]) == (True, 1)
    assert {effect["what"] for effect in undone["effects"]} >= {"split"}
    assert {hit["id"] for hit in searched(loaded)} == set(ids)
    assert "undone already" in loaded("undo", "1").err
    assert loaded("undo", "2").code == 2


def test_split_tells_which_source_goes_where(loaded, ids) -> None:
    rustlab, fair = ids
    split = json.loads(loaded("split", rustlab, "own", "-f", "json").out)
    parted = {effect["what"]: effect for effect in split["effects"]}
    assert set(parted) == {"changed", "split"}
    assert {*parted["changed"]["sources"][0]} == {"list", "own"}
    assert len(parted["changed"]["sources"][1]) == len(parted["split"]["sources"][1]) == 1
    assert len(searched(loaded)) == 3
    only = loaded("split", fair, "fairs")
    assert (only.code, "'fairs' is the only source" in only.err) == (2, True)
    wrong = loaded("split", fair, "fair")
    assert (wrong.code, "did you mean fairs?" in wrong.err) == (2, True)
    listed = loaded("review", "--decided")
    assert re.match(r"1  what own says is not RustLab Berlin 2026", listed.out)
    assert json.loads(loaded("review", "--decided", "-f", "json").out)[0]["what"] == "split"


def test_a_hidden_event_is_in_no_answer(loaded, ids, tmp_path) -> None:
    _, fair = ids
    assert loaded("feed", "add", "everything").code == 0
    assert loaded("hide", fair).code == 0
    assert [hit["name"] for hit in searched(loaded)] == ["RustLab Berlin 2026"]
    feed = tmp_path / "feed.ics"
    assert loaded("feed", "write", "everything", "-o", feed).code == 0
    assert b"RustLab" in feed.read_bytes()
    assert b"Pottery" not in feed.read_bytes()
    assert loaded("load", tmp_path / "made.jsonl").code == 0
    assert len(searched(loaded)) == 1
    assert loaded("index", "rebuild").code == 0
    assert len(searched(loaded)) == 1
    assert "hidden by hand" in loaded("show", fair).out
    assert loaded("undo", "1").code == 0
    assert len(searched(loaded)) == 2


def test_review_lists_what_is_in_doubt_until_it_is_settled(loaded, ids, tmp_path, monkeypatch) -> None:
    rustlab, fair = ids
    with catalogue(tmp_path) as connection:
        parts = dict(connection.execute("SELECT source, id FROM observations"))
        reasons = json.dumps(["the names \x1b[31mare alike"])
        connection.execute(
            "INSERT INTO doubts VALUES (?, ?, 0.5, ?)", (*sorted((parts["own"], parts["fairs"])), reasons)
        )
    found = loaded("review")
    assert found.out.count("\n50%") == 1
    assert "because: the names [31mare alike" in found.out
    assert re.search(rf"hobnob merge ({rustlab} {fair}|{fair} {rustlab})\n", found.out)
    assert "in doubt whether two are one event: 1," in loaded("doctor").out
    (pair,) = json.loads(loaded("review", "-s", "fairs", "-f", "json").out)
    assert {pair["one"]["id"], pair["other"]["id"]} == {rustlab, fair}
    assert loaded("review", "-s", "nobody").code == 2
    for width in (80, 140):
        monkeypatch.setenv("COLUMNS", str(width))
        assert max(map(len, loaded("review").out.splitlines())) <= width
    assert loaded("split", rustlab, fair).code == 0
    assert loaded("review", "--all").out == "Nothing is in doubt.\n"


def test_what_is_over_is_only_listed_when_asked_for(loaded, ids, tmp_path) -> None:
    with catalogue(tmp_path) as connection:
        one, _, other = (row[0] for row in connection.execute("SELECT id FROM observations ORDER BY id"))
        connection.execute("INSERT INTO doubts VALUES (?, ?, 0.5, '[]')", (one, other))
        connection.execute("UPDATE events SET body = replace(body, '2026-12', '2026-10')")
    assert "Nothing is in doubt; --all" in loaded("review").out
    assert len(json.loads(loaded("review", "--all", "-f", "json").out)) == 1


def test_why_tells_it_all(loaded, ids, monkeypatch) -> None:
    rustlab, fair = ids
    told = loaded("why", rustlab).out
    for text in (
        "UID own-1",
        "https://list.example/7",
        "first seen 2026-11-22 08:00, last 2026-11-22 08:00 UTC, read by ics/1",
        "list + own\n    the same (",
        "Two days of Rust. (list)",
        "centre of Berlin",
        "Judged by   rules ",
        "  added\n",
    ):
        assert text in told, text
    assert "decided by hand" not in told
    assert "all from" not in told
    alone = loaded("why", fair).out
    assert "all from fairs" in alone
    assert "Elbe Pottery Fair (fairs)" not in alone
    assert loaded("merge", fair, rustlab).code == 0
    found = json.loads(loaded("why", fair, "-f", "json").out)
    assert {one["label"] for one in found["witnesses"]} == {"list", "own", "fairs"}
    joined = [link for link in found["links"] if link["joined"]]
    assert len(joined) == 2, "three sources are brought together by two pairs"
    assert joined[0]["decision"] == 1
    (decision,) = found["decisions"]
    assert (decision["number"], decision["what"]) == (1, "merge")
    (alias,) = found["aliases"]
    assert {alias, found["event"]["id"]} == {rustlab, fair}
    assert [change["what"] for change in found["history"]].count("merged") == 1
    fields = {one["field"]: one for one in found["fields"]}
    assert set(fields) >= {"name", "start_date", "url", "description", "keywords", "place"}
    assert all(one["source"] in ("list", "own", "fairs") for one in fields.values())
    assert {value for _, value in fields["name"]["others"]} | {fields["name"]["value"]} == {
        "RustLab Berlin 2026",
        "Elbe Pottery Fair",
    }
    text = loaded("why", alias).out
    assert f"{alias} has become part of it" in text
    assert "decided by hand (decision 1)" in text
    for width in (60, 80, 140):
        monkeypatch.setenv("COLUMNS", str(width))
        assert max(map(len, loaded("why", fair).out.splitlines())) <= width
    assert loaded("why", "nothing").code == 2


def test_a_dump_takes_ids_and_decisions_along(loaded, ids, tmp_path) -> None:
    rustlab, fair = ids
    assert loaded("merge", rustlab, fair).code == 0
    path, new = tmp_path / "all.jsonl", tmp_path / "moved"
    assert loaded("dump", "-o", path).code == 0
    first = loaded("load", path, data=new)
    assert "Taken over: ids of 1 events; decisions by hand: 1." in first.out
    assert "Taken over" not in loaded("load", path, data=new).out
    kept = json.loads(loaded("show", rustlab, "-f", "json", data=new).out)
    assert kept["id"] == json.loads(loaded("show", fair, "-f", "json", data=new).out)["id"]
    assert loaded("undo", "1", data=new).code == 0
    assert {hit["id"] for hit in json.loads(loaded("search", "-f", "json", data=new).out)} == {rustlab, fair}


def test_judging_again_and_the_way_back(loaded, ids, config, tmp_path) -> None:
    _, fair = ids
    data = tmp_path / "data"
    assert loaded("rejudge", "--dry-run").out == "Nothing would change.\n"
    unchanged = loaded("rejudge")
    assert (unchanged.out, list(data.glob("*backup*"))) == ("Nothing has changed.\n", [])
    (config.parent / "sources" / "own.toml").write_text(SOURCE, encoding="utf-8")
    ran = loaded("rejudge", "--dry-run", "-f", "json")
    assert ran.code == 0, ran.err
    tried = json.loads(ran.out)
    (kind,) = tried["changes"]
    assert (tried["done"], tried["backup"], kind["what"], kind["count"]) == (False, None, "changed", 1)
    (example,) = kind["examples"]
    assert (example["id"], "government" in example["fields"]["industries"][1]) == (fair, True)
    assert sorted(path.name for path in data.iterdir()) == sorted(
        {"catalogue.sqlite", "index", "index.lock"} | {path.name for path in data.glob("catalogue.sqlite-*")}
    )
    assert searched(loaded, "-i", "government") == []
    done = loaded("rejudge", "-s", "fairs")
    assert re.search(rf"^{fair} +Elbe Pottery Fair +industries +.*government", done.out, re.MULTILINE)
    assert "1 change." in done.out
    (backup,) = data.glob("*backup*")
    assert str(backup) in done.err
    assert len(searched(loaded, "-i", "government")) == 1
    for left in data.glob("catalogue.sqlite-*"):
        left.unlink()
    backup.replace(data / "catalogue.sqlite")
    assert loaded("index", "rebuild").code == 0
    assert searched(loaded, "-i", "government") == []
    assert loaded("rejudge", "--no-backup").code == 0
    assert list(data.glob("*backup*")) == []
    assert loaded("rejudge", "-s", "nobody").code == 2


_KILLED = """
import os, signal, sys
from pathlib import Path
from indexer.upkeep.owners import new_owner
Path(sys.argv[1], "owner").write_text(new_owner())
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="who lives can be told on Linux")
def test_a_copy_that_somebody_left_who_was_killed_goes_the_next_time(loaded, tmp_path) -> None:
    data = tmp_path / "data"
    left, held, other = (data / name for name in (
        ".catalogue.sqlite.rejudge-left", ".catalogue.sqlite.rejudge-held", ".another.sqlite.rejudge-left"
    ))  # fmt: skip
    for folder in (left, held, other):
        folder.mkdir()
        (folder / "catalogue.sqlite").write_bytes(b"made")
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(left)], check=False)
    assert killed.returncode == -signal.SIGKILL
    (held / "owner").write_text(new_owner(), encoding="utf-8")
    assert loaded("rejudge", "--dry-run").code == 0
    known = {path for path in data.iterdir() if "rejudge" in path.name}
    assert known == {held, other}, "one is held by a process that lives, one is of another catalogue"


def test_what_older_rules_judged_is_told_and_judged_again(loaded, ids, tmp_path) -> None:
    assert "older rules" not in loaded("doctor").out
    with catalogue(tmp_path) as connection:
        connection.execute("UPDATE events SET rules = 0")
        connection.execute(
            "UPDATE parts SET rules = 0 WHERE id IN (SELECT id FROM observations WHERE source = 'fairs')"
        )
    assert "older rules judged 2 of the events" in loaded("doctor").out
    assert loaded("rejudge", "--outdated").code == 0
    with catalogue(tmp_path) as connection:
        assert connection.execute("SELECT count(*) FROM parts WHERE rules = 0").fetchone() == (0,)


def test_on_a_server_a_dry_run_is_taken_back_and_backups_are_the_servers(
    run, config, tmp_path, monkeypatch, postgresql
) -> None:
    monkeypatch.setenv("HOBNOB_CATALOGUE", postgresql.database())
    path = tmp_path / "made.jsonl"
    with path.open("wb") as out:
        jsonlines.write([said("fairs", "Elbe Pottery Fair", "2026-12-05")], out)
    assert run("load", path).code == 0
    (config.parent / "sources" / "own.toml").write_text(SOURCE, encoding="utf-8")
    for _ in range(2):
        assert json.loads(run("rejudge", "--dry-run", "-f", "json").out)["changes"][0]["count"] == 1
    done = run("rejudge")
    assert done.code == 0
    assert "restore the backup of your database server" in done.err
    assert len(searched(run, "-i", "government")) == 1
    assert run("rejudge", "--dry-run").out == "Nothing would change.\n"
