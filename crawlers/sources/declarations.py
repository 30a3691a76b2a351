"""The text of a source declaration, read and checked.

    [defaults]                          # optional: holds for every source of the file that does not say otherwise
    time_zone = "America/Los_Angeles"
    place = "Seattle WA, US"

    [[source]]
    name = "seattle-town-hall"          # lower case, digits, hyphens; unique
    title = "Town Hall Seattle"
    url = "https://example.org/events/?ical=1"
    reader = "ics"                      # one of crawlers.readers.READERS
    industries = ["arts", "community"]
    every = "12h"                       # m, h, d or w

The keys are the fields of hobnob.sources.Source; the table `[source.fields]` is read by `picks`. An address is http,
https or file; a file's path is relative to the declaration ("file:calendar.ics"), and `{year}` in an address stands for
this year and the next at crawl time.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from crawlers.readers import READERS
from crawlers.sources.picks import DATE_ORDERS, picks
from crawlers.spiders.sites import names as spider_names
from hobnob import toml_files
from hobnob.errors import SourceError
from hobnob.moments import zone_info
from hobnob.nearest import nearest
from hobnob.sources import Pick, Source
from hobnob.taxonomy import industry_ids, kind_ids

__all__ = ["declaration", "every_text", "load_file"]

_FIELDS = tuple(f.name for f in fields(Source) if f.name != "declared_in")
_REQUIRED = ("name", "title", "url", "reader")
_BOOLEANS = ("enabled", "private")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_EVERY = re.compile(r"([1-9]\d{0,4})([mhdw])\Z")
_UNITS = {
    "m": dt.timedelta(minutes=1),
    "h": dt.timedelta(hours=1),
    "d": dt.timedelta(days=1),
    "w": dt.timedelta(weeks=1),
}
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
_MAX_DEPTH = 5


class _FieldError(Exception):
    """A field does not fit: its name, and what would."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


def load_file(path: Path) -> list[Source]:
    """The sources of one file, in its order. Raises SourceError naming file, source and field."""
    found = toml_files.load(path, SourceError)
    tables, defaults = found.pop("source", []), found.pop("defaults", {})
    if found:
        raise SourceError(f"{path}: unknown key {next(iter(found))!r}", hint="a file holds [[source]] and [defaults]")
    if not isinstance(tables, list) or not isinstance(defaults, dict):
        raise SourceError(f"{path}: sources are declared as [[source]], what they share as [defaults]")
    return [declaration(table, defaults=defaults, path=path, number=number) for number, table in enumerate(tables, 1)]


def declaration(
    table: Mapping[str, Any], *, defaults: Mapping[str, Any] | None = None, path: Path | None = None, number: int = 1
) -> Source:
    """One table as a Source, every field checked. `path` is the declaring file, which relative file paths start from.

    Raises SourceError naming file, source (its name, or its number in the file) and field.
    """
    name = table.get("name") if isinstance(table, Mapping) else None
    where = f"{path}: " if path else ""
    try:
        if not isinstance(table, Mapping):
            raise _FieldError("source", "is not a table")
        return _source({**(defaults or {}), **table}, path)
    except _FieldError as error:
        called = repr(name) if isinstance(name, str) else f"number {number}"
        raise SourceError(f"{where}source {called}: {error.name} {error}") from error


def every_text(every: dt.timedelta) -> str:
    """A timedelta in the notation of declarations: "1d", "12h"."""
    for unit in "wdhm":
        if every and not every % _UNITS[unit]:
            return f"{every // _UNITS[unit]}{unit}"
    return f"{max(1, round(every / _UNITS['m']))}m"


def _source(table: Mapping[str, Any], path: Path | None) -> Source:
    for key in table:
        if key not in _FIELDS:
            near = nearest(key, _FIELDS, count=1)
            raise _FieldError(key, f"is not a field of a source{f' (did you mean {near[0]}?)' if near else ''}")
    for key in _REQUIRED:
        if key not in table:
            raise _FieldError(key, "is missing")
    values = {key: _checked(key, value) for key, value in table.items() if key != "fields"}
    values["url"] = _address(values["url"], path)
    if "fields" in table:
        values["fields"] = _fields(table["fields"], values["reader"])
    return Source(**values, declared_in=str(path) if path else None)


def _checked(key: str, value: Any) -> Any:
    if key == "industries":
        return _industries(value)
    if key in _BOOLEANS:
        if not isinstance(value, bool):
            raise _FieldError(key, f"{value!r} is neither true nor false")
        return value
    if key == "follow_depth":
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MAX_DEPTH:
            raise _FieldError(key, f"{value!r} is not a whole number from 0 to {_MAX_DEPTH}")
        return value
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise _FieldError(key, f"{value!r} is not a line of text")
    return _CHECKS[key](value) if key in _CHECKS else value


def _fields(value: Any, reader: str) -> Mapping[str, Pick]:
    try:
        return picks(value, reader)
    except ValueError as error:
        raise _FieldError("fields", str(error)) from error


def _industries(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise _FieldError("industries", f"{value!r} is not a list of industry ids")
    for item in value:
        _known("industries", item, sorted(industry_ids()))
    return tuple(value)


def _known(key: str, value: str, known: list[str]) -> str:
    if value not in known:
        near = nearest(value, known, count=1)
        meant = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
        raise _FieldError(key, f"{value!r} is unknown ({meant})")
    return value


def _name(value: str) -> str:
    if not _NAME.match(value) or len(value) > 80:
        raise _FieldError("name", f"{value!r} is not lower case letters, digits and single hyphens")
    return value


def _time_zone(value: str) -> str:
    if zone_info(value) is None:
        raise _FieldError("time_zone", f"{value!r} is no IANA time zone (for example 'Europe/Berlin')")
    return value


def _language(value: str) -> str:
    if not _LANGUAGE.match(value):
        raise _FieldError("language", f"{value!r} is no language tag (for example 'en', 'pt-BR')")
    return value


def _every(value: str) -> dt.timedelta:
    match = _EVERY.match(value)
    if not match:
        raise _FieldError("every", f"{value!r} is no period (for example '12h', '1d', '2w')")
    return int(match[1]) * _UNITS[match[2]]


def _follow(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise _FieldError("follow", f"{value!r} is no regular expression: {error}") from error
    return value


def _homepage(value: str) -> str:
    parts = _split("homepage", value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _FieldError("homepage", f"{value!r} is no http or https address")
    return value


_CHECKS: dict[str, Callable[[str], Any]] = {
    "name": _name,
    "reader": lambda value: _known("reader", value, sorted(READERS)),
    "kind": lambda value: _known("kind", value, sorted(kind_ids())),
    "time_zone": _time_zone,
    "language": _language,
    "every": _every,
    "follow": _follow,
    "date_order": lambda value: _known("date_order", value, list(DATE_ORDERS)),
    "homepage": _homepage,
    "spider": lambda value: _known("spider", value, spider_names()),
}


def _split(key: str, value: str) -> Any:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise _FieldError(key, f"{value!r} is no address: {error}") from error
    return parts


def _address(value: str, path: Path | None) -> str:
    """The address, a file's made absolute. A file: address may not name a host (RFC 8089)."""
    parts = _split("url", value)
    if parts.scheme in ("http", "https"):
        if not parts.hostname or any(character.isspace() for character in value):
            raise _FieldError("url", f"{value!r} is no address")
        return value
    if parts.scheme != "file":
        raise _FieldError("url", f"{value!r} has no scheme that can be fetched (http, https, file)")
    if parts.netloc not in ("", "localhost"):
        raise _FieldError("url", f"{value!r} names a file on another machine")
    if not parts.path:
        raise _FieldError("url", f"{value!r} names no file")
    folder = path.absolute().parent if path else Path.cwd()
    return (folder / unquote(parts.path)).resolve().as_uri().replace("%7Byear%7D", "{year}")
