"""How fast a crawl of many small sources is, beside bare libraries: Scrapy alone, icalendar alone, Core inserts alone.

A server of its own process gives each source a calendar of 20 real events (those of bench.readers_calendars, still to
come) with an ETag, and answers 304 to who has it; the sources are spread over 50 loopback addresses, each with its
robots.txt. Delays are off on both sides. The bare spider fetches the same addresses with Scrapy's defaults, obeys
robots.txt, one request at a time to a host, and throws the answers away.

Each turn is a process, timed inside from its first request to its end; the best of ROUNDS counts.

    python -m bench.crawl [SOURCES] [ROUNDS]
"""

import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.memory import peak_bytes
from bench.readers_calendars import NOW
from bench.site_server import HOSTS, calendar_of

SOURCES = 1_000
EVENTS = 20
_PROGRAM = Path(__file__).parents[1]


def urls(port: int, count: int) -> list[str]:
    return [f"http://127.0.0.{1 + number % HOSTS}:{port}/{number}.ics" for number in range(count)]


# What each turn does, in a process of its own; all give the seconds that it took, and how many it was about.


def bare_fetch(port: int, count: int, cache: str | None = None) -> int:
    """A spider that fetches and throws away; with `cache`, through Scrapy's own HTTP cache and its RFC 2616 policy."""
    import scrapy
    from scrapy.crawler import CrawlerProcess

    addresses, seen = urls(port, count), []

    class Bare(scrapy.Spider):
        name = "bare"

        async def start(self) -> Any:
            for url in addresses:
                yield scrapy.Request(url, dont_filter=True)

        def parse(self, response: Any) -> None:
            seen.append(len(response.body))

    settings: dict[str, Any] = {
        "ROBOTSTXT_OBEY": True,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": 0,
        "LOG_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "COOKIES_ENABLED": False,
    }
    if cache:
        policy = "scrapy.extensions.httpcache.RFC2616Policy"
        settings |= {"HTTPCACHE_ENABLED": True, "HTTPCACHE_DIR": cache, "HTTPCACHE_POLICY": policy}
    process = CrawlerProcess(settings)
    process.crawl(Bare)
    process.start()
    return len(seen)


def bare_parse(port: int, count: int) -> int:
    from icalendar import Calendar

    return sum(len(Calendar.from_ical(calendar_of(EVENTS, number)).walk("VEVENT")) for number in range(count))


def bare_load(port: int, count: int, data: str) -> int:
    """The rows that a crawl has left, ready as they are, inserted into an empty catalogue."""
    from bench.catalogue import RECEIVED, Beside
    from indexer.catalogue.dialect import connect

    beside = Beside(connect(f"sqlite:///{data}/catalogue.sqlite", 60), Path(data) / f"bare-{time.time_ns()}.sqlite")
    rows = beside.new_rows(RECEIVED)
    started = time.perf_counter()
    beside.insert(rows)
    return _Timed(len(rows[RECEIVED[0]]), time.perf_counter() - started)


def our_crawl(port: int, count: int, data: str) -> int:
    """Fetched, read and loaded: what `hobnob crawl` does before it identifies."""
    from crawlers.run import crawl
    from hobnob.settings import Settings
    from hobnob.sources import Source
    from indexer.catalogue import Catalogue
    from indexer.loading import Loader

    settings = Settings(data_dir=Path(data), config_dir=Path(data), download_delay=0)
    sources = [
        Source(name=f"s{number}", title="", url=url, reader="ics", private=True, declared_in="bench")
        for number, url in enumerate(urls(port, count))
    ]
    with Catalogue.open(settings.catalogue_url) as catalogue:
        started = time.perf_counter()
        with Loader(catalogue, now=NOW) as loader:
            reports = crawl(
                sources, settings=settings, deliver=loader.add, since=NOW.date(), known=catalogue.components
            )
        took = time.perf_counter() - started
    assert all(report.outcome != "failed" for report in reports), next(r for r in reports if r.outcome == "failed")
    return _Timed(sum(report.read for report in reports), took)


class _Timed(int):
    """A count with the seconds of the part that counts."""

    seconds: float

    def __new__(cls, count: int, seconds: float) -> "_Timed":
        made = super().__new__(cls, count)
        made.seconds = seconds
        return made


TURNS: dict[str, Callable[..., int]] = {one.__name__: one for one in (bare_fetch, bare_parse, bare_load, our_crawl)}


def turn(name: str, *arguments: object) -> tuple[float, int, float]:
    """Runs one turn in a process: its seconds, what it counted, its peak of memory in MB."""
    command = [sys.executable, "-m", "bench.crawl", "--turn", name, *map(str, arguments)]
    done = subprocess.run(command, cwd=_PROGRAM, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr[-4000:]}")
    seconds, count, peak = json.loads(done.stdout.splitlines()[-1])
    return seconds, count, peak


def _run_turn(name: str, *arguments: str) -> None:
    numbers = [int(one) if one.isdecimal() else one for one in arguments]
    started = time.perf_counter()
    count = TURNS[name](*numbers)
    seconds = getattr(count, "seconds", time.perf_counter() - started)
    print(json.dumps([seconds, int(count), peak_bytes() / 1024**2]))


@contextlib.contextmanager
def served(count: int) -> Iterator[int]:
    """The port of a server of `count` calendars."""
    command = [sys.executable, "-m", "bench.site_server", str(count), str(EVENTS)]
    with subprocess.Popen(command, cwd=_PROGRAM, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.terminate()


def main(count: int = SOURCES, rounds: int = 3) -> None:
    took: dict[str, list[tuple[float, int, float]]] = {}
    with served(count) as port, tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            data, cache = f"{folder}/{number}", f"{folder}/cache-{number}"
            for label, name, *more in (
                ("bare fetch", "bare_fetch"),
                ("first crawl", "our_crawl", data),
                ("bare parse", "bare_parse"),
                ("bare load", "bare_load", data),
                ("bare fetch into its cache", "bare_fetch", cache),
                ("all-304 recrawl", "our_crawl", data),
                ("bare 304s", "bare_fetch", cache),
            ):
                took.setdefault(label, []).append(turn(name, port, count, *more))
    best = {label: min(turns) for label, turns in took.items()}
    parts = ("bare fetch", "bare parse", "bare load")
    whole = sum(best[part][0] for part in parts)
    print(f"{count:,} sources of {EVENTS} events, best of {rounds}")
    print(f"  {'':38} {'seconds':>8} {'of bare':>8} {'wanted':>7} {'peak MB':>8}")
    for label in (*parts, "bare fetch into its cache", "bare 304s"):
        print(f"  {label:38} {best[label][0]:8.2f} {'':8} {'':7} {best[label][2]:8.0f}")
    for label, beside, wanted in (
        ("first crawl", whole, 1.3),
        ("all-304 recrawl", best["bare fetch"][0], 1.6),
        ("all-304 recrawl beside bare 304s", best["bare 304s"][0], None),
    ):
        seconds, _, peak = best[label.partition(" beside")[0]]
        print(f"  {label:38} {seconds:8.2f} {seconds / beside:8.2f} {wanted or '':7} {peak:8.0f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--turn"]:
        _run_turn(*sys.argv[2:])
    else:
        main(*map(int, sys.argv[1:]))
