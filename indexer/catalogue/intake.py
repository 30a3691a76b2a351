"""Taking in records: observations as received, and how fetches ended. Only changed content is stored again."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from hobnob.events import Presence
from hobnob.kept import Decision, Dumped, Identity
from hobnob.observations import FetchReport, Observation, Skipped, Unchanged
from hobnob.sources import Source
from indexer.catalogue.absence import seen_again
from indexer.catalogue.bodies import group_key, observation_body, recurrence_key, stamp
from indexer.catalogue.carrying import take_decision, take_identity
from indexer.catalogue.fetched import note
from indexer.catalogue.records import LoadCounts
from indexer.catalogue.settling import ObservedKey, Row, Settling
from indexer.catalogue.sharing import plain_uid
from indexer.catalogue.tables import contents, observations, sources
from indexer.upkeep.terms import CrawlTerms

__all__ = ["put_sources", "take_in"]

_A_DAY = 24 * 3600 * 1_000_000


def take_in(
    connection: Connection, records: Iterable[Dumped], now: dt.datetime, terms: CrawlTerms, before: LoadCounts
) -> LoadCounts:
    """Stores `records`, in one transaction that the caller holds; counts what became of them by source."""
    counts = LoadCounts()
    said: list[tuple[ObservedKey, Row]] = []
    reports: list[FetchReport] = []
    unchanged: list[Unchanged] = []
    kept: list[Identity | Decision] = []
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
            case Identity() | Decision():
                kept.append(record)
    settling = Settling(connection, now, {(one.source, one.key) for one in unchanged}, counts)
    _write(connection, settling.settled(said), counts)
    _see_again(connection, unchanged, now)
    if reports:
        found = note(connection, reports, terms, lambda name: before.has_news(name) or counts.has_news(name), now=now)
        for name, why in found.items():
            counts.of(name).suspicious = why
    _take_kept(connection, kept, counts, now)
    return counts


def _take_kept(
    connection: Connection, kept: Iterable[Identity | Decision], counts: LoadCounts, now: dt.datetime
) -> None:
    """What a dump carries besides what was said; each wholly or not at all."""
    for record in kept:
        try:
            if isinstance(record, Identity):
                counts.ids += take_identity(connection, record, now)
            else:
                counts.decisions += take_decision(connection, record, now)
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            what = "the id of an event" if isinstance(record, Identity) else "a decision"
            counts.of("").skip(f"{what} cannot be stored: {error}"[:200])


def _prepared(observation: Observation, now: dt.datetime) -> tuple[ObservedKey, Row]:
    if (uid := plain_uid(observation.uid)) != observation.uid:
        observation = replace(observation, uid=uid)
    key = group_key(observation.source, uid), recurrence_key(observation.recurrence_id)
    if any("\0" in text for text in (observation.source, uid, key[1], observation.component or "")):
        raise ValueError("a NUL in its UID, or in the name of its source")  # PostgreSQL keeps none
    seen = min(stamp(observation.fetched_at or now), stamp(now) + _A_DAY)  # a wrong clock must not win for ever
    body, digest = observation_body(observation)
    row = Row(
        source=observation.source,
        uid=uid,
        hash=digest,
        sequence=observation.sequence or 0,
        seen=seen,
        component=observation.component,
        said=observation,
        body=body,
    )
    return key, row


def _write(connection: Connection, rows: Mapping[ObservedKey, Row], counts: LoadCounts) -> None:
    next_id = (connection.scalar(sa.select(sa.func.max(observations.c.id))) or 0) + 1
    new, changed, bodies, new_bodies = [], [], [], []
    seen: list[dict[str, Any]] = []
    back: list[dict[str, Any]] = []
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
                again: dict[str, Any] = {"row": row.id, "last_seen": row.seen, "component": row.component}
                (back if row.is_missed and row.seen > row.stored_seen else seen).append(again)
    of_row = observations.c.id == sa.bindparam("row")
    if new:
        connection.execute(observations.insert(), new)
        connection.execute(contents.insert(), new_bodies)
    if changed:
        anew = {"pending": True, "problem": None, "missed": 0, "presence": Presence.PRESENT.value}
        connection.execute(observations.update().where(of_row).values(anew), changed)
        connection.execute(contents.update().where(contents.c.observation_id == sa.bindparam("row")), bodies)
    if seen:
        connection.execute(observations.update().where(of_row), seen)
    if back:
        connection.execute(observations.update().where(of_row).values(seen_again), back)


def _values(row: Row, row_id: int, group: bytes, recurrence: str) -> dict[str, object]:
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
        seen = observations.update().where(same).values(last_seen=stamp(now), **seen_again)
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
