"""Wix Events: the site builder's events, of bars, clubs and small nonprofits.

A page that shows them has the first ones in it, for its own scripts (`wix-warmup-data`), in UTC with the zone of each.
The rest wants a visitor's token and is left to the site. How many events of Wix there are on other pages of the site a
page does not say.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import first_text, members
from crawlers.readers.lists import paths

__all__ = ["PLATFORM"]

_HIDDEN = ("1", "draft", "DRAFT")


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    """The events of all widgets of the page, once each. Raises KeyError where no widget has any."""
    lists = [one for one in paths.at(answer, "appsWarmupData.*.*.events.events") if isinstance(one, list)]
    if not lists:
        raise KeyError("appsWarmupData.*.*.events.events")
    seen: set[str] = set()
    for event in (one for listed in lists for one in listed if isinstance(one, dict)):
        number = first_text(event, "id", "slug")
        if number in seen or first_text(event, "status") in _HIDDEN:
            continue
        seen.add(number)
        config = members(members(event.get("scheduling")).get("config"))
        slug = first_text(event, "slug")
        is_open = first_text(config, "scheduleTbd") == "true"
        yield {
            **event,
            "start": None if is_open else first_text(config, "startDate"),
            "end": None if first_text(config, "endDateHidden") == "true" else first_text(config, "endDate"),
            "zone": first_text(config, "timeZoneId"),
            "page": f"/event-details/{slug}" if slug else None,
            "online": "online" if first_text(event, "location.type") in ("ONLINE", "2") else None,
            "state": "cancelled" if first_text(event, "status").upper() in ("CANCELED", "CANCELLED", "3") else None,
            "picture": first_text(event, "mainImage.url"),
        }


PLATFORM = Platform(
    name="wix",
    title="Wix Events",
    marks=Marks(
        address=(r"^https?://(?!www\.)[^/?#]+\.wixsite\.com/",),
        page=(
            r"\bid=[\"']wix-warmup-data[\"']",
            r"<meta name=[\"']generator[\"'] content=[\"']Wix\.com\b",
        ),
        every_page=r"wix-warmup-data|140603ad-af8d-84a5-2c80-a0f60cb47351",
    ),
    ways=(
        Way(
            reader="json",
            url="{page}",
            script=r"<script[^<>]{0,200}\bid=[\"']wix-warmup-data[\"'][^<>]{0,200}>",
            entries=_events,
            fields=fields(
                name="title",
                uid="id",
                start_date="start",
                end_date="end",
                time_zone="zone",
                url="page",
                description="description",
                venue="location.name",
                address="location.address",
                latitude="location.coordinates.lat",
                longitude="location.coordinates.lng",
                online="online",
                status="state",
                price={
                    "at": "registration.ticketing.lowestTicketPrice.amount",
                    "match": r"^\d+(?:\.\d+)?$",
                },
                currency="registration.ticketing.lowestTicketPrice.currency",
                image="picture",
            ),
            note="the events that the page shows at first",
        ),
    ),
    evidence="a real page in geeksforsocialchange/PlaceCal spec/fixtures/vcr_cassettes/wix_events.yml, and samples "
    "that others made of real answers, in prestomation/206events sources/sea_monster_lounge and "
    "sources/el_suenito_brewing; the case here is made in their shape",
)
