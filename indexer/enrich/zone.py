"""On which clocks an event's times are written."""

import math
import re
from dataclasses import dataclass

from hobnob.moments import Moment, zone_info
from hobnob.observations import Observation, Place

__all__ = ["Clocks", "local_times", "zone_at"]

# UTC under all its names, and fixed offsets: the instant is right, but these are nobody's clocks.
_NOBODYS = re.compile(r"(?:UTC|Z|GMT|UCT|Zulu|Universal|Etc/.+|GMT[+-]?0|[+-]\d\d:\d\d)\Z")


def zone_at(latitude: float, longitude: float) -> str | None:
    """The IANA time zone of a point in degrees; None on the high seas (boundaries: tzfpy)."""
    from tzfpy import get_tz  # noqa: PLC0415  (it loads 5 MB, and only a declared point needs it)

    name: str = get_tz(longitude, latitude) if math.isfinite(latitude) and math.isfinite(longitude) else ""
    return name if name and not name.startswith("Etc/") else None


@dataclass(frozen=True, slots=True)
class Clocks:
    """Start and end as the clocks show them, and what those rest on; `why` is None of days and floating times."""

    start: Moment
    end: Moment | None
    why: str | None


def local_times(observation: Observation, place: Place | None, source: str | None, *, is_own: bool = True) -> Clocks:
    """Start and end on the clocks of the place, else of the zone `source`, if nothing better is declared.

    A declared zone stays. UTC and fixed offsets are moved, but not where a rule repeats the event on those clocks: its
    later occurrences would move with daylight saving. A floating time becomes one of the zone. `is_own`: the
    observation itself says where the place is, else its source does.
    """
    repeats = bool(observation.rrule or observation.rdate)
    zone, why = None, None
    if place is not None and place.time_zone:
        zone, why = place.time_zone, _of_place(place, is_own)
    elif source:
        zone, why = source, f"of the source ({source})"
    start, end = observation.start_date, observation.end_date
    local = _local(start, zone, repeats)
    if local.is_date or local.is_floating:
        why = None
    elif local is start:
        why = "declared"
    return Clocks(local, None if end is None else _local(end, zone, repeats), why)


def _of_place(place: Place, is_own: bool) -> str:
    """What is said of clocks that are those of a place: "of the place (Berlin, DE)"."""
    named = ", ".join(filter(None, (place.address_locality, place.country_code))) or place.time_zone
    return f"of the place ({named})" if is_own else f"of the source's place ({named})"


def _local(moment: Moment, zone: str | None, repeats: bool) -> Moment:
    """The moment itself where its own clocks stay."""
    if zone is None or moment.is_date or zone_info(zone) is None:
        return moment
    if moment.is_floating:
        return moment.in_zone(zone)
    if not repeats and moment.zone and _NOBODYS.match(moment.zone):
        return moment.in_zone(zone)
    return moment
