"""Ids of events and decisions by hand, from one catalogue to another.

A file may be anybody's: nothing that is known here is changed by it. An id is taken over if it is free, for what no
event has yet, so that the next identification finds the event as it was and goes on from there.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from hobnob import jsonlines
from hobnob.events import Event, Presence
from hobnob.kept import Decision, Identity, KeyText
from hobnob.moments import UTC
from indexer.catalogue.bodies import event_body, stamp
from indexer.catalogue.decisions import MOST_PAIRS, Pair, restore
from indexer.catalogue.parts import Key
from indexer.catalogue.reading import Reading
from indexer.catalogue.records import ByHand
from indexer.catalogue.reports import encode_fields
from indexer.catalogue.tables import aliases, changes, events, members, observations

__all__ = ["decided_by_hand", "identities", "take_decision", "take_identity"]

_AT_ONCE = 500
_MOST_KEYS = 20_000
_MOST_FORMER = 20_000
_LONGEST_RECURRENCE = 200
_ID = re.compile(r"[0-9a-z]{1,32}")
_DIGEST = re.compile(r"[0-9a-f]{32}")


# Out


def identities(reading: Reading) -> Iterator[Identity]:
    """All events in the order of their ids, a page at a time."""
    after = ""
    while True:
        with reading() as connection:
            query = sa.select(events.c.id, events.c.body).where(events.c.id > after).order_by(events.c.id)
            page = connection.execute(query.limit(_AT_ONCE)).all()
            ids = [row.id for row in page]
            keys: dict[str, list[tuple[str, str, str | None]]] = {}
            mine = sa.select(members).where(members.c.event_id.in_(ids))
            for row in connection.execute(mine.order_by(members.c.group_key, members.c.recurrence)):
                keys.setdefault(row.event_id, []).append((row.group_key.hex(), row.recurrence, row.minted))
            former: dict[str, list[Event]] = {}
            old = sa.select(aliases).where(aliases.c.event_id.in_(ids)).order_by(aliases.c.alias)
            for row in connection.execute(old):
                former.setdefault(row.event_id, []).append(jsonlines.decode_event(row.body))
        for row in page:
            event = jsonlines.decode_event(row.body)
            yield Identity(event=event, keys=tuple(keys.get(row.id, ())), former=tuple(former.get(row.id, ())))
        if len(page) < _AT_ONCE:
            return
        after = ids[-1]


def decided_by_hand(decisions: Iterable[ByHand]) -> Iterator[Decision]:
    for one in decisions:
        pairs = tuple((_text(first), None if other is None else _text(other)) for first, other in one.pairs)
        yield Decision(what=one.what, said=one.said, at=one.at, undone_at=one.undone_at, pairs=pairs)


def _text(key: Key) -> KeyText:
    return key[0].hex(), key[1]


# In


def take_identity(connection: Connection, record: Identity, now: dt.datetime) -> bool:
    """Takes over the id of an event, if it is free and what the event consists of is here and part of no event yet.
    Raises ValueError for what is no identity."""
    event = record.event
    if len(record.keys) > _MOST_KEYS or len(record.former) > _MOST_FORMER:
        raise ValueError("it has too many parts")
    minted = {_key((group, recurrence)): made for group, recurrence, made in record.keys}
    for name in (event.id, *(old.id for old in record.former), *filter(None, minted.values())):
        if not _ID.fullmatch(name):
            raise ValueError(f"{name[:40]!r} is no id")
    bodies = {old.id: event_body(old) for old in record.former}
    used = _used(connection, [event.id, *bodies])
    if event.id in used:
        return False
    said, taken = _known_keys(connection, [*minted])
    free = [key for key in minted if key not in taken]
    if not any(key in said for key in free) and event.presence is not Presence.WITHDRAWN:
        return False
    _insert(connection, event, now)
    left = [name for name in bodies if name not in used and name != event.id]
    mine = {event.id, *left}
    if free:
        values = [
            {
                "group_key": key[0],
                "recurrence": key[1],
                "event_id": event.id,
                "minted": made if (made := minted[key]) in mine else None,
            }
            for key in free
        ]
        connection.execute(members.insert(), values)
    if left:
        values = [{"alias": name, "event_id": event.id, "body": bodies[name]} for name in left]
        connection.execute(aliases.insert(), values)
    return True


def _insert(connection: Connection, event: Event, now: dt.datetime) -> None:
    """The event as it was, noted as added, for the index."""
    known = event.created_at if event.created_at is None or event.created_at.tzinfo else _in_utc(event.created_at)
    created = now if known is None else min(known, now)
    event = replace(event, created_at=created, sequence=max(0, event.sequence), rules=0)  # to be judged here
    row = {
        "id": event.id,
        "body": event_body(event),
        "presence": event.presence.value,
        "recurring": bool(event.rrule or event.rdate),
        "rules": 0,
        "created_at": stamp(created),
    }
    connection.execute(events.insert().values(row))
    added = {"event_id": event.id, "what": "added", "at": stamp(now), "fields": encode_fields({})}
    connection.execute(changes.insert().values(added))


def _in_utc(instant: dt.datetime) -> dt.datetime:
    return instant.replace(tzinfo=UTC)


def _used(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of the ids that an event has, or had."""
    found: set[str] = set()
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        found.update(connection.scalars(sa.select(events.c.id).where(events.c.id.in_(some))))
        found.update(connection.scalars(sa.select(aliases.c.alias).where(aliases.c.alias.in_(some))))
    return found


def _known_keys(connection: Connection, keys: Sequence[Key]) -> tuple[set[Key], set[Key]]:
    """Those of the keys that something is said under, and those that are part of an event."""
    found: list[set[Key]] = []
    for table in (observations, members):
        here: set[Key] = set()
        columns = table.c.group_key, table.c.recurrence
        for first in range(0, len(keys), _AT_ONCE):
            query = sa.select(*columns).where(sa.tuple_(*columns).in_(list(keys[first : first + _AT_ONCE])))
            here.update((group, recurrence) for group, recurrence in connection.execute(query))
        found.append(here)
    return found[0], found[1]


def take_decision(connection: Connection, record: Decision, now: dt.datetime) -> bool:
    """Takes over a decision, unless the same one is known. Raises ValueError for what is none."""
    if record.what not in ("merge", "split", "hide"):
        raise ValueError(f"{record.what[:40]!r} is no decision")
    if not 0 < len(record.pairs) <= MOST_PAIRS:
        raise ValueError(f"it is about {len(record.pairs)} pairs")
    if any((other is None) != (record.what == "hide") for _, other in record.pairs):
        raise ValueError(f"it is not about what one can {record.what}")
    pairs: list[Pair] = [(_key(one), None if other is None else _key(other)) for one, other in record.pairs]
    undone_at = None if record.undone_at is None else min(stamp(record.undone_at), stamp(now))
    return restore(
        connection, record.what, pairs, record.said, at=min(stamp(record.at), stamp(now)), undone_at=undone_at
    )


def _key(text: KeyText) -> Key:
    digest, recurrence = text
    if not _DIGEST.fullmatch(digest) or len(recurrence) > _LONGEST_RECURRENCE or "\0" in recurrence:
        raise ValueError(f"{digest[:40]!r} {recurrence[:40]!r} names no observation")
    recurrence.encode()
    return bytes.fromhex(digest), recurrence
