"""Pages in a total order, out of an index that sorts by one number and leaves ties as they lie."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from tantivy import DocAddress

__all__ = ["BAND", "Row", "distance_band", "page", "settled"]

_MARGIN = 4
BAND = 2_000
"""So many rows are sorted by distance at once."""

_PROBES = 16


class Row(NamedTuple):
    """A found document: what it is sorted by, and where it is. Rows with equal keys are told apart by identity."""

    key: Any
    address: DocAddress


Identify = Callable[[Row], tuple[Any, ...]]


def page(fetch: Callable[[int, int], list[Row]], identify: Identify, offset: int, limit: int) -> list[Row]:
    """The rows from `offset` on, at most `limit`, sorted by key, then by what `identify` says.

    `fetch(offset, limit)` gives rows sorted by key. Some more than the page are fetched, until no tie reaches over
    an edge of what was.
    """
    margin = _MARGIN
    while True:
        first = max(0, offset - margin)
        asked = offset + limit + margin - first
        rows = fetch(first, asked)
        start = offset - first
        if start >= len(rows):
            return []
        whole_before = first == 0 or rows[0].key != rows[start].key
        whole_after = len(rows) < asked or rows[-1].key != rows[start + limit - 1].key
        if whole_before and whole_after:
            return settled(rows, identify, start, limit)
        margin *= 8


def settled(rows: list[Row], identify: Identify, start: int, limit: int) -> list[Row]:
    """`rows[start:start + limit]` of rows sorted by key, once ties within and around that page are broken."""
    stop = min(start + limit, len(rows))
    for low, high in _ties(rows, start, stop):
        rows[low:high] = sorted(rows[low:high], key=identify)
    return rows[start:stop]


def _ties(rows: list[Row], start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The runs of rows with equal keys that reach into [start, stop), as (low, high)."""
    low = start
    while low > 0 and rows[low - 1].key == rows[low].key:
        low -= 1
    while low < stop:
        high = low + 1
        while high < len(rows) and rows[high].key == rows[low].key:
            high += 1
        if high - low > 1:
            yield low, high
        low = high


def distance_band(
    count: Callable[[float], int], radius: float, total: int, offset: int, stop: int
) -> tuple[float | None, float, int]:
    """Two radii between which the ranks [offset, stop) by distance lie, and how many rows are nearer than that.

    `count(r)` is how many are within r kilometres, `total` those within `radius`. Rings are halved until few enough
    rows lie between, or sixteen were tried. The inner radius is None when not even the centre is left out.
    """
    probes = [(-1.0, 0), (radius, total)]
    if radius > 0:
        probes.insert(1, (0.0, count(0.0)))
    inner, outer = _around(probes, offset, stop)
    for _ in range(_PROBES):
        widest = max((inner, outer - 1), key=lambda at: probes[at + 1][1] - probes[at][1])
        if probes[outer][1] - probes[inner][1] <= BAND or probes[widest][0] < 0:
            break
        middle = (probes[widest][0] + probes[widest + 1][0]) / 2
        probes.insert(widest + 1, (middle, count(middle)))
        inner, outer = _around(probes, offset, stop)
    return (probes[inner][0] if inner else None), probes[outer][0], probes[inner][1]


def _around(probes: list[tuple[float, int]], offset: int, stop: int) -> tuple[int, int]:
    """The last probe that holds no more than `offset` rows, and the first that holds `stop` or more."""
    inner = max(at for at, (_, held) in enumerate(probes) if held <= offset)
    return inner, min(at for at, (_, held) in enumerate(probes) if held >= stop)
