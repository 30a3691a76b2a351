"""`hobnob sources add --from FILE`: all addresses of a list at once."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.choosing import with_address
from cli.output import note, say_json, terminal_width
from cli.proposing import Options, looked_at, proposed, seen
from cli.session import Session
from cli.table import Column, table
from hobnob.errors import BadValue, HobnobError, UsageError

if TYPE_CHECKING:
    from crawlers.discover import Discovery
    from crawlers.discovery.address_lists import Listed

__all__ = ["add_listed"]

_AT_ONCE = 50
_LARGEST = 20_000_000
_MOST = 10_000
_COLUMNS = (
    Column("Address", least=24),
    Column(""),
    Column("Source", least=10),
    Column("Events", right=True),
    Column("Why not", least=16, spare=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one address: "added", "known" or "failed", as which source, or why not."""

    url: str
    outcome: str
    source: str | None = None
    events: int | None = None
    reason: str | None = None


def add_listed(session: Session, path: Path, given: Options, *, yes: bool, output_format: str) -> int:
    """Adds all addresses of a list that can be read and are no sources yet; shows a summary. The exit code."""
    if not yes and not sys.stdin.isatty():
        raise UsageError("adding a list needs a yes", hint="add --yes")
    entries = _entries(path)
    if not yes:
        click.confirm(f"Look at {len(entries)} addresses, and add what can be read?", abort=True, err=True)
    # A few at a time, so that what was found is stored before the next are looked at.
    parts = (entries[first : first + _AT_ONCE] for first in range(0, len(entries), _AT_ONCE))
    outcomes = [one for part in parts for one in _added(session, part, given)]
    places = {entry.url: place for place, entry in enumerate(entries)}
    outcomes.sort(key=lambda one: places[one.url])
    if output_format == "json":
        say_json(outcomes)
    else:
        for text in table(_COLUMNS, map(_row, outcomes), terminal_width()):
            click.echo(text)
    counts = [one.outcome for one in outcomes]
    note(", ".join(f"{counts.count(one)} {one}" for one in ("added", "known", "failed") if one in counts))
    failed = counts.count("failed")
    return 0 if not failed else 1 if failed == len(counts) else 3


def _entries(path: Path) -> "list[Listed]":
    from crawlers.discovery.address_lists import addresses_in

    try:
        if path.stat().st_size > _LARGEST:
            raise BadValue("list of addresses", str(path), hint="it is larger than 20 MB")
        data = path.read_bytes()
    except OSError as error:
        raise HobnobError(f"{str(path)!r} cannot be read: {error.strerror}") from error
    entries = list(islice(addresses_in(data), _MOST))
    if not entries:
        raise HobnobError(f"no addresses in {str(path)!r}", hint="OPML, or an address on each line, can be read")
    return entries


def _added(session: Session, entries: "list[Listed]", given: Options) -> Iterator[Outcome]:
    titles: dict[str, str | None] = {}
    for entry in entries:
        if (known := with_address(session, entry.url)) is not None:
            yield Outcome(url=entry.url, outcome="known", source=known.name)
        else:
            titles[entry.url] = entry.title
    for discovery in looked_at(session, list(titles), given) if titles else ():
        try:
            yield _add(session, discovery, given, titles[discovery.url])
        except HobnobError as error:
            yield Outcome(url=discovery.url, outcome="failed", reason=str(error))


def _add(session: Session, discovery: "Discovery", given: Options, title: str | None) -> Outcome:
    from crawlers import sources as declared

    best = discovery.best
    if best is None:
        return Outcome(url=discovery.url, outcome="failed", reason=discovery.error)
    if (known := with_address(session, best.source.url)) is not None:
        return Outcome(url=discovery.url, outcome="known", source=known.name, events=best.count)
    source = proposed(best, seen(session, best), given, session.sources, title=title)
    declared.add(session.settings.sources_dir, source)
    session.sources[source.name] = source
    return Outcome(url=discovery.url, outcome="added", source=source.name, events=best.count)


def _row(one: Outcome) -> tuple[str, ...]:
    return (one.url, one.outcome, one.source or "", str(one.events or ""), one.reason or "")
