"""developers.events: conferences for developers in the whole world, kept by many hands.

`/all-events.json` is all of it, from github.com/scraly/developers-conferences-agenda. Its data are CC BY-NC: not for
use in trade. `date` holds the first and the last day as milliseconds since 1970 at midnight in UTC: days, not times.
`status` is the label before a line of the list ("cancelled", "postponed"), else "open".
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.readers.lists.json_entries import list_of
from hobnob.moments import UTC

__all__ = ["PLATFORM"]

_ONLINE = "online"
_DAY = 86_400_000
_MOST = 253_402_300_800_000


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    for event in answer:
        if not isinstance(event, Mapping):
            yield {}
            continue
        days = [day for one in list_of(event.get("date")) if (day := _day(one))]
        city, country = (str(event.get(name) or "").strip() for name in ("city", "country"))
        where = str(event.get("location") or "")
        alone = where.strip().casefold() == _ONLINE
        tags = [tag for tag in list_of(event.get("tags")) if isinstance(tag, Mapping)]
        yield {
            **event,
            "first": days[0] if days else "",
            "last": days[-1] if days else "",
            "city": city if city != country and city.casefold() != _ONLINE else "",
            "country": country if country.casefold() != _ONLINE else "",
            "how": _ONLINE if alone else "hybrid" if _ONLINE in where.casefold() else "",
            "words": [tag.get("value") for tag in tags if tag.get("key") in ("tech", "topic")],
        }


def _day(milliseconds: Any) -> str:
    """The day in UTC; "" for what is no instant of the years 1970 to 9999."""
    if not isinstance(milliseconds, int | float) or not 0 < milliseconds < _MOST:
        return ""
    return dt.datetime.fromtimestamp(milliseconds // _DAY * 86_400, UTC).date().isoformat()


PLATFORM = Platform(
    name="developers-events",
    title="developers.events",
    marks=Marks(
        address=(
            r"^https?://(?:www\.)?developers\.events(?:[/?#]|$)",
            r"^https?://(?:raw\.githubusercontent\.com|github\.com)/scraly/developers-conferences-agenda",
        ),
    ),
    ways=(
        Way(
            reader="json",
            url="https://developers.events/all-events.json",
            entries=_events,
            fields=fields(
                name="name",
                start_date="first",
                end_date="last",
                url="hyperlink",
                city="city",
                country="country",
                online="how",
                status="status",
                keywords="words",
            ),
            note="CC BY-NC 4.0",
        ),
    ),
    evidence="the real file in scraly/developers-conferences-agenda all-events.json; the case is made in its shape",
)
