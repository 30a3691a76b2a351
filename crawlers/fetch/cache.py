"""The HTTP cache: what a server sent, kept so that the next crawl need only ask whether it has changed (RFC 9111).

Scrapy's cache with these differences. Whoever crawls a source wants news of it, so the server is asked every time,
however long it allows a copy to be used. A failing server is a failure, not an occasion to show an old copy. An
answer is one file that is replaced in one step, so a kill leaves the old or the new one, and files that no crawl
has asked for in half a year are deleted.
"""

import hashlib
import os
import time
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcache import HttpCacheMiddleware
from scrapy.extensions.httpcache import RFC2616Policy
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

__all__ = ["Cache", "ResponseFiles", "Validators"]

_DAY = 24 * 3600
_KEEP_SECONDS = 180 * _DAY
_DATED = ".dated"
_DATED_KEEP_SECONDS = 3 * _DAY
"""An address that has the day of the crawl in it is asked for on that day only."""

_AS_KEPT = "as kept"
"""Marks a response that is in the cache just so."""

#: Request headers that say who asks and what is known, not what is wanted.
_ABOUT_US = (b"user-agent", b"referer", b"accept-encoding", b"if-none-match", b"if-modified-since")


class Cache(HttpCacheMiddleware):
    """The middleware; a download that fails is reported as failed, whatever is in the cache."""

    def _freshen_cached_response(self, cachedresponse: Response, response: Response) -> None:
        """Takes over what "304 Not Modified" says, but for what describes a body: it has none (RFC 9111, 3.2)."""
        before = _validators(cachedresponse)
        for name, values in response.headers.items():
            if not name.lower().startswith(b"content-"):
                cachedresponse.headers.setlist(name, values)
        if _validators(cachedresponse) == before:
            cachedresponse.flags.append(_AS_KEPT)

    def process_exception(self, request: Request, exception: Exception, spider: Spider | None = None) -> None:
        request.meta.pop("cached_response", None)


class Validators(RFC2616Policy):
    """Keeps what can be asked about again, and believes nothing but "304 Not Modified"."""

    def should_cache_response(self, response: Response, request: Request) -> bool:
        known = "ETag" in response.headers or "Last-Modified" in response.headers
        return response.status == 200 and known and super().should_cache_response(response, request)

    def is_cached_response_fresh(self, cachedresponse: Response, request: Request) -> bool:
        self._set_conditional_validators(request, cachedresponse)
        return False

    def is_cached_response_valid(self, cachedresponse: Response, response: Response, request: Request) -> bool:
        return bool(response.status == 304)


class _Entry(msgspec.Struct, array_like=True):
    url: str
    status: int
    headers: list[tuple[bytes, list[bytes]]]
    body: bytes


class ResponseFiles:
    """One compressed file for each address (and what else a request says it wants), in HTTPCACHE_DIR."""

    def __init__(self, settings: Any) -> None:
        self._folder = Path(settings["HTTPCACHE_DIR"])

    def open_spider(self, spider: Spider) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        now = time.time()
        for path in self._folder.iterdir():
            keep = _DATED_KEEP_SECONDS if path.suffix == _DATED else _KEEP_SECONDS
            with suppress(OSError):
                if path.stat().st_mtime < now - keep:
                    path.unlink()

    def close_spider(self, spider: Spider) -> None:
        """Nothing stays open."""

    def retrieve_response(self, spider: Spider, request: Request) -> Response | None:
        path = self._path(request)
        try:
            entry = msgspec.msgpack.decode(zlib.decompress(path.read_bytes()), type=_Entry)
        except (OSError, zlib.error, msgspec.MsgspecError):
            return None
        headers = Headers(dict(entry.headers))
        kind = responsetypes.from_args(headers=headers, url=entry.url, body=entry.body)
        return kind(url=entry.url, headers=headers, status=entry.status, body=entry.body)

    def store_response(self, spider: Spider, request: Request, response: Response) -> None:
        """Keeps the answer; a disk that is full or read-only only means that the next crawl fetches it again."""
        entry = _Entry(response.url, response.status, list(response.headers.items()), response.body)
        path = self._path(request)
        if _AS_KEPT in response.flags:
            with suppress(OSError):
                os.utime(path)
            return
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            fresh.write_bytes(zlib.compress(msgspec.msgpack.encode(entry), level=1))
            fresh.replace(path)
        except OSError:
            with suppress(OSError):
                fresh.unlink()

    def _path(self, request: Request) -> Path:
        wanted = sorted(header for header in request.headers.items() if header[0].lower() not in _ABOUT_US)
        digest = hashlib.sha256(repr((request.url, wanted)).encode()).hexdigest()[:40]
        return self._folder / (digest + (_DATED if request.meta.get("dated") else ""))


def _validators(response: Response) -> tuple[bytes | None, bytes | None]:
    return response.headers.get("ETag"), response.headers.get("Last-Modified")
