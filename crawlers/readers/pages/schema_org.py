"""schema.org Events (schema.org/Event and its subtypes), as JSON-LD objects, to Observations.

Microdata and microformats are given the same form first, so that what is known of schema.org stands here once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crawlers.readers import Context
from crawlers.readers.calendars.times import duration, is_before, later
from crawlers.readers.fallback_uid import bounded, digest
from crawlers.readers.iso_dates import moment
from crawlers.readers.pages.event_nodes import EventNodes
from crawlers.readers.pages.page import Page
from crawlers.readers.pages.schema_values import many, offers, people, plain, truth, where
from crawlers.readers.plain_text import line, prose, verbatim
from crawlers.readers.web_address import absolute, is_front_page
from hobnob.moments import Moment
from hobnob.observations import Attendance, Observation, Status

__all__ = ["Unread", "from_json", "observations"]

_MOST_KEYWORDS = 50
_LONGEST_URL = 2000
# The weightiest first: a page that says both "rescheduled" and "cancelled" means cancelled.
_STATUS = {
    "eventcancelled": Status.CANCELLED,
    "eventcanceled": Status.CANCELLED,
    "cancelled": Status.CANCELLED,
    "canceled": Status.CANCELLED,
    "eventpostponed": Status.POSTPONED,
    "eventmovedonline": Status.MOVED_ONLINE,
    "eventrescheduled": Status.RESCHEDULED,
    "eventscheduled": Status.SCHEDULED,
}
_ATTENDANCE = {
    "offlineeventattendancemode": Attendance.OFFLINE,
    "onlineeventattendancemode": Attendance.ONLINE,
    "mixedeventattendancemode": Attendance.MIXED,
}


@dataclass(frozen=True, slots=True)
class Unread:
    """An event that cannot be an Observation, by its name ("" if it has none), and why."""

    name: str
    reason: str


def observations(blocks: list[Any], page: Page, version: str) -> Iterator[Observation | Unread]:
    """An Observation for each event in these objects; `version` is that of the reader that found them."""
    return _observations(blocks, page.base, page.context, version)


def from_json(blocks: list[Any], context: Context, version: str) -> Iterator[Observation | Unread]:
    """The same for objects that were on no page: their relative links are relative to the document's address."""
    return _observations(blocks, context.url, context, version)


def _observations(blocks: list[Any], base: str, context: Context, version: str) -> Iterator[Observation | Unread]:
    nodes = EventNodes(blocks)
    for node in nodes.events:
        yield _Mapping(node, nodes, base, context).observation(version)


class _Mapping:
    """Maps one event."""

    def __init__(self, node: Mapping[str, Any], nodes: EventNodes, base: str, context: Context) -> None:
        self._node = node
        self._nodes = nodes
        self._base = base
        self._context = context
        self._raw: dict[str, str] = {}

    def observation(self, version: str) -> Observation | Unread:
        context = self._context
        name = plain(self._node.get("name"))
        start = self._moment("startDate")
        if start is None or not name:
            written = plain(self._node.get("startDate"), 80)
            fault = f"startDate is no date: {written!r}" if written else "it has no startDate"
            reason = f"event {name[:80]!r}: {fault}" if name else "event without a name"
            return Unread(name, reason)
        place, meeting = where(self._nodes.values(self._node, "location"), self._base)
        parent = self._nodes.parent(self._node)
        return Observation(
            source=context.source,
            uid=self._uid(self._node) or digest(name, start),
            name=name,
            start_date=start,
            end_date=self._end(start),
            description=prose(next(iter(many(self._node.get("description"))), None)),
            url=self._url(self._node),
            event_status=self._status(),
            event_attendance_mode=self._attendance(),
            location=place,
            virtual_location=meeting,
            organizer=self._people("organizer"),
            performer=self._people("performer") or self._people("performers"),
            attendee=self._people("attendee"),
            offers=offers(self._nodes.values(self._node, "offers"), self._base),
            is_accessible_for_free=truth(self._node.get("isAccessibleForFree")),
            keywords=self._keywords(),
            image=self._image(),
            in_language=self._language(),
            super_event=(self._uid(parent) or plain(parent) or None) if parent else None,
            source_url=context.url,
            fetched_at=context.now,
            reader=version,
            raw=self._raw,
        )

    def _moment(self, name: str) -> Moment | None:
        """The first value that is a date or a time; a time without an offset is on the source's clocks."""
        zone = self._context.time_zone
        written = (plain(one, 64) for one in many(self._node.get(name)))
        return next(filter(None, (moment(one, zone) for one in written)), None)

    def _end(self, start: Moment) -> Moment | None:
        end = self._moment("endDate")
        length = duration(plain(self._node.get("duration"), 64)) if self._node.get("duration") else None
        if end is None and length:
            end = later(start, length)
        if end and start.is_date:
            end = Moment(end.date)
        if end and (is_before(end, start) or (end.is_date and not start.is_date and end.date == start.date)):
            end = None
        if end is None and (written := plain(self._node.get("endDate"), 80)):
            self._raw["end_date"] = written
        return end

    def _uid(self, node: Mapping[str, Any]) -> str | None:
        """Its @id or its address. The label of a blank node ("_:b0") is neither, nor is a site's front page, which
        stands for this year's event today and for next year's tomorrow."""
        name = plain(node.get("@id"), _LONGEST_URL)
        if name and not name.startswith("_:"):
            name = absolute(name, self._base, ("http", "https", "file")) or verbatim(name)
            if not is_front_page(name):
                return bounded(name)
        url = self._url(node)
        return bounded(url) if url and not is_front_page(url) else None

    def _url(self, node: Mapping[str, Any]) -> str | None:
        candidates = (*many(node.get("url")), *many(node.get("mainEntityOfPage")))
        texts = (one.get("@id") if isinstance(one, Mapping) else one for one in candidates)
        return next(filter(None, (absolute(one, self._base) for one in texts)), None)

    def _people(self, name: str) -> Any:
        return people(self._nodes.values(self._node, name), self._base)

    def _enumerated(self, name: str) -> list[str]:
        values = (one.get("@id") if isinstance(one, Mapping) else one for one in many(self._node.get(name)))
        return [line(one).rpartition("/")[2].rpartition(":")[2].lower() for one in values]

    def _status(self) -> Status | None:
        written = self._enumerated("eventStatus")
        found = next((status for name, status in _STATUS.items() if name in written), None)
        if found is None and written:
            self._raw["event_status"] = plain(self._node.get("eventStatus"), 80)
        return found

    def _attendance(self) -> Attendance | None:
        return next(filter(None, map(_ATTENDANCE.get, self._enumerated("eventAttendanceMode"))), None)

    def _keywords(self) -> tuple[str, ...]:
        values = many(self._node.get("keywords"))
        words = line(values[0], 5000).split(",") if len(values) == 1 and isinstance(values[0], str) else values
        return tuple(dict.fromkeys(filter(None, map(plain, words))))[:_MOST_KEYWORDS]

    def _image(self) -> str | None:
        values = self._nodes.values(self._node, "image")
        texts = (one.get("url") or one.get("contentUrl") if isinstance(one, Mapping) else one for one in values)
        return next(filter(None, (absolute(one, self._base) for one in texts)), None)

    def _language(self) -> str | None:
        for one in many(self._node.get("inLanguage")):
            code = plain(one.get("alternateName") or one.get("name") if isinstance(one, Mapping) else one, 35)
            if code:
                return code
        return None
