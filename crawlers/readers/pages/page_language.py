"""The language that an HTML page declares (the lang attribute of its html element, HTML section 3.2.6.2)."""

import re

__all__ = ["page_language"]

_HTML = re.compile(
    r"<html\b[^>]{0,2000}?\s(?:xml:)?lang\s*=\s*[\"']?([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2})", re.I
)
_HEAD = 8000


def page_language(text: str) -> str | None:
    """Such as "de" or "en-US"; None if it declares none."""
    match = _HTML.search(text[:_HEAD])
    return match[1].replace("_", "-") if match else None
