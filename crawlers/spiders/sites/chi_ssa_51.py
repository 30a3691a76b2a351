"""Special Service Area 51 (Chatham, Chicago): lines of a site builder, each in a block of its own: a day, then its
hours; the first day has lost its first letter, and hard spaces were written in one character set and read in
another."""

import re
from collections.abc import Iterator
from itertools import pairwise

from crawlers.spiders.site_page import Said, SitePage, text
from crawlers.spiders.site_spider import SiteSpider
from hobnob.observations import Follow, Skipped

__all__ = ["ChiSsa51"]

_DAY = re.compile(r"(?:[a-zA-Z]*day, )?([A-Z][a-z]{2,8} \d{1,2}, \d{4})")
_PLACE = re.compile(r"held at (?:the )?(?P<name>[^:]+):[\WÂ]*(?P<address>.+?\d{5})")


class ChiSsa51(SiteSpider):
    name = "chi-ssa-51"
    title = "Special Service Area 51: Chatham"
    url = "http://www.cbatechworks.org/"
    time_zone = "America/Chicago"
    place = "Chicago IL, US"
    industries = ("government", "retail")
    kind = "public-meeting"
    language = "en"

    def events(self, page: SitePage) -> Iterator[Said | Follow | Skipped]:
        lines = text(page.xpath("//*[@id][contains(., 'Commissioner Mtgs')][not(*[@id])]")).split("\n")
        place = next(filter(None, (_PLACE.search(one[:500]) for one in lines)), None)
        for line, following in pairwise((*lines, "")):
            if day := _DAY.fullmatch(line.strip()):
                yield {
                    "name": "Commission",
                    "dates": day[1],
                    "time": following if ":" in following else None,
                    "venue": place and place["name"],
                    "address": place and place["address"],
                }
