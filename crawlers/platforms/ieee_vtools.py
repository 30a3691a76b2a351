"""IEEE vTools Events: the meetings of all sections, chapters and student branches of IEEE, in every country.

https://events.vtools.ieee.org/api/doc: one list of all events, by page, in UTC with the zone of each. Meetings that
were only reported afterwards stand in it as "[Legacy Report]", often beside the event itself, and are left out.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, members
from crawlers.platforms.adapter.paging import ByPage

__all__ = ["PLATFORM"]

_SIZE = 500


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    """The attributes of each; what is an object with a name as its name."""
    for event in each(answer, "data"):
        attributes = members(event.get("attributes"))
        title = str(attributes.get("title") or "")
        if title.startswith("[Legacy Report]") or attributes.get("publish") is False:
            continue
        plain = {
            key: value.get("name", value) if isinstance(value, dict) else value for key, value in attributes.items()
        }
        number = event.get("id")
        yield {
            **plain,
            "id": number,
            "page": attributes.get("link") or f"https://events.vtools.ieee.org/m/{number}",
            "venue": ", ".join(filter(None, (_text(attributes, "building"), _text(attributes, "room-number")))),
            "country": _text(plain, "country") or _text(plain, "country-name"),
        }


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return value.strip() if isinstance(value, str) else ""


PLATFORM = Platform(
    name="ieee-vtools",
    title="IEEE vTools Events",
    marks=Marks(address=(r"^https?://(?:events|meetings)\.vtools\.ieee\.org/",)),
    ways=(
        Way(
            reader="json",
            url="https://events.vtools.ieee.org/RST/events/api/public/v8/events/list"
            f"?limit={_SIZE}&span=now~now+180.days&sort=start-time",
            entries=_events,
            fields=fields(
                name="title",
                uid="id",
                start_date="start-time",
                end_date="end-time",
                time_zone="time-zone",
                url="page",
                description="description",
                organizer="primary-host",
                performer="speakers.*.name",
                venue="venue",
                address="address1",
                city="city",
                region="state",
                postal_code="postal-code",
                country="country",
                latitude="latitude",
                longitude="longitude",
                online="location-type",
                status="cancelled",
                keywords="tags",
                updated="updated-at",
            ),
            paging=ByPage("page", size=_SIZE),
            note="all of IEEE, half a year ahead: its API gives a section's own list only to whom IEEE has set one up",
        ),
    ),
    evidence="the shape that a public program validates of real answers (data, attributes with start-time, time-zone, "
    "location-type, primary-host, cancelled, publish); the case here is made in it, the other names are unverified",
)
