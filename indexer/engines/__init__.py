"""Search engines behind one protocol. An engine is derived from the catalogue and can always be made anew."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from hobnob.queries import FacetCount, Page, Query

if TYPE_CHECKING:
    from indexer.documents import EventDocument  # a search needs no documents, and is to start at once

__all__ = ["Engine", "IndexState"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """Where an index stands: the catalogue's change number it has taken in, the day on which repeating events were
    last worked out (`rolled_on`), and how many occurrence documents and events it holds."""

    number: int = 0
    rolled_on: dt.date | None = None
    documents: int = 0
    events: int = 0


class Engine(Protocol):
    """What every engine does. All of it raises EngineError when the index cannot be used."""

    def state(self) -> IndexState: ...

    def replace(
        self, events: "Iterable[EventDocument]", *, number: int, rolled_on: dt.date | None, deleted: Iterable[str] = ()
    ) -> int:
        """Replaces all documents of each event by its present ones and takes out those of `deleted` event ids.

        All of it becomes visible, with `number` and `rolled_on` as the new state, in one commit at the end.
        An event without occurrences has no documents. Returns how many documents were written.
        """

    def search(self, query: Query) -> Page:
        """The page that `query` asks for."""

    def facets(self, query: Query, names: Sequence[str], limit: int = 50) -> Mapping[str, tuple[FacetCount, ...]]:
        """For each facet of hobnob.queries.FACETS, its most frequent values among all that `query` finds."""

    def rebuild(self) -> AbstractContextManager["Engine"]:
        """A new, empty engine, which takes the old one's place when the block ends without an error."""

    def close(self) -> None: ...
