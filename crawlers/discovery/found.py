"""What discovery passes on: an answer that was fetched, leads to others, and what came of it all."""

import datetime as dt
import enum
from dataclasses import dataclass, field

from crawlers.platforms.adapter import Way
from hobnob.observations import Observation
from hobnob.sources import Source

__all__ = ["Answer", "Candidate", "Discovery", "Lead", "Promise", "Tried", "Unanswered"]


class Unanswered(Exception):
    """An address gave no answer: why, its HTTP status if there was one, and whether a key of the user's is wanted."""

    def __init__(self, reason: str, status: int | None = None, *, wants_key: bool = False) -> None:
        super().__init__(reason)
        self.status = status
        self.wants_key = wants_key


class Promise(enum.IntEnum):
    """How much a lead promises: what is lower is tried first."""

    ADDRESS = 0
    PLATFORM = 1
    CALENDAR = 2
    EMBEDDED = 3
    LINKED_PLATFORM = 4
    EVENTS_PAGE = 5
    FEED = 6
    EVENT_PAGES = 7
    ONE_EVENT = 8
    SOFTWARE = 9
    GUESS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """An address to try. `why` says in words what led there; `page` is the page that did, with its title and language.

    `way` is that of `platform`, `time_zone` the zone that the page names for it. `pages` are further addresses of the
    same kind, which are tried with it (pages of single events), `follow` the pattern that they have in common. `depth`
    counts the pages between the address that was asked about and this one.
    """

    url: str
    why: str
    promise: Promise
    page: str | None = None
    title: str | None = None
    language: str | None = None
    platform: str | None = None
    way: Way | None = None
    time_zone: str | None = None
    pages: tuple[str, ...] = ()
    follow: str | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was fetched from `asked`. `url` is where redirects led to; `moved`: permanent ones alone.

    `header` is the lines of the response's header, names in lower case.
    """

    asked: str
    url: str
    body: bytes
    header: str = ""
    content_type: str | None = None
    moved: bool = False
    validators: bool = False

    @property
    def lasting(self) -> str:
        """The address to keep: the new one where the old one has moved for good."""
        return self.url if self.moved else self.asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One way to read events, and what it gave.

    `source` is a valid declaration of it, `found_by` says in words what led there. `events` are a sample, what comes
    next first; `count` and `upcoming` count all that was read, `more`: there are further pages, or the reading was cut
    short. `first` and `last` are the days of the earliest and the latest event. `floating` counts the times without
    zone, `placed`, `linked`, `described` the events with a place, an address, a description. `validators`: the server
    tells what has not changed; `refresh` is what the source itself asks for. `as_given`: it is read as its platform's
    adapter does, at an address that the adapter did not make. `problem`: why nothing was read.
    `reasons` say in words what speaks for it and against it.
    """

    source: Source
    found_by: str
    events: tuple[Observation, ...] = ()
    count: int = 0
    upcoming: int = 0
    more: bool = False
    first: dt.date | None = None
    last: dt.date | None = None
    floating: int = 0
    placed: int = 0
    linked: int = 0
    described: int = 0
    skipped: int = 0
    validators: bool = False
    refresh: dt.timedelta | None = None
    language: str | None = None
    as_given: bool = False
    problem: str | None = None
    reasons: tuple[str, ...] = ()

    @property
    def zone_known(self) -> bool:
        return self.floating == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """An address that was tried: what led there, and what came of it, both in words."""

    url: str
    why: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What was found behind `url`: ways to read it, the best first, and all that was tried.

    `closed` says why a platform cannot be read. `error` says why nothing was found, if so. `declared` is, of a source
    that is stored already, how it is read now.
    """

    url: str
    candidates: tuple[Candidate, ...] = ()
    tried: tuple[Tried, ...] = field(default_factory=tuple)
    closed: str | None = None
    error: str | None = None
    declared: Candidate | None = None

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None
