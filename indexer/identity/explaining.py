"""Why an event is as it is: who speaks of it, why they are believed to speak of one event, where each value is from."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, fields
from itertools import combinations, islice

from hobnob.events import Event
from hobnob.observations import Observation
from indexer.catalogue import ByHand, Catalogue, Change, Key, Said
from indexer.identity.comparing import Verdict, compare
from indexer.identity.difference import shown
from indexer.identity.noting import decode_traits

__all__ = ["MOST_COMPARED", "Explanation", "FieldOrigin", "Link", "NearMiss", "Witness", "explain"]

MOST_COMPARED = 50
"""Of an event of more entries than this, only so many are compared with each other here."""

_MOST_NEAR = 20
_MOST_OTHERS = 5
#: What the fields of an event are called where a source says them.
_SAID_AS = {
    "place": "location",
    "status": "event_status",
    "attendance": "event_attendance_mode",
    "is_free": "is_accessible_for_free",
}
_ORDER = [one.name for one in fields(Event)]
_SERIES = ("single events of one series, which its source publishes one by one",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """What one source said under one UID: `url` is the event's page, `source_url` what was read, `recurrence` the time
    that an override replaces. `compared`: it stands for what its source says of this event (made by `rules`)."""

    label: str
    source: str
    uid: str
    name: str
    url: str | None
    source_url: str | None
    recurrence: str | None
    first_seen: dt.datetime
    last_seen: dt.datetime
    presence: str
    missed: int
    reader: str | None
    compared: bool
    rules: int | None
    problem: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two witnesses, by label, and how they compare: "same", "different", "unsure", or "series" for single events of
    one. `joined`: this is what brought them together, a decision by hand where `decision` is its number."""

    one: str
    other: str
    verdict: str
    score: float
    reasons: tuple[str, ...]
    joined: bool = False
    decision: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """Another event that may be the same, and is kept apart."""

    id: str
    name: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOrigin:
    """The source that the value of a field is from, and what other sources say instead, as short text."""

    field: str
    source: str
    value: str | None
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that speaks for an event. `aliases` are the ids that it took over, with the names that they had."""

    event: Event
    witnesses: tuple[Witness, ...]
    links: tuple[Link, ...]
    near_misses: tuple[NearMiss, ...]
    fields: tuple[FieldOrigin, ...]
    decisions: tuple[ByHand, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)
    history: tuple[Change, ...] = ()


def explain(catalogue: Catalogue, id_or_alias: str) -> Explanation:
    """Why the event is as it is. Raises UnknownName."""
    event = catalogue.event(id_or_alias)
    said = catalogue.said(event.id)
    labels = _labels(said)
    keys = {one.key for one in said} | set(catalogue.keys_of(event.id))
    decisions = [one for one in catalogue.decisions() if _is_about(one, keys)]
    former = catalogue.former(event.id)
    return Explanation(
        event=event,
        witnesses=tuple(_witness(one, labels[one.id]) for one in said),
        links=tuple(_links([one for one in said if one.part is not None], labels, decisions)),
        near_misses=tuple(islice(_near_misses(catalogue, event.id), _MOST_NEAR)),
        fields=tuple(_fields(event, said)),
        decisions=tuple(decisions),
        aliases={old.id: old.name for old in former},
        history=tuple(catalogue.changes_of(event.id, *(old.id for old in former))),
    )


def _labels(said: Sequence[Said]) -> dict[int, str]:
    """What to call each: its source where that says only one thing, else with a number."""
    by_source: dict[str, list[Said]] = {}
    for one in said:
        by_source.setdefault(one.observation.source, []).append(one)
    return {
        one.id: source if len(some) == 1 else f"{source} {number}"
        for source, some in by_source.items()
        for number, one in enumerate(some, 1)
    }


def _witness(said: Said, label: str) -> Witness:
    observation = said.observation
    return Witness(
        label=label,
        source=observation.source,
        uid=observation.uid,
        name=observation.name,
        url=observation.url,
        source_url=observation.source_url,
        recurrence=None if observation.recurrence_id is None else str(observation.recurrence_id),
        first_seen=said.first_seen,
        last_seen=said.last_seen,
        presence=said.presence.value,
        missed=max(said.missed, 0),
        reader=observation.reader,
        compared=said.part is not None,
        rules=said.rules,
        problem=said.problem,
    )


def _is_about(decision: ByHand, keys: set[Key]) -> bool:
    return any(one in keys or other in keys for one, other in decision.pairs)


def _links(said: Sequence[Said], labels: Mapping[int, str], decisions: Sequence[ByHand]) -> Iterator[Link]:
    """Every pair, the surest first; joined are those that were needed to bring all together, as in clustering."""
    said = said[:MOST_COMPARED]
    by_hand = _merged_by_hand(decisions, {one.key for one in said})
    traits = {one.id: decode_traits(one.part or "") for one in said}
    pairs = []
    for one, other in combinations(said, 2):
        found = compare(traits[one.id], traits[other.id])
        decision = by_hand.get(frozenset((one.key, other.key)))
        may_join = decision is not None or found.verdict is Verdict.SAME
        pairs.append((decision is None, not may_join, -found.score, one, other, found, decision))
    pairs.sort(key=lambda pair: (*pair[:3], pair[3].id, pair[4].id))
    together = {one.id: one.id for one in said}

    def root(row: int) -> int:
        while together[row] != row:
            row = together[row]
        return row

    for _, not_same, _, one, other, found, decision in pairs:
        first, second = root(one.id), root(other.id)
        of_series = not_same and one.observation.source == other.observation.source
        joined = first != second and (not not_same or of_series)
        if joined:
            together[second] = first
        elif one.observation.source == other.observation.source and found.verdict is Verdict.DIFFERENT:
            continue  # times of one series
        series = joined and of_series
        yield Link(
            one=labels[one.id],
            other=labels[other.id],
            verdict="series" if series else found.verdict.value,
            score=found.score,
            reasons=_SERIES if series else found.reasons,
            joined=joined,
            decision=decision,
        )


def _merged_by_hand(decisions: Sequence[ByHand], parts: Set[Key]) -> dict[frozenset[Key | None], int]:
    """The number of the decision that joined two parts; one about an override is about its series."""
    in_force = (one for one in decisions if one.what == "merge" and one.undone_at is None and one.overruled_by is None)
    return {
        frozenset(key if key is None or key in parts else (key[0], "") for key in pair): one.number
        for one in in_force
        for pair in one.pairs
    }


def _near_misses(catalogue: Catalogue, event_id: str) -> Iterator[NearMiss]:
    doubts = {doubt.other if doubt.one == event_id else doubt.one: doubt for doubt in catalogue.doubts(event_id)}
    names = {event.id: event.name for event in catalogue.events(doubts)}
    for other, doubt in doubts.items():
        if other in names:
            yield NearMiss(id=other, name=names[other], score=doubt.score, reasons=doubt.reasons)


def _fields(event: Event, said: Sequence[Said]) -> Iterator[FieldOrigin]:
    for name in sorted(set(_ORDER) & event.origins.keys(), key=_ORDER.index):
        source = event.origins[name]
        value = shown(getattr(event, name, None))
        others = dict.fromkeys(_otherwise(name, source, value, said))
        yield FieldOrigin(field=name, source=source, value=value, others=tuple(others)[:_MOST_OTHERS])


def _otherwise(name: str, origin: str, value: str | None, said: Sequence[Said]) -> Iterator[tuple[str, str]]:
    for one in said:
        observation = one.observation
        if observation.source == origin or observation.recurrence_id is not None:
            continue
        text = shown(_said_of(observation, name))
        if text is not None and text.casefold() != (value or "").casefold():
            yield observation.source, text


def _said_of(observation: Observation, name: str) -> object:
    return getattr(observation, _SAID_AS.get(name, name), None)
