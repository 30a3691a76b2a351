"""What came of comparing two events."""

import enum
from collections.abc import Callable
from functools import cached_property

__all__ = ["Comparison", "Verdict"]


class Verdict(enum.StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Comparison:
    """What was found of two events.

    `score` is how likely they are one event, 0 to 1. `contradicts`: something speaks against it, so that no third may
    join them; otherwise too little speaks for it. `reasons` are short texts, made when they are asked for.
    """

    def __init__(
        self, verdict: Verdict, score: float, why: Callable[[], tuple[str, ...]], contradicts: bool = False
    ) -> None:
        self.verdict, self.score, self.contradicts = verdict, score, contradicts
        self._why = why

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        return self._why()

    def __repr__(self) -> str:
        return f"Comparison({self.verdict}, {self.score}, {self.reasons}, contradicts={self.contradicts})"
