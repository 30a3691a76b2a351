"""One replacement: the documents of events are sent, and what they no longer have is swept away.

An event's documents are numbered by the places of its times, so that new ones take the place of old ones. Every writing
marks its documents with a batch of its own: once all are there and visible, what the same events have of other batches
at later places is older, and is deleted. That needs no look at what was there before, and finds also what another
writer, who was stopped half way, left.
"""

import uuid
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from elasticsearch import Elasticsearch

from hobnob.errors import EngineError
from indexer.engines import Written
from indexer.engines.elasticsearch.bulk import Sender
from indexer.engines.elasticsearch.connection import Connection
from indexer.engines.elasticsearch.failures import unusable
from indexer.engines.elasticsearch.indices import Index
from indexer.engines.elasticsearch.lines import lines

if TYPE_CHECKING:
    from indexer.documents import EventDocument

__all__ = ["Writing"]

_BATCH = 10_000
"""Events that are swept at once."""

_PAGE = 5_000


class Writing:
    """Replaces events in `index` by what is true at the change `number`. A context manager; nothing is sure before
    `finish` has returned. `verified`: nobody else writes there, so that the documents are counted afterwards."""

    def __init__(self, connection: Connection, index: Index, number: int, *, verified: bool = False) -> None:
        self._connection = connection
        self._index = index
        self._number = number
        self._verified = verified
        self._sender = Sender(connection, index.writing, number)
        self._places: dict[str, int] = {}
        self._is_empty = False
        self._begin()

    def __enter__(self) -> "Writing":
        self._sender.__enter__()
        self._is_empty = self._count({"match_all": {}}) == 0
        return self

    def __exit__(self, *exception: Any) -> None:
        self._sender.__exit__(*exception)

    def remove(self, event_id: str) -> None:
        self._touch(event_id, 0)

    def replace(self, event: "EventDocument") -> None:
        self._touch(event.event_id, len(event.times))
        for document_id, source in lines(event, self._stamp):
            self._sender.index(document_id, source)

    def finish(self) -> Written:
        """Waits until all is there and visible. Raises EngineError when something is missing."""
        self._settle()
        return Written(self._sender.taken, tuple(self._sender.refused))

    def _begin(self) -> None:
        self._batch = uuid.uuid4().hex[:12]
        self._stamp = b'"number":%d,"batch":"%s"' % (self._number, self._batch.encode())
        self._taken_before = self._sender.taken

    def _touch(self, event_id: str, places: int) -> None:
        if event_id in self._places:
            self._settle()
            self._is_empty = False
        elif len(self._places) >= _BATCH:
            if self._is_empty:
                self._places.clear()  # there is nothing to be swept
            else:
                self._settle()
        self._places[event_id] = places

    def _settle(self) -> None:
        """Ends a batch: all of it is there, visible, and alone."""
        self._sender.flush()
        self._refresh()
        if self._verified:
            self._verify()
        places, self._places = self._places, {}
        if places and not self._is_empty and self._delete_older(places):
            self._refresh()
        self._begin()

    def _verify(self) -> None:
        wanted, found = self._sender.taken - self._taken_before, self._count({"term": {"batch": self._batch}})
        if found != wanted:
            raise EngineError(
                f"the new search index holds {found} documents of {wanted} that it took in",
                hint="run the same once more",
            )

    def _delete_older(self, places: dict[str, int]) -> bool:
        """Deletes what events have beyond their `places`, unless it is newer; whether there was anything.

        Within them, what is of another batch is another writer's, who knows at least as much.
        """
        older = {
            "filter": [{"terms": {"event": list(places)}}, {"range": {"number": {"lte": self._number}}}],
            "must_not": [{"term": {"batch": self._batch}}],
        }
        body: dict[str, Any] = {"query": {"bool": older}, "size": _PAGE, "_source": False, "sort": ["event", "place"]}
        found = False
        while rows := self._search(body):
            for row in rows:
                event, place = row["sort"]
                if place >= places[event]:
                    self._sender.delete(row["_id"])
                    found = True
            body["search_after"] = rows[-1]["sort"]
        self._sender.flush()
        return found

    def _search(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        def search(client: Elasticsearch) -> Any:
            return client.search(index=self._index.name, allow_partial_search_results=False, body=body)

        with self._usable():
            found: list[dict[str, Any]] = self._connection.insist(search).body["hits"]["hits"]
        return found

    def _refresh(self) -> None:
        with self._usable():
            answer = self._connection.insist(lambda client: client.indices.refresh(index=self._index.name)).body
        if answer["_shards"]["failed"]:
            raise EngineError("cannot write the search index: a part of it could not be refreshed")

    def _count(self, query: dict[str, Any]) -> int:
        with self._usable():
            return int(
                self._connection.insist(lambda client: client.count(index=self._index.name, query=query)).body["count"]
            )

    def _usable(self) -> AbstractContextManager[None]:
        return unusable("write the search index", self._connection.access.shown)
