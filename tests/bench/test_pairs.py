"""The labelled pairs are sound: whole, with a reason each, and no pair or list of one half in the other."""

import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.accuracy import labelled, listing
from bench.accuracy.candidates import HELD_OUT, half_of
from bench.accuracy.lists import LISTS, Lists, confs_tech

HALVES = ("dev", "held-out")
FILES = [f"{half}{kind}.jsonl" for half in HALVES for kind in ("", "-by-reference")]
LATER = "later-by-reference.jsonl"
PERMISSIVE = {"confs.tech", "chicago-council", "cook-county", "python-deadlines", "ccf-deadlines"}


@pytest.fixture(scope="module")
def pairs(checkout: Path) -> Path:
    return checkout / "bench" / "accuracy" / "pairs"


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("name", [*FILES, "dupes.jsonl"])
def test_every_pair_has_a_label_and_a_reason(pairs: Path, name: str) -> None:
    found = rows(pairs / name)
    assert len(found) > 100
    assert {row["label"] for row in found} <= {"same", "different", "unsure"}
    assert all(len(row["reason"]) > 10 and row["reason"].endswith(".") for row in found)


@pytest.mark.parametrize("name", ["dev.jsonl", "held-out.jsonl", "dupes.jsonl"])
def test_records_in_full_are_of_lists_that_may_be_passed_on(pairs: Path, name: str) -> None:
    for row in rows(pairs / name):
        one, other = listing.read(row["a"]), listing.read(row["b"])
        assert row["licence"] == "MIT"
        assert {one.list, other.list} <= PERMISSIVE
        assert one.fields() == row["a"]
        assert (one.list, one.locator) != (other.list, other.locator)


@pytest.mark.parametrize("name", ["dev-by-reference.jsonl", "held-out-by-reference.jsonl", LATER])
def test_references_hold_no_text_of_a_list(pairs: Path, name: str) -> None:
    for row in rows(pairs / name):
        for record in (row["a"], row["b"]):
            assert set(record) == {"list", "locator", "digest"}
            assert record["list"] in {*LISTS, "confs.tech"}
            assert re.fullmatch(r"[0-9a-f]{16}", record["digest"])


def test_references_to_confs_tech_hold(pairs: Path) -> None:
    known = {record.locator: record.digest() for record in confs_tech()}
    records = [
        row[side] for name in [*FILES, LATER] if "reference" in name for row in rows(pairs / name) for side in "ab"
    ]
    ours = [record for record in records if record["list"] == "confs.tech"]
    assert len(ours) > 200
    assert all(known[record["locator"]] == record["digest"] for record in ours)


def test_no_pair_is_in_both_halves_and_no_held_out_list_in_dev(pairs: Path) -> None:
    keys: dict[str, set[frozenset[str]]] = {half: set() for half in HALVES}
    for name in FILES:
        half = name.removesuffix(".jsonl").removesuffix("-by-reference")
        for row in rows(pairs / name):
            sides = row["a"], row["b"]
            key = frozenset(f"{record['list']} {record['locator']}" for record in sides)
            assert key not in keys[half]
            keys[half].add(key)
            assert half == "held-out" or not {record["list"] for record in sides} & HELD_OUT
    assert not keys["dev"] & keys["held-out"]


def test_pairs_in_full_are_in_the_half_that_the_split_says(pairs: Path) -> None:
    for half in HALVES:
        for row in rows(pairs / f"{half}.jsonl"):
            assert half_of(listing.read(row["a"]), listing.read(row["b"])) == half


def test_there_are_as_many_as_the_readme_says(pairs: Path) -> None:
    told = (pairs / "README.md").read_text("utf-8")
    for name in [*FILES, "dupes.jsonl", LATER]:
        labels = [row["label"] for row in rows(pairs / name)]
        counts = [len(labels), *map(labels.count, ("same", "different", "unsure"))]
        assert f"| `{name}` | {' | '.join(map(str, counts))} |" in told


def test_without_clones_it_is_said_what_was_not_measured() -> None:
    found, missing = labelled.pairs_of("held-out", Lists(None))
    assert len(found) == 169
    assert missing.by_list.total() == 623
    assert any("github.com/rubyevents/rubyevents at " in note for note in missing.notes())


def test_a_list_is_read_from_a_clone_at_its_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clone = tmp_path / "bristol-improv-calendar"
    clone.mkdir()
    event = {"date": "2026-02-01", "title": "Made Up", "venue": "Hall", "time": "19:30–21:00"}
    (clone / "events.json").write_text(json.dumps({"events": [event]}), encoding="utf-8")
    git = ["git", "-C", str(clone), "-c", "user.name=nobody", "-c", "user.email=nobody@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "made", "--no-gpg-sign"]):
        subprocess.run([*git, *command], check=True)
    assert Lists(tmp_path)["bristol-improv"] is None  # not at the commit that labels speak of
    head = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    monkeypatch.setitem(LISTS, "bristol-improv", replace(LISTS["bristol-improv"], commit=head))
    found = Lists(tmp_path)["bristol-improv"]
    assert found is not None
    record = found["events.json#0"]
    assert (record.name, record.start, record.venue) == ("Made Up", "2026-02-01T19:30:00", "Hall")


def test_merges_by_hand_name_records(pairs: Path) -> None:
    known = {record.locator for record in confs_tech()}
    for row in rows(pairs / "confs-tech-merges.jsonl"):
        assert {row["a"], row["b"]} <= known
        assert row["reason"].endswith(".")
