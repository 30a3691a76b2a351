"""Special Service Area 19 (Howard Street, Chicago): days stand in a list of agendas, their hour and place in a sentence
of another tab, and exceptions, with days, hours and places of their own, in sentences below that."""

import re
from collections.abc import Iterator

from parsel import Selector

from crawlers.spiders.site_page import Said, SitePage, line, text
from crawlers.spiders.site_spider import SiteSpider
from hobnob.observations import Follow, Skipped

__all__ = ["ChiSsa19"]

_COMMISSION = "SSA #19 Commission"
_WHERE = re.compile(r" at (?:the )?(?P<place>[A-Z].+?) at (?P<time>\d{1,2}(?::\d\d)? [ap]\.m\.)", re.DOTALL)
_CANCELLED = re.compile(r"The (?P<day>[A-Z][a-z]+ \d{1,2})(?:st|nd|rd|th) meeting is cancell?ed")
_ANNUAL = re.compile(
    r"annual meeting on (?P<day>[A-Z][a-z]+ \d{1,2})(?:st|nd|rd|th)? at (?P<time>\d{1,2}(?::\d\d)? [ap]\.m\.)"
    r" at (?:the )?(?P<place>.+?)\.? Information"
)


class ChiSsa19(SiteSpider):
    name = "chi-ssa-19"
    title = "Rogers Park Business Alliance: Special Service Area 19"
    url = "https://rpba.org/ssa-19/"
    time_zone = "America/Chicago"
    place = "Chicago IL, US"
    industries = ("government", "retail")
    kind = "public-meeting"
    language = "en"

    def events(self, page: SitePage) -> Iterator[Said | Follow | Skipped]:
        tab = page.xpath("//*[contains(@class, 'et_pb_tab_content')][h3[contains(., 'Meetings')]]")
        year = text(tab.css("h3")[:1])[:4]
        where = _WHERE.search(line(tab.css("p")[:1]))
        usual = {"year": year, "time": where and where["time"], "location": where and where["place"]}

        def listed(link: Selector) -> Said:
            return {"name": _COMMISSION, "dates": text(link), "url": link.attrib.get("href"), **usual}

        def exception(told: Selector) -> Said | None:
            sentence = line(told)
            if gone := _CANCELLED.search(sentence):
                return {"name": _COMMISSION, "dates": gone["day"], "status": "cancelled", **usual}
            if annual := _ANNUAL.search(sentence):
                own = {"dates": annual["day"], "time": annual["time"], "location": annual["place"]}
                return {"name": "SSA annual meeting", "url": told.css("a::attr(href)").get(), **usual, **own}
            return None

        yield from page.each(page.xpath(f"//p[b[contains(., '{year} Agendas')]]/a") if year.isdecimal() else (), listed)
        yield from page.each(tab.css("li"), exception)
