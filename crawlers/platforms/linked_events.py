"""Linked Events: events of Helsinki, Espoo, Turku and other Finnish towns, of their culture, sports and libraries.

`/v1/event/`, schema.org in JSON with texts by language, places and keywords included or by `@id`, the next page in
`meta`. Instants are UTC; what has only a day is a day in Finland. A recurring event is listed beside each of its times:
it is left out. https://dev.hel.fi/apis/linkedevents
"""

import re
from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, elements, first_text, in_language, members
from crawlers.platforms.adapter.paging import ByLink

__all__ = ["PLATFORM"]

_LANGUAGES = ("fi", "sv", "en")
_ONLINE_PLACE = re.compile(r":internet/?\Z")


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    for event in each(answer, "data"):
        if event.get("super_event_type") == "recurring" or event.get("deleted") is True:
            continue
        place, offers = members(event.get("location")), elements(event.get("offers"))
        place_id = first_text(place, "id", '["@id"]')
        is_online = bool(_ONLINE_PLACE.search(place_id)) or event.get("internet_based") is True
        yield {
            **event,
            "title": _said(event.get("name")),
            "text": [_said(event.get("description")) or _said(event.get("short_description"))],
            "page": _said(event.get("info_url")) or first_text(event, '["@id"]'),
            "status": first_text(event, "event_status").removeprefix("Event"),
            "venue": "" if is_online else _said(place.get("name")),
            "land": "" if is_online else "FI",
            "street": _said(place.get("street_address")),
            "town": _said(place.get("address_locality")),
            "where": _said(event.get("location_extra_info")),
            "place": place,
            "online": "online" if is_online else None,
            "words": [_said(members(one).get("name")) for one in elements(event.get("keywords"))],
            "by": _said(event.get("provider")),
            "cost": next((text for one in offers if (text := _said(members(one).get("price")))), ""),
            "free": next((free for one in offers if (free := members(one).get("is_free")) is not None), None),
            "language": _language(event),
        }


def _said(value: Any) -> str:
    return in_language(value, *_LANGUAGES)


def _language(event: dict[str, Any]) -> str:
    """Of an event in one language that; the language is the end of its `@id`."""
    ids = [first_text(one, '["@id"]') for one in elements(event.get("in_language"))]
    return ids[0].rstrip("/").rpartition("/")[2] if len(ids) == 1 else ""


PLATFORM = Platform(
    name="linked-events",
    title="Linked Events",
    marks=Marks(
        address=(
            r"^(?P<api>https?://(?:[^/?#]*linkedevents[^/?#]*(?:/[\w-]+){0,2}|[^/?#]+/linkedevents(?:-\w+)?)/v1)(?:[/?#]|$)",
        ),
        page=(r"(?P<api>https?://(?:[\w.-]{0,60}/linkedevents|linkedevents[\w.-]{1,60})/v1)/",),
    ),
    ways=(
        Way(
            reader="json",
            url="{api}/event/?start=today&include=location,keywords&sort=start_time&page_size=100",
            entries=_events,
            fields=fields(
                name="title",
                uid="id",
                start_date="start_time",
                end_date="end_time",
                url="page",
                description="text",
                organizer="by",
                location="where",
                venue="venue",
                address="street",
                city="town",
                postal_code="place.postal_code",
                latitude="place.position.coordinates[1]",
                longitude="place.position.coordinates[0]",
                online="online",
                status="status",
                keywords="words",
                price="cost",
                free="free",
                image="images[0].url",
                language="language",
                updated="last_modified_time",
                time_zone={"value": "Europe/Helsinki"},
                country="land",
            ),
            paging=ByLink("meta.next"),
        ),
    ),
    evidence="a real event of api.turku.fi that public code quotes in a comment, and the tests of Linked Events; the "
    "case here is made in their shape",
)
