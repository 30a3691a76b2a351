"""Linking: which of the drafts of one step, and of what is known already, speak of the same event.

1. Each draft becomes a part: its traits, and the blocks under which it is found.
2. New and changed parts are compared with what shares a block with them, and whatever is the same is compared in its
   turn, until nothing more is found: the component. So the groups do not depend on the order of arrival.
3. Each component is clustered; what a part used to be joined with is looked at again when it changes or goes.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from hobnob import jsonlines
from indexer.catalogue import Doubt, Key, PartRow, Step
from indexer.identity.blocking import blocks, sought
from indexer.identity.clustering import Cluster, Edge, Part, clustered
from indexer.identity.comparing import Comparison, Verdict, compare
from indexer.identity.series import Draft
from indexer.identity.traits import Traits, traits_of
from indexer.identity.weekly import runs, sibling_block
from indexer.rules import RULES

__all__ = ["FULL_BLOCK", "Linked", "Linking", "decode_traits"]

#: So many parts are kept under one block, and no more: what as many share says little. Beyond it, the order of arrival
#: may matter.
FULL_BLOCK = 120
#: A component that is larger than any real one is not followed further.
MOST_LEVELS = 8
MOST_COMPARED = 200_000

decode_traits: Callable[[str], Traits] = msgspec.json.Decoder(Traits).decode


@dataclass(slots=True)
class Linked:
    """The clusters that a step has to look at, and the observations that people have hidden."""

    clusters: list[Cluster]
    hidden: set[Key] = field(default_factory=set)


class Linking:
    """Links the drafts of one step. `before` are the parts of their groups as they are kept until now."""

    def __init__(self, step: Step, drafts: Iterable[Draft], before: Iterable[PartRow], kept: Collection[bytes]) -> None:
        """`kept` are groups that could not be judged: what was said of them before still holds."""
        self._step = step
        self._known: dict[int, Part] = {}
        self._here: dict[int, list[int]] = {}
        self._mates: dict[str, list[Part]] = {}
        self._gone: set[int] = set()
        self._explored: dict[int, Part] = {}
        self._relations: dict[tuple[int, int], Comparison] = {}
        self._edges: list[Edge] = []
        self._runs: dict[frozenset[Key], None] = {}
        self._together: set[tuple[Key, Key]] = set()
        self._apart: set[frozenset[Key]] = set()
        self._hidden: set[Key] = set()
        self._mine: list[Part] = []
        self._changed: list[Part] = []
        self._old: list[Part] = []
        self._take(list(drafts), {row.key: row for row in before}, kept)

    # 1. Parts

    def _take(self, drafts: list[Draft], before: dict[Key, PartRow], kept: Collection[bytes]) -> None:
        prepared = [(draft, traits, _blocks(draft, traits)) for draft in drafts for traits in (traits_of(draft.event),)]
        wanted = {block for _, _, some in prepared for block in some}
        taken = {block: len(ids) for block, ids in self._step.parts.under(wanted).items()}
        for draft, traits, some in prepared:
            row = before.pop(draft.keys[0], None)
            self._take_draft(draft, traits, some, row, taken)
        for row in before.values():
            if row.key[0] not in kept:
                self._step.parts.drop(row)
                self._gone.add(row.id)
                self._old.append(_part(row))

    def _take_draft(
        self, draft: Draft, traits: Traits, wanted: tuple[int, ...], row: PartRow | None, taken: dict[int, int]
    ) -> None:
        key, text = draft.keys[0], jsonlines.encode(traits).decode()
        known = self._step.members.get(key)
        event_id = known.event_id if known else ""
        held = set(row.blocks) if row is not None else set()
        if row is not None and (row.traits, row.rules) == (text, RULES) and _series(held) == _series(wanted):
            part = Part(row.id, key, traits, row.blocks, event_id)
        else:
            free = tuple(block for block in wanted if block in held or taken.get(block, 0) < FULL_BLOCK)
            for block in free:
                taken[block] = taken.get(block, 0) + (block not in held)
            part = Part(draft.row, key, traits, free, event_id)
            self._step.parts.put(PartRow(part.id, key, event_id, text, free, RULES), row)
            self._changed.append(part)
            if row is not None:
                self._gone.add(row.id)
                self._old.append(_part(row))
        self._mine.append(part)
        self._known[part.id] = part
        for block in part.blocks:
            self._here.setdefault(block, []).append(part.id)

    # 2. Components

    def link(self) -> Linked:
        self._read_mates([*self._mine, *self._old])
        self._explore([*self._changed, *self._once_same()])
        self._decided([part for part in self._mine if part.id not in self._explored])
        clusters = self._clusters()
        clusters += [self._unchanged(part) for part in self._mine if part.id not in self._explored]
        self._doubt(clusters)
        changed = {old.event_id for old in self._old}
        for cluster in clusters:
            was = {part.event_id for part in cluster.parts}
            all_mates = sum(len(self._mates.get(event_id, ())) for event_id in was)
            cluster.is_changed = len(was) > 1 or all_mates > len(cluster.parts) or not was.isdisjoint(changed)
        return Linked(_distinct(clusters), self._hidden)

    def _read_mates(self, some: Iterable[Part]) -> None:
        """Notes all parts of the events that some parts belong to until now, by event."""
        ids = {part.event_id for part in some if part.event_id} - self._mates.keys()
        self._mates |= {event_id: [] for event_id in ids}
        for row in self._step.parts.of_events(ids):
            if row.id in self._known or row.id not in self._gone:
                self._mates[row.event_id].append(self._remember(row))

    def _once_same(self) -> list[Part]:
        """What may be joined otherwise now that a part has changed or gone."""
        found: dict[int, Part] = {}
        near = self._candidates(self._old)
        for old in self._old:
            some = [other for other in near[old.id] if compare(old.traits, other.traits).verdict is Verdict.SAME]
            mates = self._mates.get(old.event_id, ())
            found |= {part.id: part for part in (*mates, *some) if part.id != old.id}
        return [*found.values()]

    def _explore(self, frontier: list[Part]) -> None:
        for _ in range(MOST_LEVELS):
            frontier = [*{part.id: part for part in frontier if part.id not in self._explored}.values()]
            if not frontier or len(self._relations) > MOST_COMPARED:
                return
            self._explored |= {part.id: part for part in frontier}
            self._read_mates(frontier)
            near = self._candidates(frontier)
            found = self._decided(frontier)
            found += [mate for part in frontier for mate in self._mates.get(part.event_id, ())]
            for part in frontier:
                found += self._same_as(part, near[part.id])
                found += self._series_of(part, near[part.id])
            frontier = found

    def _same_as(self, part: Part, candidates: Sequence[Part]) -> list[Part]:
        found = []
        for other in candidates:
            known = (part.id, other.id) in self._relations
            relation = self._relate(part, other)
            if relation.verdict is Verdict.SAME:
                found.append(other)
                if not known:
                    self._edges.append(Edge(part, other, relation.score))
        return found

    def _series_of(self, part: Part, candidates: Sequence[Part]) -> list[Part]:
        """The other times of the series that a part belongs to, if its source publishes one as single events."""
        block = _series(part.blocks)
        if block is None:
            return []
        siblings = [part, *(other for other in candidates if block in other.blocks)]
        for run in runs([(one.traits.start_day, one.key) for one in siblings]):
            if part.key in run:
                self._runs[run] = None
                return [one for one in siblings if one.key in run]
        return []

    def _candidates(self, some: Sequence[Part]) -> dict[int, list[Part]]:
        """For each part the others that share a block with it, by row id, in their order."""
        wanted = {part.id: {*(key & ~1 for key in sought(part.traits)), *part.blocks} for part in some}
        under = self._step.parts.under({key for keys in wanted.values() for key in keys})
        ids = {
            part_id: {
                *(one for key in keys for one in under.get(key, ()) if one not in self._gone),
                *(one for key in keys for one in self._here.get(key, ())),
            }
            - {part_id}
            for part_id, keys in wanted.items()
        }
        unknown = {one for found in ids.values() for one in found} - self._known.keys()
        for row in self._step.parts.by_id(unknown):
            self._remember(row)
        return {
            part_id: [self._known[one] for one in sorted(found) if one in self._known] for part_id, found in ids.items()
        }

    def _decided(self, some: Sequence[Part]) -> list[Part]:
        """What people decided about parts; returns those that they joined them with."""
        joined: set[Key] = set()
        for what, key, other in self._step.parts.decided({part.key[0] for part in some}):
            if other is None:
                self._hidden.add(key)
            elif what == "merge":
                self._together.add((key, other))
                self._apart.discard(frozenset((key, other)))
                joined |= {key, other}
            else:
                self._apart.add(frozenset((key, other)))
                self._together -= {(key, other), (other, key)}
        here = {part.key: part for part in self._known.values()} if joined else {}
        rows = [row for row in self._step.parts.by_key(joined - here.keys()) if row.id not in self._gone]
        return [here[key] for key in sorted(joined & here.keys())] + [self._remember(row) for row in rows]

    def _relate(self, one: Part, other: Part) -> Comparison:
        pair = (one.id, other.id)
        found = self._relations.get(pair)
        if found is None:
            found = compare(one.traits, other.traits)
            self._relations[pair] = self._relations[other.id, one.id] = found
        return found

    def _remember(self, row: PartRow) -> Part:
        part = self._known.get(row.id)
        if part is None:
            part = self._known[row.id] = _part(row)
        return part

    # 3. Clusters

    def _clusters(self) -> list[Cluster]:
        components = _components(self._explored.values(), self._edges, self._runs, self._together)
        number_of = {part.key: number for number, some in enumerate(components) for part in some}
        edges: dict[int, list[Edge]] = {}
        for edge in self._edges:
            if edge.one.key in number_of and edge.other.key in number_of:
                edges.setdefault(number_of[edge.one.key], []).append(edge)
        series: dict[int, list[frozenset[Key]]] = {}
        for run in self._runs:
            here = frozenset(key for key in run if key in number_of)
            series.setdefault(number_of[min(here)], []).append(here)
        decisions: dict[int, list[tuple[Key, Key]]] = {}
        for pair in self._together:
            if pair[0] in number_of and pair[1] in number_of:
                decisions.setdefault(number_of[pair[0]], []).append(pair)
        found: list[Cluster] = []
        for number, some in enumerate(components):
            if len(some) == 1:
                found.append(Cluster(some))
                continue
            found += clustered(
                some,
                edges.get(number, ()),
                self._relate,
                runs=series.get(number, ()),
                together=decisions.get(number, ()),
                apart=self._apart,
            )
        return found

    def _unchanged(self, part: Part) -> Cluster:
        """A part whose traits are as they were is still joined with what it was joined with."""
        mates = (part, *self._mates.get(part.event_id, ()))
        together = {one.key: one for one in mates if one.id not in self._explored}
        some = sorted(together.values(), key=lambda one: one.key)
        return Cluster(some, tuple(_runs_among(some)))

    def _doubt(self, clusters: Sequence[Cluster]) -> None:
        """Notes the pairs that a person may want to look at: those that are unsure, or the same but kept apart."""
        cluster_of = {part.id: number for number, cluster in enumerate(clusters) for part in cluster.parts}
        found = []
        for (one, other), relation in self._relations.items():
            if one > other or relation.verdict is Verdict.DIFFERENT:
                continue
            keys = frozenset((self._known[one].key, self._known[other].key))
            mine, theirs = cluster_of.get(one), cluster_of.get(other)
            if keys not in self._apart and (mine is None or mine != theirs):
                found.append(Doubt(one, other, relation.score, relation.reasons))
        self._step.parts.doubt(self._explored, found)


def _blocks(draft: Draft, traits: Traits) -> tuple[int, ...]:
    """All blocks of a draft: even numbers, but for the one that it shares with its siblings (weekly.sibling_block)."""
    block = sibling_block(draft.event)
    found = dict.fromkeys(key & ~1 for key in blocks(traits))
    return (*found, block | 1) if block is not None else (*found,)


def _series(some: Iterable[int]) -> int | None:
    return next((block for block in some if block & 1), None)


def _runs_among(some: Sequence[Part]) -> Iterable[frozenset[Key]]:
    by_block: dict[int, list[Part]] = {}
    for part in some:
        if (block := _series(part.blocks)) is not None:
            by_block.setdefault(block, []).append(part)
    for siblings in by_block.values():
        yield from runs([(one.traits.start_day, one.key) for one in siblings])


def _part(row: PartRow) -> Part:
    return Part(row.id, row.key, decode_traits(row.traits), row.blocks, row.event_id)


def _components(
    parts: Iterable[Part],
    edges: Iterable[Edge],
    series: Iterable[frozenset[Key]],
    together: Iterable[tuple[Key, Key]],
) -> list[list[Part]]:
    """The parts that are joined, however far around, by edges, series or people."""
    by_key = {part.key: part for part in parts}
    root = {key: key for key in by_key}

    def find(key: Key) -> Key:
        while root[key] != key:
            root[key] = key = root[root[key]]
        return key

    links = [(edge.one.key, edge.other.key) for edge in edges] + [*together]
    links += [(min(run), key) for run in series for key in run]
    for one, other in links:
        if one in root and other in root:
            root[find(one)] = find(other)
    components: dict[Key, list[Part]] = {}
    for key, part in by_key.items():
        components.setdefault(find(key), []).append(part)
    return [*components.values()]


def _distinct(clusters: Iterable[Cluster]) -> list[Cluster]:
    return [*{tuple(part.key for part in cluster.parts): cluster for cluster in clusters}.values()]
