"""The text of an HTML page: its character set, whatever its header and its head say (HTML, section 13.2.3)."""

import re

from w3lib.encoding import html_body_declared_encoding, read_bom, to_unicode

from crawlers.readers.charset import declared

__all__ = ["page_text"]

_HEAD = 4096
# In these, all bytes are ASCII: that a page can be read as UTF-8 says nothing against them.
_SEVEN_BITS = re.compile(rb"charset[\s=\"']+(?:hz|iso-?2022|utf-?7)", re.IGNORECASE)
_TWO_OR_FOUR_BYTES = ("utf-16", "utf-32", "utf_16", "utf_32")
_CHARACTER_OF_UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# libxml2 ends a document at a null character.
_NULL = "\x00"


def page_text(data: bytes, content_type: str | None) -> tuple[str, bool]:
    """`data` decoded, and whether `data` is just that text in UTF-8; never fails.

    A byte-order mark is believed, then that a page which can be read as UTF-8 is UTF-8 (a longer text in another
    character set never can), then the HTTP header, the meta element or XML declaration, and at last Windows-1252.
    """
    charset, mark = read_bom(data)
    if charset and mark:
        return to_unicode(data[len(mark) :], charset).replace(_NULL, ""), False
    if wide := _without_mark(data):
        return data.decode(wide, "replace").replace(_NULL, ""), False
    if not (data.isascii() and _SEVEN_BITS.search(data[:_HEAD] + (content_type or "").encode())):
        try:
            text = data.decode()
        except UnicodeDecodeError:
            if (repaired := _as_utf_8(data)) is not None:
                return repaired.replace(_NULL, ""), False
        else:
            return (text.replace(_NULL, ""), False) if b"\x00" in data else (text, True)
    stated = [name for name in (declared(content_type), html_body_declared_encoding(data[:_HEAD])) if name]
    # A page that could be searched for its meta element is in no character set of two or four bytes.
    others = [name for name in stated if not name.startswith((*_TWO_OR_FOUR_BYTES, "utf-8", "utf_8"))]
    return _decoded(data, others[0] if others else "cp1252").replace(_NULL, ""), False


def _as_utf_8(data: bytes) -> str | None:
    """None if it is not UTF-8 but for a few bytes or a cut-off end."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(1 for _ in _CHARACTER_OF_UTF_8.finditer(data))
    return text if right > wrong or (wrong == 1 and text.endswith("\ufffd")) else None


def _decoded(data: bytes, charset: str) -> str:
    try:
        return to_unicode(data, charset)
    except (LookupError, UnicodeError):  # the page itself may declare a codec that is none of text
        return data.decode("cp1252", "replace")


def _without_mark(data: bytes) -> str | None:
    """UTF-16 that has no byte-order mark: every other byte of its markup is null."""
    head = data[:200]
    pairs = len(head) // 2
    if pairs < 4:
        return None
    if head[1::2].count(0) > 0.9 * pairs:
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) > 0.9 * pairs else None
