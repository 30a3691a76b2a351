"""What can be asked, and what an answer holds: the same for terminal, web, saved feeds and both engines."""

import datetime as dt
import enum
from dataclasses import dataclass, field

from hobnob.moments import UTC, Moment
from hobnob.observations import Attendance, Place, Status

__all__ = ["DEEPEST", "FACETS", "LIVE", "MOST_HITS", "Box", "Circle", "FacetCount", "Hit", "Page", "Query", "Sort"]

#: What a search shows unless it asks for more: everything that has not been cancelled.
LIVE = frozenset(Status) - {Status.CANCELLED}

#: The longest page that can be asked for.
MOST_HITS = 1_000

#: No page begins after so many hits.
DEEPEST = 100_000

#: The facets an engine can count, each by its field of the answer.
FACETS = ("industry", "kind", "city", "country", "month", "attendance", "source", "language")


class Sort(enum.StrEnum):
    """The order of results; ties are broken by start, then event id, so that every order is total."""

    DATE = "date"
    RELEVANCE = "relevance"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A place and how far around it: degrees (WGS 84) and kilometres. `label` is what to call the centre."""

    latitude: float
    longitude: float
    radius_km: float
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """South, west, north, east in degrees; a box with west > east spans the antimeridian."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One question to an engine. Fields that are empty do not filter; several values of one field are alternatives.

    `text`: all its words must occur; "quoted words" occur as a phrase; `exclude`: none of its words may occur.
    `near` and `box` leave out what has no place. `start` and `end` are days, both included, on the event's own
    calendar, or for online events on that of `time_zone`. Without `start`, everything that is not over at `now`
    (an aware datetime) counts. `people` match the names of organizers, performers and attendees.
    Each event is given once, at its first occurrence that fits, unless `all_occurrences`.
    """

    text: str | None = None
    exclude: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    near: Circle | None = None
    box: Box | None = None
    countries: tuple[str, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    attendance: tuple[Attendance, ...] = ()
    statuses: frozenset[Status] = LIVE
    sources: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    free: bool | None = None
    sort: Sort = Sort.DATE
    limit: int = 20
    page: int = 1
    all_occurrences: bool = False
    now: dt.datetime = field(default_factory=lambda: dt.datetime.now(UTC))
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One line of an answer: an event at one of its occurrences, with what a list needs to show.

    `distance_km` is set by a query with `near`; `score` by one sorted by relevance. `summary` is the beginning
    of the description.
    """

    id: str
    name: str
    start_date: Moment
    end_date: Moment | None = None
    status: Status = Status.SCHEDULED
    attendance: Attendance = Attendance.OFFLINE
    kind: str | None = None
    industries: tuple[str, ...] = ()
    place: Place | None = None
    virtual_location: str | None = None
    url: str | None = None
    organizer: tuple[str, ...] = ()
    performer: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    is_free: bool | None = None
    in_language: str | None = None
    series: str | None = None
    recurring: bool = False
    summary: str | None = None
    distance_km: float | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of an answer. `total` counts events (occurrences when all were asked for), not documents."""

    hits: tuple[Hit, ...]
    total: int
    query: Query


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetCount:
    """How many events of an answer have `value`."""

    value: str
    count: int
