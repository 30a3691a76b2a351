"""Recurrence rules as they are written: RRULE (RFC 5545, 3.8.5.3), EXRULE (RFC 2445, 4.8.5.2), and when they fall."""

import calendar
import datetime as dt
import itertools
import re
from collections.abc import Iterator
from functools import lru_cache

from dateutil import rrule
from icalendar.prop import vRecur

from crawlers.readers.calendars.fields import Fields
from crawlers.readers.iso_dates import moment
from crawlers.readers.plain_text import line, verbatim
from hobnob import recurrence
from hobnob.moments import UTC, Moment, zone_info

__all__ = ["MOST_STARTS", "excluded", "rules", "starts", "written"]

MOST_STARTS = 2000
"""Of the times that a rule gives, as many are worked out here at most."""

_MOST_RULES = 10
_MOST_GIVEN = 2 * MOST_STARTS
_LONGEST_RULE = 1000
_LONGEST_WALK = dt.timedelta(days=366 * 60)
_MOST_WEEKS = 5
_LONGEST_INTERVAL = 12
_LEAP_YEAR = 2000
_FREQUENCIES = {"YEARLY": rrule.YEARLY, "MONTHLY": rrule.MONTHLY, "WEEKLY": rrule.WEEKLY, "DAILY": rrule.DAILY}
_UNTIL = re.compile(r"(?<=UNTIL=)[^;]*")
_DAY_NAME = re.compile(r"\b(MO|TU|WE|TH|FR|SA|SU)[A-Z]+\b")
_LISTS = ("BYDAY", "BYMONTH", "BYMONTHDAY")


def rules(fields: Fields) -> tuple[str, ...]:
    """RRULEs as written, with what is clearly meant instead of what is clearly wrong; others go to `raw`."""
    good: list[str] = []
    for prop in fields.all("RRULE"):
        rule = written(prop.value)
        if rule and len(good) < _MOST_RULES:
            good.append(rule)
        elif rule:
            fields.cut.append(f"more than {_MOST_RULES} RRULEs: the rest was left out")
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


def starts(rule: str, start: Moment) -> Iterator[dt.datetime]:
    """The wall times of a rule's instances on the clocks of `start`, which is the first (RFC 5545, 3.8.5.3), ascending.

    Only for rules that repeat at most daily, over sixty years, and surely do. Raises ValueError for others.
    """
    parsed = _parsed(rule, start)
    later = (time for time in _falls(parsed, start.wall) if time > start.wall)
    return itertools.islice(itertools.chain([start.wall], later), parsed.count)


def _parsed(rule: str, start: Moment) -> recurrence.Rule:
    parsed = recurrence.parse(rule, (zone_info(start.zone) if start.zone else None) or UTC, start.is_date)
    if parsed.freq not in _FREQUENCIES:
        raise ValueError(f"FREQ={parsed.freq} is too frequent")
    if not _falls_again(parsed, start.wall):
        raise ValueError(f"it may never fall again: {rule}")
    return parsed


def _falls_again(rule: recurrence.Rule, first: dt.datetime) -> bool:
    """Whether a rule surely gives another time within a lifetime; dateutil looks for one up to the year 9999.

    Refused with those that never do are some that nobody writes. BYDAY=1MO,TU is refused because dateutil reads "and".
    """
    numbers = [abs(number) for number, _ in rule.byday if number]
    if rule.byweekno or rule.byyearday:
        others = rule.bymonth or rule.bymonthday or numbers or (rule.byyearday and (rule.byweekno or rule.byday))
        return rule.freq == "YEARLY" and rule.interval == 1 and not rule.bysetpos and not others
    if numbers and (rule.bymonthday or len(numbers) < len(rule.byday)):
        return False
    if numbers and (rule.freq == "MONTHLY" or rule.bymonth) and max(numbers) > _MOST_WEEKS:
        return False
    if rule.bysetpos:
        most = max(len(rule.byday), min(len(rule.bymonthday), 1)) if rule.freq != "DAILY" else 0
        if max(map(abs, rule.bysetpos)) > most:
            return False
    if rule.interval > 1 and (rule.names_days or rule.bymonth):
        in_step = rule.freq == "WEEKLY" or (rule.freq == "MONTHLY" and not rule.bymonth)
        if not in_step or rule.interval > _LONGEST_INTERVAL:
            return False
    return _has_day(rule, first)


def _has_day(rule: recurrence.Rule, first: dt.datetime) -> bool:
    """Whether one of the months has one of the days of the month that the rule names, or that its start implies."""
    implied = () if rule.names_days or rule.freq in ("DAILY", "WEEKLY") else (first.day,)
    days = [abs(day) for day in rule.bymonthday or implied]
    longest = [calendar.monthrange(_LEAP_YEAR, month)[1] for month in rule.bymonth or range(1, 13)]
    return not days or min(days) <= max(longest)


def _falls(rule: recurrence.Rule, first: dt.datetime) -> Iterator[dt.datetime]:
    """All times from `first` on that match."""
    last = first + _LONGEST_WALK if first.year < dt.MAXYEAR - 70 else dt.datetime.combine(dt.date.max, dt.time())
    return iter(
        rrule.rrule(
            _FREQUENCIES[rule.freq],
            dtstart=first,
            interval=rule.interval,
            wkst=rule.wkst,
            until=min(last, rule.until or last),
            bysetpos=rule.bysetpos or None,
            bymonth=rule.bymonth or None,
            bymonthday=rule.bymonthday or None,
            byyearday=rule.byyearday or None,
            byweekno=rule.byweekno or None,
            byweekday=[rrule.weekday(day, number or None) for number, day in rule.byday] or None,
            byhour=rule.byhour or None,
            byminute=rule.byminute or None,
            bysecond=rule.bysecond or None,
        )
    )


def excluded(fields: Fields, start: Moment, given: tuple[str, ...]) -> list[Moment]:
    """What the EXRULEs of an event take out of its rules, as EXDATEs; one that cannot be followed is noted."""
    found: list[Moment] = []
    for prop in fields.all("EXRULE")[:_MOST_RULES]:
        fields.keep("exdate", f"EXRULE:{prop.value}")
        try:
            walls, all_of_them = _taken_out(written(prop.value) or prop.value, start, given)
        except ValueError:
            fields.cut.append(f"EXRULE cannot be followed: {line(prop.value, 80)!r}")
            continue
        found += (Moment(wall.date(), None if start.is_date else wall.time(), start.zone) for wall in walls)
        if not all_of_them:
            fields.cut.append(f"EXRULE: only the first {MOST_STARTS} of its times were taken")
    return found


def _taken_out(exrule: str, start: Moment, given: tuple[str, ...]) -> tuple[list[dt.datetime], bool]:
    """The times that an EXRULE has in common with the rules `given`, and whether that are all of them."""
    parsed = _parsed(exrule, start)
    times = list(itertools.islice(_falls(parsed, start.wall), min(MOST_STARTS, parsed.count or MOST_STARTS)))
    taken, last = set(times), times[-1] if len(times) == MOST_STARTS else None
    found: set[dt.datetime] = set()
    all_of_them = True
    for rule in given:
        for number, time in enumerate(starts(rule, start)):
            if number == _MOST_GIVEN or (last is not None and time > last):
                all_of_them = False
                break
            if time in taken:
                found.add(time)
    return sorted(found), all_of_them
