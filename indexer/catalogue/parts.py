"""Parts: what one source says of one event, as it is kept to be compared with what others say.

A part is found by its blocks, keys that parts of the same event are likely to share. The catalogue knows neither what
the traits of a part are nor how its blocks are made: `indexer.identity` does.
"""

import struct
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from hobnob import jsonlines
from indexer.catalogue.direct import Lookup, gathered, write_rows
from indexer.catalogue.sharing import SHARED
from indexer.catalogue.tables import blocks, decided, decisions, doubts, members, observations, parts

__all__ = ["DAYS_BITS", "NOT_SHARED", "Doubt", "Key", "PartRow", "PartRows", "drop_parts", "mark"]

Key = tuple[bytes, str]
"""What names an observation for good: the key of its group, and that of its recurrence."""


class PartRow(msgspec.Struct, frozen=True, gc=False):
    """A part: the row id and the key of the observation that it stands for, the event that it is part of, its blocks,
    packed, and when it is."""

    id: int
    key: Key
    event_id: str
    traits: str
    packed: bytes
    days: int
    rules: int

    @staticmethod
    def pack(blocks: Sequence[int]) -> bytes:
        return struct.pack(f"<{len(blocks)}q", *blocks)

    @property
    def blocks(self) -> tuple[int, ...]:
        return _unpacked(self.packed)


DAYS_BITS = 32
"""The lowest bits of a mark are the days of a part, the others its row id: room for two thousand million."""


def mark(part_id: int, days: int) -> int:
    return part_id << DAYS_BITS | days


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two parts, by row id, that may speak of one event: how likely it is, and what speaks for and against it."""

    one: int
    other: int
    score: float
    reasons: tuple[str, ...]


@dataclass
class PartRows:
    """Reads parts at once, and writes what becomes of them when asked to."""

    _connection: Connection
    _put: dict[int, PartRow] = field(default_factory=dict)
    _old: dict[int, PartRow] = field(default_factory=dict)
    _dropped: set[int] = field(default_factory=set)
    _doubts: dict[tuple[int, int], Doubt] = field(default_factory=dict)
    _settled: set[int] = field(default_factory=set)

    # Reading

    def of_groups(self, groups: Collection[bytes]) -> list[PartRow]:
        """The parts that stand for observations of these groups, but for what shares its UID with others."""
        return self._rows(_OF_GROUPS, groups)

    def of_events(self, event_ids: Collection[str]) -> list[PartRow]:
        """All parts of these events."""
        return self._rows(_OF_EVENTS, event_ids)

    def by_id(self, ids: Collection[int]) -> list[PartRow]:
        return self._rows(_BY_ID, sorted(ids))

    def by_key(self, keys: Collection[Key]) -> list[PartRow]:
        wanted = sorted(keys)
        found: list[PartRow] = []
        for first in range(0, len(wanted), _AT_ONCE):
            some = _KEY.in_(wanted[first : first + _AT_ONCE])
            found += map(_part_row, self._connection.execute(_PART.where(some)))
        return found

    def under(self, keys: Collection[int]) -> dict[int, list[int]]:
        """The parts that are kept under each of these blocks: the row id and the days of each, in one `mark`."""
        rows = _UNDER.rows(self._connection, sorted(keys))
        return {key: [*map(int, some.split(","))] for key, some in rows}

    def decided(self, groups: Collection[bytes]) -> list[tuple[str, Key, Key | None]]:
        """What people decided about observations of these groups and has not been undone, oldest first: each by the key
        of the part that stands for it, as this step leaves them."""
        if not self._is_anything_decided:
            return []
        rows = {row.id: row for lookup in _DECIDED for row in lookup.rows(self._connection, groups)}
        found = [
            (
                row.what,
                (row.group_key, row.recurrence),
                None if row.other_group is None else (row.other_group, row.other_recurrence or ""),
            )
            for _, row in sorted(rows.items())
        ]
        keys = {key for _, one, other in found for key in (one, other) if key is not None}
        stands = self._stand_for(keys)
        return [(what, stands.get(one, one), other and stands.get(other, other)) for what, one, other in found]

    def _stand_for(self, keys: Iterable[Key]) -> dict[Key, Key]:
        """For what is compared only as a part of its series, as an override is, the key of the series."""
        overrides = {key for key in keys if key[1] and not key[1].startswith(SHARED)}
        if not overrides:
            return {}
        kept = (row for row in self.of_groups({group for group, _ in overrides}) if row.id not in self._dropped)
        standing = {row.key for row in (*kept, *self._put.values())}
        return {key: (key[0], "") for key in overrides if key not in standing and (key[0], "") in standing}

    @cached_property
    def _is_anything_decided(self) -> bool:
        return self._connection.scalar(sa.select(decided.c.id).limit(1)) is not None

    def _rows(self, lookup: Lookup, values: Collection[Any]) -> list[PartRow]:
        return [_part_row(row) for row in lookup.rows(self._connection, values)]

    # Writing

    def put(self, part: PartRow, before: PartRow | None) -> None:
        """Keeps a part, in place of what it was `before`."""
        self._put[part.id] = part
        if before is not None:
            self._old[part.id] = before

    def drop(self, part: PartRow) -> None:
        """Forgets a part that nothing stands for any more."""
        self._dropped.add(part.id)
        self._old[part.id] = part

    def doubt(self, settled: Iterable[int], doubts: Iterable[Doubt]) -> None:
        """Replaces all doubts about the parts `settled`."""
        self._settled.update(settled)
        self._doubts |= {(doubt.one, doubt.other): doubt for doubt in doubts}

    def write(self) -> None:
        gone = {(key, part.id, part.days) for part in self._old.values() for key in part.blocks}
        come = [(key, part.id, part.days) for part in self._put.values() for key in part.blocks]
        kept = gone.intersection(come)
        again = self._put.keys() & self._old.keys()
        known = (self._settled - self._put.keys()) | again | self._dropped
        self._execute(_OUT_OF_BLOCK, [{"of_key": key, "of_part": part} for key, part, _ in sorted(gone - kept)])
        self._execute(_FORGET, [{"of": part} for part in (*self._dropped, *again)])
        self._execute(_PUT, [_values(part) for part in self._put.values()])
        into = sorted(one for one in come if one not in kept) if kept else sorted(come)
        self._execute(_INTO_BLOCK, [{"key": key, "part": part, "days": days} for key, part, days in into])
        self._execute(_NO_DOUBT, [{"of": part} for part in sorted(known)])
        some = [doubt for doubt in self._doubts.values() if not {doubt.one, doubt.other} & self._dropped]
        self._execute(_DOUBT, [_doubt_values(doubt) for doubt in some])

    def _execute(self, statement: sa.UpdateBase, rows: Sequence[dict[str, Any]]) -> None:
        write_rows(self._connection, statement, rows)


_PART = (
    sa.select(
        *(parts.c.id, parts.c.traits, parts.c.blocks, parts.c.days, parts.c.rules),
        *(observations.c.group_key, observations.c.recurrence, members.c.event_id),
    )
    .join(observations, observations.c.id == parts.c.id)
    .join(
        members, (members.c.group_key == observations.c.group_key) & (members.c.recurrence == observations.c.recurrence)
    )
)


def _part_row(row: Any) -> PartRow:
    part, traits, keys, days, rules, group, recurrence, event_id = row
    return PartRow(part, (group, recurrence), event_id, traits, keys, days, rules)


#: In SQL: what belongs together with all else that its source says under its UID.
NOT_SHARED = f"substr(observations.recurrence, 1, 1) <> '{SHARED}'"
_AT_ONCE = 200
_KEY = sa.tuple_(observations.c.group_key, observations.c.recurrence)
_OF_GROUPS = Lookup(_PART.where(sa.text(NOT_SHARED)), observations.c.group_key)
_OF_EVENTS = Lookup(_PART, members.c.event_id)
_BY_ID = Lookup(_PART, parts.c.id)
#: A row for each block: the database gathers numbers far faster than they are fetched one by one.
_UNDER = Lookup(
    sa.select(blocks.c.key, gathered(blocks.c.part * sa.text(str(1 << DAYS_BITS)) + blocks.c.days)).group_by(
        blocks.c.key
    ),
    blocks.c.key,
)
_IN_FORCE = sa.select(decided, decisions.c.what).join(
    decisions, (decisions.c.number == decided.c.number) & decisions.c.undone_at.is_(None)
)
_DECIDED = (Lookup(_IN_FORCE, decided.c.group_key), Lookup(_IN_FORCE, decided.c.other_group))
_OUT_OF_BLOCK = blocks.delete().where(blocks.c.key == sa.bindparam("of_key"), blocks.c.part == sa.bindparam("of_part"))
_INTO_BLOCK = blocks.insert()
_FORGET = parts.delete().where(parts.c.id == sa.bindparam("of"))
_PUT = parts.insert()
_DOUBT = doubts.insert()
_NO_DOUBT = doubts.delete().where((doubts.c.one == sa.bindparam("of")) | (doubts.c.other == sa.bindparam("of")))


def drop_parts(connection: Connection, ids: Sequence[int]) -> None:
    """Forgets the parts that stand for the observations with these row ids, and all doubts about them."""
    rows = connection.execute(sa.select(parts.c.id, parts.c.blocks).where(parts.c.id.in_(ids))).all()
    if held := [{"of_key": key, "of_part": row.id} for row in rows for key in _unpacked(row.blocks)]:
        connection.execute(_OUT_OF_BLOCK, held)
    connection.execute(parts.delete().where(parts.c.id.in_(ids)))
    connection.execute(doubts.delete().where(doubts.c.one.in_(ids) | doubts.c.other.in_(ids)))


def _values(part: PartRow) -> dict[str, Any]:
    return {"id": part.id, "traits": part.traits, "blocks": part.packed, "days": part.days, "rules": part.rules}


def _unpacked(keys: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(keys) // 8}q", keys)


def _doubt_values(doubt: Doubt) -> dict[str, Any]:
    reasons = jsonlines.encode(doubt.reasons).decode()
    return {"one": doubt.one, "other": doubt.other, "score": doubt.score, "reasons": reasons}
