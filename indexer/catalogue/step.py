"""One step of identification: what is pending with all that belongs to it, and what has been decided about it.

A Step lives inside one transaction under the lock. It gathers decisions and writes them together at the end.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from hobnob import jsonlines
from hobnob.events import Event, Presence
from hobnob.observations import Observation
from indexer.catalogue.bodies import event_body, stamp
from indexer.catalogue.ids import new_id
from indexer.catalogue.parts import Key, PartRows
from indexer.catalogue.reports import encode_fields
from indexer.catalogue.tables import aliases, changes, contents, events, members, observations

__all__ = ["Decision", "Fields", "Group", "Key", "Member", "Step", "Stored", "open_step"]

#: Beyond these, one hostile calendar would hold the lock, and memory, for long.
MOST_OVERRIDES = 2000
_MOST_ROWS = 5000
_LOOKED_UP_AT_ONCE = 500

Fields = Mapping[str, tuple[str | None, str | None]]
"""By field name, the value before and after, as short text."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An observation, its place in the catalogue, and whether its source still shows it."""

    id: int
    key: Key
    observation: Observation
    presence: Presence = Presence.PRESENT


@dataclass(frozen=True, slots=True)
class Member:
    """The event an observation is attached to, and the id that was once made for it, if one was."""

    event_id: str
    minted: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """All that one source says under one UID: of the series first, then of its overrides by recurrence."""

    source: str
    observations: tuple[Stored, ...]
    beyond: tuple[int, ...] = ()
    """Ids of rows that were left out, because the group is too large."""


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
    """The pending `groups`, the `members` and `events` that all gathered groups were until now, and in `former` those
    events, by id, that have become aliases but were made for one of these observations."""

    groups: tuple[Group, ...]
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
            some = [new_id() for _ in range(_LOOKED_UP_AT_ONCE)]
            used = sa.union_all(
                sa.select(events.c.id).where(events.c.id.in_(some)),
                sa.select(aliases.c.alias).where(aliases.c.alias.in_(some)),
            )
            self._fresh = [*set(some).difference(self._connection.scalars(used))]
        return self._fresh.pop()

    def gather(self, keys: Sequence[bytes]) -> tuple[Group, ...]:
        """More groups, whether or not they are pending: what belongs together with those that are."""
        groups = _groups(self._connection, keys, most=None)
        self.know([_key(group) for group in groups])
        return groups

    def know(self, keys: Sequence[bytes]) -> None:
        """Reads what the observations of these groups were part of until now."""
        attached = {
            (row.group_key, row.recurrence): Member(row.event_id, row.minted)
            for row in _looked_up(self._connection, sa.select(members), members.c.group_key, keys)
        }
        ids = {member.event_id for member in attached.values()}
        made = {member.minted for member in attached.values() if member.minted} - ids
        bodies = sa.select(events.c.body)
        self.members |= attached
        self.events |= _by_id(_looked_up(self._connection, bodies, events.c.id, [*ids - self.events.keys()]))
        self.former |= _by_id(_looked_up(self._connection, sa.select(aliases.c.body), aliases.c.alias, [*made]))

    def apply(self, decision: Decision, at: dt.datetime) -> None:
        """Takes in a decision: wholly, or not at all if its text cannot be stored."""
        rows: dict[str, _Rows] = {
            "retired": [{"old": old.id, "into": into, "last": event_body(old)} for old, into in decision.retired],
            "new": [_event_row(event) for event in decision.events if event.id not in self.events],
            "updated": [_event_row(event) for event in decision.events if event.id in self.events],
            "revived": [{"name": event.id} for event in decision.events if event.id in self.former],
            "changes": [
                {"event_id": event_id, "what": what, "at": stamp(at), "fields": encode_fields(fields)}
                for event_id, what, fields in decision.changes
            ],
            "joined": [_member_row(k, m) for k, m in decision.members.items() if k not in self.members],
            "moved": [_member_row(k, m) for k, m in decision.members.items() if self.members.get(k, m) != m],
            "settled": [{"row": row} for row in decision.settled],
            "problems": [{"row": row, "problem": problem[:500]} for row, problem in decision.problems.items()],
        }
        for name, some in rows.items():
            self._rows.setdefault(name, []).extend(some)

    def write(self) -> None:
        """Writes all decisions; changes are numbered in their order."""
        for name, statements in _STATEMENTS:
            if rows := self._rows.get(name):
                for statement in statements:
                    self._connection.execute(statement, rows)
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

_STATEMENTS: tuple[tuple[str, tuple[sa.Executable, ...]], ...] = (
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
    oldest = sa.select(observations.c.group_key).where(observations.c.pending.is_(True))
    keys = list(dict.fromkeys(connection.scalars(oldest.order_by(observations.c.id).limit(limit))))
    step = Step(_groups(connection, keys), PartRows(connection), connection)
    step.know([_key(group) for group in step.groups])
    return step


def _by_id(rows: Iterable[sa.Row[Any]]) -> dict[str, Event]:
    return {event.id: event for event in (jsonlines.decode_event(row.body) for row in rows)}


def _groups(connection: Connection, keys: Sequence[bytes], most: int | None = _MOST_ROWS) -> tuple[Group, ...]:
    """The groups in the order of `keys`; only the first ones when all together are more than `most` rows."""
    seen = observations.c
    columns = sa.select(seen.id, seen.group_key, seen.recurrence, seen.presence)
    rows = _looked_up(connection, columns, observations.c.group_key, keys)
    by_key = {key: sorted(some, key=attrgetter("recurrence")) for key, some in _by_group(rows)}
    taken: list[tuple[list[sa.Row[Any]], tuple[int, ...]]] = []
    size = 0
    for key in keys:
        some = by_key[key]
        size += min(len(some), MOST_OVERRIDES)
        if most is not None and taken and size > most:
            break
        taken.append((some[:MOST_OVERRIDES], tuple(row.id for row in some[MOST_OVERRIDES:])))
    bodies = sa.select(contents)
    ids = [row.id for some, _ in taken for row in some]
    said = {
        row.observation_id: jsonlines.decode_observation(row.body)
        for row in _looked_up(connection, bodies, contents.c.observation_id, ids)
    }
    return tuple(
        Group(
            said[some[0].id].source,
            tuple(
                Stored(row.id, (row.group_key, row.recurrence), said[row.id], Presence(row.presence)) for row in some
            ),
            beyond,
        )
        for some, beyond in taken
    )


def _by_group(rows: Iterable[sa.Row[Any]]) -> Iterable[tuple[bytes, list[sa.Row[Any]]]]:
    key = attrgetter("group_key")
    for group, some in groupby(sorted(rows, key=key), key):
        yield group, list(some)


def _key(group: Group) -> bytes:
    return group.observations[0].key[0]


def _looked_up(
    connection: Connection, query: sa.Select[Any], column: sa.ColumnElement[Any], values: Sequence[Any]
) -> list[sa.Row[Any]]:
    """All rows in which `column` has one of `values`."""
    remaining = iter(values)
    found: list[sa.Row[Any]] = []
    while some := list(islice(remaining, _LOOKED_UP_AT_ONCE)):
        found.extend(connection.execute(query.where(column.in_(some))))
    return found
