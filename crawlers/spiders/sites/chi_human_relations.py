"""Chicago Commission on Human Relations: the next meeting is told in a sentence, its place in the line below, and the
year nowhere but by the weekday."""

import re
from collections.abc import Iterator

from parsel import Selector

from crawlers.spiders.site_page import Said, SitePage, line, text
from crawlers.spiders.site_spider import SiteSpider
from hobnob.observations import Follow, Skipped

__all__ = ["ChiHumanRelations"]

_SENTENCE = re.compile(
    r"next meeting of (?:the )?(?P<body>.{5,80}?) is (?:scheduled for|on) (?P<when>.+)", re.IGNORECASE
)


class ChiHumanRelations(SiteSpider):
    name = "chi-human-relations"
    title = "Chicago Commission on Human Relations"
    url = "https://www.chicago.gov/city/en/depts/cchr/supp_info/BoardMeetingInformation.html"
    time_zone = "America/Chicago"
    place = "Chicago IL, US"
    industries = ("government", "community")
    kind = "public-meeting"
    language = "en"

    def events(self, page: SitePage) -> Iterator[Said | Follow | Skipped]:
        def meeting(told: Selector) -> Said | None:
            sentence = _SENTENCE.search(line(told))
            place = text(told.xpath("following-sibling::*[starts-with(normalize-space(.), 'Location:')][1]"))
            if sentence is None:
                return None
            return {"name": sentence["body"], "dates": sentence["when"], "location": place.partition(":")[2]}

        yield from page.each(page.xpath("//*[self::h5 or self::p][contains(., 'next meeting')]"), meeting)
