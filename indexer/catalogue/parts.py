"""Parts: what one source says of one event, as it is kept to be compared with what others say.

A part is found by its blocks, keys that parts of the same event are likely to share. The catalogue knows neither what
the traits of a part are nor how its blocks are made: `indexer.identity` does.
"""

import struct
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from hobnob import jsonlines
from indexer.catalogue.tables import blocks, decided, decisions, doubts, members, observations, parts

__all__ = ["Doubt", "Key", "PartRow", "PartRows", "drop_parts"]

_AT_ONCE = 5000
Key = tuple[bytes, str]
"""What names an observation for good: the key of its group, and that of its recurrence."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part: the row id and the key of the observation that it stands for, and the event that it is part of."""

    id: int
    key: Key
    event_id: str
    traits: str
    blocks: tuple[int, ...]
    rules: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two parts, by row id, that may speak of one event: how likely it is, and what speaks for and against it."""

    one: int
    other: int
    score: float
    reasons: tuple[str, ...]


@dataclass(slots=True)
class PartRows:
    """Reads parts at once, and writes what becomes of them when asked to."""

    _connection: Connection
    _put: dict[int, PartRow] = field(default_factory=dict)
    _old_blocks: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _dropped: set[int] = field(default_factory=set)
    _doubts: dict[tuple[int, int], Doubt] = field(default_factory=dict)
    _settled: set[int] = field(default_factory=set)

    # Reading

    def of_groups(self, groups: Collection[bytes]) -> list[PartRow]:
        """The parts that stand for observations of these groups."""
        return self._rows(observations.c.group_key, groups)

    def of_events(self, event_ids: Collection[str]) -> list[PartRow]:
        """All parts of these events."""
        return self._rows(members.c.event_id, event_ids)

    def by_id(self, ids: Collection[int]) -> list[PartRow]:
        return self._rows(parts.c.id, ids)

    def by_key(self, keys: Collection[Key]) -> list[PartRow]:
        wanted = set(keys)
        return [row for row in self.of_groups({group for group, _ in keys}) if row.key in wanted]

    def under(self, keys: Collection[int]) -> dict[int, list[int]]:
        """The ids of the parts that are kept under each of these blocks, in order."""
        found: dict[int, list[int]] = {}
        for some in _portions(sorted(keys)):
            for key, part in self._connection.execute(_UNDER, {"keys": some}):
                found.setdefault(key, []).append(part)
        return found

    def decided(self, groups: Collection[bytes]) -> list[tuple[str, Key, Key | None]]:
        """What people decided about observations of these groups and has not been undone, oldest first."""
        rows: dict[int, sa.Row[Any]] = {}
        for column in (decided.c.group_key, decided.c.other_group):
            for some in _portions(groups):
                rows |= {row.id: row for row in self._connection.execute(_DECIDED.where(column.in_(some)))}
        return [
            (
                row.what,
                (row.group_key, row.recurrence),
                None if row.other_group is None else (row.other_group, row.other_recurrence or ""),
            )
            for _, row in sorted(rows.items())
        ]

    def _rows(self, column: sa.ColumnElement[Any], values: Collection[Any]) -> list[PartRow]:
        return [
            PartRow(row.id, (row.group_key, row.recurrence), row.event_id, row.traits, _unpacked(row.blocks), row.rules)
            for some in _portions(values)
            for row in self._connection.execute(_PART.where(column.in_(some)))
        ]

    # Writing

    def put(self, part: PartRow, before: PartRow | None) -> None:
        """Keeps a part, in place of what it was `before`."""
        self._put[part.id] = part
        if before is not None:
            self._old_blocks[part.id] = before.blocks

    def drop(self, part: PartRow) -> None:
        """Forgets a part that nothing stands for any more."""
        self._dropped.add(part.id)
        self._old_blocks[part.id] = part.blocks

    def doubt(self, settled: Iterable[int], doubts: Iterable[Doubt]) -> None:
        """Replaces all doubts about the parts `settled`."""
        self._settled.update(settled)
        self._doubts |= {(doubt.one, doubt.other): doubt for doubt in doubts}

    def write(self) -> None:
        gone = {(key, part) for part, keys in self._old_blocks.items() for key in keys}
        come = {(key, part.id) for part in self._put.values() for key in part.blocks}
        self._execute(_OUT_OF_BLOCK, [{"of_key": key, "of_part": part} for key, part in sorted(gone - come)])
        self._execute(
            _FORGET, [{"of": part} for part in (*self._dropped, *(self._put.keys() & self._old_blocks.keys()))]
        )
        self._execute(parts.insert(), [_values(part) for part in self._put.values()])
        self._execute(blocks.insert(), [{"key": key, "part": part} for key, part in sorted(come - gone)])
        self._execute(_NO_DOUBT, [{"of": part} for part in self._settled | self._dropped])
        some = [doubt for doubt in self._doubts.values() if not {doubt.one, doubt.other} & self._dropped]
        self._execute(doubts.insert(), [_doubt_values(doubt) for doubt in some])

    def _execute(self, statement: sa.Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self._connection.execute(statement, rows)


_PART = (
    sa.select(parts, observations.c.group_key, observations.c.recurrence, members.c.event_id)
    .join(observations, observations.c.id == parts.c.id)
    .join(
        members, (members.c.group_key == observations.c.group_key) & (members.c.recurrence == observations.c.recurrence)
    )
)
_UNDER = (
    sa.select(blocks.c.key, blocks.c.part)
    .where(blocks.c.key.in_(sa.bindparam("keys", expanding=True)))
    .order_by(blocks.c.key, blocks.c.part)
)
_DECIDED = sa.select(decided, decisions.c.what).join(
    decisions, (decisions.c.number == decided.c.number) & decisions.c.undone_at.is_(None)
)
_OUT_OF_BLOCK = blocks.delete().where(blocks.c.key == sa.bindparam("of_key"), blocks.c.part == sa.bindparam("of_part"))
_FORGET = parts.delete().where(parts.c.id == sa.bindparam("of"))
_NO_DOUBT = doubts.delete().where((doubts.c.one == sa.bindparam("of")) | (doubts.c.other == sa.bindparam("of")))


def drop_parts(connection: Connection, ids: Sequence[int]) -> None:
    """Forgets the parts that stand for the observations with these row ids, and all doubts about them."""
    rows = connection.execute(sa.select(parts.c.id, parts.c.blocks).where(parts.c.id.in_(ids))).all()
    if held := [{"of_key": key, "of_part": row.id} for row in rows for key in _unpacked(row.blocks)]:
        connection.execute(_OUT_OF_BLOCK, held)
    connection.execute(parts.delete().where(parts.c.id.in_(ids)))
    connection.execute(doubts.delete().where(doubts.c.one.in_(ids) | doubts.c.other.in_(ids)))


def _values(part: PartRow) -> dict[str, Any]:
    packed = struct.pack(f"<{len(part.blocks)}q", *part.blocks)
    return {"id": part.id, "traits": part.traits, "blocks": packed, "rules": part.rules}


def _unpacked(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(packed) // 8}q", packed)


def _doubt_values(doubt: Doubt) -> dict[str, Any]:
    reasons = jsonlines.encode(doubt.reasons).decode()
    return {"one": doubt.one, "other": doubt.other, "score": doubt.score, "reasons": reasons}


def _portions(values: Iterable[Any]) -> Iterable[list[Any]]:
    remaining = iter(values)
    while some := list(islice(remaining, _AT_ONCE)):
        yield some
