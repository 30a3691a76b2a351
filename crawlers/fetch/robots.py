"""robots.txt, obeyed for every request (RFC 9309)."""

import asyncio
from dataclasses import dataclass

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from crawlers.fetch.failures import reason, status_text

__all__ = ["Robots"]

_MAX_BYTES = 512 * 1024
"""RFC 9309, 2.5: a crawler may stop reading after 500 kibibytes."""


@dataclass(frozen=True, slots=True)
class _Unreachable:
    reason: str


class Robots(RobotsTxtMiddleware):
    """Scrapy's middleware, but requests that arrive while robots.txt is being fetched wait for it.

    In Scrapy 2.14 to 2.19 they all await one Deferred, of which only the first gets the rules: the others went
    through unchecked. Here each awaits the same task. Besides, a robots.txt that cannot be had because of the
    server or the network forbids everything (RFC 9309, 2.3.1.4); one that does not exist allows everything.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._fetching: dict[tuple[str, str, bool], asyncio.Task[RobotParser | _Unreachable | None]] = {}

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules for the host of `request`; None when it has none. Raises IgnoreRequest when they are unknown."""
        url = urlparse_cached(request)
        private = bool(request.meta.get("private"))
        key = (url.scheme, url.netloc, private)
        if key not in self._fetching:
            self._fetching[key] = asyncio.ensure_future(self._fetch(f"{url.scheme}://{url.netloc}/robots.txt", private))
        rules = await asyncio.shield(self._fetching[key])
        if isinstance(rules, _Unreachable):
            raise IgnoreRequest(rules.reason)
        return rules

    async def _fetch(self, url: str, private: bool) -> RobotParser | _Unreachable | None:
        meta = {"dont_obey_robotstxt": True, "private": private}
        request = Request(url, priority=self.DOWNLOAD_PRIORITY, meta=meta, callback=NO_CALLBACK)
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:
            return _Unreachable(reason(error, url))
        if response.status >= 500 or response.status == 429:
            return _Unreachable(f"its robots.txt cannot be read ({status_text(response.status)})")
        if response.status >= 400:
            return None
        return self._parserimpl.from_crawler(self.crawler, response.body[:_MAX_BYTES])
