"""Whether the index shows what is known, by checks that cost a search next to nothing; if it does not, it is synced."""

import sqlite3
from contextlib import closing
from pathlib import Path

from cli.output import note
from cli.session import Session

__all__ = ["freshen"]

_STALE_DAYS = 30
_PATIENCE_SECONDS = 0.5


def freshen(session: Session) -> None:
    """Syncs an index that is behind the catalogue, or whose repeating events were worked out too long ago."""
    state = session.engine.state()
    stale = state.rolled_on is not None and (session.now.date() - state.rolled_on).days > _STALE_DAYS
    if not stale and _last_change(session.sqlite_file) <= state.number:
        return
    from cli.crawling import index_changes
    from cli.progress import following

    note("Bringing the index up to date …")
    with following(session.debug, quiet=True) as shown:
        index_changes(session, shown)


def _last_change(path: Path | None) -> int:
    """The number of the catalogue's last change, read past SQLAlchemy, whose import takes longer than a search.

    0 when it is not SQLite, is not there, or is busy: then the index is searched as it is.
    """
    if path is None or not path.is_file():
        return 0
    try:
        address = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE_SECONDS)) as connection:
            (number,) = connection.execute("SELECT max(number) FROM changes").fetchone()
    except sqlite3.Error:
        return 0
    return number or 0
