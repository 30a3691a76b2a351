"""Calagator: community calendars such as that of Portland's technologists.

`/events.json` has all coming events with their places, and times with their offset; `/events.ics` the same as a
calendar, with the place in one line.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each

__all__ = ["PLATFORM"]


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    """The events that are no copies of others, with the address of their page where they have no other."""
    for event in each(answer):
        if not event.get("duplicate_of_id"):
            number = event.get("id")
            yield {**event, "page": event.get("url") or (f"/events/{number}" if number else None)}


PLATFORM = Platform(
    name="calagator",
    title="Calagator",
    marks=Marks(
        address=(r"^(?:https?|webcal)://(?:www\.)?calagator\.org/",),
        page=(r"href=\"https?://github\.com/calagator/calagator\b",),
        prodid=(r"//Calagator//",),
    ),
    ways=(
        Way(
            reader="json",
            url="{site}/events.json",
            entries=_events,
            fields=fields(
                name="title",
                uid="id",
                start_date="start_time",
                end_date="end_time",
                url="page",
                description="description",
                venue="venue.title",
                address="venue.street_address",
                city="venue.locality",
                region="venue.region",
                postal_code="venue.postal_code",
                country="venue.country",
                latitude="venue.latitude",
                longitude="venue.longitude",
                updated="updated_at",
            ),
        ),
        Way(reader="ics", url="{site}/events.ics"),
    ),
    evidence="the columns of events and venues and events_controller.rb of calagator/calagator; the case here is made "
    "in their shape",
)
