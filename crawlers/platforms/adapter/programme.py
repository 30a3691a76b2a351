"""Programmes of conferences: for one who looks for meetings the conference is the event, and its talks are not.

A programme of three days holds some hundred talks. Read one by one they would hide everything else that happens in that
week, and one cannot go to one of them alone. So what says something of its conference gives that one event
(`conference`), and what lists sessions only is made into one (`as_one`). Whoever wants the sessions declares the
address of the calendar with its reader and no platform.
"""

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from crawlers.platforms.adapter import fields
from crawlers.readers import Context, Reader, Reading
from crawlers.readers.fallback_uid import digest
from crawlers.readers.faults import skipped
from crawlers.readers.lists.json_entries import list_of
from crawlers.readers.plain_text import line
from hobnob.moments import Moment
from hobnob.observations import Observation, Skipped, Status

__all__ = ["CONFERENCE", "as_one", "conference"]

CONFERENCE = fields(
    name="title",
    uid="acronym",
    start_date="start",
    end_date="end",
    time_zone="zone",
    url="url",
    description="subtitle",
    venue="venue",
    city="city",
    keywords="tracks",
)
"""Where the fields of an event stand in the entry that `conference` makes."""

_FARTHEST_APART = dt.timedelta(days=14)
_END_OF_NIGHT = dt.time(6)


def conference(schedule: Mapping[str, Any]) -> dict[str, Any]:
    """The entry of the conference whose programme this is: a `schedule` of frab, pretalx and their relatives, in JSON
    or in XML (github.com/voc/schedule). One that does not say its days has those of its programme. Its tracks are its
    keywords."""
    found = _only(schedule["conference"])
    days = sorted(day for one in _days(schedule, found) if (day := _text(one, "date")))
    start, end = _text(found, "start"), _text(found, "end")
    tracks = [_text(track, "name") for track in list_of(found.get("tracks")) if isinstance(track, Mapping)]
    base = _text(found, "url") or _text(schedule, "url") or _text(schedule, "base_url") or _text(found, "base_url")
    return {
        "title": _text(found, "title"),
        "acronym": _text(found, "acronym"),
        "subtitle": _text(found, "subtitle"),
        "start": start or (days[0] if days else ""),
        "end": end or (days[-1] if days else ""),
        "zone": _text(found, "time_zone_name") or _text(schedule, "time_zone_name"),
        "venue": _text(found, "venue"),
        "city": _text(found, "city"),
        "url": base,
        "tracks": list(dict.fromkeys(filter(None, tracks))),
    }


def _days(schedule: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for one in (*list_of(found.get("days")), *list_of(schedule.get("day"))):
        if isinstance(one, Mapping):
            yield one


def _only(value: Any) -> Mapping[str, Any]:
    first = next(iter(list_of(value)), None)
    return first if isinstance(first, Mapping) else {}


def _text(holder: Mapping[str, Any], name: str) -> str:
    """The text of a key in JSON, of an element or attribute in XML; of one in several languages the first."""
    value = next(iter(list_of(holder.get(name, holder.get(f"@{name}")))), None)
    if isinstance(value, Mapping):
        value = value.get("#text") or value.get("en") or next(iter(value.values()), None)
    return line(value)


def as_one(read: Reader, title: str) -> Reader:
    """What `read` reads as sessions, as the one event called `title` that they are the programme of.

    It is from the day of the first session to that of the last; sessions that are weeks away from the others, as
    leftovers of another year are, do not count.
    """
    return lambda data, context: _one(read(data, context), title, context)


def _one(readings: Iterable[Reading], title: str, context: Context) -> Iterator[Reading]:
    sessions: list[Observation] = []
    unread = 0
    for one in readings:
        if isinstance(one, Observation):
            sessions.append(one)
        elif isinstance(one, Skipped):
            unread += 1
    if not sessions:
        yield skipped(f"a programme without times: of {unread} sessions none says when it is", context)
        return
    group = max(_groups(sessions, context), key=len)
    taking_place = [one for one in group if one.event_status is not Status.CANCELLED]
    days = [day for one in taking_place or group for day in _between(one, context)]
    first, last = min(days), max(days)
    places = {one.location for one in group}
    hosts = {_site(one.url) for one in group}
    yield Observation(
        source=context.source,
        uid=digest("programme", context.url.partition("?")[0]),
        name=title,
        start_date=Moment(first),
        end_date=Moment(last) if last > first else None,
        url=hosts.pop() if len(hosts) == 1 else None,
        event_status=None if taking_place else Status.CANCELLED,
        location=places.pop() if len(places) == 1 else None,
        in_language=group[0].in_language if len({one.in_language for one in group}) == 1 else None,
        source_url=context.url,
        fetched_at=context.now,
        reader=group[0].reader,
    )
    if left := len(sessions) - len(group):
        yield skipped(f"sessions that are weeks away from the others: {left}", context)


def _groups(sessions: list[Observation], context: Context) -> Iterator[list[Observation]]:
    """The sessions, divided where two weeks lie between one and the next."""
    ordered = sorted(sessions, key=lambda one: _between(one, context)[0])
    group = ordered[:1]
    for one, following in itertools.pairwise(ordered):
        if _between(following, context)[0] - _between(one, context)[0] > _FARTHEST_APART:
            yield group
            group = []
        group.append(following)
    yield group


def _between(session: Observation, context: Context) -> tuple[dt.date, dt.date]:
    """Its first and its last day, on the clocks of the source; a night belongs to the day before."""
    start, end = _local(session.start_date, context), _local(session.end_date or session.start_date, context)
    last = end.date
    if end.time is not None and end.time <= _END_OF_NIGHT and last > start.date:
        last -= dt.timedelta(days=1)
    return start.date, max(start.date, last)


def _local(moment: Moment, context: Context) -> Moment:
    """An instant on the clocks of the source, where they are known; what has a zone of its own stays there."""
    return moment.in_zone(context.time_zone) if context.time_zone and moment.zone == "UTC" else moment


def _site(url: str | None) -> str | None:
    scheme, found, rest = (url or "").partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/" if found else None
