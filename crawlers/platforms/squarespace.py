"""Squarespace: shops, arts venues, small nonprofits; the site builder's collections of events.

`?format=json` behind the address of a page of events. A list has `upcoming` and `past` (where some sites have what is
still to come), a calendar the `items` of a month; the next page of a list goes back in time, that of a calendar on.
Times are milliseconds of UTC, on the clocks of `website.timeZone`. Where no place is given, the coordinates are those
of Squarespace's office in New York.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import first_text, joined, members
from crawlers.readers import Context
from crawlers.readers.lists import paths
from crawlers.readers.plain_text import line
from crawlers.readers.web_address import absolute

__all__ = ["PLATFORM"]

_LISTS = ("upcoming", "items", "past")
_AHEAD = dt.timedelta(days=400)
_MONTH = "%B-%Y"
_OF_EVENTS = ("events", "events-stacked")


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    """The events of all lists, once each. Raises ValueError when the page is no collection of events.

    An entry without a day is one that cannot be read in a collection of events, and a post in any other.
    """
    held: dict[str, dict[str, Any]] = {}
    of_events = first_text(answer, "collection.typeName") in _OF_EVENTS
    for one in _items(answer):
        if of_events or _start(one):
            held.setdefault(first_text(one, "id", "fullUrl"), one)
    if not held and not of_events:
        raise ValueError("the page is no collection of events")
    zone = first_text(answer, "website.timeZone")
    for item in held.values():
        place = members(item.get("location"))
        address = joined(*(line(place.get(name)) for name in ("addressLine1", "addressLine2")))
        is_known = bool(address or line(place.get("addressTitle")))
        yield {
            **item,
            "zone": zone,
            "start": _start(item),
            "end": first_text(item, "endDate", "structuredContent.endDate"),
            "picture": _picture(item),
            "text": first_text(item, "body", "excerpt"),
            "words": [word for path in ("categories", "tags") for word in paths.texts(item, path)],
            "place": {**place, "address": address} if is_known else {},
        }


def _items(answer: Any) -> list[dict[str, Any]]:
    return [one for name in _LISTS for one in paths.at(answer, f"{name}.*") if isinstance(one, dict)]


def _start(item: dict[str, Any]) -> str:
    return first_text(item, "startDate", "structuredContent.startDate")


def _picture(item: dict[str, Any]) -> str | None:
    """The address of its picture; where there is none, that of the folder for one."""
    address = first_text(item, "assetUrl")
    return None if address.endswith("/") else address


class _Onward:
    """The next page: of a list as long as there is anything to come on it, of a calendar for a year."""

    def next_url(self, url: str, document: Any, count: int, context: Context) -> str | None:
        link = absolute(first_text(document, "pagination.nextPageUrl"), url)
        if link is None:
            return None
        parts = urlsplit(link)
        query = dict(parse_qsl(parts.query)) | {"format": "json"}
        month = query.get("month")
        goes_on = _is_near(month, context.now) if month else self._is_to_come(document, context.now)
        return parts._replace(query=urlencode(query)).geturl() if goes_on else None

    def _is_to_come(self, document: Any, now: dt.datetime) -> bool:
        starts = [start for one in _items(document) if (start := _start(one)).isdecimal() and len(start) < 16]
        return any(int(start) > now.timestamp() * 1000 for start in starts)


def _is_near(month: str, now: dt.datetime) -> bool:
    try:
        first = dt.datetime.strptime(month, _MONTH).replace(tzinfo=now.tzinfo)
    except ValueError:
        return False
    return now - dt.timedelta(days=31) < first < now + _AHEAD


PLATFORM = Platform(
    name="squarespace",
    title="Squarespace",
    marks=Marks(
        address=(
            r"^https?://(?!(?:www|support|forum|account|login|developers?|assets|static\d*)\.)[\w-]+\.squarespace\.com/",
            r"^https?://[^?#]+\?(?:[^#]*&)?format=json(?:-pretty)?(?:[&#]|$)",
        ),
        page=(r"<!-- This is Squarespace\. -->", r"\bStatic\.SQUARESPACE_CONTEXT\b"),
    ),
    ways=(
        Way(
            reader="json",
            url="{page}?format=json",
            entries=_events,
            fields=fields(
                name="title",
                uid="id",
                start_date="start",
                end_date="end",
                time_zone="zone",
                url="fullUrl",
                description="text",
                venue="place.addressTitle",
                address="place.address",
                country="place.addressCountry",
                latitude="place.mapLat",
                longitude="place.mapLng",
                keywords="words",
                image="picture",
            ),
            paging=_Onward(),
            note="only of a page that is a collection of events, not of a home page that shows some of them",
        ),
    ),
    evidence="a real calendar in prestomation/206events sources/duwamish_tribe/sample-data.json and a real list in "
    "geeksforsocialchange/PlaceCal spec/fixtures/vcr_cassettes/Squarespace_calendar.yml; the cases here are made in "
    "their shape",
)
