"""The whole program on some observations: loaded into an empty catalogue, judged, identified."""

import datetime as dt
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hobnob.observations import Observation
from indexer.catalogue import Catalogue
from indexer.enrich import Enricher
from indexer.identity import identify
from indexer.loading import Loader

__all__ = ["Identified", "identified"]

_NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
Said = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Identified:
    """The event of each observation, by source and UID, and the pairs of events that may be one."""

    events: dict[Said, str]
    doubts: frozenset[frozenset[str]]

    def same(self, one: Said, other: Said) -> bool | None:
        """Whether two observations are of one event; None when that is in doubt (they are kept apart then)."""
        mine, theirs = self.events.get(one), self.events.get(other)
        if mine is not None and mine == theirs:
            return True
        return None if frozenset((mine or "", theirs or "")) in self.doubts else False


def identified(observations: Iterable[Observation], enricher: Enricher) -> Identified:
    """What identification makes of these observations in an empty catalogue."""
    with tempfile.TemporaryDirectory() as directory:
        url = f"sqlite:///{Path(directory) / 'catalogue.sqlite'}"
        with Catalogue.open(url, now=_NOW) as catalogue:
            with Loader(catalogue, now=_NOW) as loader:
                for observation in observations:
                    loader.add(observation)
            identify(catalogue, enricher, now=_NOW)
            events = {
                (observation.source, observation.uid): event
                for event in catalogue.event_ids()
                for observation in catalogue.observations(event)
            }
            doubts = frozenset(frozenset((doubt.one, doubt.other)) for doubt in catalogue.doubts())
    return Identified(events, doubts)
