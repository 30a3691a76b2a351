"""What a Query asks of any engine: whether it makes sense, its words, its days."""

import datetime as dt
from collections.abc import Iterator, Sequence
from math import isfinite

from hobnob.errors import BadValue
from hobnob.moments import UTC, zone_info
from hobnob.observations import Attendance, Status
from hobnob.queries import DEEPEST, FACETS, MOST_HITS, Box, Circle, Query, Sort
from indexer.analysis import QueryTerms, Term, query_terms, words
from indexer.engines.fields import PERSON_WORDS

__all__ = [
    "EPOCH",
    "calendars",
    "check",
    "check_facets",
    "following_midnight",
    "midnight",
    "mixes_chains",
    "person_words",
    "terms",
]

EPOCH = dt.datetime(1970, 1, 1, tzinfo=UTC)


def terms(query: Query) -> QueryTerms:
    """What must occur, and what must not, whether `text` or `exclude` says so."""
    asked = query_terms(query.text) if query.text else QueryTerms()
    more = [term for text in query.exclude for term in _all_terms(text)]
    return QueryTerms(asked.required, (*asked.excluded, *more))


def person_words(person: str) -> tuple[str, ...]:
    """The words that one name must have; none when nobody can have such a name."""
    found = tuple(dict.fromkeys(words(person)))
    return found if len(found) <= PERSON_WORDS else ()


def mixes_chains(query: Query) -> bool:
    """Whether cancelled occurrences and others are asked for together, so that both count as earlier ones."""
    statuses = query.statuses
    return not statuses or (Status.CANCELLED in statuses and len(statuses) > 1)


def calendars(query: Query) -> tuple[bool, bool]:
    """Whether events of places, and online events, whose days are the user's, are asked for."""
    wanted = set(query.attendance) or set(Attendance)
    return wanted != {Attendance.ONLINE}, Attendance.ONLINE in wanted


def midnight(day: dt.date, time_zone: str) -> int:
    """The first second of `day` there. Raises BadValue when there is no such zone."""
    zone = zone_info(time_zone)
    if zone is None:
        raise BadValue("time zone", time_zone, hint="use a name such as Europe/Berlin")
    offset = dt.datetime.combine(day, dt.time(), zone).utcoffset() or dt.timedelta()
    naive = dt.datetime.combine(day, dt.time(), UTC)
    return (naive - EPOCH - offset) // dt.timedelta(seconds=1)


def following_midnight(day: dt.date, time_zone: str) -> int | None:
    """The first second after `day`; None after the last day of the calendar."""
    return None if day == dt.date.max else midnight(day + dt.timedelta(days=1), time_zone)


def check(query: Query) -> None:
    """Raises BadValue when `query` asks for what there cannot be."""
    if not 1 <= query.limit <= MOST_HITS:
        raise BadValue("limit", query.limit, hint=f"1 to {MOST_HITS}")
    if query.page < 1 or (query.page - 1) * query.limit > DEEPEST:
        raise BadValue("page", query.page, hint=f"from 1 on, and not beyond {DEEPEST:,} hits")
    if query.now.tzinfo is None:
        raise BadValue("time with a zone", query.now.isoformat())
    if query.sort is Sort.DISTANCE and query.near is None:
        raise BadValue("sort without a place", "distance", hint="say where to measure from")
    if query.near is not None:
        _check_circle(query.near)
    if query.box is not None:
        _check_box(query.box)


def check_facets(names: Sequence[str], limit: int) -> None:
    """Raises BadValue for an unknown facet, and for a limit out of bounds."""
    if unknown := [name for name in names if name not in FACETS]:
        raise BadValue("facet", unknown[0], hint=f"one of {', '.join(FACETS)}")
    if not 1 <= limit <= MOST_HITS:
        raise BadValue("limit", limit, hint=f"1 to {MOST_HITS}")


def _check_circle(near: Circle) -> None:
    _check_point(near.latitude, near.longitude)
    if not (isfinite(near.radius_km) and near.radius_km >= 0):
        raise BadValue("distance", near.radius_km, hint="kilometres, 0 or more")


def _check_box(box: Box) -> None:
    _check_point(box.south, box.west)
    _check_point(box.north, box.east)
    if box.south > box.north:
        raise BadValue("box", f"{box.south} to {box.north}", hint="its south is north of its north")


def _check_point(latitude: float, longitude: float) -> None:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise BadValue(
            "point on the earth", f"{latitude},{longitude}", hint="latitude -90 to 90, longitude -180 to 180"
        )


def _all_terms(text: str) -> Iterator[Term]:
    found = query_terms(text)
    yield from found.required
    yield from found.excluded
