"""An HTML page, decoded once and parsed at most once, for all that read from it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import lxml.etree
import lxml.html

from crawlers.readers import Context
from crawlers.readers.faults import Fault
from crawlers.readers.pages.page_language import page_language
from crawlers.readers.pages.page_text import page_text
from crawlers.readers.web_address import absolute, schemes_from

__all__ = ["Page", "open_page"]

_LONGEST = 20_000_000
_MOST_TAGS = 500_000
_TOO_LONG = f"longer than {_LONGEST // 1_000_000} MB: the rest was left out"
_TOO_DEEP = "Excessive depth"
# libxml2 moves it to the head where it stands before the body; the whole tree is searched for one that does not.
_BASE_IN_HEAD = lxml.etree.XPath("/html/head/base/@href")
_BASE = lxml.etree.XPath("//base/@href")


@dataclass(frozen=True)
class Page:
    """`text` is all that was read of it, `left_out` says if that is not all there is; `data` is what came, if that is
    just this text in UTF-8."""

    text: str
    context: Context
    left_out: str | None = None
    data: bytes | None = None

    @cached_property
    def body(self) -> bytes:
        """The text in UTF-8."""
        return self.text.encode("utf-8", "replace") if self.data is None else self.data

    @cached_property
    def lower(self) -> bytes:
        """`body` with the letters of ASCII in lower case: where the names of elements and attributes can be sought."""
        return self.body.lower()

    def mentions(self, word: bytes) -> bool:
        """Whether `word`, in lower case, is anywhere in it; sought from the end, which takes half the time of `in`."""
        return self.lower.rfind(word) >= 0

    @cached_property
    def _parsed(self) -> tuple[lxml.html.HtmlElement | None, bool]:
        # Real pages leave so much open that they get deeper than libxml2's usual 256; with huge_tree it is 2048.
        # Plain elements: lxml.html's own kind costs a look-up for each.
        parser = lxml.etree.HTMLParser(encoding="utf-8", no_network=True, recover=True, huge_tree=True)
        try:
            root = lxml.etree.fromstring(self.body, parser=parser) if self.text else None
        except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
            return None, False
        last = parser.error_log.last_error
        return root, last is not None and _TOO_DEEP in (last.message or "")

    @property
    def root(self) -> lxml.html.HtmlElement | None:
        """Its tree, parsed when first asked for; None for a page without elements."""
        return self._parsed[0]

    @cached_property
    def language(self) -> str | None:
        return page_language(self.text)

    @cached_property
    def base(self) -> str:
        """What its relative links are relative to (the base element, HTML section 4.2.3)."""
        if not self.mentions(b"<base") or self.root is None:
            return self.context.url
        found = _BASE_IN_HEAD(self.root) or _BASE(self.root)
        return (
            absolute(found[0] if found else None, self.context.url, schemes_from(self.context.url)) or self.context.url
        )

    def faults(self) -> Iterator[Fault]:
        """What of the page as a whole was not read."""
        if self.left_out:
            yield Fault(None, self.left_out)
        if "_parsed" in self.__dict__ and self._parsed[1]:
            yield Fault(None, "elements nested more than 2,000 deep: what follows them was left out")


def open_page(data: bytes, context: Context) -> Page:
    """Decoded as `page_text` says; never fails. What exceeds 20 MB or half a million tags is left out."""
    cut = data[: _LONGEST + 1]
    whole, is_utf_8 = page_text(cut, context.content_type)
    text = whole.lstrip("\ufeff \t\r\n")
    if len(text) > _MOST_TAGS and text.count("<") > _MOST_TAGS:
        end = next(islice(re.finditer("<", text), _MOST_TAGS, None)).start()
        return Page(text[:end], context, f"more than {_MOST_TAGS:,} tags: the rest was left out")
    left_out = _TOO_LONG if len(data) > _LONGEST else None
    return Page(text, context, left_out, cut if is_utf_8 and len(text) == len(whole) else None)
