"""LiveWhale: calendars of universities, colleges and extension services.

`/live/json/events/...` between two days, by page, or for one group; a widget of it (lwcw.js) stands on other pages.
An event that takes place several times has one id for all of its times, so that the day is part of the UID.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, first_text
from crawlers.platforms.adapter.paging import ByPage

__all__ = ["PLATFORM"]

_WANTED = (
    "location,location_title,location_latitude,location_longitude,description,summary,tags,event_types,group_title,"
    "is_online,online_url,is_canceled,timezone,cost,thumbnail,last_modified"
)
_WINDOW = "start_date/{today}/end_date/{today+365d}/response_fields/" + _WANTED


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    """The events, in a list (as the first version of the interface gave it) or under `data`; hidden ones are not."""
    for event in each(answer, "" if isinstance(answer, list) else "data"):
        if event.get("status") != 2:
            day = first_text(event, "date_iso", "date_utc")[:10]
            yield {
                **event,
                "key": f"{first_text(event, 'id', 'url')}@{day}",
                "attendance": first_text(event, "online_url", "is_online") or None,
                "text": [event.get("description") or event.get("summary")],
                "words": [one for name in ("event_types", "tags") for one in _list(event.get(name))],
            }


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


_JSON: dict[str, Any] = {
    "reader": "json",
    "entries": _events,
    "paging": ByPage("page", total="meta.total_pages"),
    "fields": fields(
        name="title",
        uid="key",
        start_date="date_iso",
        end_date="date2_iso",
        all_day="is_all_day",
        time_zone="timezone",
        url="url",
        description="text",
        organizer="group_title",
        venue="location_title",
        location="location",
        latitude="location_latitude",
        longitude="location_longitude",
        online="attendance",
        status="is_canceled",
        keywords="words",
        price="cost",
        image="thumbnail",
        updated="last_modified",
    ),
}

PLATFORM = Platform(
    name="livewhale",
    title="LiveWhale",
    marks=Marks(
        address=(
            r"^(?P<site>https?://[^/?#]+)/live/(?:json|ical|rss|calendar|widget)/(?:v2/)?"
            r"(?:events)?(?:/group_id/(?P<group>\d{1,9}))?",
            r"^(?P<site>https?://[^/?#]+)/livewhale/theme/core/scripts/lwcw\.js",
        ),
        page=(r"[\"'/]livewhale/(?:theme|scripts|plugins|thirdparty)/", r"[\"']/live/(?:resource|ical|json|rss)/"),
    ),
    ways=(
        Way(url="{site}/live/json/events/group_id/{group}/" + _WINDOW, **_JSON),
        Way(url="{site}/live/json/events/" + _WINDOW, **_JSON),
        Way(reader="ics", url="{site}/live/ical/events/group_id/{group}"),
        Way(reader="ics", url="{site}/live/ical/events"),
    ),
    evidence=None,
)
