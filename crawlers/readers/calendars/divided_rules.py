"""Recurrence rules (RFC 5545, 3.3.10) for a part of what they give, begun at another time if need be."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from crawlers.readers.calendars.rules import parsed, starts
from hobnob import recurrence
from hobnob.moments import Moment, zone_info
from hobnob.recurrence_starts import OutOfReach

__all__ = ["MOST_WALKED", "Part", "divided"]

MOST_WALKED = 1000
"""Dates that are written out one by one, where no rule gives them."""

_LONGEST_SHIFT = 7
_LAST_OF_EVERY_MONTH = 28
_A_MOMENT = dt.timedelta(microseconds=1)
_FREQUENT = ("HOURLY", "MINUTELY", "SECONDLY")


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
        """What a rule of the series gives in it, on the clocks of `first`; raises OutOfReach after what is near."""
        return starts(rule, self.first, self.begin, self.end and self.end - _A_MOMENT)

    def begins(self, rule: str) -> bool:
        """Whether a rule of the series gives the first of it."""
        return any(starts(rule, self.first, self.begin, self.begin))

    def before(self, rule: str) -> int:
        """How many a rule of the series gives before it."""
        return sum(1 for _ in starts(rule, self.first, self.first.wall, self.begin - _A_MOMENT))

    def walked(self, rule: str) -> tuple[list[dt.datetime], bool]:
        """The first MOST_WALKED of a rule of the series in it, and whether there may be more."""
        found: list[dt.datetime] = []
        try:
            for wall in self.of(rule):
                if len(found) == MOST_WALKED:
                    return found, True
                found.append(wall)
        except OutOfReach:
            return found, True
        return found, False


def divided(rules: tuple[str, ...], first: Moment, begin: dt.datetime, end: dt.datetime | None, start: Moment) -> Part:
    """What `rules` of a series that starts at `first` give from `begin` to before `end`, when its first one is `start`.

    `begin` and `end` are wall times on the clocks of `first`. Rules stay rules where that is the same, else their dates
    are written out. Raises ValueError for what is no rule, and where a COUNT is too far to be counted.
    """
    here = _Stretch(first, begin, end, start)
    if begin == first.wall and start == first:
        return Part(tuple(filter(None, (_bounded(rule, rule, here) for rule in rules))), ())
    if len(rules) == 1 and (rule := _kept(rules[0], here)):
        bounded = _bounded(rule, rules[0], here)
        return Part((bounded,) if bounded else (), ())
    walked = [here.walked(rule) for rule in rules]
    walls = sorted({wall for found, _ in walked for wall in found})
    dates = (wall + here.by for wall in walls[:MOST_WALKED] if wall > begin)
    moments = tuple(Moment(one.date(), None if start.is_date else one.time(), start.zone) for one in dates)
    return Part((), moments, len(walls) > MOST_WALKED or any(is_cut for _, is_cut in walked))


def _kept(rule: str, here: _Stretch) -> str | None:
    """The rule for a series that begins with `start` in place of `begin`; None where it would fall otherwise."""
    if not here.begins(rule):
        return None
    said = parsed(rule, here.first)
    if _is_as_far_on(said, here):
        return rule
    days = (here.start.date - here.begin.date()).days
    names_times = here.start.wall.time() != here.begin.time() and _names_times(said)
    if said.freq != "WEEKLY" or abs(days) >= _LONGEST_SHIFT or said.bymonth or said.bysetpos or names_times:
        return None
    return _turned(rule, days)


def _is_as_far_on(said: recurrence.Rule, here: _Stretch) -> bool:
    """Whether a rule, as it is written, gives all as much later as its start is."""
    start, begin = here.start, here.begin
    names_days = said.names_days or said.bymonth or said.bysetpos
    if here.by and said.freq in _FREQUENT:
        return not (names_days or _names_times(said) or start.is_date != here.first.is_date)
    if start.wall.time() != begin.time() and _names_times(said):
        return False
    if start.date == begin.date():
        return True
    same_month = start.date.month == begin.month and max(start.date.day, begin.day) <= _LAST_OF_EVERY_MONTH
    return not names_days and (said.freq == "DAILY" or (said.freq in ("MONTHLY", "YEARLY") and same_month))


def _names_times(said: recurrence.Rule) -> bool:
    return bool(said.byhour or said.byminute or said.bysecond)


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
    said, parts = parsed(whole, here.first), _parts(rule)
    if said.count is not None:
        left = said.count - here.before(whole)
        if here.end is not None:
            left = min(left, sum(1 for _ in here.of(whole)))
        return _text(parts | {"COUNT": str(left)}) if left > 0 else None
    if said.until is not None and said.until < here.begin:
        return None
    if here.end is not None:
        last = here.end - (dt.timedelta(days=1) if here.first.is_date else dt.timedelta(seconds=1))
        until = min(last, said.until or last)
    elif said.until is None or not here.by:
        return rule
    else:
        until = said.until
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
