"""Any JSON whose source declares its fields: each an Observation's field by the path at which it stands in an entry.

`entries` is the path to the list, or to each entry ("data.events", "results.*.event"); without it the document is the
list or the only entry, or the first list in it whose entries have a name. Paths are explained in
crawlers.readers.lists.paths; in GeoJSON (RFC 7946) they start at a feature's properties, and its point is the place.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from crawlers.readers import Context, Reading
from crawlers.readers.declared.rows import nothing_declared, observations
from crawlers.readers.declared.values import Entry, Value, linked
from crawlers.readers.lists import geo_json, paths
from crawlers.readers.lists.json_document import Document
from crawlers.readers.lists.json_entries import Located, list_of, next_page
from crawlers.readers.plain_text import line
from hobnob.errors import ReadError
from hobnob.sources import Pick

__all__ = ["VERSION", "finder", "read"]

VERSION = "json/1"

#: Where a feature's point is, for those that declare no other.
_POINT = {"latitude": Pick(at="(latitude of its geometry)"), "longitude": Pick(at="(longitude of its geometry)")}
_DEEPEST = 4
_WIDEST = 1000


def read(document: Document, context: Context, *, version: str = VERSION) -> Iterator[Reading]:
    """The events of the declared list. Raises ReadError when there is no such list."""
    fields = {name: pick for name, pick in context.fields.items() if name != "entries"}
    found = _entries(document, context.fields.get("entries"), fields)
    if any(geo_json.is_feature(entry) for entry, _ in found[:50]):
        fields = _POINT | fields
    entries = (Entry(finder(entry), getattr(entry, "line", where)) for entry, where in found)
    events = list(observations(entries, fields, context, version=version))
    if found and not events:
        keys = ", ".join(line(key, 40) for key in _keys(found[0][0]))
        raise ReadError(nothing_declared(len(found)), hint=f"the keys of the first are {keys}" if keys else None)
    yield from events
    yield from next_page(document, context)


def _entries(document: Document, listed: Pick | None, fields: Mapping[str, Pick]) -> list[Located]:
    if listed is not None and listed.at and not document.saved:
        found = [(one, where) for value, where in document.values for one in paths.at(value, listed.at)]
        if not found:
            keys = ", ".join(line(key, 40) for value, _ in document.values[:1] for key in _keys(value))
            raise ReadError(f"nothing stands at {listed.at!r}", hint=f"its keys are {keys}" if keys else None)
        return [(one, where) for value, where in found for one in list_of(value)]
    if geo_json.recognises(document.values[0][0]):
        return list(geo_json.features(document))
    return [(one, where) for value, where in document.values for one in _listed(value, fields)]


def _keys(value: Any) -> list[str]:
    return list(value)[:30] if isinstance(value, Mapping) else []


def _listed(value: Any, fields: Mapping[str, Pick]) -> list[Any]:
    """The list of entries in `value`: itself, if it is one or has a name itself; else the first with named entries."""
    name = fields.get("name")
    if isinstance(value, list) or name is None or not name.at or paths.at(value, name.at):
        return list_of(value)
    level = [value]
    for _ in range(_DEEPEST):
        inner = [one for holder in level for one in _inside(holder)][:_WIDEST]
        for one in inner:
            if isinstance(one, list) and any(isinstance(e, Mapping) and paths.at(e, name.at) for e in one[:20]):
                return one
        level = inner
    return list_of(value)


def _inside(holder: Any) -> list[Any]:
    if isinstance(holder, Mapping):
        return list(holder.values())[:_WIDEST]
    return holder[:20] if isinstance(holder, list) else []


def finder(entry: Any) -> Callable[[str], Sequence[Value]]:
    """What finds the values at a path of `entry` (readers.declared.values.Entry)."""
    starts = [entry.get("properties"), entry] if geo_json.is_feature(entry) else [entry]

    def find(at: str) -> list[Value]:
        for axis, pick in enumerate(_POINT.values()):
            if at == pick.at:
                place = geo_json.point(entry)
                return [Value(str(place[axis]))] if place else []
        found = next(filter(None, (paths.texts(start, at) for start in starts)), [])
        return [linked(text) for text in found]

    return find
