"""Tockify: calendars of towns, markets and associations, most of them embedded in other sites.

The owner may have switched the calendar's feed off: then it is empty, or not there.
"""

from crawlers.platforms.adapter import Marks, Platform, Way

__all__ = ["PLATFORM"]

_NOT_A_CALENDAR = (
    r"(?!(?:api|app|blog|browser|community|contact|demos?|features|guides?|help|i|legal|login|pricing|privacy|signup"
    r"|support|terms|tutorials?|wp)(?:[/?#]|$))"
)

PLATFORM = Platform(
    name="tockify",
    title="Tockify",
    marks=Marks(
        address=(
            r"^https?://(?:www\.)?tockify\.com/api/feeds/(?:ics|rss)/(?P<calendar>[\w.-]+)",
            r"^https?://(?:www\.)?tockify\.com/api/ng\w+\?(?:[^#]*&)?calname=(?P<calendar>[\w.-]+)",
            rf"^https?://(?:www\.|public\.)?tockify\.com/{_NOT_A_CALENDAR}(?P<calendar>[\w.-]+)(?:[/?#]|$)",
        ),
        page=(r"\bdata-tockify-calendar=[\"'](?P<calendar>[\w.-]{1,100})[\"']",),
        prodid=(r"//tockify\.com//",),
        several=("calendar", lambda name: (name,)),
    ),
    ways=(Way(reader="ics", url="https://tockify.com/api/feeds/ics/{calendar}", calendar_zone=True),),
    evidence=None,
)
