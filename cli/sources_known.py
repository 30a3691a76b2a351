"""`hobnob sources list` and `show`: what is declared, and how its fetches went."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click
import tomlkit

from cli.choosing import unknown_source
from cli.completing import completes, source_names
from cli.dates import duration
from cli.options import format_option
from cli.output import note, say_json, terminal_width
from cli.session import Session
from cli.table import Column, labelled, table
from crawlers.sources.declarations import every_text
from crawlers.sources.picks import as_table
from hobnob.jsonlines import as_builtins
from hobnob.sources import Source

if TYPE_CHECKING:
    from indexer.catalogue import SourceState

__all__ = ["list_sources", "show"]

_COLUMNS = (
    Column("Name"),
    Column("Title", least=16),
    Column("Place", least=10, spare=True),
    Column("Industries", least=10),
    Column("Reader", spare=True),
    Column(""),
)


@click.command("list", short_help="List the sources.")
@click.argument("text", nargs=-1)
@click.option("-i", "--industry", metavar="NAME", help="Only sources of this industry.")
@click.option("--enabled/--disabled", default=None, help="Only those that are crawled, or that are not.")
@format_option("table", "json")
@click.pass_obj
def list_sources(
    session: Session, text: tuple[str, ...], industry: str | None, enabled: bool | None, output_format: str
) -> None:
    """List the sources, or those with all words of TEXT in their name, title, place or address.

    \b
    Examples:
      hobnob sources list
      hobnob sources list berlin --industry technology
      hobnob sources list --disabled
    """
    from hobnob.taxonomy import find_industry

    wanted = find_industry(industry) if industry else None
    found = [
        source
        for source in session.sources.values()
        if (enabled is None or source.enabled == enabled)
        and (wanted is None or wanted in source.industries)
        and all(word.casefold() in _searched(source) for word in text)
    ]
    if output_format == "json":
        say_json([_plain(source) for source in found])
        return
    for row in table(_COLUMNS, [_row(source) for source in found], terminal_width()):
        click.echo(row)
    note(f"{len(found)} of {len(session.sources)} sources")


@click.command(short_help="Show a source, and how its last fetch went.")
@click.argument("name", shell_complete=completes(source_names))
@format_option("table", "json")
@click.pass_obj
def show(session: Session, name: str, output_format: str) -> None:
    """Show the declaration of the source NAME, and how its last fetch went.

    \b
    Examples:
      hobnob sources show hacklab-to
    """
    state = session.catalogue.sources().get(name)
    source = session.sources.get(name)
    if source is None and state is None:
        raise unknown_source(session, name)
    if output_format == "json":
        say_json({"source": source and _plain(source), "state": state})
        return
    facts = _plain(source) if source else {"name": name, "note": "not declared: it was crawled by its address"}
    lines = [(field, _lines(value)) for field, value in facts.items()]
    for text in labelled([*lines, *_fetched(state, session.now)], terminal_width()):
        click.echo(text)


def _lines(value: Any) -> list[str]:
    """A field of a declaration, for people; a table as in TOML."""
    if isinstance(value, Mapping):
        return [f"{name} = {_in_toml(one)}" for name, one in value.items()]
    return [", ".join(value) if isinstance(value, tuple) else str(value)]


def _in_toml(value: Any) -> str:
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        table.update(value)
        return str(table.as_string())
    return str(tomlkit.item(value).as_string())


def _fetched(state: "SourceState | None", now: dt.datetime) -> Iterator[tuple[str, list[str]]]:
    """How the last fetch went."""
    if state is None or state.last_fetch is None:
        yield "last fetch", ["never"]
        return
    yield "last fetch", [f"{_ago(now, state.last_fetch)}: {(state.outcome or 'unknown').replace('_', ' ')}"]
    if state.failures:
        success = _ago(now, state.last_success) if state.last_success else "never"
        yield "last success", [f"{success}; {state.failures} failed since"]
    yield "entries", [f"{state.read} read, {state.skipped} skipped; {state.observations} in the catalogue"]
    yield "errors", list(state.errors)


def _searched(source: Source) -> str:
    return " ".join(filter(None, (source.name, source.title, source.place, source.url))).casefold()


def _row(source: Source) -> tuple[str, ...]:
    off = "" if source.enabled else "off"
    return (source.name, source.title, source.place or "", ", ".join(source.industries), source.reader, off)


def _plain(source: Source) -> dict[str, Any]:
    """The fields that are set, as in a declaration."""
    plain: dict[str, Any] = {
        **as_builtins(source), "every": every_text(source.every), "fields": as_table(source.fields)
    }  # fmt: skip
    return {field: value for field, value in plain.items() if value not in (None, "", (), {})}


def _ago(now: dt.datetime, then: dt.datetime) -> str:
    return f"{duration(now - then)} ago ({then:%Y-%m-%d %H:%M} UTC)"
