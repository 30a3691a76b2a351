"""Recurrence rules (RFC 5545, 3.3.10) for a part of what they give, begun at another time if need be."""

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import NamedTuple

from crawlers.readers.calendars.rules import starts
from hobnob import recurrence
from hobnob.moments import UTC, Moment, zone_info

__all__ = ["MOST_WALKED", "Part", "divided"]

MOST_WALKED = 1000
"""Dates that are written out one by one, where no rule gives them."""

_MOST_BEFORE = 3000
_LONGEST_SHIFT = 7
_LAST_OF_EVERY_MONTH = 28


class Part(NamedTuple):
    """The rules of a part, the dates that no rule gives, and whether there are more of those."""

    rules: tuple[str, ...]
    dates: tuple[Moment, ...]
    is_cut: bool = False


class _Stretch(NamedTuple):
    """From `begin` to before `end`, wall times on the clocks of the series' `first`; its own first one is `start`."""

    first: Moment
    begin: dt.datetime
    end: dt.datetime | None
    start: Moment

    @property
    def by(self) -> dt.timedelta:
        """How much later all of it is."""
        return self.start.wall - self.begin

    def of(self, rule: str) -> Iterator[dt.datetime]:
        """What a rule of the series gives in it, on the clocks of `first`."""
        later = itertools.dropwhile(lambda wall: wall < self.begin, self.all_of(rule))
        return itertools.takewhile(lambda wall: self.end is None or wall < self.end, later)

    def all_of(self, rule: str) -> Iterator[dt.datetime]:
        return itertools.islice(starts(rule, self.first), _MOST_BEFORE)

    def parsed(self, rule: str) -> recurrence.Rule:
        zone = (zone_info(self.first.zone) if self.first.zone else None) or UTC
        return recurrence.parse(rule, zone, self.first.is_date)


def divided(rules: tuple[str, ...], first: Moment, begin: dt.datetime, end: dt.datetime | None, start: Moment) -> Part:
    """What `rules` of a series that starts at `first` give from `begin` to before `end`, when its first one is `start`.

    `begin` and `end` are wall times on the clocks of `first`. Rules stay rules where that is the same, else their dates
    are written out. Raises ValueError for rules that repeat more often than daily, and for what is no rule.
    """
    here = _Stretch(first, begin, end, start)
    if begin == first.wall and start == first:
        return Part(tuple(filter(None, (_bounded(rule, rule, here) for rule in rules))), ())
    if len(rules) == 1 and (rule := _kept(rules[0], here)):
        bounded = _bounded(rule, rules[0], here)
        return Part((bounded,) if bounded else (), ())
    walls = sorted({wall for rule in rules for wall in itertools.islice(here.of(rule), MOST_WALKED)})
    dates = (wall + here.by for wall in walls[:MOST_WALKED] if wall > begin)
    moments = tuple(Moment(one.date(), None if start.is_date else one.time(), start.zone) for one in dates)
    return Part((), moments, len(walls) >= MOST_WALKED)


def _kept(rule: str, here: _Stretch) -> str | None:
    """The rule for a series that begins with `start` in place of `begin`; None where it would fall otherwise."""
    if next(here.of(rule), None) != here.begin:
        return None
    parsed, start, begin = here.parsed(rule), here.start, here.begin
    days = (start.date - begin.date()).days
    if start.wall.time() != begin.time() and (parsed.byhour or parsed.byminute or parsed.bysecond):
        return None
    if days == 0:
        return rule
    names = parsed.names_days or parsed.bymonth or parsed.bysetpos
    if abs(days) < _LONGEST_SHIFT and parsed.freq == "WEEKLY" and not (parsed.bymonth or parsed.bysetpos):
        return _turned(rule, days)
    if parsed.freq == "DAILY" and not names:
        return rule
    same_month = start.date.month == begin.month and max(start.date.day, begin.day) <= _LAST_OF_EVERY_MONTH
    return rule if parsed.freq in ("MONTHLY", "YEARLY") and not names and same_month else None


def _turned(rule: str, days: int) -> str:
    """A weekly rule so many days later; its weeks begin as much later, so that every second one stays every second."""
    parts = _parts(rule)
    if "BYDAY" in parts:
        parts["BYDAY"] = ",".join(_turned_day(day[-2:], days) for day in parts["BYDAY"].split(","))
    if "INTERVAL" in parts:
        parts["WKST"] = _turned_day(parts.get("WKST", "MO"), days)
    return _text(parts)


def _turned_day(day: str, days: int) -> str:
    return recurrence.WEEKDAYS[(recurrence.WEEKDAYS.index(day) + days) % 7]


def _bounded(rule: str, whole: str, here: _Stretch) -> str | None:
    """`rule`, which is `whole` for this part, with the end that it has here; None when nothing of it is left."""
    parsed, parts = here.parsed(whole), _parts(rule)
    if parsed.count is not None:
        left = parsed.count - sum(1 for wall in itertools.takewhile(lambda wall: wall < here.begin, here.all_of(whole)))
        if here.end is not None:
            left = min(left, sum(1 for _ in here.of(whole)))
        return _text(parts | {"COUNT": str(left)}) if left > 0 else None
    if parsed.until is not None and parsed.until < here.begin:
        return None
    if here.end is not None:
        last = here.end - (dt.timedelta(days=1) if here.first.is_date else dt.timedelta(seconds=1))
        until = min(last, parsed.until or last)
    elif parsed.until is None or not here.by:
        return rule
    else:
        until = parsed.until
    return _text(parts | {"UNTIL": _until(until + here.by, here.start)})


def _until(wall: dt.datetime, start: Moment) -> str:
    """An UNTIL for a series that begins with `start`: in UTC where that has a zone (RFC 5545, 3.3.10)."""
    if start.is_date:
        return f"{wall:%Y%m%d}"
    if start.zone is None or zone_info(start.zone) is None:
        return f"{wall:%Y%m%dT%H%M%S}"
    return f"{Moment.of(wall, start.zone).utc():%Y%m%dT%H%M%SZ}"


def _parts(rule: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in rule.split(";") if "=" in part)


def _text(parts: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())
