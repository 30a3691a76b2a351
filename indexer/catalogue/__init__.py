"""The catalogue: the truth, in one SQLite file (or PostgreSQL), through SQLAlchemy Core.

    observations as received ──► members ──► events ──► change log
    (`load`, appended by crawls)   (`step`, by identification)   (`touched`, read by sync)

`store` is the whole, `known` what it answers; `tables` and `schema` say what is kept; `dialect` holds what differs
between databases.
"""

from indexer.catalogue.parts import DAYS_BITS, Doubt, Key, PartRow, mark
from indexer.catalogue.records import (
    ByHand,
    CatalogueCounts,
    Change,
    Claims,
    LoadCounts,
    News,
    PairInDoubt,
    Said,
    Settled,
    SourceCounts,
    SourcePlan,
    SourceState,
)
from indexer.catalogue.step import Decision, Fields, Group, Member, Step, Stored
from indexer.catalogue.store import Catalogue

__all__ = [
    "DAYS_BITS",
    "ByHand",
    "Catalogue",
    "CatalogueCounts",
    "Change",
    "Claims",
    "Decision",
    "Doubt",
    "Fields",
    "Group",
    "Key",
    "LoadCounts",
    "Member",
    "News",
    "PairInDoubt",
    "PartRow",
    "Said",
    "Settled",
    "SourceCounts",
    "SourcePlan",
    "SourceState",
    "Step",
    "Stored",
    "mark",
]
