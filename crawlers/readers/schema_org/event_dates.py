"""When a schema.org event is: startDate, endDate, duration and previousStartDate, as pages really write them."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crawlers.readers import Context
from crawlers.readers.dates import When, read_dates
from crawlers.readers.durations import duration, is_before, later
from crawlers.readers.iso_dates import moment
from crawlers.readers.schema_org.time_of_day import time_of_day
from crawlers.readers.schema_org.values import many, plain
from hobnob.moments import UTC, Moment, iana_name

__all__ = ["DateReading", "Dates"]

_ZONED = re.compile(r"(.{10,40}?)\s*\[([\w/+-]{3,50})\]")
_NO_TIME = re.compile(r"(\d{4}-\d\d?-\d\d?)T(?::(?:00)?){0,2}(?:Z|[+-]\d\d:?\d\d)?")
# EventON, a plug-in of many WordPress sites, long wrote the hour twice and no colons: 8:30 as "T08-08-30-00".
_HOUR_TWICE = re.compile(r"(\d{4}-\d\d?-\d\d?)T([01]\d|2[0-3])-\2-([0-5]\d)-\d\d")
# And where a site has set no time zone, it writes the offset of none, in one digit, after a local time.
_NO_ZONE = "+0:00"
_EPOCH = re.compile(r"1[0-8]\d{8}(\d{3})?")
_MIDNIGHT = dt.time()
_MOST_DATES = 500


@dataclass(frozen=True, slots=True)
class Dates:
    """`start` is None when none can be read. `rdate` holds further starts. `raw` is for the Observation's."""

    start: Moment | None
    end: Moment | None = None
    rdate: tuple[Moment, ...] = ()
    raw: dict[str, str] = field(default_factory=dict)
    guessed: tuple[str, ...] = ()


class DateReading:
    """Reads the dates of one document: times without an offset are on the source's clocks, words in `language`."""

    def __init__(self, context: Context, language: str | None) -> None:
        self._context = context
        self._language = context.language or language

    def moment(self, value: Any, zone: str | None = None) -> Moment | None:
        """What one value says; a time without an offset is in `zone`, else the source's."""
        text = plain(value, 64)
        zone = zone or self._context.time_zone
        if not text:
            return None
        text = text.removesuffix(_NO_ZONE)
        if found := moment(text, zone):
            return found
        return _as_programs_write(text, zone)

    def dates(self, node: Mapping[str, Any]) -> Dates:
        """The dates of one event. An end before the start is none; what could not be typed is in `raw`."""
        starts, spoken = self._starts(node), None
        if not starts and (spoken := self._words(node.get("startDate"))):
            starts = [spoken.start]
        if not starts:
            return Dates(None)
        start, *more = starts
        raw: dict[str, str] = {}
        end = self._end(node, start) or (spoken.end if spoken else None)
        if end is None and (written := plain(node.get("endDate"), 80)):
            raw["end_date"] = written
        guessed = [f"start_date: {one}" for one in spoken.guessed] if spoken else []
        if end and _are_whole_days(start, end):
            guessed.append(f"start_date: whole days, written as {start} to {end}")
            start, end = Moment(start.date), Moment(end.date)
        if "previousStartDate" in node:
            former = plain(node["previousStartDate"], 80)
            if former and self.moment(former) != start:
                raw["previous_start_date"] = former
        if "doorTime" in node and (door := plain(node["doorTime"], 80)):
            raw["door_time"] = door
        return Dates(start, end, tuple(more), raw, tuple(guessed))

    def _starts(self, node: Mapping[str, Any]) -> list[Moment]:
        values = many(node.get("startDate"))[:_MOST_DATES]
        found = [start for one in values if (start := self.moment(one))]
        if len(found) > 1:
            found = list(dict.fromkeys(found))
        if not found and (whole := self.moment(node.get("startTime"))):  # ActivityStreams' name for it
            return [whole]
        if len(found) == 1 and found[0].is_date:
            return [self._at(found[0], node.get("startTime"))]
        if len(found) > 1 and len({one.is_date for one in found}) == 1:
            return sorted(found, key=lambda one: one.wall)
        return found[:1]

    def _words(self, value: Any) -> When | None:
        """A date in words or figures; one whose day the text does not say in full is none."""
        context = self._context
        text = plain(value, 200)
        if not text:
            return None
        return read_dates(text, language=self._language, zone=context.time_zone, order=context.date_order)

    def _at(self, day: Moment, time: Any) -> Moment:
        """The day at a time of day that is written apart from it."""
        stated = time_of_day(plain(time, 40)) if time else None
        return Moment(day.date, stated.time, stated.zone or self._context.time_zone) if stated else day

    def _end(self, node: Mapping[str, Any], start: Moment) -> Moment | None:
        ends = [end for one in many(node.get("endDate")) if (end := self.moment(one))]
        end = min(ends, key=lambda one: one.wall, default=None)
        if end is None and (spoken := self._words(node.get("endDate"))) and not spoken.end and not spoken.guessed:
            end = spoken.start
        if not ends and "endTime" in node:
            end = self.moment(node["endTime"]) or (
                None if start.is_date else self._at(Moment(start.date), node["endTime"])
            )
        elif end and end.is_date and not start.is_date:
            end = self._at(end, node.get("endTime"))
        if end is None and (length := duration(plain(node.get("duration"), 64)) if "duration" in node else None):
            end = later(start, length)
        if end is None:
            return None
        if start.is_date:
            end = Moment(end.date)
        if is_before(end, start) or (end.is_date and not start.is_date and end.date == start.date):
            return None
        return end


def _are_whole_days(start: Moment, end: Moment) -> bool:
    """Whether these are days as programs write them that know of times only: from midnight to the last minute of a
    day, or from a midnight to the same."""
    if start.time != _MIDNIGHT or end.time is None or start.is_date:
        return False
    return (end.time.hour, end.time.minute) == (23, 59) or end == start


def _as_programs_write(text: str, zone: str | None) -> Moment | None:
    """A date that is not ISO 8601, but that some program is known to write in its place."""
    if match := _ZONED.fullmatch(text):  # java.time.ZonedDateTime
        name = iana_name(match[2])
        found = moment(match[1], name or zone)
        return found.in_zone(name) if found and name else found
    if match := _NO_TIME.fullmatch(text):
        return moment(match[1])
    if match := _HOUR_TWICE.fullmatch(text):
        return moment(f"{match[1]}T{match[2]}:{match[3]}", zone)
    if _EPOCH.fullmatch(text):
        return Moment.of(dt.datetime.fromtimestamp(int(text[:10]), UTC))
    return None
