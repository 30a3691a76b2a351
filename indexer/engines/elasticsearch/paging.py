"""Pages that one request of the server does not give: those that lie deep, and those in the order of our distances.

The server's distances differ from ours by a metre or so. Rows that lie closer together than that are put in order here;
so are more rows than the page's, until the page's edges do not cut through such a crowd.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from hobnob.distance import kilometres
from hobnob.queries import Circle
from indexer.engines.elasticsearch.clauses import SLACK_KM

__all__ = ["Row", "Rows", "away", "by_distance", "deep"]

_MARGIN = 4

Row = dict[str, Any]
"""A hit as the server tells it, with the values that it was sorted by."""


class Rows(NamedTuple):
    """Some rows of an answer, and how many there are in all."""

    rows: list[Row]
    total: int


def deep(fetch: Callable[[list[Any] | None, int, bool], Rows], offset: int, limit: int, longest: int) -> Rows:
    """The rows from `offset` on, at most `limit`, reached by walking to them, `longest` rows at a time.

    `fetch(after, limit, whole)` gives the rows that follow those sorted as `after`, `whole` or without content.
    """
    after: list[Any] | None = None
    found: list[Row] = []
    total = 0
    while offset > 0 or len(found) < limit:
        step = min(offset, longest) if offset > 0 else min(limit - len(found), longest)
        rows, total = fetch(after, step, offset <= 0)
        if offset > 0:
            offset -= step
        else:
            found += rows
        if len(rows) < step:
            break
        after = rows[-1]["sort"]
    return Rows(found, total)


def by_distance(
    fetch: Callable[[int, int], Rows], is_alone: Callable[[Row], bool], near: Circle, offset: int, limit: int
) -> Rows:
    """The rows from `offset` on, at most `limit`, by our distance, and those that are equally far by date, then id.

    `fetch(offset, limit)` gives rows sorted by the server's distance, then by date and id; `is_alone(row)` says whether
    nothing else is as far away as the place of that row.
    """
    margin = _MARGIN
    while True:
        first = max(0, offset - margin)
        asked = offset + limit + margin - first
        rows, total = fetch(first, asked)
        start = offset - first
        if start >= len(rows):
            return Rows([], total)
        stop = min(start + limit, len(rows))
        cut = [
            row
            for row, is_whole, edge in (
                (rows[0], first == 0, _crowd_ends(rows) > start),
                (rows[-1], len(rows) < asked, _crowd_begins(rows) < stop),
            )
            if edge and not is_whole
        ]
        if all(is_alone(row) for row in cut):
            return Rows(_settled(rows, near)[start:stop], total)
        margin *= 8


def away(row: Row, near: Circle) -> float:
    """Our distance of a row's place in kilometres. Raises KeyError or ValueError when it has none."""
    latitude, _, longitude = row["_source"]["point"].partition(",")
    return kilometres(near.latitude, near.longitude, float(latitude), float(longitude))


def _settled(rows: list[Row], near: Circle) -> list[Row]:
    found: list[Row] = []
    for crowd in _crowds(rows):
        found += sorted(crowd, key=lambda row: (away(row, near), *row["sort"][1:4])) if len(crowd) > 1 else crowd
    return found


def _crowds(rows: list[Row]) -> Iterator[list[Row]]:
    """Runs of rows whose distances are too close to be told apart by the server."""
    crowd = rows[:1]
    for row in rows[1:]:
        if row["sort"][0] - crowd[-1]["sort"][0] > SLACK_KM:
            yield crowd
            crowd = []
        crowd.append(row)
    yield crowd


def _crowd_ends(rows: list[Row]) -> int:
    """Where the first crowd ends."""
    return len(next(_crowds(rows)))


def _crowd_begins(rows: list[Row]) -> int:
    """Where the last crowd begins."""
    at = len(rows) - 1
    while at > 0 and rows[at]["sort"][0] - rows[at - 1]["sort"][0] <= SLACK_KM:
        at -= 1
    return at
