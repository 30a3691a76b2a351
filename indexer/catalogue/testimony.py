"""What stands behind one event: what each source says of it, the ids it has had, and what became of it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import sqlalchemy as sa

from hobnob import jsonlines
from hobnob.events import Event, Presence
from indexer.catalogue.bodies import when
from indexer.catalogue.parts import Key
from indexer.catalogue.reading import Reading
from indexer.catalogue.records import Change, Said
from indexer.catalogue.reports import decode_fields
from indexer.catalogue.tables import aliases, changes, contents, events, members, observations, parts

__all__ = ["changes_of", "count_outdated", "former_events", "keys_of", "said_of"]

_AT_ONCE = 500
_this = (members.c.group_key == observations.c.group_key) & (members.c.recurrence == observations.c.recurrence)


def said_of(reading: Reading, event_id: str) -> list[Said]:
    """What the sources say of the event with this very id: by source, UID and recurrence."""
    query = (
        sa.select(observations, contents.c.body, parts.c.traits, parts.c.rules)
        .join(members, _this)
        .join(contents, contents.c.observation_id == observations.c.id)
        .outerjoin(parts, parts.c.id == observations.c.id)
        .where(members.c.event_id == event_id)
        .order_by(observations.c.source, observations.c.uid, observations.c.recurrence)
    )
    with reading() as connection:
        return [_said(row) for row in connection.execute(query)]


def _said(row: sa.Row[Any]) -> Said:
    observation = jsonlines.decode_observation(row.body)
    return Said(
        id=row.id,
        key=(row.group_key, row.recurrence),
        observation=replace(observation, component=row.component),
        first_seen=when(row.first_seen),
        last_seen=when(row.last_seen),
        presence=Presence(row.presence),
        missed=row.missed,
        problem=row.problem,
        part=row.traits,
        rules=row.rules,
    )


def keys_of(reading: Reading, event_id: str) -> list[Key]:
    """The keys of all observations that this event has, or had when its sources still said something."""
    with reading() as connection:
        mine = sa.select(members.c.group_key, members.c.recurrence).where(members.c.event_id == event_id)
        return [(row.group_key, row.recurrence) for row in connection.execute(mine)]


def former_events(reading: Reading, event_id: str) -> list[Event]:
    """The events that have become part of this one, as they last were."""
    with reading() as connection:
        bodies = sa.select(aliases.c.body).where(aliases.c.event_id == event_id).order_by(aliases.c.alias)
        return [jsonlines.decode_event(body) for body in connection.scalars(bodies)]


def changes_of(reading: Reading, event_ids: list[str]) -> Iterator[Change]:
    """The change log of these events, in order."""
    remaining = iter(event_ids)
    rows: list[sa.Row[Any]] = []
    while some := list(islice(remaining, _AT_ONCE)):
        with reading() as connection:
            rows += connection.execute(sa.select(changes).where(changes.c.event_id.in_(some))).all()
    for row in sorted(rows, key=lambda row: row.number):
        at, fields = when(row.at), decode_fields(row.fields)
        yield Change(number=row.number, event_id=row.event_id, what=row.what, at=at, fields=fields)


def count_outdated(reading: Reading, rules: int) -> int:
    """How many events that are not withdrawn were judged by rules older than this version."""
    older = (events.c.rules < rules) & (events.c.presence != Presence.WITHDRAWN.value)
    with reading() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(events).where(older)) or 0
