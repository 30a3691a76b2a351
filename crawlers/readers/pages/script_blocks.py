"""The data blocks of an HTML page: script elements that hold no script (HTML, section 4.12.1), found without a tree.

Only the text is searched, as a tokeniser would (section 13.2.5): what stands in a comment, in another script, a style,
a title, a text area or an inert template is none. A block inside `noscript` counts; what a page says without scripts
is what a reader of pages sees.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from crawlers.readers.pages.marks import places_of

__all__ = ["Block", "data_blocks"]

#: Elements whose content is no markup, or not the page's.
_HIDING = ("script", "style", "textarea", "title", "template", "xmp", "iframe", "noembed")
_OPENING = re.compile(rf"<(?:!--|({'|'.join(_HIDING)})(?=[\s/>]))".encode())
_ENDS_NAME = b" \t\r\n\f/>"
_TAG = re.compile(rb"(?:[^>\"']++|\"[^\"]*\"|'[^']*')*+>|[^>]*>")
_TYPE = re.compile(rb"\stype\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_LONGEST_TAG = 4000
_LD = re.compile(rb"ld(?:\+|&#43;|&#x2b;|&plus;)\Z")
_LONGEST_LD = 8
_MEDIA_TYPE = "ld+json"


class Block(NamedTuple):
    """`line` counts from 1 and is that of its start tag."""

    line: int
    text: str


def data_blocks(body: bytes, lower: bytes) -> Iterator[Block]:
    """The content of each script element whose type is that of JSON-LD, in any case and with any parameters; one that
    is never closed ends with the page.

    `body` is the page in UTF-8, `lower` the same with its ASCII letters in lower case: there names are found at once.
    """
    last = next((at for at in places_of(b"json", lower) if _LD.search(lower, max(0, at - _LONGEST_LD), at)), 0)
    line, counted = 1, 0
    for start, begin, end in _scripts(lower, last):
        line += body.count(b"\n", counted, start)
        counted = start
        yield Block(line, body[begin:end].decode("utf-8", "replace"))


def _scripts(lower: bytes, last: int) -> Iterator[tuple[int, int, int]]:
    """(where its start tag begins, where its content begins and ends) of each that opens before `last`."""
    at = 0
    never_end: set[bytes] = set()
    while opening := _OPENING.search(lower, at, last):
        name = opening[1] or b""
        at = opening.end()
        if name in never_end:
            continue
        tag = _TAG.match(lower, at, at + _LONGEST_TAG) if name == b"script" else None
        begin = tag.end() if tag else at
        end = _end_tag(lower, name, begin) if name else lower.find(b"-->", begin)
        if tag and _is_data(tag[0]):
            yield opening.start(), begin, end if end >= 0 else len(lower)
        if end >= 0:
            at = end
        else:
            at = begin
            never_end.add(name)


def _end_tag(lower: bytes, name: bytes, begin: int) -> int:
    """Where the end tag of an element begins; -1 if there is none."""
    end = lower.find(b"</" + name, begin)
    while end >= 0 and lower[end + len(name) + 2 : end + len(name) + 3] not in _ENDS_NAME:
        end = lower.find(b"</" + name, end + 2)
    return end


def _is_data(attributes: bytes) -> bool:
    written = _TYPE.search(attributes)
    if written is None:
        return False
    value = (written[1] or written[2] or written[3] or b"").decode("utf-8", "replace")
    return _MEDIA_TYPE in html.unescape(value)
