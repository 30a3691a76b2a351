"""One search: the page that a Query asks for, and its facets.

A circle is asked a little too large, and with the answer comes how many of its events lie so close to the edge that
the server's distances may be wrong about them. When there are any, their places are measured here and asked by name.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from zlib import crc32

import msgspec
from elasticsearch import Elasticsearch

from hobnob.distance import kilometres
from hobnob.errors import EngineError
from hobnob.queries import FacetCount, Hit, Page, Query, Sort
from indexer.engines.asking import check, check_facets
from indexer.engines.elasticsearch.clauses import SLACK_KM, Clause, Clauses, all_of, within
from indexer.engines.elasticsearch.connection import Connection
from indexer.engines.elasticsearch.failures import REBUILD
from indexer.engines.elasticsearch.lines import hit
from indexer.engines.elasticsearch.paging import Row, Rows, away, by_distance, deep

__all__ = ["Search"]

_MOST_PLACES = 65_000
_ALL_BUCKETS = 50_000
_WINDOW = 10_000
"""index.max_result_window: what lies deeper is reached from a point in time."""

_BY_DATE: list[Clause] = [{"start_date": "asc"}, {"event": "asc"}, {"key": "asc"}]
_CONTENT = ("card", "time", "point")


class Search:
    """A Query against the index behind `alias`. Raises BadValue for a query that makes no sense."""

    def __init__(self, connection: Connection, alias: str, query: Query) -> None:
        check(query)
        self._connection = connection
        self._alias = alias
        self._query = query
        self._clauses = Clauses(query)
        near = query.near
        self._area = within(near, near.radius_km + SLACK_KM) if near else None
        self._is_exact = near is None
        self._scored = self._clauses.scored() if query.sort is Sort.RELEVANCE else []

    def page(self) -> Page:
        """The hits in their order: by date, or by distance or relevance and then by date; then by id."""
        query = self._query
        offset = (query.page - 1) * query.limit
        near = query.near
        if query.sort is Sort.DISTANCE and near is not None:
            farther = {"_geo_distance": {"location": [near.longitude, near.latitude], "unit": "km", "order": "asc"}}
            order: list[Clause] = [farther, *_BY_DATE]
            rows, total = by_distance(
                lambda first, limit: self._rows(order, first, limit), self._is_alone, near, offset, query.limit
            )
        else:
            order = [{"_score": "desc"}, *_BY_DATE] if self._scored else _BY_DATE
            rows, total = self._rows(order, offset, query.limit)
        return Page(hits=tuple(self._hits(rows)), total=total, query=query)

    def facets(self, names: Sequence[str], limit: int) -> dict[str, tuple[FacetCount, ...]]:
        """The most frequent values of each facet, those of equal count by value. Raises BadValue for an unknown one."""
        check_facets(names, limit)
        if not names:
            return {}
        wanted = {f"of_{name}": _most_frequent(name, limit) for name in names}
        answer = self._ask({"size": 0, "track_total_hits": False, "aggs": wanted})["aggregations"]
        return {
            name: tuple(
                FacetCount(value=bucket["key"], count=bucket["doc_count"]) for bucket in answer[f"of_{name}"]["buckets"]
            )
            for name in names
        }

    def _rows(self, order: list[Clause], offset: int, limit: int) -> Rows:
        body: Clause = {"sort": order, "size": limit, "track_total_hits": True, "_source": _CONTENT}
        if offset + limit <= _WINDOW:
            return self._fetch({**body, "from": offset})
        return self._from_a_point_in_time(body, offset, limit)

    def _from_a_point_in_time(self, body: Clause, offset: int, limit: int) -> Rows:
        """What lies behind the window, by walking there on one state of the index."""
        keep_alive = f"{2 * self._connection.access.timeout + 10:.0f}s"
        opened = self._connection.ask(
            lambda client: client.open_point_in_time(index=self._alias, keep_alive=keep_alive)
        ).body["id"]

        def fetch(after: list[Any] | None, size: int, whole: bool) -> Rows:
            more: Clause = {"size": size, "pit": {"id": opened, "keep_alive": keep_alive}}
            more |= {"search_after": after} if after else {}
            return self._fetch({**body, **more, "_source": _CONTENT if whole else False})

        try:
            return deep(fetch, offset, limit, _WINDOW)
        finally:
            self._connection.ask(lambda client: client.close_point_in_time(id=opened))

    def _fetch(self, body: Clause) -> Rows:
        found = self._ask(body)["hits"]
        return Rows(found["hits"], found["total"]["value"])

    def _ask(self, body: Clause) -> dict[str, Any]:
        """The server's answer once the circle is exact."""
        if self._is_exact:
            return self._send(body)
        edge = {"edge": {"filter": all_of([], self._surely_within)}}
        answer = self._send({**body, "aggs": {**body.get("aggs", {}), **edge}})
        if not answer["aggregations"]["edge"]["doc_count"]:
            return answer
        self._measure_the_edge()
        return self._send(body)

    @property
    def _surely_within(self) -> list[Clause]:
        near = self._query.near
        return [within(near, near.radius_km - SLACK_KM)] if near and near.radius_km > SLACK_KM else []

    def _measure_the_edge(self) -> None:
        near = self._query.near
        assert near is not None
        places = {"terms": {"field": "point", "size": _MOST_PLACES}}
        on_edge = {"edge": {"filter": all_of([], self._surely_within), "aggs": {"places": places}}}
        answer = self._send({"size": 0, "track_total_hits": False, "aggs": on_edge})
        found = [bucket["key"] for bucket in answer["aggregations"]["edge"]["places"]["buckets"]]
        inside = [point for point in found if self._kilometres(point) <= near.radius_km]
        self._area = {"bool": {"should": [*self._surely_within, {"terms": {"point": inside}}]}}
        self._is_exact = True

    def _is_alone(self, row: Row) -> bool:
        """Whether no other place is about as far away as that of `row`."""
        near, far = self._query.near, row["sort"][0]
        assert near is not None
        ring = all_of([within(near, far + SLACK_KM)], [within(near, far - SLACK_KM)] if far > SLACK_KM else [])
        places = {"ring": {"filter": ring, "aggs": {"places": {"terms": {"field": "point", "size": 2}}}}}
        answer = self._send({"size": 0, "track_total_hits": False, "aggs": places})
        return len(answer["aggregations"]["ring"]["places"]["buckets"]) == 1

    def _kilometres(self, point: str) -> float:
        near = self._query.near
        assert near is not None
        latitude, _, longitude = point.partition(",")
        return kilometres(near.latitude, near.longitude, float(latitude), float(longitude))

    def _send(self, body: Clause) -> dict[str, Any]:
        filters = self._clauses.filter(self._area)
        query = {"bool": {"filter": [filters], "should": self._scored}} if self._scored else filters
        whole = {**body, "query": query, "timeout": f"{self._connection.access.timeout * 1000:.0f}ms"}
        where: dict[str, Any] = {"allow_partial_search_results": False}
        if "pit" not in body:
            where |= {"index": self._alias, "preference": f"q{crc32(repr(self._query.text).encode()):x}"}
        if self._scored:
            where["search_type"] = "dfs_query_then_fetch"

        def search(client: Elasticsearch) -> Any:
            return client.search(**where, body=whole)

        answer: dict[str, Any] = self._connection.ask(search).body
        if answer["timed_out"]:
            raise EngineError(
                "cannot search: the cluster did not finish in time",
                hint="ask for less, or set elasticsearch_timeout_seconds",
            )
        return answer

    def _hits(self, rows: list[Row]) -> Iterator[Hit]:
        near = self._query.near
        try:
            for row in rows:
                more = {"distance_km": away(row, near)} if near else {}
                if self._query.sort is Sort.RELEVANCE:
                    more["score"] = row["sort"][0] if self._scored else 0.0
                yield hit(row["_source"], more)
        except (msgspec.ValidationError, KeyError, TypeError, ValueError) as error:
            raise EngineError(f"the search index holds what cannot be read: {error}", hint=REBUILD) from error


def _most_frequent(field: str, limit: int) -> Clause:
    """Every shard tells all its values, so that the counts are exact."""
    return {"terms": {"field": field, "size": limit, "shard_size": _ALL_BUCKETS}}
