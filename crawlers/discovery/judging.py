"""What one answer is: ways to read events from it, and leads to others."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crawlers.discovery.contents import fitting
from crawlers.discovery.event_pages import event_pages
from crawlers.discovery.event_words import is_of_events
from crawlers.discovery.found import Answer, Candidate, Lead, Promise
from crawlers.discovery.naming import name_of, telling, title_of
from crawlers.discovery.page_leads import Linked, PageLeads, embedded_variants, leads_of
from crawlers.discovery.said import SAMPLE, Said, said, soonest
from crawlers.platforms import platforms
from crawlers.platforms.adapter import Way
from crawlers.platforms.adapter.reading import reading
from crawlers.platforms.adapter.recognition import Recognised, Seen, recognised
from crawlers.readers import Context, reader
from crawlers.readers.looks_like import looks_like
from crawlers.readers.pages.page import open_page
from crawlers.readers.web_address import same_site, without_fragment
from crawlers.spiders.site import leads_on, site_of
from hobnob.sources import Source

__all__ = ["Judged", "candidate", "context_of", "judged", "judged_pages", "platform_leads"]

_MOST_ANCHORS = 500
_FEW = 2
_DATA_ONLY = (
    Promise.PLATFORM,
    Promise.LINKED_PLATFORM,
    Promise.CALENDAR,
    Promise.FEED,
    Promise.ONE_EVENT,
    Promise.GUESS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What came of one answer: in words, as ways to read it, as leads to others."""

    outcome: str
    candidates: tuple[Candidate, ...] = ()
    leads: tuple[Lead, ...] = ()
    is_page: bool = False


def judged(answer: Answer, lead: Lead, *, now: dt.datetime, only: str | None = None) -> Judged:
    """What `answer`, to which `lead` led, is. `only` names the one reader that is wanted."""
    if lead.way is not None:
        return _by_way(answer, lead, now)
    names = fitting(answer.body, answer.content_type, answer.url)
    if only and lead.promise is Promise.ADDRESS:
        names = (only, *(("html",) if "html" in names and only != "html" else ()))
    if not names:
        return Judged(outcome=f"it looks like {looks_like(answer.body)}")
    if names[0] == "html" and lead.promise in _DATA_ONLY:
        return Judged(outcome="a page, no calendar" if lead.promise is not Promise.FEED else "a page, no feed")
    found = Judged(outcome="nothing that can be read")
    for name in names:
        found = _read_by(name, answer, lead, now)
        if found.candidates or found.is_page:
            break
    return found


def platform_leads(url: str) -> tuple[list[Lead], str | None]:
    """What the address alone says: leads by its platform's ways, and why a closed platform cannot be read."""
    found = recognised(Seen(url=url), platforms())
    closed = next((one.platform.closed for one in found if one.platform.closed and one.mark == "address"), None)
    return list(_ways(found, url, 0)), closed


def software_leads(software: str, url: str) -> list[Lead]:
    """What the name of the software of a site says."""
    return list(_ways(recognised(Seen(url=url, software=software), platforms()), url, 0))


def judged_pages(answers: Sequence[Answer], lead: Lead, *, now: dt.datetime) -> Judged:
    """What the pages of single events say that `lead` leads to, as one way to read them all."""
    whole = Said()
    for answer in answers:
        page = said(reader("html"), answer.body, context_of(answer, now))
        whole.events += page.events
        whole.skipped += page.skipped
    told = f"{len(answers)} of {len(lead.pages)} pages read"
    if not whole.events or not answers:
        return Judged(outcome=f"{told}: they state no events for programs")
    way = lead.way
    one = candidate(whole, answers[0], lead, way.reader if way else "html", now, url=lead.page or lead.url)
    source = replace(
        one.source,
        platform=lead.platform,
        follow_depth=max(1, way.follow_depth) if way else 1,
        follow=way.follow if way else lead.follow,
    )
    one = replace(one, source=source, more=one.more or len(lead.pages) > len(answers), validators=False)
    return Judged(outcome=f"{told}: {len(whole.events)} events", candidates=(one,))


def _by_way(answer: Answer, lead: Lead, now: dt.datetime) -> Judged:
    """The answer of a platform, read as its adapter says."""
    way = lead.way
    assert way is not None
    found = said(reading(way, lead.platform or "", lead.title or ""), answer.body, context_of(answer, now))
    one = candidate(found, answer, lead, way.reader, now, url=lead.url)
    one = replace(
        one,
        source=replace(one.source, platform=lead.platform, follow_depth=way.follow_depth, follow=way.follow),
        more=one.more or bool(way.follow_depth and found.follows),
    )
    if found.events:
        return Judged(outcome=_told(one), candidates=(one,))
    pages = _pages_of(way, found, answer, now) if way.follow_depth else ()
    if not pages:
        return Judged(outcome=_nothing(found))
    deeper = replace(lead, url=pages[0], promise=Promise.EVENT_PAGES, page=lead.url, pages=pages)
    return Judged(outcome=f"it leads to {len(pages)} pages of events", leads=(deeper,))


def _pages_of(way: Way, found: Said, answer: Answer, now: dt.datetime) -> tuple[str, ...]:
    """The pages of events that the answer of a platform leads to: those that it lists, or links of a page."""
    listed = [follow.url for follow in found.follows]
    if not listed and way.reader == "html":
        linked = leads_of(open_page(answer.body, context_of(answer, now)), depth=2).anchors
        own = Source(name="discovery", title="discovery", url=answer.url, reader="html", follow=way.follow)
        listed = [one.url for one in linked if leads_on(one.url, site_of(answer.url), own, named=False)]
    return tuple(dict.fromkeys(listed))


def _read_by(name: str, answer: Answer, lead: Lead, now: dt.datetime) -> Judged:
    """The answer read by the reader `name`."""
    found = said(reader(name), answer.body, context_of(answer, now))
    if name == "html":
        return _page(found, answer, lead, now)
    leads: list[Lead] = []
    prodid = re.search(rb"^PRODID[^:\r\n]{0,200}:([^\r\n]{1,300})", answer.body[:20_000], re.MULTILINE)
    if prodid:
        seen = Seen(url=answer.url, header=answer.header, prodid=prodid[1].decode("utf-8", "replace"))
        leads += _ways(recognised(seen, platforms()), answer.url, lead.depth)
    if not found.events:
        if name == "feed" and found.follows and _may_have_events(found, answer):
            leads.append(_entries(found, answer, lead))
        return Judged(outcome=_nothing(found), leads=tuple(leads))
    one = candidate(found, answer, lead, name, now)
    return Judged(outcome=_told(one), candidates=(one,), leads=tuple(leads))


def _page(found: Said, answer: Answer, lead: Lead, now: dt.datetime) -> Judged:
    """A page: the events that it states, and all that it leads to."""
    page = open_page(answer.body, context_of(answer, now))
    linked = leads_of(page, depth=lead.depth)
    seen = Seen(url=answer.url, embedded=linked.embedded, page=page.text, header=answer.header)
    platforms_of_page = recognised(seen, platforms())
    leads = [
        *_ways(platforms_of_page, answer.url, lead.depth),
        *_embedded_ways(linked, answer.url, lead.depth),
        *linked.leads,
        *_linked_ways(linked.anchors, answer.url, lead.depth),
    ]
    if lead.depth < 2:
        follows = [Linked(follow.url, "") for follow in found.follows]
        leads += _listed(follows, answer.url) or event_pages(linked.anchors, answer.url)
    of_platform = any(one.mark == "address" for one in platforms_of_page)
    title = lead.title or _page_title(linked, of_platform=of_platform)
    language = page.language or lead.language
    told = tuple(replace(one, title=title, page=without_fragment(answer.url), language=language) for one in leads)
    if not found.events:
        return Judged(outcome="a page that states no events for programs", leads=told, is_page=True)
    one = candidate(found, answer, replace(lead, title=title, language=language), "html", now)
    return Judged(outcome=_told(one), candidates=(one,), leads=told, is_page=True)


def _page_title(linked: PageLeads, *, of_platform: bool) -> str | None:
    """What a page calls its site, else itself; somebody's page on a platform does not have the platform's name."""
    return telling(linked.title) if of_platform else telling(linked.site_title, linked.title)


def _listed(follows: list[Linked], page: str) -> list[Lead]:
    """The pages of events that the page itself lists as such."""
    urls = tuple(dict.fromkeys(one.url for one in follows if same_site(one.url, page)))
    if not urls:
        return []
    why = f"the page lists {len(urls)} pages of events"
    return [Lead(url=urls[0], why=why, promise=Promise.EVENT_PAGES, page=without_fragment(page), pages=urls)]


def _ways(found: Iterable[Recognised], page: str, depth: int) -> Iterator[Lead]:
    for one in found:
        for way, url in one.addresses():
            why = f"{one.platform.title}, recognised by {_MARKS[one.mark]}"
            yield Lead(
                url=url, why=why, promise=Promise.PLATFORM, page=page, platform=one.platform.name, way=way, depth=depth
            )


_MARKS = {
    "address": "its address",
    "software": "the software that the site names",
    "header": "the header of the answer",
    "prodid": "the PRODID of its calendar",
    "embedded": "what the page embeds",
    "page": "marks on the page",
}


def _embedded_ways(linked: PageLeads, page: str, depth: int) -> Iterator[Lead]:
    """Further calendars of one platform that a page embeds: recognition tells the parameters of the first only."""
    for url in linked.embedded[:50]:
        for variant in embedded_variants(url):
            found = recognised(Seen(url=page, embedded=(variant,)), platforms())
            yield from _ways((one for one in found if one.mark == "embedded"), page, depth)


def _linked_ways(anchors: Sequence[Linked], page: str, depth: int) -> Iterator[Lead]:
    """Calendars on platforms that the page links to, where it is one or two: more of them are others' calendars."""
    by_platform: dict[str, dict[str, list[Lead]]] = {}
    outside = [one.url for one in anchors if not same_site(one.url, page)][:_MOST_ANCHORS]
    for url in outside:
        for one in recognised(Seen(url=url), platforms()):
            if one.mark == "address" and (leads := list(_ways([one], url, depth))):
                by_platform.setdefault(one.platform.name, {})[leads[0].url] = leads
    for found in by_platform.values():
        if len(found) <= _FEW:
            for leads in found.values():
                yield from (
                    replace(one, promise=Promise.LINKED_PLATFORM, why=f"the page links to {one.why}") for one in leads
                )


def _may_have_events(found: Said, answer: Answer) -> bool:
    texts = (found.title or "", answer.url, *(follow.url for follow in found.follows[:5]))
    return any(is_of_events(text) for text in texts)


def _entries(found: Said, answer: Answer, lead: Lead) -> Lead:
    urls = tuple(dict.fromkeys(follow.url for follow in found.follows))
    why = "the pages that the entries of the feed lead to"
    return replace(
        lead, url=urls[0], why=why, promise=Promise.EVENT_PAGES, page=answer.lasting, pages=urls, follow=None
    )


def context_of(answer: Answer, now: dt.datetime) -> Context:
    return Context(now=now, source="discovery", url=answer.url, content_type=answer.content_type)


def candidate(
    found: Said, answer: Answer, lead: Lead, name: str, now: dt.datetime, *, url: str | None = None
) -> Candidate:
    """What was said, as a way to read it. Whether it is on a private network is for who fetched it to say."""
    today = now.date()
    upcoming, ordered = soonest(found.events, today)
    kept = without_fragment(url or answer.lasting)
    title = title_of(found.title, lead.title, url=kept)
    days = [day for event in found.events for day in (event.start_date.date, (event.end_date or event.start_date).date)]
    timed = [event.start_date for event in found.events]
    return Candidate(
        source=Source(name=name_of(title, kept), title=title, url=kept, reader=name),
        found_by=lead.why,
        events=tuple(ordered[:SAMPLE]),
        count=len(found.events) + found.over,
        upcoming=upcoming,
        more=found.cut or bool(found.pages),
        first=min(days, default=None),
        last=max(days, default=None),
        floating=sum(moment.is_floating for moment in timed),
        placed=sum(event.location is not None or event.virtual_location is not None for event in found.events),
        linked=sum(event.url is not None for event in found.events),
        described=sum(event.description is not None for event in found.events),
        skipped=len(found.skipped),
        validators=answer.validators,
        refresh=found.refresh,
        language=lead.language,
        problem=found.problem,
    )


def _told(one: Candidate) -> str:
    more = " and more on further pages" if one.more else ""
    return (
        f"{one.count} event{'s' if one.count != 1 else ''}{more}, {one.upcoming} upcoming (read as {one.source.reader})"
    )


def _nothing(found: Said) -> str:
    if found.problem:
        return found.problem
    entries = len(found.skipped) + len(found.follows)
    return f"no events: {entries} entries, none of which says when it is" if entries else "no events in it"
