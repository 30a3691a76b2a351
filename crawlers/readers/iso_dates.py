"""Moments from text: ISO 8601 as calendars and web pages write it, also with the name of a zone (RFC 9557), and the
dates of e-mail (RFC 5322, section 3.3)."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from functools import lru_cache

from hobnob.moments import Moment, iana_name, offset_name

__all__ = ["instant", "moment"]

_ISO = re.compile(
    r"(?P<year>\d{4})(?P<dash>-?)(?P<month>\d{1,2})(?P=dash)(?P<day>\d{1,2})"
    r"(?:(?:[Tt]|\s+)(?P<hour>\d{1,2})(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d{1,9})?)?)?"
    r"\s*(?P<zone>[Zz]|[+-]\d\d?(?::?\d\d)?)?)?",
    re.ASCII,
)

_LONGEST = 96
# "[Europe/Berlin]", other brackets that may follow it, or the name alone.
_NAMED = re.compile(
    r"(?P<time>[^\[/]{8,40}?)\s*(?:\[!?(?P<zone>[A-Za-z][\w+/-]*)\](?:\[[^\]]*\])*|\s(?P<name>[A-Z][a-z]+/[\w+/-]+))",
    re.ASCII,
)

# A date of e-mail that names no zone ends with its time, or with the year as C's asctime has it.
_NO_ZONE = re.compile(r":\d\d(?:\s+(?:-0000|\d{4}))?\Z", re.ASCII)


def moment(text: str, zone: str | None = None) -> Moment | None:
    """The Moment that `text` states, None if it states none; a time without an offset is in `zone`.

    An offset stays as written ("+01:00"), as does a date without a time; where a zone is named as well, the time is on
    its clocks. "24:00" is the midnight that follows.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if match := _ISO.fullmatch(text):
        return _from_iso(match, zone)
    if named := _NAMED.fullmatch(text):
        return _in_named_zone(named)
    return _from_mail(text, zone)


def instant(text: str) -> dt.datetime | None:
    """A stamp such as DTSTAMP, aware and in UTC; one that names no zone is taken to be UTC already."""
    found = moment(text, "UTC")
    return None if found is None or found.is_date else found.utc()


def _in_named_zone(named: re.Match[str]) -> Moment | None:
    zone = iana_name(named["zone"] or named["name"])
    match = _ISO.fullmatch(named["time"])
    found = _from_iso(match, None) if match else None
    return found.in_zone(zone) if found and zone else None


def _from_iso(match: re.Match[str], zone: str | None) -> Moment | None:
    year, dash, month, day, hour, minute, second, offset = match.groups()
    if not dash and len(month + day) != 4:
        return None
    try:
        date = dt.date(int(year), int(month), int(day))
        if hour is None:
            return Moment(date)
        clock = int(hour), int(minute or 0), int(second or 0)
        if clock == (24, 0, 0):
            date, clock = date + dt.timedelta(days=1), (0, 0, 0)
        time = dt.time(clock[0], clock[1], min(clock[2], 59))
        return Moment(date, time, _offset(offset) if offset else zone)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=256)
def _offset(text: str) -> str:
    """ "+0100", "+01" or "+01:00" as "+01:00"; a zero offset and "Z" are "UTC". Raises ValueError beyond 23:59."""
    if text in "Zz":
        return "UTC"
    hours, _, minutes = text[1:].partition(":")
    if len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    if int(hours) > 23 or int(minutes or 0) > 59:
        raise ValueError(text)
    offset = dt.timedelta(hours=int(hours), minutes=int(minutes or 0))
    return offset_name(-offset if text[0] == "-" else offset)


def _from_mail(text: str, zone: str | None) -> Moment | None:
    if ":" not in text:
        return None
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    if found.tzinfo is None and not _NO_ZONE.search(text):
        return None  # a zone that e-mail does not know
    return Moment.of(found, zone if found.tzinfo is None else None)
