"""The program as a person meets it: run in this process on real data in a folder of its own, on a fixed day."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import time_machine

from cli.program import main

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = "2026-11-23T12:00:00Z"


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _fixed_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No setting of whoever runs the tests, a terminal of 120 columns, and a day on which the examples have news."""
    for name in ("HOBNOB_CONFIG", "HOBNOB_DATA_DIR", "HOBNOB_PLACE", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def examples() -> Path:
    return EXAMPLES


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration without the bundled sources, in a folder where a test may declare its own."""
    path = tmp_path / "config" / "hobnob.toml"
    (path.parent / "sources").mkdir(parents=True)
    path.write_text("bundled_sources = false\nkeep_past_days = 36500\ndownload_delay = 0\n", encoding="utf-8")
    return path


@pytest.fixture
def run(tmp_path: Path, config: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs hobnob with the arguments given, on an empty data directory unless `data` is another."""

    def run(*arguments: str | Path, data: Path = tmp_path / "data", config: Path = config) -> Ran:
        capfd.readouterr()
        code = main(["--config", str(config), "--data-dir", str(data), *map(str, arguments)])
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return run


@pytest.fixture(scope="session")
def crawled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the crawled examples; not to be changed."""
    data = tmp_path_factory.mktemp("examples") / "data"
    with time_machine.travel(TODAY):
        assert main(["--config", str(EXAMPLES / "hobnob.toml"), "--data-dir", str(data), "crawl"]) == 0
    return data


@pytest.fixture
def crawled(crawled_once: Path, tmp_path: Path) -> Path:
    """A copy of the crawled examples that a test may change."""
    return Path(shutil.copytree(crawled_once, tmp_path / "crawled"))
