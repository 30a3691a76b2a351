"""`hobnob news`: what changed, from crawl to crawl of a calendar (made)."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from cli.news_words import summed_up
from crawlers.readers import Context, reader
from hobnob import jsonlines
from hobnob.observations import FetchReport, Observation
from indexer.catalogue import Change
from tests.cli.conftest import Run

HOUR = dt.timedelta(hours=1)
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)


def vevent(uid: str, day: str, name: str, *lines: str, city: str = "Berlin") -> str:
    own = (f"UID:{uid}", f"DTSTART:{day}T180000", f"SUMMARY:{name}", f"LOCATION:{city}\\, Germany", *lines)
    return "\r\n".join(("BEGIN:VEVENT", *own, "END:VEVENT"))


class World:
    """A calendar that is crawled hour by hour: what its crawls write is loaded."""

    def __init__(self, run: Run, path: Path, clock: time_machine.Traveller) -> None:
        self.hobnob = run
        self.path = path
        self.clock = clock
        self.at = NOW

    def wait(self, time: dt.timedelta) -> None:
        self.at += time
        self.clock.move_to(self.at)

    def crawl(self, *events: str, times: int = 1) -> None:
        calendar = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//made//EN", *events, "END:VCALENDAR", "")
        for _ in range(times):
            self.wait(HOUR)
            context = Context(now=self.at, source="made", url="https://made.example/")
            read = reader("ics")("\r\n".join(calendar).encode(), context)
            said = [one for one in read if isinstance(one, Observation)]
            told = {"outcome": "read", "complete": True, "read": len(said)}
            ended = FetchReport(source="made", started_at=self.at, finished_at=self.at, **told)
            with self.path.open("wb") as out:
                jsonlines.write([*said, ended], out)
            assert self.hobnob("load", self.path).code == 0

    def news(self, *arguments: object) -> dict[str, list[str]]:
        """The words of the news by the name of the event, the last first."""
        ran = self.hobnob("news", *arguments, "-f", "json")
        assert ran.code == 0, ran.err
        return {one["name"]: one["news"] for one in json.loads(ran.out)}


@pytest.fixture
def world(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("HOBNOB_TIME_ZONE", "Europe/Berlin")
    monkeypatch.setenv("COLUMNS", "140")
    with time_machine.travel(NOW, tick=False) as clock:
        yield World(run, tmp_path / "crawl.jsonl", clock)


RUST = vevent("a", "20261203", "Rust evening")
BARCAMP = vevent("b", "20261204", "Barcamp", city="Hamburg")
HACK = vevent("c", "20261208", "Hack night", "RRULE:FREQ=WEEKLY;COUNT=20", city="Leipzig")


def test_what_happened_since_a_day(world):
    world.crawl(RUST, BARCAMP, HACK)
    assert world.news() == {"Rust evening": ["added"], "Barcamp": ["added"], "Hack night": ["added"]}
    world.wait(24 * HOUR)
    world.crawl(
        vevent("a", "20261210", "Rust evening"),
        vevent("b", "20261204", "Barcamp", "STATUS:CANCELLED", city="Hamburg"),
        vevent("c", "20261208", "Hack night", "RRULE:FREQ=WEEKLY;COUNT=20", "EXDATE:20261222T180000", city="Leipzig"),
        vevent("d", "20270110", "Meetup"),
    )
    assert world.news("--since", "today") == {
        "Rust evening": ["moved"],
        "Barcamp": ["cancelled"],
        "Hack night": ["changed"],
        "Meetup": ["added"],
    }
    assert world.news("--since", "yesterday")["Rust evening"] == ["added", "moved"]
    out = world.hobnob("news", "--since", "today").out
    assert "moved Thu 3 Dec 18:00 → Thu 10 Dec 18:00" in out
    assert "Tue 22 Dec 18:00 off" in out
    assert "4 events since 2026-11-24" in out


def test_what_is_no_longer_shown(world):
    world.crawl(RUST, BARCAMP, HACK)
    world.wait(24 * HOUR)
    world.crawl(RUST, HACK, times=2)
    assert world.news("--since", "today") == {}
    assert world.news("--since", "today", "--changed") == {"Barcamp": ["missing"]}
    world.crawl(RUST, HACK, times=2)
    assert world.news("--since", "today") == {"Barcamp": ["withdrawn"]}
    assert world.news("--since", "today", "-n", "Hamburg") == {"Barcamp": ["withdrawn"]}
    assert world.news("--since", "today", "-n", "Berlin", "-w", "50km") == {}
    world.wait(24 * HOUR)
    world.crawl(RUST, BARCAMP, HACK)
    assert world.news("--since", "today") == {"Barcamp": ["reinstated"]}


def test_small_changes_are_shown_when_asked_for(world):
    world.crawl(RUST)
    world.wait(24 * HOUR)
    world.crawl(vevent("a", "20261203", "Rust evening", "DESCRIPTION:Bring a laptop"))
    assert world.news("--since", "today") == {}
    assert world.news("--since", "today", "--changed") == {"Rust evening": ["changed"]}
    assert "changed: description" in world.hobnob("news", "--since", "today", "--changed").out


def test_filters_are_those_of_search(world):
    world.crawl(RUST, BARCAMP, HACK)
    assert set(world.news("rust")) == {"Rust evening"}
    assert set(world.news("--not", "night")) == {"Rust evening", "Barcamp"}
    assert set(world.news("--from", "2026-12-05")) == {"Hack night"}
    assert set(world.news("--to", "2026-12-03")) == {"Rust evening"}
    assert set(world.news("-k", "barcamp")) == {"Barcamp"}
    assert world.news("--status", "cancelled") == {}
    world.clock.move_to(dt.datetime(2026, 12, 4, 12, tzinfo=dt.timezone.utc))
    assert set(world.news("--since", "2026-11-01")) == {"Barcamp", "Hack night"}
    assert set(world.news("--since", "2026-11-01", "--from", "2026-12-01", "--to", "2026-12-03")) == {"Rust evening"}


def test_the_limit_and_the_formats(world):
    world.crawl(RUST, BARCAMP, HACK)
    ran = world.hobnob("news", "-l", "2")
    assert "2 events, and more since 2026-11-16: see --limit" in ran.out
    lines = world.hobnob("news", "-l", "2", "-f", "jsonl").out.splitlines()
    records = [json.loads(line) for line in lines]
    assert len(records) == 2
    assert {"id", "name", "start_date", "status", "presence", "place", "news", "text", "changes"} <= records[0].keys()
    assert [change["what"] for change in records[0]["changes"]] == ["added"]


def test_a_narrow_terminal(world, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    world.crawl(RUST)
    out = world.hobnob("news").out
    assert max(map(len, out.splitlines())) <= 60
    assert "Berlin, DE" in out


def test_nothing_new(world):
    world.crawl(RUST)
    ran = world.hobnob("news", "--since", "today", "zebra")
    assert (ran.code, ran.out) == (0, "Nothing new since 2026-11-23.\n")
    ran = world.hobnob("news", "-s", "nobody")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "Error: unknown source 'nobody'")


@pytest.mark.parametrize(("since", "day"), [("monday", "2026-11-23"), ("tuesday", "2026-11-17"), ("-3d", "2026-11-20")])
def test_the_first_day(world, since, day):
    assert f"since {day}." in world.hobnob("news", "--since", since).out


@pytest.mark.parametrize("since", ["tomorrow", "+3d", "2027-01-01", "whenever"])
def test_a_day_to_come_is_none(world, since):
    ran = world.hobnob("news", "--since", since)
    assert ran.code == 2
    assert ran.err.startswith(f"Error: {since!r} is not a date")


# Several changes of one event


def texts(*changes: tuple[str, dict[str, tuple[str | None, str | None]]]) -> list[str]:
    said = [
        Change(number=number, event_id="k3f9xa2b", what=what, at=NOW, fields=fields)
        for number, (what, fields) in enumerate(changes)
    ]
    return [item.text for item in summed_up(said, now=NOW, zone=dt.timezone.utc)]


def at(day: int, hour: int = 18) -> str:
    return f"2026-12-{day:02}T{hour}:00:00[UTC]"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([("moved", {"start_date": (at(3), at(10))})], ["moved Thu 3 Dec 18:00 → Thu 10 Dec 18:00"]),
        ([("moved", {"start_date": (at(3), at(3, 20))})], ["moved Thu 3 Dec 18:00 → 20:00"]),
        (
            [
                ("moved", {"start_date": (at(3), at(10))}),
                ("moved", {"start_date": (at(10), at(17))}),
                ("cancelled", {"status": ("scheduled", "cancelled"), "name": ("A", "B")}),
            ],
            ["moved Thu 3 Dec 18:00 → Thu 17 Dec 18:00", "cancelled", "changed: name"],
        ),
        ([("moved", {"start_date": (at(3), at(10))}), ("moved", {"start_date": (at(10), at(3))})], []),
        ([("moved", {"place": ("Hub, Berlin", "Library, Berlin")})], ["moved Hub, Berlin → Library, Berlin"]),
        ([("moved", {"attendance": ("offline", "online"), "place": ("Hub", None)})], ["now online"]),
        ([("postponed", {"status": ("scheduled", "postponed")})], ["postponed"]),
        (
            [
                ("postponed", {"status": ("scheduled", "postponed")}),
                ("moved", {"status": ("postponed", "rescheduled"), "start_date": (at(3), at(10))}),
            ],
            ["moved Thu 3 Dec 18:00 → Thu 10 Dec 18:00"],
        ),
        ([("reinstated", {"status": ("cancelled", "scheduled")})], ["reinstated"]),
        ([("withdrawn", {"presence": ("missing", "withdrawn")})], ["withdrawn by its sources"]),
        ([("missing", {"presence": ("present", "missing")}), ("reinstated", {"presence": ("missing", "present")})], []),
        ([("changed", {"start_date": ("2026-12-03", at(3))})], ["changed: start"]),
        (
            [("changed", {"overrides": (None, f"{at(8)} cancelled, {at(15)} at {at(16)}")})],
            ["Tue 8 Dec 18:00 cancelled, Tue 15 Dec 18:00 → Wed 16 Dec 18:00"],
        ),
        (
            [("changed", {"exdate": (None, at(8))}), ("changed", {"exdate": (None, at(15))})],
            ["Tue 8 Dec 18:00, Tue 15 Dec 18:00 off"],
        ),
        ([("merged", {"id": ("k3f9xa2b", "x7y8z9aa")})], ["is the same event as x7y8z9aa"]),
        ([("split", {"id": ("x7y8z9aa", "k3f9xa2b")})], ["is another event than x7y8z9aa"]),
        ([("added", {}), ("changed", {"description": ("a", "b")})], ["added"]),
        ([("added", {}), ("withdrawn", {"presence": ("missing", "withdrawn")})], ["added", "withdrawn by its sources"]),
        ([("moved", {"start_date": ("2026-99-99", "…")})], ["moved 2026-99-99 → …"]),
    ],
)
def test_changes_are_summed_up(changes, told):
    assert texts(*changes) == told
