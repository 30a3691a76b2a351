"""Teamup: shared calendars of universities, congregations and clubs, most of them embedded in other sites.

The key in the address of a calendar is what opens it, read only where it was published so. Times are in UTC; the
zone of the calendar is defined in it.
"""

from crawlers.platforms.adapter import Marks, Platform, Way

__all__ = ["PLATFORM"]

_KEY = r"(?P<calendar>ks[a-z0-9]{10,30})"

PLATFORM = Platform(
    name="teamup",
    title="Teamup",
    marks=Marks(
        address=(
            rf"^https?://(?:www\.)?teamup\.com/(?:c/)?{_KEY}\b",
            rf"^https?://ics\.teamup\.com/feed/{_KEY}\b",
        ),
        page=(rf"[\"'](?:https?:)?//(?:www\.)?teamup\.com/(?:c/)?{_KEY}\b", rf"//ics\.teamup\.com/feed/{_KEY}\b"),
        prodid=(r"\bTeamup\b",),
        several=("calendar", lambda key: (key,)),
    ),
    ways=(Way(reader="ics", url="https://ics.teamup.com/feed/{calendar}/0.ics", calendar_zone=True),),
    evidence="two real calendars in geeksforsocialchange/PlaceCal spec/fixtures/vcr_cassettes/Teamup_com_calendar.yml "
    "and Uknown_Teamup_Feed.yml; the case here is made in their shape",
)
