"""What a decision changes: each event concerned as it was, beside what has become of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from hobnob.events import Event
from indexer.catalogue import Catalogue, Change, Settled
from indexer.identity.difference import differences

__all__ = ["Effect", "Outcome", "carried_out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What becomes of one event: "merged" (into the event `other`), "split" (off the event `other`), "hidden",
    "shown", "changed" or "unchanged". `sources` are its sources before and after where they differ, `fields` the values
    before and after, as short text."""

    id: str
    name: str
    what: str
    other: str | None = None
    sources: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    fields: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A decision that was recorded or undone, and its effects."""

    decision: int
    said: str
    overruled: tuple[int, ...]
    effects: tuple[Effect, ...]


def carried_out(
    catalogue: Catalogue, decide: Callable[[Catalogue], Settled], identify: Callable[[Catalogue], object]
) -> Outcome:
    """Records a decision, identifies what it is about again, and tells what has changed. Raises what these raise."""
    number = catalogue.number()
    settled = decide(catalogue)
    before = {event.id: event for event in catalogue.events(settled.events)}
    identify(catalogue)
    changes = [change for change in catalogue.changes(number) if _concerns(change, before)]
    return Outcome(
        decision=settled.number,
        said=settled.said,
        overruled=settled.overruled,
        effects=tuple(_effects(catalogue, before, changes)),
    )


def _concerns(change: Change, before: Mapping[str, Event]) -> bool:
    return change.event_id in before or any(one in before for one in change.fields.get("id", ()) if one)


def _effects(catalogue: Catalogue, before: Mapping[str, Event], changes: list[Change]) -> Iterator[Effect]:
    ids = dict.fromkeys((*before, *(change.event_id for change in changes)))
    into = {change.event_id: change.fields["id"][1] for change in changes if change.what == "merged"}
    split_off = {change.event_id: change.fields["id"][0] for change in changes if change.what == "split"}
    ids |= dict.fromkeys(one for one in into.values() if one)
    after = {event.id: event for event in catalogue.events(ids)}
    for event_id in ids:
        was, event = before.get(event_id), after.get(event_id)
        if event is None:
            other = into.get(event_id)
            if (gone := was or _as_it_was(catalogue, other, event_id)) is not None:
                yield Effect(id=event_id, name=gone.name, what="merged", other=other)
        elif was is None:
            what = "split" if event_id in split_off else "changed"
            sources = ((), _sources(event)) if what == "split" else None
            yield Effect(id=event_id, name=event.name, what=what, other=split_off.get(event_id), sources=sources)
        else:
            yield _difference(was, event)


def _difference(was: Event, event: Event) -> Effect:
    fields = {name: values for name, values in differences(was, event).items() if name not in ("hidden", "sources")}
    sources = (_sources(was), _sources(event))
    what = "changed" if fields or sources[0] != sources[1] else "unchanged"
    if was.hidden != event.hidden:
        what = "hidden" if event.hidden else "shown"
    return Effect(
        id=event.id,
        name=event.name,
        what=what,
        sources=sources if sorted(sources[0]) != sorted(sources[1]) else None,
        fields=fields,
    )


def _sources(event: Event) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source.source for source in event.sources))


def _as_it_was(catalogue: Catalogue, into: str | None, event_id: str) -> Event | None:
    former = catalogue.former(into) if into else []
    return next((event for event in former if event.id == event_id), None)
