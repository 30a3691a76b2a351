"""LinkedIn: closed. Its events are only for those who are logged in."""

from crawlers.platforms.adapter import Marks, Platform

__all__ = ["PLATFORM"]

PLATFORM = Platform(
    name="linkedin",
    title="LinkedIn",
    marks=Marks(address=(r"^https?://(?:[a-z]{2,3}\.)?linkedin\.com/(?!embed/|share|li/)", r"^https?://lnkd\.in/")),
    closed="LinkedIn shows events only to those who are logged in, and its terms forbid programs to read them: look "
    "for the organiser's own website, or the page where one registers",
    evidence=None,
)
