"""What the catalogue answers with, apart from the vocabulary's own types."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from hobnob.events import Event, Presence
from hobnob.observations import Observation, Problem

__all__ = [
    "ByHand",
    "CatalogueCounts",
    "Change",
    "Claims",
    "LoadCounts",
    "News",
    "PairInDoubt",
    "Said",
    "Settled",
    "SourceCounts",
    "SourcePlan",
    "SourceState",
]

_MOST_REASONS = 50


@dataclass(slots=True)
class SourceCounts:
    """What became of the entries of one source: `skipped` counts by reason.

    `suspicious`: why the crawl is not believed (indexer.upkeep.breaker).
    """

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    suspicious: str | None = None

    def skip(self, reason: str, times: int = 1) -> None:
        """Counts a skipped entry; beyond a bound, rare reasons share one line."""
        if reason not in self.skipped and len(self.skipped) >= _MOST_REASONS:
            reason = "other reasons"
        self.skipped[reason] = self.skipped.get(reason, 0) + times

    def add(self, other: "SourceCounts") -> None:
        self.read += other.read
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.suspicious = other.suspicious or self.suspicious
        for reason, times in other.skipped.items():
            self.skip(reason, times)


@dataclass(slots=True)
class LoadCounts:
    """Counts by the name of the source ("" for what no source is named for); and how many `ids` of events and
    `decisions` by hand were taken over from a dump."""

    by_source: dict[str, SourceCounts] = field(default_factory=dict)
    ids: int = 0
    decisions: int = 0

    def of(self, source: str) -> SourceCounts:
        return self.by_source.setdefault(source, SourceCounts())

    def has_news(self, source: str) -> bool:
        """Whether something of the source was new or changed."""
        counts = self.by_source.get(source)
        return counts is not None and counts.new + counts.changed > 0

    def add(self, other: "LoadCounts") -> None:
        for source, counts in other.by_source.items():
            self.of(source).add(counts)
        self.ids += other.ids
        self.decisions += other.decisions

    @property
    def total(self) -> SourceCounts:
        total = SourceCounts()
        for counts in self.by_source.values():
            total.add(counts)
        return total


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is known of a source from its fetches.

    `outcome`, `errors`, `problem` and the counts are the last fetch's; `last_success` is the last one that did not
    fail, and `failures` counts those that failed since. `etag` and `last_modified` are the validators of the last
    answer. `observations` counts what the catalogue holds of it now. `moved_to` is the last that an answer told.
    `suspicious`: why its last crawls are not believed, where `usual` is what it gave before (indexer.upkeep.breaker).
    """

    name: str
    title: str | None = None
    url: str | None = None
    last_fetch: dt.datetime | None = None
    last_success: dt.datetime | None = None
    outcome: str | None = None
    failures: int = 0
    fetched: int = 0
    read: int = 0
    skipped: int = 0
    errors: tuple[str, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    observations: int = 0
    problem: Problem | None = None
    moved_to: str | None = None
    suspicious: str | None = None
    usual: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePlan:
    """When a source is to be fetched again, and who is at it.

    `due_at` was planned when the source was declared as `every`; `interval` is in force since its last fetch.
    `claimed_by` (a name of indexer.upkeep.owners) is at it, and will be until `claimed_until` at least.
    """

    name: str
    last_fetch: dt.datetime | None = None
    every: dt.timedelta | None = None
    interval: dt.timedelta | None = None
    due_at: dt.datetime | None = None
    claimed_by: str | None = None
    claimed_until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """What somebody who wanted sources has been given; `held` says who has those that others are at."""

    taken: tuple[str, ...] = ()
    held: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of the change log.

    `what`: "added", "changed", "moved" (date or place), "cancelled", "postponed", "reinstated", "missing", "withdrawn",
    "hidden", "shown", "merged" and "split" (`fields["id"]` has the ids of the event that it was or came from, and of
    the one that it is).
    `fields`: by field name, the value before and after, as short text.
    """

    number: int
    event_id: str
    what: str
    at: dt.datetime
    fields: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """An event as it is now, or as it last was if it has been merged away, and its changes since some time, in their
    order."""

    event: Event
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueCounts:
    """How much the catalogue holds. `pending` observations wait to be identified, `problems` could not be."""

    sources: int
    observations: int
    pending: int
    problems: int
    events: int
    present: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An observation of an event, and what is known of it: when its source showed it first and last, in how many
    healthy crawls since it was missed, why it could not be judged.

    `part` is what of it is compared with others (made by the rules of version `rules`); None for what belongs to
    another observation of the same source, as an override does to its series.
    """

    id: int
    key: tuple[bytes, str]
    observation: Observation
    first_seen: dt.datetime
    last_seen: dt.datetime
    presence: Presence = Presence.PRESENT
    missed: int = 0
    problem: str | None = None
    part: str | None = None
    rules: int | None = None


@dataclass(frozen=True, slots=True)
class PairInDoubt:
    """Two events, by id, that may be one: how likely that is (0 to 1), and what speaks for and against it."""

    one: str
    other: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """A decision of a person: "merge", "split" or "hide", `said` in words, and the observations that it is about, by
    key. `overruled_by` is the number of a later one that says the contrary."""

    number: int
    what: str
    said: str
    at: dt.datetime
    undone_at: dt.datetime | None = None
    overruled_by: int | None = None
    pairs: tuple[tuple[tuple[bytes, str], tuple[bytes, str] | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A decision that was just recorded or undone, the events that are therefore identified again, and the numbers of
    earlier decisions that it overrules."""

    number: int
    said: str
    events: tuple[str, ...]
    overruled: tuple[int, ...] = ()
