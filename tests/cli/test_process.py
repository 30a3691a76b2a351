"""The program as a process of its own: signals, pipes, terminals, and how little a search loads."""

import json
import os
import pty
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

HOBNOB = (sys.executable, "-c", "from cli.program import run; run()")
ROOT = Path(__file__).parents[2]
CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//example//EN
BEGIN:VEVENT
UID:one@example.org
DTSTART:20991201T180000Z
SUMMARY:Baking night
END:VEVENT
END:VCALENDAR
"""

#: What takes longer to import than a search may.
HEAVY = {
    "scrapy",
    "twisted",
    "sqlalchemy",
    "icalendar",
    "extruct",
    "feedparser",
    "babel",
    "dateutil",
    "rich",
    "tomlkit",
}


def arguments(config: Path, data: Path, *rest: str) -> list[str]:
    return [*HOBNOB, "--config", str(config), "--data-dir", str(data), *rest]


@pytest.fixture
def silent_server() -> Iterator[int]:
    """A port that accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        accepted: list[socket.socket] = []

        def accept() -> None:
            while True:
                try:
                    accepted.append(listening.accept()[0])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
        for connection in accepted:
            connection.close()


def test_ctrl_c_keeps_what_was_read(config: Path, tmp_path: Path, silent_server: int) -> None:
    sources = config.parent / "sources"
    (sources / "good.ics").write_text(CALENDAR, encoding="utf-8")
    (sources / "own.toml").write_text(
        '[[source]]\nname = "good"\ntitle = "Good"\nurl = "file:good.ics"\nreader = "ics"\n'
        f'[[source]]\nname = "slow"\ntitle = "Slow"\nurl = "http://127.0.0.1:{silent_server}/"\nreader = "ics"\n'
        "private = true\n",
        encoding="utf-8",
    )
    data = tmp_path / "data"
    crawling = subprocess.Popen(
        arguments(config, data, "crawl"), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    for told in crawling.stderr:
        if told.startswith("good: read"):
            break
    crawling.send_signal(signal.SIGINT)
    out, err = crawling.communicate(timeout=30)
    assert crawling.returncode == 1
    assert err.splitlines() == ["slow: interrupted", "Interrupted: keeping what was read"]
    assert "Interrupted" in out
    assert "slow: interrupted" in out
    found = subprocess.run(arguments(config, data, "search", "-f", "json"), cwd=ROOT, capture_output=True, check=True)
    assert [hit["name"] for hit in json.loads(found.stdout)] == ["Baking night"]


def test_a_reader_that_goes_away_is_no_error(crawled_once: Path, examples: Path) -> None:
    dumping = subprocess.Popen(
        arguments(examples / "hobnob.toml", crawled_once, "dump"),
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert json.loads(dumping.stdout.readline())["format"] == "hobnob"
    dumping.stdout.close()
    assert dumping.stderr.read() == b""
    assert dumping.wait(timeout=30) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_one_line(crawled_once: Path, examples: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            arguments(examples / "hobnob.toml", crawled_once, "search", "--from", "2000-01-01"),
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[0] == "Error: no space left on device"


def test_a_terminal_sees_how_far_a_crawl_is(examples: Path, tmp_path: Path) -> None:
    master, slave = pty.openpty()
    crawling = subprocess.Popen(
        arguments(examples / "hobnob.toml", tmp_path / "data", "crawl", "example-portland-tech"),
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=slave, env={**os.environ, "TERM": "xterm"},
    )  # fmt: skip
    os.close(slave)
    shown = b""
    while True:
        try:
            part = os.read(master, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(master)
    assert crawling.wait(timeout=30) == 0
    assert b"of 1 sources" in shown
    assert b"recognising events" in shown


def test_a_search_loads_nothing_heavy(crawled_once: Path, examples: Path) -> None:
    """By text, place, industry and kind, as a table and as JSON."""
    program = (
        "import sys; from cli.program import main\n"
        "code = main(sys.argv[1:])\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)\n"
        "sys.exit(code)"
    )
    asked = ["search", "berlin", "-i", "technology", "-n", "Berlin", "-k", "conference"]
    for form in ("table", "json", "csv"):
        ran = subprocess.run(
            [sys.executable, "-c", program, "--config", str(examples / "hobnob.toml"), "--data-dir", str(crawled_once),
             *asked, "-f", form],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert "Berlin" in ran.stdout
        loaded = set(ran.stderr.splitlines()[-1].split())
        assert "click" in loaded
        assert loaded & HEAVY == set()
