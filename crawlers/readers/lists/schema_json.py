"""schema.org's events as plain JSON documents: one object, a list, a `@graph`, a DataFeed (schema.org/DataFeed), an
ItemList, or JSON Lines of any. What their properties mean: crawlers.readers.schema_org.events.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from crawlers.readers import Context, Reading
from crawlers.readers.faults import skipped
from crawlers.readers.lists.json_document import Document
from crawlers.readers.lists.json_entries import MOST_ENTRIES, list_of, next_page
from crawlers.readers.schema_org.events import event_nodes, observations
from hobnob.observations import Observation

__all__ = ["VERSION", "read", "recognises"]

VERSION = "schema-json/1"

_MOST_LOOKED_AT = 500
_MOST_FAULTS = 100


def recognises(value: Any) -> bool:
    """Whether anything near its top has the keywords of JSON-LD, and schema.org or an event among them."""
    waiting = [value]
    for _ in range(_MOST_LOOKED_AT):
        if not waiting:
            break
        one = waiting.pop(0)
        if isinstance(one, Mapping):
            if _is_ours(one):
                return True
            waiting += [inner for inner in one.values() if isinstance(inner, list | dict)]
        elif isinstance(one, list):
            waiting += [inner for inner in one[:20] if isinstance(inner, list | dict)]
    return False


def _is_ours(node: Mapping[str, Any]) -> bool:
    named = [one for value in list_of(node.get("@context")) for one in _texts(value)]
    kinds = [one for one in list_of(node.get("@type")) if isinstance(one, str)]
    return any("schema.org" in one.casefold() for one in (*named, *kinds)) or any(
        one.endswith("Event") for one in kinds
    )


def _texts(value: Any) -> list[str]:
    return [one for one in (value.values() if isinstance(value, Mapping) else (value,)) if isinstance(one, str)]


def read(document: Document, context: Context) -> Iterator[Reading]:
    """The events in the order of the document; those that cannot be read as Skipped."""
    found, unread = 0, 0
    nodes = event_nodes([value for value, _ in document.values], context)
    for one in observations(nodes, context, VERSION):
        if isinstance(one, Observation):
            found += 1
            if found > MOST_ENTRIES:
                yield skipped(f"more than {MOST_ENTRIES} events: the rest was left out", context)
                break
            yield one
        else:
            unread += 1
            if unread <= _MOST_FAULTS:
                yield skipped(one.reason, context)
    if unread > _MOST_FAULTS:
        yield skipped(f"{unread - _MOST_FAULTS} more events that cannot be read", context)
    yield from next_page(document, context)
