"""RECURRENCE-ID with RANGE=THISANDFUTURE (RFC 5545, sections 3.2.13 and 3.8.4.4): what changes the rest of a series.

An Observation overrides one date. So a series that such an override changes is divided there, as Google Calendar does
it: the old series ends before that date, and the rest is a series of its own, with a UID made of the old one and the
date that it begins at. Other overrides, EXDATEs and RDATEs go with the part that they belong to.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from crawlers.readers import Reading
from crawlers.readers.calendars.divided_rules import MOST_WALKED, Part, divided
from crawlers.readers.fallback_uid import bounded
from hobnob.moments import Moment, zone_info
from hobnob.observations import Observation, Skipped

__all__ = ["MOST_CHANGES", "has_ranges", "settled"]

MOST_CHANGES = 50
"""Such overrides of one file that are followed; series with more stay as they are."""

_RANGE = "RANGE=THISANDFUTURE"
#: What an override that does not mention it has in common with its series; where it is, it says wholly or not at all.
_INHERITED = (
    *("description", "url", "organizer", "performer", "attendee", "offers", "is_accessible_for_free", "keywords"),
    *("image", "in_language", "vtimezone"),
)
_WHERE = ("location", "virtual_location", "event_attendance_mode")


def has_ranges(data: bytes) -> bool:
    """Whether a calendar's bytes (unfolded) may hold such an override; then no event of it may be passed over as known,
    because one component can mean something else when another one changes."""
    return b"THISANDFUTURE" in data or b"thisandfuture" in data


def settled(readings: Iterable[Reading]) -> Iterator[Reading]:
    """The same readings with each series divided where an override changes the rest of it, in whatever order they come.

    An override without its series stays one, unless it has a rule of its own. What cannot be divided stays as it is,
    and Skipped says so.
    """
    held = list(readings)
    uids = {one.uid for one in held if isinstance(one, Observation) and _is_range(one)}
    members: dict[str, list[Observation]] = {uid: [] for uid in uids}
    for one in held:
        if isinstance(one, Observation) and one.uid in uids:
            members[one.uid].append(one)
    left = MOST_CHANGES
    for one in held:
        if not isinstance(one, Observation) or one.uid not in uids:
            yield one
        elif one is members[one.uid][0]:
            changes = sum(map(_is_range, members[one.uid]))
            left -= changes
            yield from _divided(members[one.uid], changes if left < 0 else 0)


def _is_range(one: Observation) -> bool:
    return one.recurrence_id is not None and one.raw.get("recurrence_id") == _RANGE


def _divided(members: list[Observation], too_many: int) -> Iterator[Reading]:
    """All that is said under one UID; no component of it is known by its own key. Undivided if they are `too_many`."""
    members = [replace(one, component=None) for one in members]
    master = next((one for one in members if one.recurrence_id is None), None)
    ranges = [one for one in members if _is_range(one)]
    if master is None:
        yield from _without_master(members)
        return
    if not master.rrule and not master.rdate:
        yield from members
        return
    try:
        if too_many:
            raise ValueError(f"the file has more than {MOST_CHANGES} such changes")
        yield from list(_Series(master).divided(ranges, [one for one in members if one not in ranges]))
    except (ValueError, OverflowError) as error:
        yield from members
        reason = f"{_RANGE} of {master.name!r} changes one date only, its series cannot be divided: {error}"
        yield Skipped(reason=reason, source=master.source, source_url=master.source_url)


def _without_master(members: list[Observation]) -> Iterator[Observation]:
    """Lotus Notes writes a series as one such override with its dates: it is the series then."""
    uid: str | None = members[0].uid
    for one in members:
        if _is_range(one) and (one.rrule or one.rdate) and one.recurrence_id:
            yield _own_series(one, one, uid or _uid(one, one.recurrence_id.wall))
            uid = None
        else:
            yield one


@dataclass(slots=True)
class _Series:
    """A series on the clocks of its start."""

    master: Observation

    def wall(self, moment: Moment) -> dt.datetime:
        """A moment on these clocks. Raises ValueError when it is on other ones that nobody knows."""
        start = self.master.start_date
        if moment.is_date or start.is_date:
            return dt.datetime.combine(moment.date, start.time or dt.time())
        if start.zone is None or moment.zone in (None, start.zone):
            return moment.wall
        if zone_info(start.zone) is None:
            raise ValueError(f"{moment} is not on the clocks of {start.zone}")
        return moment.in_zone(start.zone).wall

    def divided(self, ranges: list[Observation], others: list[Observation]) -> Iterator[Reading]:
        """The part before the first range, if there is one, then a part for each range."""
        master = self.master
        changes = {self.wall(one.recurrence_id): one for one in ranges if one.recurrence_id}
        cuts = sorted(changes)
        singles = [one for one in others if one is not master]
        if cuts[0] > master.start_date.wall:
            yield from self._before(cuts[0], singles)
        for cut, end in zip(cuts, [*cuts[1:], None], strict=True):
            yield from self._rest(changes[cut], cut, end, singles)

    def _before(self, cut: dt.datetime, singles: list[Observation]) -> Iterator[Observation]:
        master, start = self.master, self.master.start_date
        parts = divided(master.rrule, start, start.wall, cut, start)
        rdate = tuple(one for one in master.rdate if self.wall(one) < cut)
        exdate = tuple(one for one in master.exdate if self.wall(one) < cut)
        yield replace(master, rrule=parts.rules, rdate=rdate, exdate=exdate)
        yield from (one for one in singles if one.recurrence_id and self.wall(one.recurrence_id) < cut)

    def _rest(
        self, change: Observation, cut: dt.datetime, end: dt.datetime | None, singles: list[Observation]
    ) -> Iterator[Reading]:
        """What an override makes of the dates from `cut` to before `end`."""
        master, start = self.master, change.start_date
        by = start.wall - cut

        def moved(moment: Moment) -> Moment:
            if moment.is_date and not start.is_date:
                return Moment(moment.date + dt.timedelta(days=by.days))
            wall = self.wall(moment) + by
            return Moment(wall.date(), None if start.is_date else wall.time(), start.zone)

        def here(moments: tuple[Moment, ...]) -> tuple[Moment, ...]:
            return tuple(moved(one) for one in moments if cut <= self.wall(one) and (not end or self.wall(one) < end))

        own = Part(change.rrule, ()) if change.rrule else None
        part = own or divided(master.rrule, master.start_date, cut, end, start)
        series = replace(
            _own_series(change, master, master.uid if cut <= master.start_date.wall else _uid(master, cut)),
            rrule=part.rules,
            rdate=tuple(dict.fromkeys((*here(master.rdate), *part.dates))),
            exdate=here(master.exdate),
        )
        yield series
        if part.is_cut:
            reason = f"{series.name!r} from {start} on: only the next dates were taken, at most {MOST_WALKED}"
            yield Skipped(reason=reason, source=series.source, source_url=series.source_url)
        for one in singles:
            if one.recurrence_id and here((one.recurrence_id,)):
                yield replace(one, uid=series.uid, recurrence_id=moved(one.recurrence_id))


def _uid(master: Observation, cut: dt.datetime) -> str:
    return bounded(f"{master.uid}_R{cut:%Y%m%dT%H%M%S}")


def _own_series(change: Observation, master: Observation, uid: str) -> Observation:
    """An override as a series of its own: what it leaves unsaid, it has in common with the one that it was part of."""
    silent = not any(getattr(change, name) for name in _WHERE)
    names = (*_INHERITED, *_WHERE) if silent else _INHERITED
    unsaid = {name: getattr(master, name) for name in names if getattr(change, name) in (None, ())}
    raw = {name: value for name, value in change.raw.items() if name != "recurrence_id"}
    return replace(
        change,
        **unsaid,
        uid=uid,
        end_date=change.end_date or _as_long(change.start_date, master),
        recurrence_id=None,
        component=None,
        raw=raw if uid == master.uid else raw | {"uid": master.uid},
    )


def _as_long(start: Moment, master: Observation) -> Moment | None:
    """When what begins at `start` ends, if it lasts as long as the series did."""
    if master.end_date is None or master.start_date.is_date != start.is_date:
        return None
    wall = start.wall + (master.end_date.wall - master.start_date.wall)
    return Moment(wall.date(), None if start.is_date else wall.time(), start.zone)
