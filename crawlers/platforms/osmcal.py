"""OSMCal: the calendar of OpenStreetMap's communities, all over the world.

https://osmcal.org/documentation/api: all coming events in one list; whoever asks says what program it is.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, members

__all__ = ["PLATFORM"]


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    """The events; one of whole days has its last day as its end, at midnight."""
    for event in each(answer):
        date = members(event.get("date"))
        days = 10 if date.get("whole_day") is True else None
        yield {**event, "start": str(date.get("start") or "")[:days], "end": str(date.get("end") or "")[:days]}


PLATFORM = Platform(
    name="osmcal",
    title="OSMCal",
    marks=Marks(address=(r"^(?:https?|webcal)://osmcal\.org/",), prodid=(r"^-//OSM Calendar",)),
    ways=(
        Way(
            reader="json",
            url="https://osmcal.org/api/v2/events/",
            headers={"Client-App": "hobnob"},
            entries=_events,
            fields=fields(
                name="name",
                uid="url",
                start_date="start",
                end_date="end",
                url="url",
                location="location.detailed",
                venue="location.venue",
                longitude="location.coords[0]",
                latitude="location.coords[1]",
                status="cancelled",
            ),
        ),
    ),
    evidence="what osmcal/api/serializers.py of thomersch/openstreetmap-calendar writes (its calendar files swap "
    "latitude and longitude, so they are no way); the case here is made in that shape",
)
