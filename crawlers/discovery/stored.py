"""A source that is declared already, read as it is declared."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from crawlers.discovery.found import Answer, Candidate, Lead, Promise
from crawlers.discovery.judging import candidate, context_of
from crawlers.discovery.page_leads import leads_of
from crawlers.discovery.said import Said, said
from crawlers.platforms import way_of
from crawlers.platforms.adapter.reading import reading
from crawlers.readers import Context, Reader, reader
from crawlers.readers.pages.page import open_page
from crawlers.readers.web_address import same_site
from crawlers.spiders.site import leads_on, site_of
from crawlers.spiders.sites import spider_called
from hobnob.sources import Source

__all__ = ["pages_of", "read_as_declared", "wants_more"]


def read_as_declared(source: Source, answers: Sequence[Answer], now: dt.datetime) -> tuple[Candidate, str]:
    """What the answer of its address gives, and those of some of the pages that it leads to; and that in words."""
    first, *pages = answers
    found = _said(_reader(source), source, first, now)
    for page in pages:
        more = _said(_page_reader(source), source, page, now)
        found.events += more.events
        found.skipped += more.skipped
    lead = Lead(url=source.url, why="as it is declared", promise=Promise.ADDRESS)
    one = candidate(found, first, lead, source.reader, now)
    moved = first.url if first.moved and "{" not in source.url else source.url
    one = replace(
        one,
        source=replace(source, url=moved),
        more=one.more or bool(source.follow_depth) or "{year}" in source.url,
        problem=None if found.events else one.problem,
    )
    return one, one.problem or f"{one.count} events, {one.upcoming} upcoming"


def pages_of(source: Source, answer: Answer, now: dt.datetime) -> list[str]:
    """Where the crawl of a source goes on from its first answer; nowhere unless its declaration lets links be followed.

    A next page of a list is not one of these.
    """
    if not source.follow_depth:
        return []
    found = _said(_reader(source), source, answer, now)
    listed = [one.url for one in found.follows if same_site(one.url, answer.url)]
    if not listed and source.spider is None and source.reader == "html":
        anchors = leads_of(open_page(answer.body, context_of(answer, now)), depth=2).anchors
        listed = [one.url for one in anchors if leads_on(one.url, site_of(answer.url), source, named=False)]
    return list(dict.fromkeys(listed))


def wants_more(source: Source, declared: Candidate) -> bool:
    """Whether to look further: what is read from pages or feeds may by now be had as a calendar, what gives nothing
    may have gone elsewhere. A calendar or an API that gives upcoming events is left at that."""
    if source.url.startswith("file:"):
        return False
    return declared.problem is not None or not declared.upcoming or source.reader in ("html", "feed")


def _said(read: Reader, source: Source, answer: Answer, now: dt.datetime) -> Said:
    context: Context = replace(
        context_of(answer, now),
        source=source.name,
        time_zone=source.time_zone,
        language=source.language,
        fields=source.fields,
        date_order=source.date_order,
    )
    return said(read, answer.body, context)


def _reader(source: Source) -> Reader:
    if source.spider is not None:
        return _page_reader(source)
    way = way_of(source)
    return reading(way, source.platform or "", source.title) if way is not None else reader(source.reader)


def _page_reader(source: Source) -> Reader:
    """What reads the pages that its address leads to."""
    if source.spider is None:
        return reader("html")
    read: Reader = spider_called(source.spider)().reading
    return read
