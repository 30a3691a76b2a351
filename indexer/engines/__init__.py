"""Search engines behind one protocol. An engine is derived from the catalogue and can always be made anew."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from hobnob.queries import FacetCount, Page, Query

if TYPE_CHECKING:
    from indexer.documents import EventDocument  # a search needs no documents, and is to start at once

__all__ = ["Condition", "Engine", "IndexState", "Problem", "Refused", "Written"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """Where an index stands: the catalogue's change number it has taken in, the day on which repeating events were
    last worked out (`rolled_on`), and how many occurrence documents and events it holds."""

    number: int = 0
    rolled_on: dt.date | None = None
    documents: int = 0
    events: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that the engine would not take: its id, and the engine's reason."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Written:
    """How many documents were written, and those that were refused."""

    documents: int
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an index or its server, in one line, and what to do."""

    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Where an index is and how it is: facts to be shown, by name, and what is wrong."""

    facts: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


class Engine(Protocol):
    """What every engine does. All of it raises EngineError when the index cannot be used."""

    @property
    def shared_as(self) -> str | None:
        """What to call an index that several machines write to; None for one that belongs to a machine."""

    def state(self) -> IndexState: ...

    def condition(self) -> Condition:
        """Where the index is and how it is; raises EngineError only when nobody can be asked."""

    def replace(
        self, events: "Iterable[EventDocument]", *, number: int, rolled_on: dt.date | None, deleted: Iterable[str] = ()
    ) -> Written:
        """Replaces all documents of each event by its present ones and takes out those of `deleted` event ids.

        Once it returns, all of it is visible, with `number` and `rolled_on` as the new state; a single machine's engine
        does so in one commit. An event without occurrences has no documents.
        """

    def search(self, query: Query) -> Page:
        """The page that `query` asks for."""

    def facets(self, query: Query, names: Sequence[str], limit: int = 50) -> Mapping[str, tuple[FacetCount, ...]]:
        """For each facet of hobnob.queries.FACETS, its most frequent values among all that `query` finds."""

    def rebuild(self) -> AbstractContextManager["Engine"]:
        """A new, empty engine, which takes the old one's place when the block ends without an error."""

    def close(self) -> None: ...
