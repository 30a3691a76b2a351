"""When sources are due, and who is at them: a source is claimed before it is crawled, under the lock, for a while.

A claim ends with the report of its source (`intake`), when it is given back, when its time is over and it was not
renewed, or when its owner is seen to be dead.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from indexer.catalogue.bodies import stamp, when
from indexer.catalogue.records import Claims, SourcePlan
from indexer.catalogue.tables import sources
from indexer.upkeep.due import Bounds, when_due
from indexer.upkeep.owners import is_dead

__all__ = ["claim", "plans", "release", "renew"]

_LOOKED_UP_AT_ONCE = 500
_PLANS = sa.select(
    sources.c.name,
    sources.c.last_fetch,
    sources.c.every,
    sources.c.interval,
    sources.c.due_at,
    sources.c.claimed_by,
    sources.c.claimed_until,
)
_BY_NAME = sources.c.name == sa.bindparam("source")


def plans(connection: Connection, now: dt.datetime) -> dict[str, SourcePlan]:
    """All sources by name; a claim that is over is none."""
    return {plan.name: plan for plan in _read(connection, _PLANS.order_by(sources.c.name), now, cache(is_dead))}


def claim(
    connection: Connection,
    wanted: Mapping[str, dt.timedelta],
    owner: str,
    *,
    now: dt.datetime,
    until: dt.datetime,
    due: Bounds | None,
) -> Claims:
    """Claims those of the sources `wanted` (name: how often they are declared to be fetched) that nobody is at.

    With `due` only those that are due at `now` within these bounds: those that were never fetched come first, then
    those that have been due for longest. Without, in the order of `wanted`. The caller holds the lock.
    """
    known = {plan.name: plan for plan in _known(connection, [*wanted], now)}
    free: list[tuple[dt.datetime, str]] = []
    held: dict[str, str] = {}
    for name, every in wanted.items():
        plan = known.get(name) or SourcePlan(name=name)
        since = _due_since(plan, every, due) if due else when(0)
        if since > now:
            continue
        if plan.claimed_by:
            held[name] = plan.claimed_by
        else:
            free.append((since, name))
    taken = tuple(name for _, name in sorted(free, key=lambda one: one[0]))
    _take(connection, taken, known, owner, until)
    return Claims(taken, held)


def renew(connection: Connection, owner: str, until: dt.datetime) -> None:
    """What `owner` still has, they have until then."""
    mine = sources.c.claimed_by == owner
    connection.execute(sources.update().where(mine).values(claimed_until=stamp(until)))


def release(connection: Connection, owner: str) -> None:
    """Gives back what `owner` still has."""
    mine = sources.c.claimed_by == owner
    connection.execute(sources.update().where(mine).values(claimed_by=None, claimed_until=None))


def _due_since(plan: SourcePlan, every: dt.timedelta, bounds: Bounds) -> dt.datetime:
    since = when_due(
        every=every, planned_for=plan.every, due_at=plan.due_at, last_fetch=plan.last_fetch, bounds=bounds
    )  # fmt: skip
    return when(0) if since is None else since


def _known(connection: Connection, names: list[str], now: dt.datetime) -> Iterator[SourcePlan]:
    dead = cache(is_dead)  # of a killed crawl there are many claims
    for first in range(0, len(names), _LOOKED_UP_AT_ONCE):
        some = names[first : first + _LOOKED_UP_AT_ONCE]
        yield from _read(connection, _PLANS.where(sources.c.name.in_(some)), now, dead)


def _take(
    connection: Connection, names: tuple[str, ...], known: Mapping[str, SourcePlan], owner: str, until: dt.datetime
) -> None:
    new = [{"name": name} for name in names if name not in known]
    if new:
        connection.execute(sources.insert(), new)
    if names:
        claimed = sources.update().where(_BY_NAME).values(claimed_by=owner, claimed_until=stamp(until))
        connection.execute(claimed, [{"source": name} for name in names])


def _read(
    connection: Connection, query: sa.Select[Any], now: dt.datetime, dead: Callable[[str], bool]
) -> Iterator[SourcePlan]:
    for row in connection.execute(query):
        held = row.claimed_by is not None and (row.claimed_until or 0) > stamp(now) and not dead(row.claimed_by)
        yield SourcePlan(
            name=row.name,
            last_fetch=None if row.last_fetch is None else when(row.last_fetch),
            every=None if row.every is None else dt.timedelta(seconds=row.every),
            interval=None if row.interval is None else dt.timedelta(seconds=row.interval),
            due_at=None if row.due_at is None else when(row.due_at),
            claimed_by=row.claimed_by if held else None,
            claimed_until=when(row.claimed_until) if held else None,
        )
