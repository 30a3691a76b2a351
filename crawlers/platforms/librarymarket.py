"""LibraryMarket (LibraryCalendar): events of public libraries, on `{library}.librarycalendar.com` or their own sites.

`/events/feed/json` gives the events of a window of days, all at once. Times are local, with the zone beside them; what
an event is filed under stands as a text, or as labels by their numbers.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, first_text, joined

__all__ = ["PLATFORM"]


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    for event in each(answer):
        if event.get("public") is False or event.get("published") is False:
            continue
        yield {
            **event,
            "key": first_text(event, "id", "uuid"),
            "branch": joined(*_labels(event.get("branch"))),
            "room": first_text(event, "offsite_address") or joined(*_labels(event.get("room"))),
            "words": [*_labels(event.get("program_type")), *_labels(event.get("age_group"))],
            "text": [first_text(event, "description", "program_description")],
        }


def _labels(value: Any) -> list[Any]:
    """A text, several, or labels by their numbers."""
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]


PLATFORM = Platform(
    name="librarymarket",
    title="LibraryMarket (LibraryCalendar)",
    marks=Marks(
        address=(
            r"^(?P<site>https?://(?!www\.)[\w-]+\.librarycalendar\.com)(?:[/?#]|$)",
            r"^(?P<site>https?://[^/?#]+)/events/feed/json\b",
        ),
        page=(
            r"\bhref=[\"'](?P<site>https?://(?!www\.)[\w-]{1,60}\.librarycalendar\.com)\b",
            r"[\"' ]lc-event(?:--|__|\s|-)[\w-]",
        ),
    ),
    ways=(
        Way(
            reader="json",
            url="{site}/events/feed/json?start={today}&end={today+365d}",
            entries=_events,
            fields=fields(
                name="title",
                uid="key",
                start_date="start_date",
                end_date="end_date",
                time_zone="timezone",
                url="url",
                description="text",
                venue="branch",
                location="room",
                keywords="words",
                image="image",
            ),
        ),
    ),
    evidence=None,
)
