"""Discovery: from an address that a person knows, to the best way of reading the events behind it.

One Scrapy engine looks at all addresses, some side by side; so robots.txt, delays, limits and the rules about private
addresses hold as in a crawl. Of each it makes at most MOST_REQUESTS requests, the most promising first, and stops
early once a good way is found. It goes nowhere but to the site itself and to what its pages name. What the answers
are is judged by `crawlers.discovery`, which fetches nothing.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from scrapy import Request, Spider
from scrapy.crawler import Crawler

from crawlers.discovery.found import Candidate, Discovery, Tried
from crawlers.discovery.look import MOST_REQUESTS, Look
from crawlers.discovery.ranking import better_way
from crawlers.fetch.engine import libraries_quiet, stop
from crawlers.fetch.settings import scrapy_settings
from crawlers.spiders.asking import Asking
from hobnob.settings import Settings
from hobnob.sources import Source

__all__ = ["MOST_REQUESTS", "Candidate", "Discovery", "LookProgress", "Tried", "better_way", "check", "discover"]

_SIDE_BY_SIDE = 8
_PROGRESS_SECONDS = 0.25
_log = logging.getLogger("hobnob.discover")


@dataclass(frozen=True, slots=True)
class LookProgress:
    """How far it is: addresses in all and done, requests made, ways found, and what was asked last."""

    total: int
    done: int
    requests: int
    found: int
    last: str | None


def discover(
    urls: Iterable[str],
    *,
    settings: Settings,
    private: bool = False,
    only: str | None = None,
    most_requests: int = MOST_REQUESTS,
    progress: Callable[[LookProgress], None] | None = None,
) -> list[Discovery]:
    """Looks for ways to read the events behind each of `urls` (http, https, webcal, file), and ranks them.

    `private`: they may be on a private network, as those are anyway that plainly name one. `only`: ways with this
    reader alone. With `most_requests=1` nothing but the address itself is looked at. In the order of `urls`; a failure
    is told in its Discovery. As `crawlers.run.crawl` a blocking call, and Ctrl-C raises KeyboardInterrupt.
    """
    looks = [Look(url, private=private, only=only, most_requests=most_requests) for url in urls]
    return _looked(looks, settings, progress)


def check(
    sources: Iterable[Source],
    *,
    settings: Settings,
    progress: Callable[[LookProgress], None] | None = None,
) -> list[Discovery]:
    """Looks at sources that are declared: how each is read now (`Discovery.declared`), and whether there is a better
    way: behind its home page, and behind its own address where that is a page, a feed, or fails."""
    return _looked([Look(source.url, source=source, private=source.private) for source in sources], settings, progress)


def _looked(
    looks: Sequence[Look], settings: Settings, progress: Callable[[LookProgress], None] | None
) -> list[Discovery]:
    if looks:
        with libraries_quiet():
            asyncio.run(_run(Crawler(_Discovering, scrapy_settings(settings)), looks, settings.keys, progress))
    return [look.discovery() for look in looks]


async def _run(
    crawler: Crawler,
    looks: Sequence[Look],
    keys: Mapping[str, str],
    progress: Callable[[LookProgress], None] | None,
) -> None:
    crawling = asyncio.ensure_future(crawler.crawl_async(looks=looks, keys=keys))
    watching = asyncio.ensure_future(_watch(looks, progress)) if progress else None
    try:
        await asyncio.wait({crawling})
    finally:
        await stop(crawler, crawling)
        if watching is not None:
            watching.cancel()
    crawling.result()


async def _watch(looks: Sequence[Look], progress: Callable[[LookProgress], None]) -> None:
    while True:
        last = next((look.last for look in reversed(looks) if look.last and not look.done), None)
        requests, found = sum(look.requests for look in looks), sum(len(look.candidates) for look in looks)
        progress(LookProgress(len(looks), sum(look.done for look in looks), requests, found, last))
        await asyncio.sleep(_PROGRESS_SECONDS)


class _Discovering(Spider):
    """Runs the looks; it makes no requests for Scrapy to schedule, but asks the engine for each answer."""

    name = "hobnob-discovery"
    looks: Sequence[Look] = ()
    keys: Mapping[str, str] = MappingProxyType({})

    async def start(self) -> AsyncIterator[Request]:
        places = asyncio.Semaphore(_SIDE_BY_SIDE)

        async def run(look: Look) -> None:
            async with places:
                await look.run(Asking(self.crawler, private=look.private, keys=self.keys).ask)

        await asyncio.gather(*(run(look) for look in self.looks))
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request
