"""schema.org/Schedule as recurrence rules (RFC 5545, section 3.3.10).

repeatFrequency is an ISO 8601 duration ("P1W") or a word ("Weekly"), byDay a schema.org/DayOfWeek or a BYDAY value;
byMonthWeek counts weeks of the month, startDate and endDate are inclusive. A rule begins on the first day that it
names, not on a startDate that it does not. What cannot be told for sure gives no rule.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from crawlers.readers.durations import duration, later
from crawlers.readers.schema_org.schedule_rule import rule_of
from crawlers.readers.schema_org.time_of_day import time_of_day
from crawlers.readers.schema_org.values import many, plain
from hobnob.moments import UTC, Moment, iana_name, zone_info

__all__ = ["Event", "Repeat", "repeats"]

_MOST_SCHEDULES = 20
_MOST_EXCEPTIONS = 1000
_DAY = dt.timedelta(days=1)

ReadMoment = Callable[[Any, str | None], Moment | None]


@dataclass(frozen=True, slots=True)
class Event:
    """Whose Schedules they are: its own startDate and endDate, its source's zone, what makes a Moment of a value (in a
    zone, if the value names none), and the day on which all this is read."""

    start: Moment | None
    end: Moment | None
    zone: str | None
    read: ReadMoment
    today: dt.date


@dataclass(frozen=True, slots=True)
class Repeat:
    """When something takes place: first from `start` to `end`, then as the rules say. `guessed`: what of it is."""

    start: Moment
    end: Moment | None = None
    rrule: tuple[str, ...] = ()
    exdate: tuple[Moment, ...] = ()
    guessed: str | None = None


@dataclass(frozen=True, slots=True)
class _Plan:
    """One Schedule; `since` is its first day as declared, before which its rules would say too much."""

    start: Moment
    length: dt.timedelta | None
    end: Moment | None
    rule: str | None
    interval: int = 1
    since: dt.date = dt.date.min
    exdate: tuple[Moment, ...] = field(default=())
    guessed: str | None = None


def repeats(schedules: list[Any], event: Event) -> list[Repeat]:
    """What the Schedules of an event say. Several at one time of day are one Repeat with several rules, where these
    hold from one start."""
    nodes = (one for one in schedules[:_MOST_SCHEDULES] if isinstance(one, dict))
    return list(_together([plan for node in nodes if (plan := _Reading(node, event).plan())]))


def _together(plans: list[_Plan]) -> Iterator[Repeat]:
    """Plans that can share a start, together; the earliest first."""
    waiting = sorted(plans, key=lambda one: (one.start.wall, str(one.start)))
    while waiting:
        first, *others = waiting
        mine = [first, *(one for one in others if _may_join(one, first))]
        waiting = [one for one in others if one not in mine]
        rules = dict.fromkeys(one.rule for one in mine if one.rule)
        guesses = dict.fromkeys(one.guessed for one in mine if one.guessed)
        exceptions = dict.fromkeys(each for one in mine for each in one.exdate)
        yield Repeat(first.start, first.end, tuple(rules), tuple(exceptions), "; ".join(guesses) or None)


def _may_join(one: _Plan, first: _Plan) -> bool:
    same = (one.start.time, one.start.zone, one.length) == (first.start.time, first.start.zone, first.length)
    return (
        same and one.rule is not None and first.rule is not None and one.interval == 1 and one.since <= first.start.date
    )


class _Reading:
    """Reads one Schedule."""

    def __init__(self, node: Mapping[str, Any], event: Event) -> None:
        self._node = node
        self._event = event
        self._zone = iana_name(plain(node.get("scheduleTimezone"), 60)) or event.zone

    def plan(self) -> _Plan | None:
        begin = self._moment("startDate")
        anchor = begin or self._event.start
        rule = rule_of(self._node, anchor.date if anchor else None)
        if anchor is None and (rule is None or not rule.holds_any_time):
            return None
        start = self._start(anchor or Moment(self._event.today), begin)
        if rule is None:
            return self._once(start) if begin and not self._repeats() else None
        first = rule.first(start.date)
        until = self._until()
        if first is None or (until and until.date < first):
            return None
        start = replace(start, date=first)
        guesses = [f"rrule: {rule.guessed}"] if rule.guessed else []
        if anchor is None:
            guesses.append("start_date: the next time from today")
        length = self._length(start)
        return _Plan(
            start=start,
            length=length,
            end=later(start, length) if length else None,
            rule=f"{rule.text}{self._limit(until, start)}",
            interval=rule.interval,
            since=anchor.date if anchor else self._event.today,
            exdate=tuple(self._exceptions(start)),
            guessed="; ".join(guesses) or None,
        )

    def _repeats(self) -> bool:
        return any(many(self._node.get(name)) for name in ("repeatFrequency", "byDay", "byMonthDay", "byMonthWeek"))

    def _once(self, start: Moment) -> _Plan:
        """A Schedule without a frequency: from its first day to its last one."""
        length = self._length(start)
        end = later(start, length) if length else None
        last = self._moment("endDate")
        if last and last.date > start.date:
            end = replace(end, date=last.date) if end else last
        return _Plan(start=start, length=length, end=end, rule=None)

    def _moment(self, name: str) -> Moment | None:
        found = (self._event.read(one, self._zone) for one in many(self._node.get(name)))
        return next(filter(None, found), None)

    def _start(self, anchor: Moment, begin: Moment | None) -> Moment:
        """The anchor's day at the time of day that the Schedule states, or else at the event's own."""
        stated = time_of_day(plain(self._node.get("startTime"), 40))
        own = self._event.start
        if stated:
            moment = Moment(anchor.date, stated.time, stated.zone or self._zone)
        elif anchor.is_date and begin and own and not own.is_date:
            moment = Moment(anchor.date, own.time, own.zone)
        else:
            moment = anchor
        # A rule counts on the clocks of its start: an offset moves with daylight saving, the source's zone does not.
        return moment.in_zone(self._zone) if self._zone and moment.zone != self._zone else moment

    def _length(self, start: Moment) -> dt.timedelta | None:
        """How long it takes each time: by endTime, duration, or as the event itself if that is within a day."""
        last = time_of_day(plain(self._node.get("endTime"), 40))
        if last and start.time is not None:
            end = Moment(start.date, last.time, last.zone or start.zone)
            end = end.in_zone(start.zone) if start.zone and end.zone != start.zone else end
            length = dt.datetime.combine(start.date, end.time or dt.time()) - start.wall
            return length if length > dt.timedelta() else length + _DAY
        if found := duration(plain(self._node.get("duration"), 60)):
            return found
        own, end_of_own = self._event.start, self._event.end
        if start.time is None or own is None or end_of_own is None or own.is_date or end_of_own.is_date:
            return None
        length = end_of_own.utc() - own.utc() if own.zone and end_of_own.zone else end_of_own.wall - own.wall
        return length if dt.timedelta() < length < _DAY else None

    def _until(self) -> Moment | None:
        """endDate; without one and without a count, the end of an event that lasts for days as a whole."""
        if found := self._moment("endDate"):
            return found
        own, end = self._event.start, self._event.end
        if self._count() or own is None or end is None or end.date <= own.date + _DAY:
            return None
        return Moment(end.date)

    def _count(self) -> int | None:
        text = plain(self._node.get("repeatCount"), 12)
        return int(text) if text.isascii() and text.isdecimal() and 0 < int(text) < 1_000_000 else None

    def _limit(self, until: Moment | None, start: Moment) -> str:
        if until is not None:
            return f";UNTIL={_until_text(until, start)}"
        count = self._count()
        return f";COUNT={count}" if count else ""

    def _exceptions(self, start: Moment) -> Iterator[Moment]:
        for one in many(self._node.get("exceptDate"))[:_MOST_EXCEPTIONS]:
            found = self._event.read(one, start.zone or self._zone)
            if found is None:
                continue
            moved = found.in_zone(start.zone) if start.zone else found
            # A day is often written as its midnight.
            yield Moment(moved.date) if moved.time == dt.time() or start.is_date else moved


def _until_text(until: Moment, start: Moment) -> str:
    if until.time is None or start.is_date or until.time == dt.time():
        return until.date.strftime("%Y%m%d")
    if until.zone and zone_info(until.zone):
        return until.utc().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return until.wall.strftime("%Y%m%dT%H%M%S")
