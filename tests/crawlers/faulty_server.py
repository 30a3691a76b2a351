"""A web server that does everything wrong, on every loopback address at once, each path in its own way.

All of it is made: nothing was recorded anywhere. Paths end in the way of answering: `/never`, `/drip` ...
"""

import contextlib
import json
import socket
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from zlib import crc32

Chunks = Iterator[bytes]


_BOMB = zlib.compress(bytes(64 * 1024 * 1024), 9, wbits=31)
_TLS_HANDSHAKE = b"\x16"


def calendar(name: str, *, title: str = "Meeting", extra: str = "") -> bytes:
    """A calendar of one event, of its own for each `name`."""
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//made//EN", *_event(name, title, extra), "END:VCALENDAR", "")
    return "\r\n".join(lines).encode()


def _event(name: str, title: str, extra: str = "") -> list[str]:
    start = f"DTSTART;TZID=Europe/Berlin:2028{1 + crc32(name.encode()) % 12:02}01T190000"  # each has a time of its own
    return ["BEGIN:VEVENT", f"UID:{name}", f"SUMMARY:{title} of {name}", start, *filter(None, [extra]), "END:VEVENT"]


def page(title: str, body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>".encode()


def answer(body: bytes, kind: str = "text/calendar", status: str = "200 OK", *headers: str) -> Chunks:
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *headers,
    ]
    yield "\r\n".join([*lines, "", ""]).encode() + body


def html(title: str, body: str, status: str = "200 OK", *headers: str) -> Chunks:
    return answer(page(title, body), "text/html", status, *headers)


class FaultyServer:
    """`well` makes every path give one good answer; `sent` counts the bytes sent by path."""

    big = 100_000
    last = ("large", "never", "drip", "drip_head", "forbidden")

    def __init__(self, names: Iterable[str]) -> None:
        self.well = True
        self._first = {f"/{name}" for name in names if name not in self.last}
        self.sent: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()
        self._ended = threading.Event()
        self._listening = socket.create_server(("0.0.0.0", 0), backlog=100)
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> "FaultyServer":
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection = self._listening.accept()[0]
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                head += (more := connection.recv(10_000))
                if head.startswith(_TLS_HANDSHAKE):
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                if not more or head.startswith(_TLS_HANDSHAKE):
                    return
            path = head.split(b" ")[1].decode()
            self.asked[path] += 1
            for chunk in self._chunks(path):
                connection.sendall(chunk)
                self.sent[path] += len(chunk)
                if self._ended.is_set():
                    return

    def _chunks(self, path: str) -> Chunks:
        name = path.partition("?")[0].strip("/").replace("/", "_")
        if path == "/robots.txt":
            return answer(b"User-agent: *\nDisallow: /forbidden\n", "text/plain")
        if path.startswith("/api/2/events"):
            return self._api(path)
        if self.well or name.startswith("healthy"):
            return answer(calendar(name))
        wrong: Callable[[], Chunks] = getattr(self, f"_{name}")
        return wrong()

    def _never(self) -> Chunks:
        self._ended.wait(60)
        yield b""

    def _drip(self) -> Chunks:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\nContent-Length: 5000\r\n\r\n"
        yield from self._dripping(b"BEGIN:VCALENDAR\r\n" * 300)

    def _drip_head(self) -> Chunks:
        return self._dripping(b"HTTP/1.1 200 OK\r\nX-Padding: " + b"x" * 5000)

    def _dripping(self, text: bytes) -> Chunks:
        for byte in text:
            yield bytes([byte])
            if self._ended.wait(1):
                return

    def _circle(self) -> Chunks:
        return answer(b"", "text/plain", "301 Moved Permanently", "Location: /circle")

    def _endless(self) -> Chunks:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n\r\n"
        for _ in range(2 * 1024):
            yield b"X-LINE:x\r\n" * 104_858

    def _bomb(self) -> Chunks:
        return answer(_BOMB, "text/calendar", "200 OK", "Content-Encoding: gzip")

    def _page(self) -> Chunks:
        return html("Our calendar has moved", "<p>Find us at the fair.</p>")

    def _login(self) -> Chunks:
        return html("Members", '<form><input name=user><input type="password" name=word></form>')

    def _sgcaptcha(self) -> Chunks:
        body = '<meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2Fc.ics">'
        return html("Robot Challenge Screen", body, "202 Accepted")

    def _cloudflare(self) -> Chunks:
        return html("Just a moment...", "<noscript>Enable JavaScript</noscript>", "403 Forbidden", "Server: cloudflare")

    def _modsecurity(self) -> Chunks:
        return html("Not Acceptable!", "<p>This error was generated by Mod_Security.</p>", "406 Not Acceptable")

    def _throttled(self) -> Chunks:
        return html("Slow down", "", "429 Too Many Requests", "Retry-After: 120")

    def _missing(self) -> Chunks:
        return html("Nothing here", "", "404 Not Found")

    def _broken(self) -> Chunks:
        return html("Oops", "", "500 Internal Server Error")

    def _broken_off(self) -> Chunks:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\nContent-Length: 5000\r\n\r\nBEGIN:VCALENDAR\r\n"

    def _empty(self) -> Chunks:
        return answer(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//made//EN\r\nEND:VCALENDAR\r\n")

    def _charset(self) -> Chunks:
        return answer(calendar("charset", title="Fête").decode().encode("cp1252"), "text/calendar; charset=utf-8")

    def _secondly(self) -> Chunks:
        return answer(calendar("secondly", extra="RRULE:FREQ=SECONDLY"))

    def _large(self) -> Chunks:
        """So that its reading delays no others, they are served first, if they come."""
        patience = time.monotonic() + 10
        while not self._first <= self.asked.keys() and time.monotonic() < patience:
            self._ended.wait(0.05)
        events = ("\r\n".join(_event(f"large-{number}", "Meeting")) for number in range(self.big))
        return answer(b"BEGIN:VCALENDAR\r\n" + "\r\n".join(events).encode() + b"\r\nEND:VCALENDAR\r\n")

    def _api(self, path: str) -> Chunks:
        """Pages of Localist's shape; the second one is of another while the server is not well."""
        number = 2 if "page=2" in path else 1
        if number == 2 and not self.well:
            return answer(json.dumps({"results": [[]], "next": None}).encode(), "application/json")
        instance = {"event_instance": {"start": f"2028-12-0{number}T19:00:00+01:00"}}
        event = {"id": number, "title": f"Talk {number}", "event_instances": [instance]}
        found = {"events": [{"event": event}], "page": {"current": number, "size": 1, "total": 2}}
        return answer(json.dumps(found).encode(), "application/json")
