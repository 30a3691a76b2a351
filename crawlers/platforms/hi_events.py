"""Hi.Events: tickets of meetups and concerts, hosted or on a server of one's own.

The page of an organiser asks `/api/public/organizers/ID/events` for its events, by page: in UTC, with the zone of each.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, members
from crawlers.platforms.adapter.paging import ByLink

__all__ = ["PLATFORM"]


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    for event in each(answer, "data"):
        online = members(event.get("settings")).get("is_online_event")
        number, slug = event.get("id"), event.get("slug")
        yield {
            **event,
            "page": f"/event/{number}/{slug or ''}" if number else None,
            "takes_part": "online" if online is True else None,
        }


PLATFORM = Platform(
    name="hi-events",
    title="Hi.Events",
    marks=Marks(
        address=(
            r"^https?://[^/]+/api/public/organizers/(?P<organizer>\d{1,9})/events\b",
            r"^https?://(?:[\w-]+\.)?hi\.events/events/(?P<organizer>\d{1,9})/",
        ),
        page=(
            r"content=\"(?P<site>https?://[^\"/<>]{1,200})/events/(?P<organizer>\d{1,9})/[\w-]{0,200}\"",
            r"href=\"(?P<site>https?://[^\"/<>]{1,200})/events/(?P<organizer>\d{1,9})/[\w-]{0,200}\"",
        ),
        every_page=r"\bhi\.events\b|\bhievents\b",
    ),
    ways=(
        Way(
            reader="json",
            url="{site}/api/public/organizers/{organizer}/events",
            entries=_events,
            fields=fields(
                name="title",
                uid="id",
                start_date="start_date",
                end_date="end_date",
                time_zone="timezone",
                url="page",
                description="description",
                organizer="organizer.name",
                venue="settings.location_details.venue_name",
                address="settings.location_details.address_line_1",
                city="settings.location_details.city",
                region="settings.location_details.state_or_region",
                postal_code="settings.location_details.zip_or_postal_code",
                country="settings.location_details.country",
                online="takes_part",
                status="status",
                currency="currency",
            ),
            paging=ByLink(("links.next", "next_page_url")),
        ),
    ),
    evidence="the names that src/cronquiles/aggregators/hievents.py of shellaquiles/cron-quiles reads; the case here "
    "is made in that shape, its paging (Laravel's links) is unverified",
)
