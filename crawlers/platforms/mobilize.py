"""Mobilize: civic, volunteers' and political events in the United States.

The page of an organisation holds its coming events for its own scripts, up to 25 of them, each with all its times.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, members

__all__ = ["PLATFORM"]

_NO_ORGANISATIONS = "about|api|blog|dashboard|events?|faq|help|login|map|privacy|signup|static|terms"
_ADDRESS = rf"^https?://(?:www\.)?mobilize\.us/(?!(?:{_NO_ORGANISATIONS})(?:[/?#]|$))(?P<organization>[\w-]{{2,100}})(?:[/?#]|$)"


def _times(page: Any) -> Iterator[dict[str, Any]]:
    """An entry for each time of each event."""
    for event in each(page, "data.events"):
        slug, number = members(event.get("organization")).get("slug"), event.get("id")
        times = event.get("times")
        for time in map(members, times if isinstance(times, list) else [{}]):
            yield {
                **event,
                "time": time,
                "page": f"/{slug}/event/{number}/" if slug and number else None,
                "takes_part": "online" if event.get("is_virtual") is True else None,
            }


PLATFORM = Platform(
    name="mobilize",
    title="Mobilize",
    marks=Marks(address=(_ADDRESS,), page=(r"\b__MLZ_EMBEDDED_DATA__\s?=",)),
    ways=(
        Way(
            reader="json",
            url="https://www.mobilize.us/{organization}/",
            script=r"\b__MLZ_EMBEDDED_DATA__\s?=",
            entries=_times,
            fields=fields(
                name="name",
                uid="id",
                start_date="time.start",
                end_date="time.end",
                time_zone="timezone",
                url="page",
                description="description",
                organizer="organization.name",
                location="location_one_line",
                venue="location_name",
                address="address_line1",
                city="city",
                region="state",
                postal_code="zipcode",
                online="takes_part",
                image="image_url",
            ),
            note="up to 25 events; what the page holds for its own scripts may change without notice",
        ),
    ),
    evidence="the names that scrapers/mobilize.py of judell/community-calendar reads from pages of organisations; the "
    "case here is made in that shape",
)
