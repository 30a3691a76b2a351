"""Lists of addresses as people keep them: the subscriptions of a feed reader (OPML), or an address on each line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from crawlers.readers.plain_text import line
from crawlers.readers.web_address import absolute
from crawlers.readers.xml_text import LENIENT

__all__ = ["Listed", "addresses_in"]

_MOST = 100_000
_OPML = re.compile(rb"<opml\b|<outline\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?|webcals?)://[^\s,;\"'<>|]+", re.IGNORECASE)
_SEPARATOR = re.compile(r"[,;\t|]")


@dataclass(frozen=True, slots=True)
class Listed:
    """An address, and what the list calls it."""

    url: str
    title: str | None = None


def addresses_in(data: bytes) -> Iterator[Listed]:
    """The addresses of a list, each once: of OPML (opml.org/spec2.opml) the `xmlUrl` of its outlines, else the first
    one on each line that is no comment ("#"); in a table the column may be any. None in other XML and in HTML."""
    found = _outlines(data) if _OPML.search(data[:5000]) else _lines(data)
    seen: set[str] = set()
    for one in found:
        if one.url not in seen and len(seen) < _MOST:
            seen.add(one.url)
            yield one


def _outlines(data: bytes) -> Iterator[Listed]:
    try:
        root = etree.fromstring(data.strip(), LENIENT)
    except (etree.XMLSyntaxError, ValueError):
        return
    for outline in root.iter("{*}outline", "{*}OUTLINE") if root is not None else ():
        named = {name.lower(): value for name, value in outline.attrib.items()}
        kind = (named.get("type") or "").strip().lower()
        address = named.get("xmlurl") or (named.get("url") if kind in ("rss", "link", "include", "") else None)
        if kind == "include" or (url := _web(address)) is None or url.lower().endswith(".opml"):
            continue  # another list
        yield Listed(url, line(named.get("text") or named.get("title"), 100) or None)


def _lines(data: bytes) -> Iterator[Listed]:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return
    charset = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    for one in data.decode(charset, "replace").splitlines():
        if one.lstrip().startswith("#"):
            continue
        cells = [cell.strip().strip("\"'<>") for cell in _SEPARATOR.split(one)]
        bare = cells[0] if cells and re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", cells[0], re.I) else None
        match = _ADDRESS.search(one)
        if url := _web(match[0] if match else f"https://{bare}" if bare else None):
            yield Listed(url)


def _web(value: str | None) -> str | None:
    if not value:
        return None
    scheme, colon, rest = value.strip().partition(":")
    if colon and scheme.lower() in ("webcal", "webcals", "feed"):
        rest = rest if rest.startswith("//") else f"//{rest.partition('//')[2]}"
        return absolute(f"https:{rest}", "")
    return absolute(value, "")
