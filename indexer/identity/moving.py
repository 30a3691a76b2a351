"""Whether an event is at another time or in another place than it was."""

import re
from collections.abc import Collection

from hobnob.distance import kilometres
from hobnob.events import Event
from hobnob.moments import UTC, zone_info
from hobnob.observations import Attendance, Place, Status
from hobnob.recurrence import parse
from hobnob.recurrence_starts import starts
from indexer.identity.essence import SAME_PLACE_KM, plain

__all__ = ["is_moved"]

_WORDS = re.compile(r"\w+")


def is_moved(before: Event, after: Event, changed: Collection[str]) -> bool:
    """Whether it starts at another time, is somewhere else, or can only be attended the other way: online, in person.

    `changed` are the fields that differ. What a source says that has only now become one of its sources, or what one
    said that is none of them any more, moves nothing: the event is told of in other words.
    """
    if "status" in changed and after.status is Status.MOVED_ONLINE:
        return True
    told = {
        name
        for name in ("start_date", "attendance", "place")
        if name in changed and _is_comparable(before, after, name)
    }
    if "start_date" in told and _is_rescheduled(before, after):
        return True
    if "attendance" in told and _is_the_other_way(before, after):
        return True
    return "place" in told and _is_relocated(before.place, after.place)


def _is_comparable(before: Event, after: Event, name: str) -> bool:
    """Whether the source of this field before is still one of its sources, and the source now was one of them."""
    one, other = before.origins.get(name), after.origins.get(name)
    if one is None or other is None or one == other:
        return True
    return all(
        origin in {source.source for source in event.sources} for origin, event in ((other, before), (one, after))
    )


def _is_the_other_way(before: Event, after: Event) -> bool:
    """From a place that was known to none but online, or back; an attendance that is only better known is the same."""
    if after.attendance is Attendance.ONLINE:
        return before.attendance is Attendance.OFFLINE and before.place is not None
    ways = before.attendance, after.attendance
    return ways == (Attendance.ONLINE, Attendance.OFFLINE) and after.place is not None


def _is_rescheduled(before: Event, after: Event) -> bool:
    """Whether it starts at another time. A time that becomes known, or is written in another zone, is the same; so is
    a series that is told from one of its later times on."""
    old, new = before.start_date, after.start_date
    if old.is_date or new.is_date:
        moved = old.date != new.date
    elif all(moment.zone and zone_info(moment.zone) for moment in (old, new)):
        moved = old.utc() != new.utc()
    else:
        moved = old.wall != new.wall
    return moved and not _is_later_time(before, after)


def _is_later_time(before: Event, after: Event) -> bool:
    if not (before.recurs and after.recurs):
        return False
    if after.start_date in before.rdate:
        return True
    start, wanted = before.start_date, after.start_date.wall
    zone = (zone_info(start.zone) if start.zone else None) or UTC
    for text in before.rrule:
        try:
            rule = parse(text, zone, start.is_date)
            if any(starts(rule, start.wall, low=wanted, high=wanted, around=wanted)):
                return True
        except (ValueError, OverflowError):
            continue
    return False


def _is_relocated(before: Place | None, after: Place | None) -> bool:
    """Whether it is somewhere else; a place that becomes known, or better known, is the same.

    Points decide, unless they are the very same: then both may be the middle of the town, and words do.
    """
    if before is None or after is None:
        return False
    if None not in (before.latitude, before.longitude, after.latitude, after.longitude):
        here, there = (before.latitude or 0.0, before.longitude or 0.0), (after.latitude or 0.0, after.longitude or 0.0)
        if here != there:
            return kilometres(*here, *there) > SAME_PLACE_KM
    elif _is_other_town(before, after):
        return True
    if before.street_address and after.street_address:
        return not _reads_alike(before.street_address, after.street_address)
    pairs = ((before.name, after.name), (before.text, after.text))
    return any(old and new and not _reads_alike(old, new) for old, new in pairs)


def _is_other_town(before: Place, after: Place) -> bool:
    if before.geonames_id and after.geonames_id:
        return before.geonames_id != after.geonames_id
    old, new = before.address_locality, after.address_locality
    return bool(old and new and plain(old).casefold() != plain(new).casefold())


def _reads_alike(one: str, other: str) -> bool:
    """Whether all words of the shorter are in the longer, written out or cut short: "Hauptstr. 5", "Hauptstraße 5"."""
    few, many = sorted(
        ([*dict.fromkeys(_WORDS.findall(plain(text).casefold()))][:50] for text in (one, other)), key=len
    )
    return all(any(_is_short_for(word, other) for other in many) for word in few)


def _is_short_for(one: str, other: str) -> bool:
    if one == other:
        return True
    if one[0].isdigit() or other[0].isdigit():
        return False
    return one.startswith(other) or other.startswith(one)
