"""Runs of `hobnob crawl` that are killed at a chosen moment, and what they leave behind."""

import datetime as dt
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from hobnob.queries import FACETS, Query
from indexer.catalogue import Catalogue
from indexer.engines.embedded import EmbeddedEngine
from tests.whole.program import COMMAND

CALENDARS = 12
IN_EACH = 90
NOW = dt.datetime.now(dt.timezone.utc)

_POLL = 0.002
_LONGEST = 60.0
_CITIES = (("Berlin", "Germany"), ("Zürich", "Switzerland"), ("Lisboa", "Portugal"), ("Austin, TX", "USA"))
_TOPICS = ("Rust", "Nursing", "Farming", "Tax law", "Jazz")


def write_sources(folder: Path) -> Path:
    """Calendars with single, weekly, moved and cancelled events, and the configuration that declares them."""
    sources = folder / "sources"
    sources.mkdir(parents=True)
    lines = []
    for number in range(CALENDARS):
        events = "".join(_event(number, place) for place in range(IN_EACH))
        text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//example//EN\n{events}END:VCALENDAR\n"
        (folder / f"{number}.ics").write_text(text.replace("\n", "\r\n"), encoding="utf-8")
        lines.append(
            f'[[source]]\nname = "calendar-{number}"\ntitle = "Calendar {number}"\nurl = "file:../{number}.ics"\n'
            f'reader = "ics"\ntime_zone = "Europe/Berlin"\n'
        )
    (sources / "calendars.toml").write_text("\n".join(lines), encoding="utf-8")
    config = folder / "hobnob.toml"
    config.write_text("bundled_sources = false\n", encoding="utf-8")
    return config


def _event(calendar: int, place: int) -> str:
    number = calendar * IN_EACH + place
    day = NOW + dt.timedelta(days=number % 500 + 1)
    city, country = _CITIES[number % len(_CITIES)]
    fields = [
        f"UID:{number}@example.org",
        "DTSTAMP:20260101T000000Z",
        f"DTSTART;TZID=Europe/Berlin:{day:%Y%m%d}T190000",
        f"DTEND;TZID=Europe/Berlin:{day:%Y%m%d}T210000",
        f"SUMMARY:{_TOPICS[number % len(_TOPICS)]} meetup {10_000 + number}",
        f"DESCRIPTION:We meet and talk. {'Bring a friend. ' * (number % 9)}",
        f"LOCATION:{city}\\, {country}",
    ]
    series = [*fields, "RRULE:FREQ=WEEKLY;COUNT=6"] if number % 8 == 0 else fields
    written = _component(series)
    if number % 16 == 0:
        second = day + dt.timedelta(days=7)
        moved = [line for line in fields if not line.startswith(("DTSTART", "DTEND"))]
        moved += [
            f"RECURRENCE-ID;TZID=Europe/Berlin:{second:%Y%m%d}T190000",
            f"DTSTART;TZID=Europe/Berlin:{second:%Y%m%d}T200000",
            "STATUS:CANCELLED" if number % 32 == 0 else "STATUS:CONFIRMED",
        ]
        written += _component(moved)
    return written


def _component(lines: list[str]) -> str:
    return "\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", ""))


@dataclass(frozen=True)
class House:
    """A data directory, and the program that works on it."""

    config: Path
    data: Path
    environment: dict[str, str]

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        return self.run("crawl", *words)

    def run(self, *words: str) -> subprocess.Popen[bytes]:
        command = [*COMMAND, "--config", self.config, "--data-dir", self.data, *words]
        with self.log.open("wb") as log:
            return subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)

    def finish(self) -> None:
        """Runs to the end."""
        assert self.start().wait(timeout=_LONGEST) == 0, self.log.read_text()

    def kill(self, moment: "Moment") -> bool:
        """Starts a run and ends it with SIGKILL at a moment; whether it was still running then."""
        process = self.start()
        try:
            until = time.monotonic() + _LONGEST
            while process.poll() is None and not moment(self) and time.monotonic() < until:
                time.sleep(_POLL)
        finally:
            process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL

    @property
    def catalogue_url(self) -> str:
        return self.environment.get("HOBNOB_CATALOGUE") or f"sqlite:///{self.data}/catalogue.sqlite"

    # What can be seen from outside while it runs

    @property
    def log(self) -> Path:
        return self.data.with_suffix(".log")

    @property
    def read(self) -> int:
        """How many sources have been read, as the progress lines say."""
        return self.log.read_bytes().count(b": read,")

    def count(self, table: str) -> int:
        """The rows of a table of the catalogue; -1 as long as there is none."""
        try:
            with closing(sqlite3.connect(f"file:{self.data}/catalogue.sqlite?mode=ro", uri=True)) as database:
                found: int = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                return found
        except sqlite3.OperationalError:
            return -1

    def is_sound(self) -> bool:
        """Whether SQLite finds nothing wrong with the catalogue."""
        with closing(sqlite3.connect(self.data / "catalogue.sqlite")) as database:
            return database.execute("PRAGMA quick_check").fetchall() == [("ok",)]

    @property
    def written(self) -> tuple[int, int]:
        """Differs after the catalogue's log has been written to."""
        try:
            found = (self.data / "catalogue.sqlite-wal").stat()
        except FileNotFoundError:
            return (0, 0)
        return found.st_size, found.st_mtime_ns

    @property
    def indexing(self) -> bool:
        """Whether documents are being written to an index that has not been committed yet."""
        index = self.data / "index"
        return any(index.glob("0*/*")) and not (index / "current.json").exists()

    # What it holds in the end, without what is by chance: ids and times of writing

    def events(self) -> dict[tuple[str, str], object]:
        """The events by source, UID and first start."""
        with closing(Catalogue.open(self.catalogue_url)) as catalogue:
            assert catalogue.counts().pending == 0
            found = [
                replace(event, id="", series=event.series and "series", created_at=None, changed_at=None)
                for event in catalogue.events(catalogue.event_ids())
            ]
        by_key = {(event.sources[0].uid, str(event.start_date)): event for event in found}
        assert len(by_key) == len(found)
        return dict(by_key)

    def changes(self) -> list[tuple[str, str]]:
        """What the change log says of which event, sorted."""
        with closing(Catalogue.open(self.catalogue_url)) as catalogue:
            names = {event.id: event.sources[0].uid for event in catalogue.events(catalogue.event_ids())}
            return sorted((names[change.event_id], change.what) for change in catalogue.changes())

    def answers(self) -> Iterator[object]:
        """What searches find: all hits in order of start and name, and counts."""
        with closing(EmbeddedEngine(self.data / "index")) as engine:
            for asked in QUERIES:
                first = engine.search(asked)
                others = range(2, 2 + (first.total - 1) // asked.limit)
                pages = [first, *(engine.search(replace(asked, page=page)) for page in others)]
                hits = [replace(hit, id="", series=hit.series and "series") for page in pages for hit in page.hits]
                assert len(hits) == first.total
                yield sorted(hits, key=lambda hit: (str(hit.start_date), hit.name, hit.status))
                yield {name: sorted(counts, key=str) for name, counts in engine.facets(asked, FACETS).items()}

    def number_is_right(self) -> bool:
        """Whether the index has taken in all that the catalogue knows."""
        with (
            closing(Catalogue.open(self.catalogue_url)) as catalogue,
            closing(EmbeddedEngine(self.data / "index")) as engine,
        ):
            return engine.state().number == catalogue.number() > 0


Moment = Callable[[House], bool]

QUERIES = tuple(
    Query(now=NOW, limit=1000, **asked)
    for asked in (
        {},
        {"all_occurrences": True},
        {"text": "nursing"},
        {"industries": ("technology",)},
        {"countries": ("CH",)},
        {"start": NOW.date() + dt.timedelta(days=200), "end": NOW.date() + dt.timedelta(days=230)},
    )
)
