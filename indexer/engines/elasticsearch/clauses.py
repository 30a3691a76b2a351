"""A Query as a query of Elasticsearch: plain dictionaries."""

import datetime as dt
from collections.abc import Iterator
from math import pi
from typing import Any

from hobnob.distance import EARTH_RADIUS_KM
from hobnob.observations import Attendance, Status
from hobnob.queries import Box, Circle, Query
from indexer.analysis import Term
from indexer.engines.asking import EPOCH, calendars, following_midnight, midnight, mixes_chains, person_words, terms
from indexer.engines.elasticsearch.lines import moment
from indexer.engines.fields import NAME_BOOST, PERSON_WORDS

__all__ = ["SLACK_KM", "Clause", "Clauses", "all_of", "within"]

SLACK_KM = 0.005
"""More than the server's distances and ours differ: it rounds places to a centimetre and computes to a metre or so."""

_FARTHEST_KM = pi * EARTH_RADIUS_KM

Clause = dict[str, Any]


def all_of(clauses: list[Clause], none_of: list[Clause] | None = None) -> Clause:
    return {"bool": {"filter": clauses, "must_not": none_of or []}}


def within(circle: Circle, radius_km: float) -> Clause:
    """What the server takes to be within `radius_km` of the centre; all places, when that is all the earth."""
    if radius_km >= _FARTHEST_KM:
        return {"exists": {"field": "location"}}
    centre = [circle.longitude, circle.latitude]
    return {"geo_distance": {"distance": f"{radius_km!r}km", "location": centre}}


class Clauses:
    """Makes the clauses of one Query."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._terms = terms(query)

    def filter(self, area: Clause | None) -> Clause:
        """All that the query asks for, with `area` for its circle."""
        wanted = [self._term(term) for term in self._terms.required]
        unwanted = [self._term(term) for term in self._terms.excluded]
        wanted += self._keywords()
        wanted += [self._person(person) for person in self._query.people]
        if self._query.box is not None:
            wanted += self._box(self._query.box)
        if area is not None:
            wanted.append(area)
        times = self._times()
        wanted.append(times[0] if len(times) == 1 else {"bool": {"should": times}})
        return all_of(wanted, unwanted)

    def scored(self) -> list[Clause]:
        """What relevance is judged by: the words of the query, those in an event's name counting more."""
        found = []
        for term in self._terms.required:
            forms = (*term.words, *term.stems)
            if len(term.words) > 1:
                found.append(self._term(term))
                found += [_boosted(word) for word in forms]
            else:
                found += [{"term": {"text": form}} for form in forms]
                found += [_boosted(form) for form in forms]
        return found

    def _term(self, term: Term) -> Clause:
        if len(term.words) > 1:
            return {"match_phrase": {"text": {"query": " ".join(term.words), "analyzer": "whitespace"}}}
        return {"terms": {"text": [*term.words, *term.stems]}}

    def _person(self, person: str) -> Clause:
        """All words of `person` in one name."""
        found = person_words(person)
        if not found:
            return {"match_none": {}}
        if len(found) == 1:
            return {"term": {"people": found[0]}}
        match = {"query": " ".join(found), "analyzer": "whitespace", "ordered": False, "max_gaps": 2 * PERSON_WORDS}
        return {"intervals": {"people": {"match": match}}}

    def _keywords(self) -> Iterator[Clause]:
        query = self._query
        for field, values in (
            ("industry", query.industries),
            ("kind", query.kinds),
            ("country", query.countries),
            ("source", query.sources),
            ("language", query.languages),
        ):
            if values:
                yield {"terms": {field: list(dict.fromkeys(values))}}
        if query.free is not None:
            yield {"term": {"free": query.free}}
        for field, known, wanted in (
            ("status", set(Status), set(query.statuses)),
            ("attendance", set(Attendance), set(query.attendance)),
        ):
            if wanted and wanted != known:
                yield {"terms": {field: sorted(wanted)}}

    def _times(self) -> list[Clause]:
        """The dates asked for, and, unless all occurrences are, each event once: one clause, or two of which either may
        fit.

        Without `start`, from `now` on; with it, from that day on the event's own calendar, or for online events
        from its midnight in the query's time zone. A document is its event's first one from then on when it ends
        after that and all earlier ones of its chain before.
        """
        query = self._query
        if query.start is None:
            now = moment((query.now - EPOCH) // dt.timedelta(seconds=1))
            here, earlier_here = self._from("end_date", "prev_end", now)
            online, earlier_online = list(here), earlier_here
            if query.end is None:
                return [all_of(here, earlier_here)]
        else:
            here, earlier_here = self._from("last_day", "prev_last_day", query.start.isoformat())
            first = moment(midnight(query.start, query.time_zone))
            online, earlier_online = self._from("end_date", "prev_end", first)
        if query.end is not None:
            here.append({"range": {"first_day": {"lte": query.end.isoformat()}}})
            following = following_midnight(query.end, query.time_zone)
            online += [] if following is None else [{"range": {"start_date": {"lt": moment(following)}}}]
        return list(self._by_calendar(here, earlier_here, online, earlier_online))

    def _from(self, field: str, previous: str, value: str) -> tuple[list[Clause], list[Clause]]:
        """What must be, and what must not."""
        wanted = [{"range": {field: {"gte": value}}}]
        if self._query.all_occurrences:
            return wanted, []
        suffix = "_any" if mixes_chains(self._query) else ""
        return wanted, [{"range": {previous + suffix: {"gte": value}}}]

    def _by_calendar(
        self, here: list[Clause], earlier_here: list[Clause], online: list[Clause], earlier_online: list[Clause]
    ) -> Iterator[Clause]:
        """`online` for online events, `here` for all others; only one of them when only such are asked for."""
        wants_here, wants_online = calendars(self._query)
        is_online: Clause = {"term": {"attendance": Attendance.ONLINE.value}}
        if wants_here:
            yield all_of(here, [*earlier_here, *([is_online] if wants_online else [])])
        if wants_online:
            yield all_of([*online, *([is_online] if wants_here else [])], earlier_online)

    def _box(self, box: Box) -> Iterator[Clause]:
        """Latitudes and longitudes, both edges included; the antimeridian is 180° W in the index."""
        yield _degrees("latitude", box.south, box.north)
        west = -180.0 if box.west == 180 else box.west
        if west > box.east:
            parts = [_degrees("longitude", west, 180.0), _degrees("longitude", -180.0, box.east)]
            yield {"bool": {"should": parts}}
        elif box.east == 180 and west > -180:
            parts = [_degrees("longitude", west, 180.0), _degrees("longitude", -180.0, -180.0)]
            yield {"bool": {"should": parts}}
        else:
            yield _degrees("longitude", west, box.east)


def _degrees(field: str, low: float, high: float) -> Clause:
    return {"range": {field: {"gte": low, "lte": high}}}


def _boosted(form: str) -> Clause:
    return {"term": {"name_tokens": {"value": form, "boost": NAME_BOOST}}}
