"""One answer at a time, for who must see it before asking for the next: through all of the downloader's middlewares."""

from collections.abc import Mapping
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.spidermiddlewares.httperror import HttpError

from crawlers.discovery.found import Answer, Unanswered
from crawlers.fetch.failures import reason
from crawlers.fetch.instead import challenge
from crawlers.fetch.keys import key_refused, missing_key
from crawlers.fetch.redirects import moved_to
from crawlers.platforms.adapter import Way

__all__ = ["Asking"]

_MOST_LINES = 200


class Asking:
    """Asks for addresses in the name of one look; `private` as for a source, `keys` are the user's own."""

    def __init__(self, crawler: Crawler, *, private: bool, keys: Mapping[str, str]) -> None:
        self._crawler = crawler
        self._private = private
        self._keys = keys

    async def ask(
        self, url: str, way: Way | None = None, platform: str | None = None, *, local: bool = False
    ) -> Answer:
        """The answer of `url`, asked for as the `way` of `platform` wants it. `local`: it may be a file.

        Raises Unanswered.
        """
        meta: dict[str, Any] = {"private": self._private, "local": local}
        if way is not None and way.key is not None:
            if (platform or "") not in self._keys:
                raise Unanswered(missing_key(platform or "", way.key), wants_key=True)
            meta |= {"key": way.key, "platform": platform}
        try:
            headers = dict(way.headers) if way else None
            request = Request(url, headers=headers, meta=meta, callback=NO_CALLBACK, dont_filter=True)
            response = await self._crawler.engine.download_async(request)
        except Exception as error:
            raise Unanswered(reason(error, url)) from error
        if not 200 <= response.status < 300:
            why = reason(HttpError(response), url)
            refused = "key" in meta and response.status in (401, 403)
            raise Unanswered(key_refused(platform or "", why) if refused else why, response.status, wants_key=refused)
        if name := challenge(response):
            raise Unanswered(f"a challenge page of {name}; a challenge is a no", response.status)
        return _answer(url, response)


def _answer(asked: str, response: Response) -> Answer:
    lines = [
        f"{name.decode('latin-1').lower()}: {value.decode('latin-1')}"
        for name, values in response.headers.items()
        for value in values
    ]
    kind = response.headers.get("Content-Type")
    return Answer(
        asked=asked,
        url=response.url,
        body=response.body,
        header="\n".join(lines[:_MOST_LINES])[:50_000],
        content_type=kind.decode("latin-1") if kind else None,
        moved=moved_to(response) is not None,
        validators="ETag" in response.headers or "Last-Modified" in response.headers,
    )
