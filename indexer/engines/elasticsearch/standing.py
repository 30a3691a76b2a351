"""Where an index stands, kept in a document of its own."""

import datetime as dt
from typing import Any

import msgspec
from elasticsearch import ConflictError, Elasticsearch, NotFoundError

from hobnob.errors import EngineError
from indexer.engines import IndexState
from indexer.engines.elasticsearch.connection import Connection
from indexer.engines.elasticsearch.failures import REBUILD, unusable
from indexer.engines.elasticsearch.mapping import FORMAT, STATE

__all__ = ["Standing"]

_DOCUMENT = {"exists": {"field": "event"}}
_FIRST = {"bool": {"must_not": [{"exists": {"field": "prev_end_any"}}]}}


class _State(msgspec.Struct, kw_only=True):
    format: int
    number: int
    rolled_on: dt.date | None = None
    documents: int
    events: int


class Standing:
    """That of the index `name` (or of the one behind an alias), written through the alias `writing`."""

    def __init__(self, connection: Connection, name: str, writing: str | None = None) -> None:
        self._connection = connection
        self._name = name
        self._writing = writing or name

    def read(self) -> tuple[IndexState, str | None]:
        """The state as it was recorded, and the name of the index that has it; all zero when there is none.

        Raises EngineError when it is not one of ours.
        """
        body = {"size": 1, "query": {"ids": {"values": [STATE]}}, "_source": ["state"]}
        try:
            answer = self._search(body)
        except EngineError as error:
            if isinstance(error.__cause__, NotFoundError):
                return IndexState(), None
            raise
        hits = answer["hits"]["hits"]
        if not hits:
            self._check_ours()
            return IndexState(), None
        state = self._decoded(hits[0]["_source"])
        found = IndexState(
            number=state.number, rolled_on=state.rolled_on, documents=state.documents, events=state.events
        )
        return found, hits[0]["_index"]

    def _check_ours(self) -> None:
        """A first writing that was stopped half way has left documents, but nothing else."""
        body = {"size": 0, "query": {"bool": {"must_not": [_DOCUMENT]}}, "track_total_hits": True}
        if self._search(body)["hits"]["total"]["value"]:
            raise EngineError(f"{self._name} holds other documents than a search index", hint=REBUILD)

    def counted(self) -> tuple[int, int]:
        """How many documents and events there are, whatever was recorded."""
        body = {"size": 0, "query": _DOCUMENT, "track_total_hits": True, "aggs": {"events": {"filter": _FIRST}}}
        answer = self._search(body)
        return answer["hits"]["total"]["value"], answer["aggregations"]["events"]["doc_count"]

    def record(self, number: int, rolled_on: dt.date | None) -> None:
        """Says how far the index has come and what it holds, unless another writer has brought it further."""
        documents, events = self.counted()
        state = {"format": FORMAT, "number": number, "rolled_on": rolled_on, "documents": documents, "events": events}

        def write(client: Elasticsearch) -> Any:
            return client.index(
                index=self._writing,
                id=STATE,
                document={"state": state},
                version=number,
                version_type="external_gte",
                require_alias=True,
                refresh=True,
            )

        with unusable("write the search index", self._connection.access.shown):
            try:
                self._connection.insist(write)
            except ConflictError:
                return

    def _search(self, body: dict[str, Any]) -> dict[str, Any]:
        def search(client: Elasticsearch) -> Any:
            return client.search(index=self._name, allow_partial_search_results=False, body=body)

        with unusable("read the search index", self._connection.access.shown):
            found: dict[str, Any] = self._connection.ask(search).body
        return found

    def _decoded(self, source: Any) -> _State:
        try:
            state = msgspec.convert(source["state"], _State)
        except (KeyError, TypeError, msgspec.ValidationError) as error:
            raise EngineError(f"the state of the search index cannot be read: {error}", hint=REBUILD) from error
        if state.format != FORMAT:
            raise EngineError(f"the search index has format {state.format}, not {FORMAT}", hint=REBUILD)
        return state
