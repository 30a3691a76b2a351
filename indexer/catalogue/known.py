"""What can be asked of a catalogue."""

import abc
import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager

from sqlalchemy.engine import Connection

from hobnob.events import Event
from hobnob.observations import FetchReport, Observation
from indexer.catalogue import decisions as by_hand
from indexer.catalogue import reading, testimony
from indexer.catalogue.bodies import stamp
from indexer.catalogue.news import news_since
from indexer.catalogue.parts import Key
from indexer.catalogue.records import ByHand, CatalogueCounts, Change, News, PairInDoubt, Said, SourceState

__all__ = ["Known"]


class Known(abc.ABC):
    """What an open catalogue answers. Iterators may be left, and may see what is written meanwhile."""

    @abc.abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """Begins a short transaction that only reads."""

    def pending(self) -> int:
        """How many observations wait to be identified."""
        return reading.count_pending(self._reading)

    def number(self) -> int:
        """The number of the last change; 0 for none. Numbers grow in the order of commits and are never reused."""
        return reading.highest_number(self._reading)

    def touched(self, after: int) -> Iterator[str]:
        """The ids of events that changed after that number, each once; those that were merged away are among them."""
        return reading.touched_ids(self._reading, after)

    def changes(self, after: int = 0, limit: int | None = None) -> Iterator[Change]:
        """The change log after that number, in order."""
        return reading.change_log(self._reading, after, limit)

    def news(self, since: dt.datetime) -> Iterator[News]:
        """The events that changed since then, each once with its changes, the last changed one first."""
        return news_since(self._reading, stamp(since))

    def event(self, id_or_alias: str) -> Event:
        """The event with this id, or the one it has become part of. Raises UnknownName if there is none."""
        return reading.find_event(self._reading, id_or_alias)

    def events(self, ids: Iterable[str]) -> Iterator[Event]:
        """The events that have these very ids, in no order: unknown ones and aliases have none."""
        return reading.events_by_id(self._reading, ids)

    def event_ids(self) -> Iterator[str]:
        """The ids of all events in order, withdrawn ones included."""
        return reading.event_ids(self._reading)

    def recurring_ids(self) -> Iterator[str]:
        """The ids of the events that have a rule or extra dates."""
        return reading.event_ids(self._reading, recurring=True)

    def observations(self, event_id: str) -> list[Observation]:
        """What the sources say now of this event."""
        return reading.observations_of(self._reading, event_id)

    def components(self, source: str) -> frozenset[str]:
        """The keys (Observation.component) of what is stored of `source`: a reader need not read those again."""
        return reading.known_components(self._reading, source)

    def sources(self) -> dict[str, SourceState]:
        """All sources by name: declared ones, those that were ever fetched, and those that observations name."""
        return reading.source_states(self._reading)

    def fetches(self, source: str | None = None) -> Iterator[FetchReport]:
        """The last hundred fetches of each source, or of one."""
        return reading.history(self._reading, source)

    def latest_fetches(self, most: int) -> list[FetchReport]:
        """The last fetches of all sources, the last one first."""
        return reading.latest(self._reading, most)

    def counts(self) -> CatalogueCounts:
        return reading.count_all(self._reading)

    # What stands behind it

    def said(self, event_id: str) -> list[Said]:
        """What the sources say of the event with this very id, and since when: by source, UID and recurrence."""
        return testimony.said_of(self._reading, event_id)

    def keys_of(self, event_id: str) -> list[Key]:
        """The keys of all observations of this event, those of sources that were forgotten included."""
        return testimony.keys_of(self._reading, event_id)

    def former(self, event_id: str) -> list[Event]:
        """The events that have become part of this one, as they last were."""
        return testimony.former_events(self._reading, event_id)

    def changes_of(self, *event_ids: str) -> Iterator[Change]:
        """The change log of some events, in order."""
        return testimony.changes_of(self._reading, list(event_ids))

    def outdated(self, rules: int) -> int:
        """How many events that are not withdrawn were judged by rules older than this version."""
        return testimony.count_outdated(self._reading, rules)

    # What people decided, and could

    def decisions(self) -> list[ByHand]:
        """All that people decided, by number."""
        return by_hand.all_decisions(self._reading)

    def doubts(self, event_id: str | None = None) -> Iterator[PairInDoubt]:
        """Pairs of events that may be one, the likeliest first, without those that people decided about; all of them,
        or those of one event."""
        return by_hand.pairs_in_doubt(self._reading, event_id)

    def count_doubts(self) -> int:
        """How many pairs of what sources say are in doubt."""
        return by_hand.count_doubts(self._reading)
