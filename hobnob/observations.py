"""What a source said: the records that crawlers hand to the indexer.

Field names are schema.org's in snake_case, and RFC 5545's for recurrence. Typed, but not judged.
"""

import datetime as dt
import enum
from dataclasses import dataclass, field

from hobnob.moments import Moment

__all__ = [
    "Attendance",
    "FetchReport",
    "Follow",
    "Observation",
    "Offer",
    "Person",
    "Place",
    "Problem",
    "Record",
    "Skipped",
    "Status",
    "Unchanged",
]


class Status(enum.StrEnum):
    """schema.org EventStatusType; `cancelled` is RFC 5545's CANCELLED."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    RESCHEDULED = "rescheduled"
    MOVED_ONLINE = "moved_online"


class Attendance(enum.StrEnum):
    """schema.org EventAttendanceModeEnumeration: how one takes part, a thing apart from the place."""

    OFFLINE = "offline"
    ONLINE = "online"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """schema.org Place with its PostalAddress and GeoCoordinates.

    A source gives what it has; `geonames_id`, `country_code` and `time_zone` are set by the indexer.
    `latitude` and `longitude` are degrees (WGS 84), rounded to six decimals. `text` is the place as written
    where the source had no finer fields.
    """

    name: str | None = None
    text: str | None = None
    street_address: str | None = None
    address_locality: str | None = None
    address_region: str | None = None
    postal_code: str | None = None
    address_country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    url: str | None = None
    geonames_id: int | None = None
    country_code: str | None = None
    time_zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """schema.org Person or Organization: who organises, performs or attends."""

    name: str
    type: str | None = None
    url: str | None = None
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """schema.org Offer; `price` is a decimal number as text, "0" for free."""

    price: str | None = None
    price_currency: str | None = None
    url: str | None = None
    availability: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one source said about one event, at one time.

    `end_date` of an event of whole days is its last day (schema.org), not the day after (RFC 5545).
    `rrule` holds RRULE values as written. `vtimezone` is the text of a VTIMEZONE that the moments name
    by a TZID which is no IANA name. `raw` keeps, by field name, a value that typing would have lost; under "guess",
    what was guessed. `component` is a digest of the component that it was read from, under the conditions it was read.
    """

    source: str
    uid: str
    name: str
    start_date: Moment
    end_date: Moment | None = None
    description: str | None = None
    url: str | None = None
    event_status: Status | None = None
    event_attendance_mode: Attendance | None = None
    location: Place | None = None
    virtual_location: str | None = None
    organizer: tuple[Person, ...] = ()
    performer: tuple[Person, ...] = ()
    attendee: tuple[Person, ...] = ()
    offers: tuple[Offer, ...] = ()
    is_accessible_for_free: bool | None = None
    keywords: tuple[str, ...] = ()
    image: str | None = None
    in_language: str | None = None
    super_event: str | None = None
    sequence: int | None = None
    rrule: tuple[str, ...] = ()
    rdate: tuple[Moment, ...] = ()
    exdate: tuple[Moment, ...] = ()
    recurrence_id: Moment | None = None
    vtimezone: str | None = None
    dtstamp: dt.datetime | None = None
    last_modified: dt.datetime | None = None
    source_url: str | None = None
    fetched_at: dt.datetime | None = None
    reader: str | None = None
    component: str | None = None
    raw: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """A link to read next. `as_what` names a reader ("html", "ics", "feed") or "page" for pagination."""

    url: str
    as_what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The component `key` of `source` (Observation.component) says what it said when it was last read."""

    source: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """An entry that could not be read: where (line, counted from 1, when known) and why."""

    reason: str
    line: int | None = None
    source: str | None = None
    source_url: str | None = None


class Problem(enum.StrEnum):
    """What is wrong with a source, by what a person would do about it."""

    UNREACHABLE = "unreachable"  # no such host, no connection
    TIMEOUT = "timeout"
    TLS = "tls"
    FORBIDDEN = "forbidden"  # 401, 403, 406, 451, a challenge
    THROTTLED = "throttled"  # 429, or 503 with Retry-After
    ROBOTS = "robots"
    MISSING = "missing"  # 404, 410
    SERVER = "server"  # 5xx, a broken answer, redirects in a circle
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"  # not what its reader reads: another format, a login page, another shape of JSON
    EMPTY = "empty"  # read, and there is no event in it
    SHRUNK = "shrunk"  # read, and there is far less in it than is usual
    KEY = "key"  # its platform wants a key
    PRIVATE = "private"  # leads to a private network
    INTERRUPTED = "interrupted"  # not the source's fault: the crawl was ended
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchReport:
    """How one crawl of one source ended.

    `outcome`: "read", "not_modified" or "failed" (then `errors` says why). `complete`: everything the source
    publishes was read, so that what is absent may be missing. `window_start` and `window_end`: the first and
    last day that the source's answer covered. `fetched` counts responses; `read`, `skipped` and
    `over` (ended too long ago) count entries. `title` is the source's own, `refresh` the seconds that it asks to be
    left alone for. A source that was read and had no entry says so in `errors`. `problem` is the kind of the first
    error. `moved_to`: where permanent redirects (301, 308) alone led from the declared address. `retry_after`: the
    seconds that the server asked to be left alone for (RFC 9110, 10.2.3).
    """

    source: str
    outcome: str
    started_at: dt.datetime
    finished_at: dt.datetime
    complete: bool = False
    window_start: dt.date | None = None
    window_end: dt.date | None = None
    fetched: int = 0
    read: int = 0
    skipped: int = 0
    over: int = 0
    bytes: int = 0
    etag: str | None = None
    last_modified: str | None = None
    title: str | None = None
    refresh: int | None = None
    problem: Problem | None = None
    moved_to: str | None = None
    retry_after: int | None = None
    errors: tuple[str, ...] = ()


Record = Observation | Unchanged | Skipped | FetchReport
