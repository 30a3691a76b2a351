"""Localist (Concept3D): calendars of universities, hospitals, state agencies and towns.

https://developer.localist.com/doc/api: `/api/2/events`, events with their instances, by page.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.paging import ByPage

__all__ = ["PLATFORM"]


def _instances(answer: Any) -> Iterator[dict[str, Any]]:
    """An entry for each instance of each event; an instance is on its own day."""
    for held in answer["events"]:
        event = held["event"]
        for instance in event.get("event_instances") or [{}]:
            yield {**event, "instance": instance.get("event_instance", {})}


PLATFORM = Platform(
    name="localist",
    title="Localist (Concept3D)",
    marks=Marks(
        address=(r"^https?://[^/]+/api/2/events",),
        page=(r"localist[\w-]*\.(?:com|js|css)", r"content=\"Localist"),
        prodid=(r"iCalendar-Ruby",),
    ),
    ways=(
        Way(
            reader="json",
            url="{site}/api/2/events?days=365&pp=100",
            entries=_instances,
            fields=fields(
                name="title",
                uid="id",
                start_date="instance.start",
                end_date="instance.end",
                all_day="instance.all_day",
                url="localist_url",
                description="description_text",
                venue="location_name",
                address="geo.street",
                city="geo.city",
                region="geo.state",
                postal_code="geo.zip",
                country="geo.country",
                latitude="geo.latitude",
                longitude="geo.longitude",
                location="address",
                online="experience",
                status="status",
                keywords="filters.*.*.name",
                price="ticket_cost",
                free="free",
                image="photo_url",
                updated="updated_at",
            ),
            paging=ByPage("page", total="page.total"),
        ),
        Way(reader="ics", url="{site}/calendar.ics"),
    ),
    evidence=None,
)
