"""What we believe: events merged from observations, and the times at which they happen."""

import datetime as dt
import enum
from dataclasses import dataclass, field

from hobnob.moments import Moment
from hobnob.observations import Attendance, Offer, Person, Place, Status

__all__ = ["Event", "EventSource", "Label", "Occurrence", "Override", "Presence"]


class Presence(enum.StrEnum):
    """Whether its sources still show the event; a thing apart from its status."""

    PRESENT = "present"
    MISSING = "missing"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A judgement from a closed list: its id, how sure (0 to 1), and the words that speak for it."""

    id: str
    score: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSource:
    """One source that speaks of the event: its name, the UID it uses, and the page to read there."""

    source: str
    uid: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One occurrence that differs: the start it would have had, and what is true instead.

    An override that changes name, place or attendance is an Event of its own with the same `series`; the
    occurrence it replaces is then cut out of the series by an `exdate`.
    """

    recurrence_id: Moment
    start_date: Moment
    end_date: Moment | None = None
    status: Status = Status.SCHEDULED


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event, merged from all its observations.

    `end_date` of an event of whole days is its last day. Moments are on the clocks of the place where that
    is known. `origins` gives, by field name, the source the value came from (EventSource.source).
    `sequence` grows with every change that matters to a calendar; `changed_at` is the time of the last one.
    `place_why` and `time_zone_why` say what place and clocks rest on. `hidden`: a person decided that it is not shown.
    `rules` is the version of the rules by which all this was concluded (indexer.rules).
    """

    id: str
    name: str
    start_date: Moment
    end_date: Moment | None = None
    description: str | None = None
    url: str | None = None
    status: Status = Status.SCHEDULED
    presence: Presence = Presence.PRESENT
    attendance: Attendance = Attendance.OFFLINE
    kind: Label | None = None
    industries: tuple[Label, ...] = ()
    place: Place | None = None
    place_why: str | None = None
    time_zone_why: str | None = None
    virtual_location: str | None = None
    organizer: tuple[Person, ...] = ()
    performer: tuple[Person, ...] = ()
    attendee: tuple[Person, ...] = ()
    offers: tuple[Offer, ...] = ()
    is_free: bool | None = None
    keywords: tuple[str, ...] = ()
    image: str | None = None
    in_language: str | None = None
    series: str | None = None
    rrule: tuple[str, ...] = ()
    rdate: tuple[Moment, ...] = ()
    exdate: tuple[Moment, ...] = ()
    overrides: tuple[Override, ...] = ()
    vtimezone: str | None = None
    sources: tuple[EventSource, ...] = ()
    origins: dict[str, str] = field(default_factory=dict)
    hidden: bool = False
    rules: int = 0
    sequence: int = 0
    created_at: dt.datetime | None = None
    changed_at: dt.datetime | None = None

    @property
    def recurs(self) -> bool:
        """Whether it is written as a series, however few its times are."""
        return bool(self.rrule or self.rdate or self.overrides)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One time an Event happens, on its own clocks and, derived, in UTC (aware datetimes).

    `end` of whole days is the last day; `end_utc` is the instant it is over (midnight after the last day).
    """

    event_id: str
    start: Moment
    end: Moment
    start_utc: dt.datetime
    end_utc: dt.datetime
    status: Status
    recurrence_id: Moment | None = None
