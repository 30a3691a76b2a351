"""What judging again has changed, in short: how many events of each kind of change, in which fields, some of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from indexer.catalogue import Catalogue, Change

__all__ = ["ChangeKind", "Example", "summary"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One event, and its values before and after, as short text."""

    id: str
    name: str = ""
    fields: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeKind:
    """Events that changed in one way (Change.what): how many, which fields and how often, and some examples."""

    what: str
    count: int
    fields: Mapping[str, int]
    examples: tuple[Example, ...]


def summary(catalogue: Catalogue, *, after: int, most: int) -> tuple[ChangeKind, ...]:
    """The changes after that number, the most frequent kind first, each with at most so many examples.

    Holds no more than those, however many changes there are.
    """
    counts: Counter[str] = Counter()
    fields: dict[str, Counter[str]] = {}
    examples: dict[str, list[Change]] = {}
    for change in catalogue.changes(after):
        counts[change.what] += 1
        fields.setdefault(change.what, Counter()).update(name for name in change.fields if name != "id")
        if len(some := examples.setdefault(change.what, [])) < most:
            some.append(change)
    names = _names(catalogue, (change for some in examples.values() for change in some))
    return tuple(
        ChangeKind(
            what=what,
            count=count,
            fields=dict(fields[what].most_common()),
            examples=tuple(replace(_example(change), name=names.get(change.event_id, "")) for change in examples[what]),
        )
        for what, count in counts.most_common()
    )


def _example(change: Change) -> Example:
    return Example(id=change.event_id, fields=change.fields)


def _names(catalogue: Catalogue, changes: Iterable[Change]) -> dict[str, str]:
    """The names of the events, of those that became part of another too."""
    some = list(changes)
    into = {change.event_id: change.fields["id"][1] for change in some if change.what == "merged"}
    former = (old for other in dict.fromkeys(into.values()) if other for old in catalogue.former(other))
    names = {old.id: old.name for old in former}
    return names | {event.id: event.name for event in catalogue.events({change.event_id for change in some})}
