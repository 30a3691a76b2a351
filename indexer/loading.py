"""From records as they are read to the catalogue, in batches, with counts for a summary."""

import datetime as dt
import time
from types import TracebackType

from hobnob.errors import CatalogueError
from hobnob.kept import Decision, Dumped, Identity
from hobnob.observations import FetchReport, Observation
from indexer.catalogue import Catalogue, LoadCounts
from indexer.upkeep.terms import CrawlTerms

__all__ = ["Loader"]


class Loader:
    """Loads records in batches of `batch`, each one transaction; fewer when a source ends, unless it did so less than
    `apart` seconds ago: a commit for each of many small sources would cost more than what they say. What a source said
    last waits for what comes next: that may be an override of it, and whoever identifies events meanwhile (another
    process may) is not to see a series without its overrides.

    As a context manager it also loads what was read before an interruption. `counts` grows with every batch. `terms`
    are those of the crawl that the records are of.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        now: dt.datetime,
        batch: int = 500,
        apart: float = 0.25,
        terms: CrawlTerms | None = None,
    ) -> None:
        self.counts = LoadCounts()
        self._terms = terms
        self._catalogue = catalogue
        self._now = now
        self._batch = batch
        self._apart = apart
        self._waiting: list[Dumped] = []
        self._held = 0
        self._said_last: dict[str, str] = {}
        self._ended = False
        self._flushed = time.monotonic()

    def add(self, record: Dumped) -> None:
        """Takes a record, and loads what waits when it is time to. Raises CatalogueError."""
        self._waiting.append(record)
        match record:
            case Observation():
                self._said_last[record.source] = record.uid
            case FetchReport():
                self._said_last.pop(record.source, None)
                self._ended = True
            case Identity() | Decision():  # they come after all that was said
                self._said_last.clear()
        if len(self._waiting) - self._held >= self._batch:
            self._flush()
        self.keep_up()

    def keep_up(self) -> None:
        """Loads what waits if a source has ended and it is time to: to be called now and then while nothing comes, so
        that what was read does not wait for a source that hangs. Raises CatalogueError."""
        if self._ended and time.monotonic() - self._flushed >= self._apart:
            self._flush()

    def close(self) -> LoadCounts:
        """Loads what still waits. Raises CatalogueError."""
        self._said_last.clear()
        self._flush()
        return self.counts

    def __enter__(self) -> "Loader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, CatalogueError):
            self.close()

    def _flush(self) -> None:
        held = [record for record in self._waiting if self._may_go_on(record)]
        if len(held) >= self._batch:  # hostile: one event with overrides without end
            held = []
        ready = [record for record in self._waiting if not self._may_go_on(record)] if held else self._waiting
        if ready:
            self.counts.add(self._catalogue.load(ready, now=self._now, terms=self._terms, before=self.counts))
            self._waiting, self._held = held, len(held)
            self._ended = False
            self._flushed = time.monotonic()

    def _may_go_on(self, record: Dumped) -> bool:
        return isinstance(record, Observation) and self._said_last.get(record.source) == record.uid
