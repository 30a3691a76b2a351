"""CampusLabs Engage (Anthology): events of student organisations.

The list that its own pages load, by offset, `/engage/api/discovery/event/search`, on the platform's host or on the
university's own; an iCalendar beside it. Instants are UTC. Links and pictures are made of ids.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, elements, first_text
from crawlers.platforms.adapter.paging import ByOffset

__all__ = ["PLATFORM"]

_PICTURES = "https://se-images.campuslabs.com/clink/images/"


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    for event in each(answer, "value"):
        name, picture = first_text(event, "id"), first_text(event, "imagePath")
        yield {
            **event,
            "link": f"../../../event/{name}" if name else "",
            "picture": picture if "://" in picture or not picture else _PICTURES + picture,
            "words": [one for kind in ("categoryNames", "benefitNames") for one in elements(event.get(kind))],
        }


def _ways(root: str) -> tuple[Way, ...]:
    return (
        Way(
            reader="json",
            url=f"{{{root}}}/api/discovery/event/search?endsAfter={{today}}T00:00:00Z&orderByField=endsOn"
            "&orderByDirection=ascending&status=Approved&take=100&skip=0",
            entries=_events,
            fields=fields(
                name="name",
                uid="id",
                start_date="startsOn",
                end_date="endsOn",
                url="link",
                description="description",
                organizer="organizationName",
                location="location",
                latitude="latitude",
                longitude="longitude",
                status="status",
                keywords="words",
                image="picture",
            ),
            paging=ByOffset("skip", 100, total='["@odata.count"]', size_in="take"),
        ),
        Way(reader="ics", url=f"{{{root}}}/events.ics"),
    )


PLATFORM = Platform(
    name="campuslabs",
    title="CampusLabs Engage (Anthology)",
    marks=Marks(
        address=(
            r"^(?P<root>https?://[\w-]+\.campuslabs\.com/engage)\b",
            r"^(?P<root>https?://[^?#]+)/api/discovery/event/search\b",
        ),
        page=(
            r"\bhref=[\"'](?P<root>https?://[\w-]{1,60}\.campuslabs\.com/engage)/?(?:events/?)?[\"'?#]",
            r"\b(?:se-images|static)\.campuslabs(?:engage)?\.com/",
        ),
    ),
    ways=(*_ways("root"), *_ways("site")),
    evidence="a real answer in prestomation/206events sources/uw_huskylink/sample-data.json; the case here is made in "
    "its shape",
)
