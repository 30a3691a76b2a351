"""pretix: tickets of conferences, theatres and clubs, hosted or on a server of one's own.

Every organiser's shop has a calendar of its public events at `/ORGANISER/events/ical/`.
"""

from crawlers.platforms.adapter import Marks, Platform, Way

__all__ = ["PLATFORM"]

_ORGANISER = r"(?P<organizer>(?!widget\b|static\b|control\b|media\b|about\b|api\b)[\w.-]{1,50})"

PLATFORM = Platform(
    name="pretix",
    title="pretix",
    marks=Marks(
        address=(rf"^(?:https?|webcal)://pretix\.eu/{_ORGANISER}(?:[/?#]|$)",),
        page=(
            r"<(?:pretix-widget|pretix-button|div\s+class=\"pretix-widget-compat\")\s[^<>]{0,300}?"
            rf"event=\"(?P<site>https?://[^\"/<>]{{1,200}})/{_ORGANISER}/",
        ),
        prodid=(r"//pretix//",),
    ),
    ways=(Way(reader="ics", url="{site}/{organizer}/events/ical/", note="public events only"),),
    evidence=None,
)
