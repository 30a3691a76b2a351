"""CampusGroups: events of student organisations, as iCalendar, on its own host or the university's.

The place is often only for those who have signed in ("Sign in to download the location"): then there is none. Below a
line of dashes descriptions repeat what the calendar says.
"""

import re
from dataclasses import replace

from crawlers.platforms.adapter import Marks, Platform, Way
from hobnob.observations import Observation

__all__ = ["PLATFORM"]

_HIDDEN = re.compile(r"(?:sign|log) ?in to (?:download|see|view)\b", re.IGNORECASE)
_REPEATED = re.compile(r"\n\s*-{3,}\s*\n\s*Event Details:.*\Z", re.DOTALL)


def _mended(event: Observation) -> Observation:
    place = event.location
    if place and _HIDDEN.match(place.text or place.name or ""):
        place = None
    text = _REPEATED.sub("", event.description).strip() if event.description else None
    return replace(event, location=place, description=text or None)


PLATFORM = Platform(
    name="campusgroups",
    title="CampusGroups",
    marks=Marks(
        address=(
            r"^(?P<site>https?://(?!www\.|help\.)(?P<school>[\w-]+)\.campusgroups\.com)(?:[/?#]|$)",
            r"^(?P<site>https?://[^/?#]+)/ical/(?P<school>[\w-]+)/ical_(?P=school)\.ics\b",
        ),
        page=(
            r"(?P<site>https?://[\w.-]{1,100})/ical/(?P<school>[\w-]{1,60})/ical_(?P=school)\.ics\b",
            r"[\"']/ical/(?P<school>[\w-]{1,60})/ical_(?P=school)\.ics\b",
            r"\bhref=[\"'](?P<site>https?://(?!www\.|help\.)(?P<school>[\w-]{1,60})\.campusgroups\.com)\b",
        ),
    ),
    ways=(Way(reader="ics", url="{site}/ical/{school}/ical_{school}.ics", mend=_mended),),
    evidence=None,
)
