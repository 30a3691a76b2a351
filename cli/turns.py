"""Whose turn it is: when each enabled source is due, and who is at it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hobnob.settings import Settings
from hobnob.sources import Source
from indexer.catalogue import Catalogue, SourcePlan
from indexer.upkeep.due import when_due
from indexer.upkeep.terms import bounds_of

__all__ = ["Turn", "turns"]


@dataclass(frozen=True, slots=True)
class Turn:
    """A source, when it is due (None: it was never fetched, so at once), and the plan this was read from."""

    source: Source
    due_at: dt.datetime | None
    plan: SourcePlan

    def is_due(self, now: dt.datetime) -> bool:
        """Whether a crawl would take it at `now`: nobody else is at it."""
        return (self.due_at is None or self.due_at <= now) and self.plan.claimed_by is None


def turns(catalogue: Catalogue, sources: Iterable[Source], *, settings: Settings, now: dt.datetime) -> list[Turn]:
    """The turns of those sources that are enabled, the most urgent first."""
    plans, bounds = catalogue.plans(now=now), bounds_of(settings)
    found = []
    for source in sources:
        if source.enabled:
            plan = plans.get(source.name) or SourcePlan(name=source.name)
            due_at = when_due(
                every=source.every,
                planned_for=plan.every,
                due_at=plan.due_at,
                last_fetch=plan.last_fetch,
                bounds=bounds,
            )
            found.append(Turn(source, due_at, plan))
    return sorted(found, key=lambda turn: (turn.due_at is not None, turn.due_at))
