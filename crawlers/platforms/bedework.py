"""Bedework: calendars of universities.

As Duke University has it: `/events/index.ics` with the events of so many days. Other installations have other paths.
"""

from crawlers.platforms.adapter import Marks, Platform, Way

__all__ = ["PLATFORM"]

PLATFORM = Platform(
    name="bedework",
    title="Bedework",
    marks=Marks(
        address=(r"^(?P<site>https?://[^/?#]+)/events/index\.(?:ics|json|rss)\b",),
        page=(r"[\"'/]bedework(?:-common|Common)?/", r"\bbedework\.org/?[\"'?]"),
        prodid=(r"\bBedework\b",),
    ),
    ways=(Way(reader="ics", url="{site}/events/index.ics?future_days=365"),),
    evidence=None,
)
