"""The events among the objects of JSON-LD (and what was given its form), with what they refer to by @id."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urljoin

from crawlers.readers.schema_org.event_types import is_event, type_names
from crawlers.readers.schema_org.json_ld_terms import needs_plain_terms, plain_terms
from crawlers.readers.schema_org.values import many

__all__ = ["EventNodes", "Node"]

_DEEPEST = 40
_MOST_OBJECTS = 100_000
_MOST_OF_ONE = 50_000
_MOST_ALIKE = 20
_MENTION = {"@id", "@type", "@context", "url", "name", "image", "sameAs"}
_PARTS = ("subEvent", "subEvents", "event", "events")
_RELATIONS = (*_PARTS, "superEvent")
#: What an object is told apart by: two with one @id that differ in one of these are two objects wrongly named.
_IDENTITY = ("name", "startDate", "url")

Node = Mapping[str, Any]


class EventNodes:
    """All events of a page's objects, outer ones first.

    Events that are only mentioned (a superEvent, a reference, an entry of a list that is told on a page of its own) are
    none of their own. `base` is what relative addresses, and @ids, are relative to; of values in several languages the
    first of `languages` is preferred. `lists` are the objects that list others; `left_out` says what was not looked at.
    """

    def __init__(self, blocks: list[Any], base: str = "", languages: Sequence[str] = ()) -> None:
        survey = _survey(blocks)
        if needs_plain_terms(survey.keys, survey.contexts):
            survey = _survey(plain_terms(blocks, languages))
        self.left_out = tuple(dict.fromkeys(survey.left_out))
        self.base = base
        self.lists = survey.having("itemListElement")
        self._by_id: dict[str, list[dict[str, Any]]] = {}
        for node in survey.having("@id"):
            if len(node) > 1:
                self._register(node)
        events = [node for node in survey.objects if is_event(node)]
        self._parents: dict[int, Node] = {}
        self._above: set[int] = set()
        if not survey.keys.isdisjoint(_RELATIONS):
            for node in events:
                self._relate(node)
        self._courses = {
            id(self.whole(one)): node
            for node in survey.having("hasCourseInstance")
            for one in many(node["hasCourseInstance"])
        }
        self.events = self._of_their_own(events)

    def whole(self, value: Any) -> Any:
        """`value` with all that is said elsewhere of the object with its @id; what is no object stays as it is."""
        if not isinstance(value, dict) or "@id" not in value:
            return value
        known = self._by_id.get(self._name(value), ())
        return next((one for one in known if one is value or _are_one(one, value)), value)

    def values(self, node: Node, name: str) -> list[Any]:
        """The values of a property, references resolved."""
        return [self.whole(one) for one in many(node[name])] if name in node else []

    def parent(self, node: Node) -> Node | None:
        """The event whose subEvent it is, or else its superEvent."""
        found = self._parents.get(id(node))
        if not found and "superEvent" in node:
            found = next(iter(self.values(node, "superEvent")), None)
        return found if isinstance(found, dict) and found is not node else None

    def course(self, node: Node) -> Node:
        """The Course that it is an instance of; an empty object if it is none."""
        return self._courses.get(id(node), {})

    def _register(self, node: dict[str, Any]) -> None:
        """Adds what `node` says to what is known of its @id, unless they cannot be one."""
        name = self._name(node)
        if not name:
            return
        known = self._by_id.setdefault(name, [])
        for number, one in enumerate(known[:_MOST_ALIKE]):
            if _are_one(one, node):
                known[number] = _merged(one, node)
                return
        if len(known) < _MOST_ALIKE:
            known.append(node)

    def _name(self, node: Node) -> str:
        name = node.get("@id")
        if not isinstance(name, str) or not name:
            return ""
        if name.startswith(("_:", "http:", "https:")):
            return name
        try:
            return urljoin(self.base, name)
        except ValueError:
            return name

    def _relate(self, node: Node) -> None:
        whole = self.whole(node)
        for name in _PARTS:
            for part in many(node.get(name)):
                if isinstance(part, dict) and (child := self.whole(part)) is not whole:
                    self._parents[id(child)] = whole
        self._above.update(map(id, many(node.get("superEvent"))))

    def _of_their_own(self, events: list[dict[str, Any]]) -> list[Node]:
        """Each event once, however many objects speak of it; a series whose dates are told one by one is none."""
        found: dict[int, Node] = {}
        for node in events:
            whole = self.whole(node)
            if not self._is_mention(node, whole):
                found.setdefault(id(whole), whole)
        series = {number for number, node in found.items() if "EventSeries" in type_names(node)}
        if series:
            series &= {id(self.parent(node)) for node in found.values() if _has_start(node)}
        return [node for number, node in found.items() if number not in series]

    def _is_mention(self, node: Node, whole: Node) -> bool:
        if _has_start(whole) or many(whole.get("eventSchedule")) or many(whole.get("courseSchedule")):
            return False
        return node.keys() <= _MENTION or id(node) in self._above or "EventSeries" in type_names(node)


class _Survey(NamedTuple):
    """All objects of a document, outer ones first and in the order they are written; the names of their members, and
    the @contexts that are more than an address."""

    objects: list[dict[str, Any]]
    keys: set[Any]
    contexts: list[Any]
    left_out: list[str]

    def having(self, name: str) -> list[dict[str, Any]]:
        """The objects with a member of this name."""
        return [node for node in self.objects if name in node] if name in self.keys else []


def _survey(blocks: list[Any]) -> _Survey:
    found = _Survey([], set(), [], [])
    for block in blocks:
        # One block that is hostile must not cost the others their place.
        room = min(_MOST_OF_ONE, _MOST_OBJECTS - len(found.objects))
        _survey_one(block, found, len(found.objects) + room)
    return found


def _survey_one(block: Any, found: _Survey, most: int) -> None:
    level: list[tuple[Any, int]] = [(block, 0)] if isinstance(block, (dict, list)) else []
    while level:
        value, depth = level.pop()
        if isinstance(value, dict):
            if len(found.objects) >= most:
                found.left_out.append(f"more than {_MOST_OF_ONE:,} objects in a block: the rest was left out")
                return
            found.objects.append(value)
            found.keys.update(value)
            if "@context" in value and not isinstance(value["@context"], str):
                found.contexts.append(value["@context"])
            inner: Iterator[Any] = reversed(value.values())
        else:
            inner = reversed(value)
        below = [(one, depth + 1) for one in inner if isinstance(one, (dict, list))]
        if below and depth >= _DEEPEST:
            found.left_out.append(f"objects nested more than {_DEEPEST} deep: the inner ones were left out")
        else:
            level += below


def _has_start(node: Node) -> bool:
    return bool(many(node.get("startDate")))


def _are_one(first: Node, second: Node) -> bool:
    """Whether two objects of the same @id can be one: they do not contradict each other in what tells objects apart."""
    if first is second:
        return True
    if "@type" in first and "@type" in second and is_event(first) != is_event(second):
        return False
    return all(first[name] == second[name] for name in _IDENTITY if name in first and name in second)


def _merged(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """What both say, the first one believed; where one of the two has nothing to add, the other one itself."""
    if second.keys() <= first.keys():
        return first
    return second if first.keys() <= second.keys() else {**second, **first}
