"""The links of an HTML page."""

import re
from collections.abc import Iterator

from crawlers.readers import Context
from crawlers.readers.pages.marks import places_of
from crawlers.readers.pages.page import Page, open_page
from crawlers.readers.web_address import absolute, schemes_from, without_fragment

__all__ = ["links", "next_page"]

MOST_LINKS = 5000
_LONGEST_REL = 200
_NEXT = re.compile(rb"rel\s*=\s*[\"']?[^\"'>]*\bnext\b")


def links(data: bytes, context: Context) -> list[str]:
    """The addresses that the anchors and frames of a page lead to, absolute, each once, in order, without fragments.

    Links to the page itself are left out, and from the web such to local files.
    """
    found = dict.fromkeys(_anchors(open_page(data, context)))
    found.pop(without_fragment(context.url), None)
    return list(found)[:MOST_LINKS]


def next_page(page: Page) -> str | None:
    """Where the page says that its list goes on (rel="next", HTML section 4.6.7.17)."""
    marked = (_NEXT.search(page.lower, max(0, at - _LONGEST_REL), at + 5) for at in places_of(b"next", page.lower))
    if not any(marked) or page.root is None:
        return None
    for target in page.root.xpath(
        "//*[self::a or self::link][contains(concat(' ', normalize-space(@rel), ' '), ' next ')]/@href"
    ):
        url = absolute(target, page.base, schemes_from(page.context.url))
        if url and without_fragment(url) != without_fragment(page.context.url):
            return without_fragment(url)
    return None


def _anchors(page: Page) -> Iterator[str]:
    if page.root is None:
        return
    schemes = schemes_from(page.context.url)
    for target in page.root.xpath("//*[self::a or self::area]/@href | //frame/@src"):
        if url := absolute(target, page.base, schemes):
            yield without_fragment(url)
