"""From the catalogue to an engine: what changed is replaced by its present state, and repeating events roll on.

1. Changes are taken in their order, a batch at a time. All documents of each touched event are replaced by its present
   ones, and the number of the batch's last change is recorded in the same commit; a kill costs at most one batch.
2. Every ROLL_DAYS the repeating events are worked out anew from their stored rules, so that a weekly meetup is still
   there after a year without a crawl, and what ended too long ago is taken out.
3. An index that has seen more than the catalogue (the catalogue came back from a backup) is made anew.
"""

import datetime as dt
import fcntl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from hobnob.errors import EngineError
from hobnob.moments import UTC
from hobnob.observations import Status
from hobnob.queries import Query
from hobnob.settings import Settings
from indexer.documents import EventDocument, event_document
from indexer.engines import Engine, Refused
from indexer.occurrences import occurrences

if TYPE_CHECKING:
    from indexer.catalogue import Catalogue

__all__ = ["BATCH", "ROLL_DAYS", "Progress", "SyncReport", "rebuild", "sync"]

BATCH = 10_000
"""Changes taken in by one commit."""

ROLL_DAYS = 7
"""How old the repeating events in an index may be; they are worked out that much further ahead than the horizon."""

_PAGE = 500
_LONGEST_AGO = dt.date(1, 1, 2)

Progress = Callable[[int, int], None]
"""Called now and then with how many events are done, and about how many there are to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What a sync did: the number the index now stands at, and how many events and documents were written.

    `refused`: documents that the engine will never take; their events are searched without them. `rolled`: repeating
    events were worked out anew. `rebuilt`: the whole index was made anew.
    """

    number: int
    events: int = 0
    documents: int = 0
    rolled: bool = False
    rebuilt: bool = False
    refused: tuple[Refused, ...] = ()


def sync(
    catalogue: "Catalogue", engine: Engine, *, settings: Settings, now: dt.datetime, progress: Progress | None = None
) -> SyncReport:
    """Brings `engine` up to what `catalogue` holds at `now` (aware). Waits while another process does so.

    Raises EngineError when the index cannot be used or written, CatalogueError when the catalogue cannot be read.
    """
    with _alone(catalogue, engine, settings):
        state = engine.state()
        if state.number > catalogue.number():
            return _rebuild(catalogue, engine, _Filling(catalogue, settings, now, progress))
        filling = _Filling(catalogue, settings, now, progress)
        if state.rolled_on is None:  # so that there is something to search, though nothing may be found
            filling.write(engine, (), state.number, filling.today)
        number = filling.catch_up(engine, state.number, state.rolled_on or filling.today)
        rolled = state.rolled_on is not None and abs(filling.today - state.rolled_on).days >= ROLL_DAYS
        if rolled:
            filling.roll(engine, number)
        return SyncReport(
            number=number, events=filling.events, documents=filling.documents, rolled=rolled, refused=filling.refused
        )


def rebuild(
    catalogue: "Catalogue", engine: Engine, *, settings: Settings, now: dt.datetime, progress: Progress | None = None
) -> SyncReport:
    """Makes the index anew from all of `catalogue` while the old one is still searched. Raises as `sync`."""
    with _alone(catalogue, engine, settings):
        return _rebuild(catalogue, engine, _Filling(catalogue, settings, now, progress))


def _rebuild(catalogue: "Catalogue", engine: Engine, filling: "_Filling") -> SyncReport:
    with engine.rebuild() as new:
        number = catalogue.number()
        filling.expected = catalogue.counts().events
        filling.write(new, catalogue.event_ids(), number, filling.today)
        number = filling.catch_up(new, number, filling.today)
    return SyncReport(
        number=number, events=filling.events, documents=filling.documents, rebuilt=True, refused=filling.refused
    )


class _Filling:
    """Makes documents of events as they are now and writes them; counts as it goes. Holds one page of events."""

    def __init__(self, catalogue: "Catalogue", settings: Settings, now: dt.datetime, progress: Progress | None) -> None:
        self.today = now.astimezone(UTC).date()
        self.events = 0
        self.documents = 0
        self.refused: tuple[Refused, ...] = ()
        self.expected = 0
        self._catalogue = catalogue
        self._now = now
        self._horizon_days = settings.horizon_days + ROLL_DAYS
        self._keep_past_days = settings.keep_past_days
        self._progress = progress

    def catch_up(self, engine: Engine, number: int, rolled_on: dt.date) -> int:
        """Takes in the changes after `number`; returns the number of the last."""
        self.expected += self._catalogue.number() - number
        while batch := [(change.number, change.event_id) for change in self._catalogue.changes(number, BATCH)]:
            number = batch[-1][0]
            self.write(engine, dict.fromkeys(event_id for _, event_id in batch), number, rolled_on)
        return number

    def roll(self, engine: Engine, number: int) -> None:
        """Works out the repeating events anew, and those that ended before what is kept, which then have no times."""
        ended = list(self._ended(engine))
        self.expected += len(ended)
        self.write(engine, chain(self._catalogue.recurring_ids(), ended), number, self.today)

    def write(self, engine: Engine, event_ids: Iterable[str], number: int, rolled_on: dt.date) -> None:
        written = engine.replace(self._present(event_ids), number=number, rolled_on=rolled_on)
        self.documents += written.documents
        self.refused += written.refused

    def _present(self, event_ids: Iterable[str]) -> Iterator[EventDocument]:
        """The present documents of events; an event that is no more, or has become part of another, has no times."""
        remaining = iter(event_ids)
        while page := list(islice(remaining, _PAGE)):
            found = {event.id: event for event in self._catalogue.events(page)}
            for event_id in page:
                event = found.get(event_id)
                if event is None:
                    yield EventDocument(event_id=event_id, name_tokens=(), body_tokens=(), card=b"{}")
                    continue
                times = occurrences(
                    event, now=self._now, horizon_days=self._horizon_days, keep_past_days=self._keep_past_days
                )
                yield event_document(event, times)
            self.events += len(page)
            if self._progress:
                self._progress(self.events, max(self.events, self.expected))

    def _ended(self, engine: Engine) -> Iterator[str]:
        """Single events that the index has from before the days that are kept; a day more, since days are local."""
        last = self.today - dt.timedelta(days=self._keep_past_days + 1)
        page = 1
        while True:
            asked = Query(
                start=_LONGEST_AGO, end=last, statuses=frozenset(Status), limit=_PAGE, page=page, now=self._now
            )
            hits = engine.search(asked).hits
            yield from (hit.id for hit in hits if not hit.recurring)
            if len(hits) < _PAGE:
                return
            page += 1


@contextmanager
def _alone(catalogue: "Catalogue", engine: Engine, settings: Settings) -> Iterator[None]:
    """One sync at a time: by a lock beside the index, and where several machines share both catalogue and index, by one
    in the catalogue. They are let go when a process ends, however it ends."""
    path = settings.index_dir.with_name(settings.index_dir.name + ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    except OSError as error:
        raise EngineError(f"cannot write {path}: {error.strerror}") from error
    with file:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        with catalogue.alone(engine.shared_as) if engine.shared_as else nullcontext():
            yield
