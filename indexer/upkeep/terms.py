"""What a crawl tells the catalogue about the sources whose records it loads."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from hobnob.settings import Settings
from indexer.upkeep.absence import DEFAULT_PATIENCE, Patience
from indexer.upkeep.due import DEFAULT_BOUNDS, Bounds

__all__ = ["CrawlTerms", "bounds_of", "patience_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlTerms:
    """`every`: how often each source of the crawl is declared to be fetched, by name; those of others are not planned.

    `owner`: who has claimed them; a claim ends with the report of its source. `accepted`: sources whose counts are to
    be believed, however small. `patience`: how often an event may be missed before it is missing, or withdrawn.
    """

    every: Mapping[str, dt.timedelta] = field(default_factory=dict)
    bounds: Bounds = DEFAULT_BOUNDS
    owner: str | None = None
    accepted: frozenset[str] = frozenset()
    patience: Patience = DEFAULT_PATIENCE


def bounds_of(settings: Settings) -> Bounds:
    return Bounds(dt.timedelta(hours=settings.min_interval_hours), dt.timedelta(days=settings.max_interval_days))


def patience_of(settings: Settings) -> Patience:
    return Patience(missing_after=settings.missing_after, withdrawn_after=settings.withdrawn_after)
