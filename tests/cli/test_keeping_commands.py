"""load, dump, backup, index, config, doctor, completion."""

import gzip
import json
import re
import shutil
import subprocess

import pytest

from cli import __version__


def test_a_dump_loaded_elsewhere_gives_the_same_answers(run, crawled_once, tmp_path) -> None:
    path = tmp_path / "events.jsonl"
    assert run("dump", "-o", path, data=crawled_once).code == 0
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[0])["format"] == "hobnob"
    loaded = run("load", path)
    assert loaded.code == 0
    read = re.match(r"(\d+) read, (\d+) new, 0 changed, 0 unchanged, 0 skipped", loaded.out)
    assert read[1] == read[2]
    assert re.match(rf"{read[1]} read, 0 new, 0 changed, {read[1]} unchanged", run("load", path).out)

    def names(data):
        hits = json.loads(run("search", "-l", "1000", "-f", "json", data=data).out)
        return sorted((hit["name"], str(hit["start_date"])) for hit in hits)

    assert names(tmp_path / "data") == names(crawled_once)


def test_a_file_of_another_kind_is_refused_and_a_bad_line_only_counted(run, tmp_path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_bytes(gzip.compress(b"nothing"))
    assert run("load", other).code == 1
    other.write_text('{"format":"hobnob","version":1}\n{"type":"Observation"}\n', encoding="utf-8")
    loaded = run("load", other)
    assert loaded.code == 0
    assert "1 skipped" in loaded.out
    other.write_text('{"format":"hobnob","version":99}\n', encoding="utf-8")
    assert "update hobnob" in run("load", other).err


def test_a_backup_is_a_catalogue(run, crawled, tmp_path) -> None:
    copy = tmp_path / "copy.sqlite"
    assert run("backup", copy, data=crawled).code == 0
    again = run("backup", copy, data=crawled)
    assert again.code == 1
    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(copy, restored / "catalogue.sqlite")
    assert run("index", "rebuild", data=restored).code == 0
    assert run("search", "-f", "json", data=restored).out == run("search", "-f", "json", data=crawled).out


def test_index_status_says_when_the_index_is_behind(run, crawled) -> None:
    assert "The index is behind" not in run("index", "status", data=crawled).err
    shutil.rmtree(crawled / "index")
    behind = run("index", "status", data=crawled)
    assert "The index is behind" in behind.err
    assert run("index", "rebuild", data=crawled).code == 0
    state = json.loads(run("index", "status", "-f", "json", data=crawled).out)
    assert state["number"] == state["catalogue_number"] > 0


def test_config_tells_each_value_and_where_it_came_from(run, config, monkeypatch) -> None:
    monkeypatch.setenv("HOBNOB_PLACE", "Lisbon")
    told = {entry["name"]: entry for entry in json.loads(run("config", "-f", "json").out)}
    assert (told["place"]["value"], told["place"]["from"]) == ("Lisbon", "HOBNOB_PLACE")
    assert (told["bundled_sources"]["value"], told["bundled_sources"]["from"]) == (False, str(config))
    assert (told["horizon_days"]["value"], told["horizon_days"]["from"]) == (400, "default")
    assert told["data_dir"]["from"] == "command line"
    assert re.search(r"^place +Lisbon +HOBNOB_PLACE$", run("config").out, re.MULTILINE)
    assert f"configuration file: {config}" in run("config").out


def test_doctor_finds_everything_sound(run, crawled_once) -> None:
    found = run("doctor", "-f", "json", data=crawled_once)
    assert found.code == 0
    findings = {finding["check"]: finding for finding in json.loads(found.out)}
    assert all(finding["sound"] for finding in findings.values())
    assert set(findings) >= {"python", "catalogue", "index", "gazetteer", "time zones", "disk", "sources"}


def test_doctor_says_what_is_broken_and_what_to_do(run, config, crawled) -> None:
    (config.parent / "sources" / "own.toml").write_text("[[source]]\n", encoding="utf-8")
    shutil.rmtree(crawled / "index")
    with (crawled / "catalogue.sqlite").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    found = run("doctor", data=crawled)
    assert found.code == 1
    bad = re.findall(r"^BAD +(\w+)", found.out, re.MULTILINE)
    assert bad[:2] == ["sources", "catalogue"]
    assert "backup" in found.out
    assert "Traceback" not in found.out + found.err


def test_doctor_on_a_fresh_machine_makes_nothing(run, tmp_path) -> None:
    fresh = run("doctor", data=tmp_path / "fresh")
    assert fresh.code == 0
    assert not (tmp_path / "fresh").exists()


def test_version(run) -> None:
    assert run("--version").out == f"hobnob {__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(run, shell) -> None:
    printed = run("completion", shell)
    assert printed.code == 0
    assert "_HOBNOB_COMPLETE" in printed.out


def test_completion_scripts_are_bash(run, tmp_path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash here")
    (tmp_path / "script").write_text(run("completion", "bash").out, encoding="utf-8")
    subprocess.run([bash, "-n", tmp_path / "script"], check=True)
