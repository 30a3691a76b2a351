"""The character set that an HTTP header declares."""

import codecs
import re

__all__ = ["declared"]

_PARAMETER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
# Python knows these as codecs of text, but they encode names and source code, not pages.
_NO_CHARACTER_SETS = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}


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
