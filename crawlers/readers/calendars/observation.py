"""From the properties of a VEVENT to an Observation (RFC 5545, section 3.8; RFC 7986; RFC 9073).

Shared by the readers of iCalendar and of jCal: they cut a calendar into components, this says what they mean.
"""

from collections.abc import Iterable, Iterator

from crawlers.readers import Context, Reading
from crawlers.readers.calendars import old_calendars
from crawlers.readers.calendars.descriptions import description
from crawlers.readers.calendars.event_dates import Dates
from crawlers.readers.calendars.exrules import Exrules
from crawlers.readers.calendars.fields import Fields, address, keywords, picture, sequence
from crawlers.readers.calendars.people import people
from crawlers.readers.calendars.rules import rules
from crawlers.readers.calendars.tickets import is_free, tickets
from crawlers.readers.calendars.venues import venue_of, where
from crawlers.readers.calendars.zones import Zones
from crawlers.readers.fallback_uid import bounded, digest
from crawlers.readers.faults import skipped
from crawlers.readers.iso_dates import instant
from crawlers.readers.plain_text import line, verbatim
from crawlers.readers.web_address import absolute
from hobnob.observations import Observation, Status
from hobnob.status_words import marked_title

__all__ = ["EventMapping"]

_STATUS = {
    "CONFIRMED": Status.SCHEDULED,
    "CANCELLED": Status.CANCELLED,
    "CANCELED": Status.CANCELLED,
    "POSTPONED": Status.POSTPONED,
    "RESCHEDULED": Status.RESCHEDULED,
}
_OFF = (Status.CANCELLED, Status.POSTPONED)
#: CLASS (section 3.8.1.3). In a public calendar it is there by mistake, or stands for time that is taken ("Busy").
#: Words that the RFC does not have should mean PRIVATE, but who writes them seldom means that: they are kept.
_WITHHELD = ("PRIVATE", "CONFIDENTIAL")
#: RFC 7529, section 4: calendars that count other years, months or days. An unknown name is taken for GREGORIAN.
_OTHER_CALENDARS = (
    *("BUDDHIST", "CHINESE", "COPTIC", "DANGI", "ETHIOAA", "ETHIOPIC", "ETHIOPIC-AMETE-ALEM", "HEBREW", "INDIAN"),
    *("ISLAMIC", "ISLAMICC", "ISLAMIC-CIVIL", "ISLAMIC-RGSA", "ISLAMIC-TBLA", "ISLAMIC-UMALQURA", "JAPANESE"),
    *("PERSIAN", "ROC"),
)
_URLS = ("URL", "X-EVENT-URL", "X-TRUMBA-LINK", "X-ORIGINAL-URL")


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
        self._old = old_calendars.is_old(own)
        zone = own.text("X-WR-TIMEZONE") or None
        if self._old and (definition := old_calendars.time_zone(own)):
            time_zones, zone = [*time_zones, definition], zone or old_calendars.ZONE
        self._zones = Zones(time_zones, zone, context.time_zone)
        self._cancelled = own.text("METHOD").strip().upper() == "CANCEL"
        self._venues = {uid: venue_of(one) for one in venues if (uid := one.text("UID"))}
        scale = own.text("CALSCALE").strip().upper()
        self._scale = scale if scale in _OTHER_CALENDARS else None
        self._exrules = Exrules()

    def event(self, fields: Fields, number: int | None = None) -> Iterator[Reading]:
        """The Observation of a VEVENT that begins in line `number`, or why there is none; then what had to be cut."""
        if self._old:
            fields = old_calendars.modern(fields)
        if self._scale:
            yield skipped(f"CALSCALE is {self._scale}: only Gregorian dates are understood", self._context, number)
            return
        access = fields.text("CLASS").strip().upper()
        if access in _WITHHELD:
            yield skipped(f"its calendar marks it as {access.lower()}", self._context, number)
            return
        if access not in ("", "PUBLIC"):
            fields.keep("class", access)
        dates = Dates.of(fields, self._zones)
        if isinstance(dates, str):
            yield skipped(dates, self._context, number)
            return
        yield self._observation(fields, dates)
        yield from (skipped(reason, self._context, number) for reason in fields.cut)

    def _observation(self, fields: Fields, dates: Dates) -> Observation:
        name, summary = line(fields.text("SUMMARY")), fields.first("SUMMARY")
        place, meeting = where(fields, self._venues)
        who = people(fields)
        about = description(fields)
        rule = rules(fields)
        exdate = (*dates.exdate, *self._exrules.exdates(fields, dates.start, rule))
        status = self._status(fields, name)
        return Observation(
            source=self._context.source,
            uid=bounded(verbatim(fields.text("UID"))) or digest(name or about, dates.start, place and place.text),
            name=name,
            start_date=dates.start,
            end_date=dates.end,
            description=about,
            url=next(filter(None, (self._page(one.value) for key in _URLS for one in fields.all(key))), None),
            event_status=status,
            location=place,
            virtual_location=meeting,
            organizer=who.organizer,
            performer=who.performer,
            attendee=who.attendee,
            offers=tickets(fields),
            is_accessible_for_free=is_free(fields),
            keywords=keywords(fields),
            image=picture(fields),
            in_language=(line(summary.params.get("LANGUAGE", ""), 35) or None) if summary else None,
            sequence=sequence(fields),
            rrule=rule,
            rdate=dates.rdate,
            exdate=exdate,
            recurrence_id=dates.recurrence_id,
            vtimezone=self._zones.definitions((dates.start, dates.end, dates.recurrence_id, *dates.rdate, *exdate)),
            dtstamp=instant(fields.text("DTSTAMP")),
            last_modified=instant(fields.text("LAST-MODIFIED")),
            source_url=self._context.url,
            fetched_at=self._context.now,
            reader=self._reader,
            raw=fields.raw,
        )

    def _page(self, value: str) -> str | None:
        """A web address; one without its host ("/events/1"), which no RFC allows, is on the host of the calendar."""
        return address(value) or (absolute(value, self._context.url) if value.startswith("/") else None)

    def _status(self, fields: Fields, name: str) -> Status | None:
        """STATUS; a title that says clearly that it is off counts before CONFIRMED, which programs write unasked."""
        written = fields.text("STATUS").strip().upper()
        if written and written not in _STATUS:
            fields.keep("event_status", written)
        status = Status.CANCELLED if self._cancelled else _STATUS.get(written)
        if status in (None, Status.SCHEDULED):
            _, marked = marked_title(name)
            if marked in _OFF:
                fields.guess("event_status", "by the title")
                return marked
        return status
