"""How dates and times are written for people: in the event's own zone, named where it is not the reader's."""

import datetime as dt

from hobnob.moments import Moment, zone_info

__all__ = ["duration", "in_full", "when"]

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NIGHT = dt.timedelta(hours=18)
"""What is over within this time is one evening, though it may end on the next day."""


def when(start: Moment, end: Moment | None, *, now: dt.datetime, zone: dt.tzinfo) -> str:
    """A date for a list: "Tue 1 Dec 19:00 CET", "1–3 Dec", "30 Dec 2026 – 2 Jan 2027".

    The year is left out when it is the present one; the zone's abbreviation when its clocks show the same as those
    of `zone` (the reader's). A floating time is marked "local".
    """
    this_year = now.astimezone(zone).year
    if end is not None and _spans_days(start, end):
        return _days(start.date, end.date, this_year)
    day = f"{_DAYS[start.date.weekday()]} {_day(start.date, with_year=start.date.year != this_year)}"
    if start.time is None:
        return day
    foreign = _foreign_zone(start, zone)
    return " ".join(part for part in (day, f"{start.time:%H:%M}", foreign) if part)


def in_full(start: Moment, end: Moment | None) -> str:
    """Both ends with their times and the zone's name: "Tue 1 Dec 2026 19:00–21:00 (Europe/Berlin)"."""
    first = f"{_DAYS[start.date.weekday()]} {_day(start.date)}"
    clock = f" {start.time:%H:%M}" if start.time else ""
    last = ""
    if end is not None and end.date != start.date:
        last = f" – {_DAYS[end.date.weekday()]} {_day(end.date)}" + (f" {end.time:%H:%M}" if end.time else "")
    elif end is not None and end.time is not None and end.time != start.time:
        last = f"–{end.time:%H:%M}"
    zone = "" if start.time is None else f" ({start.zone or 'local time'})"
    return f"{first}{clock}{last}{zone}"


def duration(value: dt.timedelta) -> str:
    """A time span in its two largest units: "3 d 4 h", "12 min".

    "0 s" also for one that ends before it begins, as the clocks of two machines may have it."""
    seconds = max(int(value.total_seconds()), 0)
    parts = []
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts[:2]) or "0 s"


def _spans_days(start: Moment, end: Moment) -> bool:
    if end.date <= start.date:
        return False
    return start.time is None or end.time is None or end.wall - start.wall >= _NIGHT


def _days(first: dt.date, last: dt.date, this_year: int) -> str:
    if first.year != last.year:
        return f"{_day(first)} – {_day(last)}"
    year = f" {last.year}" if last.year != this_year else ""
    if first.month == last.month:
        return f"{first.day}–{last.day} {_MONTHS[last.month - 1]}{year}"
    return f"{_day(first, with_year=False)} – {_day(last, with_year=False)}{year}"


def _day(date: dt.date, *, with_year: bool = True) -> str:
    day = f"{date.day} {_MONTHS[date.month - 1]}"
    return f"{day} {date.year}" if with_year else day


def _foreign_zone(start: Moment, zone: dt.tzinfo) -> str | None:
    if start.zone is None:
        return "local"
    own = zone_info(start.zone)
    if own is None:
        return start.zone
    there = start.wall.replace(tzinfo=own)
    try:
        same = there.utcoffset() == there.astimezone(zone).utcoffset()
    except (OverflowError, OSError):
        same = False
    return None if same else there.tzname()
