"""One step of identification: what is pending with all that belongs to it, and what has been decided about it.

A Step lives inside one transaction under the lock. It gathers decisions and writes them together at the end.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from hobnob import jsonlines
from hobnob.events import Event, Presence
from hobnob.observations import Observation
from indexer.catalogue.bodies import event_body, stamp
from indexer.catalogue.direct import Lookup, write_rows
from indexer.catalogue.ids import new_id
from indexer.catalogue.parts import NOT_SHARED, Key, PartRow, PartRows
from indexer.catalogue.reports import encode_fields
from indexer.catalogue.sharing import SHARED
from indexer.catalogue.tables import aliases, changes, contents, events, members, observations

__all__ = ["Decision", "Fields", "Group", "Key", "Member", "Step", "Stored", "open_step", "pending_groups"]

#: Beyond these, one hostile calendar would hold the lock, and memory, for long.
MOST_OVERRIDES = 2000
_MOST_ROWS = 5000
_FRESH_AT_ONCE = 500

Fields = Mapping[str, tuple[str | None, str | None]]
"""By field name, the value before and after, as short text."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An observation, its place in the catalogue, whether its source still shows it, and whether it waits to be judged
    (anew)."""

    id: int
    key: Key
    observation: Observation
    presence: Presence = Presence.PRESENT
    pending: bool = True


@dataclass(frozen=True, slots=True)
class Member:
    """The event an observation is attached to, and the id that was once made for it, if one was."""

    event_id: str
    minted: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """All that one source says under one UID: of the series first, then of its overrides by recurrence.

    What shares its UID with others without being one event with them (SHARED) is a group by itself: there may be any
    number of those.
    """

    source: str
    observations: tuple[Stored, ...]
    beyond: tuple[int, ...] = ()
    """Ids of rows that were left out, because the group is too large."""
    digest: bytes = b""
    """Of all that the observations say, and of whether their source still shows it."""


@dataclass(slots=True)
class Decision:
    """What becomes of some observations. `retired` are events that became part of another: the event and the other's
    id. `settled` are the rows of the observations that have been dealt with."""

    events: list[Event] = field(default_factory=list)
    changes: list[tuple[str, str, Fields]] = field(default_factory=list)
    members: dict[Key, Member] = field(default_factory=dict)
    retired: list[tuple[Event, str]] = field(default_factory=list)
    settled: tuple[int, ...] = ()
    problems: dict[int, str] = field(default_factory=dict)
    """Why an observation could not be made use of, by its row id."""


_Rows = list[dict[str, Any]]


@dataclass(slots=True)
class Step:
    """The pending `groups`, with all that is pending up to the row id `upto`; the `members` and `events` that all
    gathered groups were until now, and in `former` those events, by id, that have become aliases but were made for one
    of these observations."""

    groups: tuple[Group, ...]
    upto: int
    parts: PartRows
    _connection: Connection
    members: dict[Key, Member] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    former: dict[str, Event] = field(default_factory=dict)
    _fresh: list[str] = field(default_factory=list)
    _rows: dict[str, _Rows] = field(default_factory=dict)

    def fresh_id(self) -> str:
        """An id that no event and no alias has, or ever had."""
        while not self._fresh:
            some = [new_id() for _ in range(_FRESH_AT_ONCE)]
            used = (lookup.rows(self._connection, some) for lookup in (_EVENT_IDS, _ALIAS_IDS))
            self._fresh = [*set(some).difference(row[0] for rows in used for row in rows)]
        return self._fresh.pop()

    def gather(self, parts: Iterable[tuple[int, Key]]) -> tuple[Group, ...]:
        """The groups of more parts (row id and key), whether or not they are pending: what belongs together with those
        that are."""
        here = {_unit(stored.id, stored.key) for group in self.groups for stored in group.observations[:1]}
        groups = _groups(self._connection, _ordered({_unit(*part) for part in parts} - here), most=None)
        self.know(groups)
        return groups

    def know(self, groups: Sequence[Group]) -> None:
        """Reads what the observations of these groups were part of until now."""
        whole, alone = _by_kind(_unit_of(group) for group in groups)
        rows = (*_MEMBERS.rows(self._connection, whole), *_MEMBERS_OF_ROWS.rows(self._connection, alone))
        attached = {(group, recurrence): Member(event_id, minted) for group, recurrence, event_id, minted in rows}
        ids = {member.event_id for member in attached.values()}
        made = {member.minted for member in attached.values() if member.minted} - ids
        self.members |= attached
        self.events |= _by_id(_EVENTS.rows(self._connection, ids - self.events.keys()))
        self.former |= _by_id(_FORMER.rows(self._connection, made))

    def parts_before(self) -> list[PartRow]:
        """The parts that stand until now for what the pending groups say."""
        whole, alone = _by_kind(_unit_of(group) for group in self.groups)
        return [*self.parts.of_groups(whole), *self.parts.by_id(alone)]

    def apply(self, decision: Decision, at: dt.datetime) -> None:
        """Takes in a decision: wholly, or not at all if its text cannot be stored."""
        rows: dict[str, _Rows] = {}
        if decision.events:
            for event in decision.events:
                rows.setdefault("updated" if event.id in self.events else "new", []).append(_event_row(event))
            rows["revived"] = [{"name": event.id} for event in decision.events if event.id in self.former]
        if decision.retired:
            rows["retired"] = [{"old": old.id, "into": into, "last": event_body(old)} for old, into in decision.retired]
        if decision.changes:
            rows["changes"] = [
                {"event_id": event_id, "what": what, "at": stamp(at), "fields": encode_fields(fields)}
                for event_id, what, fields in decision.changes
            ]
        for key, member in decision.members.items():
            known = self.members.get(key)
            if known is None:
                rows.setdefault("joined", []).append(_member_row(key, member))
            elif known != member:
                rows.setdefault("moved", []).append(_member_row(key, member))
        if decision.settled:
            rows["settled"] = [{"row": row} for row in decision.settled]
        if decision.problems:
            rows["problems"] = [{"row": row, "problem": text[:500]} for row, text in decision.problems.items()]
        for name, some in rows.items():
            self._rows.setdefault(name, []).extend(some)

    def write(self) -> None:
        """Writes all decisions; changes are numbered in their order."""
        for name, statements in _STATEMENTS:
            rows = self._rows.get(name, ())
            for statement in statements:
                write_rows(self._connection, statement, rows)
        self.parts.write()


def _event_row(event: Event) -> dict[str, Any]:
    return {
        "name": event.id,
        "body": event_body(event),
        "presence": event.presence.value,
        "recurring": bool(event.rrule or event.rdate),
        "rules": event.rules,
        "created": 0 if event.created_at is None else stamp(event.created_at),
    }


def _member_row(key: Key, member: Member) -> dict[str, Any]:
    return {"key": key[0], "which": key[1], "event_id": member.event_id, "minted": member.minted}


_this_event = events.c.id == sa.bindparam("name")
_this_row = observations.c.id == sa.bindparam("row")
_this_member = (members.c.group_key == sa.bindparam("key")) & (members.c.recurrence == sa.bindparam("which"))

_old: sa.BindParameter[str] = sa.bindparam("old")
_into: sa.BindParameter[str] = sa.bindparam("into")

_STATEMENTS: tuple[tuple[str, tuple[sa.UpdateBase, ...]], ...] = (
    (
        "retired",
        (
            aliases.update().where(aliases.c.event_id == _old).values(event_id=_into),
            events.delete().where(events.c.id == _old),
            aliases.insert().values(alias=_old, event_id=_into, body=sa.bindparam("last")),
        ),
    ),
    ("revived", (aliases.delete().where(aliases.c.alias == sa.bindparam("name")),)),
    ("new", (events.insert().values(id=sa.bindparam("name"), created_at=sa.bindparam("created")),)),
    ("updated", (events.update().where(_this_event),)),
    ("changes", (changes.insert(),)),
    ("joined", (members.insert().values(group_key=sa.bindparam("key"), recurrence=sa.bindparam("which")),)),
    ("moved", (members.update().where(_this_member),)),
    ("settled", (observations.update().where(_this_row).values(pending=False, problem=None),)),
    ("problems", (observations.update().where(_this_row),)),
)


def open_step(connection: Connection, limit: int) -> Step:
    """The groups of the `limit` observations that have waited longest; none when nothing is pending."""
    upto, groups = pending_groups(connection, 0, limit)
    step = Step(groups, upto, PartRows(connection), connection)
    step.know(groups)
    return step


def pending_groups(connection: Connection, after: int, limit: int) -> tuple[int, tuple[Group, ...]]:
    """The groups of the first `limit` pending observations after a row id, and the row id up to which that is all."""
    seen = observations.c
    columns = sa.select(seen.id, seen.group_key, seen.recurrence)
    oldest = columns.where(seen.pending.is_(True), seen.id > after).order_by(seen.id)
    rows = [(row, _unit(row, (group, which))) for row, group, which in connection.execute(oldest.limit(limit))]
    groups = _groups(connection, list(dict.fromkeys(unit for _, unit in rows)))
    found = {_unit_of(group) for group in groups}
    upto = after
    for row, unit in rows:
        if unit not in found:
            break
        upto = row
    return upto, groups


_Unit = bytes | int
"""What is a group: all under one UID, by its key, or one row that shares its UID with others, by its id."""


def _unit(row: int, key: Key) -> _Unit:
    return row if key[1].startswith(SHARED) else key[0]


def _unit_of(group: Group) -> _Unit:
    return _unit(group.observations[0].id, group.observations[0].key)


def _ordered(units: Iterable[_Unit]) -> list[_Unit]:
    whole, alone = _by_kind(units)
    return [*sorted(whole), *sorted(alone)]


def _by_kind(units: Iterable[_Unit]) -> tuple[list[bytes], list[int]]:
    whole: list[bytes] = []
    alone: list[int] = []
    for unit in units:
        if isinstance(unit, int):
            alone.append(unit)
        else:
            whole.append(unit)
    return whole, alone


_EVENT_IDS = Lookup(sa.select(events.c.id), events.c.id)
_ALIAS_IDS = Lookup(sa.select(aliases.c.alias), aliases.c.alias)
_EVENTS = Lookup(sa.select(events.c.body), events.c.id)
_FORMER = Lookup(sa.select(aliases.c.body), aliases.c.alias)
_MEMBER = sa.select(members.c.group_key, members.c.recurrence, members.c.event_id, members.c.minted)
_MEMBERS = Lookup(_MEMBER.where(sa.text(f"substr(members.recurrence, 1, 1) <> '{SHARED}'")), members.c.group_key)
_MEMBERS_OF_ROWS = Lookup(
    _MEMBER.join(
        observations,
        (observations.c.group_key == members.c.group_key) & (observations.c.recurrence == members.c.recurrence),
    ),
    observations.c.id,
)
_SEEN = sa.select(
    *(observations.c.group_key, observations.c.recurrence, observations.c.id, observations.c.presence),
    observations.c.pending,
)
_SEEN_WHOLE = Lookup(_SEEN.where(sa.text(NOT_SHARED)), observations.c.group_key)
_SEEN_ALONE = Lookup(_SEEN, observations.c.id)
_BODIES = Lookup(sa.select(contents.c.observation_id, contents.c.body), contents.c.observation_id)

_SeenRow = tuple[bytes, str, int, str, bool]
"""Of an observation: its group, its recurrence, its row id, its presence, and whether it is pending."""


def _by_id(rows: Iterable[sa.Row[Any]]) -> dict[str, Event]:
    return {event.id: event for event in (jsonlines.decode_event(body) for (body,) in rows)}


def _groups(connection: Connection, units: Sequence[_Unit], most: int | None = _MOST_ROWS) -> tuple[Group, ...]:
    """The groups in the order of `units`; only the first ones when all together are more than `most` rows."""
    by_unit: dict[_Unit, list[_SeenRow]] = {}
    whole, alone = _by_kind(units)
    for row in _SEEN_WHOLE.rows(connection, whole):
        by_unit.setdefault(row[0], []).append(tuple(row))
    for row in _SEEN_ALONE.rows(connection, alone):
        by_unit[row[2]] = [tuple(row)]
    taken: list[tuple[list[_SeenRow], tuple[int, ...]]] = []
    size = 0
    for unit in units:
        some = by_unit[unit]
        if len(some) > 1:
            some.sort(key=itemgetter(1))
        size += min(len(some), MOST_OVERRIDES)
        if most is not None and taken and size > most:
            break
        taken.append((some[:MOST_OVERRIDES], tuple(row[2] for row in some[MOST_OVERRIDES:])))
    bodies: dict[int, str] = dict(_BODIES.rows(connection, [row[2] for some, _ in taken for row in some]))
    return tuple(_group(some, beyond, bodies) for some, beyond in taken)


def _group(rows: Sequence[_SeenRow], beyond: tuple[int, ...], bodies: Mapping[int, str]) -> Group:
    said = tuple(
        Stored(row, (group, recurrence), jsonlines.decode_observation(bodies[row]), Presence(presence), bool(pending))
        for group, recurrence, row, presence, pending in rows
    )
    digest = blake2b(digest_size=16)
    for _, recurrence, row, presence, _ in rows:
        digest.update(f"{row} {presence} {recurrence} {bodies[row]}\n".encode())
    return Group(said[0].observation.source, said, beyond, digest.digest())
