"""iCalendar (RFC 5545, with RFC 7986's CONFERENCE and IMAGE): one Observation for each VEVENT.

Recurrences are not expanded: rules, dates and overrides (RECURRENCE-ID) are handed on as they are.
"""

from collections.abc import Iterator
from dataclasses import replace

from crawlers.readers import Context, Reading
from crawlers.readers.calendars.content_lines import calendars
from crawlers.readers.calendars.fields import fields_of
from crawlers.readers.calendars.observation import EventMapping
from crawlers.readers.charset import declared
from crawlers.readers.fallback_uid import bounded, digest
from crawlers.readers.looks_like import looks_like
from hobnob.errors import ReadError
from hobnob.moments import Moment
from hobnob.observations import Observation

__all__ = ["VERSION", "read"]

VERSION = "icalendar/1"


def read(data: bytes, context: Context) -> Iterator[Reading]:
    """The events of all calendars in `data`; what could not be read, or was cut, as Skipped.

    Raises ReadError when `data` holds no calendar.
    """
    found = calendars(data, declared(context.content_type))
    if not found:
        raise ReadError(f"no calendar: there is no BEGIN:VCALENDAR in it, it looks like {looks_like(data)}")
    names: dict[tuple[str, Moment | None], str] = {}
    for calendar in found:
        venues = map(fields_of, calendar.venues)
        mapping = EventMapping(fields_of(calendar.own), calendar.time_zones, venues, context, VERSION)
        for component in calendar.events:
            if not component.whole:
                yield mapping.skipped(component.begin, "VEVENT is cut off by the end of the file")
                continue
            yield from (_told_apart(one, names) for one in mapping.event(fields_of(component), component.begin))
        yield from (mapping.skipped(number, reason) for number, reason in calendar.cut)


def _told_apart(reading: Reading, names: dict[tuple[str, Moment | None], str]) -> Reading:
    """The same, with a UID of its own if an event of another name used its UID before (it should not, but some do)."""
    if not isinstance(reading, Observation):
        return reading
    first = names.setdefault((reading.uid, reading.recurrence_id), reading.name)
    return reading if first == reading.name else replace(reading, uid=bounded(f"{reading.uid}-{digest(reading.name)}"))
