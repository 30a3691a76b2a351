"""`hobnob serve` as a process of its own: a calendar of what the catalogue holds, until Ctrl-C."""

import re
import shutil
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOBNOB = (sys.executable, "-c", "from cli.program import run; run()")
ROOT = Path(__file__).parents[2]


@contextmanager
def serving(config: Path, data: Path) -> Iterator[subprocess.Popen[str]]:
    """`hobnob serve` on any free port; killed if it has not ended within two minutes, or when a test fails."""
    command = [*HOBNOB, "--config", str(config), "--data-dir", str(data), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        at_last = threading.Timer(120, process.kill)
        at_last.start()
        try:
            yield process
        finally:
            at_last.cancel()
            process.kill()


def test_what_is_served_is_up_to_date_from_the_start(crawled: Path, examples: Path) -> None:
    shutil.rmtree(crawled / "index")
    with serving(examples / "hobnob.toml", crawled) as process:
        address = next(found[0] for told in process.stderr if (found := re.search(r"http://127.0.0.1:\d+/", told)))
        with urllib.request.urlopen(f"{address}search.ics?near=Berlin&from=2026-01-01", timeout=30) as answer:
            calendar = answer.read()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
    assert b"SUMMARY:API Conference Berlin\r\n" in calendar


def test_a_damaged_index_does_not_keep_it_from_starting(crawled: Path, examples: Path) -> None:
    (crawled / "index" / "current.json").write_bytes(b"{")
    with serving(examples / "hobnob.toml", crawled) as process:
        told = [process.stderr.readline(), process.stderr.readline()]
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    assert "index" in told[0]
    assert told[1].startswith("hobnob is at http://127.0.0.1:")
