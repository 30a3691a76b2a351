"""One Event of ActivityStreams 2.0, with the extensions that activity_streams names, to an Observation."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from crawlers.readers import Context
from crawlers.readers.durations import duration, is_before, later
from crawlers.readers.fallback_uid import bounded, digest
from crawlers.readers.iso_dates import instant
from crawlers.readers.lists.json_entries import Unreadable, list_of, words, written_moment
from crawlers.readers.plain_text import prose
from crawlers.readers.schema_org.locations import where
from crawlers.readers.web_address import absolute, find_meeting
from hobnob.moments import Moment
from hobnob.observations import Attendance, Observation, Offer, Person, Place, Status

__all__ = ["VERSION", "observation", "types"]

VERSION = "activity-streams/1"

_STATUS = {
    "eventcancelled": Status.CANCELLED,
    "eventpostponed": Status.POSTPONED,
    "eventmovedonline": Status.MOVED_ONLINE,
    "eventrescheduled": Status.RESCHEDULED,
    "eventscheduled": Status.SCHEDULED,
    "cancelled": Status.CANCELLED,
    "confirmed": Status.SCHEDULED,
}
_MOST_TAGS = 50
_MOST_PEOPLE = 200
_DEEPEST = 8

Node = Mapping[str, Any]


def observation(node: Node, context: Context) -> Observation:
    """Raises Unreadable when it has no name or no start, or is a draft."""
    return _Mapping(node, context).observation()


def types(node: Node) -> set[str]:
    """Its types, without a prefix or address before them."""
    stated = [*list_of(node.get("type")), *list_of(node.get("@type"))]
    return {one.rpartition("#")[2].rpartition("/")[2].rpartition(":")[2] for one in stated if isinstance(one, str)}


class _Mapping:
    def __init__(self, node: Node, context: Context) -> None:
        self._node = node
        self._context = context
        self._zone = words(node.get("timezone"), 64)
        self._links = [one for one in list_of(node.get("attachment")) if isinstance(one, Mapping)][:200]
        self._raw: dict[str, str] = {}

    def observation(self) -> Observation:
        node, context = self._node, self._context
        if node.get("draft") is True:
            raise Unreadable("it is a draft")
        name = words(self._in_language("name"))
        if not name:
            raise Unreadable("it has no name")
        start = self._start()
        place, meeting, attendance = self._whereabouts()
        return Observation(
            source=context.source,
            uid=self._uid() or digest(name, start, self._url()),
            name=name,
            start_date=start,
            end_date=self._end(start),
            description=prose(self._in_language("content")) or prose(self._in_language("summary")),
            url=self._url(),
            event_status=self._status(),
            event_attendance_mode=attendance,
            location=place,
            virtual_location=meeting,
            organizer=self._organizers(),
            attendee=self._people(node.get("attendees")),
            offers=self._offers(),
            keywords=self._keywords(),
            image=self._image(),
            in_language=words(node.get("inLanguage"), 35) or self._only_language(),
            last_modified=instant(words(node.get("updated"), 64)),
            source_url=context.url,
            fetched_at=context.now,
            reader=VERSION,
            raw=self._raw,
        )

    def _in_language(self, name: str) -> Any:
        """A property, or of its map of languages the source's one, else the first."""
        stated = next((one for one in list_of(self._node.get(name)) if isinstance(one, str) and one.strip()), None)
        by_language = self._node.get(f"{name}Map")
        if stated is not None or not isinstance(by_language, Mapping):
            return stated
        return by_language.get(self._context.language or "") or next(iter(by_language.values()), None)

    def _only_language(self) -> str | None:
        by_language = self._node.get("contentMap") or self._node.get("nameMap")
        if not isinstance(by_language, Mapping) or len(by_language) != 1:
            return None
        (language,) = by_language
        return language if isinstance(language, str) and 1 < len(language) < 12 and language != "und" else None

    def _start(self) -> Moment:
        value = self._node.get("startTime")
        start = self._moment(value)
        if start is None:
            raise Unreadable(f"startTime is no time: {words(value, 80)!r}" if value else "it has no startTime")
        return start

    def _moment(self, value: Any) -> Moment | None:
        return written_moment(value, self._zone, self._context.time_zone)

    def _end(self, start: Moment) -> Moment | None:
        if self._node.get("displayEndTime") is False:
            return None
        end = self._moment(self._node.get("endTime"))
        length = duration(words(self._node.get("duration"), 64))
        if end is None and length:
            end = later(start, length)
        if end is not None and is_before(end, start):
            self._raw["end_date"] = words(self._node.get("endTime"), 80)
            return None
        return end if end != start else None

    def _uid(self) -> str | None:
        known = words(self._node.get("id"), 2000) or words(self._node.get("@id"), 2000)
        return bounded(known) if known and not known.startswith("_:") else None

    def _url(self) -> str | None:
        """The page for people among its addresses; failing that, its id."""
        links = list_of(self._node.get("url"))
        pages = [one for one in links if not isinstance(one, Mapping) or "html" in words(one.get("mediaType"))]
        addresses = (_href(one) for one in (*pages, *links, self._node.get("id")))
        return next(filter(None, (absolute(one, self._context.url) for one in addresses)), None)

    def _status(self) -> Status | None:
        for name in ("eventStatus", "status", "ical:status"):
            written = words(self._node.get(name), 80)
            if not written:
                continue
            status = _STATUS.get(written.rpartition("/")[2].rpartition("#")[2].rpartition(":")[2].casefold())
            if status is None:
                self._raw["event_status"] = written
            return status
        return None

    def _whereabouts(self) -> tuple[Place | None, str | None, Attendance | None]:
        locations = [_as_schema(_called_place(one), 0) for one in list_of(self._node.get("location"))[:50]]
        there = where(locations, self._context.url, lambda one: one)
        place, meeting = there.place, there.virtual
        named_online = place is not None and (place.name or place.text or "").casefold() == "online"
        if named_online:
            place = None
        addresses = [url for one in self._links if "Link" in types(one) and (url := self._absolute(one))]
        meeting = meeting or next(filter(None, map(find_meeting, addresses)), None)
        online = self._node.get("isOnline") is True or named_online
        if online and not meeting:
            meeting = next(iter(addresses), None)
        for url in addresses[:1]:
            if url != meeting:
                self._raw["website"] = url
        if place is None:
            stated = there.attendance or (Attendance.ONLINE if online else None)
            found = Attendance.ONLINE if meeting and self._node.get("isOnline") is not False else None
            return None, meeting, stated or found
        if online or there.attendance:
            return place, meeting, Attendance.MIXED
        in_person = self._node.get("isOnline") is False and meeting is None
        return place, meeting, Attendance.OFFLINE if in_person else None

    def _absolute(self, link: Node) -> str | None:
        return absolute(_href(link), self._context.url)

    def _organizers(self) -> tuple[Person, ...]:
        """FEP-8a8e: `organizers`, none where it is null; where it is left out, those that it is attributed to."""
        if "organizers" in self._node:
            return self._people(self._node["organizers"])
        for name in ("attributedTo", "organizer", "actor"):
            if people := self._people(self._node.get(name)):
                return people
        return ()

    def _people(self, value: Any) -> tuple[Person, ...]:
        found = (self._person(one) for one in _members(value, 0))
        return tuple(dict.fromkeys(filter(None, found)))[:_MOST_PEOPLE]

    def _person(self, value: Any) -> Person | None:
        """Someone with a name; of a bare address that holds a handle (".../@name") the handle, as a guess."""
        if isinstance(value, Mapping):
            name = words(value.get("name")) or words(value.get("preferredUsername"))
            links = (*list_of(value.get("url")), value.get("id"), value.get("href"))
            url = next(filter(None, (absolute(_href(one), self._context.url) for one in links)), None)
            kind = next(iter(types(value) & {"Group", "Organization", "Person"}), None)
            if name and "@" not in name.lstrip("@"):
                return Person(name=name, type="Organization" if kind == "Group" else kind, url=url)
            value = url
        url = absolute(value, self._context.url)
        handle = urlsplit(url).path.removeprefix("/@") if url else ""
        if not url or not handle or handle.startswith("/") or "/" in handle or "@" in handle:
            return None
        self._raw["guess"] = "organizer: the handle in its address"
        return Person(name=handle, url=url)

    def _offers(self) -> tuple[Offer, ...]:
        url = absolute(self._node.get("externalParticipationUrl"), "")
        return (Offer(url=url),) if url else ()

    def _keywords(self) -> tuple[str, ...]:
        tags = [one for one in list_of(self._node.get("tag"))[:200] if isinstance(one, Mapping)]
        named = [words(one.get("name")).lstrip("#") for one in tags if "Mention" not in types(one)]
        named += [words(one).replace("_", " ").lower() for one in list_of(self._node.get("category"))[:20]]
        return tuple(dict.fromkeys(filter(None, named)))[:_MOST_TAGS]

    def _image(self) -> str | None:
        """Its `image`, or the attached picture; one that is called a banner first."""
        pictures = [one for one in self._links if _is_picture(one)]
        pictures.sort(key=lambda one: words(one.get("name")).casefold() != "banner")
        candidates = (*list_of(self._node.get("image")), *pictures)
        return next(filter(None, (absolute(_href(one), self._context.url) for one in candidates)), None)


def _called_place(location: Any) -> Any:
    """Gancio says where one meets on the web by a Place whose address is a VirtualLocation: that address itself."""
    address = location.get("address") if isinstance(location, Mapping) else None
    return address if isinstance(address, Mapping) and "VirtualLocation" in types(address) else location


def _members(value: Any, depth: int) -> Iterator[Any]:
    """Those in a collection or a list; what is neither is one itself."""
    for one in list_of(value)[:_MOST_PEOPLE]:
        if isinstance(one, Mapping) and any(name in one for name in ("items", "orderedItems", "first", "totalItems")):
            if depth < 3:
                for name in ("items", "orderedItems", "first"):
                    yield from _members(one.get(name), depth + 1)
        else:
            yield one


def _href(value: Any) -> Any:
    """The address of a Link, an Image or a Document, or the text that is one."""
    for _ in range(4):
        if not isinstance(value, Mapping):
            break
        value = value.get("href") or next(iter(list_of(value.get("url"))), None)
    return value


def _is_picture(node: Node) -> bool:
    return "Image" in types(node) or ("Link" not in types(node) and words(node.get("mediaType")).startswith("image/"))


def _as_schema(value: Any, depth: int) -> Any:
    """A place with the keywords of JSON-LD, for which ActivityStreams has `type` and `id`."""
    if isinstance(value, list):
        return [_as_schema(one, depth + 1) for one in value[:50]] if depth < _DEEPEST else []
    if not isinstance(value, Mapping):
        return value
    if depth >= _DEEPEST:
        return {}
    plain = {key: _as_schema(one, depth + 1) for key, one in value.items()}
    return {**plain, "@type": sorted(types(value))}
