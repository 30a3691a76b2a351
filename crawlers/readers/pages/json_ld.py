"""JSON-LD on HTML pages (JSON-LD 1.1, section 7): the objects of its data blocks, also of those not quite in JSON.

A small reader of our own, because the libraries drop the whole page for one broken block. It fetches no @context; what
the objects mean is in `json_ld_terms`. A block inside a template or a comment of the page is none.
"""

import json
from collections.abc import Iterator
from typing import Any

from crawlers.readers.pages.json_repair import Repaired, repaired
from crawlers.readers.pages.page import Fault, Page
from crawlers.readers.pages.schema_types import speaks_of_events
from crawlers.readers.pages.script_blocks import data_blocks

__all__ = ["VERSION", "blocks", "parsed"]

VERSION = "json-ld/2"

_MOST_OPENING = 200_000
_MOST_BLOCKS = 2000


def blocks(page: Page) -> Iterator[Any]:
    """The values of each block; for one of which something is lost and that seems to hold events, a Fault as well."""
    for number, block in enumerate(data_blocks(page.body, page.lower)):
        if number == _MOST_BLOCKS:
            yield Fault(block.line, f"more than {_MOST_BLOCKS} blocks of JSON-LD: the rest was left out")
            return
        found = parsed(block.text)
        yield from found.values
        if found.fault and speaks_of_events(block.text):
            yield Fault(block.line, f"block of JSON-LD is broken: {found.fault}")


def parsed(text: str) -> Repaired:
    """The values that a text in JSON states; in one that was encoded twice, what is inside."""
    text = text.strip(" \t\r\n\ufeff;")
    if not text:
        return Repaired([], None)
    value: Any = text
    try:
        for _ in range(3):
            if not isinstance(value, str):
                return Repaired([value], None)
            if value.count("{") + value.count("[") > _MOST_OPENING:
                break
            # As text, a price keeps its cents; a number beyond all bounds stays one that nobody computes with.
            value = json.loads(value, strict=False, parse_float=str)
    except (ValueError, RecursionError):
        pass
    found = repaired(value if isinstance(value, str) else text)
    return found if found.values or found.fault else Repaired([], "no object in it")
