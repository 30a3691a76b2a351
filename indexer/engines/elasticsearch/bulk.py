"""Bulk requests: few bytes at a time, two on their way, each told apart by what became of its documents.

A request that fails as a whole, and documents that are turned away because the cluster is busy, are sent again, a
little later each time, until the connection's patience ends. What the server will never take is kept with its reason.
"""

import random
import time
from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from hobnob.errors import EngineError
from indexer.engines import Refused
from indexer.engines.elasticsearch.connection import RETRIED, Connection, may_pass
from indexer.engines.elasticsearch.failures import blocked, unusable

__all__ = ["CHUNK_BYTES", "Sender"]

CHUNK_BYTES = 2_000_000
"""A request holds so much, or one document."""

_CHUNK_ACTIONS = 1_000
_UNDER_WAY = 2
_REQUEST_SECONDS = 60.0
_FIRST_PAUSE = 0.25
_LONGEST_PAUSE = 3.0
_LAST_SECONDS = 1.0
_MOST_REFUSED = 1_000
_ANSWER = ("errors", "items.*._id", "items.*.status", "items.*.error.type", "items.*.error.reason")

_Chunk = dict[str, bytes]
"""Actions by the ids of their documents, each with its lines."""


class Sender:
    """Sends actions to one alias; nothing is sure before `flush` has returned.

    `taken` counts the documents that the server has, `refused` are those that it will not take; those that another
    writer had already brought further count as neither. Raises EngineError when patience ends.
    """

    def __init__(self, connection: Connection, alias: str, version: int) -> None:
        self.taken = 0
        self.overtaken = 0
        self.refused: list[Refused] = []
        self._connection = connection
        self._alias = alias
        self._version = version
        self._chunk: _Chunk = {}
        self._bytes = 0
        self._under_way: deque[Future[None]] = deque()
        self._counting = Lock()
        self._stopped = Event()
        self._threads = ThreadPoolExecutor(_UNDER_WAY, thread_name_prefix="bulk")

    def __enter__(self) -> "Sender":
        return self

    def __exit__(self, *exception: object) -> None:
        self._stopped.set()
        self._threads.shutdown(cancel_futures=True)

    def index(self, document_id: str, source: bytes) -> None:
        self._add(document_id, b'{"index":%s}\n%s\n' % (self._head(document_id), source))

    def delete(self, document_id: str) -> None:
        self._add(document_id, b'{"delete":%s}\n' % self._head(document_id))

    def flush(self) -> None:
        """Waits until every action was answered."""
        self._send()
        while self._under_way:
            self._under_way.popleft().result()

    def _head(self, document_id: str) -> bytes:
        return b'{"_id":"%s","version":%d,"version_type":"external_gte"}' % (document_id.encode(), self._version)

    def _add(self, document_id: str, action: bytes) -> None:
        if self._bytes + len(action) > CHUNK_BYTES or len(self._chunk) >= _CHUNK_ACTIONS or document_id in self._chunk:
            self._send()
        self._chunk[document_id] = action
        self._bytes += len(action)

    def _send(self) -> None:
        if not self._chunk:
            return
        while len(self._under_way) > _UNDER_WAY:
            self._under_way.popleft().result()
        self._under_way.append(self._threads.submit(self._deliver, self._chunk))
        self._chunk, self._bytes = {}, 0

    def _deliver(self, chunk: _Chunk) -> None:
        until = time.monotonic() + self._connection.access.patience
        pause = _FIRST_PAUSE
        while chunk := self._attempt(chunk, until - time.monotonic()):
            if self._stopped.wait(pause * random.uniform(0.5, 1.0)):  # noqa: S311  (a moment of its own, no secret)
                return
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _attempt(self, chunk: _Chunk, seconds: float) -> _Chunk:
        """What is to be sent once more. Raises EngineError when there is no time left for that."""
        body: Any = b"".join(chunk.values())

        def request(client: Elasticsearch) -> Any:
            return client.bulk(index=self._alias, require_alias=True, operations=body, filter_path=_ANSWER)

        try:
            with unusable("write the search index", self._connection.access.shown):
                answer = self._connection.once(request, min(_REQUEST_SECONDS, max(seconds, 1.0))).body
        except EngineError as error:
            cause = error.__cause__
            if isinstance(cause, ApiError) and cause.meta.status == 413:
                return self._halved(chunk)
            if seconds > _LAST_SECONDS and isinstance(cause, Exception) and may_pass(cause):
                return chunk
            raise
        again, why = self._sorted(chunk, answer.get("items", ()))
        if again and seconds <= _LAST_SECONDS:
            raise blocked("write the search index", f"{len(again)} documents were turned away: {why}")
        return again

    def _halved(self, chunk: _Chunk) -> _Chunk:
        """Sends what was too large for one request in two; nothing is left to be sent."""
        if len(chunk) == 1:
            self._refuse(next(iter(chunk)), "larger than the server takes (http.max_content_length)")
            return {}
        ids = list(chunk)
        for part in (ids[: len(ids) // 2], ids[len(ids) // 2 :]):
            self._deliver({document_id: chunk[document_id] for document_id in part})
        return {}

    def _sorted(self, chunk: _Chunk, items: list[Mapping[str, Any]]) -> tuple[_Chunk, str]:
        """What is to be sent once more, and why; all else is counted."""
        if len(items) != len(chunk):
            raise EngineError(f"the cluster answered {len(items)} of {len(chunk)} documents")
        again: _Chunk = {}
        why = ""
        taken = overtaken = 0
        for item in items:
            ((kind, outcome),) = item.items()
            status, error = outcome["status"], outcome.get("error") or {}
            if status < 300:
                taken += kind == "index"
            elif status in RETRIED:
                again[outcome["_id"]] = chunk[outcome["_id"]]
                why = str(error.get("reason"))
            elif status == 409:
                overtaken += kind == "index"
            elif error:
                self._judge(outcome["_id"], str(error.get("type")), str(error.get("reason")))
        with self._counting:
            self.taken += taken
            self.overtaken += overtaken
        return again, why

    def _judge(self, document_id: str, kind: str, reason: str) -> None:
        """An error of one document, or of the whole index, which no other document would escape."""
        if kind == "index_not_found_exception":
            raise EngineError(
                "cannot write the search index: it was replaced or removed meanwhile", hint="run the same once more"
            )
        if kind == "cluster_block_exception":
            raise blocked("write the search index", reason)
        self._refuse(document_id, f"{kind}: {reason}")

    def _refuse(self, document_id: str, reason: str) -> None:
        if len(self.refused) < _MOST_REFUSED:
            self.refused.append(Refused(document_id, " ".join(reason.split())[:500]))
