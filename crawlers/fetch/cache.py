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

_KEEP_SECONDS = 180 * 24 * 3600


class Cache(HttpCacheMiddleware):
    """The middleware; a download that fails is reported as failed, whatever is in the cache."""

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
    """One compressed file for each address, in HTTPCACHE_DIR."""

    def __init__(self, settings: Any) -> None:
        self._folder = Path(settings["HTTPCACHE_DIR"])

    def open_spider(self, spider: Spider) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        oldest = time.time() - _KEEP_SECONDS
        for path in self._folder.iterdir():
            with suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()

    def close_spider(self, spider: Spider) -> None:
        """Nothing stays open."""

    def retrieve_response(self, spider: Spider, request: Request) -> Response | None:
        path = self._path(request)
        try:
            entry = msgspec.msgpack.decode(zlib.decompress(path.read_bytes()), type=_Entry)
            os.utime(path)
        except (OSError, zlib.error, msgspec.MsgspecError):
            return None
        headers = Headers(dict(entry.headers))
        kind = responsetypes.from_args(headers=headers, url=entry.url, body=entry.body)
        return kind(url=entry.url, headers=headers, status=entry.status, body=entry.body)

    def store_response(self, spider: Spider, request: Request, response: Response) -> None:
        """Keeps the answer; a disk that is full or read-only only means that the next crawl fetches it again."""
        entry = _Entry(response.url, response.status, list(response.headers.items()), response.body)
        path = self._path(request)
        fresh = path.with_suffix(f".{os.getpid()}")
        try:
            fresh.write_bytes(zlib.compress(msgspec.msgpack.encode(entry), level=1))
            fresh.replace(path)
        except OSError:
            with suppress(OSError):
                fresh.unlink()

    def _path(self, request: Request) -> Path:
        return self._folder / hashlib.sha256(request.url.encode()).hexdigest()[:40]
