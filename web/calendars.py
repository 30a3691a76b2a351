"""Calendars for the service: made by searching, kept for a short while, with the time they last changed."""

import datetime as dt
import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from threading import Lock

from hobnob.errors import HobnobError
from hobnob.moments import UTC
from hobnob.printable import line
from hobnob.settings import Settings
from indexer.catalogue import Catalogue
from indexer.engines import Engine, IndexState
from indexer.enrich.gazetteer import Gazetteer
from indexer.search import Filters, open_engine, saved
from indexer.search.answer import feed_calendar
from indexer.sync import ROLL_DAYS, sync

__all__ = ["Calendars", "Made"]

logger = logging.getLogger(__name__)

_KEPT_SECONDS = 60.0
_KEPT_BYTES = 64 * 1024 * 1024
_KEPT_COUNT = 1_000


@dataclass(frozen=True, slots=True)
class Made:
    """A calendar, its strong entity tag, and when this process first saw it with this content."""

    body: bytes
    etag: str
    last_modified: dt.datetime
    number: int
    made_at: float


class Calendars:
    """Makes the calendars of saved feeds and of searches. Methods block, and may be called from several threads.

    Engine and catalogue are opened when first asked for. A calendar is made anew when the index has taken in a
    change, and at least every minute, because time passes.
    """

    def __init__(self, settings: Settings, *, clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(UTC)) -> None:
        self._settings = settings
        self._clock = clock
        self._gazetteer = Gazetteer()
        self._opening, self._keeping, self._rolling = Lock(), Lock(), Lock()
        self._open = ExitStack()
        self._parts: tuple[Engine, Catalogue] | None = None
        self._kept: OrderedDict[tuple[str, Filters], Made] = OrderedDict()
        self._kept_bytes = 0

    def names(self) -> tuple[str, ...]:
        """The names of the saved feeds; raises SettingsError."""
        return saved.names(self._settings.feeds_file)

    def feed(self, name: str) -> Made:
        """The calendar of a saved feed. Raises UnknownName when there is none, and other HobnobErrors."""
        return self._made(name, saved.get(self._settings.feeds_file, name), self._settings)

    def search(self, filters: Filters) -> Made:
        """The calendar of what anybody asks for: `me` stands for no place. Raises UsageError and other HobnobErrors."""
        return self._made("hobnob search", filters, replace(self._settings, place=None))

    def check(self) -> None:
        """Raises HobnobError when searches cannot be answered."""
        engine, catalogue = self._opened()
        engine.state()
        catalogue.number()

    def close(self) -> None:
        with self._opening:
            self._parts = None
            self._open.close()

    def _opened(self) -> tuple[Engine, Catalogue]:
        with self._opening:
            if self._parts is None:
                catalogue = self._open.enter_context(closing(Catalogue.open(self._settings.catalogue_url)))
                engine = self._open.enter_context(closing(open_engine(self._settings)))
                self._parts = engine, catalogue
            return self._parts

    def _made(self, name: str, filters: Filters, settings: Settings) -> Made:
        engine, catalogue = self._opened()
        state = self._rolled_on(engine, catalogue)
        key = name, filters
        with self._keeping:
            old = self._kept.get(key)
        if old and old.number == state.number and time.monotonic() - old.made_at < _KEPT_SECONDS:
            return old
        now = self._clock()
        body = feed_calendar(
            name,
            filters,
            settings=settings,
            now=now,
            engine=engine,
            catalogue=catalogue,
            gazetteer=self._gazetteer,
        )
        etag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
        last_modified = old.last_modified if old and old.etag == etag else now
        made = Made(body, etag, last_modified, state.number, time.monotonic())
        self._keep(key, made)
        return made

    def _rolled_on(self, engine: Engine, catalogue: Catalogue) -> IndexState:
        """The index's state once repeating events go on, even where nobody crawls; if that fails, as it stands."""
        state, now = engine.state(), self._clock()
        if state.rolled_on is None or (now.date() - state.rolled_on).days < ROLL_DAYS:
            return state
        if not self._rolling.acquire(blocking=False):
            return state
        try:
            sync(catalogue, engine, settings=self._settings, now=now)
        except HobnobError as error:
            logger.warning("the index is not up to date: %s", line(str(error)))
        finally:
            self._rolling.release()
        return engine.state()

    def _keep(self, key: tuple[str, Filters], made: Made) -> None:
        with self._keeping:
            if old := self._kept.pop(key, None):
                self._kept_bytes -= len(old.body)
            self._kept[key] = made
            self._kept_bytes += len(made.body)
            while self._kept_bytes > _KEPT_BYTES or len(self._kept) > _KEPT_COUNT:
                _, oldest = self._kept.popitem(last=False)
                self._kept_bytes -= len(oldest.body)
