"""Events of ActivityStreams 2.0 (W3C Recommendation: Core, and Vocabulary, 3.3 Object types).

Extensions read: Mobilizon's (`timezone`, `isOnline`, `category`, `externalParticipationUrl`, `ical:status`), Gancio's
(a place called "online", its addresses among the attachments), and FEP-8a8e (`eventStatus`, `organizers`,
`VirtualLocation`, `displayEndTime`, `upcomingEvents`).

A document is an Event, an activity with one as its object, a collection or a page of one, or an actor, whose coming
events or outbox are named to be followed. Other objects in a collection are passed over.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from crawlers.readers import Context, Reading
from crawlers.readers.lists.activity_event import observation, types
from crawlers.readers.lists.json_document import Document
from crawlers.readers.lists.json_entries import Located, list_of, observations, words
from crawlers.readers.plain_text import line
from crawlers.readers.web_address import absolute
from hobnob.errors import ReadError
from hobnob.observations import Follow

__all__ = ["read", "recognises"]

_COLLECTIONS = {"Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage"}
_ACTIVITIES = {"Create", "Update", "Announce", "Add", "Invite", "Offer"}
_ACTORS = {"Application", "Group", "Organization", "Person", "Service"}
_DEEPEST = 5


def recognises(value: Any) -> bool:
    """Whether it is an object of ActivityStreams that may hold or lead to events, or a list of such."""
    return any(isinstance(one, Mapping) and _is_ours(one) for one in list_of(value)[:50])


def read(document: Document, context: Context) -> Iterator[Reading]:
    """The events, each in its latest form; links to objects that are only named, and to the next page.

    Raises ReadError when it is another object alone.
    """
    found: dict[str, Located] = {}
    follow: dict[str, Follow] = {}
    for value, where in document.values:
        for one in list_of(value):
            for inner in _events(one, context, follow, 0):
                key = words(inner.get("id"), 2000) or f"number {len(found)}"
                if key not in found or _updated(inner) > _updated(found[key][0]):
                    found[key] = inner, where
    alone = document.values[0][0] if len(document.values) == 1 else None
    if not found and not follow and isinstance(alone, Mapping) and not types(alone) & _COLLECTIONS:
        raise ReadError(f"ActivityStreams without events: it is a {line(' '.join(sorted(types(alone))), 80)}")
    yield from observations(found.values(), lambda entry: observation(entry, context), context)
    yield from follow.values()


def _is_ours(value: Mapping[str, Any]) -> bool:
    kinds = types(value)
    if any(isinstance(one, str) and "activitystreams" in one for one in list_of(value.get("@context"))):
        return bool(kinds)
    if "Event" in kinds:
        return "startTime" in value
    items = ("items", "orderedItems", "first")
    return bool(kinds & _COLLECTIONS and any(name in value for name in items)) or bool(
        kinds & _ACTIVITIES and "actor" in value and "object" in value
    )


def _events(value: Any, context: Context, follow: dict[str, Follow], depth: int) -> Iterator[Mapping[str, Any]]:
    """The events in `value`; what it leads to is added to `follow`."""
    if not isinstance(value, Mapping) or depth > _DEEPEST:
        return
    kinds = types(value)
    if "Event" in kinds:
        yield value
    elif kinds & _ACTIVITIES:
        for one in list_of(value.get("object")):
            if isinstance(one, str):
                _lead(one, "html", context, follow)
            yield from _events(one, context, follow, depth + 1)
    elif kinds & _COLLECTIONS:
        for one in (*list_of(value.get("items")), *list_of(value.get("orderedItems"))):
            if isinstance(one, str):
                _lead(one, "html", context, follow)
            yield from _events(one, context, follow, depth + 1)
        for name in ("first", "next"):
            _lead(value.get(name), "page", context, follow)
            yield from _events(value.get(name), context, follow, depth + 1)
    elif kinds & _ACTORS and depth == 0:
        coming = value.get("upcomingEvents") or value.get("outbox")
        _lead(coming, "page", context, follow)
        yield from _events(coming, context, follow, depth + 1)


def _lead(value: Any, as_what: str, context: Context, follow: dict[str, Follow]) -> None:
    url = absolute(value.get("href") if isinstance(value, Mapping) else value, context.url)
    if url and url != context.url and len(follow) < 1000:
        follow.setdefault(url, Follow(url=url, as_what=as_what))


def _updated(entry: Mapping[str, Any]) -> str:
    return words(entry.get("updated"), 64)
