"""Events Manager: a WordPress plugin of clubs, parishes and schools.

Its calendar (templates/ical.php of the plugin) holds times in UTC. Older versions make up a new UID at every download,
so that an event is known by the address of its page and its day there. Where an event has no place, the calendar of
some has the template's own words for it ("#_LOCATIONNAME").
"""

import re
from dataclasses import replace

from crawlers.platforms.adapter import Marks, Platform, Way
from hobnob.observations import Observation

__all__ = ["PLATFORM"]

_RANDOM = re.compile(r"[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}", re.IGNORECASE)


def _mended(event: Observation) -> Observation:
    place = event.location
    if place is not None and (place.text or place.name or "").startswith("#_"):
        event = replace(event, location=None)
    return _known_by_its_page(event)


def _known_by_its_page(event: Observation) -> Observation:
    if event.url is None or _RANDOM.fullmatch(event.uid) is None:
        return event
    return replace(event, uid=f"{event.url}@{event.start_date.date.isoformat()}")


PLATFORM = Platform(
    name="events-manager",
    title="Events Manager (WordPress)",
    marks=Marks(
        page=(
            r"/plugins/events-manager(?:-pro)?/",
            r"\bclass=[\"'][^\"']{0,300}\bem-(?:events-list|calendar-wrapper|view-container|event-single)\b",
        ),
        prodid=(r"//wp-events-plugin\.com//",),
    ),
    ways=(
        Way(
            reader="ics",
            url="{site}/events.ics?scope=future",
            mend=_mended,
            note="as many events as the site allows, by default 50",
        ),
    ),
    evidence="a real calendar (version 6.3) in geeksforsocialchange/PlaceCal "
    "spec/fixtures/vcr_cassettes/generic_ical_feed.yml, and the template of older ones in wp-plugins/events-manager "
    "templates/templates/ical.php; the case here is made in their shape",
)
