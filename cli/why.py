"""`hobnob why`: which source said what of an event, and why it was recognised, merged, placed and labelled as it is."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from cli.dates import in_full
from cli.options import format_option
from cli.output import say_json, terminal_width
from cli.session import Session
from cli.table import labelled, wrapped
from hobnob.events import Event, Label, Presence
from hobnob.jsonlines import as_builtins
from hobnob.place_line import place_line
from hobnob.printable import line

if TYPE_CHECKING:
    from indexer.catalogue import ByHand, Change
    from indexer.identity.explaining import Explanation, FieldOrigin, Link, Witness

__all__ = ["command"]

_MOST = 12
_INDENT = 2
_PRESENCE = {
    Presence.PRESENT: "its sources show it",
    Presence.MISSING: "its sources no longer show it",
    Presence.WITHDRAWN: "withdrawn by its sources",
}
_VERDICTS = {"same": "the same", "different": "not the same", "unsure": "perhaps the same", "series": "one series"}

Facts = list[tuple[str, list[str]]]


@click.command(short_help="Show which source said what, and why an event is as it is.")
@click.argument("event_id", metavar="ID")
@click.option("--all", "everything", is_flag=True, help="All sources, comparisons and changes, however many.")
@format_option("table", "json")
@click.pass_obj
def command(session: Session, event_id: str, everything: bool, output_format: str) -> None:
    """Show what the event ID rests on: its sources and when they showed it, why
    they are believed to mean one event, which source each value is from and what
    others say instead, what placed and labelled it, what was decided by hand,
    and what has changed.

    \b
    Examples:
      hobnob why k3f9xa2b
      hobnob why k3f9xa2b -f json
    """
    from indexer.identity.explaining import explain

    found = explain(session.catalogue, event_id)
    if output_format == "json":
        say_json(_entry(found))
        return
    most = None if everything else _MOST
    for text in _lines(found, event_id, most, terminal_width()):
        click.echo(text)


def _entry(found: "Explanation") -> dict[str, Any]:
    decisions = [
        {name: getattr(one, name) for name in ("number", "what", "said", "at", "undone_at", "overruled_by")}
        for one in found.decisions
    ]
    names = ("event", "witnesses", "links", "near_misses", "fields", "aliases", "history")
    return {name: as_builtins(getattr(found, name)) for name in names} | {"decisions": decisions}


def _lines(found: "Explanation", asked: str, most: int | None, width: int) -> Iterator[str]:
    event = found.event
    yield click.style(line(event.name), bold=True)
    yield from wrapped(line(f"{event.id} · {in_full(event.start_date, event.end_date)}"), width)
    if asked != event.id:
        yield from wrapped(line(f"{asked} has become part of it"), width)
    joined = [link for link in found.links if link.joined]
    others = (link for link in found.links if not link.joined)
    inner = width - _INDENT
    sections = (
        ("What its sources say", _below(_witnesses(found.witnesses), most, inner)),
        ("Why they are one event", _below(map(_link, joined), most, inner)),
        ("How the others of them compare", _below(map(_link, others), most, inner)),
        ("What may be the same event, and is kept apart", _below(_near(found), most, inner)),
        ("Where each value is from", _origins(found.fields, inner)),
        ("What is concluded", labelled(_concluded(event), inner)),
        ("What was decided by hand", _below(map(_decision, found.decisions), most, inner)),
        (
            "What has changed (UTC)",
            labelled(_cut((_change(one, event) for one in reversed(found.history)), most), inner),
        ),
        ("Which ids lead to it", labelled([(alias, [name]) for alias, name in found.aliases.items()], inner)),
    )
    for title, lines in sections:
        for number, text in enumerate(lines):
            if number == 0:
                yield ""
                yield click.style(title, bold=True)
            yield f"{' ' * _INDENT}{text}"


def _below(facts: Iterable[tuple[str, list[str]]], most: int | None, width: int) -> Iterator[str]:
    """Each label on a line of its own, since it may be long, and what belongs to it below."""
    for label, values in _cut(facts, most):
        yield from wrapped(line(label), width)
        for value in values:
            for text in wrapped(line(value), width - _INDENT):
                yield f"{' ' * _INDENT}{text}"


def _cut(facts: Iterable[tuple[str, list[str]]], most: int | None) -> Facts:
    some = list(facts)
    if most is None or len(some) <= most:
        return some
    return [*some[:most], (f"and {len(some) - most} more: see them with --all", [""])]


def _origins(fields: "Sequence[FieldOrigin]", width: int) -> Iterator[str]:
    """The source once, where all values are from one and no other says anything else."""
    sources = {one.source for one in fields}
    if len(sources) != 1 or any(one.others for one in fields):
        yield from labelled(map(_origin, fields), width)
        return
    yield from wrapped(line(f"all from {sources.pop()}"), width)
    yield from labelled([(one.field, [one.value or "nothing"]) for one in fields], width)


def _origin(one: "FieldOrigin") -> tuple[str, list[str]]:
    others = [f"not {value} ({source})" for source, value in one.others]
    return one.field, [f"{one.value or 'nothing'} ({one.source})", *others]


def _witnesses(witnesses: "Sequence[Witness]") -> Iterator[tuple[str, list[str]]]:
    for one in witnesses:
        named = f"the time {one.recurrence} of it: " if one.recurrence else ""
        lines = [f"{named}{one.name}", f"UID {one.uid}"]
        lines += [url for url in (one.url,) if url]
        if one.source_url and one.source_url != one.url:
            lines.append(f"read from {one.source_url}")
        seen = f"first seen {_minute(one.first_seen)}, last {_minute(one.last_seen)} UTC"
        lines.append(seen + (f", read by {one.reader}" if one.reader else ""))
        if one.presence != Presence.PRESENT:
            times = f" in its last {one.missed} crawls" if one.missed > 1 else ""
            lines.append(f"{one.presence}: not shown{times}")
        if one.problem:
            lines.append(f"could not be judged: {one.problem}")
        yield one.label, lines


def _link(link: "Link") -> tuple[str, list[str]]:
    verdict = _VERDICTS.get(link.verdict, link.verdict)
    reasons = "; ".join(link.reasons)
    score = "" if link.verdict == "series" else f" ({link.score:.0%})"
    lines = [f"{verdict}{score}" + (f": {reasons}" if reasons else "")]
    if link.decision is not None:
        lines.insert(0, f"decided by hand (decision {link.decision})")
    return f"{link.one} + {link.other}", lines


def _near(found: "Explanation") -> Iterator[tuple[str, list[str]]]:
    for one in found.near_misses:
        settle = f"'hobnob merge {found.event.id} {one.id}' or 'hobnob split {found.event.id} {one.id}' settles it"
        yield f"{one.id} {one.name}", [f"{one.score:.0%}: {'; '.join(one.reasons)}", settle]


def _concluded(event: Event) -> Iterator[tuple[str, list[str]]]:
    place = event.place
    if place is not None:
        where = [place_line(place) or place.name or place.text or ""]
        if place.latitude is not None and place.longitude is not None:
            where.append(f"{place.latitude:g},{place.longitude:g}")
        yield "Place", [*filter(None, where), *_because(event.place_why)]
    elif event.place_why:
        yield "Place", _because(event.place_why)
    yield "Clocks", [event.start_date.zone or "none: local time", *_because(event.time_zone_why)]
    yield "Attendance", [event.attendance.value]
    if event.kind:
        yield "Kind", [_label(event.kind)]
    if event.industries:
        yield "Industries", [_label(label) for label in event.industries]
    yield "Status", [event.status.value.replace("_", " ")]
    yield "Presence", [_PRESENCE[event.presence], *(["hidden by hand"] if event.hidden else [])]
    yield "Judged by", [f"rules {event.rules}" if event.rules else "rules of an older version"]


def _because(why: str | None) -> list[str]:
    return [f"because: {why}"] if why else []


def _label(label: Label) -> str:
    why = f", because: {'; '.join(label.why)}" if label.why else ""
    return f"{label.id} ({label.score:.0%}){why}"


def _decision(one: "ByHand") -> tuple[str, list[str]]:
    state = f"undone {_minute(one.undone_at)}" if one.undone_at else ""
    state = state or (f"overruled by decision {one.overruled_by}" if one.overruled_by else "")
    undo = state or f"'hobnob undo {one.number}' takes it back"
    return f"{one.number}: {one.said}", [f"{_minute(one.at)} UTC, {undo}"]


def _change(change: "Change", event: Event) -> tuple[str, list[str]]:
    of = "" if change.event_id == event.id else f" ({change.event_id})"
    told = {name: values for name, values in change.fields.items() if name != "hidden"}
    fields = [f"{name}: {old or 'nothing'} → {new or 'nothing'}" for name, (old, new) in told.items()]
    return _minute(change.at), [f"{change.what}{of}", *fields]


def _minute(instant: dt.datetime | None) -> str:
    return "" if instant is None else f"{instant:%Y-%m-%d %H:%M}"
