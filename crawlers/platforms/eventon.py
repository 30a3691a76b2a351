"""EventON: a WordPress plugin of venues, museums and studios.

It has no feed of the whole site. WordPress lists the posts of the events, those edited last first, where the site lets
it; each page tells its event. A page with the plugin's list tells those that are on it.
"""

from crawlers.platforms.adapter import Marks, Platform, Way
from crawlers.platforms.adapter.paging import ByPage

__all__ = ["PLATFORM"]

_FULL = 100

PLATFORM = Platform(
    name="eventon",
    title="EventON (WordPress)",
    marks=Marks(
        address=(r"^(?P<site>https?://[^?#]+?)/wp-json/wp/v2/ajde_events",),
        page=(
            r"(?P<site>https?://[^\s\"'<>\\]{1,200}?)/wp-json/wp/v2/ajde_events",
            r"/plugins/eventON/",
            r"\bclass=[\"'][^\"']{0,300}\beventon_(?:list_event|events_list|fullcal)\b",
        ),
        prodid=(r"\beventon\.com\b",),
    ),
    ways=(
        Way(
            reader="json",
            url=f"{{site}}/wp-json/wp/v2/ajde_events?per_page={_FULL}&_fields=id,link",
            pages="link",
            paging=ByPage("page", size=_FULL, past_the_end=(400, 404)),
            follow_depth=1,
            note="the pages of the events edited last, as many as one crawl may read",
        ),
        Way(reader="html", url="{page}", note="the events that the page shows"),
    ),
    evidence="a real page in City-Bureau/city-scrapers tests/files/cook_landbank_detail.html, among the cases of the "
    "reader of pages; the case here is made in its shape, the list after a description",
)
