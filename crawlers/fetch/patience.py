"""Hosts that are asked nothing more in this crawl: those that asked to be left alone, and those that do not answer."""

import time
from dataclasses import dataclass

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadConnectionRefusedError, DownloadFailedError, DownloadTimeoutError
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawlers.fetch.failures import Fault, RefusedError
from crawlers.fetch.retry_after import asked_to_wait
from hobnob.observations import Problem

__all__ = ["Patience"]

_MOST_UNANSWERED = 3
_UNANSWERED = (DownloadTimeoutError, DownloadConnectionRefusedError, DownloadFailedError)


@dataclass(slots=True)
class _Host:
    """What a host has given for our requests, one after another."""

    unanswered: int = 0
    refusal: Fault | None = None


class Patience:
    """Refuses requests to hosts that answered 429, or 503 with Retry-After, or did not answer several times in a row.

    The download handler tells it how each request ended, before the next one to the host can begin; and it asks
    `check` once more just before it sends one, which may have waited for its turn since it passed here.
    """

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Patience":
        return cls()

    def check(self, request: Request) -> None:
        """Raises RefusedError when `request` is not to be sent; after `meta["until"]` its source's time is up."""
        until = request.meta.get("until")
        if until is not None and time.monotonic() > until:
            raise RefusedError("stopped: this source took too much time", Problem.TIMEOUT)
        host = self._hosts.get(urlparse_cached(request).netloc)
        if host is not None and host.refusal is not None:
            raise RefusedError(*host.refusal)

    def process_request(self, request: Request) -> None:
        self.check(request)

    def answered(self, request: Request, response: Response) -> None:
        """A server has answered."""
        url = urlparse_cached(request)
        wait = asked_to_wait(response)
        if wait is not None:
            asked = f"{url.hostname} asked to be left alone" + (f" for {wait} s" if wait else "")
            self._hosts[url.netloc] = _Host(refusal=Fault(asked, Problem.THROTTLED, wait or None))
        elif host := self._hosts.get(url.netloc):
            host.unanswered = 0

    def broke(self, request: Request, error: Exception) -> None:
        """A download has failed."""
        if not isinstance(error, _UNANSWERED):
            return
        url = urlparse_cached(request)
        host = self._hosts.setdefault(url.netloc, _Host())
        host.unanswered += 1
        if host.unanswered >= _MOST_UNANSWERED and host.refusal is None:
            text = f"{url.hostname} did not answer {host.unanswered} times and is asked nothing more in this crawl"
            host.refusal = Fault(text, Problem.TIMEOUT)
