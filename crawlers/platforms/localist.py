"""Localist (Concept3D): calendars of universities, hospitals, state agencies and towns.

https://developer.localist.com/doc/api: `/api/2/events`, events with their instances, by page. It goes at most 370 days
ahead. An instance has an id of its own, which is also in the UID of the calendar; `free` is also true where nobody said
what it costs, so that it counts only beside a price.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, elements, joined, members
from crawlers.platforms.adapter.paging import ByPage

__all__ = ["PLATFORM"]


def _instances(answer: Any) -> Iterator[dict[str, Any]]:
    """An entry for each instance of each event; an instance is on its own day."""
    for held in each(answer, "events"):
        event = members(held.get("event"))
        once = {"id": event.get("id"), "start": event.get("first_date"), "end": event.get("last_date")}
        held_on = elements(event.get("event_instances"))
        instances = [members(one.get("event_instance")) for one in each(held_on)]
        for instance in instances or [once]:
            yield {
                **event,
                "instance": instance,
                "place": joined(event.get("room_number"), event.get("address")),
                "words": _words(event),
                "attendance": " ".join(filter(None, map(_text, (event.get("experience"), event.get("stream_url"))))),
                "free": event.get("free") if event.get("ticket_cost") else None,
            }


def _words(event: dict[str, Any]) -> list[Any]:
    """Tags, and the names of what it is filed under: kinds of event, audiences, topics. Who holds it is none of it."""
    filed = [
        one for name, found in members(event.get("filters")).items() if name != "departments" for one in elements(found)
    ]
    return [
        *elements(event.get("tags")),
        *elements(event.get("keywords")),
        *(members(one).get("name") for one in filed),
    ]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


_FIELDS = fields(
    name="title",
    uid="instance.id",
    start_date="instance.start",
    end_date="instance.end",
    all_day="instance.all_day",
    url="localist_url",
    description="description_text",
    organizer="filters.departments.*.name",
    venue="location_name",
    location="place",
    address="geo.street",
    city="geo.city",
    region="geo.state",
    postal_code="geo.zip",
    country="geo.country",
    latitude="geo.latitude",
    longitude="geo.longitude",
    online="attendance",
    status="status",
    keywords="words",
    price="ticket_cost",
    free="free",
    image="photo_url",
    updated="updated_at",
)

PLATFORM = Platform(
    name="localist",
    title="Localist (Concept3D)",
    marks=Marks(
        address=(
            r"^(?P<site>https?://[^/?#]+)/api/2(?:\.\d)?/events",
            r"^(?P<site>https?://[^/?#]+)/search/events\.(?:ics|xml|rss)\b",
            r"^(?P<site>https?://[^/?#]+)/calendar/\d{1,6}\.(?:ics|xml|rss)",
            r"^(?P<site>https?://[^/?#]+)/widget/(?:view|combo)\?[^#]*\bcontainer=localist-widget",
        ),
        page=(
            r"\b(?:localist-images\.azureedge\.net|images\.localist\.com|assets\.localist\.com)/",
            r"\bwww\.localist\.com/?[\"'?]",
            r"<meta[^<>]{1,40}content=[\"']Localist",
        ),
        prodid=(r"iCalendar-Ruby",),
    ),
    ways=(
        Way(
            reader="json",
            url="{site}/api/2/events?days=365&pp=100",
            entries=_instances,
            fields=_FIELDS,
            paging=ByPage("page", total="page.total"),
        ),
        Way(reader="ics", url="{site}/calendar.ics"),
    ),
    evidence="real answers in prestomation/206events sources/cornish/sample-data.json and osu-wams/dx-server "
    "src/api/__mocks__/events.data.ts; the case here is made in their shape",
)
