"""Whether an event is one that a Query asks for, without an engine: for events that no engine has, such as withdrawn
ones. It agrees with the engines on every filter (tests/search/test_matching)."""

import datetime as dt
from collections.abc import Sequence
from functools import cached_property

from hobnob.distance import kilometres
from hobnob.events import Event, Occurrence
from hobnob.moments import UTC, zone_info
from hobnob.observations import Attendance, Place, Status
from hobnob.queries import Query
from hobnob.settings import Settings
from indexer.analysis import QueryTerms, Term, query_terms, words
from indexer.documents import EventDocument, event_document
from indexer.occurrences import occurrences

__all__ = ["Matching"]

_DAY = dt.timedelta(days=1)


class Matching:
    """All filters of one Query; order, number and page are not its business."""

    def __init__(self, query: Query, settings: Settings) -> None:
        self._query = query
        self._settings = settings

    def fits(self, event: Event) -> bool:
        """Whether it fits, whatever its presence. What costs most is asked last."""
        return self._is_of_kind(event) and self._is_near(event) and self._has_words(event) and self._is_then(event)

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
            return away <= near.radius_km
        assert box is not None
        over = box.west > box.east  # it spans the antimeridian
        inside = (box.west <= place.longitude, place.longitude <= box.east)
        return box.south <= place.latitude <= box.north and (any(inside) if over else all(inside))

    def _has_words(self, event: Event) -> bool:
        people = [set(words(person)) for person in self._query.people]
        if people:
            names = [set(words(person.name)) for person in (*event.organizer, *event.performer, *event.attendee)]
            if not all(asked and any(asked <= name for name in names) for asked in people):
                return False
        if not self._terms.required and not self._terms.excluded:
            return True
        document = event_document(event, ())
        occurs = all(_occurs(term, document) for term in self._terms.required)
        return occurs and not any(_occurs(term, document) for term in self._terms.excluded)

    def _is_then(self, event: Event) -> bool:
        """Whether one of its times is in the days asked for; of what is postponed, the time is not known."""
        query = self._query
        if event.status is Status.POSTPONED and query.start is None and query.end is None:
            return True
        return any(self._is_time(time, event) for time in self._times(event))

    def _times(self, event: Event) -> Sequence[Occurrence]:
        settings = self._settings
        return occurrences(
            event, now=self._query.now, horizon_days=settings.horizon_days, keep_past_days=settings.keep_past_days
        )

    def _is_time(self, time: Occurrence, event: Event) -> bool:
        first, last, query = time.start.date, max(time.start.date, time.end.date), self._query
        if event.attendance is Attendance.ONLINE:
            first, last = (instant.astimezone(self._zone).date() for instant in (time.start_utc, time.end_utc))
        if query.start is None and time.end_utc <= query.now:
            return False
        return (query.start is None or last >= query.start) and (query.end is None or first <= query.end)


def _occurs(term: Term, document: EventDocument) -> bool:
    fields = (document.name_tokens, document.body_tokens)
    size = len(term.words)
    if size > 1:
        return any(term.words == field[at : at + size] for field in fields for at in range(len(field)))
    wanted = {*term.words, *term.stems}
    return any(not wanted.isdisjoint(field) for field in fields)
