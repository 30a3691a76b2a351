"""Points in time as people write them: a date, or a wall time with a zone.

The truth is what the organiser wrote. A date without a time stays a date, a wall time keeps its zone,
and UTC is derived, never stored in its place.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

__all__ = ["UTC", "Moment", "iana_name", "offset_name", "zone_info"]

UTC = dt.timezone.utc
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)\Z")


@lru_cache(maxsize=1024)
def zone_info(name: str) -> dt.tzinfo | None:
    """The time zone called `name`: an IANA name, "UTC", or a fixed offset such as "+05:30".

    None when no such zone exists, so that a caller can decide what a bad name means.
    """
    if name in ("UTC", "Z"):
        return UTC
    if match := _OFFSET.match(name):
        sign, hours, minutes = match.groups()
        if int(hours) > 23 or int(minutes) > 59:
            return None
        offset = dt.timedelta(hours=int(hours), minutes=int(minutes))
        return dt.timezone(-offset if sign == "-" else offset)
    if name.startswith(("/", ".")) or ".." in name:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        known = iana_name(name)
        return ZoneInfo(known) if known else None


def iana_name(name: str) -> str | None:
    """The IANA name that is written `name` in any case; None when there is none."""
    return _iana_names().get(name.casefold())


@cache
def _iana_names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, or a date with a wall time (naive, to the second) and the zone it was written in.

    `zone` is an IANA name, "UTC", a fixed offset ("+05:30") or the TZID of a VTIMEZONE that travels along.
    A time without a zone is floating (RFC 5545, 3.3.5): local to wherever the event is.
    """

    date: dt.date
    time: dt.time | None = None
    zone: str | None = None

    @classmethod
    def of(cls, value: dt.date | dt.datetime, zone: str | None = None) -> "Moment":
        """From a `date` or `datetime`; an aware one gives its zone's key or offset unless `zone` names it."""
        if not isinstance(value, dt.datetime):
            return cls(value)
        if zone is None and value.tzinfo is not None:
            zone = getattr(value.tzinfo, "key", None) or offset_name(value.utcoffset() or dt.timedelta())
        return cls(value.date(), value.time().replace(microsecond=0, tzinfo=None), zone)

    @property
    def is_date(self) -> bool:
        return self.time is None

    @property
    def is_floating(self) -> bool:
        """A wall time that nothing has placed yet; never to be shown as UTC."""
        return self.time is not None and self.zone is None

    @property
    def wall(self) -> dt.datetime:
        """The wall time as a naive datetime; midnight for a date."""
        return dt.datetime.combine(self.date, self.time or dt.time())

    def utc(self, zone: dt.tzinfo = UTC) -> dt.datetime:
        """The instant, as an aware datetime in UTC; dates and floating times are taken to be in `zone`.

        A time that a clock change makes ambiguous is its first occurrence; one that it skips is read with
        the offset before the change (RFC 5545, 3.3.5).
        """
        own = zone_info(self.zone) if self.zone else None
        aware = self.wall.replace(tzinfo=own or zone)
        try:
            return aware.astimezone(UTC)
        except OverflowError:
            return aware.replace(tzinfo=UTC)

    def in_zone(self, zone: str) -> "Moment":
        """The same instant on the clocks of `zone`; a date stays, a floating time takes the zone as its own."""
        info = zone_info(zone)
        if self.time is None or info is None:
            return self
        if self.zone is None:
            return Moment(self.date, self.time, zone)
        try:
            return Moment.of(self.utc().astimezone(info), zone)
        except OverflowError:
            return self

    def __str__(self) -> str:
        if self.time is None:
            return self.date.isoformat()
        return f"{self.wall.isoformat()}[{self.zone}]" if self.zone else self.wall.isoformat()


def offset_name(offset: dt.timedelta) -> str:
    """An offset from UTC as "+05:30", to the minute; none as "UTC"."""
    minutes = round(abs(offset).total_seconds() / 60)
    sign = "-" if offset < dt.timedelta() else "+"
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}" if minutes else "UTC"
