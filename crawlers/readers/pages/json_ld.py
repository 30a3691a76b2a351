"""JSON-LD on HTML pages (JSON-LD 1.1, section 7): the objects of its data blocks, also of those not quite in JSON.

A small reader of our own, because the libraries drop the whole page for one broken block. It fetches no @context; what
the objects mean is in `json_ld_terms`. A block inside a template or a comment of the page is none.
"""

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from crawlers.readers.faults import Fault
from crawlers.readers.pages.json_repair import LONGEST, Repaired, repaired
from crawlers.readers.pages.page import Page
from crawlers.readers.pages.script_blocks import data_blocks
from crawlers.readers.schema_org.event_types import speaks_of_events

__all__ = ["VERSION", "blocks", "parsed"]

VERSION = "json-ld/2"

_STRICT = msgspec.json.Decoder(float_hook=str)
_MOST_OPENING = 200_000
_MOST_BLOCKS = 2000


def blocks(page: Page) -> Iterator[Any]:
    """The values of each block; for one of which something is lost and that seems to hold events, a Fault as well."""
    left = LONGEST
    for number, block in enumerate(data_blocks(page.body, page.lower)):
        if number == _MOST_BLOCKS:
            yield Fault(block.line, f"more than {_MOST_BLOCKS} blocks of JSON-LD: the rest was left out")
            return
        found = _in_json(block.text)
        if found is None:
            found = repaired(block.text, left)
            left = max(0, left - len(block.text))
        yield from found.values
        if found.fault and speaks_of_events(block.text):
            yield Fault(block.line, f"block of JSON-LD is broken: {found.fault}")


def parsed(text: str) -> Repaired:
    """The values that a text states in JSON, or in what was meant to be; of one encoded twice, what is inside."""
    found = _in_json(text)
    return repaired(text) if found is None else found


def _in_json(text: str) -> Repaired | None:
    """The value of a text in JSON; None if it is not."""
    value: Any = text.strip(" \t\r\n\ufeff;")
    if not value:
        return Repaired([], None)
    try:
        for _ in range(3):
            if isinstance(value, str) and value.count("{") + value.count("[") > _MOST_OPENING:
                return None
            value = _decoded(value)
            if not isinstance(value, str):
                return Repaired([value], None)
    except (ValueError, RecursionError):
        return None
    return None


def _decoded(text: str) -> Any:
    """As text, a price keeps its cents, and a number beyond all bounds is one that nobody computes with."""
    try:
        return _STRICT.decode(text)
    except (msgspec.DecodeError, ValueError):
        # Control characters in strings, NaN and halves of surrogate pairs, which real pages have, are taken as well.
        return json.loads(text, strict=False, parse_float=str)
