"""Whom a part is compared with: those kept under the blocks where it looks, as this step leaves them."""

from collections.abc import Iterable, Sequence
from heapq import nsmallest

from indexer.catalogue import DAYS_BITS, PartRow, Step, mark
from indexer.identity.blocking import sought
from indexer.identity.clustering import Part
from indexer.identity.days import may_meet
from indexer.identity.noting import Noted, decode_traits

__all__ = ["FULL_BLOCK", "MOST_NEAR", "Near"]

#: So many parts are kept under one block, and no more: what as many share says little. Beyond it, the order of arrival
#: may matter.
FULL_BLOCK = 120
#: A part is compared with so many others, and no more: those that share the rarest blocks with it, and the most.
#: Where a million events lie on 560 days in 62 cities (bench.linking) that finds 390 of 391 that are the same.
MOST_NEAR = 20
#: That two share one block, of more parts than this, says nothing.
CROWD = 16

_DAYS = (1 << DAYS_BITS) - 1
_NOBODY: list[int] = []


class Near:
    """The parts under blocks, as they are kept and as one step changes them: each is there as its `mark`. `known` are
    all that have been read, by row id."""

    def __init__(self, step: Step) -> None:
        self._step = step
        self.known: dict[int, Part] = {}
        self.gone: set[int] = set()
        self._gone_marks: set[int] = set()
        self._here: dict[int, list[int]] = {}
        self._under: dict[int, list[int]] = {}
        self._taken: dict[int, int] = {}
        self._sought: dict[int, set[int]] = {}

    def look_under(self, keys: Iterable[int]) -> None:
        """Reads which parts are kept under blocks, unless that is known."""
        unknown = {*keys} - self._under.keys()
        self._under |= dict.fromkeys(unknown, _NOBODY) | self._step.parts.under(unknown)

    def under(self, key: int) -> list[int]:
        """The row ids of who is under a block, which has been read, as this step leaves it."""
        return [one >> DAYS_BITS for one in self._marks(key)]

    def _marks(self, key: int) -> list[int]:
        found, here = self._under.get(key, _NOBODY), self._here.get(key)
        if found and self._gone_marks and not self._gone_marks.isdisjoint(found):
            found = [one for one in found if one not in self._gone_marks]
        return [*found, *here] if here else found

    def forget(self, row: PartRow) -> None:
        """What a part was until now is found no more."""
        self.gone.add(row.id)
        self._gone_marks.add(mark(row.id, row.days))

    def put(self, part_id: int, noted: Noted, row: PartRow | None) -> list[int]:
        """Puts a part that is new or not as it was (`row`) under those of its blocks that are not full, or that it is
        under already; returns these."""
        held = row.blocks if row is not None else ()
        found: list[int] = []
        own = mark(part_id, noted.days)
        for key in noted.blocks:
            taken = self._taken.get(key)
            if taken is None:
                taken = len(self._under.get(key, ()))
            if key in held or taken < FULL_BLOCK:
                found.append(key)
                self._taken[key] = taken + (key not in held)
                self._here.setdefault(key, []).append(own)
        self._sought[part_id] = {*noted.blocks, *noted.sought}
        return found

    def remember(self, row: PartRow) -> Part:
        part = self.known.get(row.id)
        if part is None:
            part = self.known[row.id] = part_of(row)
        return part

    def of(self, some: Sequence[Part], *, as_kept: bool = False) -> dict[int, list[Part]]:
        """For each part, as this step leaves it or `as_kept` until now, the others that it is compared with: by row
        id, in their order."""
        noted = {} if as_kept else self._sought
        wanted = {part.id: noted.get(part.id) or _sought(part) for part in some}
        self.look_under(key for keys in wanted.values() for key in keys)
        under = {key: self._marks(key) for key in {key for keys in wanted.values() for key in keys}}
        near: dict[int, list[int]] = {}
        for part in some:
            keys = wanted[part.id]
            found = _nearest(part, [ids for key in keys if (ids := under[key])])
            siblings = [one >> DAYS_BITS for key in keys if key & 1 for one in under[key]]
            near[part.id] = sorted({*found, *siblings} - {part.id})
        unknown = {one for found in near.values() for one in found} - self.known.keys()
        for row in self._step.parts.by_id(unknown):
            self.remember(row)
        return {part_id: [self.known[one] for one in found if one in self.known] for part_id, found in near.items()}


def _nearest(part: Part, blocks: Iterable[Sequence[int]]) -> list[int]:
    """Who shares so much with a part that they may be the same: the rarer a block is, the more it says."""
    weights: dict[int, float] = {}
    for some in blocks:
        weight = max(1 / len(some), 0.5 / CROWD)
        for one in some:
            weights[one] = weights.get(one, 0.0) + weight
    own = part.row.days
    weights.pop(mark(part.id, own), None)
    near = [one for one, weight in weights.items() if weight >= 1 / CROWD and may_meet(own, one & _DAYS)]
    if len(near) > MOST_NEAR:
        near = nsmallest(MOST_NEAR, near, key=lambda one: (-weights[one], one))
    return [one >> DAYS_BITS for one in near]


def part_of(row: PartRow) -> Part:
    return Part(row.id, row.key, row.event_id, decode_traits(row.traits), row)


def _sought(part: Part) -> set[int]:
    """Where those are that may be the same: under its own blocks, and those of the days around it."""
    return {key & ~1 for key in sought(part.traits)}.union(part.row.blocks)
