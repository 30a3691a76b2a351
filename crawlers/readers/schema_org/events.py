"""schema.org Events (schema.org/Event and its subtypes), as JSON-LD objects, to Observations.

Microdata and microformats are given the same form first, so that what is known of schema.org stands here once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from crawlers.readers import Context
from crawlers.readers.fallback_uid import bounded, digest
from crawlers.readers.plain_text import line, prose, verbatim
from crawlers.readers.schema_org.event_dates import DateReading, Dates
from crawlers.readers.schema_org.event_nodes import EventNodes
from crawlers.readers.schema_org.locations import Where, where
from crawlers.readers.schema_org.schedule import Event, Repeat, repeats
from crawlers.readers.schema_org.values import address_of, enumerated, many, offers, people, plain, truth
from crawlers.readers.web_address import absolute, is_account, is_front_page, same_site
from hobnob.moments import Moment
from hobnob.observations import Attendance, Observation, Person, Status
from hobnob.status_words import marked_title, of_field

__all__ = ["Unread", "event_nodes", "observations"]

_MOST_KEYWORDS = 50
_LONGEST_URL = 2000
# The weightiest first: a page that says both "rescheduled" and "cancelled" means cancelled.
_STATUS = {
    "eventcancelled": Status.CANCELLED,
    "eventcanceled": Status.CANCELLED,
    "cancelled": Status.CANCELLED,
    "canceled": Status.CANCELLED,
    "eventpostponed": Status.POSTPONED,
    "postponed": Status.POSTPONED,
    "eventmovedonline": Status.MOVED_ONLINE,
    "movedonline": Status.MOVED_ONLINE,
    "eventrescheduled": Status.RESCHEDULED,
    "rescheduled": Status.RESCHEDULED,
    "eventscheduled": Status.SCHEDULED,
    "scheduled": Status.SCHEDULED,
    "on-schedule": Status.SCHEDULED,  # EventON, a plug-in of many WordPress sites
    "eventconfirmed": Status.SCHEDULED,
    "confirmed": Status.SCHEDULED,
}
_ATTENDANCE = {
    **dict.fromkeys(("mixedeventattendancemode", "mixed", "hybrid", "blended"), Attendance.MIXED),
    **dict.fromkeys(("onlineeventattendancemode", "online", "virtual"), Attendance.ONLINE),
    **dict.fromkeys(("offlineeventattendancemode", "offline", "onsite", "in-person", "in person"), Attendance.OFFLINE),
}
#: Properties that say the same, the best first.
_NAMES = ("name", "headline", "summary", "alternateName")
_DESCRIPTIONS = ("description", "abstract", "disambiguatingDescription")
_ADDRESSES = ("url", "mainEntityOfPage")
_IMAGES = ("image", "thumbnailUrl")
_SCHEDULES = ("eventSchedule", "courseSchedule")
_MODES = ("eventAttendanceMode", "courseMode")
_PLAIN_TYPES = ("", "event", "eventseries")
_KEYWORDS = ("keywords", "about", "eventType", "category")
_PERFORMERS = ("performer", "performers", "actor", "actors", "director", "directors", "instructor")
_ORGANIZERS = ("organizer", "organizers")
_ATTENDEES = ("attendee", "attendees")


@dataclass(frozen=True, slots=True)
class Unread:
    """An event that cannot be an Observation, by its name ("" if it has none), and why."""

    name: str
    reason: str


def event_nodes(
    blocks: list[Any], context: Context, *, base: str | None = None, language: str | None = None
) -> EventNodes:
    """The events among the objects of a document; `base` is what its addresses are relative to (without one its own
    address), `language` the one that it declares."""
    return EventNodes(blocks, base or context.url, tuple(filter(None, (context.language, language))))


def observations(
    nodes: EventNodes, context: Context, version: str, *, language: str | None = None
) -> Iterator[Observation | Unread]:
    """An Observation for each event of a document; `version` is that of the reader that found them."""
    reading = DateReading(context, language)
    for node in nodes.events:
        yield from _Mapping(node, nodes, context, reading).observations(version)
    yield from (Unread("", reason) for reason in nodes.left_out)


class _Mapping:
    """Maps one event."""

    def __init__(self, node: Mapping[str, Any], nodes: EventNodes, context: Context, reading: DateReading) -> None:
        self._node = node
        self._nodes = nodes
        self._base = nodes.base
        self._context = context
        self._reading = reading
        self._parent = nodes.parent(node)
        self._course = nodes.course(node)
        self._raw: dict[str, str] = {}
        self._guesses: list[str] = []

    def observations(self, version: str) -> Iterator[Observation | Unread]:
        """One; several if it has schedules that cannot be told as one."""
        dates = self._reading.dates(self._node)
        plans = self._plans(dates)
        start = plans[0].start if plans else dates.start
        name = self._name()
        if start is None or not name:
            yield Unread(name, self._fault(name))
            return
        self._raw.update(dates.raw)
        self._guesses += dates.guessed if not plans else ()
        whole = self._observation(name, start, dates, version)
        if not plans:
            if self._guesses:
                self._raw["guess"] = "; ".join(self._guesses)
            yield whole
        for plan in plans:
            notes = self._notes(plan.guessed)
            uid = whole.uid if len(plans) == 1 else digest(whole.uid, *plan.rrule, plan.start.time)
            yield replace(
                whole,
                uid=uid,
                start_date=plan.start,
                end_date=plan.end,
                rrule=plan.rrule,
                exdate=plan.exdate,
                raw=notes,
            )

    def _fault(self, name: str) -> str:
        if not name:
            return "event without a name"
        written = plain(self._node.get("startDate"), 80)
        fault = f"startDate is no date: {written!r}" if written else "it has no startDate"
        return f"event {name[:80]!r}: {fault}"

    def _notes(self, guess: str | None = None) -> dict[str, str]:
        guesses = [*self._guesses, *filter(None, (guess,))]
        return {**self._raw, "guess": "; ".join(guesses)} if guesses else self._raw

    def _observation(self, name: str, start: Moment, dates: Dates, version: str) -> Observation:
        node, context, parent = self._node, self._context, self._parent
        self._keep_type()
        place = self._where()
        url = self._url(node)
        return Observation(
            source=context.source,
            uid=self._uid(node, url) or digest(name, start),
            name=name,
            start_date=start,
            end_date=dates.end,
            description=self._description(),
            url=url,
            event_status=self._status(name),
            event_attendance_mode=self._attendance() or place.attendance,
            location=place.place,
            virtual_location=place.virtual,
            organizer=self._organizer(),
            performer=self._people(*_PERFORMERS),
            attendee=self._people(*_ATTENDEES),
            offers=offers(self._nodes.values(node, "offers"), self._base) if "offers" in node else (),
            is_accessible_for_free=truth(node["isAccessibleForFree"]) if "isAccessibleForFree" in node else None,
            keywords=self._keywords(),
            image=self._image(),
            in_language=self._language(),
            super_event=(self._uid(parent, self._url(parent)) or plain(parent) or None) if parent else None,
            rdate=dates.rdate,
            source_url=context.url,
            fetched_at=context.now,
            reader=version,
            raw=self._raw,
        )

    def _keep_type(self) -> None:
        """A finer type than Event: "hackathon", "musicevent"."""
        if (written := self._node.get("@type")) and written != "Event":
            types = (name for name in enumerated(written) if name not in _PLAIN_TYPES)
            if finer := next(types, None):
                self._raw["type"] = finer[:80]

    def _plans(self, dates: Dates) -> list[Repeat]:
        schedules = self._values(self._node, _SCHEDULES)
        if not schedules:
            return []
        zone, today = self._context.time_zone, self._context.now.date()
        found = repeats(schedules, Event(dates.start, dates.end, zone, self._reading.moment, today))
        if not found and (text := plain(schedules)):
            self._raw["event_schedule"] = text
        return found

    def _name(self) -> str:
        for key in _NAMES:
            if key in self._node and (name := plain(self._node[key])):
                return name
        return plain(self._course)

    def _description(self) -> str | None:
        for key in _DESCRIPTIONS:
            for one in many(self._node.get(key)):
                if text := prose(one.get("@value") if isinstance(one, dict) else one):
                    return text
        return None

    def _where(self) -> Where:
        """Its location; of one that does not say, that of the event that it is a part of."""
        found = where(self._nodes.values(self._node, "location"), self._base, self._nodes.whole)
        if "geo" in self._node and not (found.place and found.place.latitude is not None):
            here = where([{"geo": self._node["geo"]}], self._base, self._nodes.whole).place
            if here:
                place = found.place or here
                found = replace(found, place=replace(place, latitude=here.latitude, longitude=here.longitude))
        if found.others:
            self._raw["location"] = "; ".join(found.others)[:500]
        if found.place or found.virtual or found.attendance or self._parent is None or self._attendance():
            return found
        found = where(self._nodes.values(self._parent, "location"), self._base, self._nodes.whole)
        if found.place or found.virtual:
            self._guesses.append("location: that of the event it is a part of")
        return found

    def _organizer(self) -> tuple[Person, ...]:
        found = self._people(*_ORGANIZERS)
        if not found and self._parent is not None:
            found = people(self._values(self._parent, _ORGANIZERS), self._base)
            if found:
                self._guesses.append("organizer: that of the event it is a part of")
        return found

    def _people(self, *names: str) -> tuple[Person, ...]:
        return people(self._values(self._node, names), self._base, *names)

    def _values(self, node: Mapping[str, Any], names: tuple[str, ...]) -> list[Any]:
        if node.keys().isdisjoint(names):
            return []
        return [one for name in names for one in self._nodes.values(node, name)]

    def _uid(self, node: Mapping[str, Any], url: str | None) -> str | None:
        """Its @id or its address, which is `url`. The label of a blank node ("_:b0") is neither, nor is the front page
        of a site or a channel on another one, which stands for this year's event today and for next year's tomorrow."""
        name = plain(node["@id"], _LONGEST_URL) if "@id" in node else ""
        if name and not name.startswith("_:"):
            name = absolute(name, self._base, ("http", "https", "file")) or verbatim(name)
            if not is_front_page(name):
                return bounded(name)
        if url is None or is_front_page(url) or (is_account(url) and not same_site(url, self._context.url)):
            return None
        return bounded(url)

    def _url(self, node: Mapping[str, Any]) -> str | None:
        for name in _ADDRESSES:
            if name in node and (url := address_of(node[name], self._base)):
                return url
        return None

    def _status(self, name: str) -> Status | None:
        """A rescheduled event may say so by its previousStartDate alone, a cancelled one by a mark on its name: that it
        is scheduled is what templates always say."""
        written = enumerated(self._node["eventStatus"]) if "eventStatus" in self._node else []
        found = next((_STATUS[name] for name in _STATUS if name in written), None) if written else None
        if found is None and written:
            text = plain(self._node["eventStatus"], 80)
            found = of_field(text)
            if found is None:
                self._raw["event_status"] = text
        if found in (None, Status.SCHEDULED) and (marked := marked_title(name)[1]):
            return marked
        return found or (Status.RESCHEDULED if "previous_start_date" in self._raw else None)

    def _attendance(self) -> Attendance | None:
        modes = [self._node[name] for name in _MODES if name in self._node]
        found = {_ATTENDANCE[one] for mode in modes for one in enumerated(mode) if one in _ATTENDANCE}
        return Attendance.MIXED if len(found) > 1 else next(iter(found), None)

    def _keywords(self) -> tuple[str, ...]:
        if self._node.keys().isdisjoint(_KEYWORDS):
            return ()
        values = [one for name in _KEYWORDS for one in self._words(name)]
        return tuple(dict.fromkeys(filter(None, map(plain, values))))[:_MOST_KEYWORDS]

    def _words(self, name: str) -> list[Any]:
        values = self._nodes.values(self._node, name)
        return line(values[0], 5000).split(",") if len(values) == 1 and isinstance(values[0], str) else values

    def _image(self) -> str | None:
        for name in _IMAGES:
            if url := address_of(self._nodes.values(self._node, name), self._base):
                return url
        return None

    def _language(self) -> str | None:
        for one in many(self._node.get("inLanguage")):
            code = plain(one.get("alternateName") or one.get("name") if isinstance(one, dict) else one, 35)
            if code:
                return code
        return None
