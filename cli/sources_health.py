"""`hobnob sources health`: which sources need a human, and what to do about each."""

import datetime as dt
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click

from cli.dates import duration
from cli.options import format_option
from cli.output import note, say, say_json, terminal_width
from cli.session import Session
from cli.table import Column, table, wrapped
from hobnob.observations import Problem
from hobnob.printable import line
from hobnob.sources import Source
from indexer.upkeep.health import Ailment, Health, ailment, examined, is_passing, ranked

__all__ = ["Checkup", "checkup", "health", "summary"]

_COLUMNS = (
    Column("Source", least=16),
    Column("Problem"),
    Column("For", right=True),
    Column("Last success", right=True),
    Column("Last counts", least=12, spare=True),
)
_DISABLE = "or 'hobnob sources disable {name}'"
_CHECK = "'hobnob sources check {name}' looks for what has become of it"
#: What a person can do, by what is wrong.
_ADVICE = {
    Problem.UNREACHABLE: f"its host is gone: look for its new address in a browser, {_DISABLE}",
    Problem.TIMEOUT: f"it does not answer in time: raise timeout_seconds, {_DISABLE}",
    Problem.TLS: f"its certificate is not valid: tell its owner, {_DISABLE}",
    Problem.FORBIDDEN: f"it refuses us: set 'contact' so that its owner can reach you, ask for a feed, {_DISABLE}",
    Problem.THROTTLED: "it is asked too often: raise download_delay, or the source's 'every'",
    Problem.ROBOTS: f"its robots.txt does not allow it: ask its owner, {_DISABLE}",
    Problem.MISSING: f"its address is gone: {_CHECK}, {_DISABLE}",
    Problem.SERVER: f"its server is broken: tell its owner, {_DISABLE}",
    Problem.TOO_LARGE: "it is larger than max_response_mb: raise that, or find a smaller feed of it",
    Problem.UNREADABLE: f"it is not what its reader reads: {_CHECK}",
    Problem.KEY: "its platform wants a key: get one (docs/platforms.md), put it under [keys] in hobnob.toml",
    Problem.PRIVATE: "it leads into a private network: if it is meant to, declare it with private = true",
}
_ELSE = f"{_CHECK}, {_DISABLE}"
_BY_AILMENT = {
    Ailment.SUSPICIOUS: "look at its page: if the events are gone there, 'hobnob crawl --force {name}' believes it; "
    f"else {_CHECK}",
    Ailment.IN_PART: f"it is read in part: {_CHECK}",
    Ailment.EMPTY: f"it has no events: {_CHECK}, {_DISABLE}",
}


@dataclass(frozen=True, slots=True)
class Checkup:
    """The ill sources, ranked; how many fail for a reason that may pass, are well, and were never fetched."""

    ill: list[Health]
    passing: int
    well: int
    unknown: int


@click.command(short_help="Show which sources need a human, and what to do.")
@click.option("-l", "--limit", type=click.IntRange(1), default=20, show_default=True, help="How many, the worst first.")
@format_option("table", "json")
@click.pass_obj
def health(session: Session, limit: int, output_format: str) -> None:
    """Show which enabled sources need a human, the worst first, and what to do about each.

    Those that are well are only counted, and so are those that fail for a reason
    that may pass by itself.

    \b
    Examples:
      hobnob sources health
      hobnob sources health -f json
    """
    found = checkup(session)
    if output_format == "json":
        say_json({
            "ill": [_plain(session, one) for one in found.ill],
            "passing": found.passing,
            "well": found.well,
            "never_fetched": found.unknown,
        })  # fmt: skip
        return
    for text in _lines(session, found.ill[:limit]):
        click.echo(text)
    if found.ill:
        click.echo()
    say(summary(found))
    if len(found.ill) > limit:
        note(f"{len(found.ill) - limit} more: see them with --limit {len(found.ill)}.")


def checkup(session: Session) -> Checkup:
    """The health of the sources that are declared and enabled; what was removed does not count."""
    states = session.catalogue.sources()
    ill, passing, well, unknown = [], 0, 0, 0
    for source in session.sources.values():
        state = states.get(source.name)
        if not source.enabled:
            continue
        if state is None or state.last_fetch is None:
            unknown += 1
        elif ailment(state) is None:
            well += 1
        elif is_passing(state, session.now):
            passing += 1
        elif (one := examined(state, session.catalogue.fetches(source.name))) is not None:
            ill.append(one)
    return Checkup(ranked(ill), passing, well, unknown)


def summary(found: Checkup) -> str:
    """How many are well, and how many are not, in one line."""
    parts = [f"{found.well} {_of(found.well)} well"]
    if found.ill:
        parts.append(f"{len(found.ill)} need{'s' if len(found.ill) == 1 else ''} a human")
    if found.passing:
        parts.append(f"{found.passing} {'fails' if found.passing == 1 else 'fail'} for now and will be tried again")
    if found.unknown:
        parts.append(f"{found.unknown} {'was' if found.unknown == 1 else 'were'} never fetched")
    return f"{', '.join(parts)}."


def _of(count: int) -> str:
    return "source is" if count == 1 else "sources are"


def _lines(session: Session, ill: list[Health]) -> Iterator[str]:
    width = terminal_width()
    if ill:
        yield from table(_COLUMNS, [_row(one, session.now) for one in ill], width)
        yield ""
    for one in ill:
        yield from wrapped(line(f"{one.source}: {one.message}"), width)
        yield from (f"  {text}" for text in wrapped(line(_advice(session, one)), width - 2))


def _row(one: Health, now: dt.datetime) -> tuple[str, ...]:
    return (
        one.source,
        _problem(one),
        duration(now - one.since),
        "never" if one.last_success is None else f"{duration(now - one.last_success)} ago",
        " ".join("-" if count is None else str(count) for count in one.counts),
    )


def _problem(one: Health) -> str:
    """In a word or two."""
    name = (one.problem or Problem.OTHER).value.replace("_", " ")
    match one.ailment:
        case Ailment.MOVED:
            return "moved"
        case Ailment.IN_PART:
            return f"{name} in part"
        case _:
            return name


def _advice(session: Session, one: Health) -> str:
    if one.ailment is Ailment.MOVED:
        return _advice_for_moved(session, one)
    text = _BY_AILMENT.get(one.ailment) or _ADVICE.get(one.problem or Problem.OTHER, _ELSE)
    return text.format(name=shlex.quote(one.source))


def _advice_for_moved(session: Session, one: Health) -> str:
    source: Source = session.sources[one.source]
    own = session.settings.sources_dir
    if source.declared_in and source.declared_in.startswith(str(own)):
        return f"it is still read, through a redirect: put the new address into {source.declared_in}"
    return f"it is still read, through a redirect: declare it by the same name with the new address in {own}"


def _plain(session: Session, one: Health) -> dict[str, Any]:
    return {
        "source": one.source,
        "problem": _problem(one),
        "message": one.message,
        "advice": _advice(session, one),
        "since": one.since,
        "fetches": one.times,
        "last_success": one.last_success,
        "counts": one.counts,
        "usual": one.usual,
    }
