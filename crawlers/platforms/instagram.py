"""Instagram: closed. It has no events, only pictures of their posters, for those who are logged in."""

from crawlers.platforms.adapter import Marks, Platform

__all__ = ["PLATFORM"]

PLATFORM = Platform(
    name="instagram",
    title="Instagram",
    marks=Marks(
        address=(r"^https?://(?:www\.)?(?:instagram\.com|instagr\.am)/(?!(?:p|reel|tv)/[\w-]+/embed|embed)",),
    ),
    closed="Instagram has no dates of events that a program could read, and shows its posts only to those who are "
    "logged in: look for the website in the profile of the organiser",
    evidence=None,
)
