"""Dates of microformats: the value-class pattern (microformats.org/wiki/value-class-pattern) and dt-* properties
(microformats2-parsing, "parsing a dt- property"), as texts in ISO 8601.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace

__all__ = ["Stated", "stated"]

_DATE = r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})-(?P<day>\d{1,2})|-(?P<ordinal>\d{3})|(?P<compact>\d{4}))"
_CLOCK = (
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d{1,9})?)?)?"
    r"\s*(?:(?P<half>[aApP])\.?[mM]\.?)?"
)
_COMPACT_CLOCK = r"(?P<hour4>\d\d)(?P<minute4>\d\d)(?P<second4>\d\d)?"
_ZONE = r"(?P<zone>[zZ]|[+-]\d{1,2}(?::?\d\d)?)"
# Between date and time stands "T", or what PHP makes of an unescaped "T": the name of the server's zone, always UTC's
# in WordPress, where the time is the site's.
_WHOLE = re.compile(rf"{_DATE}(?:\s*(?:[tT]|UTC|GMT|\s)\s*(?:{_COMPACT_CLOCK}(?!\d|:)|{_CLOCK})\s*{_ZONE}?)?", re.ASCII)
_TIME = re.compile(rf"{_CLOCK}\s*{_ZONE}?", re.ASCII)
_ONLY_ZONE = re.compile(_ZONE, re.ASCII)
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Stated:
    """What of a date and time is stated; `zone` is an offset as written."""

    date: dt.date | None = None
    time: dt.time | None = None
    zone: str | None = None

    def __str__(self) -> str:
        """ISO 8601; a time without a date is ""."""
        if self.date is None:
            return ""
        return (
            f"{self.date.isoformat()}T{self.time.isoformat()}{self.zone or ''}" if self.time else self.date.isoformat()
        )

    def completed(self, other: "Stated") -> "Stated":
        """With what only `other` states."""
        return Stated(self.date or other.date, self.time or other.time, self.zone or other.zone)

    def ending(self, start: "Stated") -> "Stated":
        """As the end of what begins at `start`: a mere time is on the same day, or after midnight on the next one."""
        zone = self.zone or (start.zone if self.time else None)
        if self.date is not None or start.date is None or self.time is None:
            return replace(self, zone=zone)
        over_midnight = start.time is not None and self.time < start.time and self.zone in (None, start.zone)
        try:
            day = start.date + dt.timedelta(days=1) if over_midnight else start.date
        except OverflowError:
            day = start.date
        return Stated(day, self.time, zone)


def stated(text: str) -> Stated | None:
    """A date, a time, both, or only an offset; None for anything else."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    try:
        if match := _WHOLE.fullmatch(text):
            return Stated(_date(match), _time(match), match["zone"])
        if (match := _TIME.fullmatch(text)) and (match["minute"] or match["half"]):
            return Stated(None, _time(match), match["zone"])
    except ValueError:
        return None
    match = _ONLY_ZONE.fullmatch(text)
    return Stated(None, None, match["zone"]) if match else None


def _date(match: re.Match[str]) -> dt.date:
    year = int(match["year"])
    if match["ordinal"]:
        number = int(match["ordinal"])
        if not 1 <= number <= 366:
            raise ValueError(match[0])
        return dt.date(year, 1, 1) + dt.timedelta(days=number - 1)
    if match["compact"]:
        return dt.date(year, int(match["compact"][:2]), int(match["compact"][2:]))
    return dt.date(year, int(match["month"]), int(match["day"]))


def _time(match: re.Match[str]) -> dt.time | None:
    found = match.groupdict()
    hour = found["hour"] or found.get("hour4")
    if hour is None:
        return None
    minute = found["minute"] or found.get("minute4")
    second = found["second"] or found.get("second4")
    number = int(hour)
    if found["half"]:
        if not 1 <= number <= 12:
            raise ValueError(match[0])
        number = number % 12 + (12 if found["half"] in "pP" else 0)
    return dt.time(number, int(minute or 0), min(int(second or 0), 59))
