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

_FIRST = {"bool": {"filter": [{"exists": {"field": "event"}}], "must_not": [{"exists": {"field": "prev_end_any"}}]}}
_COUNTS = {
    "all": {
        "global": {},
        "aggs": {"documents": {"filter": {"exists": {"field": "event"}}}, "events": {"filter": _FIRST}},
    }
}


class _State(msgspec.Struct, kw_only=True):
    format: int
    number: int
    rolled_on: dt.date | None = None


class Standing:
    """That of the index `name` (or of the one behind an alias), written through the alias `writing`."""

    def __init__(self, connection: Connection, name: str, writing: str | None = None) -> None:
        self._connection = connection
        self._name = name
        self._writing = writing or name

    def read(self) -> tuple[IndexState, str | None]:
        """The state, and the name of the index that has it; all zero when there is none.

        Raises EngineError when it is not one of ours.
        """
        body = {"size": 1, "query": {"ids": {"values": [STATE]}}, "_source": ["state"], "aggs": _COUNTS}

        def search(client: Elasticsearch) -> Any:
            return client.search(index=self._name, allow_partial_search_results=False, body=body)

        try:
            with unusable("read the search index", self._connection.access.shown):
                answer = self._connection.ask(search).body
        except EngineError as error:
            if isinstance(error.__cause__, NotFoundError):
                return IndexState(), None
            raise
        counts = answer["aggregations"]["all"]
        hits = answer["hits"]["hits"]
        if not hits:
            if counts["doc_count"] and self._writing == self._name:
                raise EngineError(f"{self._name} holds other documents than a search index", hint=REBUILD)
            return IndexState(), None
        state = self._decoded(hits[0]["_source"])
        found = IndexState(
            number=state.number,
            rolled_on=state.rolled_on,
            documents=counts["documents"]["doc_count"],
            events=counts["events"]["doc_count"],
        )
        return found, hits[0]["_index"]

    def record(self, number: int, rolled_on: dt.date | None) -> None:
        """Says how far the index has come, unless another writer has brought it further."""
        state = {"format": FORMAT, "number": number, "rolled_on": rolled_on}

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

    def _decoded(self, source: Any) -> _State:
        try:
            state = msgspec.convert(source["state"], _State)
        except (KeyError, TypeError, msgspec.ValidationError) as error:
            raise EngineError(f"the state of the search index cannot be read: {error}", hint=REBUILD) from error
        if state.format != FORMAT:
            raise EngineError(f"the search index has format {state.format}, not {FORMAT}", hint=REBUILD)
        return state
