"""When an entry says that its event is.

The RSS event module (purl.org/rss/1.0/modules/event: startdate, enddate; W3C-DTF), xCal elements in RSS and RFC 6321
(dtstart, dtend), GData (gd:when startTime, endTime), and the elements of known producers:
Trumba (x-trumba:localstart), BiblioCommons (bc:start_date, bc:start_date_local), Sidearm Sports (s:localstartdate),
CivicPlus (calendarEvent:EventDates, EventTimes), LibCal (libcal:date, start, end), Modern Events Calendar
(mec:startDate, startHour), LiveWhale (pubDate beside livewhale:ends), schema.org's startDate. An element called start
date says the start date in any namespace: real feeds use those of the event module under many wrong addresses.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from crawlers.readers import Context
from crawlers.readers.durations import last_day
from crawlers.readers.feeds.entry import Entry, content_of
from crawlers.readers.feeds.names import bare, prefix_of
from crawlers.readers.feeds.written_times import When, clocks, in_figures, in_words, is_clock, placed
from crawlers.readers.plain_text import line
from hobnob.moments import Moment, zone_info

__all__ = ["Unreadable", "stated"]

_MOST_DATES = 1000
_START_DATES = (
    "startdate",
    "startdatetime",
    "startdateutc",
    "dtstart",
    "eventstart",
    "eventstartdate",
    "eventstartdatetime",
    "eventstarttime",
    "eventdate",
    "eventdates",
    "begindate",
    "datestart",
    "datetimestart",
    "startson",
    "startsat",
    "starts",
    "start",
    "starttime",
    "date",
    "begin",
)
_END_DATES = (
    "enddate",
    "enddatetime",
    "enddateutc",
    "dtend",
    "eventend",
    "eventenddate",
    "eventenddatetime",
    "eventendtime",
    "dateend",
    "datetimeend",
    "endson",
    "endsat",
    "ends",
    "end",
    "endtime",
    "finish",
)
_LOCAL_STARTS = ("localstart", "localstartdate", "startdatelocal", "localstarttime", "startlocal")
_LOCAL_ENDS = ("localend", "localenddate", "enddatelocal", "localendtime", "endlocal")
_START_CLOCKS = ("starttime", "starthour", "start", "eventtimes", "eventtime", "time", "eventstarttime")
_END_CLOCKS = ("endtime", "endhour", "end", "eventendtime")
_ALL_DAY = ("cdoalldayevent", "alldayevent", "allday", "isallday")
_ROLES = {
    "start": _START_DATES,
    "end": _END_DATES,
    "local_start": _LOCAL_STARTS,
    "local_end": _LOCAL_ENDS,
    "start_clock": _START_CLOCKS,
    "end_clock": _END_CLOCKS,
    "all_day": _ALL_DAY,
}
# These speak of the entry, or of what it carries.
_NOT_OF_EVENTS = {
    "dc",
    "dcterms",
    "media",
    "itunes",
    "podcast",
    "psc",
    "prism",
    "thr",
    "gd",
    "sy",
    "app",
    "wfw",
    "slash",
}
_CALENDARS = re.compile(r"cal|ev|sched")
_VAGUE = {"date", "begin"}
# Of these, a range ends before its end where whole days are meant (RFC 5545, section 3.6.1).
_EXCLUSIVE = {"xcal", "x-trumba", "gd"}
_YES = {"1", "true", "yes"}


class Unreadable(Exception):
    """The entry states a start that is no time; the argument is what it says."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What elements of one role say: the prefix and text of each, the best first."""

    texts: tuple[tuple[str, str], ...]
    context: Context

    def when(self) -> tuple[When | None, str]:
        """The first that is a time, and the prefix of its element."""
        for read in (_figures, in_words):
            for prefix, text in self.texts:
                if found := read(text, self.context):
                    return found, prefix
        return None, ""

    def clocks(self) -> list[dt.time]:
        return next(filter(None, (clocks(text) for _, text in self.texts)), [])

    def yes(self) -> bool:
        return any(text.lower() in _YES for _, text in self.texts)

    def unread(self) -> str:
        """What the best says, if it is not a mere time of day, or the zeros of an empty field."""
        return next((text for _, text in self.texts[:1] if not is_clock(text) and text.strip("0-/:. T")), "")


def stated(entry: Entry, context: Context) -> When | None:
    """When the event of `entry` is; None if it states no event. Raises Unreadable if it states one at no time."""
    if whens := entry.named.get("gd:when"):
        return _google(whens, context)
    roles = _by_role(entry)
    if "livewhale:ends" in entry.named or entry.text("livewhale:type") == "events":
        roles["start"] = [(0, "livewhale", entry.text("pubdate"))]
        roles["end"] = [(0, "livewhale", entry.text("livewhale:ends"))]
    if not roles:
        return None
    said = {role: _Said(_texts(roles.get(role, [])), context) for role in _ROLES}
    when = _read(said, context)
    zone = entry.text("livewhale:timezone")
    if when and zone and zone_info(zone):
        when = When(when.start.in_zone(zone), when.end and when.end.in_zone(zone), guessed=when.guessed)
    return when


@lru_cache(maxsize=4096)
def _roles(name: str) -> tuple[tuple[str, int], ...]:
    """What an element of this name can say about the time of an event, and how little it is to be preferred."""
    prefix, word = prefix_of(name), bare(name)
    if prefix in _NOT_OF_EVENTS or (word in _VAGUE and not _CALENDARS.search(prefix)):
        return ()
    return tuple((role, words.index(word)) for role, words in _ROLES.items() if word in words)


def _by_role(entry: Entry) -> dict[str, list[tuple[int, str, str]]]:
    """(rank, prefix, text) of the elements that say something about time."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    for name, elements in entry.named.items():
        for role, rank in _roles(name):
            found.setdefault(role, []).append((rank, prefix_of(name), line(content_of(elements[0]))))
    return found if "start" in found or "local_start" in found else {}


def _texts(found: list[tuple[int, str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((prefix, text) for _, prefix, text in sorted(found, key=itemgetter(0)) if text)


def _read(said: Mapping[str, _Said], context: Context) -> When | None:
    start, prefix = said["start"].when()
    local, _ = said["local_start"].when()
    when = start or local
    if when is None:
        if text := said["start"].unread() or said["local_start"].unread():
            raise Unreadable(text)
        return None
    end, _ = said["end"].when()
    local_end, _ = said["local_end"].when()
    first = placed(when.start, local.start, context) if local else when.start
    last = end.start if end else local_end.start if local_end else when.end
    if last and local_end:
        last = placed(last, local_end.start, context)
    elif last and local and first.zone and last.zone:
        last = last.in_zone(first.zone)
    if first.is_date:
        first, last = _at_clocks(first, last, said, context)
    elif said["all_day"].yes() or (first.time == dt.time() and last and last.time == dt.time(23, 59)):
        midnight = last is not None and last.time == dt.time() and last.date > first.date
        first, last = Moment(first.date), last and Moment(last.date - dt.timedelta(days=midnight))
    elif last and last.is_date and last.date == first.date:
        last = None
    if prefix in _EXCLUSIVE and start and start.start.is_date and first.is_date:
        last = last_day(first, last) if last and last.is_date else last
    if first.is_date and last:
        last = Moment(last.date)
    return When(first, last, guessed=when.guessed, unread_end="" if last else said["end"].unread())


def _figures(text: str, context: Context) -> When | None:
    found = in_figures(text, context)
    return When(found) if found else None


def _at_clocks(
    first: Moment, last: Moment | None, said: Mapping[str, _Said], context: Context
) -> tuple[Moment, Moment | None]:
    """A day with the times that other elements give: "19:00" and "21:00", or "7:00 PM - 9:00 PM" in one."""
    times = [*said["start_clock"].clocks(), *said["end_clock"].clocks()][:2]
    if not times or (times[0] == dt.time() and times[-1] >= dt.time(23, 59)):
        return first, last
    start = Moment(first.date, times[0], context.time_zone)
    day = last.date if last else first.date
    if len(times) < 2:
        return start, Moment(day) if day != first.date else None
    if day == first.date and times[1] < times[0]:
        day += dt.timedelta(days=1)
    return start, Moment(day, times[1], context.time_zone)


def _google(whens: Sequence[Any], context: Context) -> When | None:
    """GData: a gd:when for each time that the event takes place."""
    times: dict[Moment, Moment | None] = {}
    unread = ""
    for when in whens[:_MOST_DATES]:
        start = in_figures(line(when.get("startTime")), context)
        end = in_figures(line(when.get("endTime")), context)
        if start is None:
            unread = unread or line(when.get("startTime"))
        else:
            times[start] = last_day(start, end) if start.is_date and end and end.is_date else end
    if not times:
        if unread:
            raise Unreadable(unread)
        return None
    first = min(times, key=Moment.utc)
    return When(first, times.pop(first), more=tuple(sorted(times, key=Moment.utc)))
