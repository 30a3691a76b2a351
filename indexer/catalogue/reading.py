"""What the catalogue knows, page by page: every iterator holds one page in memory, and no transaction between two."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from hobnob import jsonlines
from hobnob.errors import UnknownName
from hobnob.events import Event, Presence
from hobnob.observations import FetchReport, Observation, Problem
from indexer.catalogue.bodies import when
from indexer.catalogue.records import CatalogueCounts, Change, SourceState
from indexer.catalogue.reports import decode_fields, decode_report, decode_standing
from indexer.catalogue.tables import aliases, changes, contents, events, fetches, members, observations, sources
from indexer.upkeep.breaker import usual_of

__all__ = [
    "Reading",
    "all_observations",
    "change_log",
    "count_all",
    "count_pending",
    "event_ids",
    "events_by_id",
    "find_event",
    "highest_number",
    "history",
    "known_components",
    "latest",
    "observations_of",
    "source_states",
    "touched_ids",
]

Reading = Callable[[], AbstractContextManager[Connection]]
"""Begins a short transaction that only reads."""

_PAGE = 500


def highest_number(reading: Reading) -> int:
    with reading() as connection:
        return connection.scalar(sa.select(sa.func.max(changes.c.number))) or 0


def find_event(reading: Reading, name: str) -> Event:
    """The event with this id, or the one that it has become part of. Raises UnknownName."""
    with reading() as connection:
        event_id = connection.scalar(sa.select(aliases.c.event_id).where(aliases.c.alias == name)) or name
        body = connection.scalar(sa.select(events.c.body).where(events.c.id == event_id))
    if body is None:
        raise UnknownName("event", name, hint="'hobnob search -f json' shows the ids of events")
    return jsonlines.decode_event(body)


def events_by_id(reading: Reading, ids: Iterable[str]) -> Iterator[Event]:
    """The events that have these ids themselves, in no order; aliases and unknown ids are left out."""
    remaining = iter(ids)
    while page := list(islice(remaining, _PAGE)):
        with reading() as connection:
            bodies = connection.scalars(sa.select(events.c.body).where(events.c.id.in_(page))).all()
        yield from map(jsonlines.decode_event, bodies)


def event_ids(reading: Reading, *, recurring: bool = False) -> Iterator[str]:
    """All ids of events (or of those that recur) in their order; withdrawn events are among them."""
    after = ""
    query = sa.select(events.c.id).order_by(events.c.id).limit(_PAGE)
    if recurring:
        query = query.where(events.c.recurring.is_(True))
    while True:
        with reading() as connection:
            page = connection.scalars(query.where(events.c.id > after)).all()
        yield from page
        if len(page) < _PAGE:
            return
        after = page[-1]


def known_components(reading: Reading, source: str) -> frozenset[str]:
    """The keys of the components that the stored observations of `source` were read from."""
    of_source = (observations.c.source == source) & observations.c.component.is_not(None)
    with reading() as connection:
        return frozenset(connection.scalars(sa.select(observations.c.component).where(of_source)))


def touched_ids(reading: Reading, after: int) -> Iterator[str]:
    """The ids of events with changes after that number, each once, in the order of their last change."""
    later = changes.alias()
    has_later = sa.exists().where(later.c.event_id == changes.c.event_id, later.c.number > changes.c.number)
    query = sa.select(changes.c.number, changes.c.event_id).where(~has_later).order_by(changes.c.number).limit(_PAGE)
    while True:
        with reading() as connection:
            page = connection.execute(query.where(changes.c.number > after)).all()
        yield from (row.event_id for row in page)
        if len(page) < _PAGE:
            return
        after = page[-1].number


def change_log(reading: Reading, after: int, limit: int | None) -> Iterator[Change]:
    """The changes after that number, in their order; `limit` bounds how many."""
    left = limit
    while left is None or left > 0:
        size = _PAGE if left is None else min(left, _PAGE)
        with reading() as connection:
            query = sa.select(changes).where(changes.c.number > after).order_by(changes.c.number).limit(size)
            page = connection.execute(query).all()
        for row in page:
            at, fields = when(row.at), decode_fields(row.fields)
            yield Change(number=row.number, event_id=row.event_id, what=row.what, at=at, fields=fields)
        if len(page) < size:
            return
        after = page[-1].number
        left = None if left is None else left - size


def observations_of(reading: Reading, event_id: str) -> list[Observation]:
    """What the sources say now of the event with this id (or alias): by source, UID and recurrence."""
    mine = (members.c.group_key == observations.c.group_key) & (members.c.recurrence == observations.c.recurrence)
    with reading() as connection:
        known = connection.scalar(sa.select(aliases.c.event_id).where(aliases.c.alias == event_id)) or event_id
        query = (
            sa.select(contents.c.body)
            .join(observations, observations.c.id == contents.c.observation_id)
            .join(members, mine)
            .where(members.c.event_id == known)
            .order_by(observations.c.source, observations.c.uid, observations.c.recurrence)
        )
        return [jsonlines.decode_observation(body) for body in connection.scalars(query)]


def all_observations(reading: Reading) -> Iterator[tuple[Observation, int]]:
    """Everything the sources say now, in order of arrival, each with the stamp of when it was last seen."""
    after = 0
    columns = sa.select(observations.c.id, observations.c.last_seen, contents.c.body)
    query = columns.join(contents, observations.c.id == contents.c.observation_id)
    while True:
        with reading() as connection:
            of_page = query.where(observations.c.id > after).order_by(observations.c.id).limit(_PAGE)
            page = connection.execute(of_page).all()
        for row in page:
            yield jsonlines.decode_observation(row.body), row.last_seen
        if len(page) < _PAGE:
            return
        after = page[-1].id


def history(reading: Reading, source: str | None = None) -> Iterator[FetchReport]:
    """The fetches that are remembered, in the order they were loaded."""
    after = 0
    query = sa.select(fetches.c.id, fetches.c.report).order_by(fetches.c.id).limit(_PAGE)
    if source is not None:
        query = query.where(fetches.c.source == source)
    while True:
        with reading() as connection:
            page = connection.execute(query.where(fetches.c.id > after)).all()
        yield from (decode_report(row.report) for row in page)
        if len(page) < _PAGE:
            return
        after = page[-1].id


def latest(reading: Reading, most: int) -> list[FetchReport]:
    """The last fetches of all sources, the last one first."""
    newest = sa.select(fetches.c.report).order_by(fetches.c.started_at.desc(), fetches.c.id.desc()).limit(most)
    with reading() as connection:
        return [decode_report(text) for text in connection.scalars(newest)]


def source_states(reading: Reading) -> dict[str, SourceState]:
    with reading() as connection:
        held = sa.select(observations.c.source, sa.func.count().label("held")).group_by(observations.c.source)
        counts = {row.source: row.held for row in connection.execute(held)}
        rows = connection.execute(sa.select(sources).order_by(sources.c.name)).all()
    states = {row.name: _state(row, counts.pop(row.name, 0)) for row in rows}
    loaded = {name: SourceState(name=name, observations=held) for name, held in counts.items()}
    return dict(sorted((states | loaded).items()))


def _state(row: Row[tuple[object, ...]], held: int) -> SourceState:
    report = decode_report(row.report) if row.report else None
    return SourceState(
        name=row.name,
        title=row.title,
        url=row.url,
        last_fetch=None if row.last_fetch is None else when(row.last_fetch),
        last_success=None if row.last_success is None else when(row.last_success),
        outcome=report.outcome if report else None,
        failures=row.failures,
        fetched=report.fetched if report else 0,
        read=report.read if report else 0,
        skipped=report.skipped if report else 0,
        errors=report.errors if report else (),
        etag=row.etag,
        last_modified=row.last_modified,
        observations=held,
        problem=None if row.problem is None else Problem(row.problem),
        moved_to=row.moved_to,
        suspicious=row.suspicious,
        usual=usual_of(decode_standing(row.standing)) if row.standing else None,
    )


def count_pending(reading: Reading) -> int:
    with reading() as connection:
        waiting = sa.select(sa.func.count()).select_from(observations).where(observations.c.pending.is_(True))
        return connection.scalar(waiting) or 0


def count_all(reading: Reading) -> CatalogueCounts:
    def count(table: sa.Table, *conditions: sa.ColumnElement[bool]) -> int:
        return connection.scalar(sa.select(sa.func.count()).select_from(table).where(*conditions)) or 0

    with reading() as connection:
        return CatalogueCounts(
            sources=count(sources),
            observations=count(observations),
            pending=count(observations, observations.c.pending.is_(True)),
            problems=count(observations, observations.c.problem.is_not(None)),
            events=count(events),
            present=count(events, events.c.presence == Presence.PRESENT.value),
            number=connection.scalar(sa.select(sa.func.max(changes.c.number))) or 0,
        )
