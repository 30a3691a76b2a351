"""`hobnob sources check`: whether sources can still be read, and what has changed about them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from cli.choosing import unknown_source, with_address
from cli.completing import completes, source_names
from cli.discovered import FIRST_EVENTS, candidate_json, first_events
from cli.options import format_option
from cli.output import note, say, say_json, terminal_width
from cli.progress import following
from cli.session import Session
from cli.table import wrapped
from hobnob.printable import line
from hobnob.sources import Source

if TYPE_CHECKING:
    from crawlers.discover import Candidate, Discovery
    from indexer.catalogue import SourceState

__all__ = ["check"]

_AT_ONCE = 50
_MUCH_FEWER = 0.5


@dataclass(frozen=True, slots=True)
class Checked:
    """How a source is read now, and what a person should know about it, with what to do."""

    source: Source
    now: "Candidate"
    better: "Candidate | None"
    changes: tuple[str, ...]

    @property
    def outcome(self) -> str:
        return "failed" if self.now.problem else "changed" if self.changes else "as before"


@click.command(short_help="Look at sources again: can they be read, what has changed?")
@click.argument("names", nargs=-1, metavar="[SOURCE|URL|FILE]...", shell_complete=completes(source_names))
@format_option("table", "json")
@click.pass_context
def check(ctx: click.Context, names: tuple[str, ...], output_format: str) -> None:
    """Look at sources again, without storing anything: can they still be read, and what has changed?

    Shows how many events there are and the first of them; whether the address has
    moved, there are far fewer events than at the last crawl, and whether the site
    has a better way by now, as a calendar where a page was read. Without names, all
    sources that are enabled.

    \b
    Examples:
      hobnob sources check hacklab-to
      hobnob sources check https://example.org/events.ics
      hobnob sources check

    \b
    Exit codes: 0 all can be read, 1 none can, 3 some cannot.
    """
    session: Session = ctx.obj
    found = [one for part in _parts(_meant(session, names)) for one in _checked(session, part)]
    if output_format == "json":
        say_json([_json(one) for one in found])
    else:
        for one in found:
            _say(one, session, brief=len(found) > 10)
        if len(found) > 1:
            outcomes = [one.outcome for one in found]
            note(", ".join(f"{outcomes.count(one)} {one}" for one in ("as before", "changed", "failed")))
    failed = sum(one.outcome == "failed" for one in found)
    ctx.exit(0 if not failed else 1 if failed == len(found) else 3)


def _meant(session: Session, names: Sequence[str]) -> list[Source]:
    from cli.adhoc import address_of, is_address, is_file, source_of

    if not names:
        return [source for source in session.sources.values() if source.enabled]
    sources: dict[str, Source] = {}
    for name in names:
        source = session.sources.get(name)
        if source is None:
            if not (is_address(name) or is_file(name)):
                raise unknown_source(session, name)
            url = address_of(name)
            source = with_address(session, url) or source_of(url)
        sources[source.name] = source
    return list(sources.values())


def _parts(sources: list[Source]) -> Iterator[list[Source]]:
    for first in range(0, len(sources), _AT_ONCE):
        yield sources[first : first + _AT_ONCE]


def _checked(session: Session, sources: list[Source]) -> list[Checked]:
    from crawlers.discover import check as look_at

    with following(session.debug, quiet=True) as shown:
        found = look_at(sources, settings=session.settings, progress=shown.look)
    states = session.catalogue.sources()
    return [_judged(session, source, one, states.get(source.name)) for source, one in zip(sources, found, strict=True)]


def _judged(session: Session, source: Source, found: "Discovery", state: "SourceState | None") -> Checked:
    from crawlers.discover import Candidate, better_way

    now = found.declared or Candidate(source=source, found_by="", problem=found.error or "nothing was tried")
    better = better_way(now, found.candidates)
    if better is not None and with_address(session, better.source.url) not in (None, source):
        better = None  # it is a source already
    changes = tuple(_changes(source, now, better, state))
    # Of thousands of sources, only what will be shown is kept.
    return Checked(source, _shortened(now), better and _shortened(better), changes)


def _shortened(candidate: "Candidate") -> "Candidate":
    return replace(candidate, events=candidate.events[:FIRST_EVENTS])


def _changes(
    source: Source, now: "Candidate", better: "Candidate | None", state: "SourceState | None"
) -> Iterator[str]:
    """What differs from how it is declared and how its last crawl went, each with what to do."""
    if now.problem:
        yield f"it cannot be read: {now.problem}"
    elif not now.count and not now.more:
        yield "there are no events any more"
    elif not now.upcoming:
        yield "nothing is upcoming"
    if now.source.url != source.url:
        yield f"it has moved for good to {now.source.url}: declare that address"
    known = state.observations if state else 0
    if known and not now.more and not now.problem and now.count < _MUCH_FEWER * known:
        yield f"{now.count} events, where the catalogue has {known} of it: see whether the site has changed"
    if better is not None:
        one = better.source
        what = f"{one.reader}{f' ({one.platform})' if one.platform else ''}, {better.upcoming} upcoming events"
        yield f"the site has a better way by now: {one.url} ({what}): 'hobnob sources add {one.url}'"


def _say(one: Checked, session: Session, *, brief: bool) -> None:
    more = "+" if one.now.more else ""
    counts = f"{one.now.count}{more} events, {one.now.upcoming} upcoming"
    say(f"{one.source.name}: {one.outcome}{'' if one.now.problem else f', {counts}'}")
    if not brief:
        for text in first_events(one.now.events, session):
            click.echo(text)
    for change in one.changes:
        for number, part in enumerate(wrapped(line(change), terminal_width() - 4)):
            click.echo(f"  {'  ' if number else ''}{part}")


def _json(one: Checked) -> dict[str, Any]:
    return {
        "source": one.source.name,
        "outcome": one.outcome,
        "changes": one.changes,
        "now": candidate_json(one.now),
        "better": candidate_json(one.better) if one.better else None,
    }
