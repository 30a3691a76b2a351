"""Ticketmaster: concerts, sports and theatre in North America, Europe and Australia.

https://developer.ticketmaster.com/products-and-docs/apis/discovery-api/v2: the events of a venue, with anybody's own
key; its terms limit commercial use. No more than 1,000 events of one query are shown, so it is asked month by month.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Key, Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, members
from crawlers.platforms.adapter.paging import ByDates, ByPage, Nested

__all__ = ["PLATFORM"]

_UTC = "%Y-%m-%dT00:00:00Z"


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    """The events with their venue; what is to be announced of a date or a time is none."""
    if "_embedded" not in answer:
        members(answer["page"])
        return
    for event in each(answer, "_embedded.events"):
        dates = members(event.get("dates"))
        start, end = members(dates.get("start")), members(dates.get("end"))
        venues = members(event.get("_embedded")).get("venues")
        no_day = start.get("dateTBD") is True or start.get("dateTBA") is True
        no_time = start.get("timeTBA") is True or start.get("noSpecificTime") is True
        yield {
            **event,
            "day": None if no_day else start.get("localDate"),
            "time": None if no_time else start.get("localTime"),
            "last_day": end.get("localDate"),
            "status": members(dates.get("status")).get("code"),
            "time_zone": dates.get("timezone"),
            "venue": members(venues[0]) if isinstance(venues, list) and venues else {},
        }


PLATFORM = Platform(
    name="ticketmaster",
    title="Ticketmaster",
    marks=Marks(
        address=(r"^https?://app\.ticketmaster\.com/discovery/v2/events\b[^#]{0,500}[?&]venueId=(?P<venue>\w{8,20})",),
        page=(r"\"(?:discoveryVenueId|venueId)\\?\":\s?\\?\"(?P<venue>K[A-Za-z0-9]{9,19})\\?\"",),
        every_page=r"\bticketmaster\.",
    ),
    ways=(
        Way(
            reader="json",
            url="https://app.ticketmaster.com/discovery/v2/events.json?venueId={venue}&size=200&sort=date,asc"
            "&startDateTime={today}T00:00:00Z&endDateTime={today+60d}T00:00:00Z",
            entries=_events,
            fields=fields(
                name="name",
                uid="id",
                start_date="day",
                start_time="time",
                end_date="last_day",
                time_zone="time_zone",
                url="url",
                description="info",
                organizer="promoter.name",
                performer="_embedded.attractions.*.name",
                venue="venue.name",
                address="venue.address.line1",
                city="venue.city.name",
                region="venue.state.name",
                postal_code="venue.postalCode",
                country="venue.country.countryCode",
                latitude="venue.location.latitude",
                longitude="venue.location.longitude",
                status="status",
                keywords="classifications.*.segment.name",
                price="priceRanges[0].min",
                currency="priceRanges[0].currency",
                image="images[0].url",
            ),
            paging=Nested(
                ByPage("page", total="page.totalPages", first=0),
                ByDates("startDateTime", "endDateTime", days=60, pattern=_UTC),
            ),
            key=Key(
                host="app.ticketmaster.com", get_one_at="https://developer-acct.ticketmaster.com/", parameter="apikey"
            ),
            note="no end of most events; its terms limit commercial use",
        ),
    ),
    evidence="a real answer in april9288/testproject client/src/api/response.js; the case here is made in its shape",
)
