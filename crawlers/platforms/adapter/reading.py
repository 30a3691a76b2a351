"""How the answers of a platform are read: by the reader of its way, or entry by entry by the fields it declares."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from crawlers.platforms.adapter import Way
from crawlers.platforms.adapter.programme import as_one
from crawlers.readers import Context, Reader, Reading, reader
from crawlers.readers.declared.rows import MOST_ENTRIES, observations
from crawlers.readers.declared.values import Entry
from crawlers.readers.faults import Fault, skipped
from crawlers.readers.lists import declared_json, json_document, paths, xml_document
from crawlers.readers.lists.json_entries import list_of
from hobnob.errors import ReadError
from hobnob.observations import Follow
from hobnob.sources import Pick

__all__ = ["reading"]


def reading(way: Way, name: str, title: str = "") -> Reader:
    """The reader of the first answers of a source of the platform `name`, called `title`; what it follows is read as
    any other page."""
    read = _reading(way, name)
    return as_one(read, title or name) if way.programme else read


def _reading(way: Way, name: str) -> Reader:
    if way.reader in ("json", "xml") and (way.entries or way.paging):
        return lambda data, context: _read_list(way, data, context, f"{name}/1")
    if not way.fields:
        return reader(way.reader)
    return lambda data, context: reader(way.reader)(data, _declaring(context, way))


def _declaring(context: Context, way: Way) -> Context:
    """What the source itself declares goes before what its platform does."""
    return context if context.fields else replace(context, fields=way.fields)


def _read_list(way: Way, data: bytes, context: Context, version: str) -> Iterator[Reading]:
    """Raises ReadError when it is no JSON (or XML), or not of the shape that the platform's answers have."""
    value, faults = _loaded(way, data, context)
    listed = _entries(way, value)
    fields: dict[str, Pick] = dict(_declaring(context, way).fields)
    fields.pop("entries", None)
    entries = (Entry(declared_json.finder(one), getattr(one, "line", None)) for one in islice(listed, MOST_ENTRIES + 1))
    yield from observations(entries, fields, context, version=version)
    for fault in faults:
        yield skipped(fault.reason, context, fault.line)
    following = way.paging.next_url(context.url, value, len(listed), context) if way.paging else None
    if following and following != context.url:
        yield Follow(url=following, as_what="page")


def _loaded(way: Way, data: bytes, context: Context) -> tuple[Any, Sequence[Fault]]:
    if way.reader == "xml":
        found = xml_document.load(data, context.content_type)
        return found.value, found.faults
    document = json_document.load(data, context.content_type)
    return document.values[0][0], document.faults


def _entries(way: Way, value: Any) -> list[Any]:
    """The entries of one answer; none in an empty list. Raises ReadError when the list is not where it should be."""
    if way.entries is not None:
        try:
            return list(islice(way.entries(value), MOST_ENTRIES + 1))
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            raise ReadError(f"the answer has another shape than expected: {type(error).__name__}: {error}") from error
    at = way.fields["entries"].at if "entries" in way.fields else None
    if not at:
        return list_of(value)
    found = paths.at(value, at)
    if not found and not _is_empty(way, value, at):
        raise ReadError(f"the answer has another shape than expected: nothing stands at {at!r}")
    return [one for each in found for one in list_of(each)]


def _is_empty(way: Way, value: Any, at: str) -> bool:
    """Whether the way to the list is there, and only the entries are not: `events.*.event` of no events."""
    if way.reader == "xml":
        return xml_document.is_empty(value, at)
    parent = at.rpartition(".*")[0]
    return bool(parent) and bool(paths.at(value, parent))
