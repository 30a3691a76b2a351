"""What one answer is: ways to read events from it, and leads to others."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawlers.discovery.contents import fitting
from crawlers.discovery.event_pages import event_pages
from crawlers.discovery.event_words import is_of_events
from crawlers.discovery.found import Answer, Candidate, Lead, Promise
from crawlers.discovery.naming import name_of, telling, title_of, without_maker
from crawlers.discovery.page_leads import Linked, PageLeads, leads_of
from crawlers.discovery.parts import keeps_to, part_of
from crawlers.discovery.platform_ways import leads_from_page, ways
from crawlers.discovery.said import SAMPLE, Said, said, soonest
from crawlers.platforms import platforms
from crawlers.platforms.adapter import Way
from crawlers.platforms.adapter.reading import reading
from crawlers.platforms.adapter.recognition import Seen, recognised
from crawlers.readers import Context, reader
from crawlers.readers.looks_like import looks_like
from crawlers.readers.pages.page import open_page
from crawlers.readers.web_address import same_site, without_fragment
from crawlers.spiders.site import leads_on, site_of
from hobnob.sources import Source

__all__ = ["Judged", "candidate", "context_of", "judged", "judged_pages"]

_PRODID = re.compile(rb"^PRODID[^:\r\n]{0,200}:([^\r\n]{1,300})", re.MULTILINE)
_READERS_OF = {
    "a calendar": ("ics",),
    "JSON": ("json",),
    "an RSS or Atom feed": ("feed",),
    "an XML document": ("xml", "feed"),
}
_DATA_ONLY = (
    Promise.PLATFORM,
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
    if lead.promise is Promise.LINKED_PLATFORM:
        return _platform_page(answer, lead, now)
    found = _as_its_platform_does(answer, lead, now, only) or _by_first_that_reads(names, answer, lead, now)
    return replace(found, leads=(*_prodid_leads(answer, lead), *found.leads))


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
    context = replace(context_of(answer, now), time_zone=lead.time_zone)
    found = said(reading(way, lead.platform or "", lead.title or ""), answer.body, context)
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


def _by_first_that_reads(names: Sequence[str], answer: Answer, lead: Lead, now: dt.datetime) -> Judged:
    """The answer read by the first of these readers that finds events, or a page."""
    found = Judged(outcome="nothing that can be read")
    for name in names:
        found = _read_by(name, answer, lead, now)
        if found.candidates or found.is_page:
            break
    return found


def _read_by(name: str, answer: Answer, lead: Lead, now: dt.datetime) -> Judged:
    """The answer read by the reader `name`."""
    found = said(reader(name), answer.body, context_of(answer, now))
    if name == "html":
        return _page(found, answer, lead, now)
    if not found.events:
        deeper = name == "feed" and found.follows and _may_have_events(found, answer)
        return Judged(outcome=_nothing(found), leads=(_entries(found, answer, lead),) if deeper else ())
    one = candidate(found, answer, lead, name, now)
    return Judged(outcome=_told(one), candidates=(one,))


def _seen(answer: Answer) -> Seen:
    """What an answer, of which only a calendar has a PRODID, shows of its platform."""
    prodid = _PRODID.search(answer.body[:20_000])
    said_by = prodid[1].decode("utf-8", "replace") if prodid else ""
    return Seen(url=answer.url, header=answer.header, prodid=said_by)


def _prodid_leads(answer: Answer, lead: Lead) -> tuple[Lead, ...]:
    """The ways of the platform that made a calendar; of one to which a page leads, those that keep to its part."""
    seen = _seen(answer)
    part = part_of(lead.url) if lead.promise is not Promise.ADDRESS else frozenset()
    found = ways(recognised(seen, platforms()), answer.url, lead.depth) if seen.prodid else ()
    return tuple(one for one in found if keeps_to(part, one.url))


def _as_its_platform_does(answer: Answer, lead: Lead, now: dt.datetime, only: str | None) -> Judged | None:
    """An address of a platform that its adapter did not make (a filtered list, an older host of its calendars), read as
    the adapter reads such answers; None where it is of no platform, or nothing is known of how that one writes."""
    if lead.promise is Promise.ONE_EVENT:
        return None
    readers = _READERS_OF.get(looks_like(answer.body), ())
    for one in recognised(_seen(answer), platforms()):
        for way in (one for one in one.platform.ways if one.reader in readers and only in (None, one.reader)):
            plain = one.mark != "address" and not (way.mend or way.fields or way.calendar_zone)
            if plain or way.key or way.programme or way.pages or way.script:
                continue
            found = said(reading(way, one.platform.name, lead.title or ""), answer.body, context_of(answer, now))
            if found.events:
                whole = candidate(found, answer, lead, way.reader, now)
                whole = replace(whole, source=replace(whole.source, platform=one.platform.name), as_given=True)
                return Judged(outcome=_told(whole), candidates=(whole,))
    return None


def _page(found: Said, answer: Answer, lead: Lead, now: dt.datetime) -> Judged:
    """A page: the events that it states, and all that it leads to."""
    page = open_page(answer.body, context_of(answer, now))
    linked = leads_of(page, depth=lead.depth)
    seen = Seen(url=answer.url, embedded=linked.embedded, page=page.text, header=answer.header)
    platforms_of_page = recognised(seen, platforms())
    leads = [*leads_from_page(platforms_of_page, linked, answer.url, lead.depth), *linked.leads]
    if lead.depth < 2:
        follows = [Linked(follow.url, "") for follow in found.follows]
        leads += _listed(follows, answer.url) or event_pages(linked.anchors, answer.url)
    makers = [one.platform.title for one in platforms_of_page if one.mark == "address"]
    title = lead.title or _page_title(linked, makers)
    language = page.language or lead.language
    told = tuple(replace(one, title=title, page=without_fragment(answer.url), language=language) for one in leads)
    if not found.events:
        return Judged(outcome="a page that states no events for programs", leads=told, is_page=True)
    one = candidate(found, answer, replace(lead, title=title, language=language), "html", now)
    return Judged(outcome=_told(one), candidates=(one,), leads=told, is_page=True)


def _platform_page(answer: Answer, lead: Lead, now: dt.datetime) -> Judged:
    """A page of a platform to which somebody's page links: it may tell by its marks whose calendar it is of."""
    found = _page(said(reader("html"), answer.body, context_of(answer, now)), answer, lead, now)
    leads = tuple(one for one in found.leads if one.promise is Promise.PLATFORM and one.platform == lead.platform)
    return Judged(
        outcome="it says which calendar it is of" if leads else "it does not say which calendar it is of", leads=leads
    )


def _page_title(linked: PageLeads, makers: Sequence[str]) -> str | None:
    """What a page calls its site, else itself; somebody's page on a platform does not have the platform's name."""
    return telling(without_maker(linked.title, makers)) if makers else telling(linked.site_title, linked.title)


def _listed(follows: list[Linked], page: str) -> list[Lead]:
    """The pages of events that the page itself lists as such."""
    urls = tuple(dict.fromkeys(one.url for one in follows if same_site(one.url, page)))
    if not urls:
        return []
    why = f"the page lists {len(urls)} pages of events"
    return [Lead(url=urls[0], why=why, promise=Promise.EVENT_PAGES, page=without_fragment(page), pages=urls)]


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
        source=Source(name=name_of(title, kept), title=title, url=kept, reader=name, time_zone=lead.time_zone),
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
