"""The clocks of one event: what its dates mean there, how long it lasts, and its occurrences as instants."""

import datetime as dt
from collections.abc import Iterable

from hobnob.events import Event, Occurrence, Override
from hobnob.moments import UTC, Moment, zone_info
from hobnob.observations import Status
from indexer.occurrences.zones import custom_zone

__all__ = ["Clock", "moved"]

_DAY = dt.timedelta(days=1)
_ZERO = dt.timedelta()
_MIDNIGHT = dt.time()
_LAST = dt.datetime.combine(dt.date.max, dt.time(23, 59, 59))


class Clock:
    """Reads an event's moments as naive wall times of its own zone, and makes occurrences of them.

    The zone is that of the start: an IANA one, or the event's own VTIMEZONE; for dates and floating times that of the
    place; UTC when nothing says more. `duration` is exact; `more_days` is set where the end is a date, inclusive.
    An end before the start is taken as missing.
    """

    def __init__(self, event: Event) -> None:
        self.event = event
        self.first = event.start_date
        self.whole_days = self.first.is_date
        self.zone = self._own_zone()
        self.start = self.first.wall
        self.duration = _ZERO
        self.more_days = _ZERO if self.whole_days else None
        self.end_zone = self.first.zone
        if event.end_date is not None:
            self._set_end(event.end_date)

    def _own_zone(self) -> dt.tzinfo:
        event, zone = self.event, None
        if self.first.zone:
            zone = self._named(self.first.zone)
        if zone is None and event.place and event.place.time_zone:
            zone = zone_info(event.place.time_zone)
        if zone is None and event.vtimezone and self.whole_days:
            zone = custom_zone(event.vtimezone, "")
        return zone or UTC

    def _named(self, name: str) -> dt.tzinfo | None:
        return zone_info(name) or (custom_zone(self.event.vtimezone, name) if self.event.vtimezone else None)

    def _set_end(self, end: Moment) -> None:
        if self.whole_days or end.is_date:
            days = end.date - self.first.date
            if days >= _ZERO:
                self.more_days, self.duration = days, days
            return
        duration = self.instant(end) - self.utc(self.start)
        if duration >= _ZERO:
            self.duration, self.end_zone = duration, end.zone

    def utc(self, wall: dt.datetime) -> dt.datetime:
        """The instant of a wall time here."""
        try:
            return wall.replace(tzinfo=self.zone).astimezone(UTC)
        except OverflowError:
            return wall.replace(tzinfo=UTC)

    def local(self, instant: dt.datetime) -> dt.datetime:
        """The wall time here of an aware instant."""
        try:
            return instant.astimezone(self.zone).replace(tzinfo=None)
        except OverflowError:
            return instant.replace(tzinfo=None)

    def instant(self, moment: Moment) -> dt.datetime:
        """The instant of any moment of this event, in whichever zone it is written."""
        return moment.utc(self._zone_of(moment.zone))

    def _zone_of(self, name: str | None) -> dt.tzinfo:
        if name is None or name == self.first.zone:
            return self.zone
        return self._named(name) or self.zone

    def wall(self, moment: Moment) -> dt.datetime:
        """A moment on these clocks: of a date, the time of day at which the event starts; of whole days, midnight."""
        if moment.is_date:
            return dt.datetime.combine(moment.date, self.start.time())
        wall = moment.wall
        if moment.zone not in (None, self.first.zone):
            wall = self.local(self.instant(moment))
        return dt.datetime.combine(wall.date(), _MIDNIGHT) if self.whole_days else wall

    def walls_and_days(self, moments: Iterable[Moment]) -> tuple[set[dt.datetime], set[dt.date]]:
        """Those that are times as wall times here, and those that are dates."""
        walls: set[dt.datetime] = set()
        days: set[dt.date] = set()
        for moment in moments:
            if moment.is_date:
                days.add(moment.date)
            else:
                walls.add(self.wall(moment))
        return walls, days

    def occurrence(self, wall: dt.datetime, *, recurring: bool) -> Occurrence:
        """The occurrence that starts at a wall time here, of the event's length."""
        start = Moment(wall.date()) if self.whole_days else Moment(wall.date(), wall.time(), self.first.zone)
        start_utc = self.utc(wall)
        end, end_utc = self._end(start, start_utc)
        return Occurrence(
            event_id=self.event.id,
            start=start,
            end=end,
            start_utc=start_utc,
            end_utc=end_utc,
            status=self.event.status,
            recurrence_id=start if recurring else None,
        )

    def changed(self, override: Override) -> Occurrence:
        """The occurrence that an override describes; it is as long as the others unless it says how long."""
        start, end = override.start_date, override.end_date
        start_utc = self.instant(start)
        if end is None and start.is_date == self.whole_days:
            end, end_utc = self._end(start, start_utc)
        else:
            end, end_utc = self._own_end(start, end or start, start_utc)
        status = self.event.status
        if status != Status.CANCELLED and override.status != Status.SCHEDULED:
            status = override.status
        return Occurrence(
            event_id=self.event.id,
            start=start,
            end=end,
            start_utc=start_utc,
            end_utc=end_utc,
            status=status,
            recurrence_id=override.recurrence_id,
        )

    def _end(self, start: Moment, start_utc: dt.datetime) -> tuple[Moment, dt.datetime]:
        """The exact duration of the first applies to all (RFC 5545, 3.8.5.3); whole days are counted as days."""
        if self.more_days is not None:
            return self._after(moved(dt.datetime.combine(start.date, _MIDNIGHT), self.more_days))
        if not self.duration:
            return start, start_utc
        end_utc = moved(start_utc, self.duration)
        try:
            local = end_utc.astimezone(self._zone_of(self.end_zone))
        except OverflowError:
            local = end_utc
        return Moment(local.date(), local.time(), self.end_zone), end_utc

    def _own_end(self, start: Moment, end: Moment, start_utc: dt.datetime) -> tuple[Moment, dt.datetime]:
        if start.is_date or end.is_date:
            return self._after(dt.datetime.combine(max(end.date, start.date), _MIDNIGHT))
        end_utc = self.instant(end)
        return (end, end_utc) if end_utc >= start_utc else (start, start_utc)

    def _after(self, last_day: dt.datetime) -> tuple[Moment, dt.datetime]:
        return Moment(last_day.date()), self.utc(moved(last_day, _DAY))


def moved(time: dt.datetime, by: dt.timedelta) -> dt.datetime:
    """`time` + `by`, held within the years that exist."""
    try:
        return time + by
    except OverflowError:
        limit = _LAST if by > _ZERO else dt.datetime.combine(dt.date.min, _MIDNIGHT)
        return limit.replace(tzinfo=time.tzinfo)
