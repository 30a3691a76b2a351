"""Text that strangers wrote, made safe to store and to show: no markup, no control characters, of bounded size."""

import html
import re
from typing import Any

from inscriptis import get_text

__all__ = ["LONG", "SHORT", "line", "prose", "verbatim"]

SHORT = 500
"""The most characters of a name, a keyword or another text of one line."""

LONG = 20_000
"""The most characters of a description."""

_MARKUP_FACTOR = 10
# Controls but tab and line feed; surrogates (JSON may hold lone ones, UTF-8 cannot); non-characters; and the marks
# that turn the direction of text, by which a line can be made to read as another one.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_SPACE = re.compile(r"\s+")
# HTML's elements by name: "<CODE/CRAFTS>" is a conference.
_TAG = re.compile(
    r"</?(?:a|abbr|article|aside|b|big|blockquote|body|br|button|center|cite|code|dd|del|div|dl|dt|em|figure|font|footer|form"
    r"|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|li|main|mark|nav|ol|p|pre|q|s|script|section|small|span"
    r"|strike|strong|style|sub|sup|svg|table|tbody|td|th|thead|title|tr|tt|u|ul|video|wbr)(?:\s[^<>]*)?/?>|<!--",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"<(?:p|br|div|ul|ol|li|table|tr|h[1-6]|blockquote|section|article)\b", re.IGNORECASE)
# A tag that a program cut off at the most characters it stores: '<a href="https://example.or'.
_CUT_TAG = re.compile(r"<(?:a|div|font|iframe|img|p|span)\s+[\w-]+=[\"'][^<>\n]*(?=\n[^<>]*(?:<|\Z)|\Z)", re.IGNORECASE)
# Markup that was escaped as a whole: "&lt;p&gt;Hello&lt;/p&gt;" was never meant to be read.
_ESCAPED_TAG = re.compile(
    r"&(?:amp;)?lt;(?:/(?:a|b|div|em|h[1-6]|i|li|p|span|strong|td|ul)\b|br\s*/?&(?:amp;)?gt;)", re.IGNORECASE
)
_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n\s*\n")


def line(value: Any, limit: int = SHORT) -> str:
    """`value` as text of one line: tags out, entities resolved, spaces single.

    A number is written out; what is neither text nor number gives "".
    """
    if not isinstance(value, str):
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            return ""
        value = str(value)
    if _is_plain(value) and "  " not in value:
        text = value.strip()
        return text if len(text) <= limit else _cut(text, limit)
    text = _unwrapped(value[: limit * _MARKUP_FACTOR])
    if _TAG.search(text):
        text = _TAG.sub(" ", text)
    text = _BREAK.sub("\n", html.unescape(text))
    return _cut(_SPACE.sub(" ", _UNSAFE.sub("", text)).strip(), limit)


def verbatim(text: str) -> str:
    """`text` on one line with nothing read into it: for identifiers and such."""
    return _SPACE.sub(" ", _UNSAFE.sub("", text)).strip()


def prose(value: Any, limit: int = LONG) -> str | None:
    """`value` as plain text whose lines are kept; HTML is laid out as text. None when nothing is left."""
    if not isinstance(value, str):
        return None
    if _is_plain(value):
        return _cut(value.strip(), limit) or None
    text = _BREAK.sub("\n", _unwrapped(value[: limit * _MARKUP_FACTOR]))
    text = _laid_out(text) if _TAG.search(text) else html.unescape(text)
    text = _BREAK.sub("\n", text)
    text = "\n".join(part.strip() for part in _UNSAFE.sub("", text).replace("\xa0", " ").split("\n"))
    return _cut(_BLANK_LINES.sub("\n\n", text).strip(), limit) or None


def _is_plain(text: str) -> bool:
    """Whether there is nothing in it to take out or to resolve, as in most of what is read: quickly told."""
    if not text.isprintable() or "<" in text or "&" in text:
        return False
    return text.isascii() or not ("\ufffc" in text or "\ufffd" in text)


def _unwrapped(text: str) -> str:
    """The markup in a text that holds it in escaped form only; any other text as it is, without tags cut in two."""
    if "<" in text:
        text = _CUT_TAG.sub("", text)
    if "&" not in text or _TAG.search(text) or not _ESCAPED_TAG.search(text):
        return text
    text = html.unescape(text)
    return text if _TAG.search(text) else html.unescape(text)


def _laid_out(text: str) -> str:
    if not _BLOCK.search(text):
        text = text.replace("\n", "<br>")
    try:
        return str(get_text(f"<div>{_UNSAFE.sub('', text)}</div>"))
    except (ValueError, RecursionError, AttributeError, IndexError, KeyError):
        return html.unescape(_TAG.sub(" ", text))


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
