"""An HTML page, decoded and parsed once for all that read from it."""

from dataclasses import dataclass

import lxml.etree
import lxml.html
from w3lib.encoding import html_to_unicode

from crawlers.readers import Context
from crawlers.readers.charset import declared
from crawlers.readers.web_address import absolute

__all__ = ["Fault", "Page", "open_page", "page_schemes"]

_WEB = ("http", "https")


@dataclass(frozen=True, slots=True)
class Fault:
    """A part of a page that cannot be read: on which line it begins, if known, and why."""

    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """`root` is its tree, None for a page without elements; `base` is what its relative links are relative to."""

    text: str
    root: lxml.html.HtmlElement | None
    base: str
    context: Context


def open_page(data: bytes, context: Context) -> Page:
    """Decoded by BOM, HTTP header, meta element or else UTF-8 and Windows-1252, in this order; never fails."""
    try:
        charset = declared(context.content_type)
        header = f"text/html; charset={charset}" if charset else None
        _, text = html_to_unicode(header, data, auto_detect_fun=_guess)
    except (LookupError, UnicodeError):  # the page itself may declare a codec that is none of text
        text = data.decode(_guess(data), "replace")
    # libxml2 ends a document at a null character, and refuses an encoding declaration in decoded text.
    text = text.replace("\x00", "").lstrip("\ufeff \t\r\n")
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, recover=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser) if text else None
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        root = None
    base = context.url
    if root is not None and (href := root.xpath("string(//base/@href)")):
        base = absolute(href, context.url, page_schemes(context)) or context.url
    return Page(text, root, base, context)


def page_schemes(context: Context) -> tuple[str, ...]:
    """The schemes that links of the page may have: a local file may lead to local files, a page of the web may not."""
    return (*_WEB, "file") if context.url.startswith("file:") else _WEB


def _guess(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
