"""The Events Calendar: the WordPress plugin of nonprofits, museums, towns, trade bodies and many others.

REST: https://docs.theeventscalendar.com/rest-api/. `ends_after` keeps what is going on already; versions that do not
know it give what begins from yesterday on. A site without events may answer 404. A site whose zone is set as "UTC+0" or
not at all has local times all the same: they are left without a zone. In a plain list the status is only in the title.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, first_text
from crawlers.platforms.adapter.paging import ByLink
from crawlers.readers.lists import paths

__all__ = ["PLATFORM"]


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    """The events, each with all of its keywords, and how one takes part where the add-on for that says it."""
    for event in each(answer, "events"):
        is_online = first_text(event, "is_virtual") == "true"
        kind = first_text(event, "virtual_event_type")
        words = [word for path in ("categories.name", "tags.name") for word in paths.texts(event, path)]
        online = kind if kind == "hybrid" else first_text(event, "virtual_url") or "online"
        yield {**event, "words": words, "online": online if is_online else None}


PLATFORM = Platform(
    name="tribe",
    title="The Events Calendar (WordPress)",
    marks=Marks(
        address=(
            r"^(?P<site>https?://[^?#]+?)/wp-json/tribe/events/v1",
            r"^(?P<site>https?://[^/?#]+)(?:/[^?#]*)?\?(?:[^#]*&)?(?:post_type=tribe_events|eventDisplay=|tribe-bar-|tribe_)",
        ),
        page=(
            r"(?P<site>https?://[^\s\"'<>\\:/]{1,100}(?::\d{1,5})?(?:/[^\s\"'<>\\:]{1,100}?)?)/wp-json/tribe/events/v1",
            r"/plugins/the-events-calendar(?:-pro)?/",
            r"\bname=[\"']tec-api-version",
            r"\bclass=[\"'][^\"']{0,300}\btribe-events-(?:view|pg-template|single)\b",
        ),
        header=(r"x-tec-api-root: *(?P<site>https?://\S{1,200}?)/wp-json/", r"x-tec-api-(?:version|origin):"),
        prodid=(r"\bECPv\d",),
    ),
    ways=(
        Way(
            reader="json",
            url="{site}/wp-json/tribe/events/v1/events?per_page=50&ends_after={today-1d}",
            entries=_events,
            fields=fields(
                name="title",
                uid="id",
                start_date="start_date",
                end_date="end_date",
                time_zone={"at": "timezone", "match": "^[A-Za-z_]+/.+"},
                all_day="all_day",
                url="url",
                description="description",
                status={"at": "json_ld.eventStatus", "match": "Event(\\w+)$"},
                organizer="organizer.organizer",
                venue="venue.venue",
                address="venue.address",
                city="venue.city",
                region="venue.stateprovince",
                postal_code="venue.zip",
                country="venue.country",
                latitude="venue.geo_lat",
                longitude="venue.geo_lng",
                online="online",
                keywords="words",
                price="cost",
                currency="cost_details.currency_code",
                image="image.url",
                updated="modified_utc",
            ),
            paging=ByLink("next_rest_url"),
        ),
        Way(
            reader="ics",
            url="{site}/?post_type=tribe_events&ical=1&eventDisplay=list",
            note="the next 30 events, unless the site allows more",
        ),
    ),
    evidence="real answers in prestomation/206events sources/columbia_city_gallery, downtown_seattle_association, "
    "fantagraphics, seattle_barkery and the_missing_piece; the case of the interface is made in their "
    "shape, that of the calendar is a real one of City-Bureau/city-scrapers",
)
