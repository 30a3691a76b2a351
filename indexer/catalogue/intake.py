"""Taking in records: observations as received, and how fetches ended. Only changed content is stored again."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from hobnob.observations import FetchReport, Observation, Record, Skipped, Unchanged
from hobnob.sources import Source
from indexer.catalogue.bodies import group_key, observation_body, recurrence_key, stamp
from indexer.catalogue.fetched import note
from indexer.catalogue.records import LoadCounts
from indexer.catalogue.tables import contents, observations, sources
from indexer.upkeep.terms import CrawlTerms

__all__ = ["put_sources", "take_in"]

_A_DAY = 24 * 3600 * 1_000_000
_LOOKED_UP_AT_ONCE = 1000
_Key = tuple[bytes, str]
_STORED = sa.select(
    observations.c.group_key,
    observations.c.recurrence,
    observations.c.id,
    observations.c.hash,
    observations.c.sequence,
    observations.c.last_seen,
    observations.c.component,
).where(
    observations.c.group_key.in_(sa.bindparam("groups", expanding=True)),
    observations.c.recurrence.in_(sa.bindparam("which", expanding=True)),
)


@dataclass(slots=True)
class _Row:
    """An observation as it is stored (`id`), and as it will be. `body` is set when its content has to be written."""

    id: int | None
    stored_hash: bytes
    stored_seen: int
    source: str
    hash: bytes
    sequence: int
    seen: int
    component: str | None
    stored_component: str | None = None
    uid: str = ""
    body: str | None = None


def take_in(
    connection: Connection, records: Iterable[Record], now: dt.datetime, terms: CrawlTerms, before: LoadCounts
) -> LoadCounts:
    """Stores `records`, in one transaction that the caller holds; counts what became of them by source."""
    counts = LoadCounts()
    said: list[tuple[_Key, _Row]] = []
    reports: list[FetchReport] = []
    unchanged: list[Unchanged] = []
    for record in records:
        match record:
            case Observation():
                counts.of(record.source).read += 1
                try:
                    said.append(_prepared(record, now))
                except (ValueError, TypeError, OverflowError, RecursionError) as error:
                    counts.of(record.source).skip(f"cannot be stored: {error}"[:200])
            case Skipped():
                counts.of(record.source or "").skip(record.reason[:200])
            case Unchanged():
                counts.of(record.source).read += 1
                counts.of(record.source).unchanged += 1
                unchanged.append(record)
            case FetchReport():
                reports.append(record)
    _write(connection, _settled(said, _known(connection, {key for key, _ in said}), counts), counts)
    _see_again(connection, unchanged, now)
    if reports:
        found = note(connection, reports, terms, lambda name: before.has_news(name) or counts.has_news(name))
        for name, why in found.items():
            counts.of(name).suspicious = why
    return counts


def _prepared(observation: Observation, now: dt.datetime) -> tuple[_Key, _Row]:
    key = group_key(observation.source, observation.uid), recurrence_key(observation.recurrence_id)
    if any("\0" in text for text in (observation.source, observation.uid, key[1], observation.component or "")):
        raise ValueError("a NUL in its UID, or in the name of its source")  # PostgreSQL keeps none
    seen = min(stamp(observation.fetched_at or now), stamp(now) + _A_DAY)  # a wrong clock must not win for ever
    body, digest = observation_body(observation)
    row = _Row(
        id=None,
        stored_hash=b"",
        stored_seen=0,
        source=observation.source,
        uid=observation.uid,
        hash=digest,
        sequence=observation.sequence or 0,
        seen=seen,
        component=observation.component,
        body=body,
    )
    return key, row


def _known(connection: Connection, keys: set[_Key]) -> dict[_Key, _Row]:
    """What is stored already under `keys` (and, harmlessly, under other pairs of their groups and recurrences)."""
    known: dict[_Key, _Row] = {}
    wanted = sorted(keys)
    for first in range(0, len(wanted), _LOOKED_UP_AT_ONCE):
        some = wanted[first : first + _LOOKED_UP_AT_ONCE]
        found = connection.execute(
            _STORED, {"groups": [*{key[0] for key in some}], "which": [*{key[1] for key in some}]}
        )
        for group, recurrence, row_id, digest, sequence, seen, component in found:
            known[group, recurrence] = _Row(row_id, digest, seen, "", digest, sequence, seen, component, component)
    return known


def _settled(said: list[tuple[_Key, _Row]], known: dict[_Key, _Row], counts: LoadCounts) -> dict[_Key, _Row]:
    """The rows that `said` leaves, by key, as if each record had been loaded by itself.

    What was fetched later counts. Where one fetch says two things under one key, the higher SEQUENCE counts
    (RFC 5545, 3.8.7.4), then the first.
    """
    rows: dict[_Key, _Row] = {}
    for key, row in said:
        mine = counts.of(row.source)
        before = rows.get(key) or known.get(key)
        if before is None:
            rows[key] = row
        elif row.hash == before.hash:
            mine.unchanged += key in rows
            before.seen = max(before.seen, row.seen)
            before.source = row.source
            before.component = row.component or before.component
            rows[key] = before
        else:
            reason = "the same UID twice in one fetch" if row.seen == before.seen else "older than what is known"
            wins = (row.seen, row.sequence) > (before.seen, before.sequence)
            if key in rows or not wins:
                mine.skip(reason)
            if wins:
                row.id, row.stored_hash, row.stored_seen = before.id, before.stored_hash, before.stored_seen
                rows[key] = row
    return rows


def _write(connection: Connection, rows: dict[_Key, _Row], counts: LoadCounts) -> None:
    next_id = (connection.scalar(sa.select(sa.func.max(observations.c.id))) or 0) + 1
    new, changed, seen_again, bodies, new_bodies = [], [], [], [], []
    for (group, recurrence), row in rows.items():
        if row.id is None:
            new.append(_values(row, next_id, group, recurrence))
            new_bodies.append({"observation_id": next_id, "body": row.body})
            next_id += 1
            counts.of(row.source).new += 1
        elif row.hash != row.stored_hash:
            values = {"hash": row.hash, "sequence": row.sequence, "last_seen": row.seen, "component": row.component}
            changed.append({"row": row.id, **values})
            bodies.append({"row": row.id, "body": row.body})
            counts.of(row.source).changed += 1
        else:
            counts.of(row.source).unchanged += 1
            if row.seen > row.stored_seen or row.component != row.stored_component:
                seen_again.append({"row": row.id, "last_seen": row.seen, "component": row.component})
    if new:
        connection.execute(observations.insert(), new)
        connection.execute(contents.insert(), new_bodies)
    if changed:
        of_row = observations.c.id == sa.bindparam("row")
        connection.execute(observations.update().where(of_row).values(pending=True, problem=None), changed)
        connection.execute(contents.update().where(contents.c.observation_id == sa.bindparam("row")), bodies)
    if seen_again:
        connection.execute(observations.update().where(observations.c.id == sa.bindparam("row")), seen_again)


def _values(row: _Row, row_id: int, group: bytes, recurrence: str) -> dict[str, object]:
    return {
        "id": row_id,
        "group_key": group,
        "recurrence": recurrence,
        "source": row.source,
        "uid": row.uid,
        "hash": row.hash,
        "sequence": row.sequence,
        "first_seen": row.seen,
        "last_seen": row.seen,
        "component": row.component,
        "pending": True,
    }


def _see_again(connection: Connection, unchanged: list[Unchanged], now: dt.datetime) -> None:
    """What was read from these components is as it was: it was seen now, as the catalogue's only trace of it."""
    if unchanged:
        same = (observations.c.source == sa.bindparam("of")) & (observations.c.component == sa.bindparam("key"))
        seen = observations.update().where(same).values(last_seen=stamp(now))
        connection.execute(seen, [{"of": one.source, "key": one.key} for one in unchanged])


def put_sources(connection: Connection, declared: Iterable[Source]) -> None:
    """Adds declared sources, or brings their title and address up to date."""
    known = set(connection.scalars(sa.select(sources.c.name)))
    rows = [{"source": source.name, "title": source.title, "url": source.url} for source in declared]
    new = [row for row in rows if row["source"] not in known]
    if new:
        connection.execute(sources.insert().values(name=sa.bindparam("source")), new)
    old = [row for row in rows if row["source"] in known]
    if old:
        connection.execute(sources.update().where(sources.c.name == sa.bindparam("source")), old)
