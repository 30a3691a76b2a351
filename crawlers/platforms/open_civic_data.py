"""Open Civic Data: meetings of councils, boards and commissions, as City Scrapers collects them for whole regions.

City Scrapers (cityscrapers.org) puts one object to a line into `latest.json` and `upcoming.json` of a container for
each region: "meetings-feed-cle" is Cleveland's. Its fields are those of Open Civic Data's events
(https://open-civic-data.readthedocs.io/); the reader of JSON knows them.
"""

from crawlers.platforms.adapter import Marks, Platform, Way

__all__ = ["PLATFORM"]

_CONTAINER = r"(?P<feed>https?://[\w-]+\.blob\.core\.windows\.net/meetings-feed-[\w-]+)"

PLATFORM = Platform(
    name="open-civic-data",
    title="Open Civic Data (City Scrapers)",
    marks=Marks(address=(_CONTAINER,), page=(_CONTAINER,)),
    ways=(Way(reader="json", url="{feed}/upcoming.json"),),
    evidence="meetings that City Scrapers' spiders gave, in the cases of the reader; the addresses as City-Bureau's "
    "harambe_scrapers write them; the case here is made",
)
