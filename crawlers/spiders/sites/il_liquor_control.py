"""Illinois Liquor Control Commission: a list of links, of which each leads to the page of one meeting; day, hours and
place stand only there, the day once more in its title."""

import re
from collections.abc import Iterator

from parsel import Selector

from crawlers.spiders.site_page import Said, SitePage, text
from crawlers.spiders.site_spider import SiteSpider
from hobnob.observations import Follow, Skipped

__all__ = ["IlLiquorControl"]

_DAY_IN_TITLE = re.compile(r"\s+\d{1,2}-\d{1,2}-\d{2,4}\s*\Z")


class IlLiquorControl(SiteSpider):
    name = "il-liquor-control"
    title = "Illinois Liquor Control Commission"
    url = "https://www2.illinois.gov/ilcc/Divisions/Pages/Legal/Hearing-Schedule-for-Chicago-IL-and-Springfield-IL.aspx"
    time_zone = "America/Chicago"
    place = "Illinois, US"
    industries = ("government", "food")
    kind = "public-meeting"
    language = "en"
    follow_depth = 1

    def events(self, page: SitePage) -> Iterator[Said | Follow | Skipped]:
        yield from page.each(page.xpath("//*[h2][div[contains(@class, 'soi-event-data')]]"), self.meeting)
        yield from page.lead_to(page.css(".soi-link-item a[href*='/Events/']::attr(href)").getall())

    def meeting(self, data: Selector) -> Said:
        place = data.css(".soi-eventlocation")
        parts = (".soi-event-title", "[class*=address1]", "[class*=address2]", "[class*=location-city]")
        written = [" ".join(text(place.css(part)).split()).replace(" ,", ",") for part in parts]
        return {
            "name": _DAY_IN_TITLE.sub("", text(data.xpath("//h1[1]"))),
            "dates": text(data.css(".soi-event-data")).removeprefix("When").strip(),
            "location": ", ".join(filter(None, written)),
        }
