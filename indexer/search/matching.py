"""Whether an event is one that a Query asks for, without an engine: for events that no engine has, such as withdrawn
ones. It agrees with the engines on every filter (tests/search/test_matching)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from hobnob.distance import kilometres
from hobnob.events import Event, Occurrence, Presence
from hobnob.moments import UTC, zone_info
from hobnob.observations import Attendance, Place, Status
from hobnob.queries import Box, Query
from hobnob.settings import Settings
from indexer.analysis import QueryTerms, Term, query_terms, words
from indexer.documents import EventDocument, Time, event_document
from indexer.occurrences import occurrences

__all__ = ["Matching"]

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = (
    int(day.timestamp()) for day in (dt.datetime(1, 1, 3, tzinfo=UTC), dt.datetime(9999, 12, 29, tzinfo=UTC))
)


class Matching:
    """All filters of one Query; order, number and page are not its business."""

    def __init__(self, query: Query, settings: Settings) -> None:
        self._query = query
        self._settings = settings

    def fits(self, event: Event) -> bool:
        """Whether it fits, whatever its presence. What costs most is asked last."""
        if not (self._is_of_kind(event) and self._is_near(event) and self._has_people(event)):
            return False
        document = event_document(replace(event, presence=Presence.PRESENT, hidden=False), self._times(event))
        return self._has_words(document) and self._is_then(event, document)

    @cached_property
    def _zone(self) -> dt.tzinfo:
        return zone_info(self._query.time_zone) or UTC

    @cached_property
    def _terms(self) -> QueryTerms:
        asked = query_terms(self._query.text or "")
        banned = [query_terms(text) for text in self._query.exclude]
        more = [term for terms in banned for term in (*terms.required, *terms.excluded)]
        return QueryTerms(asked.required, (*asked.excluded, *more))

    def _is_of_kind(self, event: Event) -> bool:
        query = self._query
        pairs = (
            (query.statuses, {event.status}),
            (query.industries, {label.id for label in event.industries}),
            (query.kinds, {event.kind.id} if event.kind else set()),
            (query.countries, {(event.place or Place()).country_code}),
            (query.attendance, {event.attendance}),
            (query.sources, {source.source for source in event.sources}),
            (query.languages, {event.in_language}),
        )
        if any(asked and not found & {*asked} for asked, found in pairs):
            return False
        return query.free is None or event.is_free is query.free

    def _is_near(self, event: Event) -> bool:
        place, near, box = event.place or Place(), self._query.near, self._query.box
        if near is None and box is None:
            return True
        if place.latitude is None or place.longitude is None:
            return False
        if near is not None:
            away = kilometres(near.latitude, near.longitude, place.latitude, place.longitude)
            if away > near.radius_km:
                return False
        return box is None or _is_in_box(place.latitude, place.longitude, box)

    def _has_people(self, event: Event) -> bool:
        people = [set(words(person)) for person in self._query.people]
        if not people:
            return True
        names = [set(words(person.name)) for person in (*event.organizer, *event.performer, *event.attendee)]
        return all(asked and any(asked <= name for name in names) for asked in people)

    def _has_words(self, document: EventDocument) -> bool:
        occurs = all(_occurs(term, document) for term in self._terms.required)
        return occurs and not any(_occurs(term, document) for term in self._terms.excluded)

    def _is_then(self, event: Event, document: EventDocument) -> bool:
        """Whether one of its times is in the days asked for; of what is postponed, the time is not known."""
        query = self._query
        if event.status is Status.POSTPONED and query.start is None and query.end is None:
            return True
        online = event.attendance is Attendance.ONLINE
        return any(self._is_time(time, online=online) for time in document.times)

    def _times(self, event: Event) -> Sequence[Occurrence]:
        settings = self._settings
        return occurrences(
            event, now=self._query.now, horizon_days=settings.horizon_days, keep_past_days=settings.keep_past_days
        )

    def _is_time(self, time: Time, *, online: bool) -> bool:
        query = self._query
        if query.start is None and _instant(time.end + 1) <= query.now:
            return False
        first, last = time.first_day, time.last_day
        if online:
            first, last = (_instant(end).astimezone(self._zone).toordinal() for end in (time.start, time.end))
        early = query.end is None or first <= query.end.toordinal()
        return early and (query.start is None or last >= query.start.toordinal())


def _is_in_box(latitude: float, longitude: float, box: Box) -> bool:
    """A meridian has two numbers at 180 degrees; a box whose west is beyond its east runs over it."""
    west = -180.0 if box.west == 180.0 else box.west
    east = box.east if west <= box.east else box.east + 360
    own = -180.0 if longitude == 180.0 else longitude
    return box.south <= latitude <= box.north and any(west <= one <= east for one in (own, own + 360))


def _instant(seconds: int) -> dt.datetime:
    """A time at the end of the calendar is taken to be two days inside of it, so that every zone has it."""
    return _EPOCH + dt.timedelta(seconds=min(max(seconds, _FIRST), _LAST))


def _occurs(term: Term, document: EventDocument) -> bool:
    fields = (document.name_tokens, document.body_tokens)
    size = len(term.words)
    if size > 1:
        return any(term.words == field[at : at + size] for field in fields for at in range(len(field)))
    wanted = {*term.words, *term.stems}
    return any(not wanted.isdisjoint(field) for field in fields)
