"""Google Calendar: the public calendars of clubs, law schools, churches and towns, often embedded in their pages.

A calendar whose address holds "private-" is a secret of its owner and is not read.
"""

from crawlers.platforms.adapter import Marks, Platform, Way

__all__ = ["PLATFORM"]

_ID = r"(?P<calendar>[\w.+-]+(?:@|%40)[\w.-]+)"

PLATFORM = Platform(
    name="google-calendar",
    title="Google Calendar",
    marks=Marks(
        address=(
            rf"^https?://calendar\.google\.com/calendar/(?:u/\d/)?(?:embed|render|r)\?(?:[^#]*[&;])?(?:src|cid)={_ID}",
            rf"^https?://(?:calendar|www)\.google\.com/calendar/(?:ical|feeds)/{_ID}/public/",
        ),
        prodid=(r"//Google Inc//Google Calendar",),
    ),
    ways=(Way(reader="ics", url="https://calendar.google.com/calendar/ical/{calendar}/public/basic.ics"),),
    evidence=None,
)
