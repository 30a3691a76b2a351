"""Events of Open Civic Data (opencivicdata.org, OCDEP 4; the fields as of Pupa and of Open States' API version 3), and
meetings as City Scrapers writes them (cityscrapers.org: city_scrapers_core.items.Meeting, and its older form).

    Open Civic Data   name, description, classification, start_date (start_time), end_date (end_time), timezone,
                      all_day, status, location {name, url, coordinates}, participants, links, sources, updated_at
    City Scrapers     id, title, description, classification, start, end, all_day, time_notes, status,
                      location {name, address}, links {title, href}, source; times are local, without a zone

A document is one event, a list of events, an object that holds such a list ("results", "data", ...), or JSON Lines.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from crawlers.readers import Context, Reading
from crawlers.readers.durations import is_before
from crawlers.readers.fallback_uid import bounded, digest
from crawlers.readers.iso_dates import instant
from crawlers.readers.lists.json_document import Document
from crawlers.readers.lists.json_entries import (
    Located,
    Unreadable,
    list_of,
    next_page,
    observations,
    words,
    written_moment,
)
from crawlers.readers.places import coordinates, from_text
from crawlers.readers.plain_text import prose
from crawlers.readers.web_address import absolute, find_meeting
from hobnob.moments import Moment
from hobnob.observations import Attendance, Observation, Person, Place, Status

__all__ = ["VERSION", "read", "recognises"]

VERSION = "open-civic-data/1"

_LISTS = ("results", "data", "objects", "events", "meetings", "items")
_STARTS = ("start", "start_date", "start_time", "when")
_ENDS = ("end", "end_date", "end_time")
_OWN = {"classification", "all_day", "participants", "agenda", "sources", "source", "time_notes", "event_description"}
_UNKNOWN = ("tbd", "tba", "to be determined", "to be announced", "n/a", "none")
_UNCLASSIFIED = ("", "not classified", "not_classified", "event", "events")
_NO_DAY_LATER = dt.time(0)


def recognises(value: Any) -> bool:
    """Whether it is an event of Open Civic Data, or a list or page of them."""
    return any(isinstance(one, Mapping) and _is_event(one) for one in _entries(value)[:50])


def read(document: Document, context: Context) -> Iterator[Reading]:
    """The events in the order of the document; what cannot be read as Skipped; the next page of an API."""
    entries: list[Located] = [(one, where) for value, where in document.values for one in _entries(value)]
    if document.saved:
        entries = [(one, where) for one, where in entries if isinstance(one, Mapping) and _is_event(one)]
    yield from observations(entries, lambda entry: _Mapping(entry, context).observation(), context)
    yield from next_page(document, context)


def _entries(value: Any) -> list[Any]:
    if isinstance(value, Mapping) and not _is_event(value):
        return next((inner for name in _LISTS if isinstance(inner := value.get(name), list)), [])
    return list_of(value)


def _is_event(entry: Mapping[str, Any]) -> bool:
    if entry.get("_type") == "event" or any(
        isinstance(entry.get(name), str) and entry[name].startswith("ocd-event/") for name in ("id", "_id")
    ):
        return True
    named = any(isinstance(entry.get(name), str) for name in ("name", "title"))
    return named and any(name in entry for name in _STARTS) and len(_OWN & entry.keys()) > 1


class _Mapping:
    """Maps one event."""

    def __init__(self, entry: Mapping[str, Any], context: Context) -> None:
        self._entry = entry
        self._context = context
        self._zone = words(entry.get("timezone"), 64)
        self._raw: dict[str, str] = {}

    def observation(self) -> Observation:
        entry, context = self._entry, self._context
        if entry.get("deleted") is True:
            raise Unreadable("it is marked as deleted")
        name = words(entry.get("name")) or words(entry.get("title"))
        if not name:
            raise Unreadable("it has no name")
        start = self._start()
        status = self._status()
        place, meeting = self._place()
        notes = entry.get("time_notes") or _object(entry, "extras").get("cityscrapers.org/time_notes")
        if words(notes):
            self._raw["time_notes"] = words(notes)
        return Observation(
            source=context.source,
            uid=self._uid() or digest(name, start, place.name if place else None),
            name=name,
            start_date=start,
            end_date=self._end(start),
            description=prose(entry.get("description")) or prose(entry.get("event_description")),
            url=self._url(),
            event_status=status,
            event_attendance_mode=Attendance.ONLINE if meeting and not place else None,
            location=place,
            virtual_location=meeting or self._meeting(),
            organizer=self._participants(("organization", "committee")),
            attendee=self._participants(("person",)),
            keywords=self._classification(),
            last_modified=instant(words(entry.get("updated_at"), 64)),
            source_url=context.url,
            fetched_at=context.now,
            reader=VERSION,
            raw=self._raw,
        )

    def _start(self) -> Moment:
        value = next((self._entry[name] for name in _STARTS if self._entry.get(name)), None)
        start = self._moment(value)
        if start is None:
            raise Unreadable(f"its start is no date: {words(value, 80)!r}" if value else "it has no start")
        return Moment(start.date) if self._entry.get("all_day") is True else start

    def _moment(self, value: Any) -> Moment | None:
        """ISO 8601, or the older form of City Scrapers: an object with `date` and `time`."""
        if isinstance(value, Mapping):
            day, time = words(value.get("date"), 32), words(value.get("time"), 32)
            return written_moment(f"{day}T{time}" if time else day, self._zone, self._context.time_zone)
        return written_moment(value, self._zone, self._context.time_zone)

    def _end(self, start: Moment) -> Moment | None:
        """The end; of whole days the last day, however the midnight after it is written."""
        value = next((self._entry[name] for name in _ENDS if self._entry.get(name)), None)
        end = self._moment(value)
        if end is not None and start.is_date:
            ends_before = end.time == _NO_DAY_LATER and end.date > start.date
            end = Moment(end.date - dt.timedelta(days=1) if ends_before else end.date)
        if value and (end is None or is_before(end, start)):
            self._raw["end_date"] = words(value, 80)
            return None
        return None if end and not start.is_date and (end == start or end == Moment(start.date)) else end

    def _status(self) -> Status | None:
        written = words(self._entry.get("status"), 80).casefold()
        if written in ("cancelled", "canceled"):
            return Status.CANCELLED
        if written in ("confirmed", "passed"):
            return Status.SCHEDULED
        if written:
            self._raw["event_status"] = written
        return None

    def _uid(self) -> str | None:
        known = (words(self._entry.get(name)) for name in ("id", "_id"))
        own = words(_object(self._entry, "extras").get("cityscrapers.org/id"))
        return next((bounded(one) for one in (own, *known) if one), None)

    def _url(self) -> str | None:
        """Where it was found; failing that, the first of its links."""
        found = [self._entry.get("source"), *(one for one in list_of(self._entry.get("sources")))]
        found += list_of(self._entry.get("links"))
        return next(filter(None, (absolute(_address(one), self._context.url) for one in found)), None)

    def _meeting(self) -> str | None:
        links = (_address(one) for one in list_of(self._entry.get("links")))
        return next(filter(None, (find_meeting(one) for one in links if isinstance(one, str))), None)

    def _place(self) -> tuple[Place | None, str | None]:
        where = self._entry.get("location")
        if isinstance(where, str):
            return from_text("" if where.strip().casefold() in _UNKNOWN else where)
        if not isinstance(where, Mapping):
            return None, None
        name = words(where.get("name"))
        address = words(where.get("address")) or words(_object(self._entry, "extras").get("cityscrapers.org/address"))
        name = (name.removesuffix(address).strip(" ,") if address else name) or ""
        name = "" if name.casefold() in _UNKNOWN else name
        place, meeting = from_text(address or name)
        if address and name:
            place, meeting = replace(place or Place(), name=name), meeting or find_meeting(name)
        point = _object(where, "coordinates")
        degrees = coordinates(point.get("latitude"), point.get("longitude"))
        if degrees:
            place = replace(place or Place(), latitude=degrees[0], longitude=degrees[1])
        url = absolute(where.get("url"), self._context.url)
        return (replace(place, url=place.url or url) if place else None), meeting

    def _participants(self, kinds: tuple[str, ...]) -> tuple[Person, ...]:
        people: dict[str, Person] = {}
        for one in list_of(self._entry.get("participants"))[:200]:
            if isinstance(one, Mapping) and words(one.get("entity_type") or one.get("type")).lower() in kinds:
                name = words(one.get("name")) or words(one.get("entity_name"))
                kind = "Person" if kinds == ("person",) else "Organization"
                if name and "@" not in name:
                    people.setdefault(name, Person(name=name, type=kind))
        return tuple(people.values())

    def _classification(self) -> tuple[str, ...]:
        written = (words(one) for one in list_of(self._entry.get("classification"))[:20])
        return tuple(one for one in written if one.casefold() not in _UNCLASSIFIED)


def _object(entry: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = entry.get(name)
    return value if isinstance(value, Mapping) else {}


def _address(link: Any) -> Any:
    return link.get("url") or link.get("href") if isinstance(link, Mapping) else link
