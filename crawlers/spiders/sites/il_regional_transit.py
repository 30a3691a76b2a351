"""Regional Transportation Authority of Illinois: titles such as "Finance Committee on 2018-06-21 - (8:30 a.m.)" beside
the day; of the hour only some are known, since others follow the meeting before them. What is over is on a page
of its own."""

import re
from collections.abc import Iterator

from parsel import Selector

from crawlers.spiders.site_page import Said, SitePage, line, text
from crawlers.spiders.site_spider import SiteSpider
from hobnob.observations import Follow, Skipped

__all__ = ["IlRegionalTransit"]

_TITLE = re.compile(
    r"(?P<name>.+?)(?: on \d{4}-\d\d-\d\d)?(?: - )? ?\(?(?P<time>\d{1,2}:\d\d [ap]\.?m\.?)?(?P<note>\(.*)?\)?",
    re.IGNORECASE,
)


class IlRegionalTransit(SiteSpider):
    name = "il-regional-transit"
    title = "Regional Transportation Authority of Illinois"
    url = "http://rtachicago.granicus.com/ViewPublisher.php?view_id=5"
    time_zone = "America/Chicago"
    place = "Chicago IL, US"
    industries = ("government", "logistics")
    kind = "public-meeting"
    language = "en"
    follow_depth = 1

    def events(self, page: SitePage) -> Iterator[Said | Follow | Skipped]:
        yield from page.each(page.xpath("//div[contains(@class, 'row')][*/span[@class='committee']]"), self.meeting)
        if "view_id=5" in page.url:
            yield from page.lead_to(("ViewPublisher.php?view_id=4",))

    def meeting(self, row: Selector) -> Said:
        title = _TITLE.fullmatch(line(row.xpath("*/span[@class='committee']")[:1], 200))
        assert title is not None  # all but the name may be missing
        return {
            "name": title["name"],
            "dates": text(row.xpath("*[span[@class='committee']]/text()")),
            "time": title["time"],
            "description": (title["note"] or "").strip("()"),
            "url": row.xpath("*/div/a/@href[contains(., 'AgendaViewer')]").get(),
        }
