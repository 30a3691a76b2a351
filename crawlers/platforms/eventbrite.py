"""Eventbrite: ticketed and free events of every trade.

https://www.eventbrite.com/platform/api: with any user's own key, the events of any organiser, by page. Without a key,
the page of the organiser links to those of its events (about a dozen), each of which states it for programs.
A series stands in the list as its parent, which has no dates; its events are at an address of their own.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Key, Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, members
from crawlers.platforms.adapter.paging import ByPage

__all__ = ["PLATFORM"]

_API = "https://www.eventbriteapi.com/v3"
_EXPAND = "expand=venue,organizer,category,ticket_availability"
_ORGANIZER = r"(?P<domain>eventbrite\.(?:com?\.)?[a-z]{2,3})\\?/o\\?/(?:[\w%.~-]*-)?(?P<organizer>\d{6,15})\b"


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    """The events that have dates; that one is called off stands in the state of its sale, while it is still "live"."""
    for event in each(answer, "events"):
        if event.get("is_series_parent"):
            continue
        sale = members(event.get("event_sales_status")).get("message_code")
        yield {**event, "status": f"{event.get('status')} {sale}".replace("_", " ")}


def _series(answer: Any) -> Iterator[str]:
    for event in each(answer, "events"):
        if event.get("is_series_parent") and str(event.get("id")).isdecimal():
            yield f"{_API}/series/{event['id']}/events/?{_EXPAND}"


PLATFORM = Platform(
    name="eventbrite",
    title="Eventbrite",
    marks=Marks(
        address=(
            rf"^https?://(?:www\.)?{_ORGANIZER}",
            r"^https?://(?:[\w-]+\.)?eventbrite\.(?:com?\.)?[a-z]{2,3}/",
            r"^https?://www\.eventbriteapi\.com/v3/organizers/(?P<organizer>\d{6,15})\b",
        ),
        page=(_ORGANIZER,),
    ),
    ways=(
        Way(
            reader="json",
            url=f"{_API}/organizers/{{organizer}}/events/?status=live&order_by=start_asc&{_EXPAND}",
            entries=_events,
            also=_series,
            fields=fields(
                name="name.text",
                uid="id",
                start_date="start.local",
                end_date="end.local",
                time_zone="start.timezone",
                url="url",
                description="description.text",
                organizer="organizer.name",
                venue="venue.name",
                address="venue.address.address_1",
                city="venue.address.city",
                region="venue.address.region",
                postal_code="venue.address.postal_code",
                country="venue.address.country",
                latitude="venue.latitude",
                longitude="venue.longitude",
                online="online_event",
                status="status",
                keywords="category.name",
                price="ticket_availability.minimum_ticket_price.major_value",
                currency="currency",
                free="is_free",
                image="logo.original.url",
                language="locale",
                updated="changed",
            ),
            paging=ByPage("page", total="pagination.page_count"),
            key=Key(
                host="www.eventbriteapi.com",
                get_one_at="https://www.eventbrite.com/platform/api-keys",
                header="Authorization",
                prefix="Bearer ",
            ),
        ),
        Way(
            reader="html",
            url="https://www.{domain}/o/{organizer}",
            otherwise={"domain": "eventbrite.com"},
            follow_depth=1,
            follow=r"/e/[^/?#]+-\d{6,}",
            note="about a dozen events: those that the page of the organiser shows",
        ),
    ),
    evidence="real answers of the API in hackgvl/hackgreenville-com "
    "app-modules/event-importer/tests/fixtures/eventbrite/cancelled-event.json and in ElixirTeSS/TeSS "
    "test/fixtures/files/ingestion/eventbrite; a list of two pages and the page of an organiser in "
    "geeksforsocialchange/PlaceCal spec/fixtures/vcr_cassettes/Eventbrite_calendar.yml; the cases here are made in "
    "these shapes",
)
