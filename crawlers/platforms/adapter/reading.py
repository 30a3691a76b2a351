"""How the answers of a platform are read: by the reader of its way, or entry by entry by the fields it declares."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from crawlers.platforms.adapter import Way
from crawlers.platforms.adapter.programme import as_one
from crawlers.platforms.adapter.scripts import value_in
from crawlers.readers import Context, Reader, Reading, reader
from crawlers.readers.declared.rows import MOST_ENTRIES, observations
from crawlers.readers.declared.values import Entry
from crawlers.readers.faults import Fault, skipped
from crawlers.readers.lists import declared_json, json_document, paths, xml_document
from crawlers.readers.lists.json_entries import list_of
from crawlers.readers.web_address import absolute
from hobnob.errors import ReadError
from hobnob.moments import iana_name
from hobnob.observations import Follow, Observation
from hobnob.sources import Pick

__all__ = ["reading"]

_STATED_ZONE = re.compile(rb"^X-WR-TIMEZONE[^:\r\n]{0,100}:([^\r\n]{1,100})", re.IGNORECASE | re.MULTILINE)
_DEFINED_ZONE = re.compile(rb"^BEGIN:VTIMEZONE\s{1,4}TZID:([^\r\n]{1,100})", re.IGNORECASE | re.MULTILINE)
_MOST_OF_HEAD = 20_000


def reading(way: Way, name: str, title: str = "") -> Reader:
    """The reader of the first answers of a source of the platform `name`, called `title`; what it follows is read as
    any other page."""
    read = _reading(way, name)
    if way.calendar_zone:
        read = _on_its_clocks(read)
    if way.mend:
        read = _mended(read, way.mend)
    return as_one(read, title or name) if way.programme else read


def _reading(way: Way, name: str) -> Reader:
    if way.reader in ("json", "xml") and (way.entries or way.paging or way.also or way.pages or way.script):
        return lambda data, context: _read_list(way, data, context, f"{name}/1")
    if not way.fields and not way.date_order:
        return reader(way.reader)
    return lambda data, context: reader(way.reader)(data, _declaring(context, way))


def _mended(read: Reader, mend: Callable[[Observation], Observation]) -> Reader:
    def mended(data: bytes, context: Context) -> Iterator[Reading]:
        return (mend(one) if isinstance(one, Observation) else one for one in read(data, context))

    return mended


def _on_its_clocks(read: Reader) -> Reader:
    """With times in UTC on the clocks of the calendar; not those that repeat, which would move with daylight saving."""

    def moved(data: bytes, context: Context) -> Iterator[Reading]:
        zone = _calendar_zone(data[:_MOST_OF_HEAD])
        for one in read(data, context):
            if zone and isinstance(one, Observation) and not one.rrule and not one.rdate:
                start, end = (
                    at.in_zone(zone) if at and at.zone == "UTC" else at for at in (one.start_date, one.end_date)
                )
                yield replace(one, start_date=start, end_date=end) if start else one
            else:
                yield one

    return moved


def _calendar_zone(head: bytes) -> str | None:
    """The zone that a calendar states for itself, or the only one that it defines."""
    stated = _STATED_ZONE.findall(head) or list(dict.fromkeys(_DEFINED_ZONE.findall(head)))
    return iana_name(stated[0].decode("utf-8", "replace").strip()) if len(stated) == 1 else None


def _declaring(context: Context, way: Way) -> Context:
    """What the source itself declares goes before what its platform does."""
    return replace(context, fields=context.fields or way.fields, date_order=context.date_order or way.date_order)


def _read_list(way: Way, data: bytes, context: Context, version: str) -> Iterator[Reading]:
    """Raises ReadError when it is no JSON (or XML), or not of the shape that the platform's answers have."""
    value, faults = _loaded(way, data, context)
    listed = _entries(way, value)
    context = _declaring(context, way)
    fields: dict[str, Pick] = dict(context.fields)
    fields.pop("entries", None)
    base = _base(way, context.url)
    if way.pages:
        yield from _pages(way.pages, listed, base)
    else:
        made = (Entry(declared_json.finder(one), getattr(one, "line", None)) for one in listed[: MOST_ENTRIES + 1])
        yield from observations(made, fields, context, version=version, base=base)
    for fault in faults:
        yield skipped(fault.reason, context, fault.line)
    following = way.paging.next_url(context.url, value, len(listed), context) if way.paging else None
    others = _listed(way.also, value) if way.also else []
    yield from (Follow(url=url, as_what="page") for url in (following, *others) if url and url != context.url)


def _pages(path: str, listed: list[Any], base: str) -> Iterator[Follow]:
    """The pages that the entries lead to, where their events are told."""
    for one in listed:
        if url := absolute(next(iter(paths.texts(one, path)), ""), base):
            yield Follow(url=url, as_what="html")


def _base(way: Way, url: str) -> str:
    """What the addresses in the entries of the answer of `url` are relative to."""
    return re.sub(way.base[0], way.base[1], url, count=1) if way.base else url


def _loaded(way: Way, data: bytes, context: Context) -> tuple[Any, Sequence[Fault]]:
    if way.reader == "xml":
        found = xml_document.load(data, context.content_type)
        return found.value, found.faults
    if way.script:
        return value_in(data, way.script), ()
    document = json_document.load(data, context.content_type)
    return document.values[0][0], document.faults


def _entries(way: Way, value: Any) -> list[Any]:
    """The entries of one answer; none in an empty list. Raises ReadError when the list is not where it should be."""
    if way.entries is not None:
        return _listed(way.entries, value)
    at = way.fields["entries"].at if "entries" in way.fields else None
    if not at:
        return list_of(value)
    found = paths.at(value, at)
    if not found and not _is_empty(way, value, at):
        raise ReadError(f"the answer has another shape than expected: nothing stands at {at!r}")
    return [one for each in found for one in list_of(each)]


def _listed(take: Callable[[Any], Iterable[Any]], value: Any) -> list[Any]:
    try:
        return list(islice(take(value), MOST_ENTRIES + 1))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        what = f"there is no {error}" if isinstance(error, KeyError) else f"{type(error).__name__}: {error}"
        raise ReadError(f"the answer has another shape than expected: {what}") from error


def _is_empty(way: Way, value: Any, at: str) -> bool:
    """Whether the way to the list is there, and only the entries are not: `events.*.event` of no events."""
    if way.reader == "xml":
        return xml_document.is_empty(value, at)
    parent = at.rpartition(".*")[0]
    return bool(parent) and bool(paths.at(value, parent))
