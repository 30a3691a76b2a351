"""Many small calendars behind one port of many loopback addresses, for bench.crawl; a process of its own.

python -m bench.site_server CALENDARS EVENTS     prints its port, and serves until it is ended
"""

import asyncio
import re
import sys
from functools import lru_cache

from bench.readers_calendars import calendar

__all__ = ["HOSTS", "calendar_of"]

HOSTS = 50
_PATH = re.compile(rb"GET /(\d+)\.ics ")
_ETAG = re.compile(rb'if-none-match: *"(\d+)"', re.IGNORECASE)
_ROBOTS = b"User-agent: *\nDisallow: /private\n"


@lru_cache(maxsize=4)
def _one(events: int) -> bytes:
    return calendar(events, coming=1)


def calendar_of(events: int, number: int) -> bytes:
    """Calendar `number`: like the others, but for the UIDs."""
    return _one(events).replace(b"\nUID:", f"\nUID:{number}-".encode())


class Site(asyncio.Protocol):
    """HTTP/1.1 as far as a crawler of calendars needs it."""

    events = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._received = b""

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            request, self._received = self._received[:end], self._received[end + 4 :]
            self._transport.write(self._answer(request))

    def _answer(self, request: bytes) -> bytes:
        asked = _PATH.match(request)
        if asked is None:
            return _response(b"200 OK", b"text/plain", _ROBOTS)
        number = asked[1]
        known = _ETAG.search(request)
        if known and known[1] == number:
            return b'HTTP/1.1 304 Not Modified\r\nETag: "%b"\r\n\r\n' % number
        body = calendar_of(self.events, int(number))
        return _response(b"200 OK", b"text/calendar; charset=utf-8", body, b'ETag: "%b"\r\n' % number)


def _response(status: bytes, kind: bytes, body: bytes, more: bytes = b"") -> bytes:
    return b"HTTP/1.1 %b\r\nContent-Type: %b\r\nContent-Length: %d\r\n%b\r\n%b" % (status, kind, len(body), more, body)


async def _serve(events: int) -> None:
    Site.events = events
    loop = asyncio.get_running_loop()
    first = await loop.create_server(Site, "127.0.0.1", 0)
    port = first.sockets[0].getsockname()[1]
    others = [await loop.create_server(Site, f"127.0.0.{last}", port) for last in range(2, HOSTS + 1)]
    print(port, flush=True)
    await asyncio.gather(*(server.serve_forever() for server in (first, *others)))


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[2])))
