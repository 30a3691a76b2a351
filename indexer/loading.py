"""From records as they are read to the catalogue, in batches, with counts for a summary."""

import datetime as dt
from types import TracebackType

from hobnob.errors import CatalogueError
from hobnob.observations import FetchReport, Record
from indexer.catalogue import Catalogue, LoadCounts
from indexer.upkeep.terms import CrawlTerms

__all__ = ["Loader"]


class Loader:
    """Loads records in batches of `batch`, each one transaction; a source's last ones when its report comes.

    As a context manager it also loads what was read before an interruption. `counts` grows with every batch. `terms`
    are those of the crawl that the records are of.
    """

    def __init__(
        self, catalogue: Catalogue, *, now: dt.datetime, batch: int = 500, terms: CrawlTerms | None = None
    ) -> None:
        self.counts = LoadCounts()
        self._terms = terms
        self._catalogue = catalogue
        self._now = now
        self._batch = batch
        self._waiting: list[Record] = []

    def add(self, record: Record) -> None:
        """Takes a record; every `batch` records, and with each FetchReport, loads what waits. Raises CatalogueError."""
        self._waiting.append(record)
        if len(self._waiting) >= self._batch or isinstance(record, FetchReport):
            self._flush()

    def close(self) -> LoadCounts:
        """Loads what still waits. Raises CatalogueError."""
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
        if self._waiting:
            self.counts.add(self._catalogue.load(self._waiting, now=self._now, terms=self._terms, before=self.counts))
            self._waiting = []
