"""Microdata (HTML, section 5) by extruct, in the form of JSON-LD, so that one mapping serves both."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import lxml.html
from extruct.w3cmicrodata import MicrodataExtractor

from crawlers.readers.pages.page import Page

__all__ = ["VERSION", "items"]

VERSION = "microdata/1"

_DEEPEST = 30


def items(page: Page) -> Iterator[dict[str, Any]]:
    """The top-level items of a page that has schema.org's marks of an event."""
    if page.root is None or not page.root.xpath("boolean(//*[@itemscope][contains(@itemtype, 'Event')])"):
        return
    for element in page.root.xpath("//*[@itemprop][contains(concat(@href, @src, @data), '[')]"):
        _drop_addresses_that_are_none(element, page.base)
    yield from (_as_json_ld(item, 0) for item in MicrodataExtractor().extract_items(page.root, page.base))


def _drop_addresses_that_are_none(element: lxml.html.HtmlElement, base: str) -> None:
    # extruct gives up the whole page for one.
    for name in ("href", "src", "data"):
        try:
            urljoin(base, element.get(name, ""))
        except ValueError:
            del element.attrib[name]


def _as_json_ld(item: Any, depth: int) -> Any:
    if isinstance(item, list):
        return [_as_json_ld(one, depth + 1) for one in item]
    if not isinstance(item, dict) or depth > _DEEPEST:
        return item if isinstance(item, str) else None
    found = {name: _as_json_ld(value, depth + 1) for name, value in item.get("properties", {}).items()}
    if "type" in item:
        found["@type"] = item["type"]
    if "id" in item:
        found["@id"] = item["id"]
    return found
