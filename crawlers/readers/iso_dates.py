"""Moments from text: ISO 8601 as calendars and web pages write it, and the dates of e-mail (RFC 5322, section 3.3)."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from hobnob.moments import Moment

__all__ = ["instant", "moment"]

_ISO = re.compile(
    r"(?P<year>\d{4})(?P<dash>-?)(?P<month>\d{1,2})(?P=dash)(?P<day>\d{1,2})"
    r"(?:(?:[Tt]|\s+)(?P<hour>\d{1,2})(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d{1,9})?)?)?"
    r"\s*(?P<zone>[Zz]|[+-]\d\d?(?::?\d\d)?)?)?",
    re.ASCII,
)


def moment(text: str, zone: str | None = None) -> Moment | None:
    """The Moment that `text` states, None if it states none; a time without an offset is in `zone`.

    An offset stays as written ("+01:00"), as does a date without a time. "24:00" is the midnight that follows.
    """
    text = text.strip()
    if len(text) > 64:
        return None
    match = _ISO.fullmatch(text)
    return _from_iso(match, zone) if match else _from_mail(text, zone)


def instant(text: str) -> dt.datetime | None:
    """A stamp such as DTSTAMP, aware and in UTC; one that names no zone is taken to be UTC already."""
    found = moment(text, "UTC")
    return None if found is None or found.is_date else found.utc()


def _from_iso(match: re.Match[str], zone: str | None) -> Moment | None:
    if not match["dash"] and len(match["month"] + match["day"]) != 4:
        return None
    try:
        day = dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
        if match["hour"] is None:
            return Moment(day)
        hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
        if (hour, minute, second) == (24, 0, 0):
            day, hour = day + dt.timedelta(days=1), 0
        return Moment(day, dt.time(hour, minute, min(second, 59)), _offset(match["zone"]) or zone)
    except (ValueError, OverflowError):
        return None


def _offset(text: str | None) -> str | None:
    """ "+0100", "+01" or "+01:00" as "+01:00"; a zero offset and "Z" are "UTC". Raises ValueError beyond 23:59."""
    if text is None:
        return None
    if text in "Zz":
        return "UTC"
    hours, _, minutes = text[1:].partition(":")
    if len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    if int(hours) > 23 or int(minutes or 0) > 59:
        raise ValueError(text)
    name = f"{text[0]}{int(hours):02d}:{int(minutes or 0):02d}"
    return "UTC" if name[1:] == "00:00" else name


def _from_mail(text: str, zone: str | None) -> Moment | None:
    if ":" not in text:
        return None
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return Moment.of(found, zone if found.tzinfo is None else None)
