"""Events as an iCalendar object (RFC 5545, RFC 7986) that a calendar program can subscribe to."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import quote

import icalendar
from icalendar import Component, vDuration, vRecur, vText, vUri

from hobnob.events import Event, Override
from hobnob.feeds.clocks import Clocks, Zones
from hobnob.feeds.rrule import published_rule
from hobnob.moments import UTC, Moment
from hobnob.observations import Status
from hobnob.place_line import place_line
from hobnob.placing import is_worked_out
from hobnob.printable import block, line
from hobnob.taxonomy import industries, kinds

__all__ = ["LARGEST", "LONGEST_TEXT", "MOST_OVERRIDES", "calendar"]

LARGEST = 16 * 1024 * 1024
"""Bytes of events after which the rest, by date, is left out."""

LONGEST_TEXT = 10_000
"""Characters of a description after which it ends with an ellipsis."""

MOST_OVERRIDES = 200
"""Of the occurrences of one event that differ, the last so many are written."""

_MOST_DATES = 5_000
_MOST_RULES = 4
_MOST_CATEGORIES = 20
_END = b"END:VCALENDAR\r\n"
_PRODUCT = "-//hobnob//hobnob//EN"
_NEVER_CHANGED = dt.datetime(1970, 1, 1, tzinfo=UTC)
_HTTP = re.compile(r"https?://[^\s\"<>\\^`{|}]+", re.IGNORECASE)
_STATUS = {Status.CANCELLED: "CANCELLED", Status.POSTPONED: "TENTATIVE"}


def calendar(
    events: Iterable[Event],
    *,
    name: str,
    url: str | None = None,
    description: str | None = None,
    refresh: dt.timedelta = dt.timedelta(hours=12),
) -> bytes:
    """A calendar called `name` with a VEVENT for each event and for each of its occurrences that differs.

    The same events give the same bytes, in whatever order they come: nothing here reads the clock. `url` is where the
    calendar is published, `refresh` how often to fetch it. A rule that is not safe to pass on is left out, the dates
    that are written out stay. No ORGANIZER is written, because it must be an address; organizers are CONTACTs.
    """
    zones = Zones()
    written: list[bytes] = []
    room = LARGEST
    for event in sorted(events, key=lambda event: (event.start_date.wall, event.id)):
        parts = [_folded(component) for component in _components(event, zones)]
        room -= sum(map(len, parts))
        if room < 0:
            break
        written += parts
    head = _folded(_head(name, url, description, refresh)).removesuffix(_END)
    return b"".join((head, *map(_folded, zones.components()), *written, _END))


class _Text(vText):
    """TEXT (RFC 5545, 3.3.11). The library's own takes a backslash before an N for a line break."""

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode()


def _folded(component: Component) -> bytes:
    """Its content lines, folded at 75 octets between characters (RFC 5545, 3.1). The library's way is slow."""
    folded: list[bytes] = []
    for content in component.content_lines():
        octets, start, room = content.encode(), 0, 75
        while len(octets) - start > room:
            end = start + room
            while octets[end] & 0xC0 == 0x80:
                end -= 1
            folded += (octets[start:end], b"\r\n ")
            start, room = end, 74
        folded += (octets[start:], b"\r\n") if octets else ()
    return b"".join(folded)


def _head(name: str, url: str | None, description: str | None, refresh: dt.timedelta) -> icalendar.Calendar:
    head = icalendar.Calendar()
    head.add("VERSION", "2.0")
    head.add("PRODID", _PRODUCT)
    head.add("CALSCALE", "GREGORIAN")
    head.add("NAME", _Text(line(name)))
    head.add("X-WR-CALNAME", _Text(line(name)))
    if description:
        head.add("DESCRIPTION", _Text(block(description)))
        head.add("X-WR-CALDESC", _Text(block(description)))
    if address := _uri(url):
        head.add("URL", address)
        head.add("SOURCE", vUri(address), parameters={"VALUE": "URI"})
    head.add("REFRESH-INTERVAL", vDuration(refresh), parameters={"VALUE": "DURATION"})
    head.add("X-PUBLISHED-TTL", vDuration(refresh))
    return head


def _components(event: Event, zones: Zones) -> Iterator[Component]:
    clocks = Clocks(event, zones)
    overrides = sorted(event.overrides, key=lambda override: override.start_date.wall)[-MOST_OVERRIDES:]
    differing = {clocks.like_start(override.recurrence_id): override for override in overrides}
    master = _vevent(event, clocks, event.start_date, event.end_date, event.status)
    rules = (published_rule(rule, whole_days=clocks.whole_days, zone=clocks.zone) for rule in event.rrule[:_MOST_RULES])
    for rule in dict.fromkeys(filter(None, rules)):
        master.add("RRULE", vRecur.from_ical(rule))
    added = dict.fromkeys(map(clocks.like_start, event.rdate[:_MOST_DATES]))
    cut_out = dict.fromkeys(map(clocks.like_start, event.exdate[:_MOST_DATES]))
    for field, moments in (("RDATE", added), ("EXDATE", {m: None for m in cut_out if m not in differing})):
        if dates := clocks.listed(list(moments)):
            master.add(field, dates)
    yield master
    for recurrence_id, override in differing.items():
        yield _override(event, clocks, recurrence_id, override)


def _override(event: Event, clocks: Clocks, recurrence_id: Moment, override: Override) -> Component:
    """One occurrence that differs; it lasts as long as the others unless it says how long."""
    start, end = override.start_date, override.end_date
    if end is None and event.end_date is not None and start.is_date == event.start_date.is_date:
        end = _moved(start, event.end_date.utc() - event.start_date.utc())
    says_nothing = override.status == Status.SCHEDULED or event.status == Status.CANCELLED
    status = event.status if says_nothing else override.status
    component = _vevent(event, clocks, start, end, status)
    component.add("RECURRENCE-ID", clocks.value(recurrence_id), encode=False)
    return component


def _vevent(event: Event, clocks: Clocks, start: Moment, end: Moment | None, status: Status) -> Component:
    """What the event and each occurrence that differs have alike, at one of its times."""
    component = icalendar.Event()
    changed = event.changed_at or event.created_at or _NEVER_CHANGED
    component.add("UID", _Text(f"{line(event.id)}@hobnob"))
    component.add("DTSTAMP", changed.astimezone(UTC))
    component.add("SEQUENCE", event.sequence)
    component.add("STATUS", _STATUS.get(status, "CONFIRMED"))
    component.add("TRANSP", "TRANSPARENT")
    component.add("SUMMARY", _Text(line(event.name)))
    component.add("DTSTART", clocks.value(start), encode=False)
    if until := _exclusive_end(start, end):
        component.add("DTEND", clocks.value(until), encode=False)
    if event.created_at:
        component.add("CREATED", event.created_at.astimezone(UTC))
    if event.changed_at:
        component.add("LAST-MODIFIED", event.changed_at.astimezone(UTC))
    if event.description and (text := block(event.description[: 2 * LONGEST_TEXT])):
        component.add("DESCRIPTION", _Text(text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"))
    if address := _uri(event.url):
        component.add("URL", address)
    _add_place(component, event)
    if categories := _categories(event):
        component.add("CATEGORIES", categories)
    for person in event.organizer:
        component.add("CONTACT", _Text(line(person.name)))
    return component


def _add_place(component: Component, event: Event) -> None:
    place, meeting = event.place, _uri(event.virtual_location)
    location = place_line(place) if place else ""
    if text := location or meeting:
        component.add("LOCATION", _Text(text))
    if place and place.latitude is not None and place.longitude is not None and not is_worked_out(event.place_why):
        component.add("GEO", (place.latitude, place.longitude))
    if meeting:
        component.add("CONFERENCE", vUri(meeting), parameters={"VALUE": "URI"})


def _exclusive_end(start: Moment, end: Moment | None) -> Moment | None:
    """DTEND: after the last day of whole days, later than the start; None where the start says enough."""
    if end is None:
        return None
    if not start.is_date and not end.is_date:
        return end if end.utc() > start.utc() else None
    try:
        after = max(end.date, start.date) + dt.timedelta(days=1)
    except OverflowError:
        return None
    return Moment(after) if start.is_date else Moment(after, dt.time(), start.zone)


def _moved(moment: Moment, by: dt.timedelta) -> Moment | None:
    try:
        later = moment.wall + by
    except OverflowError:
        return None
    return Moment(later.date()) if moment.is_date else Moment(later.date(), later.time(), moment.zone)


def _categories(event: Event) -> list[str]:
    """The names of its industries and kind in English, then its keywords; each once, whatever its case."""
    names = _names()
    labels = [*event.industries, *((event.kind,) if event.kind else ())]
    found = [*(names.get(label.id, label.id) for label in labels), *event.keywords]
    folded = {text.casefold(): text for entry in reversed(found) if (text := line(entry))}
    ordered = dict.fromkeys(line(entry).casefold() for entry in found)
    return [folded[key] for key in ordered if key][:_MOST_CATEGORIES]


@cache
def _names() -> dict[str, str]:
    return {entry.id: entry.name() for entry in industries()} | {entry.id: entry.name() for entry in kinds()}


def _uri(text: str | None) -> str | None:
    """A web address in the characters that a URI may have (RFC 3986); None for anything else."""
    if not text or len(text) > 2_000 or not _HTTP.fullmatch(text):
        return None
    return quote(text, safe="%/:?#[]@!$&'()*+,;=~", errors="ignore")
