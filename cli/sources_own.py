"""`hobnob sources remove`, `enable` and `disable`: the user's say in what is crawled."""

import sys

import click

from cli.choosing import unknown_source
from cli.completing import completes, source_names
from cli.output import note, say
from cli.progress import following
from cli.session import Session
from hobnob.errors import HobnobError, UnknownName
from hobnob.sources import Source

__all__ = ["disable", "enable", "remove"]


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
