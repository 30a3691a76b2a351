"""Action Network: unions, campaigns and neighbourhood groups.

https://actionnetwork.org/docs/v2/events: the events of the group whose key is used, by page. Times are those of the
place, although they end in "Z", and name no zone.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Key, Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, first_text
from crawlers.platforms.adapter.paging import ByLink

__all__ = ["PLATFORM"]

_EVENTS = '_embedded["osdi:events"]'


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    """Those that are not hidden, with their times as they are meant: without the "Z"."""
    for event in each(answer, _EVENTS):
        if event.get("action_network:hidden") is not True:
            yield {
                **event,
                "starts": str(event.get("start_date") or "").removesuffix("Z"),
                "ends": str(event.get("end_date") or "").removesuffix("Z"),
                "number": first_text(event, "identifiers[0]"),
            }


PLATFORM = Platform(
    name="action-network",
    title="Action Network",
    marks=Marks(
        address=(
            r"^https?://(?:www\.)?actionnetwork\.org/(?:api/v2/events|events|event_campaigns|groups)\b",
            r"^https?://(?:www\.)?actionnetwork\.org/widgets/[\w-]+/(?:event|event_campaign|group)/",
        ),
    ),
    ways=(
        Way(
            reader="json",
            url="https://actionnetwork.org/api/v2/events",
            entries=_events,
            fields=fields(
                name="title",
                uid="number",
                start_date="starts",
                end_date="ends",
                url="browser_url",
                description="description",
                organizer='["action_network:sponsor"].title',
                venue="location.venue",
                address="location.address_lines[0]",
                city="location.locality",
                region="location.region",
                postal_code="location.postal_code",
                country="location.country",
                latitude="location.location.latitude",
                longitude="location.location.longitude",
                status="status",
                image="featured_image_url",
                updated="modified_date",
            ),
            paging=ByLink("_links.next.href"),
            key=Key(host="actionnetwork.org", get_one_at="https://actionnetwork.org/docs/", header="OSDI-API-Token"),
            note="the events of the group whose key it is; times without a zone: say that of the source",
        ),
    ),
    evidence="the names and the paging that several public programs read; the case here is made in that shape",
)
