"""`scrapy list` and `scrapy crawl NAME` from a checkout."""

import json
import os
import subprocess
import sys
from pathlib import Path

from crawlers.sources import load

CHECKOUT = Path(__file__).parents[2]


def scrapy(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=CHECKOUT,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)} | environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )


def test_every_declared_source_is_a_spider():
    assert scrapy("list").stdout.split() == sorted(load())


def test_a_source_is_crawled_by_its_name(tmp_path):
    out = tmp_path / "out.jsonl"
    name = "example-chicago-devon-avenue"
    scrapy("crawl", name, "-O", str(out), HOBNOB_SOURCES=str(CHECKOUT / "examples" / "sources"))
    events = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(event["source"], event["start_date"]["date"]) for event in events] == [(name, "2019-09-16")]
