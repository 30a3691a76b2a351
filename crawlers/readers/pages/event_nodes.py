"""The events among the objects of JSON-LD (and what was given its form), with what they refer to by @id."""

from collections.abc import Iterator, Mapping
from typing import Any

from crawlers.readers.pages.schema_values import many, type_names

__all__ = ["EventNodes", "is_event"]

_DEEPEST = 40
_MOST_OBJECTS = 100_000
_EVENTS_BY_OTHER_NAMES = {"CourseInstance", "EventSeries", "Festival", "Hackathon"}
_NO_MEETINGS = {"BroadcastEvent", "DeliveryEvent", "OnDemandEvent", "PublicationEvent"}
_MENTION = {"@id", "@type", "@context", "url", "name"}

Node = Mapping[str, Any]


def is_event(node: Node) -> bool:
    """Whether one meets there: Event or a subtype, but no broadcast, delivery or publication."""
    names = set(type_names(node))
    return bool(names & _EVENTS_BY_OTHER_NAMES) or any(
        name.endswith("Event") and name.isalnum() and name not in _NO_MEETINGS for name in names
    )


class EventNodes:
    """All events of a page's objects, outer ones first; `parent` gives the event that one is a part of.

    Events that are only mentioned (a superEvent, a reference) are none of their own.
    """

    def __init__(self, blocks: list[Any]) -> None:
        nodes = list(_objects(blocks))
        self._by_id: dict[str, Node] = {}
        for node in nodes:
            name = node.get("@id")
            if isinstance(name, str) and name and len(node) > len(self._by_id.get(name, ())):
                self._by_id[name] = node
        self._parents: dict[int, Node] = {}
        for node in filter(is_event, nodes):
            for part in (*many(node.get("subEvent")), *many(node.get("subEvents"))):
                if isinstance(part, dict):
                    self._parents[id(self.whole(part))] = node
        self.events = [node for node in nodes if is_event(node) and not self._is_mention(node)]

    def whole(self, value: Any) -> Any:
        """`value`, or if it only refers to an object of the page by its @id, that object."""
        if isinstance(value, dict) and set(value) <= {"@id", "@type"} and isinstance(value.get("@id"), str):
            return self._by_id.get(value["@id"], value)
        return value

    def values(self, node: Node, name: str) -> list[Any]:
        """The values of a property, references resolved."""
        return [self.whole(one) for one in many(node.get(name))]

    def parent(self, node: Node) -> Node | None:
        """The event whose subEvent it is, or else its superEvent."""
        found = self._parents.get(id(node)) or next(iter(self.values(node, "superEvent")), None)
        return found if isinstance(found, dict) and found is not node else None

    def _is_mention(self, node: Node) -> bool:
        return not many(node.get("startDate")) and (set(node) <= _MENTION or "EventSeries" in type_names(node))


def _objects(blocks: list[Any]) -> Iterator[dict[str, Any]]:
    """Every JSON object, outer ones first and in the order they are written, to a bounded depth and number."""
    waiting: list[tuple[Any, int]] = [(blocks, 0)]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        value, depth = waiting.pop()
        if isinstance(value, dict):
            yield value
        inner = list(value.values()) if isinstance(value, dict) else value
        if depth < _DEEPEST:
            waiting.extend((one, depth + 1) for one in reversed(inner) if isinstance(one, (dict, list)))
