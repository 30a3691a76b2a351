"""OpenACalendar: community calendars, of which Open Tech Calendar was the best known.

Its API has the coming events of the site, or of a group, an area, a venue or a tag, as `/api1/.../events.json`: local
and absolute times with the zone of the event, and whether it is called off.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each

__all__ = ["PLATFORM"]

_LIST = r"/api1/(?P<list>(?:(?:group|area|venue|tag|country|curatedlist)/[\w%-]{1,100}/)?events)\.(?:json|ical|ics|csv)"
_TAKING_PART = {(True, True): "hybrid", (False, True): "online", (True, False): "in person"}


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    for event in each(answer, "data"):
        called_off = event.get("cancelled") is True or event.get("deleted") is True
        yield {
            **event,
            "status": "cancelled" if called_off else None,
            "takes_part": _TAKING_PART.get((event.get("is_physical") is True, event.get("is_virtual") is True)),
        }


PLATFORM = Platform(
    name="openacalendar",
    title="OpenACalendar",
    marks=Marks(
        address=(rf"^(?:https?|webcal)://[^/]+{_LIST}\b",),
        page=(rf"href=\"(?:https?://[^\"/<>]+)?{_LIST}\"",),
        prodid=(r"//OpenACalendar//",),
    ),
    ways=(
        Way(
            reader="json",
            url="{site}/api1/{list}.json",
            entries=_events,
            fields=fields(
                name="summaryDisplay",
                uid="slug",
                start_date="start.timestamp",
                end_date="end.timestamp",
                time_zone="timezone",
                url="siteurl",
                description="description",
                organizer="groups.*.title",
                venue="venue.title",
                address="venue.address",
                city="areas[0].title",
                postal_code="venue.addresscode",
                country="country.title",
                latitude="venue.lat",
                longitude="venue.lng",
                online="takes_part",
                status="status",
                image="medias[0].picture.fullURL",
            ),
            otherwise={"list": "events"},
        ),
        Way(
            reader="ics",
            url="{site}/api1/{list}.ical",
            otherwise={"list": "events"},
            note="in UTC; what is called off has lost its description",
        ),
    ),
    evidence="what core/php/api1exportbuilders/EventListJSONBuilder.php of OpenACalendar/OpenACalendar-Web-Core "
    "writes; the case here is made in its shape",
)
