"""What a catalogue knows besides what sources say, as a dump carries it: the ids of events, and decisions by hand."""

import datetime as dt
from dataclasses import dataclass

from hobnob.events import Event
from hobnob.observations import Record

__all__ = ["Decision", "Dumped", "Identity", "KeyText"]

KeyText = tuple[str, str]
"""What names an observation for good: a digest of its source and UID (32 hexadecimal digits), and its recurrence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """An event with its id as it was when it was dumped, the observations that it consists of, each with the id that
    was once made for it, and the events that have become part of it, as they last were."""

    event: Event
    keys: tuple[tuple[str, str, str | None], ...]
    former: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided: "merge" or "split" of pairs of observations, or "hide" of single ones; `said` in words."""

    what: str
    said: str
    at: dt.datetime
    pairs: tuple[tuple[KeyText, KeyText | None], ...]
    undone_at: dt.datetime | None = None


Dumped = Record | Identity | Decision
