"""25Live Publisher (CollegeNET): calendars of universities, made of Trumba's parts on a host of its own."""

from crawlers.platforms.adapter import Marks, Platform
from crawlers.platforms.trumba import SPUD, ways

__all__ = ["PLATFORM"]

PLATFORM = Platform(
    name="collegenet",
    title="25Live Publisher (CollegeNET)",
    marks=Marks(
        address=(
            r"^https?://25livepub\.collegenet\.com/calendars/(?P<calendar>[\w~%+-]{1,100})(?:\.(?:ics|json|rss|xml|atom|csv))?(?:[?#]|$)",
            r"^https?://25livepub\.collegenet\.com/s(?:eo)?\.aspx\?(?:[^#]*&)?calendar=(?P<calendar>[\w.~%+-]{1,100})",
        ),
        page=(SPUD,),
        every_page=r"\b25livepub\.collegenet\.com/",
    ),
    ways=ways("25livepub.collegenet.com"),
    evidence=None,
)
