"""CivicPlus (CivicEngage): sites of towns, counties, police and fire departments.

A site has several calendars. Its RSS holds all of them, with dates, times and place in elements of its own (the reader
of feeds knows them); each is an iCalendar by its number (`catID`), which `/iCalendar.aspx` lists.
"""

from crawlers.platforms.adapter import Marks, Platform, Way

__all__ = ["PLATFORM"]

PLATFORM = Platform(
    name="civicplus",
    title="CivicPlus (CivicEngage)",
    marks=Marks(
        address=(
            r"^(?P<site>https?://[^/?#]+)/(?:common/modules/iCalendar/)?iCalendar\.aspx(?:\?(?:[^#]*&)?catID=(?P<calendar>\d{1,6})\b)?",
            r"^(?P<site>https?://[^/?#]+)/RSSFeed\.aspx\?(?:[^#]*&)?ModID=58\b",
        ),
        page=(
            r"[\"']/?(?:common/modules/iCalendar/)?iCalendar\.aspx[\"'?]",
            r"\bGovernment Websites by (?:<[^<>]{1,200}>)?\s?CivicPlus",
            r"\bCivicEngage\s{0,9}</title>",
        ),
    ),
    ways=(
        Way(reader="feed", url="{site}/RSSFeed.aspx?ModID=58&CID=All-calendar.xml"),
        Way(
            reader="ics",
            url="{site}/common/modules/iCalendar/iCalendar.aspx?catID={calendar}&feed=calendar",
            note="one of the calendars of the site",
        ),
    ),
    evidence="a real page in City-Bureau/city-scrapers-wichita tests/files/wicks_city_apc.html (its marks); the RSS of "
    "the case here is made after descriptions of real ones",
)
