"""Luma: calendars of startups, technology, climate and journalism, also on domains of their own.

The page of a calendar names its id ("cal-..."); by that, what Luma's own pages ask for gives the coming events by
cursor, and a calendar file the same without prices and hosts. In the file, the address of an event is only told in the
description, and the location is that address again where the place is for guests only.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, members
from crawlers.platforms.adapter.paging import ByCursor
from crawlers.readers.web_address import web
from hobnob.observations import Observation

__all__ = ["PLATFORM"]

_HOST = r"(?:[\w-]+\.)?(?:lu\.ma|luma\.com)"
_CALENDAR = r"(?P<calendar>cal-[A-Za-z0-9]{8,40})"
_OPENING = re.compile(r"\s*(?:Get up-to-date information at|Find more information on|More info):?\s*(https?://\S+)\s*")
_PAGE = re.compile(rf"https?://{_HOST}/", re.IGNORECASE)
_ON_THE_PAGE = re.compile(r"(?:check|see) (?:the )?event page", re.IGNORECASE)


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    """The events with their calendar, hosts and tickets; of a place that guests are told alone, the town stays."""
    for entry in each(answer, "entries"):
        event, ticket = members(entry.get("event")), members(entry.get("ticket_info"))
        place = members(event.get("geo_address_info")) or members(event.get("geo_address_json"))
        yield {
            **entry,
            **event,
            "link": f"https://luma.com/{slug}" if (slug := event.get("url")) and ":" not in str(slug) else slug,
            "place": place,
            "point": members(event.get("coordinate")),
            "takes_part": _takes_part(event.get("location_type")),
            "price": _price(members(ticket.get("price"))),
        }


def _takes_part(location_type: Any) -> str | None:
    """Other than "offline", its values are ways to meet online: "zoom", "meet", "online", "twitch" ..."""
    if location_type in (None, "", "unknown", "missing", "register_to_see"):
        return None
    return "in person" if location_type == "offline" else "online"


def _price(price: dict[str, Any]) -> str | None:
    cents, currency = price.get("cents"), price.get("currency")
    if not isinstance(cents, int) or isinstance(cents, bool) or not isinstance(currency, str):
        return None
    return f"{cents / 100:.2f} {currency.upper()}" if 0 <= cents < 10**9 else None


def _mended(event: Observation) -> Observation:
    """With the address that the description opens with, and without a place or a call that is only the event's page."""
    description, place = event.description, event.location
    if opening := _OPENING.match(description or ""):
        description = (description or "")[opening.end() :] or None
        event = replace(event, description=description, url=event.url or web(opening[1].rstrip(".,;)]")))
    if event.virtual_location and _PAGE.match(event.virtual_location):
        event = replace(event, url=event.url or event.virtual_location, virtual_location=None)
    if place and place.text and _ON_THE_PAGE.match(place.text):
        point = place.latitude is not None
        event = replace(event, location=replace(place, name=None, text=None) if point else None)
    return event


PLATFORM = Platform(
    name="luma",
    title="Luma",
    marks=Marks(
        address=(
            rf"^(?:https?|webcal)://{_HOST}/(?:[^\s#]{{0,500}}[/=])?{_CALENDAR}",
            rf"^https?://{_HOST}/",
        ),
        page=(
            rf"luma://calendar/{_CALENDAR}",
            rf"\b(?:lu\.ma|luma\.com)/(?:embed/)?calendar/{_CALENDAR}",
            rf"\"kind\":\s?\"calendar\"[^<]{{0,300}}?\"{_CALENDAR}\"",
            rf"\"calendar_api_id\":\s?\"{_CALENDAR}\"",
        ),
        prodid=(r"\bLuma\b", r"\blu\.ma\b"),
    ),
    ways=(
        Way(
            reader="json",
            url="https://api2.luma.com/calendar/get-items?calendar_api_id={calendar}&period=future&pagination_limit=50",
            entries=_events,
            fields=fields(
                name="name",
                uid="event.api_id",
                start_date="start_at",
                end_date="end_at",
                time_zone="timezone",
                url="link",
                organizer="hosts.*.name",
                location="place.full_address",
                city="place.city",
                region="place.region",
                country="place.country",
                latitude="point.latitude",
                longitude="point.longitude",
                online="takes_part",
                keywords="tags.*.name",
                price="price",
                free="ticket_info.is_free",
                image="cover_url",
            ),
            paging=ByCursor("pagination_cursor", at="next_cursor", more="has_more"),
            note="what Luma's own pages ask for: it may change without notice, and has no descriptions",
        ),
        Way(
            reader="ics",
            url="https://api2.luma.com/ics/get?entity=calendar&id={calendar}",
            mend=_mended,
            note="without prices; the place of some events is for guests only",
        ),
    ),
    evidence="a real answer of get-items in hackgvl/hackgreenville-com "
    "app-modules/event-importer/tests/fixtures/luma/response.json; how the calendar file opens its descriptions in "
    "judell/community-calendar scrapers/luma.py; the cases here are made in these shapes",
)
