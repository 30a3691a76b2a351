"""Meetup: groups of every kind, from Python to hiking.

A group offers its coming events as a calendar, at most ten of them, some without their place. The page of its events
holds more of each for its own scripts (the state of Apollo, a cache of GraphQL objects that name each other).
A group that is gone, or private, answers a page or JSON instead of a calendar.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import members

__all__ = ["PLATFORM"]

_NO_GROUPS = (
    "about|account|apps?|blog|careers|cities|community|create|dashboard|events|find|fundraising|gql[\\w-]*|groups|help"
    "|home|how-meetup-works|join|login|lp|media|members|memberships|messages|mu_[\\w-]*|notifications|policies|privacy"
    "|pro|register|saved-events|settings|signup|start|static|terms|topics|your-events|[a-z]{2}"
)
_GROUP = rf"(?P<group>(?!(?:{_NO_GROUPS})(?:[/?#]|$))[\w%-]{{2,100}})"


def _events(page: Any) -> Iterator[dict[str, Any]]:
    """The events of the state, each with the objects that it names in their places."""
    state = page["props"]["pageProps"]["__APOLLO_STATE__"]
    for found in state.values():
        event = members(found)
        if event.get("__typename") != "Event" or not event.get("title"):
            continue
        named = {
            key: state.get(reference) if isinstance(reference := members(value).get("__ref"), str) else value
            for key, value in event.items()
            if key in ("venue", "group", "featuredEventPhoto", "feeSettings")
        }
        venue, online = members(named.get("venue")), event.get("isOnline")
        if str(venue.get("name") or "").casefold() == "online event":
            named["venue"], online = None, True
        yield {**event, **named, "isOnline": online}


PLATFORM = Platform(
    name="meetup",
    title="Meetup",
    marks=Marks(
        address=(rf"^(?:https?|webcal)://(?:www\.|secure\.)?meetup\.com/(?:[a-z]{{2}}-[A-Z]{{2}}/)?{_GROUP}",),
        prodid=(r"\bMeetup\b",),
    ),
    ways=(
        Way(
            reader="ics",
            url="https://www.meetup.com/{group}/events/ical/",
            note="at most ten events, some without their place",
        ),
        Way(
            reader="json",
            url="https://www.meetup.com/{group}/events/",
            script=r"<script\b[^<>]*\bid=\"__NEXT_DATA__\"[^<>]*>",
            entries=_events,
            fields=fields(
                name="title",
                uid="id",
                start_date="dateTime",
                end_date="endTime",
                time_zone="group.timezone",
                url="eventUrl",
                description="description",
                organizer="group.name",
                venue="venue.name",
                address="venue.address",
                city="venue.city",
                region="venue.state",
                country="venue.country",
                latitude="venue.lat",
                longitude="venue.lng",
                online="isOnline",
                status="status",
                price="feeSettings.amount",
                currency="feeSettings.currency",
                image="featuredEventPhoto.highResUrl",
            ),
            note="what the page of a group holds for its own scripts: it may change without notice",
        ),
    ),
    evidence="a calendar of Meetup in OpenACalendar/OpenACalendar-Web-Core core/tests/data/Meetup1.ics, which is the "
    "first case; the names in the state of the page as tools/scrape_meetup_history.py of shellaquiles/cron-quiles "
    "reads them",
)
