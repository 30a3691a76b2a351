"""`hobnob search`: events by text, industry, place and date. Imports nothing heavy: a search is to start at once."""

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from cli.choosing import check_sources
from cli.filters import filter_options
from cli.freshness import freshen
from cli.hits import csv_text, hits_table
from cli.options import format_option
from cli.output import note, say, say_json, say_jsonl, terminal_width
from cli.session import Session
from hobnob.moments import UTC, zone_info
from hobnob.queries import LIVE, Page, Query, Sort

if TYPE_CHECKING:
    from indexer.search import Filters

__all__ = ["command", "show_page"]

#: What can be taken away from a query that finds nothing: the field, its option, its empty value.
_FILTERS = (
    ("text", "TEXT", None),
    ("exclude", "--not", ()),
    ("industries", "--industry", ()),
    ("kinds", "--kind", ()),
    ("near", "--near", None),
    ("countries", "--near", ()),
    ("start", "--from", None),
    ("end", "--to", None),
    ("attendance", "--online or --in-person", ()),
    ("free", "--free", None),
    ("sources", "--source", ()),
    ("people", "--person", ()),
    ("languages", "--language", ()),
    ("statuses", "--status", LIVE),
)


@click.command(short_help="Find events by text, industry, place and date.")
@filter_options(paged=True)
@format_option("table", "json", "jsonl", "csv", "ics")
@click.pass_obj
def command(session: Session, filters: "Filters", output_format: str) -> None:
    """Find events that have all words of TEXT and fit the options.

    "Quoted words" are found as a phrase. Without dates, everything that is not
    over yet. Each event is shown once, at its next time.

    \b
    Examples:
      hobnob search rust -n Berlin -w 100km
      hobnob search --industry health --from "next month" --online
      hobnob search barcamp --kind barcamp --sort distance -n Zürich
      hobnob search '"design systems"' --not hackathon -f json
      hobnob search -i energy -n Lisbon -f ics > lisbon.ics
    """
    from indexer.search import resolve

    query = resolve(filters, settings=session.settings, now=session.now)
    freshen(session)
    page = session.engine.search(query)
    if not page.total:
        check_sources(session, query.sources)
    match output_format:
        case "json":
            say_json(page.hits)
        case "jsonl":
            say_jsonl(page.hits)
        case "csv":
            click.echo(csv_text(page.hits), nl=False)
        case "ics":
            click.echo(_calendar(session, page, filters), nl=False)
        case _:
            show_page(session, page, filters)


def _calendar(session: Session, page: Page, filters: "Filters") -> bytes:
    """All that is found, or the page of it that was asked for."""
    from hobnob.feeds.icalendar import calendar
    from indexer.search.answer import events_for

    if filters.limit or filters.page:
        events = session.catalogue.events(dict.fromkeys(hit.id for hit in page.hits))
    else:
        events = events_for(page.query, session.engine, session.catalogue)
    return calendar(events, name="hobnob search")


def show_page(session: Session, page: Page, filters: "Filters") -> None:
    """A page as a table, and what comes before and after it."""
    if not page.hits:
        _explain_nothing(session, page)
        return
    lines = hits_table(
        page.hits,
        width=terminal_width(),
        now=session.now,
        zone=zone_info(page.query.time_zone) or UTC,
        miles="mi" in (filters.within or "").casefold(),
    )
    for text in lines:
        click.echo(text)
    first = (page.query.page - 1) * page.query.limit + 1
    last = first + len(page.hits) - 1
    more = f", next: --page {page.query.page + 1}" if last < page.total else ""
    say()
    say(f"{first}–{last} of {page.total}{more}")


def _explain_nothing(session: Session, page: Page) -> None:
    """Why nothing was found, and what would find something."""
    query = page.query
    if page.total:
        pages = -(-page.total // query.limit)
        say(f"There is no page {query.page}: {page.total} events are on {pages} page{'s' if pages > 1 else ''}.")
        return
    say("Nothing found.")
    if not session.engine.state().events:
        note("The index is empty: 'hobnob crawl' fills it.")
        return
    found = [(total, option) for option, wider in _wider(query) if (total := session.engine.search(wider).total)]
    for total, option in sorted(found, reverse=True):
        note(f"{option}: {total}")
    if not found:
        note("Try fewer filters, or other words.")


def _wider(query: Query) -> Iterator[tuple[str, Query]]:
    """The query with one of its filters taken away or widened, each with what to call that."""
    one = dataclasses.replace(query, limit=1, page=1, sort=Sort.DATE)
    if one.near is not None:
        farther = dataclasses.replace(one.near, radius_km=one.near.radius_km * 4)
        yield f"With --within {farther.radius_km:.0f}km", dataclasses.replace(one, near=farther)
    for name, option, empty in _FILTERS:
        if getattr(one, name) != empty:
            yield f"Without {option}", _without(one, name, empty)


def _without(query: Query, name: str, empty: Any) -> Query:
    return dataclasses.replace(query, **{name: empty})
