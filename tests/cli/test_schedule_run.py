"""`hobnob schedule run` as a process of its own: it crawls what is due, ends when it is told to, and loses nothing."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from hobnob.moments import UTC
from indexer.catalogue import Catalogue
from tests.cli.test_process import CALENDAR, HOBNOB, ROOT

LONGEST = 90
"""Seconds after which a test fails; nothing is measured."""

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def site(httpserver: HTTPServer) -> Iterator["Site"]:
    with Site(httpserver) as site:
        yield site


class Site:
    """Two calendars: `quick` answers, `slow` not before it may."""

    def __init__(self, server: HTTPServer) -> None:
        self.asked, self.may_answer = threading.Event(), threading.Event()
        self.times = {"quick": 0, "slow": 0}
        self.server = server
        server.expect_request("/robots.txt").respond_with_data("", status=404)
        for name in self.times:
            server.expect_request(f"/{name}.ics").respond_with_handler(self._answer(name))

    def __enter__(self) -> "Site":
        return self

    def __exit__(self, *_: object) -> None:
        self.may_answer.set()

    def _answer(self, name: str) -> Callable[[Request], Response]:
        def answer(_: Request) -> Response:
            self.times[name] += 1
            if name == "slow":
                self.asked.set()
                self.may_answer.wait(LONGEST)
            return Response(CALENDAR.replace("one@", f"{name}@").replace("Baking", name), content_type="text/calendar")

        return answer

    def declare(self, config: Path, *names: str) -> None:
        declared = (
            f'[[source]]\nname = "{name}"\ntitle = "{name}"\nurl = "{self.server.url_for(f"/{name}.ics")}"\n'
            'reader = "ics"\nprivate = true\n'
            for name in names
        )
        (config.parent / "sources" / "own.toml").write_text("".join(declared), encoding="utf-8")


@pytest.fixture
def start(config: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts the program on the test's own data; what still runs in the end is killed."""
    started: list[subprocess.Popen[str]] = []
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}

    def start(*words: str) -> "subprocess.Popen[str]":
        command = [*HOBNOB, "--config", str(config), "--data-dir", str(tmp_path / "data"), *words]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(f"sqlite:///{tmp_path}/data/catalogue.sqlite") as opened:
        yield opened


def told(process: "subprocess.Popen[str]", what: str) -> str:
    """The first line on stderr that has `what` in it."""
    seen = []
    for text in process.stderr:
        seen.append(text)
        if what in text:
            return text
    pytest.fail(f"ended without {what!r}: {''.join(seen)}")


def names(catalogue: Catalogue) -> list[str]:
    return sorted(event.name for event in catalogue.events(catalogue.event_ids()))


def until(condition: Callable[[], bool]) -> None:
    """Waits for it to come true."""
    waiting = threading.Event()
    for _ in range(LONGEST * 20):
        if condition():
            return
        waiting.wait(0.05)
    pytest.fail("it did not come true")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_crawls_what_is_due_and_ends_when_told(site, start, config, catalogue, number) -> None:
    site.declare(config, "quick")
    running = start("schedule", "run")
    assert "1 source in" in told(running, "source")
    running.send_signal(number)
    out, err = running.communicate(timeout=LONGEST)
    assert running.returncode == 0
    assert out == ""
    assert err.splitlines()[-1].endswith("Ended.")
    assert names(catalogue) == ["quick night"]
    assert site.times["quick"] == 1


def test_sources_that_are_added_later_are_crawled(site, start, config, catalogue) -> None:
    site.declare(config, "quick")
    running = start("schedule", "run", "--pause", "0")
    told(running, "1 source in")
    site.may_answer.set()
    site.declare(config, "quick", "slow")
    assert "1 source in" in told(running, "source in")
    assert names(catalogue) == ["quick night", "slow night"]


def test_told_to_end_while_it_crawls_it_keeps_what_was_read(site, start, config, catalogue) -> None:
    site.declare(config, "quick", "slow")
    running = start("schedule", "run")
    assert site.asked.wait(LONGEST)
    until(lambda: catalogue.sources()["quick"].last_fetch is not None)
    running.terminate()
    _, err = running.communicate(timeout=LONGEST)
    assert running.returncode == 0
    assert "2 sources in" in err
    assert "1 failed" in err
    assert names(catalogue) == ["quick night"]
    assert catalogue.sources()["slow"].failures == 0, "it is not its fault"
    assert {plan.claimed_by for plan in catalogue.plans(now=_now()).values()} == {None}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere claims end with their lease")
def test_killed_and_started_again_it_goes_on(site, start, config, catalogue) -> None:
    site.declare(config, "quick", "slow")
    running = start("schedule", "run")
    assert site.asked.wait(LONGEST)
    until(lambda: catalogue.sources()["quick"].last_fetch is not None)
    running.kill()
    running.wait()
    owner = catalogue.plans(now=_now())["slow"].claimed_by
    assert owner is not None, "the crawl goes on by itself"
    os.kill(int(owner.split(":")[1]), signal.SIGKILL)
    until(lambda: catalogue.plans(now=_now())["slow"].claimed_by is None)
    site.may_answer.set()
    again = start("schedule", "run")
    assert "1 source in" in told(again, "source in"), "what was loaded is not due again"
    again.terminate()
    again.communicate(timeout=LONGEST)
    assert names(catalogue) == ["quick night", "slow night"]
    assert site.times["quick"] == 1


def test_two_on_one_catalogue(site, start, config, catalogue) -> None:
    site.declare(config, "slow")
    first = start("schedule", "run")
    assert site.asked.wait(LONGEST)
    second = start("schedule", "run")
    assert "Another scheduler runs here (process" in told(second, "Another")
    by_hand = start("crawl", "slow")
    out, err = by_hand.communicate(timeout=LONGEST)
    assert (by_hand.returncode, out) == (0, "Nothing is due.\n")
    assert "1 source is being crawled by another process (" in err
    site.may_answer.set()
    told(first, "1 source in")
    for running in (first, second):
        running.terminate()
        running.communicate(timeout=LONGEST)
        assert running.returncode == 0
    assert site.times["slow"] == 1


def test_a_declaration_that_is_broken_is_told_and_the_scheduler_lives_on(site, start, config) -> None:
    (config.parent / "sources" / "own.toml").write_text("[[source]]\n", encoding="utf-8")
    running = start("schedule", "run")
    assert "own.toml" in told(running, "own.toml")
    running.terminate()
    running.communicate(timeout=LONGEST)
    assert running.returncode == 0


def test_a_shard_that_is_none_is_told_at_once(start) -> None:
    running = start("schedule", "run", "--shard", "3/2")
    _, err = running.communicate(timeout=LONGEST)
    assert running.returncode != 0
    assert "'3/2'" in err


def _now() -> dt.datetime:
    """The real time, on which those processes live."""
    now: dt.datetime = time_machine.escape_hatch.datetime.datetime.now(UTC)
    return now
