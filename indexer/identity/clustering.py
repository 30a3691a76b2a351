"""Groups of parts that speak of one event, from what is known of their pairs; the same whatever their order.

Pairs that are the same are joined, the surest first, unless a pair across the two groups contradicts: two editions, two
cities of a brand, two parts of a series stay apart though a third one resembles both. What people decided goes first.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import msgspec

from indexer.catalogue import Key, PartRow
from indexer.identity.comparing import Comparison, Verdict
from indexer.identity.traits import Traits

__all__ = ["MOST_PARTS", "Cluster", "Edge", "Part", "clustered"]

#: No event is made of more, but by hand: every new part of it would be compared with all that it has.
MOST_PARTS = 200


class Part(msgspec.Struct, frozen=True, eq=False, gc=False):
    """What one source says of one event: the row id and key of the observation that it stands for, the event that it
    is part of until now ("" for none), its traits, and how it is kept."""

    id: int
    key: Key
    event_id: str
    traits: Traits
    row: PartRow


class Edge(NamedTuple):
    """Two parts that are the same event, and how sure that is."""

    one: Part
    other: Part
    score: float


@dataclass(slots=True)
class Cluster:
    """Parts of one event; `runs` are those among them, by key, that are times of one series.

    `is_changed`: until now they were not, or not all of, one event.
    """

    parts: list[Part]
    runs: tuple[frozenset[Key], ...] = ()
    is_changed: bool = False


def clustered(
    parts: Collection[Part],
    edges: Sequence[Edge],
    relate: Callable[[Part, Part], Comparison],
    *,
    runs: Sequence[frozenset[Key]] = (),
    together: Collection[tuple[Key, Key]] = (),
    apart: Collection[frozenset[Key]] = (),
) -> list[Cluster]:
    """The clusters of a component. `runs` are sets of parts that are times of one series; `together` and `apart` are
    pairs that people decided about, the latter stronger than anything but the former."""
    return _Clustering(parts, relate, runs, apart).run(edges, together)


class _Clustering:
    def __init__(
        self,
        parts: Collection[Part],
        relate: Callable[[Part, Part], Comparison],
        runs: Sequence[frozenset[Key]],
        apart: Collection[frozenset[Key]],
    ) -> None:
        self.relate = relate
        self.apart = apart
        self.runs = runs
        self.run_of = {key: number for number, run in enumerate(runs) for key in run}
        self.by_key = {part.key: part for part in sorted(parts, key=lambda part: part.key)}
        self.cluster_of = {key: [part] for key, part in self.by_key.items()}

    def run(self, edges: Sequence[Edge], together: Collection[tuple[Key, Key]]) -> list[Cluster]:
        for one, other in sorted(together):
            if one in self.by_key and other in self.by_key:
                self._join(one, other)
        for run in self.runs:
            first, *others = sorted(key for key in run if key in self.by_key)
            for key in others:
                if not self._decided_apart(self.cluster_of[first], self.cluster_of[key]):
                    self._join(first, key)
        for edge in sorted(edges, key=lambda edge: (-edge.score, *sorted((edge.one.key, edge.other.key)))):
            mine, theirs = self.cluster_of[edge.one.key], self.cluster_of[edge.other.key]
            if mine is theirs or len(mine) + len(theirs) > MOST_PARTS:
                continue
            if not self._contradict(mine, theirs):
                self._join(edge.one.key, edge.other.key)
        found = {id(some): some for some in self.cluster_of.values()}
        return [self._cluster(some) for some in found.values()]

    def _cluster(self, some: list[Part]) -> Cluster:
        keys = {part.key for part in some}
        runs = (run & keys for run in self.runs)
        return Cluster(sorted(some, key=lambda part: part.key), tuple(run for run in runs if len(run) > 1))

    def _join(self, one: Key, other: Key) -> None:
        mine, theirs = self.cluster_of[one], self.cluster_of[other]
        if mine is theirs:
            return
        mine.extend(theirs)
        for part in theirs:
            self.cluster_of[part.key] = mine

    def _decided_apart(self, some: Sequence[Part], others: Sequence[Part]) -> bool:
        return bool(self.apart) and any(
            frozenset((one.key, other.key)) in self.apart for one, other in product(some, others)
        )

    def _contradict(self, some: Sequence[Part], others: Sequence[Part]) -> bool:
        if self._decided_apart(some, others):
            return True
        series = [part for part in (*some, *others) if part.traits.recurs]
        return any(
            self.relate(one, other).contradicts and not self._other_day(one, other, series)
            for one, other in product(some, others)
        )

    def _other_day(self, one: Part, other: Part, series: Sequence[Part]) -> bool:
        """Whether they are two times of one series: each stands for its day alone, and does not contradict."""
        if one.traits.start_day == other.traits.start_day:
            return False
        if one.key in self.run_of or other.key in self.run_of:
            return True
        return any(self._is_time_of(one, whole) and self._is_time_of(other, whole) for whole in series)

    def _is_time_of(self, part: Part, series: Part) -> bool:
        return part is not series and self.relate(part, series).verdict is Verdict.SAME
