"""A time of day alone (schema.org/Time, ISO 8601), also as people write it: "19:00:00+01:00", "7:30 PM", "T19:00"."""

import datetime as dt
import re
from typing import NamedTuple

from crawlers.readers.iso_dates import moment

__all__ = ["TimeOfDay", "time_of_day"]

_TIME = re.compile(
    r"(T)?(\d{1,2})(?:[:.h](\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)?\s*(?:([ap])\.?\s?m\.?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?",
    re.IGNORECASE | re.ASCII,
)
_ANY_DAY = "2000-01-01"


class TimeOfDay(NamedTuple):
    """`zone` is "UTC" or an offset, None if it states none."""

    time: dt.time
    zone: str | None


def time_of_day(text: str) -> TimeOfDay | None:
    """None for what is no time; a bare number is none. Of a date with a time, its time."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        whole = moment(text)
        return TimeOfDay(whole.time, whole.zone) if whole and whole.time is not None else None
    marked, hours, minutes, seconds, half, offset = match.groups()
    hour = int(hours)
    if not (marked or minutes or half) or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half in "pP" else 0)
    found = moment(f"{_ANY_DAY}T{hour:02d}:{minutes or '00'}:{seconds or '00'}{offset or ''}")
    return TimeOfDay(found.time, found.zone) if found and found.time is not None and hour < 24 else None
