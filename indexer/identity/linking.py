"""Linking: which of the drafts of one step, and of what is known already, speak of the same event.

1. Each draft becomes a part: its traits, and the blocks under which it is found.
2. New and changed parts are compared with what shares a block with them, and whatever is the same is compared in its
   turn, until nothing more is found: the component. So the groups do not depend on the order of arrival.
3. Each component is clustered; what a part used to be joined with is looked at again when it changes or goes.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import NamedTuple

from indexer.catalogue import Doubt, Key, PartRow, Step
from indexer.identity.blocking import sought
from indexer.identity.clustering import Cluster, Edge, Part, clustered
from indexer.identity.comparing import Comparison, Verdict, compare
from indexer.identity.noting import Noted, decode_traits, note, series_block
from indexer.identity.series import Draft
from indexer.identity.weekly import LEAST, runs
from indexer.rules import RULES

__all__ = ["FULL_BLOCK", "Linked", "Linking"]

#: So many parts are kept under one block, and no more: what as many share says little. Beyond it, the order of arrival
#: may matter.
FULL_BLOCK = 120
#: A component that is larger than any real one is not followed further.
MOST_LEVELS = 8
MOST_COMPARED = 200_000
#: A part is compared with so many others, and no more: those that share the rarest blocks with it, and the most.
#: Where a million events lie on 560 days in 62 cities (bench.linking) that finds 390 of 391 that are the same.
MOST_NEAR = 20
#: That two share one block, of more parts than this, says nothing.
CROWD = 16

_NOBODY: list[int] = []


@dataclass(slots=True)
class Linked:
    """The clusters that a step has to look at, and the observations that people have hidden."""

    clusters: list[Cluster]
    hidden: set[Key] = field(default_factory=set)


class _Changed(NamedTuple):
    """A draft whose part is new or not as it is kept (`row`)."""

    draft: Draft
    noted: Noted
    row: PartRow | None


class Linking:
    """Links the drafts of one step. `before` are the parts of their groups as they are kept until now."""

    def __init__(self, step: Step, drafts: Iterable[Draft], before: Iterable[PartRow], kept: Collection[bytes]) -> None:
        """`kept` are groups that could not be judged: what was said of them before still holds."""
        self._step = step
        self._known: dict[int, Part] = {}
        self._here: dict[int, list[int]] = {}
        self._under: dict[int, list[int]] = {}
        self._sought: dict[int, set[int]] = {}
        self._mates: dict[str, list[Part]] = {}
        self._gone: set[int] = set()
        self._explored: dict[int, Part] = {}
        self._relations: dict[tuple[int, int], Comparison] = {}
        self._edges: dict[tuple[int, int], Edge] = {}
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
        changed: list[_Changed] = []
        for draft in drafts:
            noted, row = draft.noted or note(draft.event), before.pop(draft.keys[0], None)
            is_kept = row is not None and (row.traits, row.rules) == (noted.text, RULES)
            if row is not None and is_kept and series_block(row.blocks) == series_block(noted.blocks):
                self._mine.append(self._remember(row))
            else:
                changed.append(_Changed(draft, noted, row))
        self._look_under(key for one in changed for key in (*one.noted.blocks, *one.noted.sought))
        taken = {key: len(ids) for key, ids in self._under.items()}
        for one in changed:
            self._put(one, taken)
        for row in before.values():
            if row.key[0] not in kept:
                self._step.parts.drop(row)
                self._forget(row)
        self._known |= {part.id: part for part in self._changed}

    def _put(self, changed: _Changed, taken: dict[int, int]) -> None:
        """Keeps a part that is new or has changed, under those of its blocks that are not full."""
        id_, key, noted, row = changed.draft.row, changed.draft.keys[0], changed.noted, changed.row
        held = set(row.blocks) if row is not None else set()
        free = [block for block in noted.blocks if block in held or taken.get(block, 0) < FULL_BLOCK]
        for block in free:
            taken[block] = taken.get(block, 0) + (block not in held)
            self._here.setdefault(block, []).append(id_)
        known = self._step.members.get(key)
        kept = PartRow(id_, key, known.event_id if known else "", noted.text, PartRow.pack(free), RULES)
        self._step.parts.put(kept, row)
        part = _part(kept)
        self._sought[part.id] = {*noted.blocks, *noted.sought}
        self._changed.append(part)
        self._mine.append(part)
        if row is not None:
            self._forget(row)

    def _forget(self, row: PartRow) -> None:
        """What a part was until now is looked for under its blocks no more."""
        self._gone.add(row.id)
        self._old.append(_part(row))

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
            for part in frontier:
                mates = self._mates.get(part.event_id, ()) if part.event_id else ()
                found += mates
                found += self._same_as(part, dict.fromkeys((*near[part.id], *mates)))
                found += self._series_of(part)
            frontier = found

    def _same_as(self, part: Part, others: Iterable[Part]) -> list[Part]:
        found = []
        for other in others:
            if other is part:
                continue
            relation = self._relate(part, other)
            if relation.verdict is Verdict.SAME:
                found.append(other)
                self._edges[min(part.id, other.id), max(part.id, other.id)] = Edge(part, other, relation.score)
        return found

    def _series_of(self, part: Part) -> list[Part]:
        """The other times of the series that a part belongs to, if its source publishes one as single events."""
        block = series_block(part.row.blocks)
        if block is None or len(ids := self._kept_under(block)) < LEAST:
            return []
        siblings = [self._known[one] for one in sorted(ids) if one in self._known]
        for run in runs([(one.traits.start_day, one.key) for one in siblings]):
            if part.key in run:
                self._runs[run] = None
                return [one for one in siblings if one.key in run and one is not part]
        return []

    def _look_under(self, keys: Iterable[int]) -> None:
        """Reads which parts are kept under blocks, unless that is known."""
        unknown = {*keys} - self._under.keys()
        self._under |= dict.fromkeys(unknown, _NOBODY) | self._step.parts.under(unknown)

    def _kept_under(self, key: int) -> set[int]:
        """Who is under a block as this step leaves it."""
        found = set(self._under.get(key, ()))
        if self._gone:
            found -= self._gone
        return found.union(self._here.get(key, ()))

    def _candidates(self, some: Sequence[Part]) -> dict[int, list[Part]]:
        """For each part the others that it is compared with, by row id, in their order."""
        wanted = {part.id: self._sought.get(part.id) or _sought(part) for part in some}
        self._look_under(key for keys in wanted.values() for key in keys)
        under: dict[int, set[int]] = {}
        near: dict[int, list[int]] = {}
        for part_id, keys in wanted.items():
            for key in keys:
                if key not in under:
                    under[key] = self._kept_under(key)
            siblings = {one for key in keys if key & 1 for one in under[key]} - {part_id}
            near[part_id] = sorted(siblings.union(_nearest(part_id, [under[key] for key in keys])))
        unknown = {one for found in near.values() for one in found} - self._known.keys()
        for row in self._step.parts.by_id(unknown):
            self._remember(row)
        return {part_id: [self._known[one] for one in found if one in self._known] for part_id, found in near.items()}

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
        pair = (one.id, other.id) if one.id < other.id else (other.id, one.id)
        found = self._relations.get(pair)
        if found is None:
            found = self._relations[pair] = compare(one.traits, other.traits)
        return found

    def _remember(self, row: PartRow) -> Part:
        part = self._known.get(row.id)
        if part is None:
            part = self._known[row.id] = _part(row)
        return part

    # 3. Clusters

    def _clusters(self) -> list[Cluster]:
        components = _components(self._explored.values(), self._edges.values(), self._runs, self._together)
        number_of = {part.key: number for number, some in enumerate(components) for part in some}
        edges: dict[int, list[Edge]] = {}
        for edge in self._edges.values():
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
            if relation.verdict is Verdict.DIFFERENT:
                continue
            keys = frozenset((self._known[one].key, self._known[other].key))
            mine, theirs = cluster_of.get(one), cluster_of.get(other)
            if keys not in self._apart and (mine is None or mine != theirs):
                found.append(Doubt(one, other, relation.score, relation.reasons))
        self._step.parts.doubt(self._explored, found)


def _runs_among(some: Sequence[Part]) -> Iterable[frozenset[Key]]:
    by_block: dict[int, list[Part]] = {}
    for part in some:
        if (block := series_block(part.row.blocks)) is not None:
            by_block.setdefault(block, []).append(part)
    for siblings in by_block.values():
        yield from runs([(one.traits.start_day, one.key) for one in siblings])


def _part(row: PartRow) -> Part:
    return Part(row.id, row.key, row.event_id, decode_traits(row.traits), row)


def _sought(part: Part) -> set[int]:
    """Where those are that may be the same: under its own blocks, and those of the days around it."""
    return {key & ~1 for key in sought(part.traits)}.union(part.row.blocks)


def _nearest(own: int, blocks: Sequence[Collection[int]]) -> list[int]:
    """Who shares so much with a part that they may be the same: the rarer a block is, the more it says."""
    weights: dict[int, float] = {}
    for some in blocks:
        weight = max(1 / len(some), 0.5 / CROWD) if some else 0.0
        for one in some:
            weights[one] = weights.get(one, 0.0) + weight
    weights.pop(own, None)
    near = [one for one, weight in weights.items() if weight >= 1 / CROWD]
    return near if len(near) <= MOST_NEAR else nsmallest(MOST_NEAR, near, key=lambda one: (-weights[one], one))


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
