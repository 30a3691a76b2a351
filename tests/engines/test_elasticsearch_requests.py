"""How the engine asks: again where that helps, within its time, and only what was turned away. A stand-in answers."""

import json
import re
import time
from collections.abc import Iterator
from threading import Lock

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from hobnob.errors import EngineError
from indexer.engines.elasticsearch import Access, ElasticsearchEngine
from indexer.engines.elasticsearch.bulk import Sender
from indexer.engines.elasticsearch.connection import Connection
from tests.engines.test_embedded_index import ANYTHING

ANSWER = {"X-Elastic-Product": "Elasticsearch", "Content-Type": "application/vnd.elasticsearch+json;compatible-with=8"}
NOTHING = {"timed_out": False, "hits": {"hits": [], "total": {"value": 0}}}
FULL = "rejected execution of TimedRunnable{original=x} on EsThreadPoolExecutor[name = a/write, queue capacity = 1]"
BUSY = {"error": {"type": "es_rejected_execution_exception", "reason": FULL}, "status": 429}


class Server:
    """Answers what it was told to, one after the other, and the last for ever; keeps what it was sent."""

    def __init__(self, http: HTTPServer) -> None:
        self.url = http.url_for("")
        self.answers: list[tuple[int, object]] = []
        self.asked: list[bytes] = []
        self._lock = Lock()
        http.expect_request(re.compile("/.*")).respond_with_handler(self._answer)

    def _answer(self, request: Request) -> Response:
        with self._lock:
            self.asked.append(request.get_data())
            status, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if callable(body):
            body = body(self.asked[-1])
        return Response(json.dumps(body), status, ANSWER)


@pytest.fixture
def server(httpserver: HTTPServer) -> Server:
    return Server(httpserver)


@pytest.fixture
def connection(server: Server) -> Iterator[Connection]:
    connection = Connection(Access(urls=(server.url,), timeout=2, patience=4))
    yield connection
    connection.close()


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_server_is_asked_again(server: Server, status: int) -> None:
    server.answers = [(status, BUSY), (status, BUSY), (200, NOTHING)]
    engine = ElasticsearchEngine(Access(urls=(server.url,), timeout=5))
    assert engine.search(ANYTHING).total == 0
    assert len(server.asked) == 3
    engine.close()


@pytest.mark.parametrize(("status", "said"), [(429, "too busy"), (503, "not ready")])
def test_a_server_that_stays_busy_is_given_up_in_time(server: Server, status: int, said: str) -> None:
    server.answers = [(status, BUSY)]
    engine = ElasticsearchEngine(Access(urls=(server.url,), timeout=1))
    begun = time.monotonic()
    with pytest.raises(EngineError, match=said + r" \(\d+\): more is waiting there than it lets wait$"):
        engine.search(ANYTHING)
    assert 0.3 < time.monotonic() - begun < 1.5
    assert 3 <= len(server.asked) < 20
    engine.close()


@pytest.mark.parametrize("status", [400, 401, 403, 500])
def test_what_will_not_change_is_not_asked_again(server: Server, status: int) -> None:
    server.answers = [(status, {"error": {"type": "some_exception", "reason": "because"}, "status": status})]
    engine = ElasticsearchEngine(Access(urls=(server.url,), timeout=5))
    with pytest.raises(EngineError):
        engine.search(ANYTHING)
    assert len(server.asked) == 1
    engine.close()


def test_an_answer_of_a_part_is_no_answer(server: Server) -> None:
    server.answers = [(200, {**NOTHING, "timed_out": True})]
    engine = ElasticsearchEngine(Access(urls=(server.url,), timeout=5))
    with pytest.raises(EngineError, match="did not finish in time"):
        engine.search(ANYTHING)
    engine.close()


# Bulk requests


def ids_in(sent: bytes) -> list[str]:
    return [json.loads(line)["index"]["_id"] for line in sent.splitlines()[::2]]


def taken(sent: bytes) -> dict[str, object]:
    return {"errors": False, "items": [{"index": {"_id": each, "status": 201}} for each in ids_in(sent)]}


def each(**statuses: int) -> object:
    """An answer in which documents have these statuses, and all others were taken."""

    def answer(sent: bytes) -> dict[str, object]:
        items = []
        for document in ids_in(sent):
            status = statuses.get(document, 201)
            error = {"error": {"type": "some_exception", "reason": f"because of {document}"}} if status > 299 else {}
            items.append({"index": {"_id": document, "status": status, **error}})
        return {"errors": True, "items": items}

    return answer


def send(connection: Connection, *ids: str) -> Sender:
    with Sender(connection, "writing", 7) as sender:
        for document in ids:
            sender.index(document, b"{}")
        sender.flush()
    return sender


def test_only_what_was_turned_away_is_sent_again(server: Server, connection: Connection) -> None:
    server.answers = [(200, each(b=429, c=400, d=409)), (200, each(b=503)), (200, taken)]
    sender = send(connection, "a", "b", "c", "d", "e")
    assert [ids_in(sent) for sent in server.asked] == [["a", "b", "c", "d", "e"], ["b"], ["b"]]
    assert (sender.taken, sender.overtaken) == (3, 1)
    assert [(one.id, one.reason) for one in sender.refused] == [("c", "some_exception: because of c")]


def test_a_whole_request_that_failed_is_sent_again(server: Server, connection: Connection) -> None:
    server.answers = [(502, BUSY), (429, BUSY), (200, taken)]
    assert send(connection, "a", "b").taken == 2
    assert [ids_in(sent) for sent in server.asked] == [["a", "b"]] * 3


def test_patience_ends(server: Server, connection: Connection) -> None:
    server.answers = [(200, each(a=429))]
    begun = time.monotonic()
    with pytest.raises(EngineError, match="1 documents were turned away: because of a"):
        send(connection, "a", "b")
    assert 1 < time.monotonic() - begun < 6


def test_a_request_that_is_too_large_is_halved_and_a_document_refused(server: Server, connection: Connection) -> None:
    def too_large(sent: bytes) -> bool:
        return len(ids_in(sent)) > 1 or ids_in(sent) == ["b"]

    class Halving(list):  # type: ignore[type-arg]
        def __len__(self) -> int:
            return 1

        def __getitem__(self, at: object) -> tuple[int, object]:  # type: ignore[override]
            sent = server.asked[-1]
            return (413, {"error": {"type": "too_long", "reason": "too long"}}) if too_large(sent) else (200, taken)

    server.answers = Halving()
    sender = send(connection, "a", "b", "c", "d")
    assert sender.taken == 3
    assert [one.id for one in sender.refused] == ["b"]


def test_a_lost_connection_is_taken_up_again(httpserver: HTTPServer) -> None:
    """Nobody listens at the first address: the second one answers."""
    httpserver.expect_request("/hobnob-events/_search").respond_with_json(NOTHING, headers=ANSWER)
    engine = ElasticsearchEngine(Access(urls=("http://127.0.0.1:9", httpserver.url_for("")), timeout=5))
    for _ in range(4):
        assert engine.search(ANYTHING).total == 0
    engine.close()
