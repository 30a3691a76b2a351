"""What changed since an instant, event by event, the last change first; a page at a time, as in `reading`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from hobnob import jsonlines
from hobnob.events import Event
from indexer.catalogue.bodies import when
from indexer.catalogue.reading import Reading
from indexer.catalogue.records import Change, News
from indexer.catalogue.reports import decode_fields
from indexer.catalogue.tables import aliases, changes, events

__all__ = ["news_since"]

_PAGE = 100
_MOST_CHANGES = 20_000

_later = changes.alias()
_HAS_LATER = sa.exists().where(_later.c.event_id == changes.c.event_id, _later.c.number > changes.c.number)


def news_since(reading: Reading, since: int) -> Iterator[News]:
    """Each event that changed since the stamp `since`, with all its changes since then; the last changed one first.

    What was merged away meanwhile comes as it last was.
    """
    with reading() as connection:
        first = connection.scalar(sa.select(sa.func.min(changes.c.number)).where(changes.c.at >= since))
        last = connection.scalar(sa.select(sa.func.max(changes.c.number)))
    if first is None or last is None:
        return
    before = last + 1
    query = sa.select(changes.c.number, changes.c.event_id).where(changes.c.at >= since, ~_HAS_LATER)
    while True:
        with reading() as connection:
            in_window = query.where(changes.c.number >= first, changes.c.number < before)
            page = connection.execute(in_window.order_by(changes.c.number.desc()).limit(_PAGE)).all()
            ids = [row.event_id for row in page]
            made, known = _changes(connection, ids, since), _events(connection, ids)
        yield from (
            News(event=known[name], changes=tuple(made[name])) for name in ids if name in known and name in made
        )
        if len(page) < _PAGE:
            return
        before = page[-1].number


def _changes(connection: Connection, ids: Sequence[str], since: int) -> Mapping[str, list[Change]]:
    """The changes of these events since then, in their order; of what changes all the time, the last ones."""
    query = sa.select(changes).where(changes.c.event_id.in_(ids), changes.c.at >= since)
    found: dict[str, list[Change]] = {}
    for row in connection.execute(query.order_by(changes.c.number.desc()).limit(_MOST_CHANGES)):
        found.setdefault(row.event_id, []).insert(0, _change(row))
    return found


def _change(row: Any) -> Change:
    fields = decode_fields(row.fields)
    return Change(number=row.number, event_id=row.event_id, what=row.what, at=when(row.at), fields=fields)


def _events(connection: Connection, ids: Sequence[str]) -> Mapping[str, Event]:
    bodies = sa.union_all(
        sa.select(events.c.body).where(events.c.id.in_(ids)), sa.select(aliases.c.body).where(aliases.c.alias.in_(ids))
    )
    return {event.id: event for event in map(jsonlines.decode_event, connection.scalars(bodies))}
