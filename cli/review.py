"""`hobnob review`: the pairs of events that may be one, for a person to settle; and what was decided."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from cli.choosing import check_sources
from cli.completing import completes, source_names
from cli.dates import when
from cli.hits import where
from cli.options import format_option
from cli.output import note, say, say_json, terminal_width
from cli.session import Session
from cli.table import Column, labelled, table, wrapped
from hobnob.jsonlines import as_builtins
from hobnob.printable import line

if TYPE_CHECKING:
    from hobnob.events import Event
    from indexer.catalogue import ByHand
    from indexer.identity.reviewing import InDoubt

__all__ = ["command"]

_COLUMNS = (
    Column("", right=True),
    Column("ID"),
    Column("Event", least=20),
    Column("When"),
    Column("Place", least=10, spare=True),
)
_INDENT = 6


@click.command(short_help="List events that may be one, to merge them or keep them apart.")
@click.option("-l", "--limit", "most", type=click.IntRange(1, 10_000), default=10, show_default=True, help="How many.")
@click.option(
    "-s", "--source", "sources", multiple=True, metavar="NAME", shell_complete=completes(source_names),
    help="Only of this source; may be repeated.",
)  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Also pairs of events that are over.")
@click.option("--decided", is_flag=True, help="List what was decided by hand instead, and how to undo it.")
@format_option("table", "json")
@click.pass_obj
def command(
    session: Session, *, most: int, sources: tuple[str, ...], everything: bool, decided: bool, output_format: str
) -> None:
    """List the pairs of events that may be one, the likeliest first, with what
    speaks for it and against it, and the commands that settle it.

    \b
    Examples:
      hobnob review
      hobnob review -s berlin-meetups -l 50
      hobnob review --decided
    """
    if decided:
        _show_decided(session.catalogue.decisions(), output_format)
        return
    from indexer.identity.reviewing import in_doubt

    check_sources(session, sources)
    since = None if everything else session.now.astimezone(session.zone).date()
    found = list(islice(in_doubt(session.catalogue, sources=sources, since=since), most + 1))
    pairs = found[:most]
    if output_format == "json":
        say_json([_entry(pair) for pair in pairs])
        return
    for text in _lines(pairs, session.now, session.zone, terminal_width()):
        click.echo(text)
    if not pairs:
        say("Nothing is in doubt." if everything else "Nothing is in doubt; --all looks at events that are over too.")
    elif len(found) > most:
        note(f"There are more: -l {most * 5} shows more of them.")


def _lines(pairs: "Sequence[InDoubt]", now: dt.datetime, zone: dt.tzinfo, width: int) -> Iterator[str]:
    rows = []
    for pair in pairs:
        rows.append((f"{pair.score:.0%}", *_row(pair.one, now, zone)))
        rows.append(("", *_row(pair.other, now, zone)))
    shown = table(_COLUMNS, rows, width)
    if rows:
        yield next(shown)
    for number, pair in enumerate(pairs):
        if number:
            yield ""
        for event in (pair.one, pair.other):
            yield next(shown)
            yield from _remark(_sources(event), width)
        yield from _remark("because: " + "; ".join(pair.reasons), width)
        ids = f"{pair.one.id} {pair.other.id}"
        yield f"{' ' * _INDENT}one event:  hobnob merge {ids}"
        yield f"{' ' * _INDENT}two events: hobnob split {ids}"


def _remark(text: str, width: int) -> Iterator[str]:
    for part in wrapped(line(text), width - _INDENT):
        yield click.style(" " * _INDENT + part, dim=True)


def _sources(event: "Event") -> str:
    names = ", ".join(dict.fromkeys(source.source for source in event.sources))
    return f"{names}: {event.url}" if event.url else names


def _row(event: "Event", now: dt.datetime, zone: dt.tzinfo) -> tuple[str, ...]:
    date = when(event.start_date, event.end_date, now=now, zone=zone)
    return event.id, event.name, date, where(event.place, event.attendance)


def _entry(pair: "InDoubt") -> dict[str, Any]:
    return {
        "score": round(pair.score, 4),
        "reasons": pair.reasons,
        "one": as_builtins(pair.one),
        "other": as_builtins(pair.other),
    }


def _show_decided(decisions: "Sequence[ByHand]", output_format: str) -> None:
    if output_format == "json":
        say_json([_decision(one) for one in decisions])
        return
    if not decisions:
        say("Nothing was decided by hand.")
        return
    for text in labelled(((str(one.number), [f"{one.said}.", _state(one)]) for one in decisions), terminal_width()):
        click.echo(text)
    note("'hobnob undo NUMBER' takes one back.")


def _decision(one: "ByHand") -> dict[str, Any]:
    return {
        "number": one.number,
        "what": one.what,
        "said": one.said,
        "at": one.at,
        "undone_at": one.undone_at,
        "overruled_by": one.overruled_by,
    }


def _state(one: "ByHand") -> str:
    decided = f"{one.at:%Y-%m-%d %H:%M} UTC"
    if one.undone_at is not None:
        return f"{decided}, undone {one.undone_at:%Y-%m-%d %H:%M}"
    return f"{decided}, overruled by decision {one.overruled_by}" if one.overruled_by is not None else decided
