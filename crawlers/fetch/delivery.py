"""The item pipeline: hands what spiders read to the ledger of the crawl."""

from typing import Any, TypeVar

from scrapy.crawler import Crawler

__all__ = ["Delivery"]

Item = TypeVar("Item")


class Delivery:
    """Every Observation, Unchanged and Skipped passes here once, in the order it was read."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Delivery":
        return cls(crawler)

    def process_item(self, item: Item) -> Item:
        spider: Any = self._crawler.spider
        spider.ledger.deliver(item)
        return item
