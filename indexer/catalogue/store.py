"""The catalogue: the truth about sources, observations and events, in one database."""

import contextlib
import datetime as dt
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO

from sqlalchemy.engine import Connection, Engine

from hobnob import jsonlines
from hobnob.kept import Dumped
from hobnob.moments import UTC
from hobnob.sources import Source
from indexer.catalogue import carrying, claims, reading
from indexer.catalogue import decisions as by_hand
from indexer.catalogue.bodies import when
from indexer.catalogue.dialect import connect, copy, held_alone, take_lock, translated
from indexer.catalogue.intake import put_sources, take_in
from indexer.catalogue.known import Known
from indexer.catalogue.records import Claims, LoadCounts, Settled, SourcePlan
from indexer.catalogue.removal import withdraw_source
from indexer.catalogue.schema import prepare
from indexer.catalogue.step import Group, Step, open_step, pending_groups
from indexer.upkeep.due import Bounds
from indexer.upkeep.terms import CrawlTerms

__all__ = ["Catalogue"]

_GIVE_WAY_AFTER = 0.25
_GAP = 0.005  # seconds; those who wait ask every two milliseconds
_REJUDGED_AT_ONCE = 20_000


class Catalogue(Known):
    """An open catalogue. Everything it does raises CatalogueError when the database cannot be read or written.

    Writing waits up to `timeout` seconds for other processes. Each call that writes is one transaction: a kill at
    any time leaves what calls before it have done. Iterators may be left, and may see what is written meanwhile.
    """

    def __init__(self, engine: Engine, timeout: float) -> None:
        self._engine = engine
        self._timeout = timeout
        self._held = 0.0

    @classmethod
    def open(cls, url: str, *, now: dt.datetime | None = None, timeout: float = 60.0) -> "Catalogue":
        """The catalogue at a database URL: made (at `now`) when there is none, migrated when older (after a copy).

        Raises CatalogueTooNew when a newer hobnob wrote it, and CatalogueError.
        """
        engine = connect(url, timeout)
        try:
            with translated(engine):
                prepare(engine, timeout, now or dt.datetime.now(UTC))
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, timeout)

    @contextlib.contextmanager
    def alone(self, what: str) -> Iterator[None]:
        """Within the block, no other process that shares this catalogue on a server holds `what`; waits for it."""
        with translated(self._engine), held_alone(self._engine, what):
            yield

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> "Catalogue":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What comes in

    def load(
        self,
        records: Iterable[Dumped],
        *,
        now: dt.datetime,
        terms: CrawlTerms | None = None,
        before: LoadCounts | None = None,
    ) -> LoadCounts:
        """Stores records in one transaction; what became of them, by source.

        With the `terms` of a crawl, each FetchReport also plans when its source is due again, and ends its claim;
        `before` counts what the crawl has loaded already.

        An observation without `fetched_at` counts as seen at `now`; none counts as seen later than a day from then.
        Unchanged content is not stored again, and what is older than what is known not at all.
        """
        with self._writing() as connection:
            return take_in(connection, records, now, terms or CrawlTerms(), before or LoadCounts())

    def put_sources(self, sources: Iterable[Source]) -> None:
        """Notes title and address of declared sources; what is known of their fetches stays."""
        with self._writing() as connection:
            put_sources(connection, sources)

    def forget_source(self, name: str, *, now: dt.datetime) -> int:
        """Deletes what the source said and withdraws the events that only it supports; returns how many."""
        with self._writing() as connection:
            return withdraw_source(connection, name, now)

    # Whose turn it is

    def plans(self, *, now: dt.datetime) -> dict[str, SourcePlan]:
        """When each source is due, by name, and who is at it; cheap beside `sources`."""
        with self._reading() as connection:
            return claims.plans(connection, now)

    def claim(
        self,
        wanted: Mapping[str, dt.timedelta],
        *,
        owner: str,
        now: dt.datetime,
        until: dt.datetime,
        due: Bounds | None = None,
    ) -> Claims:
        """Gives `owner` those of the sources `wanted` (name: declared interval) that nobody is at, `until` then.

        With `due` only those that are due by these bounds, and the most urgent first. Nobody else is given them until
        their report is loaded, they are released, their time is over, or their owner is dead.
        """
        with self._writing() as connection:
            return claims.claim(connection, wanted, owner, now=now, until=until, due=due)

    def renew(self, owner: str, *, until: dt.datetime) -> None:
        """What `owner` still has, they have until then."""
        with self._writing() as connection:
            claims.renew(connection, owner, until)

    def release(self, owner: str) -> None:
        """Gives back what `owner` still has."""
        with self._writing() as connection:
            claims.release(connection, owner)

    @property
    def url(self) -> str:
        """The database URL, with the password."""
        return self._engine.url.render_as_string(hide_password=False)

    def pending_groups(self, after: int, limit: int) -> tuple[int, tuple[Group, ...]]:
        """What a step will be about: all that belongs to the first `limit` observations that wait to be identified
        after a row id, and the row id up to which that is all. Waits for nobody."""
        with self._reading() as connection:
            return pending_groups(connection, after, limit)

    @contextlib.contextmanager
    def step(self, limit: int) -> Iterator[Step]:
        """One step of identification, under the lock: decide about its groups, and leave the block to commit."""
        with self._writing() as connection:
            step = open_step(connection, limit)
            yield step
            step.write()

    # What people decide

    def decide(self, what: str, pairs: Collection[by_hand.Pair], *, said: str, now: dt.datetime) -> Settled:
        """Records that pairs of observations (by key) are one event ("merge") or two ("split"), or that events with
        an observation are not to be shown ("hide"); `said` is that in words. What it is about becomes pending."""
        with self._writing() as connection:
            return by_hand.decide(connection, what, pairs, said, now)

    def undo(self, number: int, *, now: dt.datetime) -> Settled:
        """Takes back a decision. Raises UnknownName, and UsageError when it was undone already."""
        with self._writing() as connection:
            return by_hand.undo(connection, number, now)

    def rejudge(self, sources: Collection[str] = (), *, below: int | None = None) -> None:
        """Has all that is stored identified again, or what these sources say, or with `below` what rules older than
        that version judged. A portion at a time, so that others may write meanwhile."""
        after: int | None = 0
        while after is not None:
            with self._writing() as connection:
                after = by_hand.rejudge(connection, after, sources, below, _REJUDGED_AT_ONCE)

    @contextlib.contextmanager
    def trial(self) -> Iterator["Catalogue"]:
        """The catalogue in one transaction that is rolled back when the block ends: what is written to it can be
        read from it, and never was. In it nothing is pending yet. Holds the lock: for little only."""
        with self._writing() as connection:
            by_hand.put_aside(connection)
            yield _Trial(self._engine, connection)
            if (transaction := connection.get_transaction()) is not None:
                transaction.rollback()

    # Copies

    def dump(self, out: IO[bytes]) -> int:
        """Writes what the sources say now, the fetches, the ids of events and decisions by hand as JSON Lines; loaded
        into an empty catalogue and identified they give an equal one, but for its history. Returns how many records."""
        return jsonlines.write(self._records(), out)

    def backup(self, path: Path) -> None:
        """Writes a copy of the catalogue, whole or not at all; refuses to overwrite. Others may go on writing."""
        copy(self._engine, path)

    def _records(self) -> Iterator[Dumped]:
        for observation, last_seen in reading.all_observations(self._reading):
            yield replace(observation, fetched_at=when(last_seen))
        yield from self.fetches()
        yield from carrying.identities(self._reading)
        yield from carrying.decided_by_hand(self.decisions())

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translated(self._engine), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction under the lock. Who writes batch after batch leaves gaps, in which others can go first."""
        if self._held > _GIVE_WAY_AFTER:
            time.sleep(_GAP)
            self._held = 0.0
        with translated(self._engine):
            started = time.monotonic()
            try:
                with self._engine.connect().execution_options(writes=True) as connection, connection.begin():
                    take_lock(connection, self._timeout)
                    started = time.monotonic()
                    yield connection
            finally:
                self._held += time.monotonic() - started


class _Trial(Catalogue):
    """A catalogue within one transaction of another."""

    def __init__(self, engine: Engine, connection: Connection) -> None:
        super().__init__(engine, 0.0)
        self._connection = connection

    def close(self) -> None:
        """It ends with its block."""

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        yield self._connection

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        with translated(self._engine), self._connection.begin_nested():
            yield self._connection
