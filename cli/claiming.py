"""The sources of one crawl, claimed for as long as it lasts, so that nobody else crawls them meanwhile."""

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from cli.session import Session
from hobnob.errors import CatalogueError
from hobnob.moments import UTC
from hobnob.sources import Source
from indexer.catalogue import Catalogue
from indexer.upkeep.owners import new_owner
from indexer.upkeep.terms import bounds_of

__all__ = ["Claimed", "claimed"]

LEASE = dt.timedelta(minutes=10)
RENEWED_EVERY = LEASE / 5


@dataclass(frozen=True, slots=True)
class Claimed:
    """`sources`: those that nobody else is at, the most urgent first; `held`: who has the others.

    `keep` is to be called again and again while they are crawled.
    """

    owner: str
    sources: tuple[Source, ...]
    held: dict[str, str]
    keep: Callable[[], None]


@contextmanager
def claimed(session: Session, sources: Sequence[Source], *, due: bool) -> Iterator[Claimed]:
    """Claims `sources`, or those of them that are due, for the time of the block. Raises CatalogueError."""
    catalogue, owner = session.catalogue, new_owner()
    by_name = {source.name: source for source in sources}
    now = dt.datetime.now(UTC)
    try:
        claims = catalogue.claim(
            {source.name: source.every for source in sources},
            owner=owner,
            now=now,
            until=now + LEASE,
            due=bounds_of(session.settings) if due else None,
        )
        taken = tuple(by_name[name] for name in claims.taken)
        if taken:
            catalogue.put_sources(taken)
        yield Claimed(owner, taken, dict(claims.held), _keeping(catalogue, owner))
    finally:
        with suppress(CatalogueError):  # else they end with the lease
            catalogue.release(owner)


def _keeping(catalogue: Catalogue, owner: str) -> Callable[[], None]:
    """Renews the claims when a good part of their time has passed."""
    renewed = time.monotonic()

    def keep() -> None:
        nonlocal renewed
        if time.monotonic() - renewed < RENEWED_EVERY.total_seconds():
            return
        with suppress(CatalogueError):  # busy: there is time to try again
            catalogue.renew(owner, until=dt.datetime.now(UTC) + LEASE)
            renewed = time.monotonic()

    return keep
