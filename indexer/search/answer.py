"""From a query to the events it finds, and to a calendar of them: the same for the terminal and the web."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from hobnob.events import Event
from hobnob.feeds.icalendar import calendar
from hobnob.queries import Query, Sort
from hobnob.settings import Settings
from indexer.engines import Engine
from indexer.search.filters import Filters
from indexer.search.resolving import EmptySpanError, resolve

if TYPE_CHECKING:
    from indexer.enrich.gazetteer import Gazetteer

__all__ = ["MOST_EVENTS", "Events", "calendar_for", "events_for", "feed_calendar"]

MOST_EVENTS = 2_000
"""A feed holds at most so many events, the next ones."""

_PAGE = 1_000
_REFRESH = dt.timedelta(hours=12)


class Events(Protocol):
    """What is asked of a catalogue here."""

    def events(self, ids: Iterable[str]) -> Iterator[Event]: ...


def events_for(query: Query, engine: Engine, catalogue: Events) -> Iterator[Event]:
    """All events that `query` finds, each once, whatever page it asks for: the first MOST_EVENTS by date.

    They come in no order. Raises what the engine and the catalogue raise.
    """
    whole = replace(query, sort=Sort.DATE, limit=_PAGE, all_occurrences=False)
    ids: dict[str, None] = {}
    for page in range(1, MOST_EVENTS // _PAGE + 1):
        hits = engine.search(replace(whole, page=page)).hits
        ids.update((hit.id, None) for hit in hits)
        if len(hits) < _PAGE:
            break
    return catalogue.events(ids)


def calendar_for(query: Query, engine: Engine, catalogue: Events, *, name: str) -> bytes:
    """The events that `query` finds as iCalendar: equal bytes for the same query, days and state of the catalogue."""
    return calendar(events_for(query, engine, catalogue), name=name, refresh=_REFRESH)


def feed_calendar(
    name: str,
    filters: Filters,
    *,
    settings: Settings,
    now: dt.datetime,
    engine: Engine,
    catalogue: Events,
    gazetteer: "Gazetteer | None" = None,
) -> bytes:
    """What saved filters find at `now`, as `calendar_for` writes it; empty when their last day is over.

    Raises as `resolve` and `events_for`.
    """
    try:
        query = resolve(filters, settings=settings, now=now, gazetteer=gazetteer)
    except EmptySpanError:
        return calendar((), name=name, refresh=_REFRESH)
    return calendar_for(query, engine, catalogue, name=name)
