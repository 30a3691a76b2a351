"""Chicago Board of Health: the year is in the title of the page, the hour, the place and how one takes part in
sentences above, and each meeting is a fold of an accordion with its documents."""

import re
from collections.abc import Iterator

from parsel import Selector

from crawlers.spiders.site_page import Said, SitePage, line, text
from crawlers.spiders.site_spider import SiteSpider
from hobnob.observations import Follow, Skipped

__all__ = ["ChiBoardOfHealth"]

_HOUR = re.compile(r"\bmeets? at (\d{1,2}:\d\d [ap]\.?m)", re.IGNORECASE)


class ChiBoardOfHealth(SiteSpider):
    name = "chi-board-of-health"
    title = "Chicago Board of Health"
    url = "https://www.chicago.gov/city/en/depts/cdph/supp_info/boh/{year}-board-of-health-meetings.html"
    time_zone = "America/Chicago"
    place = "Chicago IL, US"
    industries = ("government", "health")
    kind = "public-meeting"
    language = "en"

    def events(self, page: SitePage) -> Iterator[Said | Follow | Skipped]:
        year = text(page.css("h1.page-heading"))
        above = line(page.xpath("//p[contains(., 'Board of Health meets')]"))
        hour = _HOUR.search(above)
        place = line(page.xpath("//*[self::li or self::p][starts-with(normalize-space(.), 'Meeting Location:')]")[:1])

        def meeting(fold: Selector) -> Said:
            documents = fold.css(".card-body a")
            return {
                "name": "Board of Health",
                "dates": text(fold.css(".card-header")),
                "year": year,
                "time": hour[1] if hour else None,
                "location": place.partition(":")[2],
                "online": "hybrid" if "hybrid" in above else None,
                "url": documents.xpath("@href").get(),
                "description": text(documents),
            }

        yield from page.each(page.css(".accordion-item"), meeting)
