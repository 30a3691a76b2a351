"""Simpleview: the sites of tourist boards and convention centres.

In its RSS the time of publication is the end of the event, so that only its links are of use: each page tells its event
(JSON-LD), by days.
"""

from crawlers.platforms.adapter import Marks, Platform, Way

__all__ = ["PLATFORM"]

PLATFORM = Platform(
    name="simpleview",
    title="Simpleview",
    marks=Marks(
        address=(r"^(?P<site>https?://[^/?#]+)/event/rss/?(?:[?#]|$)",),
        page=(
            r"[\"'/.](?:assets|res|cdn)?\.?simpleviewinc\.com/|\bsimpleview(?:cms|inc)\b.{0,60}?\bcalendar|\bsv-widget-",
        ),
        every_page=r"simpleview|sv-widget-",
    ),
    ways=(Way(reader="feed", url="{site}/event/rss/", follow_depth=1, follow=r"/event/", note="days without times"),),
    evidence=None,
)
