"""What identification asks of enrichment. `indexer.enrich` offers it; tests bring their own."""

from typing import Protocol

from hobnob.events import Label
from hobnob.moments import Moment
from hobnob.observations import Attendance, Observation, Place

__all__ = ["Enricher", "Judgement"]


class Judgement(Protocol):
    """What enrichment concludes about one observation."""

    @property
    def start_date(self) -> Moment: ...
    @property
    def end_date(self) -> Moment | None: ...
    @property
    def place(self) -> Place | None: ...
    @property
    def place_why(self) -> str | None: ...
    @property
    def attendance(self) -> Attendance: ...
    @property
    def kind(self) -> Label | None: ...
    @property
    def industries(self) -> tuple[Label, ...]: ...
    @property
    def is_free(self) -> bool | None: ...
    @property
    def in_language(self) -> str | None: ...


class Enricher(Protocol):
    """Judges observations one by one; whatever it raises concerns that observation alone."""

    def judge(self, observation: Observation, /) -> Judgement: ...
