"""Sources that are not declared: an address or a file named on the command line, its reader guessed."""

import re
from hashlib import blake2b
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import unquote, urlsplit

from crawlers.readers.looks_like import looks_like
from crawlers.sources import declaration
from hobnob.errors import BadValue, HobnobError
from hobnob.sources import Source

__all__ = ["is_address", "is_file", "name_of", "source_of"]

_BY_SUFFIX = {
    ".ics": "ics", ".ical": "ics", ".ifb": "ics", ".icalendar": "ics",
    ".rss": "feed", ".atom": "feed", ".rdf": "feed", ".xml": "feed",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".json": "json", ".geojson": "json", ".jsonld": "json", ".ndjson": "json", ".jcal": "jcal",
    ".csv": "csv", ".tsv": "csv", ".yaml": "yaml", ".yml": "yaml", ".md": "markdown",
}  # fmt: skip
_BY_LOOKS = {
    "a calendar": "ics",
    "an RSS or Atom feed": "feed",
    "an HTML page": "html",
    "an XML document": "feed",
    "JSON": "json",
}
_CALENDAR_WORD = re.compile(r"\bical\b|icalendar|\.ics\b|format=ics", re.IGNORECASE)
_FEED_WORD = re.compile(r"\brss\b|\batom\b|\bfeed\b", re.IGNORECASE)
_LONGEST_NAME = 60


def is_address(text: str) -> bool:
    """Whether `text` is an address (http, https, webcal, file) rather than the name of a source or file."""
    return re.match(r"(?:https?|webcals?|file):", text, re.IGNORECASE) is not None


def is_file(text: str) -> bool:
    """Whether `text` means a file: one that exists, or something with a folder or a known ending."""
    path = Path(text)
    return path.is_file() or "/" in text or path.suffix.lower() in _BY_SUFFIX


def source_of(text: str, *, name: str | None = None, reader: str | None = None, **fields: object) -> Source:
    """An address or a file as a Source; `fields` as in a declaration.

    The reader is guessed from the ending, from a file's first bytes, or from a word in the address; "html" when
    nothing tells. Without a `name`, one is made of the address. Raises HobnobError for a file that cannot be read,
    SourceError for a field that does not fit. An address that plainly is on a private network may be fetched:
    who names it means it.
    """
    if is_address(text):
        _check_address(text)
        url = re.sub(r"^webcals?:", "https:", text, flags=re.IGNORECASE)
        path = Path(unquote(urlsplit(url).path)) if url.lower().startswith("file:") else None
    else:
        path = Path(text).expanduser().absolute()
        url = path.as_uri()
    guess = reader or (_reader_of_file(path) if path else _reader_of_address(url))
    given = {key: value for key, value in fields.items() if value}
    if _is_private(url):
        given["private"] = True
    return declaration({"title": text, "url": url, "reader": guess, **given, "name": name or _own_name(url)})


def _check_address(text: str) -> None:
    try:
        _ = urlsplit(text).port
    except ValueError as error:
        raise BadValue("web address", text, hint=str(error)) from error


def _is_private(url: str) -> bool:
    """Whether the host is this machine or an address on a private network."""
    host = urlsplit(url).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost"


def _reader_of_address(url: str) -> str:
    parts = urlsplit(url)
    if reader := _BY_SUFFIX.get(Path(parts.path).suffix.lower()):
        return reader
    if _CALENDAR_WORD.search(url):
        return "ics"
    return "feed" if _FEED_WORD.search(url) else "html"


def _reader_of_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            looks = looks_like(file.read(4096))
    except FileNotFoundError as error:
        raise HobnobError(f"no file {str(path)!r}", hint="check the path") from error
    except IsADirectoryError as error:
        raise HobnobError(f"{str(path)!r} is a folder", hint="name a file in it") from error
    reader = _BY_LOOKS.get(looks) or _BY_SUFFIX.get(path.suffix.lower())
    if reader is None:
        raise HobnobError(
            f"{str(path)!r} looks like {looks}", hint="calendars, feeds, pages and JSON lists can be read"
        )
    return reader


def name_of(url: str) -> str:
    """A name for people from an address: its host and path, or a file's name. Others may have the same."""
    parts = urlsplit(url)
    path = Path(unquote(parts.path))
    text = path.stem if parts.scheme == "file" else f"{parts.netloc.removeprefix('www.')} {path.with_suffix('')}"
    name = re.sub(r"[^a-z0-9]+", "-", text.lower())[:_LONGEST_NAME]
    return name.strip("-") or "source"


def _own_name(url: str) -> str:
    """The same with a digest of the whole address, so that no other source has it."""
    return f"{name_of(url)}-{blake2b(url.encode(), digest_size=2).hexdigest()}"
