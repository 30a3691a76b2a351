"""Chicago Housing Authority: the year, the place and the hours of its meetings stand above a table of days, some of
whose cells are sentences about meetings that are cancelled or never were. A selector takes those for meetings."""

import re
from collections.abc import Iterator

from parsel import Selector

from crawlers.spiders.site_page import Said, SitePage, line, text
from crawlers.spiders.site_spider import SiteSpider
from hobnob.observations import Follow, Skipped

__all__ = ["ChiHousingAuthority"]

_DAY = re.compile(r"(?:\w+day, )?[A-Z][a-z]{2,8} \d{1,2}\b")
_HOURS = re.compile(r"MEETINGS\W+(\d{1,2}:\d\d [AP]M) TO (\d{1,2}:\d\d [AP]M)")


class ChiHousingAuthority(SiteSpider):
    name = "chi-housing-authority"
    title = "Chicago Housing Authority: Board of Commissioners"
    url = "http://www.thecha.org/about/board-meetings-agendas-and-resolutions/board-information-and-meetings"
    time_zone = "America/Chicago"
    place = "Chicago IL, US"
    industries = ("government", "community")
    kind = "public-meeting"
    language = "en"

    def events(self, page: SitePage) -> Iterator[Said | Follow | Skipped]:
        article = page.xpath("//article[h2[contains(., 'MEETING SCHEDULE')]]")
        hours = _HOURS.findall(line(article, 20_000))
        all_of_them = {
            "year": text(article.xpath("h2[contains(., 'MEETING SCHEDULE')]")),
            "start_time": hours[0][0] if hours else None,
            "end_time": hours[-1][1] if hours else None,
            "location": text(article.xpath("h3[contains(., 'LOCATION')]")).partition("\n")[2],
        }

        def meeting(cell: Selector) -> Said | None:
            written = line(cell)
            day = _DAY.search(written)
            return (
                {"name": "Board of Commissioners", "dates": day[0], "status": written, **all_of_them} if day else None
            )

        yield from page.each(article.css("table td p"), meeting)
