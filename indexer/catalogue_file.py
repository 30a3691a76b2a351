"""The file of an SQLite catalogue, looked into past SQLAlchemy, whose import takes longer than a search."""

import sqlite3
from contextlib import closing
from pathlib import Path

__all__ = ["damage", "last_change", "path_of"]

_PREFIX = "sqlite:///"
_PATIENCE_SECONDS = 0.5


def path_of(url: str) -> Path | None:
    """Where the catalogue at a database URL is, whether or not there is one yet; None when it is on a server."""
    return Path(url.removeprefix(_PREFIX)) if url.startswith(_PREFIX) else None


def last_change(path: Path) -> int:
    """The number of the catalogue's last change; 0 when it is not there, or busy, or no catalogue."""
    if not path.is_file():
        return 0
    try:
        with closing(_opened(path)) as connection:
            (number,) = connection.execute("SELECT max(number) FROM changes").fetchone()
    except sqlite3.Error:
        return 0
    return number or 0


def damage(path: Path) -> str | None:
    """What SQLite finds wrong with the file; None when it is sound."""
    with closing(_opened(path)) as connection:
        try:
            (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            return str(error)
    return None if answer == "ok" else str(answer)


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE_SECONDS)
