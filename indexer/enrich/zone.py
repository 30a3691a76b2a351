"""On which clocks an event's times are written."""

import math
import re

from hobnob.moments import Moment, zone_info
from hobnob.observations import Observation

__all__ = ["local_times", "zone_at"]

# UTC under all its names, and fixed offsets: the instant is right, but these are nobody's clocks.
_NOBODYS = re.compile(r"(?:UTC|Z|GMT|UCT|Zulu|Universal|Etc/.+|GMT[+-]?0|[+-]\d\d:\d\d)\Z")


def zone_at(latitude: float, longitude: float) -> str | None:
    """The IANA time zone of a point in degrees; None on the high seas (boundaries: tzfpy)."""
    from tzfpy import get_tz  # noqa: PLC0415  (it loads 5 MB, and only a declared point needs it)

    name: str = get_tz(longitude, latitude) if math.isfinite(latitude) and math.isfinite(longitude) else ""
    return name if name and not name.startswith("Etc/") else None


def local_times(observation: Observation, zone: str | None) -> tuple[Moment, Moment | None]:
    """Start and end on the clocks of `zone`, that of the place or the source, if nothing better is declared.

    A declared zone stays. UTC and fixed offsets are moved to `zone`, but not where a rule repeats the event on those
    clocks: its later occurrences would move with daylight saving. A floating time becomes one of `zone`.
    """
    repeats = bool(observation.rrule or observation.rdate)
    start = _local(observation.start_date, zone, repeats)
    end = observation.end_date
    return start, None if end is None else _local(end, zone, repeats)


def _local(moment: Moment, zone: str | None, repeats: bool) -> Moment:
    if zone is None or zone_info(zone) is None:
        return moment
    if moment.is_floating:
        return moment.in_zone(zone)
    if not repeats and moment.zone and _NOBODYS.match(moment.zone):
        return moment.in_zone(zone)
    return moment
