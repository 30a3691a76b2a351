"""Gancio: calendars of grassroots culture, one for a town, on servers of their own that know of each other.

https://gancio.org/dev/api: `/api/events` has the coming events of the server itself, each occurrence of a recurring
one apart; those that came from other servers it leaves out. Instants are seconds since 1970: the zone is that of the
town, which the answer does not name. A place called "online" is none.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, members

__all__ = ["PLATFORM"]


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    """The events with the addresses that stand for their slug and their picture."""
    for event in each(answer):
        place, media, calls = members(event.get("place")), event.get("media"), event.get("online_locations")
        online = str(place.get("name") or "").strip().casefold() == "online"
        picture = members(media[0]).get("url") if isinstance(media, list) and media else None
        yield {
            **event,
            "place": {} if online else place,
            "online": (str(calls[0]) if isinstance(calls, list) and calls else "online") if online else None,
            "link": f"/event/{slug}" if (slug := event.get("slug") or event.get("id")) else None,
            "picture": f"/media/{picture}" if isinstance(picture, str) else None,
        }


PLATFORM = Platform(
    name="gancio",
    title="Gancio",
    marks=Marks(
        address=(
            r"^https?://[^/]+/api/events\?(?:[^#]{0,500}&)?show_(?:recurrent|multidate)=",
            r"^(?:https?|webcal)://[^/]+/feed/ics(?:[?#]|$)",
        ),
        page=(
            r"<script\b[^<>]*\bsrc=\"(?P<site>https?://[^\"/<>]+)?/gancio-events\.es\.js\"",
            r"\binstance_timezone:\"(?P<time_zone>[A-Za-z_]{2,20}/[A-Za-z_/+-]{2,40})\"",
        ),
        software=("gancio",),
    ),
    ways=(
        Way(
            reader="json",
            url="{site}/api/events?show_recurrent=true&show_multidate=true",
            entries=_events,
            fields=fields(
                name="title",
                uid="id",
                start_date="start_datetime",
                end_date="end_datetime",
                url="link",
                description="description",
                venue="place.name",
                address="place.address",
                latitude="place.latitude",
                longitude="place.longitude",
                online="online",
                keywords="tags",
                image="picture",
                updated="updatedAt",
            ),
            note="without events that other servers sent; instants, to which the site's home page names the zone",
        ),
        Way(reader="ics", url="{site}/feed/ics", note="in UTC, without recurring events and cancellations"),
    ),
    evidence="a real answer of /api/events in a test of a public bot (gancio-eventos-lhc.fly.dev), and "
    "server/api/controller/event.js of lesion/gancio; the case here is made in their shape",
)
