"""How long things take: durations (RFC 5545, 3.3.6; ISO 8601), and the ends of what begins at a Moment."""

import datetime as dt

from icalendar.prop import vDuration

from hobnob.moments import UTC, Moment, zone_info

__all__ = ["duration", "is_before", "last_day", "later"]

_MIDNIGHT = dt.time()


def duration(text: str) -> dt.timedelta | None:
    """ "PT1H30M", "P2D"; None if it is none, or negative."""
    try:
        found = vDuration.from_ical(text.strip().upper())  # type: ignore[no-untyped-call]  # icalendar types no types
    except (ValueError, OverflowError):
        return None
    return found if isinstance(found, dt.timedelta) and found >= dt.timedelta() else None


def later(start: Moment, length: dt.timedelta) -> Moment | None:
    """The end of what begins at `start` and takes `length`: days by the calendar, hours by the clock.

    For a date it is the last day, and `length` counts whole days (RFC 5545, 3.8.2.5). None beyond the year 9999.
    """
    try:
        if start.is_date:
            return Moment(start.date + dt.timedelta(days=max(length.days - 1, 0)))
        wall = start.wall + dt.timedelta(days=length.days)
        rest = dt.timedelta(seconds=length.seconds)
        zone = zone_info(start.zone) if start.zone else None
        if zone is None:
            return Moment.of(wall + rest, start.zone)
        return Moment.of((wall.replace(tzinfo=zone).astimezone(UTC) + rest).astimezone(zone), start.zone)
    except OverflowError:
        return None


def is_before(end: Moment, start: Moment) -> bool:
    """Whether what begins at `start` would end before: by their days where one of them is a day, else by the clock."""
    if end.is_date or start.is_date:
        return end.date < start.date
    return end.wall < start.wall if end.zone == start.zone else end.utc() < start.utc()


def last_day(start: Moment, end: Moment) -> Moment:
    """The last of whole days that end before `end` (RFC 5545, 3.6.1); a day that "ends" when it begins is one day."""
    if end.time and end.time != _MIDNIGHT:
        return Moment(end.date)
    return Moment(max(start.date, end.date - dt.timedelta(days=1))) if end.date >= start.date else Moment(end.date)
