"""GrowthZone, formerly ChamberMaster: chambers of commerce, bar associations, builders and realtors.

On a host of its own (business.example.org), `/api/events` is XML with local times; its pages have microdata. Rows that
are not approved are repetitions made ahead of time, or drafts. The point on the map is often only that of the town, and
persons to contact are not ours to pass on.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import first_text
from crawlers.readers.lists import paths
from crawlers.readers.plain_text import line, prose
from hobnob.observations import Observation

__all__ = ["PLATFORM"]

_SOURCE = re.compile(r"\?sourceTypeId=\w+$")
_SHOWN = ("", "approved", "active", "published")


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    """The events that are shown, each with the address of its page."""
    if not isinstance(answer, dict) or not ("EventDisplay" in answer or not _elements(answer)):
        raise KeyError("EventDisplay")
    for event in paths.at(answer, "EventDisplay.*"):
        status = first_text(event, "Status").strip().lower()
        if status not in _SHOWN and "cancel" not in status:
            continue
        slug, number = first_text(event, "Slug").strip(), first_text(event, "EventID").strip()
        page = slug if not number or slug.endswith(number) else f"{slug}-{number}"
        street = first_text(event, "MapAddr1")
        # Whole days end at midnight of the last one, not of the day after.
        to = 10 if first_text(event, "IsAllDayEvent").lower() == "true" else None
        yield {
            **event,
            "start": first_text(event, "StartDate")[:to],
            "end": first_text(event, "EndDate")[:to],
            "page": f"/events/details/{page}" if slug else None,
            "place": ", ".join(filter(None, (prose(first_text(event, "LocationDesc")) or "").split("\n"))),
            "town": first_text(event, "MapCity") if street else None,
            "cost": line(first_text(event, "AdmissionDesc")),
        }


def _elements(answer: dict[str, Any]) -> bool:
    return any(isinstance(value, list) for value in answer.values())


def _described(event: Observation) -> Observation:
    """On a page of many events, what an event is `about` is the beginning of its description; and its address names
    the place of the link to it."""
    url = _SOURCE.sub("", event.url or "") or None
    uid = _SOURCE.sub("", event.uid)
    text = event.description or ", ".join(event.keywords) or None
    return replace(event, url=url, uid=uid, description=text, keywords=())


_SITE = r"(?P<site>https?://(?:business|members?|chambermaster|web|cm|community|chamber)\.[\w.-]{3,100})"

PLATFORM = Platform(
    name="growthzone",
    title="GrowthZone (ChamberMaster)",
    marks=Marks(
        address=(
            r"^(?P<site>https?://(?!www\.)[^/?#]+\.(?:growthzoneapp|chambermaster)\.com)/",
            rf"^{_SITE}/api/events(?:[?#]|$)",
            r"^(?P<site>https?://[^/?#]+)/events/details/[\w%-]+-\d+(?:[/?#]|$)(?=.*(?:sourceTypeId|calendarMonth)=)",
        ),
        page=(
            rf"[\"']{_SITE}/(?:events|calendar|list|member|directory)\b",
            r"[\"'](?P<site>https?://[\w-]{1,60}\.(?:growthzoneapp|chambermaster)\.com)/(?:events|calendar)\b",
            r"growthzoneapp\.com|chambermaster\.com|micronetonline\.com|/public/js/mmp/|[\"' ]gz-(?:events|event-card)",
        ),
        every_page=r"growthzone|chambermaster|micronetonline|/public/js/mmp/|[\"' ]gz-(?:events|event-card)",
        prodid=(r"//ChamberMaster//",),
    ),
    ways=(
        Way(
            reader="xml",
            url="{site}/api/events",
            entries=_events,
            fields=fields(
                name="Name",
                uid="EventID",
                start_date="start",
                end_date="end",
                url="page",
                description="Description",
                location="place",
                address="MapAddr1",
                city="town",
                status="Status",
                price="cost",
            ),
            note="times without a zone",
        ),
        Way(
            reader="html",
            url="{site}/events",
            mend=_described,
            date_order="mdy",
            note="times without a zone, and descriptions that are cut off",
        ),
    ),
    evidence="a real page in prestomation/206events sources/fremont_chamber_of_commerce; the XML here is made after "
    "public programs that read the real one",
)
