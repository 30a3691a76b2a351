"""The base of all spiders: it crawls declared sources, each with its reader, and keeps the ledger.

A subclass says what differs for its kind of source: `links` (where a page leads) and `whole` (whether one answer
holds all that the source publishes). A leaf for one source is nothing but its declaration; see `loader`.
"""

import asyncio
import datetime as dt
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urldefrag, urljoin

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawlers.fetch.failures import Fault, OffSiteError, fault, is_missing, reason, unreadable
from crawlers.fetch.keys import key_refused, missing_key
from crawlers.fetch.ledger import Ledger
from crawlers.fetch.redirects import moved_to
from crawlers.platforms import way_of
from crawlers.platforms.adapter.paging import ByPage
from crawlers.platforms.adapter.reading import reading
from crawlers.readers import READERS, About, Context, Over, Reader, reader
from crawlers.spiders.course import Course, Step, meta
from crawlers.spiders.first_addresses import first_addresses
from crawlers.spiders.remembered import Remembered
from crawlers.spiders.site import leads_on, site_of
from hobnob.errors import ReadError
from hobnob.moments import UTC
from hobnob.observations import Follow, Observation, Problem, Record, Skipped, Unchanged
from hobnob.sources import Source

__all__ = ["MAX_REQUESTS", "DeclaredSpider", "Step"]

MAX_REQUESTS = 200
"""How many addresses of one source a crawl reads at most."""

_MAX_MINUTES = 60
"""For how long after its first answer a crawl goes on with one source."""

_MAX_URL = 2000
_BREATH = 0.05
"""After so many seconds of reading, other answers have their turn."""

Item = Observation | Unchanged | Skipped


class DeclaredSpider(Spider):
    """Crawls `sources`. Under `scrapy crawl` it yields items; under `hobnob crawl` a ledger hands them on.

    `keys` are the user's own, by platform.
    """

    name = "hobnob"
    sources: tuple[Source, ...] = ()
    whole = True

    def __init__(
        self,
        *args: Any,
        ledger: Ledger | None = None,
        remembered: Remembered | None = None,
        keys: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._remembered = remembered or Remembered()
        self._delivers = ledger is not None
        self.ledger = ledger or Ledger(self.sources, _nowhere)
        self.keys = keys or {}
        self._courses: dict[str, Course] = {}

    async def start(self) -> AsyncIterator[Request]:
        for source in self.sources:
            self.ledger.begin(source.name)
            way = way_of(source)
            self._courses[source.name] = Course(way, self._remembered.components(source))
            if way is not None and way.key is not None and (source.platform or "") not in self.keys:
                self.ledger.fail(source.name, missing_key(source.platform or "", way.key), Problem.KEY)
            else:
                for request in self._first(source):
                    yield request
            self._settle(source.name)

    def _settle(self, name: str) -> None:
        if self.ledger.settle(name):
            self._courses.pop(name, None)

    def links(self, response: Response, context: Context) -> list[str]:
        """The addresses that a page links to."""
        return []

    async def read(self, response: Response, step: Step) -> AsyncIterator[Item | Request]:
        """The callback of every request: what the reader finds, and where it leads.

        Under a ledger only requests go through Scrapy: its way of handing on items takes longer than reading them.
        """
        breath = time.monotonic() + _BREATH
        try:
            for found in self._found(response, step):
                if self._delivers and not isinstance(found, Request):
                    self.ledger.deliver(found)
                else:
                    yield found
                if time.monotonic() > breath:
                    await asyncio.sleep(0)
                    breath = time.monotonic() + _BREATH
        finally:
            self._settle(step.source.name)

    def _found(self, response: Response, step: Step) -> Iterator[Item | Request]:
        """What the reader finds, and the links of the page."""
        name = step.source.name
        if step.site is None:
            self._arrived(response, step.source)
        step = replace(step, site=step.site or site_of(response.url))
        context = self._context(response, step.source)
        try:
            self.ledger.fetched(name, response)
            yield from self._readings(response, context, step)
            if step.depth < step.source.follow_depth:
                deeper = replace(step, depth=step.depth + 1, entry=False)
                for url in self.links(response, context):
                    yield from self._request(urljoin(response.url, url), deeper)
        except Exception as error:  # a bug in a reader must not cost the other sources their crawl
            self.logger.debug("reader %s on %s", step.reader, response.url, exc_info=True)
            self.ledger.fail(name, f"reader {step.reader!r} broke on {response.url}: {reason(error, response.url)}")

    def _arrived(self, response: Response, source: Source) -> None:
        """The declared address has answered."""
        course = self._courses[source.name]
        course.until = course.until or time.monotonic() + 60 * _MAX_MINUTES
        if "{" not in source.url and (moved := moved_to(response)):
            self.ledger.moved(source.name, moved)

    def _readings(self, response: Response, context: Context, step: Step) -> Iterator[Item | Request]:
        """What the reader finds."""
        name = step.source.name
        try:
            for found in self._reader(step)(response.body, context):
                match found:
                    case Follow():
                        yield from self._follow(found, response, step)
                    case About():
                        self.ledger.about(name, title=found.title, refresh=found.refresh)
                    case Over():
                        self.ledger.over(name, found.count)
                    case _:
                        yield self._item(found, response, step)
            self.ledger.understood(name, whole=self.whole)
        except ReadError as error:
            found_instead = unreadable(error, response, step.reader)
            if step.entry:
                yield self._item(Skipped(reason=found_instead.reason), response, step)
            elif self._may_lack_events(found_instead, step):
                self.ledger.absent(name, *found_instead)
            else:
                self.ledger.fail(name, *found_instead)

    def _may_lack_events(self, found: Fault, step: Step) -> bool:
        """Where pages lead on, one that holds no event is nothing to complain of; an answer of a platform is."""
        listed = step.depth == 0 and self._courses[step.source.name].way is not None and step.reader != "html"
        return step.source.follow_depth > 0 and found.problem is not Problem.FORBIDDEN and not listed

    def failed(self, failure: Failure) -> None:
        """The errback of every request."""
        request: Request = failure.request  # type: ignore[attr-defined]
        step: Step = request.cb_kwargs["step"]
        error = failure.value or RuntimeError("no reason given")
        over = step.optional and (is_missing(error) or self._is_past_the_end(error, step))
        record = self.ledger.absent if over or isinstance(error, OffSiteError) else self.ledger.fail
        found = fault(error, request.url)
        if request.meta.get("key") and isinstance(error, HttpError) and error.response.status in (401, 403):
            found = Fault(key_refused(step.source.platform or "", found.reason), Problem.KEY)
        record(step.source.name, *found)
        self._settle(step.source.name)

    def _past_the_end(self, step: Step) -> tuple[int, ...]:
        """The statuses by which the platform says that there is no further page."""
        way = self._courses[step.source.name].way
        paging = way.paging if way else None
        return paging.past_the_end if isinstance(paging, ByPage) else ()

    def _is_past_the_end(self, error: BaseException, step: Step) -> bool:
        return isinstance(error, HttpError) and error.response.status in self._past_the_end(step)

    def _first(self, source: Source) -> Iterator[Request]:
        """The declared address; of one for each year not all need exist."""
        addresses = first_addresses(source.url, dt.datetime.now(UTC).date())
        step = Step(source, source.reader, optional=len(addresses) > 1)
        for url in addresses:
            yield from self._request(url, step)

    def _reader(self, step: Step) -> Reader:
        """What reads a response: on the first level, what the source's platform says."""
        way = self._courses[step.source.name].way
        if way is not None and step.depth == 0 and step.reader == step.source.reader:
            return reading(way, step.source.platform or "", step.source.title)
        return reader(step.reader)

    def _item(self, reading: Item, response: Response, step: Step) -> Item:
        if isinstance(reading, Skipped):
            reading = replace(reading, source=step.source.name, source_url=reading.source_url or response.url)
        self.ledger.expect(step.source.name)
        return reading

    def _follow(self, link: Follow, response: Response, step: Step) -> Iterator[Item | Request]:
        """What a reader pointed at: pagination stays at its depth, anything else is one deeper.

        An entry whose event is only behind its link counts as skipped where the source does not let links be followed.
        """
        if link.as_what != "page" and link.as_what in READERS:
            way = self._courses[step.source.name].way
            entry = step.reader == "feed" or (way is not None and way.pages is not None)
            step = replace(step, reader=link.as_what, depth=step.depth + 1, entry=entry)
        elif link.as_what != "page":
            return
        pages = link.as_what == "page" and self._courses[step.source.name].way is not None
        if pages and self._past_the_end(step):
            step = replace(step, optional=True)
        if pages or 0 < step.source.follow_depth >= step.depth:
            yield from self._request(urljoin(response.url, link.url), step, named=True)
        elif link.as_what != "page":
            depth = step.source.follow_depth
            reason = f"states no date of an event, and its link is too deep (follow_depth is {depth})"
            yield self._item(Skipped(reason=reason), response, step)

    def _request(self, url: str, step: Step, *, named: bool = False) -> Iterator[Request]:
        """The request for `url`, unless it was made already or the crawl of its source may not go there."""
        source, url = step.source, urldefrag(url).url
        course = self._courses[source.name]
        if url in course.seen or len(url) > _MAX_URL:
            return
        if step.site is not None and not leads_on(url, step.site, source, named=named):
            return
        if len(course.seen) >= MAX_REQUESTS:
            self.ledger.fail(source.name, f"stopped after {MAX_REQUESTS} addresses", Problem.TOO_LARGE)
            return
        course.seen.add(url)
        headers = dict(course.way.headers) if course.way else None
        try:
            request = Request(
                url,
                self.read,
                errback=self.failed,
                dont_filter=True,
                headers=headers,
                meta=meta(step, course),
                cb_kwargs={"step": step},
            )
        except ValueError as error:
            self.ledger.fail(source.name, *fault(error, url))
            return
        self.ledger.expect(source.name)
        yield request

    def _context(self, response: Response, source: Source) -> Context:
        content_type = response.headers.get("Content-Type")
        return Context(
            now=dt.datetime.now(UTC).replace(microsecond=0),
            source=source.name,
            url=response.url,
            time_zone=source.time_zone,
            language=source.language,
            content_type=content_type.decode("latin-1") if content_type else None,
            fields=source.fields,
            date_order=source.date_order,
            since=self._remembered.since_for(source),
            known=self._courses[source.name].components,
            one_of_several=source.follow_depth > 0,
        )


def _nowhere(record: Record) -> None:
    """Under `scrapy crawl` the feed exports deliver."""
