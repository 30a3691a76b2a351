"""`hobnob news`: what changed about the events that somebody is interested in."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from cli.choosing import check_sources
from cli.dates import when
from cli.filters import filter_options
from cli.hits import where
from cli.news_words import Item, summed_up
from cli.options import format_option
from cli.output import note, say, say_json, say_jsonl, terminal_width
from cli.session import Session
from cli.table import Column, table
from hobnob.asked_dates import span
from hobnob.errors import BadValue
from hobnob.jsonlines import as_builtins
from hobnob.observations import Status

if TYPE_CHECKING:
    from hobnob.queries import Query
    from indexer.catalogue import News
    from indexer.search import Filters

__all__ = ["command"]

_WIDE = 110
_SHOWN = ("id", "name", "start_date", "end_date", "status", "presence", "place", "url")
_Found = tuple["News", list[Item]]


@click.command(short_help="Show what changed: added, moved, cancelled, withdrawn.")
@filter_options(paged=False)
@click.option("--since", metavar="DATE", default="-7d", show_default=True, help="The first day of the changes.")
@click.option("--changed", "everything", is_flag=True, help="Small changes, too: other words, a new link, a merge.")
@click.option(
    "-l", "--limit", "most", type=click.IntRange(1, 100_000), default=50, show_default=True, help="How many events."
)
@format_option("table", "json", "jsonl")
@click.pass_obj
def command(
    session: Session, filters: "Filters", *, since: str, everything: bool, most: int, output_format: str
) -> None:
    """Show which events were added, moved, postponed, cancelled, reinstated or
    withdrawn, the last ones first.

    Takes the same filters as search: --from and --to are days of the events, and
    changes count from --since on. What is over is left out, unless --from says
    otherwise. All changes of an event are summed up in one line.

    \b
    Examples:
      hobnob news
      hobnob news --since yesterday -n Berlin -w 50km
      hobnob news barcamp --since 2026-11-01 --changed
      hobnob news -i health --since "last month" -f jsonl
    """
    from indexer.search import resolve

    day = _first_day(since, session)
    query = resolve(filters, settings=session.settings, now=session.now)
    query = query if filters.status else _of_any_status(query)
    found = _found(session, query, day, everything=everything)
    match output_format:
        case "json":
            say_json([_record(*one) for one in islice(found, most)])
        case "jsonl":
            say_jsonl(_record(*one) for one in islice(found, most))
        case _:
            _show(session, list(islice(found, most + 1)), query, most=most, day=day, everything=everything)


def _first_day(text: str, session: Session) -> dt.date:
    """The day meant by --since: of "monday", the last one. Raises BadValue."""
    today = session.now.astimezone(session.zone).date()
    first = span(text, today)[0]
    if first > today:
        with suppress(BadValue):  # a day of the week, and not "tomorrow"
            span(f"last {text}", today)
            first -= dt.timedelta(days=7)
    if first > today:
        raise BadValue("date", text, hint=f"it is in the future, {first}; --since is a day of the past, such as -30d")
    return first


def _of_any_status(query: "Query") -> "Query":
    from dataclasses import replace

    return replace(query, statuses=frozenset(Status))


def _found(session: Session, query: "Query", day: dt.date, *, everything: bool) -> Iterator[_Found]:
    from indexer.search.matching import Matching

    matching = Matching(query, session.settings)
    since = dt.datetime.combine(day, dt.time(), session.zone)
    for news in session.catalogue.news(since):
        items = summed_up(news.changes, now=session.now, zone=session.zone)
        if not everything:
            items = [item for item in items if item.matters]
        if items and not news.event.hidden and matching.fits(news.event):
            yield news, items


def _record(news: "News", items: Sequence[Item]) -> dict[str, Any]:
    """For programs: what happened in words of the change log, in one line of text, and change by change."""
    event = as_builtins(news.event)
    return {
        **{name: event[name] for name in _SHOWN},
        "sources": list(dict.fromkeys(source.source for source in news.event.sources)),
        "news": list(dict.fromkeys(item.what for item in items)),
        "text": "; ".join(item.text for item in items),
        "changes": [as_builtins(change) for change in news.changes],
    }


def _show(
    session: Session, found: Sequence[_Found], query: "Query", *, most: int, day: dt.date, everything: bool
) -> None:
    if not found:
        check_sources(session, query.sources)
        say(f"Nothing new since {day}.")
        note("Try an earlier --since, or fewer filters." if everything else "Small changes are shown with --changed.")
        return
    for text in _lines(session, found[:most], terminal_width()):
        click.echo(text)
    say()
    events = (
        "1 event" if len(found) == 1 else f"{most} events, and more" if len(found) > most else f"{len(found)} events"
    )
    say(f"{events} since {day}{': see --limit' if len(found) > most else ''}")


def _lines(session: Session, found: Sequence[_Found], width: int) -> Iterator[str]:
    """A line for each event where there is room, three where the terminal is narrow."""
    zone = session.zone
    rows = [
        (
            when(news.event.start_date, news.event.end_date, now=session.now, zone=zone),
            news.event.name,
            where(news.event.place, news.event.attendance),
            "; ".join(item.text for item in items),
            news.event.id,
        )
        for news, items in found
    ]
    if width >= _WIDE:
        columns = (
            Column("When"),
            Column("Event", least=24),
            Column("Place", least=12),
            Column("News", least=30),
            Column("ID"),
        )
        return table(columns, rows, width)
    narrow = []
    for date, name, place, text, id_ in rows:
        narrow += [(date, name), (id_, text)] + ([("", place)] if place else [])
    return table((Column("When / ID"), Column("Event / News", least=20)), narrow, width)
