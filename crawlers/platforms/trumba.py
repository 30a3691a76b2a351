"""Trumba: calendars of cities, counties, libraries, universities and botanic gardens, as "spuds" on their pages.

`https://www.trumba.com/calendars/{name}.json`: times are local, with their offset beside them; places and descriptions
are HTML; much is in fields that each calendar makes for itself. An answer holds about 200 events at most, so that it is
asked for four weeks at a time. What its owner has switched off is answered 410. 25Live Publisher is made of the same.
"""

import re
from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, first_text
from crawlers.platforms.adapter.paging import ByDates

__all__ = ["PLATFORM", "SPUD", "ways"]

SPUD = (
    r"\$Trumba\.addSpud\(\s{0,40}\{[^{}]{0,400}?\bwebName[\"']?\s{0,9}:\s{0,9}[\"'](?P<calendar>[\w.~%+-]{1,100})[\"']"
)
"""How a page asks for a calendar."""

_ONLINE = re.compile(r"\b(?:online|virtual|zoom|webinar)\b", re.IGNORECASE)
_IN_PERSON = re.compile(r"in[- ]person", re.IGNORECASE)
_OWN_FIELDS = {
    "organizer": {"organizer", "organiser", "sponsor", "event sponsor", "event sponsors", "host", "department"},
    "cost": {"cost", "price", "fee", "admission", "ticket price", "admission price", "event cost"},
    "words": {"event type", "event types", "type of event", "category", "categories", "topic", "audience"},
    "venue": {"venue", "venue name", "building", "campus location"},
    "room": {"room", "room location", "campus room"},
    "address": {"address", "street address", "venue address"},
    "city": {"city", "city/area", "town"},
    "call": {"online meeting link", "virtual event link", "zoom link", "link to join"},
}  # fmt: skip


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    for event in each(answer):
        own = _own_fields(event)
        yield {
            **event,
            **{name: own.get(name) for name in _OWN_FIELDS},
            "start": _with_offset(event, "start"),
            "end": _with_offset(event, "end"),
            "link": first_text(event, "permaLinkUrl", "webLink", "eventActionUrl"),
            "attendance": own.get("call") or _location_type(event),
            "words": [*own.get("words", []), event.get("categoryCalendar")],
            "where": ", ".join(filter(None, (first_text(event, "location"), *own.get("room", [])))),
        }


def _location_type(event: dict[str, Any]) -> str:
    """How one takes part; "In-Person" is what stands there when nobody has chosen, even if the place is "Online"."""
    stated, place = first_text(event, "locationType"), first_text(event, "location")
    return "" if _ONLINE.search(place) and _IN_PERSON.fullmatch(stated.strip()) else stated


def _own_fields(event: dict[str, Any]) -> dict[str, list[str]]:
    """What the fields that the calendar made for itself say, by what they are most often called."""
    found: dict[str, list[str]] = {}
    own = event.get("customFields")
    for one in each(own) if isinstance(own, list) else ():
        label, value = (first_text(one, name).strip() for name in ("label", "value"))
        for name, labels in _OWN_FIELDS.items():
            if value and label.casefold().rstrip(" :") in labels:
                found.setdefault(name, []).append(value)
    return found


def _with_offset(event: dict[str, Any], which: str) -> str:
    """The time with its offset ("-0700"), which stands beside it."""
    return first_text(event, f"{which}DateTime") + first_text(event, f"{which}TimeZoneOffset")


def ways(host: str) -> tuple[Way, ...]:
    """The ways to calendars on `host`."""
    return (
        Way(
            reader="json",
            url=f"https://{host}/calendars/{{calendar}}.json?startdate={{today:%Y%m%d}}&weeks=4",
            entries=_events,
            fields=fields(
                name="title",
                uid="eventID",
                start_date="start",
                end_date="end",
                all_day="allDay",
                url="link",
                description="description",
                organizer="organizer",
                venue="venue",
                location="where",
                address="address",
                city="city",
                online="attendance",
                status="canceled",
                keywords="words",
                price="cost",
                image="eventImage.url",
            ),
            paging=ByDates("startdate", None, days=28, ahead=365, pattern="%Y%m%d"),
        ),
        Way(reader="ics", url=f"https://{host}/calendars/{{calendar}}.ics"),
    )


PLATFORM = Platform(
    name="trumba",
    title="Trumba",
    marks=Marks(
        address=(
            r"^https?://(?:www\.)?trumba\.com/calendars/(?P<calendar>[\w~%+-]{1,100})(?:\.(?:ics|json|rss|xml|atom|csv))?(?:[?#]|$)",
            r"^https?://(?:www\.)?trumba\.com/s(?:eo)?\.aspx\?(?:[^#]*&)?calendar=(?P<calendar>[\w.~%+-]{1,100})",
        ),
        page=(SPUD,),
        every_page=r"\btrumba\.com/",
    ),
    ways=ways("www.trumba.com"),
    evidence="real answers in prestomation/206events sources/spl and sources/spl_authors_books; the case here is made "
    "in their shape",
)
