"""What bytes look like, in words for an error: so that a wrong link is understood at once."""

import re

__all__ = ["looks_like"]

_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_TEXT = (
    (r"\A\s*(<!doctype html|<html\b)", "an HTML page"),
    (r"BEGIN:(VCALENDAR|VEVENT)", "a calendar"),
    (r"BEGIN:VCARD", "a contact card"),
    (r"<(rss|feed)\b|://purl\.org/rss/", "an RSS or Atom feed"),
    (r"<!doctype html|<html\b|<head\b|<body\b|<div\b|<script\b", "an HTML page"),
    (r"^\s*<\?xml|^\s*<[\w:.-]+[\s>]", "an XML document"),
    (r"^\s*[\[{]", "JSON"),
)


def looks_like(data: bytes) -> str:
    """A few words, such as "an HTML page"; judged by the first 4 kB."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        return "nothing: it is empty"
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    text = head.decode("latin-1").replace("\x00", "")
    for pattern, name in _TEXT:
        if re.search(pattern, text, re.IGNORECASE):
            return name
    printable = sum(character.isprintable() or character.isspace() for character in text)
    return "plain text" if printable > 0.9 * len(text) else "binary data"
