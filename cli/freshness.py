"""Whether the index shows what is known, by checks that cost a search next to nothing; if it does not, it is synced."""

from cli.output import note
from cli.session import Session
from hobnob.errors import EngineError
from hobnob.printable import line
from indexer.catalogue_file import last_change

__all__ = ["freshen"]

_STALE_DAYS = 30


def freshen(session: Session) -> None:
    """Syncs an index that is behind the catalogue, or whose repeating events were worked out too long ago."""
    state = session.engine.state()
    stale = state.rolled_on is not None and (session.now.date() - state.rolled_on).days > _STALE_DAYS
    known = last_change(session.sqlite_file) if session.sqlite_file else 0
    if not stale and known <= state.number:
        return
    from cli.crawling import index_changes
    from cli.progress import following

    note("Bringing the index up to date …")
    with following(session.debug, quiet=True) as shown:
        try:
            index_changes(session, shown)
        except EngineError as error:  # what it has is worth more than nothing
            note(line(f"The index is behind: {error}"))
