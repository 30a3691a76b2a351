"""The delay between two requests to one host: never less than configured or asked for, more while the host is slow."""

from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response

__all__ = ["Throttle", "ask_less_often"]


class Throttle(AutoThrottle):
    """Scrapy's AutoThrottle with a least delay for each host, which is also kept when its own greatest is lower.

    Besides, "304 Not Modified" is an answer like 200: in Scrapy it can only lengthen the delay, so that a host that
    was slow once and has nothing new since would be asked slowly for the rest of the crawl.
    """

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        key, slot = self._get_slot(request, spider)
        latency = request.meta.get("download_latency")
        if slot is None or latency is None:
            return
        least = _least_delay(self.crawler, key or "", self.mindelay)
        wanted = latency / self.target_concurrency
        delay = max(least, min(max(wanted, (slot.delay + wanted) / 2), self.maxdelay))
        if delay > slot.delay or response.status in (200, 304):
            slot.delay = delay


def ask_less_often(crawler: Crawler, host: str, delay: float) -> None:
    """From now on at least `delay` seconds lie between two requests to `host`, in this crawl."""
    downloader: Any = crawler.engine.downloader
    if delay <= _least_delay(crawler, host, crawler.settings.getfloat("DOWNLOAD_DELAY")):
        return
    downloader.per_slot_settings[host] = {"delay": delay}
    if host in downloader.slots:
        downloader.slots[host].delay = max(delay, downloader.slots[host].delay)


def _least_delay(crawler: Crawler, host: str, otherwise: float) -> float:
    downloader: Any = crawler.engine.downloader
    return max(otherwise, float(downloader.per_slot_settings.get(host, {}).get("delay", 0)))
