"""How identification went, by source."""

from dataclasses import dataclass, field

__all__ = ["EventCounts", "IdentifyCounts"]


@dataclass(slots=True)
class EventCounts:
    """Events that are new, changed and unchanged; `failed` counts observations that could not be judged."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0

    def add(self, other: "EventCounts") -> None:
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.failed += other.failed


@dataclass(slots=True)
class IdentifyCounts:
    """Counts by the name of the source, and the first few reasons why observations failed."""

    by_source: dict[str, EventCounts] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def of(self, source: str) -> EventCounts:
        return self.by_source.setdefault(source, EventCounts())

    @property
    def total(self) -> EventCounts:
        total = EventCounts()
        for counts in self.by_source.values():
            total.add(counts)
        return total
