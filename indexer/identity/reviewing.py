"""What a person can settle: pairs of events that may be one."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from hobnob.events import Event, Presence
from indexer.catalogue import Catalogue

__all__ = ["InDoubt", "in_doubt"]

_AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class InDoubt:
    """Two events that may be one: how likely that is (0 to 1), and what speaks for and against it."""

    one: Event
    other: Event
    score: float
    reasons: tuple[str, ...]


def in_doubt(catalogue: Catalogue, *, sources: Collection[str] = (), since: dt.date | None = None) -> Iterator[InDoubt]:
    """The pairs in doubt, the likeliest first: of these sources, on one side at least, if some are given; with `since`
    those of which one at least is not over on that day. Hidden and withdrawn events are left out."""
    doubts = catalogue.doubts()
    while some := list(islice(doubts, _AT_ONCE)):
        ids = dict.fromkeys(one for doubt in some for one in (doubt.one, doubt.other))
        events = {event.id: event for event in catalogue.events(ids)}
        for doubt in some:
            one, other = events.get(doubt.one), events.get(doubt.other)
            if one is None or other is None or not (_is_shown(one) and _is_shown(other)):
                continue
            if sources and not any(source.source in sources for source in (*one.sources, *other.sources)):
                continue
            if since is None or _lasts(one, since) or _lasts(other, since):
                yield InDoubt(one=one, other=other, score=doubt.score, reasons=doubt.reasons)


def _is_shown(event: Event) -> bool:
    return not event.hidden and event.presence is not Presence.WITHDRAWN


def _lasts(event: Event, day: dt.date) -> bool:
    return event.recurs or (event.end_date or event.start_date).date >= day
