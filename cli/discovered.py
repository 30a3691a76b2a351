"""What discovery found, for people and for programs."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cli.dates import when
from cli.session import Session
from cli.table import Column, labelled, table, wrapped
from hobnob.jsonlines import as_builtins
from hobnob.observations import Observation
from hobnob.printable import line
from hobnob.sources import Source

if TYPE_CHECKING:
    from crawlers.discover import Candidate, Discovery
    from indexer.enrich import Preview

__all__ = [
    "FIRST_EVENTS",
    "candidate_json",
    "candidates_table",
    "discovery_json",
    "first_events",
    "likeness",
    "tried_lines",
]

FIRST_EVENTS = 3
_MOST_TRIED = 3
_MOST_EXPLAINED = 5
_COLUMNS = (
    Column("", right=True),
    Column("Read as"),
    Column("Platform", spare=True),
    Column("Events", right=True),
    Column("Upcoming", right=True),
    Column("From", spare=True),
    Column("To", spare=True),
    Column("Address", least=24),
)


def tried_lines(discovery: "Discovery", width: int, *, everything: bool) -> Iterator[str]:
    """How much was tried, and what came of it: all of it, or where nothing was found the first few."""
    found, tried = len(discovery.candidates), len(discovery.tried)
    yield f"{_number(tried, 'address', 'addresses')} tried, {_number(found, 'way', 'ways')} to read events found"
    shown = discovery.tried if everything else () if found else discovery.tried[:_MOST_TRIED]
    for one in shown:
        yield from _indented(f"{one.url}: {one.outcome} ({one.why})", width)
    if not found and len(shown) < tried:
        yield f"  and {tried - len(shown)} more: see them with --verbose"


def candidates_table(candidates: Sequence["Candidate"], width: int) -> Iterator[str]:
    """The ways that were found, numbered, the best first, and what speaks for and against each."""
    yield from table(_COLUMNS, [_row(number, one) for number, one in enumerate(candidates, 1)], width)
    yield ""
    for number, one in enumerate(candidates[:_MOST_EXPLAINED], 1):
        yield from _indented(f"{number}: {'; '.join((one.found_by, *one.reasons))}", width)


def _row(number: int, one: "Candidate") -> tuple[str, ...]:
    return (
        f"{number}{'*' if number == 1 else ''}",
        one.source.reader + (" + pages" if one.source.follow_depth else ""),
        one.source.platform or "",
        f"{one.count}{'+' if one.more else ''}",
        f"{one.upcoming}{'+' if one.more and one.upcoming else ''}",
        _day(one.first),
        _day(one.last),
        one.source.url,
    )


def first_events(events: Sequence[Observation], session: Session) -> Iterator[str]:
    """The next few events, a line each."""
    for event in events[:FIRST_EVENTS]:
        shown = when(event.start_date, event.end_date, now=session.now, zone=session.zone)
        yield f"  {shown}  {line(event.name)}"


def likeness(source: Source, like: "Preview", width: int) -> Iterator[str]:
    """The source as it would be stored, and what its events are like."""
    facts = [
        ("name", [source.name]),
        ("title", [source.title]),
        ("address", [source.url]),
        ("homepage", [source.homepage or ""]),
        ("time zone", [source.time_zone or ""]),
        ("language", [source.language or ""]),
        ("place", [source.place or ""]),
        ("follows", [source.follow or ""]),
        ("events are about", [_counts(like.industries, like.count)]),
        ("kinds", [_counts(like.kinds, like.count)]),
        ("places", [_counts(like.places, like.count)]),
        ("zones", [_counts(like.time_zones, like.count)]),
        ("languages", [_counts(like.languages, like.count)]),
    ]
    yield from labelled([(label, values) for label, values in facts if any(values)], width)


def _counts(counts: Sequence[tuple[str, int]], of: int) -> str:
    shown = [f"{what} ({times} of {of})" for what, times in counts[:FIRST_EVENTS]]
    return ", ".join(shown)


def discovery_json(discovery: "Discovery") -> dict[str, Any]:
    """All that was found and tried."""
    return {
        "url": discovery.url,
        "closed": discovery.closed,
        "error": discovery.error,
        "candidates": [candidate_json(one) for one in discovery.candidates],
        "tried": as_builtins(discovery.tried),
    }


def candidate_json(one: "Candidate") -> dict[str, Any]:
    plain: dict[str, Any] = as_builtins(one)
    plain["first_events"] = plain.pop("events")[:FIRST_EVENTS]
    return plain


def _indented(text: str, width: int) -> Iterator[str]:
    first = True
    for part in wrapped(line(text), width - 4):
        yield f"{'  ' if first else '    '}{part}"
        first = False


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
