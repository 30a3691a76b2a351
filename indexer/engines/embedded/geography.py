"""Places as tokens: exact circles out of an index that knows only words.

The map is a square of 2²⁹ millionths of a degree, parted into four again and again. A point is indexed by the digits
of the cells that it lies in, from 67° down to half a kilometre, and by a token that spells its coordinates. A circle
becomes the cells that lie wholly inside it, and, near its edge, the points themselves, each measured. Cells without
documents are left out and those with few are not parted further, so that the work follows the edge, not the events.
"""

import math
from functools import lru_cache

from tantivy import Searcher

from hobnob.distance import EARTH_RADIUS_KM, kilometres
from hobnob.queries import Circle

__all__ = ["area_tokens", "cover"]

_BITS = 29
_TURN = 360_000_000
_COARSEST = 3
_FINEST = 17
_FEW = 48
"""A cell on the edge with so few documents has its points measured."""

_SLACK_KM = 0.001
"""More than the rounding errors of `kilometres`, which are largest between antipodes."""

_Cell = tuple[str, int, int]
"""Its digits, and its south-west corner in millionths of a degree from the south pole and from 180° W."""


def area_tokens(latitude: float, longitude: float) -> list[str]:
    """The tokens of a point as engines.fields.position makes it: its cells, coarse to fine, and the point itself."""
    digits = _digits(round((latitude + 90) * 1e6), round((longitude + 180) * 1e6))
    cells = [digits[:length] for length in range(_COARSEST, _FINEST + 1)]
    return [*cells, f"p{digits}:{latitude!r}:{longitude!r}"]


def cover(searcher: Searcher, circle: Circle) -> list[str]:
    """The tokens of `area` of which every document within the circle, and no other, has one."""
    found: list[str] = []
    cells = list(_around(circle) or _roots())
    while cells:
        cell = cells.pop()
        digits, south, west = cell
        held = searcher.doc_freq("area", digits)
        if not held:
            continue
        middle, reach = _extent(len(digits), south, west)
        away = kilometres(circle.latitude, circle.longitude, *middle)
        if away - reach > circle.radius_km + _SLACK_KM:
            continue
        if min(away + reach, math.pi * EARTH_RADIUS_KM) <= circle.radius_km - _SLACK_KM:
            found.append(digits)
        elif held <= _FEW or len(digits) == _FINEST:
            found.extend(_points_within(searcher, digits, circle))
        else:
            cells.extend(_quarters(cell))
    return found


def _points_within(searcher: Searcher, digits: str, circle: Circle) -> list[str]:
    found = []
    for point, _ in searcher.terms_with_prefix("area", "p" + digits):
        _, latitude, longitude = point.split(":")
        away = kilometres(circle.latitude, circle.longitude, float(latitude), float(longitude))
        if away <= circle.radius_km:
            found.append(point)
    return found


def _digits(north: int, east: int) -> str:
    """The cells of a point down to the finest: in each digit, 2 is the northern and 1 the eastern half.

    The bits of both numbers are read as decimal digits, so that one addition interleaves them.
    """
    unused = _BITS - _FINEST
    return str(2 * int(f"{north >> unused:b}") + int(f"{east >> unused:b}")).zfill(_FINEST)


def _around(circle: Circle) -> list[_Cell]:
    """The few cells about as wide as a circle that hold all of it; none when it is too large, or near a pole."""
    radius = circle.radius_km / EARTH_RADIUS_KM + 1e-7
    north = abs(math.radians(circle.latitude)) + radius
    if north > math.radians(85) or radius > math.radians(20):
        return []
    up = round(math.degrees(radius) * 1e6) + 2
    across = round(math.degrees(math.asin(math.sin(radius) / math.cos(math.radians(circle.latitude)))) * 1e6) + 2
    level = max(_COARSEST, min(_FINEST, _BITS - (2 * up).bit_length()))
    size = 1 << (_BITS - level)
    middle, centre = round((circle.latitude + 90) * 1e6), round((circle.longitude + 180) * 1e6)
    wests: set[int] = set()
    for shift in (-_TURN, 0, _TURN):
        low, high = max(centre - across + shift, 0), min(centre + across + shift, _TURN - 1)
        wests.update(range(low // size * size, high + 1, size))
    souths = range((middle - up) // size * size, middle + up + 1, size)
    return [(_digits(south, west)[:level], south, west) for south in souths for west in wests]


@lru_cache(maxsize=1)
def _roots() -> tuple[_Cell, ...]:
    size = 1 << (_BITS - _COARSEST)
    corners = ((south, west) for south in range(0, 180_000_001, size) for west in range(0, _TURN, size))
    return tuple((_digits(south, west)[:_COARSEST], south, west) for south, west in corners)


def _quarters(cell: _Cell) -> list[_Cell]:
    digits, south, west = cell
    half = 1 << (_BITS - len(digits) - 1)
    return [(f"{digits}{digit}", south + half * (digit >> 1), west + half * (digit & 1)) for digit in range(4)]


def _extent(level: int, south: int, west: int) -> tuple[tuple[float, float], float]:
    """The middle of a cell in degrees, and how many kilometres away its farthest point is, or a little more.

    hav(d) = hav(Δφ) + cos φ₁ cos φ₂ hav(Δλ), where both cosines are at most the largest in the cell.
    """
    size = 1 << (_BITS - level)
    bottom, top = south / 1e6 - 90, min((south + size) / 1e6 - 90, 90.0)
    left, right = west / 1e6 - 180, min((west + size) / 1e6 - 180, 180.0)
    up, across = math.radians(top - bottom) / 4, math.radians(right - left) / 4
    widest = 1.0 if bottom <= 0 <= top else math.cos(math.radians(min(abs(bottom), abs(top))))
    squared = math.sin(up) ** 2 + (widest * math.sin(across)) ** 2
    reach = 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(squared)))
    return ((bottom + top) / 2, (left + right) / 2), reach
