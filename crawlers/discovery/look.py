"""One look at what is behind an address: lead after lead, the most promising first, until enough is known."""

import asyncio
import datetime as dt
import hashlib
import heapq
import itertools
import logging
from collections.abc import Awaitable, Iterable
from dataclasses import replace
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from crawlers.discovery.calendar_links import as_web, is_calendar_address
from crawlers.discovery.event_pages import SAMPLED
from crawlers.discovery.found import Answer, Candidate, Discovery, Lead, Promise, Tried, Unanswered
from crawlers.discovery.guesses import guesses
from crawlers.discovery.judging import Judged, judged, judged_pages
from crawlers.discovery.node_info import document_in, software_in
from crawlers.discovery.platform_ways import is_on_shared_host, platform_leads, software_leads
from crawlers.discovery.private_hosts import is_private
from crawlers.discovery.ranking import is_good, ranked
from crawlers.discovery.stored import pages_of, read_as_declared, wants_more
from crawlers.platforms import platforms, way_of
from crawlers.platforms.adapter import Way
from crawlers.readers.web_address import without_fragment
from crawlers.spiders.first_addresses import first_addresses
from hobnob.moments import UTC
from hobnob.sources import Source

__all__ = ["MOST_REQUESTS", "Look"]

MOST_REQUESTS = 25
"""How many requests are made for one address, robots.txt not counted."""

_MOST_CALENDARS = 6
_MOST_EVENTS_PAGES = 3
_MOST_SILENT = 4
_MOST_KEPT = 20_000_000
"""Answers of so many bytes in all are kept, should another lead be to the same address."""

_log = logging.getLogger("hobnob.discover")


class Ask(Protocol):
    """Fetches one address; raises Unanswered."""

    def __call__(
        self, url: str, way: Way | None = None, platform: str | None = None, *, local: bool = False
    ) -> Awaitable[Answer]: ...


class Look:
    """What is known so far of one address, and what to try next."""

    def __init__(
        self,
        url: str,
        *,
        source: Source | None = None,
        private: bool = False,
        only: str | None = None,
        most_requests: int = MOST_REQUESTS,
    ) -> None:
        self.url = url
        self.private = private or is_private(url)
        self.candidates: list[Candidate] = []
        self.requests = 0
        self.last: str | None = None
        self.done = False
        self._source = source
        self._only = only
        self._most = most_requests
        self._now = dt.datetime.now(UTC).replace(microsecond=0)
        self._leads: list[tuple[int, int, Lead]] = []
        self._number = itertools.count()
        self._seen: set[str] = set()
        self._answers: dict[str, Answer] = {}
        self._kept = 0
        self._wants_key: str | None = None
        self._bodies: dict[bytes, str] = {}
        self._tried: list[Tried] = []
        self._by_promise: dict[Promise, int] = {}
        self._closed: str | None = None
        self._declared: Candidate | None = None
        self._error: str | None = None
        self._host_answers = False
        self._silent = 0
        self._page: str | None = self._start()

    async def run(self, ask: Ask) -> None:
        """Looks; never raises but for being cancelled."""
        try:
            await self._run(ask)
        except Exception as error:
            _log.debug("looking at %s", self.url, exc_info=True)
            self._error = f"the look broke: {type(error).__name__}: {error}"
        finally:
            self.done = True
            self._answers.clear()

    def discovery(self) -> Discovery:
        """What was found."""
        found = [replace(one, source=self._placed(one.source)) for one in self.candidates]
        if self._only:
            found = [one for one in found if one.source.reader == self._only]
        error = self._error
        if not found and error is None:
            error = self._closed or self._wants_key or (self._tried[0].outcome if self._tried else "nothing was tried")
        return Discovery(
            url=self.url,
            candidates=tuple(ranked(found, self._start())),
            tried=tuple(self._tried),
            closed=self._closed,
            error=error if not found else None,
            declared=self._declared,
        )

    async def _run(self, ask: Ask) -> None:
        if self._source is not None and not await self._check(ask, self._source):
            return
        url = self._start()
        leads, self._closed = platform_leads(url)
        if self._closed:
            self._tried.append(Tried(url=url, why="the address", outcome=self._closed))
            return
        # The page first: what it leads to has its title, what its address leads to has none.
        await self._follow(ask, Lead(url=url, why="the address itself", promise=Promise.ADDRESS))
        self._push(leads)
        await self._follow_all(ask)
        nothing = self._host_answers and not any(one.upcoming for one in self.candidates)
        if nothing and not is_on_shared_host(url):
            self._push(guesses(url))
            await self._follow_all(ask)

    async def _follow_all(self, ask: Ask) -> None:
        """Follows the leads, and what they lead to, while requests are left, and not too many got no answer at all."""
        while self._leads and self.requests < self._most and self._silent < _MOST_SILENT:
            lead = heapq.heappop(self._leads)[2]
            if self._is_wanted(lead):
                self._by_promise[lead.promise] = self._by_promise.get(lead.promise, 0) + 1
                await self._follow(ask, lead)

    def _start(self) -> str:
        source = self._source
        if source is None:
            return self.url
        return source.homepage or source.url

    async def _check(self, ask: Ask, source: Source) -> bool:
        """Reads a source as it is declared; whether there is anything to look for besides."""
        way, answer = way_of(source), None
        for url in first_addresses(source.url, self._now.date()):
            promise = Promise.PLATFORM if way else Promise.ADDRESS
            lead = Lead(url=url, why="as it is declared", promise=promise, platform=source.platform, way=way)
            if (answer := await self._asked(ask, lead)) is not None:
                await self._read_declared(ask, source, lead, answer)
                break
        if self._declared is None:
            self._declared = Candidate(source=source, found_by="as it is declared", problem=self._tried[-1].outcome)
        self._seen.clear()
        reachable = self._host_answers or source.homepage is not None
        return reachable and wants_more(source, self._declared)

    async def _read_declared(self, ask: Ask, source: Source, lead: Lead, answer: Answer) -> None:
        answers = [answer]
        for page in (await asyncio.to_thread(pages_of, source, answer, self._now))[:SAMPLED]:
            deeper = Lead(url=page, why="a page that it leads to", promise=Promise.EVENT_PAGES)
            if (more := await self._asked(ask, deeper)) is not None:
                answers.append(more)
        self._declared, outcome = await asyncio.to_thread(read_as_declared, source, answers, self._now)
        self._tried.append(Tried(url=lead.url, why=lead.why, outcome=outcome))

    async def _follow(self, ask: Ask, lead: Lead) -> None:
        """Tries one lead, and takes over what comes of it."""
        if lead.promise is Promise.SOFTWARE:
            await self._software(ask, lead)
            return
        if lead.promise is Promise.EVENT_PAGES:
            await self._event_pages(ask, lead)
            return
        answer = await self._asked(ask, lead)
        if answer is None:
            self._instead(lead)
            return
        digest = hashlib.blake2b(answer.body, digest_size=16).digest()
        if (same := self._bodies.get(digest)) and lead.way is None:
            self._tried.append(Tried(url=lead.url, why=lead.why, outcome=f"the same as {same}"))
            return
        self._bodies.setdefault(digest, lead.url)
        self._take(await asyncio.to_thread(judged, answer, lead, now=self._now, only=self._only), lead)

    async def _event_pages(self, ask: Ask, lead: Lead) -> None:
        answers = []
        for url in lead.pages[:SAMPLED]:
            if self.requests >= self._most:
                break
            answer = await self._asked(ask, replace(lead, url=url, why="a page of one event"), again=True)
            if answer is not None:
                answers.append(answer)
        self._take(await asyncio.to_thread(judged_pages, answers, lead, now=self._now), lead)

    async def _software(self, ask: Ask, lead: Lead) -> None:
        """NodeInfo 2.1: a document that names the document which names the software."""
        if not any(one.marks.software for one in platforms()):
            return
        answer = await self._asked(ask, lead)
        link = document_in(answer.body, lead.url) if answer else None
        if link is None or answer is None:
            if answer is not None:
                self._tried.append(Tried(url=lead.url, why=lead.why, outcome="no NodeInfo"))
            return
        second = await self._asked(ask, replace(lead, url=link))
        name = software_in(second.body) if second else None
        if second is not None:
            self._tried.append(Tried(url=link, why=lead.why, outcome=f"it is {name}" if name else "no NodeInfo"))
        if name:
            self._push(software_leads(name, lead.page or lead.url))

    async def _asked(self, ask: Ask, lead: Lead, *, again: bool = False) -> Answer | None:
        """The answer; None where there is none, and the reason is noted. An answer that is there is not asked for."""
        why = None
        for url in as_web(lead.url, lead.page):
            first = first_addresses(url, self._now.date())[0]
            if _key(first, lead) in self._seen and not again:
                continue
            self._seen.add(_key(first, lead))
            if (known := self._answers.get(without_fragment(first))) and not (lead.way and lead.way.headers):
                return known
            try:
                return await self._fetched(ask, first, url, lead)
            except Unanswered as error:
                why = str(error)
                self._wants_key = self._wants_key or (why if error.wants_key else None)
                if error.status is not None:
                    self._host_answers = True
                    break
                self._silent += not error.wants_key
        if why is not None:
            self._tried.append(Tried(url=lead.url, why=lead.why, outcome=why))
        return None

    async def _fetched(self, ask: Ask, first: str, url: str, lead: Lead) -> Answer:
        self.requests += 1
        self.last = first
        answer = await ask(first, lead.way, lead.platform, local=self.url.startswith("file:"))
        self._host_answers = True
        if first != url:
            return replace(answer, asked=url)
        self._kept += len(answer.body)
        if self._kept <= _MOST_KEPT:
            self._answers[without_fragment(first)] = answer
        return answer

    def _instead(self, lead: Lead) -> None:
        """Where the address itself has nothing any more, its site may; not a host that many share."""
        if lead.promise is not Promise.ADDRESS or not self._host_answers or is_on_shared_host(lead.url):
            return
        if urlsplit(lead.url).path.strip("/") and self._most > 1:
            self._page = urljoin(lead.url, "/")
            self._push([Lead(url=self._page, why="the home page of its site", promise=Promise.EVENTS_PAGE)])

    def _take(self, found: Judged, lead: Lead) -> None:
        self._tried.append(Tried(url=lead.url, why=lead.why, outcome=found.outcome))
        self.candidates += found.candidates
        self._push(found.leads)
        if lead.promise is Promise.ADDRESS and not found.is_page:
            self._page = None
        elif not found.candidates and (self._source or is_calendar_address(lead.url)):
            self._instead(lead)  # a calendar has become a page: a login, or words that it is gone

    def _push(self, leads: Iterable[Lead]) -> None:
        for lead in leads:
            if self._most > 1 or lead.promise is Promise.ADDRESS:
                heapq.heappush(self._leads, (lead.promise, next(self._number), lead))

    def _is_wanted(self, lead: Lead) -> bool:
        """Whether a lead may still better what was found."""
        if self._is_known(lead) or (lead.way is not None and self._is_served(lead)):
            return False
        good = any(map(is_good, self.candidates))
        tried = self._by_promise.get(lead.promise, 0)
        if lead.promise in (Promise.ADDRESS, Promise.PLATFORM):
            return True
        if lead.promise is Promise.CALENDAR:
            return tried < (_MOST_CALENDARS if good else 2 * _MOST_CALENDARS)
        if lead.promise in (Promise.ONE_EVENT, Promise.SOFTWARE, Promise.GUESS):
            return not any(one.upcoming for one in self.candidates)
        return not good and tried < (_MOST_EVENTS_PAGES if lead.promise is Promise.EVENTS_PAGE else _MOST_CALENDARS)

    def _is_known(self, lead: Lead) -> bool:
        """Whether what it leads to was tried already; pages of events may have been, as a page."""
        today = self._now.date()
        addresses = [first_addresses(one, today)[0] for one in as_web(lead.url, lead.page)]
        return lead.promise is not Promise.EVENT_PAGES and all(_key(one, lead) in self._seen for one in addresses)

    def _is_served(self, lead: Lead) -> bool:
        """Whether an earlier way of the lead's platform has given events."""
        served = [one for one in self.candidates if one.source.platform == lead.platform and one.upcoming]
        first = next((one.ways[0] for one in platforms() if one.name == lead.platform), None)
        reader = lead.way.reader if lead.way else None
        return lead.way is not first and any(not one.as_given or one.source.reader == reader for one in served)

    def _placed(self, source: Source) -> Source:
        """A source on the private network that was named may be fetched there; with the page it was found on."""
        own = urlsplit(source.url).hostname == urlsplit(self.url).hostname
        private = is_private(source.url) or (self.private and own)
        return replace(source, private=private and self.private, homepage=self._homepage_of(source))

    def _homepage_of(self, source: Source) -> str | None:
        """The page that led to it, where one did."""
        page = self._page or ""
        differs = without_fragment(page).rstrip("/") != source.url.rstrip("/")
        return page if differs and page.startswith(("http://", "https://")) else None


def _key(url: str, lead: Lead) -> str:
    """What a lead is known by: one address may be read as a page, and again as a platform's."""
    own = f" as {lead.platform} by {lead.way.reader}" if lead.way else ""
    return f"{without_fragment(url)}{own}"
