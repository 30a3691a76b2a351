"""The catalogue: the truth, in one SQLite file (or PostgreSQL), through SQLAlchemy Core.

    observations as received ──► members ──► events ──► change log
    (`load`, appended by crawls)   (`step`, by identification)   (`touched`, read by sync)

`store` is the whole; `tables` and `schema` say what is kept; `dialect` holds what differs between databases.
"""

from indexer.catalogue.records import CatalogueCounts, Change, Claims, LoadCounts, SourceCounts, SourcePlan, SourceState
from indexer.catalogue.step import Decision, Fields, Group, Key, Member, Step, Stored
from indexer.catalogue.store import Catalogue

__all__ = [
    "Catalogue",
    "CatalogueCounts",
    "Change",
    "Claims",
    "Decision",
    "Fields",
    "Group",
    "Key",
    "LoadCounts",
    "Member",
    "SourceCounts",
    "SourcePlan",
    "SourceState",
    "Step",
    "Stored",
]
