"""Scrapy's engine as a part of a program: its libraries say nothing to the user, and it stops at once."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from scrapy import signals
from scrapy.crawler import Crawler

__all__ = ["libraries_quiet", "stop"]

_MOST_ROUNDS = 10
_LIBRARIES = ("scrapy", "twisted", "asyncio", "aiohttp", "protego", "py.warnings")


async def stop(crawler: Crawler, crawling: "asyncio.Future[None]") -> None:
    """Drops what is under way. Stopped by its own means, the engine would wait for every download to end."""
    if not crawling.done():
        await crawler.signals.send_catch_log_async(signals.engine_stopped)  # the download handlers close on it
        crawling.cancel()
        await asyncio.wait({crawling})
        await _settle()


async def _settle() -> None:
    """Ends the tasks that the engine started for itself: those that are cut off start others, to close it with."""
    for _ in range(_MOST_ROUNDS):
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if not others:
            return
        for task in others:
            task.cancel()
        await asyncio.wait(others)


@contextmanager
def libraries_quiet() -> Iterator[None]:
    """What Scrapy and its libraries log reaches the user's handlers only when hobnob's own log is at DEBUG."""
    if logging.getLogger("hobnob.crawl").isEnabledFor(logging.DEBUG):
        yield
        return
    loggers = [logging.getLogger(name) for name in _LIBRARIES]
    before = [logger.propagate for logger in loggers]
    silent = logging.NullHandler()
    for logger in loggers:
        logger.propagate = False
        logger.addHandler(silent)
    try:
        yield
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.propagate = propagate
            logger.removeHandler(silent)
