"""The wheel carries all it needs: installed in a clean environment, outside the checkout, it crawls and finds."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

PACKAGES = ("hobnob", "crawlers", "indexer", "web", "cli")


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that hatchling builds of the checkout."""
    out = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out], cwd=checkout)
    (found,) = out.glob("hobnob-*.whl")
    return found


class Home:
    """A person's home with an environment in it into which the wheel is installed.

    The dependencies are those of this environment, so that nothing is downloaded; an editable install of the checkout
    in it is not seen, because the .pth files of a folder that a .pth file names do not count.
    """

    def __init__(self, path: Path, wheel: Path) -> None:
        self.path = path
        venv.create(path / "venv", symlinks=True)
        site = Path(self.python("import sysconfig; print(sysconfig.get_path('purelib'))").strip())
        (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
        pip = [sys.executable, "-m", "pip", "--python", path / "venv" / "bin" / "python", "--disable-pip-version-check"]
        run([*pip, "install", "--quiet", "--no-deps", "--no-index", "--ignore-installed", wheel], cwd=path)

    def python(self, program: str) -> str:
        return run([self.path / "venv" / "bin" / "python", "-c", program], cwd=self.path)

    def hobnob(self, *words: str | Path) -> str:
        return run([self.path / "venv" / "bin" / "hobnob", *words], cwd=self.path)


@pytest.fixture(scope="module")
def home(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("home"), wheel)


def run(command: list[str | Path], *, cwd: Path) -> str:
    """What a command prints; it must end with exit code 0. Its home is `cwd`."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "LANG", "LC_ALL", "TZ") if name in os.environ}
    ran = subprocess.run(command, cwd=cwd, env={**kept, "HOME": str(cwd)}, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{command}: {ran.stdout}\n{ran.stderr}"
    return ran.stdout


def test_it_carries_all_data(wheel: Path, checkout: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    known = run(["git", "ls-files", "--cached", *PACKAGES], cwd=checkout).splitlines()
    present = {name for name in known if (checkout / name).exists()}
    assert present <= names
    for needed in ("hobnob/industries.toml", "hobnob/kinds.toml", "indexer/enrich/gazetteer.sqlite"):
        assert needed in names
    assert sum(name.startswith("crawlers/sources/") and name.endswith(".toml") for name in names) >= 5
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == set(PACKAGES)
    assert {name.rpartition("/")[2] for name in names if "/licenses/" in name} >= {"LICENSE", "NOTICE"}


def test_it_does_not_see_the_checkout(home: Home) -> None:
    for package in PACKAGES:
        assert Path(home.python(f"import {package}; print({package}.__file__)")).is_relative_to(home.path)


def test_it_crawls_finds_and_writes(home: Home, calendar: Path) -> None:
    assert "meetups" in home.hobnob("crawl", calendar)
    (hit,) = json.loads(home.hobnob("search", "-i", "technology", "-n", "Zurich", "-w", "20km", "-f", "json"))
    assert (hit["name"], hit["place"]["address_locality"], hit["recurring"]) == (
        "Zürich Software Developers Meetup",
        "Zürich",
        True,
    )
    home.hobnob("feed", "add", "lisbon", "-n", "Lisbon")
    home.hobnob("feed", "write", "lisbon", "-o", home.path / "lisbon.ics")
    text = (home.path / "lisbon.ics").read_bytes().decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert "SUMMARY:Software Conference Lisboa\r\n" in text
    assert "Zürich" not in text


def test_its_sources_are_there(home: Home) -> None:
    assert len(json.loads(home.hobnob("sources", "list", "-f", "json"))) > 100
