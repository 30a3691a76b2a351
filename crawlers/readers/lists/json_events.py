"""Events in a JSON document (RFC 8259), whichever dialect it is in; or by the fields that the source declares."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from typing import Any

from crawlers.readers import Context, Reading
from crawlers.readers.faults import skipped
from crawlers.readers.lists.json_document import Document, load
from crawlers.readers.lists.json_entries import list_of
from crawlers.readers.plain_text import line
from hobnob.errors import ReadError

__all__ = ["DIALECTS", "Dialect", "read"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """A way of saying events in JSON. `module` is read from the bytes where it is a reader of its own, else from the
    document; `recognises` judges one value of the document."""

    name: str
    module: str
    recognises: Callable[[Any], bool]
    of_bytes: bool = False


def _in_module(module: str) -> Callable[[Any], bool]:
    def recognises(value: Any) -> bool:
        answer: bool = import_module(module).recognises(value)
        return answer

    return recognises


def _is_jcal(value: Any) -> bool:
    """RFC 7265, section 3.2: an array that begins with "vcalendar", or one of such arrays."""
    first = next(iter(list_of(value)), None)
    return any(isinstance(one, str) and one.casefold() == "vcalendar" for one in (first, *list_of(first)[:1]))


def _is_json_feed(value: Any) -> bool:
    """JSON Feed 1.1: its `version` is an address at jsonfeed.org."""
    version = value.get("version") if isinstance(value, Mapping) else None
    return isinstance(version, str) and "jsonfeed.org/version" in version


_LISTS = "crawlers.readers.lists"
#: In the order in which they are asked: the first that recognises the document reads it.
DIALECTS = (
    Dialect("jCal", "crawlers.readers.calendars.jcal", _is_jcal, of_bytes=True),
    Dialect("JSON Feed", "crawlers.readers.feeds.feed", _is_json_feed, of_bytes=True),
    Dialect("GeoJSON", f"{_LISTS}.geo_json", _in_module(f"{_LISTS}.geo_json")),
    Dialect("ActivityStreams", f"{_LISTS}.activity_streams", _in_module(f"{_LISTS}.activity_streams")),
    Dialect("schema.org", f"{_LISTS}.schema_json", _in_module(f"{_LISTS}.schema_json")),
    Dialect("Open Civic Data", f"{_LISTS}.open_civic_data", _in_module(f"{_LISTS}.open_civic_data")),
    Dialect("confs.tech", f"{_LISTS}.confs_tech", _in_module(f"{_LISTS}.confs_tech"), of_bytes=True),
)


def read(data: bytes, context: Context) -> Iterator[Reading]:
    """The events of the document, then what of it could not be read.

    Raises ReadError when it is no JSON, or of no dialect that is known and nothing is declared.
    """
    document = load(data, context.content_type)
    dialect = None if context.fields else _dialect(document)
    if dialect is not None and dialect.of_bytes:
        yield from import_module(dialect.module).read(data, context)
        return
    if dialect is not None or context.fields:
        module = dialect.module if dialect else f"{_LISTS}.declared_json"
        yield from import_module(module).read(document, context)
    elif any(value not in ([], {}) for value, _ in document.values):
        raise ReadError(
            f"JSON without events that are known: it is {_shape(document)}; looked for "
            + ", ".join(dialect.name for dialect in DIALECTS),
            hint="declare its fields",
        )
    for fault in document.faults:
        yield skipped(fault.reason, context, fault.line)


def _dialect(document: Document) -> Dialect | None:
    values = [value for value, _ in document.values[:50]]
    if document.saved:
        values.append(list(values))
    return next((one for one in DIALECTS if any(one.recognises(value) for value in values)), None)


def _shape(document: Document) -> str:
    value = document.values[0][0]
    first = next(iter(value), None) if isinstance(value, list) else value
    kind = "a list" if isinstance(value, list) else "lines" if len(document.values) > 1 else "an object"
    keys = ", ".join(line(key, 30) for key in islice(first, 8)) if isinstance(first, Mapping) else ""
    return f"{kind} with the keys {keys}" if keys else kind
