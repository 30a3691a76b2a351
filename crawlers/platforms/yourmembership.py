"""YourMembership: associations of lawyers, journalists and other professions.

In its RSS the time of publication is the start of the event; an end is not told, a place only in the text.
"""

from crawlers.platforms.adapter import Marks, Platform, Way, fields

__all__ = ["PLATFORM"]

PLATFORM = Platform(
    name="yourmembership",
    title="YourMembership",
    marks=Marks(
        address=(
            r"^(?P<feed>https?://[^?#]+/resource/rss/events\.rss)",
            r"^(?P<feed>https?://cdn\.ymaws\.com/[^?#]+/events\.rss)",
            r"^https?://[^/?#]+/events/event_list\.asp\b",
            r"^https?://[^/?#]+\.(?:site-ym|ymaws)\.com/",
        ),
        page=(
            r"[\"'](?:https?:)?//cdn\.ymaws\.com/",
            r"/events/event_list\.asp\b",
            r"/resource/rss/events\.rss",
        ),
    ),
    ways=(
        Way(
            reader="feed",
            url="{feed}",
            fields=fields(start_date="pubdate"),
            note="no ends, and places only in the text",
        ),
        Way(
            reader="feed",
            url="{site}/resource/rss/events.rss",
            fields=fields(start_date="pubdate"),
            note="no ends, and places only in the text",
        ),
    ),
    evidence=None,
)
