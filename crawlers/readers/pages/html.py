"""Events that an HTML page states: in a form for programs (JSON-LD, microdata, RDFa, microformats), or where a source
declares where on the page they stand.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from crawlers.readers import Context, Reading
from crawlers.readers.faults import Fault, skipped
from crawlers.readers.looks_like import looks_like
from crawlers.readers.pages import json_ld, microdata, microformats, rdfa
from crawlers.readers.pages.event_lists import listed
from crawlers.readers.pages.links import next_page
from crawlers.readers.pages.main_event import main_event, with_page_address
from crawlers.readers.pages.page import Page, open_page
from crawlers.readers.pages.same_event import filled, one_each, told_apart
from crawlers.readers.pages.selectors import selected
from crawlers.readers.schema_org.events import Unread, event_nodes, observations
from hobnob.errors import ReadError
from hobnob.observations import Follow, Observation, Skipped

__all__ = ["read"]

MOST_EVENTS = 2000

#: In order of trust: where two are equally precise, the earlier one is believed.
_SYNTAXES: tuple[tuple[str, str, Callable[[Page], Iterator[Any]]], ...] = (
    ("JSON-LD", json_ld.VERSION, json_ld.blocks),
    ("microdata", microdata.VERSION, microdata.items),
    ("RDFa", rdfa.VERSION, rdfa.items),
    ("microformats", microformats.VERSION, microformats.events),
)


@dataclass(slots=True)
class _Found:
    """What a page says in all of its syntaxes."""

    events: list[Observation] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    listed: dict[str, None] = field(default_factory=dict)


def read(data: bytes, context: Context) -> Iterator[Reading]:
    """The events of a page, then what could not be read, then the pages that its lists of events lead to, then the next
    page if it names one.

    Where fields are declared, they say which events the page has; what it states for programs only adds to those. A
    page on which they select nothing is read as any other. Raises ReadError when it states no event at all.
    """
    page = open_page(data, context)
    declared, missed = _declared(page)
    found = _stated(page)
    if declared:
        events, faults = filled(declared, found.events), []
    else:
        events, faults = one_each(found.events), found.faults
        # What one syntax garbles, another one may say clearly: then nothing was lost.
        names = {one.name for one in events}
        faults += [Fault(None, one.reason) for one in found.unread if one.name not in names]
    told = [skipped(one.reason, context, one.line) for one in (*page.faults(), *faults)]
    # Without a line: that nothing at all was selected.
    told += [one for one in missed if declared or one.line is not None]
    if not events and not told and not found.listed:
        raise _no_event_data(data, context, missed)
    main = main_event(events, page)
    events = with_page_address(told_apart(events, main), main, page)
    yield from events[:MOST_EVENTS]
    if len(events) > MOST_EVENTS:
        yield skipped(f"more than {MOST_EVENTS} events: the rest was left out", context)
    yield from told[:MOST_EVENTS]
    known = {one.url for one in events}
    yield from (Follow(url=url, as_what="html") for url in found.listed if url not in known)
    if url := next_page(page):
        yield Follow(url=url, as_what="page")


def _declared(page: Page) -> tuple[list[Observation], list[Skipped]]:
    """What the declared selectors select, and what of it cannot be read."""
    events: list[Observation] = []
    missed: list[Skipped] = []
    for one in selected(page, page.context.fields) if page.context.fields else ():
        if isinstance(one, Observation):
            events.append(one)
        else:
            missed.append(one)
    return events, missed


def _stated(page: Page) -> _Found:
    """What all syntaxes state; a page that breaks one of them costs only that."""
    found = _Found()
    for name, version, find in _SYNTAXES:
        blocks: list[Any] = []
        try:
            for block in find(page):
                if isinstance(block, Fault):
                    found.faults.append(block)
                else:
                    blocks.append(block)
            if not blocks:
                continue
            nodes = event_nodes(blocks, page.context, base=page.base, language=page.language)
            mapped = observations(nodes, page.context, version, language=page.language)
            for one in islice(mapped, MOST_EVENTS + 1):
                if isinstance(one, Observation):
                    found.events.append(one)
                else:
                    found.unread.append(one)
            found.listed.update(dict.fromkeys(listed(nodes.lists, page)))
        except Exception as error:  # whatever a stranger's page does to one syntax, the others are read
            found.faults.append(Fault(None, f"{name}: {type(error).__name__}: {error}"))
    return found


def _no_event_data(data: bytes, context: Context, missed: list[Skipped]) -> ReadError:
    looked = ", ".join(name for name, _, _ in _SYNTAXES)
    if context.fields:
        looked += f", declared selectors ({'; '.join(one.reason for one in missed) or 'nothing is selected'})"
    what = looks_like(data)
    return ReadError(
        f"no event data: looked for {looked}" + ("" if what == "an HTML page" else f"; it looks like {what}"),
        hint="see whether the site has a calendar or a feed",
    )
