"""The embedded engine: documents in, pages and facets out."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import msgspec
from tantivy import FieldType, Index, IndexWriter
from tantivy import Query as Clause

from hobnob.errors import EngineError
from hobnob.moments import UTC
from hobnob.queries import FacetCount, Page, Query
from indexer.engines import Condition, IndexState, Written
from indexer.engines.embedded.directory import Building, Home, is_index
from indexer.engines.embedded.failures import REBUILD, unusable
from indexer.engines.embedded.lines import lines
from indexer.engines.embedded.reading import how_many, stored_bytes
from indexer.engines.embedded.schema import STATE, schema, state, state_document
from indexer.engines.embedded.search import Search

if TYPE_CHECKING:
    from indexer.documents import EventDocument

__all__ = ["EmbeddedEngine"]

HEAP_BYTES = 128_000_000
THREADS = 1
_ATTEMPTS = 3
_BEFORE_ALL_TIMES = int(dt.datetime(1, 1, 1, tzinfo=UTC).timestamp()) - 100_000
"""The earlier ends of what has nothing before it lie below (indexer.documents.NEVER)."""


class EmbeddedEngine:
    """Searches an index in `directory`, which the first `replace` makes.

    Searches see what was committed last, by this process or another one. One writer at a time: others wait for
    `patience` seconds, then raise EngineError. An index that is corrupt, foreign or of another format version raises
    EngineError with the hint to rebuild it, and can be rebuilt.
    """

    def __init__(self, directory: Path, *, patience: float = 30.0) -> None:
        self._home: Home | Building = Home(directory, patience)
        self._opened: tuple[tuple[str, int, int], Index] | None = None
        self._opening = Lock()

    @property
    def shared_as(self) -> str | None:
        return None

    def state(self) -> IndexState:
        """All zero when nothing has been written yet."""
        if self._home.current() is None:
            return IndexState()
        with unusable("read the search index"):
            index = self._index()
            searcher = index.searcher()
            first = Clause.range_query(index.schema, "prev_end_any", FieldType.Integer, None, _BEFORE_ALL_TIMES)
            events = how_many(searcher, first)
            found = searcher.search(Clause.term_query(index.schema, "meta", STATE), 1).hits
            stored = stored_bytes(searcher, found[0][1], "card")[0] if found else b""
        try:
            return state(stored, searcher.num_docs - 1, events)
        except msgspec.MsgspecError as error:
            raise EngineError(f"the state of the search index cannot be read: {error}", hint=REBUILD) from error

    def condition(self) -> Condition:
        """Its directory. What is wrong with it is raised by whatever is asked of it."""
        return Condition(facts=(("Directory", str(self._home.path)),))

    def replace(
        self, events: "Iterable[EventDocument]", *, number: int, rolled_on: dt.date | None, deleted: Iterable[str] = ()
    ) -> Written:
        """As indexer.engines.Engine says. Nothing is changed when `events` raises, or when it is killed."""
        with self._home.writing() as directory, _writer(directory) as writer:
            count = 0
            for event_id in deleted:
                writer.delete_documents_by_term("event", event_id)
            for event in events:
                writer.delete_documents_by_term("event", event.event_id)
                with unusable("write the search index"):
                    for line in lines(event):
                        writer.add_json(line)
                        count += 1
            with unusable("write the search index"):
                writer.delete_documents_by_term("meta", STATE)
                writer.add_document(state_document(number, rolled_on))
                writer.commit()
        return Written(count)

    def search(self, query: Query) -> Page:
        """Raises BadValue when `query` asks for what there cannot be, EngineError when there is no index."""
        with unusable("search"):
            return self._search(query).page()

    def facets(self, query: Query, names: Sequence[str], limit: int = 50) -> Mapping[str, tuple[FacetCount, ...]]:
        """The most frequent values first, those of equal count by value. Raises as `search`."""
        with unusable("count"):
            return self._search(query).facets(names, limit)

    @contextmanager
    def rebuild(self) -> Iterator["EmbeddedEngine"]:
        """As indexer.engines.Engine says; others that want to write wait until the block has ended."""
        if not isinstance(self._home, Home):
            raise EngineError("an index that is being rebuilt cannot be rebuilt")
        with self._home.locked(), self._home.replacing() as directory:
            new = EmbeddedEngine(directory)
            new._home = Building(directory)
            try:
                yield new
                if new._home.current() is None:
                    new.replace((), number=0, rolled_on=None)
            finally:
                new.close()

    def close(self) -> None:
        self._opened = None

    def _search(self, query: Query) -> Search:
        index = self._index()
        return Search(index.schema, index.searcher(), query)

    def _index(self) -> Index:
        """The index as it was committed last."""
        with self._opening:
            for attempt in range(_ATTEMPTS):
                directory = self._home.current()
                if directory is None:
                    raise EngineError("there is nothing to search yet", hint="hobnob crawl")
                try:
                    return self._open(directory)
                except (ValueError, OSError):
                    if attempt == _ATTEMPTS - 1 or self._home.current() == directory:
                        raise
        raise AssertionError("unreachable")

    def _open(self, directory: Path) -> Index:
        committed = (directory / "meta.json").stat()
        stamp = (str(directory), committed.st_ino, committed.st_mtime_ns)
        if self._opened is None or self._opened[0] != stamp:
            index = Index.open(str(directory))
            index.config_reader("manual")
            self._opened = stamp, index
        return self._opened[1]


@contextmanager
def _writer(directory: Path) -> Iterator[IndexWriter]:
    """A writer that gives back tantivy's lock at the end, whatever was committed."""
    with unusable("write the search index"):
        index = Index.open(str(directory)) if is_index(directory) else Index(schema(), str(directory))
        writer = index.writer(HEAP_BYTES, THREADS)
    try:
        yield writer
    except BaseException:
        with suppress(ValueError):
            writer.rollback()
        raise
    finally:
        with unusable("write the search index"):
            writer.wait_merging_threads()
