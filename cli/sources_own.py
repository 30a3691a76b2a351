"""`hobnob sources add`, `remove`, `enable` and `disable`: the user's say in what is crawled."""

import sys
from dataclasses import replace
from typing import Any

import click

from cli.adhoc import is_address, is_file, name_of, source_of
from cli.choosing import unknown_source
from cli.completing import completes, source_names
from cli.output import note, say
from cli.progress import following
from cli.session import Session
from hobnob.errors import BadValue, HobnobError, SourceError, UnknownName
from hobnob.sources import Source

__all__ = ["add", "disable", "enable", "remove"]


@click.command(short_help="Declare a source of your own.")
@click.argument("address", metavar="URL|FILE")
@click.option("--name", help="A short name: lower case, digits, hyphens.")
@click.option("--title", help="A name for people.")
@click.option("--reader", help="How to read it: ics, feed, html, confs-tech; by default what reads events from it.")
@click.option("-i", "--industry", "industries", multiple=True, metavar="NAME", help="An industry of all its events.")
@click.option("-k", "--kind", metavar="KIND", help="The kind of its events.")
@click.option("--place", help="Where its events are, unless they say otherwise.")
@click.option("--time-zone", metavar="ZONE", help="The zone of times without one: Europe/Berlin.")
@click.option("--language", metavar="CODE", help="The language of its events: en, de, pt.")
@click.option("--every", metavar="PERIOD", help="How often to fetch it: 12h, 1d, 2w.")
@click.option("--follow-depth", type=click.IntRange(0, 5), help="How many links deep to read a page's own site.")
@click.option("--private", is_flag=True, help="It is on a private network.")
@click.option("--force", is_flag=True, help="Add it though nothing can be read from it now.")
@click.pass_obj
def add(session: Session, /, address: str, force: bool, **given: Any) -> None:
    """Declare the address or file as a source of your own, after fetching it once to see what reads it.

    \b
    Examples:
      hobnob sources add https://example.org/events.ics
      hobnob sources add https://example.org/agenda --follow-depth 1 \\
          --name example --industry health --place Lisbon
    """
    from cli.trial import try_readers
    from crawlers import sources as declared

    if not (is_address(address) or is_file(address)):
        raise BadValue("web address", address, hint="give an http or https address, or the path of a file")
    source = _declared(session, address, given)
    with following(session.debug, quiet=True):
        trial = try_readers(session, source, (source.reader,)) if given["reader"] else try_readers(session, source)
    if not trial.events and not force:
        raise SourceError(
            f"no events could be read from {address}: {'; '.join(trial.report.errors) or 'it has none'}",
            hint="check the address in a browser, name a --reader, or add it all the same with --force",
        )
    path = declared.add(session.settings.sources_dir, trial.source)
    say(f"Added {source.name} ({trial.source.reader}, {len(trial.events)} events) to {path}")
    note(f"Crawl it with 'hobnob crawl {source.name}'.")


@click.command(short_help="Remove a source, and the events that only it supports.")
@click.argument("name", shell_complete=completes(source_names))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def remove(session: Session, name: str, yes: bool) -> None:
    """Remove the source NAME, and withdraw the events that only it supports.

    A bundled source is disabled, so that it is not crawled again.

    \b
    Examples:
      hobnob sources remove example
      hobnob sources remove example --yes
    """
    from cli.crawling import index_changes

    source = session.sources.get(name)
    if source is None and name not in session.catalogue.sources():
        raise unknown_source(session, name)
    if not yes:
        if not sys.stdin.isatty():
            raise HobnobError(f"removing {name!r} needs a yes", hint="add --yes")
        click.confirm(f"Remove {name} and withdraw the events that only it supports?", abort=True, err=True)
    if source is not None:
        _undeclare(session, source)
    withdrawn = session.catalogue.forget_source(name, now=session.now)
    with following(session.debug, quiet=True) as shown:
        index_changes(session, shown)
    say(f"Removed {name}; {withdrawn} events were withdrawn.")


@click.command(short_help="Crawl a source again from now on.")
@click.argument("names", nargs=-1, required=True, metavar="NAME...", shell_complete=completes(source_names))
@click.pass_obj
def enable(session: Session, names: tuple[str, ...]) -> None:
    """Crawl the sources NAME from now on.

    \b
    Examples:
      hobnob sources enable hacklab-to
    """
    _switch(session, names, enabled=True)


@click.command(short_help="Crawl a source no more; its events stay.")
@click.argument("names", nargs=-1, required=True, metavar="NAME...", shell_complete=completes(source_names))
@click.pass_obj
def disable(session: Session, names: tuple[str, ...]) -> None:
    """Crawl the sources NAME no more. Their events stay; 'remove' withdraws them.

    \b
    Examples:
      hobnob sources disable hacklab-to
    """
    _switch(session, names, enabled=False)


def _declared(session: Session, address: str, given: dict[str, Any]) -> Source:
    """The address with the options as a source of a name that is free yet."""
    from hobnob.taxonomy import find_industry, find_kind

    given["industries"] = tuple(find_industry(name) for name in given["industries"])
    given["kind"] = find_kind(given["kind"]) if given["kind"] else None
    source = source_of(address, **given)
    if not given["name"]:
        source = replace(source, name=name_of(source.url))
    if source.name in session.sources:
        raise HobnobError(f"a source called {source.name!r} exists already", hint="give another name with --name")
    return source


def _undeclare(session: Session, source: Source) -> None:
    from crawlers import sources as declared

    folder = session.settings.sources_dir
    try:
        path = declared.remove(folder, source.name)
    except UnknownName:
        path = declared.set_enabled(folder, source, False)
        note(f"{source.name} comes with hobnob: it is disabled in {path}")
    else:
        note(f"{source.name} is taken out of {path}")


def _switch(session: Session, names: tuple[str, ...], *, enabled: bool) -> None:
    from crawlers import sources as declared

    for name in names:
        if name not in session.sources:
            raise unknown_source(session, name)
    for name in names:
        path = declared.set_enabled(session.settings.sources_dir, session.sources[name], enabled)
        say(f"{name} is {'enabled' if enabled else 'disabled'} (in {path})")
