"""What the crawlers' tests share: settings without delays, a server on loopback, and one calendar."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from crawlers.run import crawl
from hobnob.observations import FetchReport, Observation, Record, Skipped
from hobnob.settings import Settings
from hobnob.sources import Source

CALENDAR = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:one
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Berlin:20261201T190000
DTEND;TZID=Europe/Berlin:20261201T210000
SUMMARY:Winter meetup
END:VEVENT
BEGIN:VEVENT
UID:two
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20261205
SUMMARY:BarCamp
END:VEVENT
END:VCALENDAR
""".replace(b"\n", b"\r\n")


@dataclass
class Crawl:
    """What one crawl delivered, and what it reported by source."""

    records: list[Record] = field(default_factory=list)
    reports: dict[str, FetchReport] = field(default_factory=dict)

    def names(self, source: str) -> list[str]:
        return [r.name for r in self.records if isinstance(r, Observation) and r.source == source]

    def skipped(self) -> list[Skipped]:
        return [r for r in self.records if isinstance(r, Skipped)]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path / "data",
        config_dir=tmp_path / "config",
        download_delay=0.0,
        timeout_seconds=2,
        max_response_mb=1,
        contact="crawl@example.org",
    )


@pytest.fixture(scope="session")
def running_server() -> Iterator[HTTPServer]:
    with HTTPServer(host="127.0.0.1", threaded=True) as running:
        yield running


@pytest.fixture
def server(running_server: HTTPServer) -> HTTPServer:
    running_server.clear()
    running_server.no_handler_status_code = 404  # as a server would; 500 for /robots.txt would forbid everything
    return running_server


@pytest.fixture
def slow_server() -> Iterator[HTTPServer]:
    """A server of its own, whose late answers are in no other test's log."""
    with HTTPServer(host="127.0.0.1", threaded=True) as running:
        running.no_handler_status_code = 404
        yield running


@pytest.fixture
def calendar_bytes() -> bytes:
    return CALENDAR


@pytest.fixture
def run(settings: Settings):
    """Crawls the given sources and gathers what came of it."""

    def _run(*sources: Source, **options) -> Crawl:
        outcome = Crawl()
        reports = crawl(sources, settings=settings, deliver=outcome.records.append, **options)
        outcome.reports = {report.source: report for report in reports}
        return outcome

    return _run


@pytest.fixture
def declare():
    """A source for an address, on this machine's own network unless said otherwise."""

    def _declare(name: str, url: str, reader: str = "ics", **fields) -> Source:
        return Source(name=name, title=name, url=url, reader=reader, **{"private": True, **fields})

    return _declare
