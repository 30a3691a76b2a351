"""The character set of a text: as an HTTP header declares it, or as its bytes show."""

import codecs
import re

__all__ = ["declared", "decoded"]

_PARAMETER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
# Python knows these as codecs of text, but they encode names and source code, not pages.
_NO_CHARACTER_SETS = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def declared(content_type: str | None) -> str | None:
    """Python's name for the charset parameter of a Content-Type; None if there is none, or it is no character set."""
    match = _PARAMETER.search(content_type or "")
    if not match:
        return None
    try:
        name = codecs.lookup(match[1]).name
        b"".decode(name)
    except (LookupError, UnicodeError):
        return None
    return None if name.replace("_", "-") in _NO_CHARACTER_SETS else name


def decoded(data: bytes, content_type: str | None = None) -> str:
    """`data` as text: by its byte-order mark, what the header declares, UTF-16 without a mark, UTF-8 or Windows-1252,
    in this order; never fails. The mark is left out."""
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(marked, "replace")
    for name in (declared(content_type), _utf_16(data), "utf-8"):
        if name:
            try:
                return data.decode(name)
            except UnicodeError:
                continue
    return data.decode("cp1252", "replace")


def _utf_16(data: bytes) -> str | None:
    """UTF-16 by its zero bytes, where most characters are ASCII."""
    head = data[:400]
    if head[1::2].count(0) > 0.4 * len(head):
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) > 0.4 * len(head) else None
