"""Communico: events of public libraries, on `{library}.libnet.info`.

`/eeventcaldata`: the list that its own pages load, for so many days from a day; times are those of the library. Whether
one takes part there or online is in `event_type`. Some libraries turn programs away.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, first_text, joined

__all__ = ["PLATFORM"]

_DAYS = 180


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    for event in each(answer):
        if first_text(event, "private_event") in ("1", "true"):
            continue
        branch = first_text(event, "library", "location")
        yield {
            **event,
            "branch": branch,
            "room": joined(event.get("venues")) if first_text(event, "venues") != branch else "",
            "attendance": first_text(event, "event_type").replace("INPERSON", "in person"),
            "text": [first_text(event, "long_description", "description")],
            "words": [event.get("tags"), event.get("ages") or event.get("age")],
            "picture": _picture(first_text(event, "event_image", "image")),
        }


def _picture(stated: str) -> str:
    """Its address; the bare name of a file is in a folder that differs by library."""
    return stated if "/" in stated else ""


PLATFORM = Platform(
    name="communico",
    title="Communico",
    marks=Marks(
        address=(
            r"^(?P<site>https?://(?!www\.)[\w-]+\.libnet\.info)(?:[/?#]|$)",
            r"^(?P<site>https?://[^/?#]+)/eeventcaldata\b",
        ),
        page=(r"\bhref=[\"'](?P<site>https?://(?!www\.)[\w-]{1,60}\.libnet\.info)\b",),
    ),
    ways=(
        Way(
            reader="json",
            url="{site}/eeventcaldata?event_type=0&req="
            f"%7B%22private%22:false,%22date%22:%22{{today}}%22,%22days%22:{_DAYS}%7D",
            headers={"X-Requested-With": "XMLHttpRequest"},
            entries=_events,
            fields=fields(
                name="title",
                uid="id",
                start_date="raw_start_time",
                end_date="raw_end_time",
                all_day="all_day",
                url="url",
                description="text",
                venue="branch",
                location="room",
                online="attendance",
                status="changed_reason",
                keywords="words",
                price="registration_cost",
                image="picture",
            ),
            note=f"{_DAYS} days ahead",
        ),
    ),
    evidence=None,
)
