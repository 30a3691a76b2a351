"""ccf-deadlines: when papers are due at conferences of computer science. Nobody meets at a deadline."""

from crawlers.platforms.adapter import Marks, Platform

__all__ = ["PLATFORM"]

PLATFORM = Platform(
    name="ccf-deadlines",
    title="CCF deadlines",
    marks=Marks(
        address=(
            r"^https?://(?:www\.)?ccfddl\.(?:com|github\.io|top|cn)(?:[/?#]|$)",
            r"^https?://(?:raw\.githubusercontent\.com|github\.com)/ccfddl/ccf-deadlines",
        ),
    ),
    closed="its calendars hold the deadlines of papers, which are no events; the days of the conferences are prose",
    evidence="the description of its calendars in ccfddl/ccf-deadlines extensions/ical/readme.md",
)
