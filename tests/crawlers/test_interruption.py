"""Ctrl-C and SIGTERM: what was read is delivered, the rest is reported as interrupted, and the program is told."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from werkzeug import Request, Response

LONGEST = 60

PROGRAM = """
import gc
import sys
from pathlib import Path
from crawlers.run import crawl
from hobnob.observations import FetchReport
from hobnob.settings import Settings
from hobnob.sources import Source

folder = Path(sys.argv[1])
settings = Settings(data_dir=folder, config_dir=folder, download_delay=0.0, timeout_seconds=60)
sources = [Source(name="quick", title="quick", url=sys.argv[2], reader="ics", private=True),
           Source(name="slow", title="slow", url=sys.argv[3], reader="ics", private=True)]

def deliver(record):
    outcome = [record.outcome, *record.errors] if isinstance(record, FetchReport) else []
    print(type(record).__name__, record.source, *outcome, flush=True)

try:
    crawl(sources, settings=settings, deliver=deliver)
except KeyboardInterrupt:
    print("KeyboardInterrupt", flush=True)
gc.collect()  # of a task that was left unfinished, asyncio complains when it is collected
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_crawl_that_is_told_to_end(tmp_path, slow_server, calendar_bytes, number):
    slow_server.expect_request("/quick.ics").respond_with_data(calendar_bytes)
    asked, done = threading.Event(), threading.Event()

    def slow(request: Request) -> Response:
        asked.set()
        done.wait(LONGEST)
        return Response(b"")

    slow_server.expect_request("/slow.ics").respond_with_handler(slow)
    addresses = [slow_server.url_for("/quick.ics"), slow_server.url_for("/slow.ics")]
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), *addresses]
    environ = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ) as program:
        assert asked.wait(LONGEST)
        started = time.monotonic()
        program.send_signal(number)
        out, err = program.communicate(timeout=LONGEST)
        took = time.monotonic() - started
        done.set()
    assert out.splitlines() == [
        "Observation quick",
        "Observation quick",
        "FetchReport quick read",
        "FetchReport slow failed interrupted",
        "KeyboardInterrupt",
    ]
    assert err == ""
    assert program.returncode == 0
    assert took < LONGEST / 2, "it does not wait for the answer"
