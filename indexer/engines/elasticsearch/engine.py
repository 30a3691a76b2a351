"""The Elasticsearch engine: documents in, pages and facets out."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from copy import copy
from typing import TYPE_CHECKING

from elasticsearch import NotFoundError

from hobnob.errors import EngineError
from hobnob.queries import FacetCount, Page, Query
from indexer.engines import Condition, IndexState, Written
from indexer.engines.elasticsearch.condition import examined
from indexer.engines.elasticsearch.connection import Access, Connection
from indexer.engines.elasticsearch.failures import NOTHING_YET, unusable
from indexer.engines.elasticsearch.indices import Index, Indices
from indexer.engines.elasticsearch.search import Search
from indexer.engines.elasticsearch.standing import Standing
from indexer.engines.elasticsearch.writing import Writing

if TYPE_CHECKING:
    from indexer.documents import EventDocument

__all__ = ["ElasticsearchEngine"]


class ElasticsearchEngine:
    """Searches the indices of `prefix` in the cluster that `access` leads to; the first `replace` makes one.

    Every document carries the number of the change that it knows as its version, so that a writer who is late changes
    nothing that another one has brought further. Raises EngineError when the cluster does not answer, does not let us
    in or does not take what it is sent, within the time limits of `access`.
    """

    def __init__(self, access: Access, *, prefix: str = "hobnob", shards: int = 1, replicas: int = 1) -> None:
        self._connection = Connection(access)
        self._indices = Indices(self._connection, prefix, shards, replicas)
        self._building: Index | None = None
        self._seen: str | None = None

    @property
    def shared_as(self) -> str | None:
        return self._indices.alias

    def state(self) -> IndexState:
        """All zero when nothing has been written yet."""
        state, self._seen = Standing(self._connection, self._where).read()
        return state

    def condition(self) -> Condition:
        return examined(self._connection, self._indices)

    def replace(
        self, events: "Iterable[EventDocument]", *, number: int, rolled_on: dt.date | None, deleted: Iterable[str] = ()
    ) -> Written:
        """As indexer.engines.Engine says. What was sent before an error is there, and is replaced the next time."""
        index = self._building or self._in_use()
        with Writing(self._connection, index, number, verified=self._building is not None) as writing:
            for event_id in deleted:
                writing.remove(event_id)
            for event in events:
                writing.replace(event)
            written = writing.finish()
        Standing(self._connection, index.name, index.writing).record(number, rolled_on)
        return written

    def search(self, query: Query) -> Page:
        """Raises BadValue when `query` asks for what there cannot be, EngineError when there is no index."""
        with self._asking("search"):
            return self._search(query).page()

    def facets(self, query: Query, names: Sequence[str], limit: int = 50) -> Mapping[str, tuple[FacetCount, ...]]:
        """The most frequent values first, those of equal count by value. Raises as `search`."""
        with self._asking("count"):
            return self._search(query).facets(names, limit)

    @contextmanager
    def rebuild(self) -> Iterator["ElasticsearchEngine"]:
        """As indexer.engines.Engine says. What an earlier rebuild left when it was interrupted is removed first."""
        if self._building is not None:
            raise EngineError("an index that is being rebuilt cannot be rebuilt")
        with suppress(EngineError):  # one that cannot be used is what a rebuild is for
            self._indices.remove_leftovers(self._indices.current())
        new = copy(self)
        new._building = building = self._indices.create(in_use=False)
        new._seen = None
        try:
            yield new
            if new.state() == IndexState():
                new.replace((), number=0, rolled_on=None)
            self._indices.use(building)
            self._seen = building.name
        except BaseException:
            with suppress(EngineError):
                self._indices.remove(building.name)
            raise

    def erase(self) -> None:
        """Removes all indices of the prefix. They can be made anew from the catalogue."""
        self._indices.remove_leftovers(None)
        self._seen = None

    def close(self) -> None:
        if self._building is None:
            self._connection.close()

    @property
    def _where(self) -> str:
        return self._building.name if self._building else self._indices.alias

    def _in_use(self) -> Index:
        """The index to write to; the same of which `state` told."""
        index = self._indices.current()
        if index is None:
            self._indices.remove_leftovers(None)
            index = self._indices.create(in_use=True)
        elif self._seen not in (None, index.name):
            raise EngineError("the search index was made anew meanwhile", hint="run the same once more")
        self._seen = index.name
        return index

    def _search(self, query: Query) -> Search:
        return Search(self._connection, self._where, query)

    @contextmanager
    def _asking(self, doing: str) -> Iterator[None]:
        try:
            with unusable(doing, self._connection.access.shown):
                yield
        except EngineError as error:
            if isinstance(error.__cause__, NotFoundError):
                raise NOTHING_YET from error
            raise
