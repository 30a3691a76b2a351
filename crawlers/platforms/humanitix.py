"""Humanitix: tickets of charities, clubs and festivals, most in Australia, New Zealand and the United States.

The page of a host states its coming events for programs (JSON-LD), and so does the page of each.
"""

from crawlers.platforms.adapter import Marks, Platform, Way

__all__ = ["PLATFORM"]

PLATFORM = Platform(
    name="humanitix",
    title="Humanitix",
    marks=Marks(address=(r"^https?://events\.humanitix\.com/host/(?P<host>[\w-]{2,100})",)),
    ways=(
        Way(
            reader="html",
            url="https://events.humanitix.com/host/{host}",
            follow_depth=1,
            follow=r"^https?://events\.humanitix\.com/(?!host/|search\b|[a-z]{2}(?:[/?#]|$))[\w-]+/?(?:[?#]|$)",
        ),
    ),
    evidence="a real page of a host in prestomation/206events sources/fremont_abbey/sample-data.html; the case here is "
    "made after schema.org",
)
