"""Moments from iCalendar properties: dates, times and their zones (RFC 5545, sections 3.3.4, 3.3.5 and 3.2.19)."""

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache

from crawlers.readers.calendars.content_lines import Property
from crawlers.readers.calendars.zone_names import by_name, by_words, offsets
from crawlers.readers.iso_dates import moment
from hobnob.moments import Moment, iana_name, offset_name, zone_info

__all__ = ["Zones"]

_TZID = re.compile(r"^TZID(?:;[^:]*)?:(.*)$", re.IGNORECASE | re.MULTILINE)
_ALSO_CALLED = re.compile(
    r"^(?:X-LIC-LOCATION|X-TZINFO|TZID-ALIAS-OF|TZURL)(?:;[^:]*)?:(.*?)(?:\[.*|\.ics)?$", re.IGNORECASE | re.MULTILINE
)
_OFFSET_TO = re.compile(r"^TZOFFSETTO(?:;[^:]*)?:\s*([+-]\d\d)(\d\d)", re.IGNORECASE | re.MULTILINE)
_TZID_IN_VALUE = re.compile(r"\s*;?TZID=([^:]+):(.*)", re.IGNORECASE | re.DOTALL)
# Of which Google writes some, for birthdays; it is no time, so "Z" says nothing.
_DATE_IN_UTC = re.compile(r"(\d{8})Z")
_QUOTES = " \t\r\"'\\"
_MIDNIGHT = dt.time()


class Zones:
    """What the TZIDs of one calendar mean.

    In this order: an IANA name; a Windows name; an IANA name at the end of a path ("/mozilla.org/20070129_1/Europe/
    Berlin"); the IANA name that the TZID's VTIMEZONE also gives (X-LIC-LOCATION, TZURL, TZID-ALIAS-OF of RFC 7808);
    what its words mean ("(UTC+01:00) Amsterdam, Berlin ..."), if its VTIMEZONE, where there is one, shows the same
    offsets; the VTIMEZONE itself. A TZID that means none of these, like no TZID, is `default` (the calendar's
    X-WR-TIMEZONE, else `fallback`), and floating without one.
    """

    def __init__(self, definitions: Iterable[str], calendar_zone: str | None, fallback: str | None) -> None:
        self._definitions: dict[str, str] = {}
        for text in definitions:
            if found := _TZID.search(text):
                self._definitions.setdefault(found[1].strip(_QUOTES), text)
        self._known: dict[str, str | None] = {}
        own = self.name(calendar_zone) if calendar_zone else None
        self.default = own or fallback
        self.default_is_own = own is not None

    def name(self, tzid: str) -> str | None:
        """The zone that `tzid` names: an IANA name, an offset, or itself if a VTIMEZONE defines it; else None."""
        tzid = tzid.strip(_QUOTES)
        if tzid not in self._known:
            self._known[tzid] = self._meaning(tzid)
        return self._known[tzid]

    def _meaning(self, tzid: str) -> str | None:
        if found := by_name(tzid):
            return found
        definition = self._definitions.get(tzid)
        if definition is None:
            return by_words(tzid)
        for also in _ALSO_CALLED.finditer(definition):
            if found := by_name(also[1].strip()):
                return found
        worded = by_words(tzid)
        if worded is None:
            return tzid
        same = offsets(worded) if iana_name(worded) else frozenset((worded,))
        return worded if same == _shown(definition) else tzid

    def differs(self, tzid: str, start: Moment) -> bool:
        """Whether the VTIMEZONE of an IANA name shows other offsets than that zone has at `start`.

        Many VTIMEZONEs are cut short, or older than the law that they should follow; so the name counts.
        """
        definition = self._definitions.get(tzid.strip(_QUOTES))
        zone = zone_info(start.zone) if definition and start.zone else None
        if definition is None or zone is None:
            return False
        passed = start.wall.replace(tzinfo=zone).utcoffset() or dt.timedelta()
        shown = _shown(definition)
        return bool(shown) and offset_name(passed) not in shown

    def moment(self, prop: Property, value: str | None = None, start: Moment | None = None) -> Moment | None:
        """The Moment of a DATE or DATE-TIME property (`value`: one of its list); None if it is neither.

        A time without a zone is in that of the event's `start`, when it is known. "Z" and other offsets count before
        a TZID (section 3.3.5), but a TZID of the same instant keeps its clocks. A time that says VALUE=DATE is a date
        at midnight only.
        """
        tzid, text = prop.params.get("TZID"), prop.value if value is None else value
        if not text[:1].isdigit() and (found := _TZID_IN_VALUE.match(text)):
            tzid, text = found[1], found[2]
        named = self.name(tzid) if tzid else None
        zone = named or (start.zone if start is not None and start.time is not None else self.default)
        if in_utc := _DATE_IN_UTC.fullmatch(text.strip()):
            text = in_utc[1]
        when = moment(text, zone)
        if when is None or when.time is None:
            return when
        if prop.params.get("VALUE", "").upper() == "DATE" and when.time == _MIDNIGHT:
            return Moment(when.date)
        return when.in_zone(named) if named and when.zone not in (named, "UTC") and zone_info(named) else when

    def definitions(self, moments: Iterable[Moment | None]) -> str | None:
        """The VTIMEZONEs that these moments need, because their zones are no IANA names."""
        own = {one.zone for one in moments if one is not None and one.zone in self._definitions}
        return "\r\n".join(self._definitions[name] for name in sorted(filter(None, own)) if not iana_name(name)) or None


@lru_cache(maxsize=256)
def _shown(definition: str) -> frozenset[str]:
    """The offsets that a VTIMEZONE changes to."""
    found = (f"{match[1]}:{match[2]}" for match in _OFFSET_TO.finditer(definition))
    return frozenset("UTC" if name[1:] == "00:00" else name for name in found)
