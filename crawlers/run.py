"""One crawl: all given sources in one Scrapy engine, their records delivered as they are read."""

import asyncio
import datetime as dt
import logging
import signal
import threading
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from scrapy.crawler import Crawler

from crawlers.fetch.engine import libraries_quiet, stop
from crawlers.fetch.ledger import Ledger, Progress
from crawlers.fetch.settings import scrapy_settings
from crawlers.platforms import check_keys
from crawlers.spiders.everything import EverySource
from crawlers.spiders.remembered import Remembered
from hobnob.observations import FetchReport, Record
from hobnob.settings import Settings
from hobnob.sources import Source

__all__ = ["Progress", "crawl"]

_PROGRESS_SECONDS = 0.25

logging.getLogger("hobnob").addHandler(logging.NullHandler())


def crawl(
    sources: Iterable[Source],
    *,
    settings: Settings,
    deliver: Callable[[Record], None],
    force: bool = False,
    since: dt.date | None = None,
    known: Callable[[str], Container[str]] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> tuple[FetchReport, ...]:
    """Fetches and reads `sources`; returns how each one ended, in their order.

    `deliver` gets every Observation, Unchanged and Skipped as it is read, and the FetchReport of each source when
    that one is done. A source whose server says "not modified" is read again from the kept copy, so that a
    catalogue that lost something has it back. `force` asks for everything anew. What ended before the day `since` need
    not be read, but for sources that are not declared: those were named by someone who wants them whole. `known` gives
    the keys of the components of a source that are stored (Observation.component); what is in it may be delivered as
    Unchanged. `progress` is called a few times
    a second and at the end.

    No source's failure stops the others. On Ctrl-C or SIGTERM (in the main thread, unless the caller handles them) what
    was read has been delivered, sources that are not done get a "failed" report ("interrupted"), then KeyboardInterrupt
    is raised. What `deliver` raises ends the crawl and is raised here. Raises SettingsError for a key that no platform
    wants, before anything is fetched.

    A plain blocking call: it may be made more than once in a process, but not while an asyncio loop runs in the same
    thread, and not once a Twisted reactor is installed.
    """
    check_keys(settings.keys)
    wanted = tuple({source.name: source for source in sources}.values())
    ledger = Ledger(wanted, deliver)
    if wanted:
        with libraries_quiet():
            crawler = Crawler(EverySource, scrapy_settings(settings, force=force))
            given = {"sources": wanted, "remembered": Remembered(since, known), "keys": settings.keys}
            try:
                asyncio.run(_run(crawler, given, ledger, progress))
            except asyncio.CancelledError:  # by SIGTERM; for Ctrl-C asyncio does the same
                raise KeyboardInterrupt from None
    if ledger.failure is not None:
        raise ledger.failure
    return ledger.reports


async def _run(
    crawler: Crawler, given: Mapping[str, Any], ledger: Ledger, progress: Callable[[Progress], None] | None
) -> None:
    stopped = asyncio.Event()
    ledger.stop = stopped.set
    crawling = asyncio.ensure_future(crawler.crawl_async(ledger=ledger, **given))
    stopping = asyncio.ensure_future(stopped.wait())
    watching = asyncio.ensure_future(_watch(ledger, progress)) if progress else None
    try:
        with _ended_by_sigterm():
            await asyncio.wait({crawling, stopping}, return_when=asyncio.FIRST_COMPLETED)
    except asyncio.CancelledError:
        ledger.close("interrupted")
        raise
    finally:
        await stop(crawler, crawling)
        ledger.close("the crawl ended early")
        for task in (stopping, watching):
            if task is not None:
                task.cancel()
        if progress is not None:
            progress(ledger.progress)
    if not crawling.cancelled():
        crawling.result()


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """Within the block SIGTERM cancels the current task, as asyncio.run has it for Ctrl-C."""
    before, task = signal.getsignal(signal.SIGTERM), asyncio.current_task()
    unhandled = before in (signal.SIG_DFL, signal.default_int_handler)
    if task is None or not unhandled or threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGTERM)
        signal.signal(signal.SIGTERM, before)


async def _watch(ledger: Ledger, progress: Callable[[Progress], None]) -> None:
    while True:
        progress(ledger.progress)
        await asyncio.sleep(_PROGRESS_SECONDS)
