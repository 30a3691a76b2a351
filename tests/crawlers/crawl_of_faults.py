"""One crawl into a catalogue, in a process of its own whose memory is measured.

Run as `python crawl_of_faults.py FOLDER PORT`. Prints, as JSON, the report of each source, how long it took, the peak
of its memory, and what the catalogue has.
"""

import datetime as dt
import json
import sys
import time
from pathlib import Path

from bench.memory import peak_bytes
from crawlers.run import crawl
from hobnob.observations import FetchReport, Record
from hobnob.settings import Settings
from hobnob.sources import Source
from indexer.catalogue import Catalogue
from indexer.enrich import Enricher
from indexer.identity import identify
from indexer.loading import Loader

#: What goes wrong, and what the report says of it: its problem, and the beginning and the end of the reason.
FAULTS = {
    "never": ("timeout", "no answer in time from 127.0.", ""),
    "drip": ("timeout", "no answer in time from 127.0.", ""),
    "drip_head": ("timeout", "no answer in time from 127.0.", ""),
    "circle": ("server", "redirects in a circle: http://", "/circle"),
    "endless": ("too_large", "larger than max_response_mb allows: http://", "/endless"),
    "bomb": ("too_large", "larger than max_response_mb allows when unpacked: http://", "/bomb"),
    "page": ("unreadable", "no calendar", "HTML page"),
    "login": ("forbidden", "an HTML page instead of a calendar: it asks to log in, from http://", "/login"),
    "sgcaptcha": (
        "forbidden",
        "an HTML page instead of a calendar: a challenge page of SiteGround; a challenge is a no, from http://",
        "/sgcaptcha",
    ),
    "cloudflare": ("forbidden", "403 Forbidden from http://", ": a challenge page of Cloudflare; a challenge is a no"),
    "modsecurity": ("forbidden", "406 Not Acceptable from ", ": a challenge page of ModSecurity; a challenge is a no"),
    "throttled": ("throttled", "429 Too Many Requests from http://", "/throttled: it asks to be left alone for 120 s"),
    "missing": ("missing", "404 Not Found from http://", "/missing"),
    "broken": ("server", "500 Internal Server Error from http://", "/broken"),
    "broken_off": ("server", "the answer of 127.0.", " broke off before its end"),
    "forbidden": ("robots", "robots.txt of 127.0.", "/forbidden"),
}
READ = ("charset", "secondly", "large", *(f"healthy{number}" for number in range(5)))


def _sources(port: int) -> list[Source]:
    paths = {name: f"/{name}" for name in (*FAULTS, *READ, "empty")}
    hosts = {name: f"127.0.9.{number}:{port}" for number, name in enumerate(paths, 1)}
    given = [_source(name, f"http://{hosts[name]}{path}") for name, path in paths.items()]
    given.append(_source("shape", f"http://127.0.8.1:{port}/api/2/events?page=1", reader="json", platform="localist"))
    given.append(_source("tls", f"https://127.0.8.2:{port}/tls"))
    given.append(_source("refused", "http://127.0.8.3:9/c.ics"))
    given.append(_source("no-such-host", "http://nowhere.invalid/c.ics"))
    given.append(_source("not-public", f"http://127.0.8.4:{port}/healthy0", private=False))
    return given


def _source(name: str, url: str, *, reader: str = "ics", private: bool = True, platform: str | None = None) -> Source:
    return Source(name=name, title=name, url=url, reader=reader, platform=platform, private=private)


def main(folder: Path, port: int) -> None:
    settings = Settings(data_dir=folder, config_dir=folder, download_delay=0.0, timeout_seconds=15, max_response_mb=20)
    sources = _sources(port)
    now = dt.datetime.now(dt.timezone.utc)
    with Catalogue.open(settings.catalogue_url) as catalogue:
        started = time.monotonic()
        with Loader(catalogue, now=now) as loader:

            def deliver(record: Record) -> None:
                if record.source != "large" or isinstance(record, FetchReport):
                    loader.add(record)

            reports = crawl(sources, settings=settings, deliver=deliver)
        took = time.monotonic() - started
        identify(catalogue, Enricher({source.name: source for source in sources}), now=now)
        events = [event for event in catalogue.events(catalogue.event_ids()) if event.presence == "present"]
    present: dict[str, list[str]] = {}
    for event in events:
        present.setdefault(event.sources[0].source, []).append(event.name)
    found = {
        report.source: {
            "outcome": report.outcome,
            "complete": report.complete,
            "read": report.read,
            "problem": report.problem,
            "retry_after": report.retry_after,
            "errors": report.errors,
            "seconds": (report.finished_at - report.started_at).total_seconds(),
        }
        for report in reports
    }
    peak = peak_bytes() / 1024**2
    json.dump({"reports": found, "took": took, "peak_mb": peak, "present": present}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
