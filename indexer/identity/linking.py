"""Linking: which of the drafts of one step, and of what is known already, speak of the same event.

1. Each draft becomes a part: its traits, and the blocks under which it is found.
2. New and changed parts are compared with what shares a block with them, and whatever is the same is compared in its
   turn, until nothing more is found: the component. So the groups do not depend on the order of arrival.
3. Each component is clustered; what a part used to be joined with is looked at again when it changes or goes.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.catalogue import Doubt, Key, PartRow, Step
from indexer.identity.clustering import Cluster, Edge, Part
from indexer.identity.comparing import Comparison, Verdict, compare
from indexer.identity.components import Components
from indexer.identity.near import Near, part_of
from indexer.identity.noting import Noted, note, series_block
from indexer.identity.series import Draft
from indexer.identity.weekly import LEAST, runs
from indexer.rules import RULES

__all__ = ["Linked", "Linking"]

#: A component that is larger than any real one is not followed further.
MOST_LEVELS = 8
MOST_COMPARED = 200_000


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
        self._near = Near(step)
        self._mates: dict[str, list[Part]] = {}
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
                self._mine.append(self._near.remember(row))
            else:
                changed.append(_Changed(draft, noted, row))
        self._near.look_under(key for one in changed for key in (*one.noted.blocks, *one.noted.sought))
        for one in changed:
            self._put(one)
        for row in before.values():
            if row.key[0] not in kept:
                self._step.parts.drop(row)
                self._forget(row)
        self._near.known |= {part.id: part for part in self._changed}

    def _put(self, changed: _Changed) -> None:
        """Keeps a part that is new or has changed, under those of its blocks that are not full."""
        id_, key, noted, row = changed.draft.row, changed.draft.keys[0], changed.noted, changed.row
        blocks = PartRow.pack(self._near.put(id_, noted, row))
        known = self._step.members.get(key)
        kept = PartRow(id_, key, known.event_id if known else "", noted.text, blocks, noted.days, RULES)
        self._step.parts.put(kept, row)
        part = part_of(kept)
        self._changed.append(part)
        self._mine.append(part)
        if row is not None:
            self._forget(row)

    def _forget(self, row: PartRow) -> None:
        """What a part was until now is looked for under its blocks no more."""
        self._near.forget(row)
        self._old.append(part_of(row))

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
            if row.id in self._near.known or row.id not in self._near.gone:
                self._mates[row.event_id].append(self._near.remember(row))

    def _once_same(self) -> list[Part]:
        """What may be joined otherwise now that a part has changed or gone."""
        found: dict[int, Part] = {}
        near = self._near.of(self._old, as_kept=True)
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
            near = self._near.of(frontier)
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
        if block is None or len(ids := self._near.under(block)) < LEAST:
            return []
        known = self._near.known
        siblings = [known[one] for one in sorted(ids) if one in known]
        for run in runs([(one.traits.start_day, one.key) for one in siblings]):
            if part.key in run:
                self._runs[run] = None
                return [one for one in siblings if one.key in run and one is not part]
        return []

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
        here = {part.key: part for part in self._near.known.values()} if joined else {}
        rows = [row for row in self._step.parts.by_key(joined - here.keys()) if row.id not in self._near.gone]
        return [here[key] for key in sorted(joined & here.keys())] + [self._near.remember(row) for row in rows]

    def _relate(self, one: Part, other: Part) -> Comparison:
        pair = (one.id, other.id) if one.id < other.id else (other.id, one.id)
        found = self._relations.get(pair)
        if found is None:
            found = self._relations[pair] = compare(one.traits, other.traits)
        return found

    # 3. Clusters

    def _clusters(self) -> list[Cluster]:
        components = Components(self._explored.values(), self._edges.values(), self._runs, self._together)
        return components.clusters(self._relate, self._apart)

    def _unchanged(self, part: Part) -> Cluster:
        """A part whose traits are as they were is still joined with what it was joined with."""
        mates = (part, *self._mates.get(part.event_id, ()))
        together = {one.key: one for one in mates if one.id not in self._explored}
        some = sorted(together.values(), key=lambda one: one.key)
        return Cluster(some, tuple(_runs_among(some)))

    def _doubt(self, clusters: Sequence[Cluster]) -> None:
        """Notes the pairs that a person may want to look at: those that are unsure, or the same but kept apart."""
        cluster_of = {part.id: number for number, cluster in enumerate(clusters) for part in cluster.parts}
        known, found = self._near.known, []
        for (one, other), relation in self._relations.items():
            if relation.verdict is Verdict.DIFFERENT:
                continue
            keys = frozenset((known[one].key, known[other].key))
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


def _distinct(clusters: Iterable[Cluster]) -> list[Cluster]:
    return [*{tuple(part.key for part in cluster.parts): cluster for cluster in clusters}.values()]
