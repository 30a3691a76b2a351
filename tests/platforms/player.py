"""A server on loopback that plays recorded sites under their real names.

It is an HTTP proxy: the program, as it is, is pointed at it by `http_proxy` and `https_proxy`, and trusts its
certificates by `SSL_CERT_FILE`. A tunnel (CONNECT) ends here as well, with a certificate for the host that was asked
for, so nothing leaves the machine: what no site has is "404 Not Found".
"""

import hashlib
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import trustme

__all__ = ["Answer", "Player", "Requested", "playing"]

_NOT_FOUND = b"<!DOCTYPE html><title>Not found</title><p>There is nothing here.</p>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a site says at `url`. It is kept from whoever does not send the headers that it `wants`."""

    url: str
    body: bytes
    type: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    wants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Requested:
    """A request that was made, and the status of its answer."""

    url: str
    headers: Mapping[str, str]
    status: int


class Player:
    """Plays the answers it was given last, and keeps a log of what it was asked for since."""

    def __init__(self, port: int, authority: Path) -> None:
        self.proxy = f"http://127.0.0.1:{port}"
        self.authority = authority
        self.log: list[Requested] = []
        self._answers: dict[object, Answer] = {}

    @property
    def environment(self) -> dict[str, str]:
        """The variables that point a program at the player."""
        return {"http_proxy": self.proxy, "https_proxy": self.proxy, "SSL_CERT_FILE": str(self.authority)}

    @property
    def pages(self) -> list[Requested]:
        """The log without what was asked of every host: its robots.txt."""
        return [one for one in self.log if urlsplit(one.url).path != "/robots.txt"]

    def play(self, answers: Sequence[Answer]) -> None:
        self._answers = {_address(one.url): one for one in answers}
        self.log = []

    def answer(self, url: str, headers: Mapping[str, str]) -> Answer:
        """What `url` says to a request with these headers (their names in lower case)."""
        found = self._answers.get(_address(url))
        if found is None:
            return Answer(url=url, body=_NOT_FOUND, type="text/html", status=404)
        if any(headers.get(name.lower()) != value for name, value in found.wants.items()):
            return Answer(url=url, body=b'{"error": "a key is needed"}', type="application/json", status=401)
        etag = f'"{hashlib.sha256(found.body).hexdigest()[:16]}"'
        sent = {"ETag": etag, **found.headers}
        if found.status == 200 and headers.get("if-none-match") == sent["ETag"]:
            return Answer(url=url, body=b"", type=found.type, status=304, headers=sent)
        return Answer(url=url, body=found.body, type=found.type, status=found.status, headers=sent)


@contextmanager
def playing(folder: Path) -> Iterator[Player]:
    """A running player; `folder` takes the certificate of its authority."""
    authority = trustme.CA()
    path = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    with ThreadingHTTPServer(("127.0.0.1", 0), _Conversation) as server:
        player = Player(server.server_address[1], path)
        server.player, server.context = player, cache(lambda host: _context(authority, host))  # type: ignore[attr-defined]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield player
        finally:
            server.shutdown()
            thread.join()


def _context(authority: trustme.CA, host: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    return context


def _address(url: str) -> object:
    """What makes two addresses the same here: parameters may come in any order, and be encoded in any way."""
    parts = urlsplit(url)
    host = parts.netloc.lower().removesuffix(":443" if parts.scheme == "https" else ":80")
    return parts.scheme, host, unquote(parts.path) or "/", tuple(sorted(parse_qsl(parts.query, True)))


class _Conversation(BaseHTTPRequestHandler):
    """One connection: plain requests of a proxy, or a tunnel and the requests that come through it."""

    protocol_version = "HTTP/1.1"
    tunnel = ""

    def do_CONNECT(self) -> None:
        server: Any = self.server
        self.send_response(HTTPStatus.OK)
        self.end_headers()
        self.tunnel = f"https://{self.path.lower().removesuffix(':443')}"
        context = server.context(self.path.rpartition(":")[0].strip("[]").lower())
        try:
            self.request = context.wrap_socket(self.request, server_side=True)
        except OSError:  # whoever asked does not trust us, or has gone
            self.close_connection = True
            return
        self.setup()

    def do_GET(self) -> None:
        server: Any = self.server
        url = self.tunnel + self.path
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = server.player.answer(url, headers)
        server.player.log.append(Requested(url, headers, answer.status))
        self.send_response(answer.status)
        for name, value in {"Content-Type": answer.type, **answer.headers}.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_HEAD = do_GET

    def finish(self) -> None:
        super().finish()
        self.request.close()

    def log_message(self, *args: object) -> None:
        """The player keeps a log of its own."""
