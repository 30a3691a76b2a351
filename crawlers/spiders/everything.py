"""All due sources in one crawl: one engine, so one delay and one robots.txt for each host, whoever publishes there."""

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler

from crawlers.fetch.ledger import Ledger
from crawlers.spiders import spider_class
from crawlers.spiders.declared import DeclaredSpider
from crawlers.spiders.remembered import Remembered
from hobnob.sources import Source

__all__ = ["EverySource"]


class EverySource(Spider):
    """Crawls `sources` with the generic spider of each one's reader."""

    name = "hobnob"

    def __init__(
        self, *args: Any, sources: tuple[Source, ...], ledger: Ledger, remembered: Remembered, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sources = sources
        self.ledger = ledger
        self.remembered = remembered
        self._spiders: list[DeclaredSpider] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "EverySource":
        spider = super().from_crawler(crawler, *args, **kwargs)
        readers = dict.fromkeys(source.reader for source in spider.sources)
        for reader in readers:
            own = tuple(source for source in spider.sources if source.reader == reader)
            part = spider_class(reader).from_crawler(
                crawler, ledger=spider.ledger, sources=own, remembered=spider.remembered
            )
            spider._spiders.append(part)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        for spider in self._spiders:
            async for request in spider.start():
                yield request
