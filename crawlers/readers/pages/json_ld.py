"""JSON-LD on HTML pages: the objects of its script elements, also of those that are not quite JSON.

A small reader of our own, because the libraries drop the whole page for one broken block. It reads objects as they are
written (schema.org's documented use) and fetches no @context.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import chompjs

from crawlers.readers.pages.page import Fault, Page

__all__ = ["VERSION", "blocks"]

VERSION = "json-ld/1"

_LONGEST_REPAIR = 500_000
_WRAPPING = re.compile(
    r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|(?://\s*)?\]\]>)\s*\Z"
)
_EVENT = re.compile(r'"startDate"|schema\.org/\w*Event|"\w*Event"')


def blocks(page: Page) -> Iterator[Any]:
    """The content of each block of JSON-LD; for one that cannot be repaired and seems to hold events, a Fault."""
    if page.root is None:
        return
    for script in page.root.xpath("//script[contains(translate(@type, 'LD+JSON', 'ld+json'), 'ld+json')]"):
        text = _WRAPPING.sub("", script.text_content() or "").strip()
        if not text:
            continue
        try:
            yield from _parsed(text)
        except (ValueError, RecursionError, MemoryError) as error:
            if _EVENT.search(text):
                yield Fault(script.sourceline, f"block of JSON-LD is broken: {error}")


def _parsed(text: str) -> list[Any]:
    try:
        return [json.loads(text, strict=False)]
    except ValueError:
        if len(text) > _LONGEST_REPAIR:
            raise
        repaired: list[Any] = list(chompjs.parse_js_objects(text, loader_kwargs={"strict": False}))
        if not repaired:
            raise
        return repaired
