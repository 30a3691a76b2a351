"""`hobnob feed`: searches saved by name, written as calendars."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.choosing import check_sources
from cli.completing import completes, feed_names
from cli.filters import filter_options
from cli.freshness import freshen
from cli.lazy import LazyGroup
from cli.options import format_option
from cli.output import say, say_json, terminal_width
from cli.session import Session
from cli.table import Column, table
from hobnob import whole_files

if TYPE_CHECKING:
    from indexer.search import Filters

__all__ = ["command"]


_COMMANDS = {
    "add": "cli.feed:add",
    "list": "cli.feed:list_feeds",
    "show": "cli.feed:show",
    "remove": "cli.feed:remove",
    "write": "cli.feed:write",
}


@click.group(cls=LazyGroup, places=_COMMANDS, short_help="Searches saved by name, written as calendars.")
def command() -> None:
    """Searches saved by name, which are written as calendars (.ics) or served.

    'hobnob serve' offers each at /feeds/NAME.ics, for a calendar to subscribe to.
    """


@click.command(short_help="Save a search by name.")
@click.argument("name")
@filter_options(paged=False)
@click.option("--force", is_flag=True, help="Replace the feed of that name.")
@click.pass_obj
def add(session: Session, /, name: str, filters: "Filters", force: bool) -> None:
    """Save a search, with the filters of 'hobnob search', as the feed NAME.

    \b
    Examples:
      hobnob feed add berlin-tech -i technology -n Berlin -w 50km
      hobnob feed add health-calls --industry health --online
    """
    from indexer.search import resolve, saved

    resolve(filters, settings=session.settings, now=session.now)
    check_sources(session, filters.source)
    saved.add(session.settings.feeds_file, name, filters, replace=force)
    say(f"Saved the feed {name}. 'hobnob feed write {name}' writes it, 'hobnob serve' serves it.")


@click.command("list", short_help="List the saved feeds.")
@format_option("table", "json")
@click.pass_obj
def list_feeds(session: Session, output_format: str) -> None:
    """List the saved feeds and what they look for.

    \b
    Examples:
      hobnob feed list
    """
    from indexer.search import saved
    from indexer.search.filters import to_parameters

    feeds = saved.load(session.settings.feeds_file)
    if output_format == "json":
        say_json([{"name": name, "filters": to_parameters(filters)} for name, filters in feeds.items()])
        return
    if not feeds:
        say("There are no feeds yet: 'hobnob feed add --help'.")
        return
    rows = [(name, _in_words(filters)) for name, filters in feeds.items()]
    for text in table((Column("Feed"), Column("Looks for", least=20)), rows, terminal_width()):
        click.echo(text)


@click.command(short_help="Show what a feed looks for, and what it finds now.")
@click.argument("name", shell_complete=completes(feed_names))
@format_option("table", "json")
@click.pass_obj
def show(session: Session, name: str, output_format: str) -> None:
    """Show what the feed NAME looks for, and what it finds now.

    \b
    Examples:
      hobnob feed show berlin-tech
    """
    from cli.search import show_page
    from indexer.search import resolve, saved
    from indexer.search.filters import to_parameters

    filters = saved.get(session.settings.feeds_file, name)
    query = resolve(filters, settings=session.settings, now=session.now)
    freshen(session)
    page = session.engine.search(query)
    if output_format == "json":
        say_json({"name": name, "filters": to_parameters(filters), "total": page.total, "events": page.hits})
        return
    say(f"{name}: {_in_words(filters)}")
    say()
    show_page(session, page, filters)


@click.command(short_help="Forget a saved feed.")
@click.argument("name", shell_complete=completes(feed_names))
@click.pass_obj
def remove(session: Session, name: str) -> None:
    """Forget the feed NAME. No event is lost.

    \b
    Examples:
      hobnob feed remove berlin-tech
    """
    from indexer.search import saved

    saved.remove(session.settings.feeds_file, name)
    say(f"Removed the feed {name}.")


@click.command(short_help="Write a feed as a calendar.")
@click.argument("name", shell_complete=completes(feed_names))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file, or - for stdout; by default NAME.ics.",
)
@click.pass_obj
def write(session: Session, name: str, output: Path | None) -> None:
    """Write the events that the feed NAME finds as a calendar (.ics).

    The file is replaced in one step, and left alone when nothing has changed.

    \b
    Examples:
      hobnob feed write berlin-tech
      hobnob feed write berlin-tech -o ~/public/berlin.ics
      hobnob feed write berlin-tech -o -
    """
    from indexer.search import saved
    from indexer.search.answer import feed_calendar

    filters = saved.get(session.settings.feeds_file, name)
    freshen(session)
    written = feed_calendar(
        name, filters, settings=session.settings, now=session.now, engine=session.engine, catalogue=session.catalogue
    )
    path = output or Path(f"{name}.ics")
    if str(path) == "-":
        click.echo(written, nl=False)
        return
    events = written.count(b"BEGIN:VEVENT")
    if _replaced(path, written):
        say(f"Wrote {events} events to {path}")
    else:
        say(f"{path} is up to date ({events} events)")


def _replaced(path: Path, content: bytes) -> bool:
    """Puts `content` in the place of the file; False when it is what the file holds already."""
    if path.is_file() and path.read_bytes() == content:
        return False
    whole_files.replace(path, content)
    return True


def _in_words(filters: "Filters") -> str:
    """What is looked for, as the options that say it."""
    from indexer.search.filters import to_parameters

    parts = []
    for name, value in to_parameters(filters).items():
        values = value if isinstance(value, list) else [value]
        parts += [f"--{name}" if one is True else str(one) if name == "text" else f"--{name} {one}" for one in values]
    return " ".join(parts) or "everything"
