"""Facebook: closed. Its interface for events went in 2018, and with it the calendars that it once offered."""

from crawlers.platforms.adapter import Marks, Platform

__all__ = ["PLATFORM"]

PLATFORM = Platform(
    name="facebook",
    title="Facebook",
    marks=Marks(
        address=(
            r"^(?:https?|webcal)://(?:(?:www|m|mbasic|web|touch|[a-z]{2}-[a-z]{2})\.)?"
            r"(?:facebook\.com|fb\.com|fb\.me)/(?!plugins/|tr\b|sharer|dialog/|v\d)",
        ),
    ),
    closed="Facebook shows events only to those who are logged in, and has offered no calendar of them since 2018: "
    "look for the organiser's own website or calendar, or add the file of an event that you exported yourself",
    evidence=None,
)
