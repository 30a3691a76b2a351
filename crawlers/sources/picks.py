"""The `[source.fields]` table of a declaration: where each field of an event stands in what is read.

    [source.fields]
    entries = "table.meetings tr"       # a page: the selector of one entry; JSON, XML and YAML: the path to the list
    name = { value = "Board meeting" }  # a text is short for { at = "..." }
    dates = "td:nth-child(1)"           # in words or figures, one day or a range, with or without times
    time = { at = "td.time", match = "(\\d+[:.]\\d\\d.*)" }
    city = "td.city"

docs/declare-a-source.md says what each field means and what `at` may be for each reader.
"""

from collections.abc import Mapping
from typing import Any

import regex  # type: ignore[import-untyped]  # as in readers.declared.values

from hobnob.nearest import nearest
from hobnob.sources import Pick

__all__ = ["DATE_ORDERS", "FIELDS", "READERS_WITH_FIELDS", "as_table", "picks"]

FIELDS = (
    *("entries", "name", "dates", "every_date", "start_date", "end_date", "time", "start_time", "end_time"),
    *("month", "year", "time_zone", "all_day", "url", "uid", "description", "organizer", "performer", "location"),
    *("venue", "address", "city", "region", "postal_code", "country", "latitude", "longitude", "online", "status"),
    *("keywords", "price", "currency", "free", "image", "language", "updated"),
)
READERS_WITH_FIELDS = ("csv", "feed", "html", "json", "markdown", "xml", "yaml")
DATE_ORDERS = ("dmy", "mdy", "ymd")

_KEYS = ("at", "match", "value")
_DATES = ("dates", "every_date", "start_date")
_NEEDS_DATES = ("csv", "html", "json", "markdown", "xml", "yaml")
_LONGEST = 1000


def picks(table: Any, reader: str) -> dict[str, Pick]:
    """The table of a source that `reader` reads. Raises ValueError naming the field and the value that does not fit."""
    if reader not in READERS_WITH_FIELDS:
        raise ValueError(f"mean nothing to the reader {reader!r} (they do to {', '.join(READERS_WITH_FIELDS)})")
    if not isinstance(table, Mapping):
        raise ValueError(f"{table!r} is not a table of fields")
    found = {_known(name): _pick(name, value, reader) for name, value in table.items()}
    if reader in _NEEDS_DATES and not any(name in found for name in _DATES):
        raise ValueError("say nowhere when an event is: declare dates, start_date or every_date")
    if reader in _NEEDS_DATES and "name" not in found:
        raise ValueError("say nowhere what an event is called: declare name, perhaps as { value = '...' }")
    return found


def as_table(fields: Mapping[str, Pick]) -> dict[str, Any]:
    """The same as a TOML table, in its short form."""
    return {name: _plain(pick) for name, pick in fields.items()}


def _plain(pick: Pick) -> Any:
    table = {key: value for key in _KEYS if (value := getattr(pick, key)) is not None}
    return pick.at if table.keys() == {"at"} else table


def _known(name: str) -> str:
    if name in FIELDS:
        return name
    raise ValueError(f"{name!r} is no field of an event ({_meant(name, FIELDS)})")


def _meant(name: str, known: tuple[str, ...]) -> str:
    near = nearest(name, known, count=1)
    return f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"


def _pick(name: str, value: Any, reader: str) -> Pick:
    table = {"at": value} if isinstance(value, str) else value
    if not isinstance(table, Mapping) or not table:
        raise ValueError(f"{name}: {value!r} is neither a text nor a table of {', '.join(_KEYS)}")
    for key, one in table.items():
        if key not in _KEYS:
            raise ValueError(f"{name}: {key!r} is unknown ({_meant(key, _KEYS)})")
        if not isinstance(one, str) or len(one) > _LONGEST or (key != "at" and not one.strip()):
            raise ValueError(f"{name}: {key} {one!r} is not a text of at most {_LONGEST} characters")
    if name == "entries" and (table.keys() != {"at"} or reader == "csv"):
        raise ValueError("entries: a table has its rows" if reader == "csv" else "entries: only takes where they stand")
    pick = Pick(**table)
    if pick.match is not None:
        _check_pattern(name, pick.match)
    if reader == "html" and pick.at:
        _check_selector(name, pick.at)
    return pick


def _check_pattern(name: str, pattern: str) -> None:
    try:
        regex.compile(pattern)
    except (regex.error, OverflowError, RecursionError) as error:
        raise ValueError(f"{name}: match {pattern!r} is no regular expression: {error}") from error


def _check_selector(name: str, at: str) -> None:
    from crawlers.readers.pages.selector_syntax import compiled  # noqa: PLC0415  (only pages need the parser)

    try:
        compiled(at)
    except ValueError as error:
        raise ValueError(f"{name}: {at!r} {error}") from error
