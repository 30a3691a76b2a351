"""What an engine indexes: for each event, what its documents share and the times at which it happens.

Engine-neutral: terms are made here, once, by the project's own analysis, so that every engine finds the same.
"""

from dataclasses import dataclass

__all__ = ["NEVER", "EventDocument", "Time"]

NEVER = -(2**40)
"""Before any time and any day: the `prev_…` of a first occurrence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """One occurrence as numbers. Seconds count from 1970-01-01 UTC; days are proleptic ordinals (date.toordinal).

    `end` and `last_day` belong to the last second in which it still runs, so that a thing that ends at midnight
    does not reach into the next day. `prev_end` and `prev_last_day` are the latest among the event's earlier
    occurrences of the same chain (cancelled ones, or all others), `..._any` among all earlier ones; NEVER if none.
    `when` is the JSON of {"start_date", "end_date"} as Moments, `month` is local, "2026-12".
    """

    key: str
    start: int
    end: int
    first_day: int
    last_day: int
    prev_end: int
    prev_last_day: int
    prev_end_any: int
    prev_last_day_any: int
    status: str
    month: str
    when: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDocument:
    """What all documents of one event share. Tokens are as indexer.analysis makes them.

    `card` is the JSON of a hobnob.queries.Hit, to which a Time adds its dates and status.
    """

    event_id: str
    name_tokens: tuple[str, ...]
    body_tokens: tuple[str, ...]
    industries: tuple[str, ...] = ()
    kind: str | None = None
    attendance: str = "offline"
    sources: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    language: str | None = None
    free: bool | None = None
    country: str | None = None
    city: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    card: bytes
    times: tuple[Time, ...] = ()
