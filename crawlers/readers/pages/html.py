"""Events that an HTML page states in a form for programs: JSON-LD, microdata, or microformats."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from crawlers.readers import Context, Reading
from crawlers.readers.looks_like import looks_like
from crawlers.readers.pages import json_ld, microdata, microformats
from crawlers.readers.pages.links import next_page
from crawlers.readers.pages.page import Fault, Page, open_page
from crawlers.readers.pages.same_event import one_each
from crawlers.readers.pages.schema_org import Unread, observations
from crawlers.readers.plain_text import line
from crawlers.readers.web_address import web
from hobnob.errors import ReadError
from hobnob.observations import Follow, Observation, Skipped

__all__ = ["read"]

MOST_EVENTS = 2000

#: In order of trust: of two that describe one event, the earlier one is believed and the later one fills its gaps.
_SYNTAXES: tuple[tuple[str, Callable[[Page], Iterator[Any]]], ...] = (
    (json_ld.VERSION, json_ld.blocks),
    (microdata.VERSION, microdata.items),
    (microformats.VERSION, microformats.events),
)


def read(data: bytes, context: Context) -> Iterator[Reading]:
    """The events of a page, then what could not be read, then the next page if it names one.

    Raises ReadError when it states no event at all.
    """
    page = open_page(data, context)
    found: list[Observation] = []
    skipped: list[Skipped] = []
    unread: list[Unread] = []
    for version, find in _SYNTAXES:
        blocks, faults = _blocks(page, version, find)
        skipped += faults
        for one in islice(observations(blocks, page, version), MOST_EVENTS + 1):
            if isinstance(one, Observation):
                found.append(one)
            else:
                unread.append(one)
    # What one syntax garbles, another one may say clearly: then nothing was lost.
    names = {one.name for one in found}
    skipped += [_skipped(one.reason, None, context) for one in unread if one.name not in names]
    if not found and not skipped:
        what = looks_like(data)
        raise ReadError(
            "no event data: looked for JSON-LD, microdata, microformats"
            + ("" if what == "an HTML page" else f"; it looks like {what}"),
            hint="see whether the site has a calendar or a feed",
        )
    events = one_each(found)
    if len(events) == 1 and events[0].url is None:
        events = [replace(events[0], url=web(context.url))]
    yield from events[:MOST_EVENTS]
    if len(events) > MOST_EVENTS:
        yield _skipped(f"more than {MOST_EVENTS} events: the rest was left out", None, context)
    yield from skipped[:MOST_EVENTS]
    if url := next_page(page):
        yield Follow(url=url, as_what="page")


def _blocks(page: Page, version: str, find: Callable[[Page], Iterator[Any]]) -> tuple[list[Any], list[Skipped]]:
    """What one syntax holds, and what is wrong with it; a page that breaks its parser costs only that syntax."""
    blocks: list[Any] = []
    faults: list[Skipped] = []
    try:
        for block in find(page):
            if isinstance(block, Fault):
                faults.append(_skipped(block.reason, block.line, page.context))
            else:
                blocks.append(block)
    except Exception as error:  # extruct and chompjs raise what they like, on a page nested too deep a RecursionError
        faults.append(_skipped(f"{version.partition('/')[0]}: {type(error).__name__}: {error}", None, page.context))
    return blocks, faults


def _skipped(reason: str, number: int | None, context: Context) -> Skipped:
    return Skipped(reason=line(reason), line=number, source=context.source, source_url=context.url)
