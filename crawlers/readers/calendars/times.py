"""Moments from iCalendar properties: dates, times and their zones (RFC 5545, sections 3.3.4, 3.3.5 and 3.2.19)."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from icalendar.prop import vDuration
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from crawlers.readers.calendars.content_lines import Property
from crawlers.readers.iso_dates import moment
from hobnob.moments import UTC, Moment, iana_name, zone_info

__all__ = ["Zones", "duration", "is_before", "later"]

_TZID = re.compile(r"^TZID(?:;[^:]*)?:(.*)$", re.IGNORECASE | re.MULTILINE)
_LOCATION = re.compile(r"^X-LIC-LOCATION(?:;[^:]*)?:(.*)$", re.IGNORECASE | re.MULTILINE)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
_WINDOWS = {name.casefold(): iana for name, iana in WINDOWS_TO_OLSON.items()}


class Zones:
    """What the TZIDs of one calendar mean.

    In this order: an IANA name, a Windows name, an IANA name at the end of a path ("/mozilla.org/20070129_1/Europe/
    Berlin"), the IANA name that the TZID's VTIMEZONE gives as X-LIC-LOCATION, the VTIMEZONE itself, a bare offset
    ("UTC+11"). A TZID that means none of these, like no TZID, is `default` (the calendar's X-WR-TIMEZONE, else
    `fallback`), and floating without one.
    """

    def __init__(self, definitions: Iterable[str], calendar_zone: str | None, fallback: str | None) -> None:
        self._definitions: dict[str, str] = {}
        for text in definitions:
            if found := _TZID.search(text):
                self._definitions.setdefault(found[1].strip().strip('"'), text)
        self._known: dict[str, str | None] = {}
        self.default = (self.name(calendar_zone) if calendar_zone else None) or fallback

    def name(self, tzid: str) -> str | None:
        """The zone that `tzid` names: an IANA name, an offset, or itself if a VTIMEZONE defines it; else None."""
        tzid = tzid.strip().strip('"')
        if tzid not in self._known:
            self._known[tzid] = next(self._meanings(tzid), None)
        return self._known[tzid]

    def _meanings(self, tzid: str) -> Iterator[str]:
        parts = tzid.split("/")
        names = [tzid, _WINDOWS.get(tzid.casefold(), ""), *("/".join(parts[-count:]) for count in (3, 2, 1))]
        definition = self._definitions.get(tzid)
        if definition and (location := _LOCATION.search(definition)):
            names.append(location[1].strip())
        yield from filter(None, map(iana_name, names))
        if definition:
            yield tzid
        if offset := _OFFSET.fullmatch(tzid):
            name = f"{offset[1]}{int(offset[2]):02d}:{offset[3] or '00'}"
            if zone_info(name):
                yield name

    def moment(self, prop: Property, value: str | None = None) -> Moment | None:
        """The Moment of a DATE or DATE-TIME property (`value`: one of its list); None if it is neither."""
        tzid = prop.params.get("TZID")
        zone = (self.name(tzid) if tzid else None) or self.default
        found = moment(prop.value if value is None else value, zone)
        return Moment(found.date) if found and prop.params.get("VALUE", "").upper() == "DATE" else found

    def definitions(self, moments: Iterable[Moment | None]) -> str | None:
        """The VTIMEZONEs that these moments need, because their zones are no IANA names."""
        own = {one.zone for one in moments if one is not None and one.zone in self._definitions}
        return "\r\n".join(self._definitions[name] for name in sorted(filter(None, own)) if not iana_name(name)) or None


def duration(text: str) -> dt.timedelta | None:
    """A DURATION (section 3.3.6); None if it is none, or negative."""
    try:
        found = vDuration.from_ical(text.strip().upper())  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        return None
    return found if isinstance(found, dt.timedelta) and found >= dt.timedelta() else None


def later(start: Moment, length: dt.timedelta) -> Moment | None:
    """The end of what begins at `start` and takes `length`: days by the calendar, hours by the clock.

    For a date it is the last day, and `length` counts whole days (section 3.8.2.5). None beyond the year 9999.
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
    """Whether what begins at `start` would end before: by their days where `end` is one, else by the clock."""
    if end.is_date:
        return end.date < start.date
    return end.wall < start.wall if end.zone == start.zone else end.utc() < start.utc()
