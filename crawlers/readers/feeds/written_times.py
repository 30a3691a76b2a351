"""A time as feeds write it, as a Moment: ISO 8601 and e-mail dates with what programs do to them, clocks, and words."""

import datetime as dt
import re
from dataclasses import replace

from crawlers.readers import Context
from crawlers.readers.dates import read_dates
from crawlers.readers.durations import is_before
from crawlers.readers.iso_dates import moment
from hobnob.moments import UTC, Moment, iana_name, zone_info

__all__ = ["When", "clocks", "in_figures", "in_words", "is_clock", "placed"]

_ZONES = {
    **dict.fromkeys(("UT", "UTC", "GMT", "WET", "Z"), "UTC"),
    **dict.fromkeys(("CET", "BST", "WEST", "MEZ"), "+01:00"),
    **dict.fromkeys(("CEST", "EET", "SAST", "MESZ"), "+02:00"),
    **dict.fromkeys(("EEST", "MSK"), "+03:00"),
    **dict.fromkeys(("SGT", "HKT", "AWST"), "+08:00"),
    **dict.fromkeys(("JST", "KST"), "+09:00"),
    "ACST": "+09:30",
    "AEST": "+10:00",
    "ACDT": "+10:30",
    "AEDT": "+11:00",
    "NZST": "+12:00",
    "NZDT": "+13:00",
    "EST": "-05:00",
    "EDT": "-04:00",
    "CST": "-06:00",
    "CDT": "-05:00",
    "MST": "-07:00",
    "MDT": "-06:00",
    "PST": "-08:00",
    "PDT": "-07:00",
    "AKST": "-09:00",
    "AKDT": "-08:00",
    "HST": "-10:00",
}
_ZONED = re.compile(r"(.*\d)\s+\(?([A-Z]{1,5}|[A-Za-z]+(?:/[A-Za-z_+-]+\d*){1,2})\)?", re.DOTALL)
_CLOCK = re.compile(
    r"(?<![\d:./-])(\d{1,2})(?:[:.](\d\d)(?!\d|[./-])(?::\d\d(?:\.\d+)?)?(?:\s*([ap])\.?\s?m\b\.?)?"
    r"|\s*([ap])\.?\s?m\b\.?|(?=\s*[-–]\s*\d{1,2}(?::\d\d)?\s*[ap]\.?m))",
    re.IGNORECASE,
)


class When:
    """When an event is, as one place of an entry says it.

    `more` are further starts, `guessed` the parts that were guessed (see crawlers.readers.dates).
    """

    __slots__ = ("end", "guessed", "more", "start", "unread_end")

    def __init__(
        self,
        start: Moment,
        end: Moment | None = None,
        *,
        more: tuple[Moment, ...] = (),
        guessed: tuple[str, ...] = (),
        unread_end: str = "",
    ) -> None:
        self.start, self.more, self.guessed, self.unread_end = start, more, guessed, unread_end
        self.end = end if end is None or not is_before(end, start) else None
        if self.end is not end:
            self.unread_end = str(end)


def in_figures(text: str, context: Context) -> Moment | None:
    """What a date in figures says: with an offset, a zone by its name or letters, or in the zone of the source."""
    if not any(map(str.isdigit, text)) or len(text) > 64:
        return None
    if found := _ZONED.fullmatch(text):
        zone = _ZONES.get(found[2]) or iana_name(found[2])
        if zone and (read := moment(found[1].rstrip(), zone)):
            return read
    return moment(text, context.time_zone)


def in_words(text: str, context: Context) -> When | None:
    """What a date in words says, possibly a range."""
    if not any(map(str.isdigit, text)) or is_clock(text):
        return None
    found = read_dates(
        text[:300],
        language=context.language,
        zone=context.time_zone,
        order=context.date_order,
        today=context.now.date(),
    )
    return When(found.start, found.end, guessed=found.guessed) if found else None


def clocks(text: str) -> list[dt.time]:
    """The times of day in a text such as "19:30:00", "7 pm" or "02:00 PM - 03:30 PM", at most two."""
    found: list[dt.time] = []
    matches = list(_CLOCK.finditer(text[:100]))[:2]
    last_half = (matches[-1][3] or matches[-1][4] or "").lower() if matches else ""
    for match in matches:
        hour, minute = int(match[1]), int(match[2] or 0)
        half = (match[3] or match[4] or "").lower()
        if not half and last_half and 0 < hour <= 12:
            # "2 - 3:30 pm" are two times of one half of the day, "11 - 1 pm" are not.
            half = last_half if hour % 12 <= int(matches[-1][1]) % 12 else "a"
        if hour > (12 if half else 23) or minute > 59 or (half and not hour):
            return []
        found.append(dt.time(hour % 12 + 12 * (half == "p") if half else hour, minute))
    return found


def is_clock(text: str) -> bool:
    """Whether a text is nothing but times of day."""
    return bool(clocks(text)) and not any(map(str.isalnum, _CLOCK.sub("", text[:100])))


def placed(instant: Moment, wall: Moment, context: Context) -> Moment:
    """The local time `wall`, in the zone that makes it `instant`; `instant` where the two do not fit each other."""
    if instant.is_date or wall.time is None:
        return instant
    if context.time_zone and (info := zone_info(context.time_zone)):
        local = replace(wall, zone=context.time_zone)
        if local.utc(info) == instant.utc():
            return local
    offset = wall.wall.replace(tzinfo=UTC) - instant.utc()
    if abs(offset) > dt.timedelta(hours=14) or offset % dt.timedelta(minutes=15):
        return instant
    return Moment.of(wall.wall.replace(tzinfo=dt.timezone(offset)))
