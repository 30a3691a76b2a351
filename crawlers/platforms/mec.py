"""Modern Events Calendar: a WordPress plugin of universities, tourist boards, markets and expo centres.

Its calendar must be switched on by the site. Without it, WordPress lists the posts of the events, newest first, and
each page tells its event (JSON-LD), of a repeated one only the next time.
"""

from crawlers.platforms.adapter import Marks, Platform, Way
from crawlers.platforms.adapter.paging import ByPage

__all__ = ["PLATFORM"]

_FULL = 100
_OVER = (400, 404)

PLATFORM = Platform(
    name="mec",
    title="Modern Events Calendar (WordPress)",
    marks=Marks(
        address=(
            r"^(?P<site>https?://[^?#]+?)/wp-json/(?:wp/v2/mec-events|mec/)",
            r"^(?P<site>https?://[^/?#]+)(?:/[^?#]*)?\?(?:[^#]*&)?(?:mec-ical-feed=1|method=ical(?:&|$))",
        ),
        page=(
            r"(?P<site>https?://[^\s\"'<>\\]{1,200}?)/wp-json/wp/v2/mec-events",
            r"/plugins/modern-events-calendar(?:-lite)?/",
            r"\bclass=[\"'][^\"']{0,300}\bmec-(?:wrap|container|single-event|events)\b",
        ),
        prodid=(r"\bMEC(?:v[\d.]|\b)", r"\bwebnus\b"),
    ),
    ways=(
        Way(reader="ics", url="{site}/?mec-ical-feed=1"),
        Way(
            reader="json",
            url=f"{{site}}/wp-json/wp/v2/mec-events?per_page={_FULL}&_fields=id,link",
            pages="link",
            paging=ByPage("page", size=_FULL, past_the_end=_OVER),
            follow_depth=1,
            note="the pages of the events posted last, as many as one crawl may read",
        ),
    ),
    evidence="real event pages in prestomation/206events sources/pike_place_market and sources/rainier_arts_center; "
    "the list and the calendar are made after descriptions",
)
