"""All due sources in one crawl: one engine, so one delay and one robots.txt for each host, whoever publishes there."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler

from crawlers.fetch.ledger import Ledger
from crawlers.spiders import spider_class
from crawlers.spiders.declared import DeclaredSpider
from crawlers.spiders.remembered import Remembered
from hobnob.sources import Source

__all__ = ["EverySource"]

_MOST_WAITING = 500
"""Enough of them that there are several hosts to choose from, however many sources in a row are on one."""

_COUNTED_EVERY = 50
_PAUSE = 0.05


class EverySource(Spider):
    """Crawls `sources`, each with the spider of its site, or the generic one of its reader."""

    name = "hobnob"

    def __init__(
        self,
        *args: Any,
        sources: tuple[Source, ...],
        ledger: Ledger,
        remembered: Remembered,
        keys: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sources = sources
        self.ledger = ledger
        self.remembered = remembered
        self.keys = keys
        self._spiders: list[DeclaredSpider] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "EverySource":
        spider = super().from_crawler(crawler, *args, **kwargs)
        kinds: dict[type[DeclaredSpider], list[Source]] = {}
        for source in spider.sources:
            kinds.setdefault(spider_class(source), []).append(source)
        for kind, own in kinds.items():
            part = kind.from_crawler(
                crawler, ledger=spider.ledger, sources=tuple(own), remembered=spider.remembered, keys=spider.keys
            )
            spider._spiders.append(part)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """The first requests, no more of them than can wait: those of ten thousand sources would fill the memory."""
        scheduler: Any = self.crawler.engine.scheduler
        made = 0
        for spider in self._spiders:
            async for request in spider.start():
                made += 1
                while made % _COUNTED_EVERY == 0 and len(scheduler) >= _MOST_WAITING:
                    await asyncio.sleep(_PAUSE)
                yield request
