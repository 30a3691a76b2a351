"""`hobnob sources add`: from an address that a person knows to a source that is crawled."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.adhoc import address_of, name_of, source_of
from cli.choosing import with_address
from cli.discovered import candidates_table, discovery_json, first_events, likeness, tried_lines
from cli.options import format_option
from cli.output import note, say, say_json, terminal_width
from cli.proposing import free_name, looked_at, proposed, seen, with_options
from cli.session import Session
from cli.sources_listed import add_listed
from hobnob.errors import HobnobError, SourceError, UnknownName, UsageError
from hobnob.jsonlines import as_builtins
from hobnob.nearest import nearest
from hobnob.sources import Source

if TYPE_CHECKING:
    from crawlers.discover import Candidate, Discovery

__all__ = ["add"]


@click.command(short_help="Find the best way to read what is behind an address, and declare it.")
@click.argument("address", metavar="[URL|FILE]", required=False)
@click.option(
    "--from",
    "listed",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Add all of an OPML file or a list of addresses.",
)
@click.option("--yes", "-y", is_flag=True, help="Take the best way without asking.")
@click.option("--name", help="A short name: lower case, digits, hyphens.")
@click.option("--title", help="A name for people.")
@click.option("--reader", help="Only ways that are read as: ics, jcal, feed, html, json, csv, yaml, markdown.")
@click.option("-i", "--industry", "industries", multiple=True, metavar="NAME", help="An industry of all its events.")
@click.option("-k", "--kind", metavar="KIND", help="The kind of its events.")
@click.option("--place", help="Where its events are, unless they say otherwise.")
@click.option("--time-zone", metavar="ZONE", help="The zone of times without one: Europe/Berlin.")
@click.option("--language", metavar="CODE", help="The language of its events: en, de, pt.")
@click.option("--every", metavar="PERIOD", help="How often to fetch it: 12h, 1d, 2w.")
@click.option("--follow-depth", type=click.IntRange(0, 5), help="How many links deep to read a page's own site.")
@click.option("--private", is_flag=True, help="It is on a private network.")
@click.option("--force", is_flag=True, help="Add it though nothing can be read from it now.")
@click.option("--verbose", "-v", is_flag=True, help="Show all that was tried.")
@format_option("table", "json")
@click.pass_context
def add(
    ctx: click.Context,
    /,
    *,
    address: str | None,
    listed: Path | None,
    yes: bool,
    force: bool,
    verbose: bool,
    output_format: str,
    **given: Any,
) -> None:
    """Find the best way to read the events behind an address, and declare it as a source of your own.

    The address may be anything: a calendar, a feed, a page with events, the home
    page of a site. hobnob looks at it, at the calendars, feeds and widgets that it
    names, and at the site's page of events; it shows what it found and asks which
    to take. At most 25 requests are made.

    \b
    Examples:
      hobnob sources add https://www.example.org
      hobnob sources add https://example.org/events.ics --yes
      hobnob sources add https://example.org/agenda --industry health
      hobnob sources add --from subscriptions.opml --yes

    \b
    Exit codes: 0 added, 1 nothing found, 2 wrong usage,
    3 some addresses of a list could not be added.
    """
    session: Session = ctx.obj
    if (address is None) == (listed is None):
        raise UsageError("one address is needed, or a list of them", hint="hobnob sources add URL, or --from FILE")
    _check(session, given, listed is not None)
    if listed is not None:
        ctx.exit(add_listed(session, listed, given, yes=yes, output_format=output_format))
    assert address is not None
    _add_one(session, address, given, yes=yes, force=force, verbose=verbose, output_format=output_format)


def _check(session: Session, given: dict[str, Any], many: bool) -> None:
    """Raises UsageError for options that no source can have; names of industries and kinds become their ids."""
    from crawlers.readers import READERS
    from hobnob.taxonomy import find_industry, find_kind

    given["industries"] = tuple(find_industry(name) for name in given["industries"])
    given["kind"] = find_kind(given["kind"]) if given["kind"] else None
    if given["reader"] and given["reader"] not in READERS:
        raise UnknownName("reader", given["reader"], nearest(given["reader"], READERS))
    if given["name"] and many:
        raise UsageError("one name cannot be for many", hint="leave out --name")
    if given["name"] in session.sources:
        raise HobnobError(f"a source called {given['name']!r} exists already", hint="give another name with --name")


def _add_one(
    session: Session, address: str, given: dict[str, Any], *, yes: bool, force: bool, verbose: bool, output_format: str
) -> None:
    url = address_of(address)
    _not_twice(session, url)
    (discovery,) = looked_at(session, [url], given)
    width = terminal_width()
    if output_format == "table":
        for text in tried_lines(discovery, width, everything=verbose):
            click.echo(text)
    if discovery.best is None:
        if not force or discovery.closed:
            _say_nothing_found(discovery, output_format)
        source = _unread(session, url, given)
    else:
        source = _chosen(session, discovery, given, yes=yes, output_format=output_format)
    _store(session, source, discovery, output_format)


def _say_nothing_found(discovery: "Discovery", output_format: str) -> None:
    if output_format == "json":
        say_json({"added": None, **discovery_json(discovery)})
    raise SourceError(
        f"no events could be read from {discovery.url}: {discovery.error}",
        hint="it cannot be read by hobnob"
        if discovery.closed
        else "give the address of its events page or calendar, or add it all the same with --force",
    )


def _chosen(
    session: Session, discovery: "Discovery", given: dict[str, Any], *, yes: bool, output_format: str
) -> Source:
    """The source for the way that is taken; shows what there is, and asks."""
    best = discovery.candidates[0]
    asks = not yes and sys.stdin.isatty() and output_format == "table"
    if output_format == "table":
        click.echo()
        for text in candidates_table(discovery.candidates, terminal_width()):
            click.echo(text)
    if yes:
        _not_twice(session, best.source.url)
    source = _shown(session, best, given, output_format)
    if yes:
        return source
    if not asks:
        if output_format == "json":
            say_json({"added": None, "proposed": as_builtins(source), **discovery_json(discovery)})
        raise UsageError("nothing was added: it was not said which way to take", hint="add --yes to take the best one")
    return _asked(session, discovery.candidates, source, given)


def _asked(session: Session, candidates: Sequence["Candidate"], source: Source, given: dict[str, Any]) -> Source:
    """Which of the candidates it is to be; the first unless another is named."""
    while True:
        choices = f"yes, no, or 1 to {len(candidates)}" if len(candidates) > 1 else "yes or no"
        answer = click.prompt(f"Add it? ({choices})", default="yes", err=True).strip().lower()
        if answer in ("y", "yes"):
            return source
        if answer in ("n", "no", "none", "0"):
            note("Nothing was added.")
            click.get_current_context().exit(1)
        if answer.isascii() and answer.isdecimal() and 1 <= int(answer[:6]) <= len(candidates):
            source = _shown(session, candidates[int(answer) - 1], given, "table")


def _shown(session: Session, candidate: "Candidate", given: dict[str, Any], output_format: str) -> Source:
    """The candidate as it would be stored; shown with its first events."""
    like = seen(session, candidate)
    source = proposed(candidate, like, given, session.sources)
    if output_format == "table":
        click.echo()
        for text in (*first_events(candidate.events, session), "", *likeness(source, like, terminal_width())):
            click.echo(text)
    return source


def _unread(session: Session, url: str, given: dict[str, Any]) -> Source:
    """A source for an address from which nothing could be read now."""
    source = source_of(url, reader=given["reader"])
    name = given["name"] or free_name(name_of(source.url), session.sources)
    if name in session.sources:
        raise HobnobError(f"a source called {name!r} exists already", hint="give another name with --name")
    return with_options(source_of(url, reader=given["reader"], name=name), given)


def _not_twice(session: Session, url: str) -> None:
    if (known := with_address(session, url)) is not None:
        state = "" if known.enabled else ", which is disabled ('hobnob sources enable' enables it)"
        raise HobnobError(
            f"{url} is the address of the source {known.name!r} already{state}",
            hint=f"see it with 'hobnob sources show {known.name}', or look for a better way with 'sources check'",
        )


def _store(session: Session, source: Source, discovery: "Discovery", output_format: str) -> None:
    from crawlers import sources as declared

    _not_twice(session, source.url)
    path = declared.add(session.settings.sources_dir, source)
    if output_format == "json":
        say_json({"added": as_builtins(source), **discovery_json(discovery)})
        return
    click.echo()
    say(f"Added {source.name} to {path}")
    note(f"Crawl it with 'hobnob crawl {source.name}'.")
