"""A source that is declared already, read as it is declared."""

import datetime as dt
from dataclasses import replace

from crawlers.discovery.found import Answer, Candidate, Lead, Promise
from crawlers.discovery.judging import candidate, context_of
from crawlers.discovery.said import said
from crawlers.platforms import way_of
from crawlers.platforms.adapter.reading import reading
from crawlers.readers import reader
from hobnob.sources import Source

__all__ = ["read_as_declared", "wants_more"]


def read_as_declared(source: Source, answer: Answer, now: dt.datetime) -> tuple[Candidate, str]:
    """What its first answer gives, and that in words. Pages that it follows are not fetched: then there is `more`."""
    way = way_of(source)
    read = reading(way, source.platform or "", source.title) if way is not None else reader(source.reader)
    context = replace(
        context_of(answer, now),
        source=source.name,
        time_zone=source.time_zone,
        language=source.language,
        fields=source.fields,
        date_order=source.date_order,
    )
    found = said(read, answer.body, context)
    lead = Lead(url=source.url, why="as it is declared", promise=Promise.ADDRESS)
    one = candidate(found, answer, lead, source.reader, now)
    moved = answer.url if answer.moved and answer.url != answer.asked else source.url
    follows = bool(source.follow_depth)
    one = replace(
        one,
        source=replace(source, url=moved),
        more=one.more or follows or "{year}" in source.url,
        problem=None if follows and not found.events else one.problem,
    )
    outcome = one.problem or f"{one.count} events, {one.upcoming} upcoming"
    return one, outcome


def wants_more(source: Source, declared: Candidate) -> bool:
    """Whether to look further: what is read from pages or feeds may by now be had as a calendar, what gives nothing
    may have gone elsewhere. A calendar or an API that gives upcoming events is left at that."""
    if source.url.startswith("file:") or source.spider is not None:
        return False
    return declared.problem is not None or not declared.upcoming or source.reader in ("html", "feed")
