"""A calendar of one event from the lines of its properties, and what is read of it."""

import datetime as dt

from crawlers.readers import Context, reader
from hobnob.observations import Observation, Skipped

__all__ = ["CONTEXT", "START", "event", "read"]

CONTEXT = Context(
    now=dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc),
    source="s",
    url="https://example.org/",
    time_zone="Asia/Tokyo",
)
START = "DTSTART:20270301T190000Z"


def read(*lines: str, calendar: tuple[str, ...] = ("VERSION:2.0",)) -> list[Observation | Skipped]:
    text = "\r\n".join(["BEGIN:VCALENDAR", *calendar, "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""])
    found = list(reader("ics")(text.encode(), CONTEXT))
    return [one for one in found if isinstance(one, (Observation, Skipped))]


def event(*lines: str, calendar: tuple[str, ...] = ("VERSION:2.0",)) -> Observation:
    (found,) = read(*lines, calendar=calendar)
    assert isinstance(found, Observation)
    return found
