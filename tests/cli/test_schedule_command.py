"""`hobnob schedule install` and `status`, and what a crawl leaves to others."""

import datetime as dt
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import time_machine

from cli import claiming, schedule_install, schedule_status
from cli.session import Session
from cli.systemd_units import SERVICE, TIMER, cron_line, service, timer
from indexer.catalogue import Catalogue
from tests.cli.test_crawl_command import calendar_and_missing

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
EXPECTED = Path(__file__).parent / "expected"


@pytest.fixture
def systemd(tmp_path, monkeypatch):
    """A machine with systemd: the calls that it was given, and a home of its own."""
    calls = []
    monkeypatch.setattr(schedule_install, "has_systemd", lambda: True)
    monkeypatch.setattr(schedule_install, "systemctl", lambda *words: calls.append(words) or "")
    monkeypatch.setattr(schedule_install, "own_command", lambda: ["/opt/hob nob/bin/hobnob"])
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    return calls


@pytest.fixture
def no_systemd(monkeypatch):
    monkeypatch.setattr(schedule_install, "has_systemd", lambda: False)
    monkeypatch.setattr(schedule_install, "own_command", lambda: ["/opt/hob nob/bin/hobnob"])


def units(tmp_path):
    return {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "home/systemd/user").iterdir()}


def test_the_units_are_written_once(run, tmp_path, config, systemd) -> None:
    first = run("schedule", "install")
    assert first.code == 0
    assert "\n  systemctl --user enable --now hobnob-crawl.timer\n" in first.out
    assert "loginctl enable-linger" in first.out
    written = units(tmp_path)
    expected = (EXPECTED / SERVICE).read_text(encoding="utf-8")
    places = {"DATA": str(tmp_path / "data"), "CONFIG": str(config)}
    for name, place in places.items():
        expected = expected.replace(name, place)
    assert written == {SERVICE: expected, TIMER: (EXPECTED / TIMER).read_text(encoding="utf-8")}
    again = run("schedule", "install")
    assert again.out.count("is as it should be") == 2
    assert units(tmp_path) == written
    assert systemd == []


def test_printing_writes_nothing(run, tmp_path, systemd) -> None:
    printed = run("schedule", "install", "--print")
    assert "ExecStart=" in printed.out
    assert "OnCalendar=" in printed.out
    assert not (tmp_path / "home").exists()


def test_enabling_starts_the_timer(run, tmp_path, systemd) -> None:
    assert run("schedule", "install", "--enable").code == 0
    assert systemd == [("daemon-reload",), ("enable", "--now", TIMER)]
    assert set(units(tmp_path)) == {SERVICE, TIMER}


def test_variables_that_will_not_be_there_are_told_and_paths_carried_over(run, monkeypatch, systemd) -> None:
    monkeypatch.setenv("HOBNOB_CATALOGUE", "postgresql://me:secret@host/db")
    told = run("schedule", "install", "--print")
    assert "HOBNOB_CATALOGUE is set here, and will not be there" in told.err
    assert "secret" not in told.out + told.err


def test_without_systemd_a_line_for_cron_is_printed(run, tmp_path, config, no_systemd) -> None:
    printed = run("schedule", "install")
    command = f"'/opt/hob nob/bin/hobnob' --data-dir {tmp_path / 'data'} --config {config} crawl --due"
    assert printed.out == f"*/15 * * * * nice {command} >/dev/null 2>&1\n"
    assert "crontab -e" in printed.err
    assert run("schedule", "install", "--print").out == printed.out
    refused = run("schedule", "install", "--enable")
    assert (refused.code, refused.out) == (1, "")
    assert "systemd does not run here" in refused.err


def test_words_that_systemd_and_cron_would_change_are_quoted() -> None:
    odd = ["/bin/hobnob", "--data-dir", '/a b/50%/$HOME/"q"\\', "crawl"]
    assert 'ExecStart=/bin/hobnob --data-dir "/a b/50%%/$$HOME/\\"q\\"\\\\" crawl\n' in service(odd)
    assert r"'/a b/50\%/$HOME/" in cron_line(odd)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd to ask")
def test_systemd_understands_the_units(tmp_path) -> None:
    (tmp_path / SERVICE).write_text(service(["/bin/true", "a b", "50%", "$x"]), encoding="utf-8")
    (tmp_path / TIMER).write_text(timer(), encoding="utf-8")
    verified = subprocess.run(
        ["systemd-analyze", "--user", "verify", tmp_path / TIMER, tmp_path / SERVICE],
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert not [text for text in verified.stderr.splitlines() if "hobnob-crawl" in text]


def test_a_timer_that_systemd_knows_nothing_of_is_not_active(monkeypatch) -> None:
    monkeypatch.setattr(schedule_status, "has_systemd", lambda: True)
    monkeypatch.setattr(schedule_status, "systemctl", lambda *_: "active")
    assert schedule_status.timer_active() is True
    monkeypatch.setattr(schedule_status, "has_systemd", lambda: False)
    assert schedule_status.timer_active() is None


def test_status_says_what_is_next_and_what_was_last(run, config, no_systemd) -> None:
    calendar_and_missing(config)
    before = run("schedule", "status")
    assert before.code == 0
    assert "now: never fetched" in before.out
    assert "2 of 2 enabled sources are due now." in before.out
    assert "Nothing crawls by itself here" in before.err
    assert run("crawl").code == 3
    after = run("schedule", "status")
    assert "0 of 2 enabled sources are due now." in after.out
    assert "failed: there is no file" in after.out
    known = json.loads(run("schedule", "status", "-f", "json").out)
    assert [one["source"] for one in known["next"]] == ["good", "bad"]
    good = known["next"][0]
    due_in = dt.datetime.fromisoformat(good["due_at"]) - dt.datetime.fromisoformat(good["last_fetch"])
    assert dt.timedelta(hours=21) <= due_in <= dt.timedelta(hours=24, minutes=1)
    assert good["interval_seconds"] == 86400
    assert {one["outcome"] for one in known["last"]} == {"read", "failed"}
    assert (known["scheduler"], known["due_now"]) == (None, 0)


def test_status_without_sources_is_a_line(run, no_systemd) -> None:
    said = run("schedule", "status")
    assert (said.code, said.out) == (0, "0 of 0 enabled sources are due now.\n")


def test_what_another_is_at_is_left_to_it(run, config, tmp_path) -> None:
    calendar_and_missing(config)
    with Catalogue.open(f"sqlite:///{tmp_path}/data/catalogue.sqlite") as catalogue:
        day = dt.timedelta(days=1)
        catalogue.claim({"good": day}, owner="attic:17:x::y", now=NOW, until=NOW + day)
    crawled = run("crawl", "-f", "json", "good")
    assert (crawled.code, crawled.out) == (0, "[]\n")
    assert "1 source is being crawled by another process (attic, process 17)" in crawled.err
    assert [entry["source"] for entry in json.loads(run("crawl", "--due", "-f", "json").out)] == ["bad"]
    assert "being crawled by attic, process 17" in run("schedule", "status").out
    with time_machine.travel(NOW + 2 * day):
        entries = json.loads(run("crawl", "good", "-f", "json").out)
        assert [entry["source"] for entry in entries] == ["good"], "its time is over"


def test_claims_are_renewed_while_the_crawl_lasts_and_given_back(tmp_path, config, monkeypatch) -> None:
    calendar_and_missing(config)
    session = Session()
    session.configure(data_dir=tmp_path / "data", config_file=config, engine=None, debug=False)
    monkeypatch.setattr(claiming, "RENEWED_EVERY", dt.timedelta(0))
    with session, claiming.claimed(session, [*session.sources.values()], due=True) as mine:
        assert {source.name for source in mine.sources} == {"good", "bad"}
        with time_machine.travel(NOW + claiming.LEASE * 0.9):
            mine.keep()
        later = session.catalogue.plans(now=NOW + claiming.LEASE * 1.5)
        assert {plan.claimed_by for plan in later.values()} == {mine.owner}
        with claiming.claimed(session, [*session.sources.values()], due=False) as other:
            assert (other.sources, set(other.held.values())) == ((), {mine.owner})
            other.keep()
        assert session.catalogue.plans(now=NOW)["good"].claimed_by == mine.owner
    with session:
        assert {plan.claimed_by for plan in session.catalogue.plans(now=NOW).values()} == {None}


def test_a_crawl_with_nothing_due_rolls_repeating_events_on(run, config) -> None:
    calendar_and_missing(config)
    weekly = (config.parent / "sources" / "good.ics").read_text(encoding="utf-8")
    weekly = weekly.replace("SUMMARY:Baking", "RRULE:FREQ=WEEKLY\nSUMMARY:Baking")
    (config.parent / "sources" / "good.ics").write_text(weekly, encoding="utf-8")
    declared = (config.parent / "sources" / "own.toml").read_text(encoding="utf-8")
    slowly = declared.replace('reader = "ics"', 'reader = "ics"\nevery = "4w"')
    (config.parent / "sources" / "own.toml").write_text(slowly, encoding="utf-8")
    assert run("crawl", "good").code == 0
    rolled = json.loads(run("index", "status", "-f", "json").out)["rolled_on"]
    with time_machine.travel(NOW + dt.timedelta(days=10)):
        assert run("crawl", "good", "--due").out == "Nothing is due.\n"
        assert json.loads(run("index", "status", "-f", "json").out)["rolled_on"] != rolled
