"""The data blocks of an HTML page: script elements that hold no script (HTML, section 4.12.1), found without a tree.

Only the text is searched, as a tokeniser would (section 13.2.5): what stands in a comment, in another script, a style,
a title, a text area or an inert template is none. A block inside `noscript` counts; what a page says without scripts
is what a reader of pages sees.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Block", "data_blocks"]

_OPENING = re.compile(r"<(?:!--|(script|style|textarea|title|template|xmp|iframe|noembed)(?=[\s/>]))", re.IGNORECASE)
_TAG = re.compile(r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*+>|[^>]*>")
_TYPE = re.compile(r"\stype\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_LONGEST_TAG = 4000


class Block(NamedTuple):
    """`line` counts from 1 and is that of its start tag."""

    line: int
    text: str


def data_blocks(text: str, media_type: str) -> Iterator[Block]:
    """The content of each script element whose type names `media_type` (in lower case), in any case and with any
    parameters; one that is never closed ends with the page."""
    never_ends: set[str] = set()
    at = 0
    line, counted = 1, 0
    while opening := _OPENING.search(text, at):
        name = (opening[1] or "").lower()
        at = opening.end()
        if name in never_ends:
            continue
        if not name:
            closing = text.find("-->", at)
            at, inside = (closing + 3, "") if closing >= 0 else (at, "")
        else:
            tag = _TAG.match(text, at, at + _LONGEST_TAG)
            begin = tag.end() if tag else at
            end = _end(name).search(text, begin)
            closing = end.start() if end else -1
            inside = tag[0] if tag and name == "script" else ""
            at = end.start() if end else begin
        if _is(media_type, inside):
            line += text.count("\n", counted, opening.start())
            counted = opening.start()
            yield Block(line, text[begin:closing] if closing >= 0 else text[begin:])
        if closing < 0:
            never_ends.add(name)


def _is(media_type: str, attributes: str) -> bool:
    written = _TYPE.search(attributes) if attributes else None
    return written is not None and media_type in html.unescape(written[1] or written[2] or written[3] or "").lower()


_ENDS = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "template", "xmp", "iframe", "noembed")
}


def _end(name: str) -> re.Pattern[str]:
    return _ENDS[name]
