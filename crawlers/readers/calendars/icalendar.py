"""iCalendar (RFC 5545, with RFC 7986 and RFC 9073): one Observation for each VEVENT.

Recurrences are not expanded: rules, dates and overrides (RECURRENCE-ID) are handed on as they are, but for a series
of which an override changes the rest (overrides.py).

What is over, or known, is not parsed: a cheap look at the bytes tells (Context.since, Context.known). Events of one UID
are over together; those that have their RECURRENCE-ID in common, too, are known together, because which of them counts,
and what they are told apart by, shows only when all are read. A series that is divided is never known.

Limits: MOST_EVENTS and MOST_CALENDARS in a file, MOST_INSIDE components inside another, DEEPEST inside each other
(components.py); LONGEST_LINE, MOST_PROPERTIES, MOST_ALIKE and MOST_PARAMETERS (content_lines.py); MOST_DATES of an
event (event_dates.py). What is beyond is left out, and Skipped says so. Time grows with the size of the file; memory is
about four times its size and 500 bytes an event, because readings are made one by one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from crawlers.readers import Context, Over, Reading
from crawlers.readers.calendars.about import about
from crawlers.readers.calendars.cheap_look import CheapLook
from crawlers.readers.calendars.component_keys import ComponentKeys
from crawlers.readers.calendars.components import Calendar, Span, calendars
from crawlers.readers.calendars.content_lines import Component
from crawlers.readers.calendars.fields import Fields, fields_of
from crawlers.readers.calendars.observation import EventMapping
from crawlers.readers.calendars.overrides import settled
from crawlers.readers.calendars.same_uid import SameUid
from crawlers.readers.calendars.unfolded import Unfolded
from crawlers.readers.calendars.versions import Version, told_apart
from crawlers.readers.charset import declared
from crawlers.readers.fallback_uid import bounded
from crawlers.readers.faults import skipped
from crawlers.readers.looks_like import looks_like
from crawlers.readers.plain_text import verbatim
from hobnob.errors import ReadError
from hobnob.observations import Observation, Skipped, Unchanged

__all__ = ["VERSION", "read"]

VERSION = "icalendar/3"

LONGEST_TIME_ZONE = 65_536
"""Bytes of a VTIMEZONE; a longer one is left out."""


def read(data: bytes, context: Context) -> Iterator[Reading]:
    """What the calendars in `data` say of themselves, and their events; what could not be read, or was cut, as Skipped.

    Raises ReadError when `data` holds no calendar.
    """
    text = Unfolded(data)
    found = calendars(text.data)
    if not found:
        raise ReadError(f"no calendar: there is no BEGIN:VCALENDAR in it, it looks like {looks_like(data)}")
    readings = [_CalendarReading(text, calendar, context) for calendar in found]
    if told := about(reading.own for reading in readings):
        yield told
    yield from _FileReading(readings, context).readings()


class _FileReading:
    """Reads the events of all calendars of a file, but for those that are known or over."""

    def __init__(self, calendars: "list[_CalendarReading]", context: Context) -> None:
        self._calendars = calendars
        self._context = context
        self._events = [(calendar, span) for calendar in calendars for span in calendar.events]
        self._same_uid = SameUid()
        for calendar, span in self._events:
            self._same_uid.add(calendar.own_lines(span))
        self._look = CheapLook(context.since) if context.since else None
        self._siblings_over: dict[int, bool] = {}
        self._identities: dict[int, _Identity] = {}

    def readings(self) -> Iterator[Reading]:
        divided: list[Reading] = []
        number = over = 0
        for calendar in self._calendars:
            for span in calendar.events:
                identity = self._identity(number, calendar, span) if self._context.known else None
                if identity and identity.known:
                    yield Unchanged(source=self._context.source, key=identity.key)
                elif self._is_over(number, calendar, span):
                    over += 1
                else:
                    found = calendar.event(span, identity or self._identity(number, calendar, span))
                    if self._same_uid.is_divided(number):
                        divided += found
                    else:
                        yield from found
                number += 1
            yield from calendar.notes()
        yield from settled(divided)
        if over:
            yield Over(count=over)

    def _is_over(self, number: int, calendar: "_CalendarReading", span: Span) -> bool:
        """Whether it is over, and all of its UID: a change to a series in the future keeps the whole of it."""
        if self._look is None or not span.whole or not self._look.is_over(calendar.own_lines(span)):
            return False
        siblings = self._same_uid.siblings(number)
        if not siblings:
            return True
        if siblings[0] not in self._siblings_over:
            events = (self._events[one] for one in siblings)
            self._siblings_over[siblings[0]] = all(self._look.is_over(one.own_lines(other)) for one, other in events)
        return self._siblings_over[siblings[0]]

    def _identity(self, number: int, calendar: "_CalendarReading", span: Span) -> "_Identity":
        alike = self._same_uid.alike(number)
        if not alike:
            key = calendar.key(span)
            return _Identity(key, key in self._context.known and not self._same_uid.is_divided(number))
        if number not in self._identities:
            self._identities |= self._told_apart(alike)
        return self._identities[number]

    def _told_apart(self, group: Sequence[int]) -> "dict[int, _Identity]":
        """Events of one UID and RECURRENCE-ID: versions of one event, or what should not be, several events."""
        aparts = told_apart([calendar.version(span) for calendar, span in map(self._events.__getitem__, group)])
        keys = [
            calendar.key(span, apart)
            for (calendar, span), apart in zip(map(self._events.__getitem__, group), aparts, strict=True)
        ]
        known = not self._same_uid.is_divided(group[0]) and all(key in self._context.known for key in keys)
        return {number: _Identity(key, known, apart) for number, key, apart in zip(group, keys, aparts, strict=True)}


class _Identity(NamedTuple):
    """The key of a component, whether it is known, and what its UID is told apart by from that of a namesake."""

    key: str
    known: bool
    apart: str = ""


class _CalendarReading:
    """Reads the events of one calendar with what holds for all of them."""

    def __init__(self, text: Unfolded, calendar: Calendar, context: Context) -> None:
        self.events = calendar.events
        self._text = text
        self._calendar = calendar
        self._context = context
        self._charset = declared(context.content_type)
        self._cut = [(offset, reason) for reason, offset in calendar.cut.items()]

    @cached_property
    def own(self) -> Fields:
        component = Component("VCALENDAR", b"".join(self._calendar.own), self._charset)
        found = fields_of(component)
        self._cut += [(self._calendar.begin, reason) for reason in component.cut]
        return found

    @cached_property
    def _mapping(self) -> EventMapping:
        venues = (fields_of(self._component(span)) for span in self._calendar.venues)
        return EventMapping(self.own, self._time_zones(), venues, self._context, VERSION)

    @cached_property
    def _keys(self) -> ComponentKeys:
        conditions = (VERSION, self._context.time_zone, self._context.language, self._charset)
        return ComponentKeys(self._text.data, self._calendar, conditions)

    def own_lines(self, span: Span) -> bytes:
        return span.own(self._text.data)

    def key(self, span: Span, apart: str = "") -> str:
        return self._keys.key(span, self.own_lines(span), apart)

    def version(self, span: Span) -> Version:
        return Version.of(fields_of(self._component(span)))

    def event(self, span: Span, identity: _Identity) -> Iterator[Reading]:
        """Its Observation, or why there is none; then what had to be cut."""
        if not span.whole:
            yield self._skipped(span.begin, "VEVENT is cut off by the end of the file")
            return
        component = self._component(span)
        for one in self._mapping.event(fields_of(component)):
            if isinstance(one, Observation):
                uid = bounded(f"{one.uid}-{identity.apart}") if identity.apart else one.uid
                yield replace(one, uid=uid, component=identity.key)
            elif isinstance(one, Skipped):
                yield replace(one, line=self._text.line(span.begin))
        for reason in component.cut:
            yield self._skipped(span.begin, reason)

    def notes(self) -> Iterator[Skipped]:
        """What was left out of the calendar itself."""
        for offset, reason in self._cut:
            yield self._skipped(offset, reason)

    def _skipped(self, offset: int, reason: str) -> Skipped:
        return skipped(reason, self._context, self._text.line(offset))

    def _component(self, span: Span) -> Component:
        inner = tuple(self._component(one) for one in span.inner if one.name != b"VALARM")
        return Component(span.name.decode("ascii", "replace"), self.own_lines(span), self._charset, inner)

    def _time_zones(self) -> Iterator[str]:
        data = self._text.data
        for span in self._calendar.time_zones:
            if span.after - span.begin > LONGEST_TIME_ZONE:
                self._cut.append((span.begin, f"VTIMEZONE of more than {LONGEST_TIME_ZONE} bytes: left out"))
            elif span.whole:
                lines = Component("VTIMEZONE", data[span.begin : span.after], self._charset).lines()
                yield "\r\n".join(map(verbatim, lines))
