"""The crawls of a recorded case by the program as it is: the first, one without news, one after the change."""

import datetime as dt
import io
import json
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import time_machine
import tomlkit

from cli.program import main
from hobnob import jsonlines
from hobnob.observations import Observation
from tests.platforms.player import Answer, Player, Requested
from tests.platforms.recorded import Case

__all__ = ["Crawled", "Crawls", "configure", "hobnob"]


@dataclass(frozen=True, slots=True)
class Crawled:
    """What `hobnob crawl -f json` said of the source, what the catalogue held then, and what the site was asked for."""

    code: int
    report: Mapping[str, Any]
    observations: list[Observation]
    requests: list[Requested]


@dataclass(frozen=True, slots=True)
class Ran:
    """How the program ended, and what it wrote."""

    code: int
    out: str
    err: str


class Crawls:
    """The three crawls of `case` in an empty `folder`, each made when it is first asked for, after those before it."""

    def __init__(self, case: Case, player: Player, folder: Path) -> None:
        self.case = case
        self._player = player
        self._folder = folder
        self._count = 0

    @cached_property
    def first(self) -> Crawled:
        configure(self.case, self._folder)
        declare(self.case, self._folder)
        return self._crawl(self.case.answers)

    @cached_property
    def second(self) -> Crawled:
        assert self.first.code == 0, self.first.report
        return self._crawl(self.case.answers)

    @cached_property
    def after_the_change(self) -> Crawled:
        assert self.second.code == 0, self.second.report
        return self._crawl(self.case.changed)

    def _crawl(self, answers: tuple[Answer, ...]) -> Crawled:
        self._player.play(answers)
        self._count += 1
        with time_machine.travel(self.case.now + dt.timedelta(minutes=5 * self._count)):
            ran = hobnob(self._folder, "crawl", self.case.platform, "-f", "json")
            requests = self._player.pages
            dumped = hobnob(self._folder, "dump")
        assert ran.out, ran.err
        (report,) = json.loads(ran.out)
        records = jsonlines.read(io.BytesIO(dumped.out.encode()))
        observations = [one for one in records if isinstance(one, Observation)]
        return Crawled(ran.code, report, observations, requests)


def configure(case: Case, folder: Path) -> None:
    """A configuration without sources, and with the key that the platform of `case` needs."""
    folder.mkdir(exist_ok=True)
    settings: dict[str, Any] = {"bundled_sources": False, "keep_past_days": 36500, "download_delay": 0}
    settings |= {"keys": {case.platform: case.key}} if case.key else {}
    _write(folder / "hobnob.toml", settings)
    (folder / "sources").mkdir()


def declare(case: Case, folder: Path) -> None:
    """Declares the source of `case`, named for its platform."""
    named = {"name": case.platform, "title": case.platform, "platform": case.platform}
    _write(folder / "sources" / "recorded.toml", {"source": [named | dict(case.source or {})]})


def hobnob(folder: Path, *arguments: str) -> Ran:
    """Runs the program on the configuration of `folder`."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(["--config", str(folder / "hobnob.toml"), "--data-dir", str(folder / "data"), *arguments])
    out.flush()
    return Ran(code, out.buffer.getvalue().decode(), err.getvalue())  # type: ignore[attr-defined]


def _write(path: Path, values: Mapping[str, Any]) -> None:
    path.write_text(tomlkit.dumps(values), encoding="utf-8")
