"""From the properties of a VEVENT to an Observation (RFC 5545, section 3.8; RFC 7986; RFC 9073).

Shared by the readers of iCalendar and of jCal: they cut a calendar into components, this says what they mean.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from crawlers.readers import Context, Reading
from crawlers.readers.calendars.fields import (
    Fields,
    keywords,
    organizers,
    picture,
    point_of,
    rules,
    sequence,
    venue_of,
)
from crawlers.readers.calendars.times import Zones, duration, is_before, later
from crawlers.readers.fallback_uid import bounded, digest
from crawlers.readers.iso_dates import instant
from crawlers.readers.places import from_text
from crawlers.readers.plain_text import line, prose, verbatim
from crawlers.readers.web_address import web
from hobnob.moments import Moment
from hobnob.observations import Observation, Place, Skipped, Status

__all__ = ["EventMapping"]

MOST_DATES = 2000
"""RDATEs of one event, and EXDATEs; the rest is left out."""

_MEETINGS = ("X-GOOGLE-CONFERENCE", "CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-ZOOM-MEETING-URL")
_STATUS = {"CONFIRMED": Status.SCHEDULED, "CANCELLED": Status.CANCELLED, "CANCELED": Status.CANCELLED}


class EventMapping:
    """Makes Observations of the events of one calendar, with what holds for all of them.

    `own` are the calendar's own properties, `time_zones` the texts of its VTIMEZONEs, `venues` its VVENUEs; `reader`
    is what Observations name as their reader, with its version.
    """

    def __init__(
        self, own: Fields, time_zones: Iterable[str], venues: Iterable[Fields], context: Context, reader: str
    ) -> None:
        self._context = context
        self._reader = reader
        self._zones = Zones(time_zones, own.text("X-WR-TIMEZONE") or None, context.time_zone)
        self._cancelled = own.text("METHOD").upper() == "CANCEL"
        self._venues = {uid: venue_of(one) for one in venues if (uid := one.text("UID"))}

    def skipped(self, number: int | None, reason: str) -> Skipped:
        return Skipped(reason=reason, line=number, source=self._context.source, source_url=self._context.url)

    def event(self, fields: Fields, number: int | None = None) -> Iterator[Reading]:
        """The Observation of a VEVENT that begins in line `number`, or why there is none; then what had to be cut."""
        prop = fields.first("DTSTART")
        start = self._zones.moment(prop) if prop else None
        if prop is None:
            yield self.skipped(number, "VEVENT without DTSTART")
        elif start is None:
            yield self.skipped(number, f"DTSTART is neither a date nor a time: {line(prop.value, 80)!r}")
        elif self._lost_recurrence_id(fields):
            yield self.skipped(number, f"RECURRENCE-ID is no time: {line(fields.text('RECURRENCE-ID'), 80)!r}")
        else:
            yield self._observation(fields, start)
            yield from (self.skipped(number, reason) for reason in fields.cut)

    def _lost_recurrence_id(self, fields: Fields) -> bool:
        # Without it, one changed date would stand for the whole series.
        prop = fields.first("RECURRENCE-ID")
        return prop is not None and self._zones.moment(prop) is None

    def _observation(self, fields: Fields, start: Moment) -> Observation:
        name = line(fields.text("SUMMARY"))
        place, meeting = self._where(fields)
        end = self._end(fields, start)
        rdate, exdate = self._dates(fields, "RDATE"), self._dates(fields, "EXDATE")
        override = fields.first("RECURRENCE-ID")
        recurrence_id = self._zones.moment(override) if override else None
        if override and "RANGE" in override.params:
            fields.keep("recurrence_id", f"RANGE={override.params['RANGE']}")
        summary = fields.first("SUMMARY")
        return Observation(
            source=self._context.source,
            uid=bounded(verbatim(fields.text("UID"))) or digest(name, start, place and place.text),
            name=name,
            start_date=start,
            end_date=end,
            description=prose(fields.text("DESCRIPTION")),
            url=web(fields.text("URL")),
            event_status=self._status(fields),
            location=place,
            virtual_location=meeting,
            organizer=organizers(fields),
            keywords=keywords(fields),
            image=picture(fields),
            in_language=(line(summary.params.get("LANGUAGE", ""), 35) or None) if summary else None,
            sequence=sequence(fields),
            rrule=rules(fields),
            rdate=rdate,
            exdate=exdate,
            recurrence_id=recurrence_id,
            vtimezone=self._zones.definitions((start, end, recurrence_id, *rdate, *exdate)),
            dtstamp=instant(fields.text("DTSTAMP")),
            last_modified=instant(fields.text("LAST-MODIFIED")),
            source_url=self._context.url,
            fetched_at=self._context.now,
            reader=self._reader,
            raw=self._raw(fields, start),
        )

    def _raw(self, fields: Fields, start: Moment) -> dict[str, str]:
        prop = fields.first("DTSTART")
        tzid = prop.params.get("TZID") if prop else None
        if tzid and not start.is_date and start.zone != "UTC" and self._zones.name(tzid) is None:
            fields.keep("start_date", f"TZID={tzid}:{prop.value if prop else ''}")
        return fields.raw

    def _end(self, fields: Fields, start: Moment) -> Moment | None:
        """DTEND, which for dates is the day after the last one, or DTSTART and DURATION."""
        prop, length = fields.first("DTEND"), fields.first("DURATION")
        if prop is None and length is None:
            return None
        end: Moment | None = None
        if prop is not None:
            end = self._zones.moment(prop)
            if end and start.is_date:
                end = _last_day(start, end)
            elif end and end.is_date:
                end = Moment.of(end.wall, start.zone)
        elif length is not None and (time := duration(length.value)) is not None:
            end = later(start, time)
        if end is None or is_before(end, start):
            fields.keep("end_date", prop.value if prop else length.value if length else "")
            return None
        return end

    def _dates(self, fields: Fields, name: str) -> tuple[Moment, ...]:
        """The moments of RDATE or EXDATE; of an RDATE's period, its start."""
        found: list[Moment] = []
        unreadable = 0
        for prop in fields.all(name):
            for value in filter(None, (one.strip() for one in prop.value.split(","))):
                if len(found) == MOST_DATES:
                    fields.cut.append(f"more than {MOST_DATES} {name}s: the rest was left out")
                    return tuple(found)
                when = self._zones.moment(prop, value.partition("/")[0])
                unreadable += when is None
                if when:
                    found.append(when)
        if unreadable:
            fields.cut.append(f"{name}: left out values that are no times: {unreadable}")
        return tuple(found)

    def _status(self, fields: Fields) -> Status | None:
        written = fields.text("STATUS").strip().upper()
        if written and written not in _STATUS:
            fields.keep("event_status", written)
        return Status.CANCELLED if self._cancelled else _STATUS.get(written)

    def _where(self, fields: Fields) -> tuple[Place | None, str | None]:
        prop = fields.first("LOCATION")
        url = web(prop.params.get("ALTREP")) if prop else None
        place, meeting = from_text(fields.text("LOCATION"), url)
        venue = self._venues.get(prop.params.get("VVENUE", "")) if prop else None
        if venue:
            place = replace(venue, text=place.text if place else None)
        if place is None or place.latitude is None:
            point = point_of(fields)
            if point:
                place = replace(place or Place(), latitude=point[0], longitude=point[1])
        stated = (web(one.value) for name in _MEETINGS for one in fields.all(name))
        return place, next(filter(None, stated), None) or meeting


def _last_day(start: Moment, end: Moment) -> Moment:
    """The last day of whole days that end before `end`; a day that "ends" when it begins is one day."""
    if end.time:
        return Moment(end.date)
    return Moment(max(start.date, end.date - dt.timedelta(days=1))) if end.date >= start.date else Moment(end.date)
