"""The program as a person meets it: run in this process on real data in a folder of its own."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.program import main

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests, and a terminal of 120 columns."""
    for name in ("HOBNOB_CONFIG", "HOBNOB_DATA_DIR", "HOBNOB_PLACE", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration without the bundled sources, in a folder where a test may declare its own."""
    path = tmp_path / "config" / "hobnob.toml"
    path.parent.mkdir()
    path.write_text("bundled_sources = false\nkeep_past_days = 36500\ndownload_delay = 0\n", encoding="utf-8")
    return path


@pytest.fixture
def run(tmp_path: Path, config: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs hobnob with the arguments given, on an empty data directory unless `data` is another."""

    def run(*arguments: str | Path, data: Path = tmp_path / "data", config: Path = config) -> Ran:
        capfd.readouterr()
        code = main(["--config", str(config), "--data-dir", str(data), *map(str, arguments)])
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return run


@pytest.fixture(scope="session")
def crawled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the crawled examples; read only."""
    data = tmp_path_factory.mktemp("examples") / "data"
    assert main(["--config", str(EXAMPLES / "hobnob.toml"), "--data-dir", str(data), "crawl"]) == 0
    return data


@pytest.fixture
def crawled(crawled_once: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the crawled examples that a test may change."""
    data = tmp_path / "crawled"
    shutil.copytree(crawled_once, data)
    yield data
