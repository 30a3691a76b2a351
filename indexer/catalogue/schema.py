"""Making the tables, and bringing those of an older version forward.

MIGRATIONS[n] brings version n to n + 1. A catalogue is copied before it is migrated, to `NAME.vN-backup` beside it.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from hobnob.errors import CatalogueError, CatalogueTooNew
from indexer.catalogue.dialect import copy, shown, take_lock
from indexer.catalogue.tables import (
    absence,
    blocks,
    changes_at,
    components,
    decided,
    decisions,
    doubts,
    events,
    judged_by,
    last_seen,
    meta,
    metadata,
    observations,
    outdated,
    parts,
    sources,
    upkeep,
)

__all__ = ["MIGRATIONS", "VERSION", "prepare"]

VERSION = 5


def _with_components(connection: Connection) -> None:
    connection.execute(sa.text("ALTER TABLE observations ADD COLUMN component TEXT"))
    components.create(connection)


def _with_upkeep(connection: Connection) -> None:
    _add(connection, sources, upkeep)


def _with_decisions(connection: Connection) -> None:
    _add(connection, observations, absence)
    last_seen.create(connection)
    changes_at.create(connection)
    _add(connection, events, judged_by)
    outdated.create(connection)
    for table in (decisions, decided):
        table.create(connection)


def _with_days(connection: Connection) -> None:
    """What is compared is made anew from what the sources say, when it is next identified."""
    for table in (parts, blocks, doubts):
        table.drop(connection, checkfirst=True)
        table.create(connection)
    connection.execute(observations.update().values(pending=True, problem=None))


def _add(connection: Connection, table: sa.Table, columns: Iterable[sa.Column[Any]]) -> None:
    for column in columns:
        declared = sa.schema.CreateColumn(column).compile(dialect=connection.dialect)
        connection.execute(sa.text(f"ALTER TABLE {table.name} ADD COLUMN {declared}"))


MIGRATIONS: Mapping[int, Callable[[Connection], None]] = {
    1: _with_components,
    2: _with_upkeep,
    3: _with_decisions,
    4: _with_days,
}


def prepare(engine: Engine, timeout: float, now: dt.datetime) -> None:
    """Leaves the catalogue at VERSION: made if it is empty, migrated if it is older, untouched if something fails.

    Raises CatalogueTooNew, or CatalogueError when the database holds something else.
    """
    with engine.connect() as connection, connection.begin():
        if _version(connection, engine) == VERSION:
            return
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        take_lock(connection, timeout)
        found = _version(connection, engine)  # another process may have been faster
        if found is None:
            metadata.create_all(connection)
            values = [{"name": "schema", "value": str(VERSION)}, {"name": "made_at", "value": now.isoformat()}]
            connection.execute(meta.insert(), values)
        elif found < VERSION:
            _migrate(connection, engine, found)


def _version(connection: Connection, engine: Engine) -> int | None:
    """The version of the tables; None when there are none."""
    names = sa.inspect(connection).get_table_names()
    if not names:
        return None
    value = connection.scalar(sa.select(meta.c.value).where(meta.c.name == "schema")) if "meta" in names else None
    if value is None:
        raise CatalogueError(
            f"{shown(engine)} is a database, but not a hobnob catalogue",
            hint="check --data-dir and the catalogue setting",
        )
    if int(value) > VERSION:
        raise CatalogueTooNew(
            f"the catalogue {shown(engine)} has format {value}; this hobnob knows formats up to {VERSION}",
            hint="update hobnob",
        )
    return int(value)


def _migrate(connection: Connection, engine: Engine, found: int) -> None:
    if engine.dialect.name == "sqlite":
        copy(engine, _backup_path(engine, found))
    for version in range(found, VERSION):
        MIGRATIONS[version](connection)
    connection.execute(meta.update().where(meta.c.name == "schema").values(value=str(VERSION)))


def _backup_path(engine: Engine, version: int) -> Path:
    """The first free name of NAME.vN-backup, NAME.vN-backup-2 and so on."""
    base = f"{engine.url.database}.v{version}-backup"
    path, number = Path(base), 1
    while path.exists():
        number += 1
        path = Path(f"{base}-{number}")
    return path
