"""Which readers fit what came, judged by the content itself: neither endings nor content types can be trusted."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from crawlers.readers.looks_like import looks_like

__all__ = ["fitting"]

_BY_LOOKS = {
    "a calendar": ("ics",),
    "an RSS or Atom feed": ("feed",),
    "an HTML page": ("html",),
    "an XML document": ("feed", "html"),
}
_PLAIN = ("csv", "yaml", "markdown")
_BY_ENDING = {
    ".csv": "csv", ".tsv": "csv", ".yaml": "yaml", ".yml": "yaml", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".ics": "ics",
}  # fmt: skip
_BY_TYPE = (("csv", "csv"), ("tab-separated", "csv"), ("yaml", "yaml"), ("markdown", "markdown"), ("html", "html"))
_JCAL = re.compile(r"\s*\[\s*(?:\[\s*)?\"vcalendar\"", re.IGNORECASE)
_JSON_FEED = re.compile(r"\"version\"\s*:\s*\"https?:\\?/\\?/jsonfeed\.org\\?/version")


def fitting(data: bytes, content_type: str | None, url: str) -> tuple[str, ...]:
    """The names of the readers to try, in order; none for what no reader reads (a picture, an empty answer)."""
    looks = looks_like(data)
    if looks == "JSON":
        head = data[:2000].decode("utf-8", "replace").lstrip("\ufeff")
        return ("jcal",) if _JCAL.match(head) else ("feed",) if _JSON_FEED.search(head) else ("json",)
    if looks != "plain text":
        return _BY_LOOKS.get(looks, ())
    ending = PurePosixPath(unquote(urlsplit(url).path)).suffix.lower()
    kind = (content_type or "").lower()
    named = _BY_ENDING.get(ending) or next((reader for word, reader in _BY_TYPE if word in kind), None)
    return tuple(dict.fromkeys([*([named] if named else []), *_PLAIN]))
