"""All-in-One Event Calendar (ai1ec): a WordPress plugin of radio stations, theatres and parishes.

Its export is open on many sites that do not show a button for it.
"""

from crawlers.platforms.adapter import Marks, Platform, Way

__all__ = ["PLATFORM"]

PLATFORM = Platform(
    name="all-in-one-event-calendar",
    title="All-in-One Event Calendar (WordPress)",
    marks=Marks(
        address=(
            r"^(?P<site>https?://[^/?#]+)(?:/[^?#]*)?\?(?:[^#]*&)?(?:plugin=all-in-one-event-calendar|controller=ai1ec_)",
        ),
        page=(
            r"/plugins/all-in-one-event-calendar/",
            r"\bclass=[\"'][^\"']{0,300}\bai1ec-(?:calendar|agenda|event|main-container)",
            r"[\"'](?:webcals?|https?)://[^\s\"'<>]{1,200}\bplugin=all-in-one-event-calendar",
        ),
        prodid=(r"\bai1ec\b|//Timely\b",),
    ),
    ways=(
        Way(
            reader="ics",
            url="{site}/?plugin=all-in-one-event-calendar&controller=ai1ec_exporter_controller&action=export_events"
            "&no_html=true",
        ),
    ),
    evidence=None,
)
