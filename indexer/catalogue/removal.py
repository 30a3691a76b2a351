"""Forgetting a source: what it said goes, and the events that only it supports are withdrawn."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from hobnob import jsonlines
from hobnob.events import Presence
from indexer.catalogue.bodies import event_body, stamp
from indexer.catalogue.parts import drop_parts
from indexer.catalogue.reports import encode_fields
from indexer.catalogue.tables import changes, contents, events, fetches, members, observations, parts, sources

__all__ = ["withdraw_source"]

_AT_ONCE = 500


def withdraw_source(connection: Connection, name: str, now: dt.datetime) -> int:
    """Deletes observations, fetches and state of the source, and returns how many events are withdrawn.

    Events that other sources support too are left to be identified again. Which event was whose is remembered, so
    that a source that comes back finds its events, with their ids.
    """
    mine = sa.select(observations.c.id).where(observations.c.source == name).order_by(observations.c.id)
    touched: dict[str, None] = {}
    while ids := connection.scalars(mine.limit(_AT_ONCE)).all():
        touched |= dict.fromkeys(_events_of(connection, ids))
        drop_parts(connection, ids)
        connection.execute(contents.delete().where(contents.c.observation_id.in_(ids)))
        connection.execute(observations.delete().where(observations.c.id.in_(ids)))
    connection.execute(fetches.delete().where(fetches.c.source == name))
    connection.execute(sources.delete().where(sources.c.name == name))
    return sum(_withdraw_unsupported(connection, event_id, now) for event_id in touched)


_same = (members.c.group_key == observations.c.group_key) & (members.c.recurrence == observations.c.recurrence)


def _events_of(connection: Connection, ids: Sequence[int]) -> Sequence[str]:
    query = sa.select(members.c.event_id).join(observations, _same).where(observations.c.id.in_(ids))
    return connection.scalars(query.order_by(observations.c.id)).all()


def _withdraw_unsupported(connection: Connection, event_id: str, now: dt.datetime) -> bool:
    others = sa.select(observations.c.id).join(members, _same).where(members.c.event_id == event_id)
    if remaining := connection.scalars(others).all():
        connection.execute(observations.update().where(observations.c.id.in_(remaining)).values(pending=True))
        connection.execute(parts.update().where(parts.c.id.in_(remaining)).values(rules=0))  # to be linked anew
        return False
    body = connection.scalar(sa.select(events.c.body).where(events.c.id == event_id))
    if body is None:
        return False
    event = jsonlines.decode_event(body)
    if event.presence is Presence.WITHDRAWN:
        return False
    gone = replace(event, presence=Presence.WITHDRAWN, sequence=event.sequence + 1, changed_at=now)
    values = {"body": event_body(gone), "presence": gone.presence.value}
    connection.execute(events.update().where(events.c.id == event_id).values(values))
    fields = encode_fields({"presence": (event.presence.value, gone.presence.value)})
    connection.execute(changes.insert().values(event_id=event_id, what="withdrawn", at=stamp(now), fields=fields))
    return True
