"""A Query as clauses of tantivy: what a document must have, and must not have, to be found."""

import datetime as dt
from collections.abc import Iterable, Iterator

from tantivy import FieldType, Occur, Schema, Searcher
from tantivy import Query as Clause

from hobnob.observations import Attendance, Status
from hobnob.queries import Box, Query
from indexer.analysis import Term
from indexer.engines.asking import EPOCH, calendars, following_midnight, midnight, mixes_chains, person_words, terms
from indexer.engines.embedded.lines import SLOT
from indexer.engines.embedded.schema import ORDER_BITS
from indexer.engines.fields import NAME_BOOST

__all__ = ["Clauses", "Parts", "all_of", "one_of"]

Parts = list[tuple[Occur, Clause]]


def all_of(parts: Iterable[tuple[Occur, Clause]]) -> Clause:
    """Parts that must, must not and may occur, as one clause; one that may says nothing when there are others."""
    return Clause.boolean_query(list(parts))


def one_of(clauses: Iterable[Clause]) -> Clause:
    found = list(clauses)
    if not found:
        return Clause.empty_query()
    return found[0] if len(found) == 1 else all_of((Occur.Should, clause) for clause in found)


class Clauses:
    """Makes the clauses of one Query. `searcher` tells which terms exist, so that absent ones cost nothing."""

    def __init__(self, schema: Schema, searcher: Searcher, query: Query) -> None:
        self._schema = schema
        self._searcher = searcher
        self._query = query
        self._terms = terms(query)

    def filters(self) -> Parts:
        """All that the query asks for, except `near` and its dates."""
        parts = [(Occur.Must, self._term(term)) for term in self._terms.required]
        parts += [(Occur.MustNot, self._term(term)) for term in self._terms.excluded]
        parts += self._keywords()
        parts += [(Occur.Must, self._person(person)) for person in self._query.people]
        if self._query.box is not None:
            parts += [(Occur.Must, clause) for clause in self._box(self._query.box)]
        return parts

    def scored(self) -> Clause | None:
        """What relevance is judged by: the words of the query, those in an event's name counting more."""
        if not self._terms.required:
            return None
        parts = []
        for term in self._terms.required:
            parts.append((Occur.Should, self._term(term)))
            alternatives = [self._is("name", token) for token in (*term.words, *term.stems) if self._has("name", token)]
            parts += [(Occur.Should, Clause.boost_query(clause, NAME_BOOST)) for clause in alternatives]
        return all_of(parts)

    def _term(self, term: Term) -> Clause:
        if len(term.words) > 1:
            return self._phrase(term.words)
        found = [token for token in (*term.words, *term.stems) if self._has("text", token)]
        return self._any("text", found)

    def _phrase(self, found: tuple[str, ...]) -> Clause:
        if not all(self._has("text", word) for word in found):
            return Clause.empty_query()
        return Clause.phrase_query(self._schema, "text", [*found])

    def _person(self, person: str) -> Clause:
        """All words of `person` in one name: at places where each of them stands in some event (see lines)."""
        found = person_words(person)
        if not found:
            return Clause.empty_query()
        places = set.intersection(*map(self._places, found))
        return one_of(
            all_of((Occur.Must, self._is("people", f"{word}{SLOT}{place}")) for word in found)
            for place in sorted(places)
        )

    def _places(self, word: str) -> set[str]:
        prefix = f"{word}{SLOT}"
        return {token.removeprefix(prefix) for token, _ in self._searcher.terms_with_prefix("people", prefix)}

    def _keywords(self) -> Iterator[tuple[Occur, Clause]]:
        query = self._query
        for field, values in (
            ("industry", query.industries),
            ("kind", query.kinds),
            ("country", query.countries),
            ("source", query.sources),
            ("language", query.languages),
        ):
            if values:
                yield Occur.Must, self._any(field, list(dict.fromkeys(values)))
        if query.free is not None:
            yield Occur.Must, self._is("free", "yes" if query.free else "no")
        yield from self._closed("status", Status, query.statuses)
        yield from self._closed("attendance", Attendance, query.attendance)

    def _closed(self, field: str, known: Iterable[str], asked: Iterable[str]) -> Iterator[tuple[Occur, Clause]]:
        """Alternatives out of a closed list, said by what is rarer: those that are asked for, or the others."""
        wanted = {str(value) for value in asked}
        others = [str(value) for value in known if value not in wanted]
        if not wanted or not others:
            return
        if len(others) <= len(wanted):
            yield from ((Occur.MustNot, self._is(field, value)) for value in others)
        else:
            yield Occur.Must, self._any(field, sorted(wanted))

    def times(self) -> list[Parts]:
        """The dates asked for, and, unless all occurrences are, each event once: one list of parts, or two of which
        either may fit.

        Without `start`, from `now` on; with it, from that day on the event's own calendar, or for online events
        from its midnight in the query's time zone. A document is its event's first one from then on when it ends
        after that and all earlier ones of its chain before.
        """
        query = self._query
        if query.start is None:
            now = (query.now - EPOCH) // dt.timedelta(seconds=1)
            here = online = list(self._from("end", "prev_end", now))
            if query.end is None:
                return [here]
        else:
            here = list(self._from("last_day", "prev_last_day", query.start.toordinal()))
            online = list(self._from("end", "prev_end", midnight(query.start, query.time_zone)))
        if query.end is not None:
            here = [*here, (Occur.Must, self._range("first_day", high=query.end.toordinal()))]
            online = [*online, *self._until(query.end)]
        return self._by_calendar(here, online)

    def _from(self, field: str, previous: str, value: int) -> Iterator[tuple[Occur, Clause]]:
        yield Occur.Must, self._range(field, low=value)
        if not self._query.all_occurrences:
            suffix = "_any" if mixes_chains(self._query) else ""
            yield Occur.Must, self._range(previous + suffix, high=value - 1)

    def _by_calendar(self, here: Parts, online: Parts) -> list[Parts]:
        """`online` for online events, `here` for all others; one of them is enough when `filters` leaves only such."""
        wants_here, wants_online = calendars(self._query)
        if not wants_here:
            return [online]
        if not wants_online:
            return [here]
        is_online = self._is("attendance", Attendance.ONLINE)
        return [[*here, (Occur.MustNot, is_online)], [*online, (Occur.Must, is_online)]]

    def _until(self, day: dt.date) -> Parts:
        following = following_midnight(day, self._query.time_zone)
        if following is None:
            return []
        return [(Occur.Must, self._range("order", high=(following << ORDER_BITS) - 1))]

    def _box(self, box: Box) -> Iterator[Clause]:
        """Latitudes and longitudes, both edges included; the antimeridian is 180° W in the index."""
        yield self._degrees("latitude", box.south, box.north)
        west = -180.0 if box.west == 180 else box.west
        if west > box.east:
            yield all_of(
                [
                    (Occur.Should, self._degrees("longitude", west, 180.0)),
                    (Occur.Should, self._degrees("longitude", -180.0, box.east)),
                ]
            )
        elif box.east == 180 and west > -180:
            edge = self._degrees("longitude", -180.0, -180.0)
            yield all_of([(Occur.Should, self._degrees("longitude", west, 180.0)), (Occur.Should, edge)])
        else:
            yield self._degrees("longitude", west, box.east)

    def _has(self, field: str, token: str) -> bool:
        return self._searcher.doc_freq(field, token) > 0

    def _is(self, field: str, token: str) -> Clause:
        return Clause.term_query(self._schema, field, token)

    def _any(self, field: str, values: list[str]) -> Clause:
        return one_of(self._is(field, value) for value in values)

    def _range(self, field: str, *, low: int | None = None, high: int | None = None) -> Clause:
        return Clause.range_query(self._schema, field, FieldType.Integer, low, high)

    def _degrees(self, field: str, low: float, high: float) -> Clause:
        return Clause.range_query(self._schema, field, FieldType.Float, low, high)
