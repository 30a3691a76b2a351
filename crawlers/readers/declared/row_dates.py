"""When the event of a row takes place: from its declared fields of dates and times, however they are written."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from crawlers.readers import Context
from crawlers.readers.dates import When, every_date, find_dates, read_dates
from crawlers.readers.declared.values import Value
from crawlers.readers.durations import last_day
from crawlers.readers.iso_dates import moment
from hobnob.moments import UTC, Moment, iana_name

__all__ = ["DATE_FIELDS", "TRUE", "Span", "spans", "written_dates"]

DATE_FIELDS = ("every_date", "dates", "start_date")
"""The fields of which one must give a date, in the order in which they are asked."""

MOST_DATES = 100
"""So many events may one entry with `every_date` give."""

_LONGEST = 2000
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_DAY = re.compile(r"(?=\D*\d).{1,20}")
_LETTER = re.compile(r"[^\W\d_]")
_SECONDS = re.compile(r"[1-9]\d{8,9}|[1-9]\d{11,12}")
_OF_UTC = re.compile(r"(?<=:\d\d) ?(?:UTC|GMT)\Z")
_LATE = dt.time(12)

TRUE = ("true", "yes", "1")
"""What programs write for a truth."""

Find = Callable[[str], list[Value]]


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, what was guessed ("year"), and by field the texts that could not be read."""

    start: Moment
    end: Moment | None = None
    guessed: tuple[str, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


def spans(find: Find, context: Context) -> list[Span]:
    """The spans of time of one entry, none when it has no readable date. `find` gives the values of a field."""
    reading = _Reading(find, context)
    return [reading.of_whole_days(reading.at_its_time(span)) for span in reading.days()]


def written_dates(find: Find) -> str:
    """The texts in which no date was found."""
    return " | ".join(" ".join(value.text.split())[:200] for name in DATE_FIELDS for value in find(name)[:3])


class _Reading:
    def __init__(self, find: Find, context: Context) -> None:
        self._find = find
        self._context = context
        self._named_zone = iana_name(self._text("time_zone") or "")
        self._zone = self._named_zone or context.time_zone
        month, year = self._text("month"), self._text("year") or ""
        stated = _YEAR.search(year) or _YEAR.search(month or "")
        self._year = int(stated[0]) if stated else None
        self._above = f"{_YEAR.sub('', month)} {self._year or ''}" if month else year

    def days(self) -> list[Span]:
        """Dates as the fields of dates give them, perhaps with times of their own."""
        several: dict[Moment, Span] = {}
        for value in self._find("every_date"):
            for when in self._all(value.text):
                several.setdefault(when.start, Span(when.start, when.end, when.guessed))
        if several:
            return list(several.values())[:MOST_DATES]
        for name in ("dates", "start_date"):
            for value in self._find(name):
                if first := self._first(value.text):
                    return [self._ended(first)]
        return []

    def at_its_time(self, span: Span) -> Span:
        """The span with the times that stand apart from its dates, unless the dates have theirs."""
        if not span.start.is_date:
            return span
        start, end, unread = span.start, span.end, span.unread
        guessed = span.guessed
        for name in ("time", "start_time"):
            if (text := self._text(name)) is None:
                continue
            if (when := self._time(text, start.date)) is None:
                unread += ((name, text),)
                continue
            start, end, guessed = when.start, _later(start, end, when), (*guessed, *when.guessed)
            break
        if not start.is_date and (text := self._text("end_time")) is not None:
            until = self._time(text, end.date if end else start.date)
            end = _after(start, until.start) if until else end
            unread += () if until else (("end_time", text),)
        return Span(start, end, guessed, unread)

    def of_whole_days(self, span: Span) -> Span:
        """The span without its times, where the entry says that it is of whole days."""
        if span.start.is_date or (self._text("all_day") or "").casefold() not in TRUE:
            return span
        start = Moment(span.start.date)
        end = last_day(span.start, span.end) if span.end else start
        return Span(start, end if end.date > start.date else None, span.guessed, span.unread)

    def _ended(self, when: When) -> Span:
        text = self._text("end_date")
        if text is None:
            return Span(when.start, when.end, when.guessed)
        end = self._first(text, year=None if _YEAR.search(text) else when.start.date.year)
        if end is None:
            return Span(when.start, when.end, when.guessed, (("end_date", text),))
        last = end.end or end.start
        if last.date < when.start.date:
            return Span(when.start, when.end, when.guessed, (("end_date", text),))
        return Span(when.start, None if last == when.start else last, when.guessed)

    def _time(self, text: str, day: dt.date) -> When | None:
        """A time of day, or from one to another, on `day`."""
        own = self._first(text) if _YEAR.search(text) else None
        when = own or self._read(f"{day.isoformat()} {text}")
        return when if when and not when.start.is_date and when.start.date == day else None

    def _text(self, name: str) -> str | None:
        return next((text for value in self._find(name) if (text := " ".join(value.text.split()))), None)

    def _first(self, text: str, year: int | None = None) -> When | None:
        """What the whole text says; failing that, the first date in it; or a mere day of the month that is above."""
        text = " ".join(text.split())[:_LONGEST]
        when = self._stated(text) or self._read(text, year) or next(iter(self._all(text, year)), None)
        if when is None and _DAY.fullmatch(text) and _LETTER.search(self._above):
            when = self._read(f"{text} {self._above}") or self._read(f"{self._above} {text}")
        return when

    def _stated(self, text: str) -> When | None:
        """A date for programs: ISO 8601, or the seconds or milliseconds since 1970."""
        zone = self._zone
        if _SECONDS.fullmatch(text):
            instant = dt.datetime.fromtimestamp(int(text) / (1000 if len(text) > 10 else 1), UTC)
            found: Moment | None = Moment.of(instant, "UTC").in_zone(zone or "UTC")
        else:
            found = moment(_OF_UTC.sub("Z", text), zone)
        if found and self._named_zone:
            found = found.in_zone(self._named_zone)
        return When(found, None, (), "") if found else None

    def _read(self, text: str, year: int | None = None) -> When | None:
        return read_dates(text, **self._known(year))

    def _all(self, text: str, year: int | None = None) -> list[When]:
        text = " ".join(text.split())[:_LONGEST]
        return every_date(text, **self._known(year)) or find_dates(text, **self._known(year))

    def _known(self, year: int | None) -> dict[str, Any]:
        """What the context says about dates; `year` is that of the start."""
        context = self._context
        return {
            "language": context.language,
            "zone": self._zone,
            "order": context.date_order,
            "today": context.now.date(),
            "year": year or self._year,
        }


def _later(first: Moment, end: Moment | None, when: When) -> Moment | None:
    """The end of days that end at the time that `when` ends at: each of them is from its start to its end."""
    if when.end is None or when.end.is_date:
        return end
    if end is None or end.date == first.date:
        return when.end
    return Moment(end.date, when.end.time, when.end.zone)


def _after(start: Moment, end: Moment) -> Moment | None:
    """`end`, on the next day where it is a time of the night or morning after; None where it makes no sense."""
    if end.wall > start.wall:
        return end
    if start.time is not None and end.time is not None and end.time < _LATE and end.date == start.date:
        return Moment(end.date + dt.timedelta(days=1), end.time, end.zone) if end.time < start.time else None
    return None
