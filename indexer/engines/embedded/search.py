"""One search: the page that a Query asks for, and its facets."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import msgspec
from tantivy import DocAddress, Occur, Order, Schema, Searcher
from tantivy import Query as Clause

from hobnob.distance import kilometres
from hobnob.errors import EngineError
from hobnob.queries import Circle, FacetCount, Hit, Page, Query, Sort
from indexer.engines.asking import check, check_facets
from indexer.engines.embedded.clauses import Clauses, all_of, one_of
from indexer.engines.embedded.failures import REBUILD
from indexer.engines.embedded.geography import cover
from indexer.engines.embedded.lines import hit, identity
from indexer.engines.embedded.ranking import BAND, Row, distance_band, page, settled
from indexer.engines.embedded.reading import count_of, how_many, stored_bytes, stored_text, values

__all__ = ["Search"]

_ALL_BUCKETS = 65_000


class Search:
    """A Query against one state of an index. Raises BadValue for a query that makes no sense."""

    def __init__(self, schema: Schema, searcher: Searcher, query: Query) -> None:
        check(query)
        self._schema = schema
        self._searcher = searcher
        self._query = query
        self._clauses = Clauses(schema, searcher, query)
        self._filters = self._clauses.filters()
        self._times = self._clauses.times()

    def page(self) -> Page:
        """The hits in their order: by date, or by distance or relevance and then by date; then by id."""
        rows, total = self._ranked()
        return Page(hits=tuple(self._hits(rows)), total=total, query=self._query)

    def facets(self, names: Sequence[str], limit: int) -> dict[str, tuple[FacetCount, ...]]:
        """The most frequent values of each facet, those of equal count by value. Raises BadValue for an unknown one."""
        check_facets(names, limit)
        counted = self._buckets(names, 2 * limit)
        cut = [name for name, (found, more) in counted.items() if more and found[limit - 1].count == found[-1].count]
        if cut:
            counted |= self._buckets(cut, _ALL_BUCKETS)
        return {
            name: tuple(sorted(found, key=lambda each: (-each.count, each.value))[:limit])
            for name, (found, _) in counted.items()
        }

    def _buckets(self, names: Sequence[str], size: int) -> dict[str, tuple[list[FacetCount], bool]]:
        """For each facet the `size` most frequent values, and whether there are more."""
        if not names:
            return {}
        wanted = {name: {"terms": {"field": name, "size": size, "segment_size": _ALL_BUCKETS}} for name in names}
        answer = self._searcher.aggregate(self._found, wanted)
        return {
            name: (
                [FacetCount(value=bucket["key"], count=bucket["doc_count"]) for bucket in answer[name]["buckets"]],
                answer[name]["sum_other_doc_count"] > 0,
            )
            for name in names
        }

    @cached_property
    def _found(self) -> Clause:
        """All that the query finds."""
        return self._within(self._query.near)

    def _within(self, circle: Circle | None) -> Clause:
        """The filters are repeated for each way in which dates may fit: a union inside would be worked out whole."""
        filters = self._filters
        if circle is not None:
            tokens = cover(self._searcher, circle)
            area = Clause.term_set_query(self._schema, "area", tokens) if tokens else Clause.empty_query()
            filters = [(Occur.Must, area), *filters]
        return one_of(all_of([*filters, *times]) for times in self._times)

    def _ranked(self) -> tuple[list[Row], int]:
        scored = self._clauses.scored()
        if self._query.sort is Sort.RELEVANCE and scored is not None:
            return self._by_relevance(scored)
        if self._query.sort is Sort.DISTANCE and self._query.near is not None:
            return self._by_distance(self._query.near)
        return self._by_date()

    @property
    def _offset(self) -> int:
        return (self._query.page - 1) * self._query.limit

    def _by_date(self) -> tuple[list[Row], int]:
        total = 0

        def fetch(offset: int, limit: int) -> list[Row]:
            nonlocal total
            rows, total = self._dated(self._found, offset, limit)
            return rows

        return page(fetch, self._identity, self._offset, self._query.limit), total

    def _dated(self, found: Clause, offset: int, limit: int) -> tuple[list[Row], int]:
        result = self._searcher.search(found, limit, order_by_field="order", offset=offset, order=Order.Asc)
        return [Row(key, address) for key, address in result.hits], count_of(result)

    def _by_relevance(self, scored: Clause) -> tuple[list[Row], int]:
        found = all_of([(Occur.Must, Clause.const_score_query(self._found, 0.0)), (Occur.Must, scored)])
        total = 0

        def fetch(offset: int, limit: int) -> list[Row]:
            nonlocal total
            result = self._searcher.search(found, limit, offset=offset)
            total = count_of(result)
            return [Row(score, address) for score, address in result.hits]

        def identify(row: Row) -> tuple[Any, ...]:
            return (values(self._searcher, [row.address], "order")[0], *self._identity(row))

        return page(fetch, identify, self._offset, self._query.limit), total

    def _by_distance(self, near: Circle) -> tuple[list[Row], int]:
        dated, total = self._dated(self._found, 0, BAND)
        offset, stop = self._offset, min(self._offset + self._query.limit, total)
        if offset >= total:
            return [], total
        if total <= BAND:
            return settled(self._by_kilometres(dated), self._identity, offset, stop - offset), total

        def count(radius: float) -> int:
            return self._count(self._within(_circle(near, radius)))

        inner, outer, nearer = distance_band(count, near.radius_km, total, offset, stop)
        ring = self._within(_circle(near, outer))
        if inner is not None:
            ring = all_of([(Occur.Must, ring), (Occur.MustNot, self._within(_circle(near, inner)))])
        dated, _ = self._dated(ring, 0, total)
        return settled(self._by_kilometres(dated), self._identity, offset - nearer, stop - offset), total

    def _by_kilometres(self, dated: list[Row]) -> list[Row]:
        away = self._distances([row.address for row in dated])
        found = [Row((distance, row.key), row.address) for distance, row in zip(away, dated, strict=True)]
        return sorted(found, key=lambda row: row.key)

    def _count(self, found: Clause) -> int:
        return how_many(self._searcher, found)

    def _distances(self, addresses: list[DocAddress]) -> list[float]:
        near = self._query.near
        assert near is not None
        places = zip(
            values(self._searcher, addresses, "latitude"),
            values(self._searcher, addresses, "longitude"),
            strict=True,
        )
        return [kilometres(near.latitude, near.longitude, *place) for place in places]

    def _identity(self, row: Row) -> tuple[str, str]:
        (time,) = stored_bytes(self._searcher, row.address, "time")
        with _readable():
            return stored_text(self._searcher, row.address, "event"), identity(time)

    def _hits(self, rows: list[Row]) -> Iterator[Hit]:
        away = self._distances([row.address for row in rows]) if self._query.near else []
        with _readable():
            for place, row in enumerate(rows):
                more: dict[str, float] = {"distance_km": away[place]} if away else {}
                if self._query.sort is Sort.RELEVANCE:
                    more["score"] = row.key if isinstance(row.key, float) else 0.0
                card, time = stored_bytes(self._searcher, row.address, "card", "time")
                yield hit(card, time, more)


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except msgspec.MsgspecError as error:
        raise EngineError(f"the search index holds what cannot be read: {error}", hint=REBUILD) from error


def _circle(near: Circle, radius: float) -> Circle:
    return Circle(latitude=near.latitude, longitude=near.longitude, radius_km=radius)
