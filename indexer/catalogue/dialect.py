"""What differs between databases: how to connect, take the lock, copy the file, and read their errors.

PostgreSQL is reached by its URL when psycopg is installed (`hobnob[postgresql]`).
"""

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from hobnob.errors import CatalogueError
from hobnob.printable import without_password

__all__ = ["connect", "copy", "held_alone", "shown", "take_lock", "translated"]

_ADVISORY_LOCK = 0x686F626E6F62  # "hobnob"
_POLL_SECONDS = 0.002


def connect(url: str, timeout: float) -> Engine:
    """An engine for `url`; SQLite's directory is made if it can be. Raises CatalogueError."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _connect_sqlite(parsed, timeout)
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        return sa.create_engine(parsed, pool_pre_ping=True)
    except ArgumentError as error:
        raise CatalogueError(
            f"{without_password(url)!r} is not a database URL", hint="for example sqlite:////path/to/file"
        ) from error
    except ModuleNotFoundError as error:
        raise CatalogueError(
            f"no driver for {without_password(url)!r}: {error}", hint="install it: for PostgreSQL, hobnob[postgresql]"
        ) from error


def _connect_sqlite(url: URL, timeout: float) -> Engine:
    path = Path(url.database or "")
    if not url.database or url.database == ":memory:":
        raise CatalogueError("a catalogue needs a file", hint="for example sqlite:////path/to/file")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CatalogueError(
            f"cannot make the directory {str(path.parent)!r}: {error.strerror}", hint="choose another with --data-dir"
        ) from error
    engine = sa.create_engine(url, connect_args={"timeout": timeout})

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy begins transactions, not the driver
        _use_wal(connection, timeout)
        for pragma in ("synchronous=FULL", "cache_size=-32000", "journal_size_limit=67108864"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("writes"):
            connection.exec_driver_sql("BEGIN")

    return engine


def _use_wal(connection: sqlite3.Connection, timeout: float) -> None:
    """Switches to the write-ahead log; SQLite does not wait by itself when another process is doing the same."""
    until = time.monotonic() + timeout
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(_POLL_SECONDS)


def take_lock(connection: Connection, timeout: float) -> None:
    """Begins the one transaction that may write; waits up to `timeout` seconds for another to end.

    Asks every few milliseconds, where SQLite's own waiting soon asks only ten times a second: a process that
    writes batch after batch would hardly ever let the others in.
    """
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(timeout * 1000)}")
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
        return
    until = time.monotonic() + timeout
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                return
            except OperationalError as error:
                if "locked" not in str(error.orig) or time.monotonic() > until:
                    raise
                time.sleep(_POLL_SECONDS)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={int(timeout * 1000)}")


@contextlib.contextmanager
def held_alone(engine: Engine, what: str) -> Iterator[None]:
    """Within the block, nobody else who shares a PostgreSQL catalogue holds `what`; waits for whoever does.

    It is let go when a process or its connection ends. An SQLite catalogue is on one machine, where files are locks.
    """
    if engine.dialect.name == "sqlite":
        yield
        return
    keys = _ADVISORY_LOCK & 0x7FFFFFFF, crc32(what.encode()) - 2**31
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.select(sa.func.pg_advisory_lock(*keys)))
        try:
            yield
        finally:
            connection.execute(sa.select(sa.func.pg_advisory_unlock(*keys)))


def shown(engine: Engine) -> str:
    """What to call the catalogue in a message: its file, or its URL without the password."""
    if engine.dialect.name == "sqlite":
        return repr(engine.url.database)
    return engine.url.render_as_string(hide_password=True)


_LOST = (
    "terminating connection",
    "server closed the connection",
    "connection is closed",
    "connection is lost",
    "consuming input failed",
)
#: What SQLite or PostgreSQL says, what we say, and what to do about it; the first that fits.
_REASONS = (
    ("lock timeout", "is locked by another process", "another hobnob is writing; try again when it is done"),
    ("locked", "is locked by another process", "another hobnob is writing; try again when it is done"),
    ("disk is full", "cannot be written: the disk is full", "free some space; what was loaded before is safe"),
    ("readonly", "is read-only", "check the permissions of the file and its directory"),
    ("read-only", "is read-only", "check the permissions of the file and its directory"),
    ("not a database", "is not a hobnob catalogue", "check --data-dir, or move that file away"),
    ("malformed", "is damaged", "restore it from a backup, or crawl anew into an empty directory"),
    ("unable to open", "cannot be opened", "check that it is a file you may write, in a directory you may write"),
    ("does not exist", "does not exist", "make it with createdb, or check the name of the database and of the user"),
    ("password", "refuses the password", "check the user and the password in the catalogue setting"),
    ("permission denied", "may not be written by this user", "give the user the rights to the database and its schema"),
    ("connection to server", "cannot be reached", "check that the server runs, and its address"),
    ("connection failed", "cannot be reached", "check that the server runs, and its address"),
    *(
        (sign, "lost the connection to its server", "try again when it is back; what was loaded before is safe")
        for sign in _LOST
    ),
    ("disk I/O", "cannot be read or written: the disk reports an error", "check the disk and its free space"),
)


@contextlib.contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Turns the database's errors into CatalogueErrors that name the catalogue and a way out."""
    try:
        yield
    except DBAPIError as error:
        text = str(error.orig).partition("\n")[0]
        for sign, meaning, hint in _REASONS:
            if sign in text:
                raise CatalogueError(f"the catalogue {shown(engine)} {meaning}", hint=hint) from error
        raise CatalogueError(f"the catalogue {shown(engine)} failed: {text}") from error


def copy(engine: Engine, path: Path) -> None:
    """Writes the committed state as one SQLite file to `path`, whole or not at all; never over another file.

    May run while another connection holds the lock. Raises CatalogueError.
    """
    if engine.dialect.name != "sqlite":
        raise CatalogueError("only an SQLite catalogue is copied as a file", hint="use pg_dump for PostgreSQL")
    if path.exists():
        raise CatalogueError(f"{str(path)!r} exists already", hint="name another file")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with contextlib.closing(sqlite3.connect(str(engine.url.database))) as connection:
            connection.execute("VACUUM INTO ?", (str(part),))
        _publish(part, path)
    except (sqlite3.Error, OSError) as error:
        raise CatalogueError(
            f"cannot write the copy {str(path)!r}: {error}", hint="check its directory and the free space"
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _publish(part: Path, path: Path) -> None:
    """Gives a finished file its name; a link, unlike a rename, fails if another process was faster."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        part.replace(path)
