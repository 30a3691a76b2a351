"""What becomes of observations beside one another and beside what is stored: which are new, changed, older, repeated,
and which share a UID although they are several events."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from hobnob import jsonlines
from hobnob.events import Presence
from hobnob.observations import Observation
from indexer.catalogue.bodies import stamp
from indexer.catalogue.records import LoadCounts
from indexer.catalogue.renaming import rename
from indexer.catalogue.sharing import SHARED, Traits, apart, is_apart, traits
from indexer.catalogue.tables import contents, observations

__all__ = ["ObservedKey", "Row", "Settling"]

ObservedKey = tuple[bytes, str]
"""The keys of a group and of a recurrence."""

_LOOKED_UP_AT_ONCE = 1000
_STORED = sa.select(
    observations.c.group_key,
    observations.c.recurrence,
    observations.c.id,
    observations.c.hash,
    observations.c.sequence,
    observations.c.last_seen,
    observations.c.component,
    observations.c.missed,
    observations.c.presence,
).where(
    observations.c.group_key.in_(sa.bindparam("groups", expanding=True)),
    observations.c.recurrence.in_(sa.bindparam("which", expanding=True)),
)
_SHARED = (
    sa.select(observations.c.group_key)
    .distinct()
    .where(
        observations.c.group_key.in_(sa.bindparam("groups", expanding=True)),
        sa.func.substr(observations.c.recurrence, 1, 1) == SHARED,
    )
)


@dataclass(slots=True)
class Row:
    """An observation as it will be, and what is stored of it. `body` is set when its content has to be written, `said`
    when it was said just now."""

    source: str
    hash: bytes
    sequence: int
    seen: int
    component: str | None
    uid: str = ""
    said: Observation | None = None
    body: str | None = None
    id: int | None = None
    stored_hash: bytes = b""
    stored_seen: int = 0
    stored_component: str | None = None
    is_missed: bool = False

    def take_place_of(self, stored: "Row") -> None:
        """It will be what is stored as that."""
        self.id, self.stored_hash, self.stored_seen = stored.id, stored.stored_hash, stored.stored_seen
        self.stored_component, self.is_missed = stored.stored_component, stored.is_missed


@dataclass(slots=True)
class Settling:
    """`now` is the beginning of the crawl: what was seen since then was seen by this very crawl; so was what has the
    `unchanged` components, each a source and a key."""

    connection: Connection
    now: dt.datetime
    unchanged: Collection[tuple[str, str]]
    counts: LoadCounts
    _known: dict[ObservedKey, Row] = field(default_factory=dict)
    _rows: dict[ObservedKey, Row] = field(default_factory=dict)
    _shared: set[bytes] = field(default_factory=set)
    _renamed: list[tuple[ObservedKey, ObservedKey]] = field(default_factory=list)

    def settled(self, said: Sequence[tuple[ObservedKey, Row]]) -> Mapping[ObservedKey, Row]:
        """The rows that `said` leaves, by key, as if each record had been loaded by itself.

        What was fetched later counts. Where one fetch says two things under one key, the higher SEQUENCE counts
        (RFC 5545, 3.8.7.4); several events are kept apart, and of versions of one the first counts.
        """
        self._look_up(said)
        for key, row in said:
            self._settle(key if key[1] else self._told_apart(key, row), row)
        rename(self.connection, self._renamed)
        return self._rows

    def _settle(self, key: ObservedKey, row: Row) -> None:
        mine = self.counts.of(row.source)
        before = self._rows.get(key) or self._known.get(key)
        if before is None:
            self._rows[key] = row
        elif row.hash == before.hash:
            mine.unchanged += key in self._rows
            before.seen = max(before.seen, row.seen)
            before.source = row.source
            before.component = row.component or before.component
            self._rows[key] = before
        else:
            reason = "the same UID twice in one fetch" if row.seen == before.seen else "older than what is known"
            wins = (row.seen, row.sequence) > (before.seen, before.sequence)
            if key in self._rows or not wins:
                mine.skip(reason)
            if wins:
                row.take_place_of(before)
                self._rows[key] = row

    # UIDs that several events share

    def _told_apart(self, key: ObservedKey, row: Row) -> ObservedKey:
        """The key of a row that is no override: its own, when the UID is shared by several events."""
        before = self._rows.get(key) or self._known.get(key)
        if key[0] in self._shared:
            return self._among(key, row, before)
        if before is None or before.hash == row.hash or not self._is_beside(before, row):
            return key
        return self._divided(key, row, before)

    def _among(self, key: ObservedKey, row: Row, before: Row | None) -> ObservedKey:
        """The key in a group that is known to be shared; one series of it may keep that of the group."""
        mine = _traits(row)
        own = key[0], apart(mine)
        if before is None or not mine[3] or own in self._rows or own in self._known:
            return own
        if before.hash == row.hash or not self._is_beside(before, row):
            return key
        return self._divided(key, row, before)

    def _divided(self, key: ObservedKey, row: Row, before: Row) -> ObservedKey:
        """The key of `row`, which was said beside `before` under one UID; that of the other is changed where needed.

        Of a series and an event that happens once, the series keeps it: it may have overrides. Who is what was stored
        stays that, whoever of them was said first.
        """
        mine, other = _traits(row), self._traits_of(before)
        if other is None or not is_apart(mine, other):
            return key
        self._shared.add(key[0])
        own = key[0], apart(mine)
        if other[3] and not mine[3]:
            return own
        key_of_mine = key if mine[3] and not other[3] else own
        if before.id is not None and before.hash != before.stored_hash and self._stored_traits(before) == mine:
            row.take_place_of(before)
            before.id = None
        self._rekey(key, (key[0], apart(other)), before)
        if row.id is not None and key_of_mine != key:
            self._renamed.append((key, key_of_mine))
        return key_of_mine

    def _rekey(self, old: ObservedKey, new: ObservedKey, row: Row) -> None:
        if row.id is not None:
            self._renamed.append((old, new))
        for place in (self._rows, self._known):
            if old in place:
                place[new] = place.pop(old)

    def _is_beside(self, before: Row, row: Row) -> bool:
        """Whether one crawl says both, and neither claims to be the newer version."""
        if before.sequence != row.sequence:
            return False
        if row.seen == before.seen or (row.source, before.component) in self.unchanged:
            return True
        began = stamp(self.now.replace(microsecond=0))
        return before.seen >= began and row.seen >= began

    def _traits_of(self, row: Row) -> Traits | None:
        return self._stored_traits(row) if row.said is None else traits(row.said)

    def _stored_traits(self, row: Row) -> Traits | None:
        query = sa.select(contents.c.body).where(contents.c.observation_id == row.id)
        body = self.connection.scalar(query)
        return None if body is None else traits(jsonlines.decode_observation(body))

    # What is stored

    def _look_up(self, said: Sequence[tuple[ObservedKey, Row]]) -> None:
        """Reads what is stored under the keys (and, harmlessly, under other pairs of their groups and recurrences)."""
        for groups in _portions({key[0] for key, _ in said}):
            self._shared.update(self.connection.scalars(_SHARED, {"groups": groups}))
        keys = {key for key, _ in said}
        keys |= {(key[0], apart(_traits(row))) for key, row in said if key[0] in self._shared and not key[1]}
        for some in _portions(keys):
            wanted = {"groups": [*{key[0] for key in some}], "which": [*{key[1] for key in some}]}
            for found in self.connection.execute(_STORED, wanted):
                self._known[found.group_key, found.recurrence] = _stored(found)


def _traits(row: Row) -> Traits:
    assert row.said is not None
    return traits(row.said)


def _stored(found: Any) -> Row:
    return Row(
        source="",
        hash=found.hash,
        sequence=found.sequence,
        seen=found.last_seen,
        component=found.component,
        id=found.id,
        stored_hash=found.hash,
        stored_seen=found.last_seen,
        stored_component=found.component,
        is_missed=found.missed != 0 or found.presence != Presence.PRESENT.value,
    )


def _portions(values: Iterable[Any]) -> Iterable[list[Any]]:
    ordered = sorted(values)
    for first in range(0, len(ordered), _LOOKED_UP_AT_ONCE):
        yield ordered[first : first + _LOOKED_UP_AT_ONCE]
