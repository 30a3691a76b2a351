"""`hobnob serve` as a process of its own: a calendar of what the catalogue holds, until Ctrl-C."""

import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

HOBNOB = (sys.executable, "-c", "from cli.program import run; run()")
ROOT = Path(__file__).parents[2]


def test_what_is_served_is_up_to_date_from_the_start(crawled: Path, examples: Path) -> None:
    shutil.rmtree(crawled / "index")
    command = [*HOBNOB, "--config", str(examples / "hobnob.toml"), "--data-dir", str(crawled), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as serving:
        address = next(found[0] for told in serving.stderr if (found := re.search(r"http://127.0.0.1:\d+/", told)))
        with urllib.request.urlopen(f"{address}search.ics?near=Berlin&from=2026-01-01", timeout=30) as answer:
            calendar = answer.read()
        serving.send_signal(signal.SIGINT)
        assert serving.wait(timeout=30) == 0
    assert b"SUMMARY:API Conference Berlin\r\n" in calendar


def test_a_damaged_index_does_not_keep_it_from_starting(crawled: Path, examples: Path) -> None:
    (crawled / "index" / "current.json").write_bytes(b"{")
    command = [*HOBNOB, "--config", str(examples / "hobnob.toml"), "--data-dir", str(crawled), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as serving:
        told = [serving.stderr.readline(), serving.stderr.readline()]
        serving.send_signal(signal.SIGINT)
        serving.wait(timeout=30)
    assert "index" in told[0]
    assert told[1].startswith("hobnob is at http://127.0.0.1:")
