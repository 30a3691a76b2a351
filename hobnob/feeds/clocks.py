"""On which clocks an event is written: its moments as iCalendar values, and the VTIMEZONEs that they need."""

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import icalendar
from icalendar import vDate, vDatetime, vDDDLists

from hobnob.events import Event
from hobnob.feeds import vtimezone
from hobnob.moments import UTC, Moment, zone_info
from hobnob.printable import line

__all__ = ["Clocks", "Zones"]


@dataclass(slots=True)
class Zones:
    """The zones that one calendar uses: by TZID the tzinfo and the years, or the VTIMEZONE a source defined."""

    _known: dict[str, dt.tzinfo] = field(default_factory=dict)
    _years: dict[str, tuple[int, int]] = field(default_factory=dict)
    _carried: dict[str, tuple[str, str]] = field(default_factory=dict)

    def use(self, tzid: str, zone: dt.tzinfo, year: int) -> None:
        """Notes that `year` of `zone` is needed as `tzid`."""
        first, last = self._years.get(tzid, (year, year))
        self._known[tzid] = zone
        self._years[tzid] = (min(first, year), max(last, year))

    def carry(self, text: str, name: str) -> str | None:
        """The TZID of the zone called `name` that `text` defines; None when it cannot be read.

        Sources give different zones the same name, so all but the first get a number behind it.
        """
        plain = line(name.replace('"', ""))[:100] or "Zone"
        if vtimezone.carried(text, name, plain) is None:
            return None
        number, tzid = 1, plain
        while self._carried.setdefault(tzid, (text, name)) != (text, name):
            number += 1
            tzid = f"{plain} {number}"
        return tzid

    def components(self) -> list[icalendar.Timezone]:
        """The VTIMEZONEs of all that is used, by TZID."""
        found: dict[str, icalendar.Timezone] = {}
        for tzid, zone in self._known.items():
            if isinstance(zone, ZoneInfo):
                found[tzid] = vtimezone.of_zone(tzid, zone, *self._years[tzid])
            else:
                found[tzid] = vtimezone.fixed(tzid, zone.utcoffset(None) or dt.timedelta())
        for tzid, (text, name) in self._carried.items():
            if component := vtimezone.carried(text, name, tzid):
                found[tzid] = component
        return [component for _, component in sorted(found.items())]


class Clocks:
    """Writes the moments of one event.

    All that belongs to the recurrence is on the clock of the start: the IANA zone it names, its own VTIMEZONE, that of
    the place when it is floating, or none. A fixed offset becomes UTC, unless the event repeats (a rule may name
    weekdays): then it is a zone of its own.
    """

    def __init__(self, event: Event, zones: Zones) -> None:
        self._event, self._zones = event, zones
        self.start = self._placed(event.start_date)
        self.whole_days = self.start.is_date

    @property
    def zone(self) -> dt.tzinfo | None:
        """The clock of the start as tzinfo; UTC stands for one that only its source knows. None when floating."""
        if not self.start.zone:
            return None
        return zone_info(self.start.zone) or (UTC if self._tzid(self.start) else None)

    def value(self, moment: Moment) -> vDate | vDatetime:
        """`moment` in its own zone."""
        moment = self._placed(moment)
        if moment.is_date:
            day = vDate(moment.date)
            day.params["VALUE"] = "DATE"
            return day
        tzid = self._tzid(moment)
        value = vDatetime(moment.wall.replace(tzinfo=UTC) if tzid == "UTC" else moment.wall)
        if tzid and tzid != "UTC":
            value.params["TZID"] = tzid
        return value

    def like_start(self, moment: Moment) -> Moment:
        """`moment` as the start is written: a date, or a time on its clock; of a date, the start's time that day."""
        if self.whole_days:
            return Moment(moment.date)
        if moment.is_date:
            return Moment(moment.date, self.start.time, self.start.zone)
        moment = self._placed(moment)
        return moment.in_zone(self.start.zone) if self.start.zone else moment

    def listed(self, moments: list[Moment]) -> vDDDLists | None:
        """Moments like the start as the value of a RDATE or EXDATE."""
        if not moments:
            return None
        if self.whole_days:
            value = vDDDLists([moment.date for moment in moments])
            value.params["VALUE"] = "DATE"
            return value
        tzid = self._tzid(self.start)
        zone = UTC if tzid == "UTC" else None
        value = vDDDLists([moment.wall.replace(tzinfo=zone) for moment in moments])
        if tzid and tzid != "UTC":
            value.params["TZID"] = tzid
            for moment in (min(moments, key=_date), max(moments, key=_date)):
                self._tzid(moment)
        return value

    def _placed(self, moment: Moment) -> Moment:
        if moment.is_floating and self._event.place and self._event.place.time_zone:
            return moment.in_zone(self._event.place.time_zone)
        if moment.zone and not self._event.recurs and isinstance(zone_info(moment.zone), dt.timezone):
            return moment.in_zone("UTC")
        return moment

    def _tzid(self, moment: Moment) -> str | None:
        """The TZID to write, "UTC", or None for floating; notes that it is used."""
        if moment.is_date or not moment.zone:
            return None
        zone = zone_info(moment.zone)
        if zone is UTC:
            return "UTC"
        if isinstance(zone, ZoneInfo):
            self._zones.use(zone.key, zone, moment.date.year)
            return zone.key
        if zone is not None:
            tzid = f"UTC{moment.zone.replace(':', '')}"
            self._zones.use(tzid, zone, moment.date.year)
            return tzid
        return self._zones.carry(self._event.vtimezone, moment.zone) if self._event.vtimezone else None


def _date(moment: Moment) -> dt.date:
    return moment.date
