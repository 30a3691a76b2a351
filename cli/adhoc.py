"""Addresses and files as a person names them, and sources for those that are not declared."""

import re
from hashlib import blake2b
from pathlib import Path
from urllib.parse import unquote, urlsplit

from crawlers.discovery.contents import fitting
from crawlers.discovery.private_hosts import is_private
from crawlers.readers.looks_like import looks_like
from crawlers.sources import declaration
from hobnob.errors import BadValue, HobnobError
from hobnob.sources import Source

__all__ = ["address_of", "is_address", "is_file", "name_of", "source_of"]

_BY_SUFFIX = {
    ".ics": "ics", ".ical": "ics", ".ifb": "ics", ".icalendar": "ics",
    ".rss": "feed", ".atom": "feed", ".rdf": "feed", ".xml": "feed",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".json": "json", ".geojson": "json", ".jsonld": "json", ".ndjson": "json", ".jcal": "jcal",
    ".csv": "csv", ".tsv": "csv", ".yaml": "yaml", ".yml": "yaml", ".md": "markdown",
}  # fmt: skip
_CALENDAR_WORD = re.compile(r"\bical\b|icalendar|\.ics\b|format=ics", re.IGNORECASE)
_FEED_WORD = re.compile(r"\brss\b|\batom\b|\bfeed\b", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:/.*)?", re.IGNORECASE)
_LONGEST_NAME = 60


def is_address(text: str) -> bool:
    """Whether `text` is an address (http, https, webcal, file) rather than the name of a source or file."""
    return re.match(r"(?:https?|webcals?|file):", text, re.IGNORECASE) is not None


def is_file(text: str) -> bool:
    """Whether `text` means a file: one that exists, or something with a folder or a known ending."""
    path = Path(text)
    return path.is_file() or "/" in text or path.suffix.lower() in _BY_SUFFIX


def address_of(text: str) -> str:
    """The address that a person means: of a file where there is one, else on the web, "https://" left out or not.

    Raises BadValue for what is neither.
    """
    if is_address(text):
        _check_address(text)
        return text
    path = Path(text).expanduser()
    if path.is_file() or (is_file(text) and not _is_of_web(text)):
        return path.absolute().as_uri()
    if _is_of_web(text):
        _check_address(f"https://{text}")
        return f"https://{text}"
    raise BadValue("web address", text, hint="give an http or https address, or the path of a file")


def source_of(url: str, *, name: str | None = None, reader: str | None = None, **fields: object) -> Source:
    """A source for an address of `address_of`, without a look at the web; `fields` as in a declaration.

    The reader is guessed: of a file by its content, of an address by its ending or a word in it, else "html". Without a
    `name`, one is made of the address. Raises HobnobError for a file that cannot be read, SourceError for a field that
    does not fit. An address that plainly is on a private network may be fetched: who names it means it.
    """
    guess = reader or (_reader_of_file(url) if url.lower().startswith("file:") else _reader_of_address(url))
    web = re.sub(r"^webcals?:", "https:", url, flags=re.IGNORECASE)
    given = {key: value for key, value in fields.items() if value}
    if is_private(web):
        given["private"] = True
    title = unquote(urlsplit(url).path) if url.lower().startswith("file:") else url
    return declaration({"title": title, "url": web, "reader": guess, **given, "name": name or _own_name(web)})


def _is_of_web(text: str) -> bool:
    """Whether it begins with the name of a host, rather than with that of a file such as "missing.ics"."""
    host = text.partition("/")[0]
    return _HOST.fullmatch(text) is not None and Path(host).suffix.lower() not in _BY_SUFFIX


def _check_address(text: str) -> None:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise BadValue("web address", text, hint=str(error)) from error
    if not parts.scheme.lower().startswith("file") and not parts.hostname:
        raise BadValue("web address", text, hint="it names no host")


def _reader_of_address(url: str) -> str:
    parts = urlsplit(url)
    if reader := _BY_SUFFIX.get(Path(parts.path).suffix.lower()):
        return reader
    if url.lower().startswith("webcal") or _CALENDAR_WORD.search(url):
        return "ics"
    return "feed" if _FEED_WORD.search(url) else "html"


def _reader_of_file(url: str) -> str:
    path = Path(unquote(urlsplit(url).path))
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError as error:
        raise HobnobError(f"no file {str(path)!r}", hint="check the path") from error
    except IsADirectoryError as error:
        raise HobnobError(f"{str(path)!r} is a folder", hint="name a file in it") from error
    except OSError as error:
        raise HobnobError(f"{str(path)!r} cannot be read: {error.strerror}") from error
    fits = fitting(head, None, url)
    reader = next((name for name in fits if name not in ("csv", "yaml", "markdown")), None)
    reader = reader or _BY_SUFFIX.get(path.suffix.lower())
    if reader is None:
        raise HobnobError(
            f"{str(path)!r} looks like {looks_like(head)}", hint="calendars, feeds, pages and JSON lists can be read"
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
