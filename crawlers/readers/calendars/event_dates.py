"""When an event is: DTSTART, DTEND, DURATION (RFC 5545, 3.8.2), RDATE, EXDATE (3.8.5), RECURRENCE-ID (3.8.4.4)."""

import datetime as dt
from dataclasses import dataclass

from crawlers.readers.calendars.content_lines import Property
from crawlers.readers.calendars.fields import Fields
from crawlers.readers.calendars.zones import Zones
from crawlers.readers.durations import duration, is_before, last_day, later
from crawlers.readers.plain_text import line
from hobnob.moments import Moment

__all__ = ["MOST_DATES", "Dates"]

MOST_DATES = 2000
"""RDATEs of one event, and EXDATEs; the rest is left out."""

_MIDNIGHT = dt.time()
_YES = ("TRUE", "1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The moments of one VEVENT."""

    start: Moment
    end: Moment | None = None
    recurrence_id: Moment | None = None
    rdate: tuple[Moment, ...] = ()
    exdate: tuple[Moment, ...] = ()

    @classmethod
    def of(cls, fields: Fields, zones: Zones) -> "Dates | str":
        """The dates of an event, or in words why they cannot be read; what is lost is noted in `fields`."""
        prop = fields.first("DTSTART")
        start = zones.moment(prop) if prop else None
        if prop is None:
            return "VEVENT without DTSTART"
        if start is None:
            return f"DTSTART is neither a date nor a time: {line(prop.value, 80)!r}"
        override = fields.first("RECURRENCE-ID")
        recurrence_id = zones.moment(override, start=start) if override else None
        if override and recurrence_id is None:
            # Without it, one changed date would stand for the whole series.
            return f"RECURRENCE-ID is no time: {line(override.value, 80)!r}"
        if override and "RANGE" in override.params:
            fields.keep("recurrence_id", f"RANGE={override.params['RANGE'].upper()}")
        return _Reading(fields, zones, prop, start).dates(recurrence_id)


class _Reading:
    """Reads what depends on the start."""

    def __init__(self, fields: Fields, zones: Zones, prop: Property, start: Moment) -> None:
        self._fields = fields
        self._zones = zones
        self._start = start
        self._note_zone(prop)

    def dates(self, recurrence_id: Moment | None) -> Dates:
        end = self._end()
        start = self._start
        if self._is_all_day(start, end):
            start, end = Moment(self._local(start).date), last_day(self._local(start), self._local(end or start))
            self._start = start
        fields = self._fields.by_name
        return Dates(
            start=start,
            end=end,
            recurrence_id=recurrence_id,
            rdate=self._moments("RDATE") if "RDATE" in fields else (),
            exdate=self._moments("EXDATE") if "EXDATE" in fields else (),
        )

    def _note_zone(self, prop: Property) -> None:
        """Says where the zone of the start is not what the calendar says of it."""
        start, tzid = self._start, prop.params.get("TZID")
        if start.time is None or start.zone == "UTC":
            return
        named = self._zones.name(tzid) if tzid else None
        if tzid and named is None:
            self._fields.keep("start_date", f"TZID={tzid}:{prop.value}")
        if named is None and start.zone is not None and start.zone == self._zones.default:
            whose = "calendar's" if self._zones.default_is_own else "source's"
            self._fields.guess("start_date", f"the zone is the {whose}")
        elif tzid and named and self._zones.differs(tzid, start):
            self._fields.keep("start_date", f"TZID={tzid}:{prop.value}")
            self._fields.guess("start_date", "the zone is by its name, its VTIMEZONE shows another offset")

    def _is_all_day(self, start: Moment, end: Moment | None) -> bool:
        """Whether Outlook or a phone says that midnights mean whole days."""
        flags = (self._fields.text(name) for name in ("X-MICROSOFT-CDO-ALLDAYEVENT", "X-FUNAMBOL-ALLDAY"))
        if start.time is None or not any(flag.strip().upper() in _YES for flag in flags):
            return False
        return self._local(start).time == _MIDNIGHT and (end is None or self._local(end).time in (None, _MIDNIGHT))

    def _local(self, moment: Moment) -> Moment:
        """On the clocks of the calendar, where it is written in UTC."""
        return moment.in_zone(self._zones.default) if moment.zone == "UTC" and self._zones.default else moment

    def _end(self) -> Moment | None:
        """DTEND, which for dates is the day after the last one, or DTSTART and DURATION."""
        fields, start = self._fields, self._start
        prop, length = fields.first("DTEND"), fields.first("DURATION")
        if prop is None and length is None:
            return None
        end: Moment | None = None
        if prop is not None:
            end = self._zones.moment(prop, start=start)
            if end and start.is_date:
                end = last_day(start, end)
            elif end and end.is_date:
                end = Moment.of(end.wall, start.zone)
        if length is not None and end is None and (time := duration(length.value)) is not None:
            end = later(start, time)
        if end is None or is_before(end, start):
            fields.keep("end_date", prop.value if prop else length.value if length else "")
            return None
        return end

    def _moments(self, name: str) -> tuple[Moment, ...]:
        """The moments of RDATE or EXDATE; of an RDATE's period (section 3.3.9) the start, `raw` keeps its end."""
        fields = self._fields
        found: dict[Moment, None] = {}
        periods: list[str] = []
        unreadable = 0
        values = ((prop, one.strip()) for prop in fields.all(name) for one in prop.value.split(",") if one.strip())
        for number, (prop, value) in enumerate(values):
            if number == MOST_DATES:
                fields.cut.append(f"more than {MOST_DATES} {name}s: the rest was left out")
                break
            begin, period, _ = value.partition("/")
            when = self._zones.moment(prop, begin, self._start)
            if when is None:
                unreadable += 1
            else:
                found[when] = None
            if period:
                periods.append(value)
        if periods:
            fields.keep("rdate", ",".join(periods))
        if unreadable:
            fields.cut.append(f"{name}: left out values that are no times: {unreadable}")
        return tuple(found)
