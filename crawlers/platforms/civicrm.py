"""CiviCRM: the events of nonprofits, where a site lets everybody see them.

https://docs.civicrm.org/user/en/latest/events/: `civicrm/event/ical` gives all coming events that are public, as a
calendar.
"""

from crawlers.platforms.adapter import Marks, Platform, Way

__all__ = ["PLATFORM"]

PLATFORM = Platform(
    name="civicrm",
    title="CiviCRM",
    marks=Marks(
        address=(r"^(?P<site>https?://[^?#]+?)/civicrm/event/(?:ical|info|list|register)\b",),
        page=(
            r"[\"'](?P<site>https?://[^\s\"'<>\\]{1,200}?)/civicrm/event/(?:ical|info|register|list)\b",
            r"[\"']/(?:index\.php/)?civicrm/event/(?:ical|info|register|list)\b",
        ),
        prodid=(r"//CiviCRM//",),
    ),
    ways=(Way(reader="ics", url="{site}/civicrm/event/ical?reset=1&list=1"),),
    evidence=None,
)
