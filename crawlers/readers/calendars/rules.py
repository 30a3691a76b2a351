"""Recurrence rules as they are written (RRULE; RFC 5545, sections 3.8.5.3 and 3.3.10), and when they fall."""

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from functools import lru_cache

from icalendar.prop import vRecur

from crawlers.readers.calendars.fields import Fields
from crawlers.readers.iso_dates import moment
from crawlers.readers.plain_text import line, verbatim
from hobnob import recurrence, recurrence_starts
from hobnob.moments import UTC, Moment, zone_info

__all__ = ["MOST_RULES", "parsed", "rules", "starts", "written"]

MOST_RULES = 4
"""RRULEs of an event that are taken; the index works out no more."""

_LONGEST_RULE = 1000
_LONGEST_WALK = dt.timedelta(days=366 * 50)
_LATEST = dt.MAXYEAR - 51
_THE_END = dt.datetime.combine(dt.date.max, dt.time())
_UNTIL = re.compile(r"(?<=UNTIL=)[^;]*")
_DAY_NAME = re.compile(r"\b(MO|TU|WE|TH|FR|SA|SU)[A-Z]+\b")
_LISTS = ("BYDAY", "BYMONTH", "BYMONTHDAY")


def rules(fields: Fields) -> tuple[str, ...]:
    """RRULEs as written, with what is clearly meant instead of what is clearly wrong; others go to `raw`."""
    good: list[str] = []
    for prop in filter(lambda one: one.value, fields.all("RRULE")):
        rule = written(prop.value)
        if rule and len(good) < MOST_RULES:
            good.append(rule)
        elif rule:
            fields.cut.append(f"more than {MOST_RULES} RRULEs: the rest was left out")
            break
        else:
            fields.keep("rrule", prop.value)
            fields.cut.append(f"RRULE is no recurrence rule: {line(prop.value, 80)!r}")
    return tuple(dict.fromkeys(good))


@lru_cache(maxsize=4096)
def written(value: str) -> str | None:
    """A rule as RFC 5545 (3.3.10) writes it; None if it is none.

    Spaces, small letters, a second "RRULE:", full names of days, a part that is empty or there twice, and an UNTIL in
    ISO 8601's extended form are put right.
    """
    text = verbatim(value[:_LONGEST_RULE]).replace(" ", "").upper().removeprefix("RRULE:").rstrip(";,.")
    parts: dict[str, str] = {}
    for name, _, content in (one.partition("=") for one in text.split(";")):
        if name in parts and name in _LISTS:
            parts[name] += f",{content}"
        elif name and content:
            parts.setdefault(name, content)
    if "BYDAY" in parts:
        parts["BYDAY"] = _DAY_NAME.sub(r"\1", parts["BYDAY"])
    rule = _UNTIL.sub(_basic, ";".join(f"{name}={content}" for name, content in parts.items()))
    try:
        return rule if "FREQ" in vRecur.from_ical(rule) else None
    except (ValueError, KeyError, OverflowError):
        return None


def _basic(until: re.Match[str]) -> str:
    found = moment(until[0])
    if found is None or until[0].replace("T", "").rstrip("Z").isdigit():
        return until[0]
    if found.time is None:
        return f"{found.date:%Y%m%d}"
    return f"{found.utc():%Y%m%dT%H%M%SZ}" if found.zone else f"{found.wall:%Y%m%dT%H%M%S}"


def parsed(rule: str, start: Moment) -> recurrence.Rule:
    """What a rule says on the clocks of `start`. Raises ValueError when it is none, or its COUNT makes no sense."""
    found = recurrence.parse(rule, (zone_info(start.zone) if start.zone else None) or UTC, start.is_date)
    if found.count is not None and found.count > recurrence_starts.PERIODS:
        raise ValueError(f"COUNT={found.count} is too many to be counted")
    return found


def starts(
    rule: str, start: Moment, low: dt.datetime | None = None, high: dt.datetime | None = None
) -> Iterator[dt.datetime]:
    """The wall times of a rule's instances on the clocks of `start`, which is the first (RFC 5545, 3.8.5.3), ascending.

    From `low` (else `start`) to `high`, at most fifty years. Raises ValueError when it is no rule; and OutOfReach, a
    ValueError too, after the last time that is worked out if there may be more.
    """
    first = start.wall
    low = first if low is None else low
    last = low + _LONGEST_WALK if low.year < _LATEST else _THE_END
    high = last if high is None else min(high, last)
    later = recurrence_starts.starts(parsed(rule, start), first, low=low, high=high)
    return itertools.chain([first] if low <= first <= high else [], later)
