"""What filters stand for: names to ids, places to circles, words for dates to days."""

import datetime as dt
import re
from typing import TYPE_CHECKING

from hobnob.asked_dates import span
from hobnob.asked_distance import distance_km
from hobnob.errors import BadValue, UnknownName, UsageError
from hobnob.observations import Attendance, Status
from hobnob.queries import DEEPEST, LIVE, MOST_HITS, Circle, Query, Sort
from hobnob.settings import Settings
from hobnob.taxonomy import find_industry, find_kind
from indexer.search.filters import Filters
from indexer.search.own_zone import own_zone

if TYPE_CHECKING:
    from indexer.enrich.gazetteer import Gazetteer

__all__ = ["DEFAULT_LIMIT", "DEFAULT_RADIUS_KM", "EmptySpanError", "resolve"]

DEFAULT_LIMIT = 20
DEFAULT_RADIUS_KM = 50.0
"""How far around a city or a point, unless it says; a region is as wide as it is."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9-]+)?")
_EVERY_STATUS = ("any", "all")


class EmptySpanError(UsageError):
    """The last day asked for is before the first. Of a saved feed it means that its time is over."""


def resolve(filters: Filters, *, settings: Settings, now: dt.datetime, gazetteer: "Gazetteer | None" = None) -> Query:
    """The Query that `filters` stand for at `now` (aware).

    Raises BadValue, UnknownName or UsageError saying which value does not fit and what would; SettingsError when the
    setting `time_zone` is no zone. Names of sources are taken as they are.
    """
    zone_name, zone = own_zone(settings)
    circle, countries = _place(filters, settings, gazetteer)
    start, end = _days(filters, now.astimezone(zone).date())
    text = (filters.text or "").strip() or None
    limit = _count("limit", filters.limit, DEFAULT_LIMIT, MOST_HITS)
    return Query(
        text=text,
        exclude=tuple(word.strip() for word in filters.exclude if word.strip()),
        industries=tuple(dict.fromkeys(map(find_industry, filters.industry))),
        kinds=tuple(dict.fromkeys(map(find_kind, filters.kind))),
        near=circle,
        countries=countries,
        start=start,
        end=end,
        attendance=_attendance(filters),
        statuses=_statuses(filters.status),
        sources=tuple(dict.fromkeys(name.strip() for name in filters.source)),
        people=tuple(dict.fromkeys(name.strip() for name in filters.person)),
        languages=tuple(dict.fromkeys(map(_language, filters.language))),
        free=True if filters.free else None,
        sort=_sort(filters.sort, text, circle),
        limit=limit,
        page=_count("page", filters.page, 1, DEEPEST // limit),
        all_occurrences=filters.all_occurrences,
        now=now,
        time_zone=zone_name,
    )


def _place(
    filters: Filters, settings: Settings, gazetteer: "Gazetteer | None"
) -> tuple[Circle | None, tuple[str, ...]]:
    """A circle, or the code of a whole country."""
    name = (filters.near or "").strip()
    if not name:
        if filters.within:
            raise UsageError("a distance needs a place to be within", hint="say which, for example near Berlin")
        return None, ()
    if name.casefold() == "me":
        if not settings.place:
            raise UsageError("'me' stands for no place yet", hint="set 'place' in the configuration, or name a city")
        name = settings.place
    if gazetteer is None:
        from indexer.enrich.gazetteer import Gazetteer  # noqa: PLC0415  (most searches start without)

        gazetteer = Gazetteer()
    radius = distance_km(filters.within) if filters.within else None
    found = gazetteer.resolve(name)
    if found.latitude is not None and found.longitude is not None:
        radius = radius or max(DEFAULT_RADIUS_KM, found.radius_km or 0.0)
        return Circle(latitude=found.latitude, longitude=found.longitude, radius_km=radius, label=found.label), ()
    if found.country_code is None:
        raise UnknownName("place", name)
    if radius is not None:
        raise UsageError(f"{found.label} is a country: it has no middle to be within a distance of", hint="name a city")
    return None, (found.country_code,)


def _days(filters: Filters, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The first day of what "from" says and the last of what "to" says."""
    start = span(filters.start, today)[0] if filters.start and filters.start.strip() else None
    end = span(filters.end, today)[1] if filters.end and filters.end.strip() else None
    first = start or today
    if end is not None and end < first:
        raise EmptySpanError(f"the last day, {end}, is before the first, {first}", hint="give an earlier first day")
    return start, end


def _attendance(filters: Filters) -> tuple[Attendance, ...]:
    """A mixed event can be attended either way."""
    if filters.online and filters.in_person:
        raise UsageError("'online' and 'in person' exclude each other", hint="leave out both to find all events")
    if filters.online:
        return Attendance.ONLINE, Attendance.MIXED
    return (Attendance.OFFLINE, Attendance.MIXED) if filters.in_person else ()


def _statuses(typed: tuple[str, ...]) -> frozenset[Status]:
    if not typed:
        return LIVE
    found: set[Status] = set()
    for text in typed:
        name = text.strip().casefold().replace("-", "_").replace(" ", "_")
        if name in _EVERY_STATUS:
            return frozenset(Status)
        try:
            found.add(Status(name))
        except ValueError as error:
            raise BadValue("status", text, hint=f"known are {', '.join(Status)} and any") from error
    return frozenset(found)


def _language(text: str) -> str:
    """The language alone of a code such as "pt-BR"."""
    code = text.strip().casefold()
    if not _LANGUAGE.fullmatch(code):
        raise BadValue("language", text, hint="give its ISO 639-1 code: en, de, pt")
    return re.split("[-_]", code)[0]


def _sort(text: str | None, words: str | None, circle: Circle | None) -> Sort:
    name = (text or "").strip().casefold()
    if not name:
        return Sort.DATE
    if name not in tuple(Sort):
        raise BadValue("sort order", text, hint=f"known are {', '.join(Sort)}")
    sort = Sort(name)
    if sort is Sort.DISTANCE and circle is None:
        raise UsageError("sorting by distance needs a place", hint="say near which city or point")
    if sort is Sort.RELEVANCE and words is None:
        raise UsageError("sorting by relevance needs words to search for", hint="add some, or sort by date")
    return sort


def _count(what: str, text: str | None, default: int, most: int) -> int:
    typed = (text or "").strip()
    if not typed:
        return default
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 10 and 1 <= int(typed) <= most):
        raise BadValue(what, text, hint=f"it is a whole number from 1 to {most}")
    return int(typed)
