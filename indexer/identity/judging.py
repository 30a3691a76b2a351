"""What identification asks of enrichment. `indexer.enrich` offers it; tests bring their own."""

from typing import Protocol

from hobnob.observations import Observation
from indexer.enrich.judgement import Judgement

__all__ = ["Enricher", "Judgement"]


class Enricher(Protocol):
    """Judges observations one by one; whatever it raises concerns that observation alone."""

    def judge(self, observation: Observation, /) -> Judgement: ...
