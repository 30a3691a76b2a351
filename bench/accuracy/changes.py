"""What a second crawl changes: the words of the change log beside those that a person expects.

Two kinds of crawls: those of OpenACalendar's tests (tests/cases/openacalendar, real calendars of an aggregator, with
what that aggregator expects), and pairs that were made (crawl_pairs.toml, which says so). All go the whole way: read,
loaded with the report of their crawl, identified.
"""

import datetime as dt
import json
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.accuracy.figures import rate
from bench.accuracy.tables import Options, Table
from crawlers.readers import Context, reader
from hobnob.observations import FetchReport, Observation
from indexer.catalogue import Catalogue
from indexer.enrich import Enricher
from indexer.identity import identify

__all__ = ["measure"]

_MADE = Path(__file__).parent / "crawl_pairs.toml"
_OPENACALENDAR = Path(__file__).parents[2] / "tests" / "cases" / "openacalendar"
_NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
_THEN = dt.datetime(2013, 11, 1, 12, tzinfo=dt.timezone.utc)
_WIDEST = 44

_RULE = "ImportRRuleDeleteByExDate1"

#: OpenACalendar: the calendar before and after, in how many crawls, when that is, and the words that are right.
_REAL = (
    ("moved", "MovedICALPart1.ical", "MovedICALPart2.ical", 1, _THEN, ("moved",)),
    ("deleted (called off)", "BasicICAL.ical", "BasicICALDeleted.ical", 1, _THEN, ("cancelled",)),
    ("vanished, one crawl", "BasicICAL.ical", "BasicICALNoEvents.ical", 1, _THEN, ()),
    ("vanished for good", "BasicICAL.ical", "BasicICALNoEvents.ical", 6, _THEN, ("missing", "withdrawn")),
    ("vanished after it was over", "BasicICAL.ical", "BasicICALNoEvents.ical", 6, _NOW, ()),
    ("a time taken out", f"{_RULE}Part1.ics", f"{_RULE}Part2.ics", 1, _THEN, ("changed",)),
    ("the same again", "BasicICAL.ical", "BasicICAL.ical", 3, _THEN, ()),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Case:
    """The documents of crawls, a day apart, each as its reader's name and its bytes; the words that are expected of all
    events together."""

    about: str
    crawls: Sequence[tuple[str, bytes]]
    expected: tuple[str, ...]
    at: dt.datetime = _NOW
    half: str = ""
    kind: str = ""


@dataclass(slots=True)
class _Counts:
    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, case: _Case, found: tuple[str, ...]) -> None:
        self.of[case.kind] += 1
        self.right[case.kind] += found == case.expected
        if found != case.expected:
            said = ", ".join(found) or "nothing"
            self.wrong.append(f"{case.about[:_WIDEST]}: said {said}; right is {', '.join(case.expected) or 'nothing'}")


def measure(options: Options) -> Iterator[Table]:
    enricher = Enricher({})
    yield _table("Change: the calendars of OpenACalendar's tests", list(_real()), enricher)
    made = list(_made())
    for half in options.halves:
        yield _table(f"Change: made pairs of crawls, {half}", [case for case in made if case.half == half], enricher)


def _table(title: str, cases: Sequence[_Case], enricher: Enricher) -> Table:
    counts = _Counts()
    for case in cases:
        counts.add(case, _said(case, enricher))
    table = Table(title=title, columns=("what is right", "cases", "right"))
    table.rows = [(kind, str(of), str(counts.right[kind])) for kind, of in sorted(counts.of.items())]
    table.rows.append(("all", str(counts.of.total()), rate(counts.right.total(), counts.of.total())))
    table.notes = counts.wrong
    return table


def _said(case: _Case, enricher: Enricher) -> tuple[str, ...]:
    """The words of all changes after the first crawl, in their order; of the neighbours there must be none."""
    with tempfile.TemporaryDirectory() as folder, Catalogue.open(f"sqlite:///{folder}/catalogue.sqlite") as catalogue:
        first = 0
        for number, (name, document) in enumerate(case.crawls):
            at = case.at + number * dt.timedelta(days=1)
            found = reader(name)(document, Context(now=at, source="made", url="https://made.example/"))
            said = [one for one in found if isinstance(one, Observation)]
            report = FetchReport(
                source="made", started_at=at, finished_at=at, outcome="read", complete=bool(said), read=len(said)
            )
            catalogue.load([*said, report], now=at)
            identify(catalogue, enricher, now=at)
            first = first or catalogue.number()
        return tuple(change.what for change in catalogue.changes(first))


def _real() -> Iterator[_Case]:
    for about, before, after, crawls, at, expected in _REAL:
        documents = [(_OPENACALENDAR / name).read_bytes() for name in (before, *[after] * crawls)]
        yield _Case(about, [("ics", one) for one in documents], expected, at, kind=" then ".join(expected) or "nothing")


def _made() -> Iterator[_Case]:
    for case in tomllib.loads(_MADE.read_text("utf-8"))["case"]:
        before, after = case.get("before", {}), case["after"]
        form = "json" if "json" in after else "ics"
        own = before.get(form, {})
        first = _document(form, own)
        later = _document(form, None if after == "gone" else after[form])
        crawls = [first, *[later] * case.get("crawls", 1), *([first] if case.get("back") else [])]
        kind = " then ".join(case["expected"]) or "nothing"
        yield _Case(case["about"], crawls, tuple(case["expected"]), half=case["half"], kind=kind)


_FIRST = {"UID": "first", "DTSTART": "20261201T180000", "SUMMARY": "Opening of the season", "LOCATION": "Ulm, Germany"}
_LAST = {"UID": "last", "DTSTART": "20261220T180000", "SUMMARY": "Winter unconference", "LOCATION": "Bonn, Germany"}
_EVENT = {"UID": "one", "DTSTART": "20261203T180000", "SUMMARY": "Rust evening", "LOCATION": "Berlin, Germany"}


def _document(form: str, own: dict[str, Any] | None) -> tuple[str, bytes]:
    return ("ics", _calendar(own)) if form == "ics" else ("html", _page(own))


def _calendar(own: dict[str, str] | None) -> bytes:
    """The event with its own properties between two others; without it when there is none."""
    events = [_FIRST, _LAST]
    if own is not None:
        base = {name: value for name, value in _EVENT.items() if not any(key.split(";")[0] == name for key in own)}
        events.insert(1, base | own)
    lines = [line for event in events for line in ("BEGIN:VEVENT", *map(_property, event.items()), "END:VEVENT")]
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//made//EN", *lines, "END:VCALENDAR", "")).encode()


def _property(pair: tuple[str, str]) -> str:
    name, value = pair
    if name in ("LOCATION", "SUMMARY", "DESCRIPTION"):
        value = value.replace(",", "\\,").replace(";", "\\;")
    if name in ("DTSTART", "DTEND", "EXDATE") and not value.endswith("Z"):
        name = f"{name};TZID=Europe/Berlin"
    return f"{name}:{value}"


def _page(own: dict[str, Any] | None) -> bytes:
    plain = {"@type": "Event", "url": "https://made.example/rust", "name": "Rust evening"}
    place = {"@type": "Place", "name": "Hub", "address": {"addressLocality": "Berlin", "addressCountry": "DE"}}
    plain |= {"startDate": "2026-12-03T18:00:00+01:00", "location": place}
    events = [
        {
            "@type": "Event",
            "url": f"https://made.example/{day}",
            "name": name,
            "startDate": f"2026-12-{day}T18:00:00+01:00",
        }
        for day, name in (("01", "Opening of the season"), ("20", "Winter unconference"))
    ]
    if own is not None:
        events.insert(1, plain | own)
    data = json.dumps({"@context": "https://schema.org", "@graph": events})
    return f'<!doctype html><title>Made</title><script type="application/ld+json">{data}</script>'.encode()
