"""Illinois State Board of Elections: the table says "Springfield" or "Chicago", which are its offices
there, whose addresses are in the foot of the page."""

from collections.abc import Iterator

from parsel import Selector

from crawlers.spiders.site_page import Said, SitePage, text
from crawlers.spiders.site_spider import SiteSpider
from hobnob.observations import Follow, Skipped

__all__ = ["IlElections"]


class IlElections(SiteSpider):
    name = "il-elections"
    title = "Illinois State Board of Elections"
    url = "https://www.elections.il.gov/AboutTheBoard/Agenda.aspx"
    time_zone = "America/Chicago"
    place = "Illinois, US"
    industries = ("government",)
    kind = "public-meeting"
    language = "en"

    def events(self, page: SitePage) -> Iterator[Said | Follow | Skipped]:
        offices: dict[str, str] = {}
        for office in page.css(".footer-content"):
            city, found, address = text(office).partition(" Office\n")
            if found:
                offices[city] = ", ".join(address.partition("\nPhone")[0].split("\n"))

        def meeting(row: Selector) -> Said | None:
            cells = [text(cell) for cell in row.css("td")]
            if len(cells) < 4:
                return None
            day, time, city, comments = cells[:4]
            return {
                "name": "Board of Elections",
                "dates": day,
                "time": time,
                "location": offices.get(city.strip(), city),
                "description": comments,
                "url": row.css("a::attr(href)").get(),
            }

        yield from page.each(page.css("table[id$=gvAgenda] tr"), meeting)
