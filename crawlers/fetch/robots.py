"""robots.txt, obeyed for every request (RFC 9309)."""

import asyncio

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from crawlers.fetch.failures import Fault, RefusedError, fault, status_text
from crawlers.fetch.retry_after import asked_to_wait
from crawlers.fetch.throttle import ask_less_often
from hobnob.observations import Problem

__all__ = ["Robots"]

_MAX_BYTES = 512 * 1024
"""RFC 9309, 2.5: a crawler may stop reading after 500 kibibytes."""

_LONGEST_DELAY = 60.0
"""A Crawl-delay of more is kept to this: with one of a day no source would ever be read to its end."""

_MOST_HOSTS = 1000
_Rules = RobotParser | Fault | None


class Robots(RobotsTxtMiddleware):
    """Scrapy's middleware, but requests that arrive while robots.txt is being fetched wait for it.

    In Scrapy 2.14 to 2.19 they all await one Deferred, of which only the first gets the rules: the others went
    through unchecked. Here each awaits the same task. Besides, a robots.txt that cannot be had because of the
    server or the network forbids everything (RFC 9309, 2.3.1.4); one that does not exist allows everything.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._fetching: dict[tuple[str, str, bool], asyncio.Task[_Rules]] = {}

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        if rp is not None and not rp.allowed(request.url, str(self._robotstxt_useragent)):
            host = urlparse_cached(request).hostname
            raise RefusedError(f"robots.txt of {host} forbids {request.url}", Problem.ROBOTS)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules for the host of `request`; None when it has none. Raises RefusedError when they are unknown."""
        url = urlparse_cached(request)
        private = bool(request.meta.get("private"))
        key = (url.scheme, url.netloc, private)
        if key not in self._fetching:
            self._forget_some()
            self._fetching[key] = asyncio.ensure_future(self._fetch(f"{url.scheme}://{url.netloc}/robots.txt", private))
        rules = await asyncio.shield(self._fetching[key])
        if isinstance(rules, Fault):
            raise RefusedError(*rules)
        return rules

    def _forget_some(self) -> None:
        """Keeps the rules of so many hosts: those of ten thousand would fill the memory."""
        if len(self._fetching) >= _MOST_HOSTS:
            done = [key for key, task in self._fetching.items() if task.done()]
            for key in done[: _MOST_HOSTS // 2]:
                del self._fetching[key]

    async def _fetch(self, url: str, private: bool) -> _Rules:
        meta = {"dont_obey_robotstxt": True, "private": private}
        request = Request(url, priority=self.DOWNLOAD_PRIORITY, meta=meta, callback=NO_CALLBACK)
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:
            return fault(error, url)
        if response.status >= 500 or response.status == 429:
            wait = asked_to_wait(response)
            problem = Problem.SERVER if wait is None else Problem.THROTTLED
            return Fault(f"its robots.txt cannot be read ({status_text(response.status)})", problem, wait or None)
        if response.status >= 400:
            return None
        rules = self._parserimpl.from_crawler(self.crawler, response.body[:_MAX_BYTES])
        delay = rules.crawl_delay(str(self._robotstxt_useragent))
        if delay and delay > 0:
            ask_less_often(self.crawler, urlparse_cached(request).hostname or "", min(delay, _LONGEST_DELAY))
        return rules
