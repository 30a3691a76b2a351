"""Events from a YAML file (YAML 1.1, as conference lists have it): a list of mappings, or a mapping of them.

`at` of a declared field is a path of keys ("venue.city", see paths) in an entry; `entries` the path to the list. Where
the entries are the values of a mapping, "@key" is the key of each.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from crawlers.readers import Context, Reading
from crawlers.readers.charset import decoded
from crawlers.readers.declared.rows import nothing_declared, observations
from crawlers.readers.declared.values import Entry, Value, linked
from crawlers.readers.faults import skipped
from crawlers.readers.lists import yaml_data
from crawlers.readers.lists.paths import at, texts
from crawlers.readers.looks_like import looks_like
from crawlers.readers.plain_text import line
from hobnob.errors import ReadError

__all__ = ["VERSION", "read"]

VERSION = "yaml/1"

KEY = "@key"


def read(data: bytes, context: Context) -> Iterator[Reading]:
    """The events of the list; entries that are broken as Skipped.

    Raises ReadError when there is no list of entries.
    """
    what = looks_like(data)
    found = yaml_data.load(decoded(data, context.content_type))
    path = context.fields["entries"].at if "entries" in context.fields else None
    entries = list(_entries(found, path or ""))
    if not entries:
        where = f" at {path!r}" if path else ""
        reason = f": {found.faults[0][1]} (line {found.faults[0][0]})" if found.faults else ""
        looks = "" if what in ("plain text", "JSON") else f"; it looks like {what}"
        raise ReadError(f"no list of entries{where}{reason}{looks}")
    made = (_entry(key, one, found) for key, one in entries)
    events = list(observations(made, context.fields, context, version=VERSION))
    if not events and not found.faults:
        keys = ", ".join(line(key, 40) for key in islice(entries[0][1], 30))
        raise ReadError(nothing_declared(len(entries)), hint=f"the keys of the first are {keys}" if keys else None)
    yield from events
    for number, reason in found.faults:
        yield skipped(reason, context, number)


def _entries(found: yaml_data.YamlData, path: str) -> Iterator[tuple[str | None, Any]]:
    """The mappings of the list, or of the mapping, at `path`; of a list that had to be mended, its own."""
    for document in found.documents:
        places = at(document, path) if path else [document]
        if not places and found.faults and isinstance(document, list):
            places = [document]
        for place in places:
            if isinstance(place, list):
                yield from ((None, one) for one in place if isinstance(one, dict))
            elif isinstance(place, dict) and all(isinstance(one, dict) for one in place.values()):
                yield from place.items()
            elif isinstance(place, dict):
                yield None, place


def _entry(key: str | None, entry: Any, found: yaml_data.YamlData) -> Entry:
    def find(path: str) -> list[Value]:
        if path == KEY:
            return [Value(key)] if key else []
        if not path:
            return [linked(", ".join(texts(entry, "*")))]
        return [linked(text) for text in texts(entry, path)]

    return Entry(find, found.lines.get(id(entry)))
