"""Illinois Commerce Commission: cards of a month, whose red word says that a hearing is cancelled and whose other words
say where it is; the whole address of an open meeting is on its own page, later months are behind an arrow."""

from collections.abc import Iterator

from parsel import Selector

from crawlers.spiders.site_page import Said, SitePage, text
from crawlers.spiders.site_spider import SiteSpider
from hobnob.observations import Follow, Skipped

__all__ = ["IlCommerceCommission"]

_OWN_PAGE = ("/commission-meeting/", "/motor-carrier-employee-board/")


class IlCommerceCommission(SiteSpider):
    name = "il-commerce-commission"
    title = "Illinois Commerce Commission"
    url = "https://www.icc.illinois.gov/meetings"
    time_zone = "America/Chicago"
    place = "Illinois, US"
    industries = ("government", "energy", "logistics")
    kind = "public-meeting"
    language = "en"
    follow_depth = 2

    def events(self, page: SitePage) -> Iterator[Said | Follow | Skipped]:
        cards = page.css("li.soi-icc-card-list-item")
        if not cards:
            yield from page.each(page.xpath("//*[h2][h3[contains(@class, 'mt-4')]]")[:1], self.meeting)
            return
        yield from page.each(cards, self.card)
        links = cards.css("a.day::attr(href)").getall()
        yield from page.lead_to(link for link in links if any(part in link for part in _OWN_PAGE))
        yield from page.lead_to(page.xpath("//a[contains(@class, 'month-nav')][.='>']/@href").getall())

    def card(self, card: Selector) -> Said | None:
        """None for what has a page of its own."""
        link = card.css("a.day::attr(href)").get("")
        if any(part in link for part in _OWN_PAGE):
            return None
        body, _, name = text(card.css("h2")).partition("\n")
        where = text(card.css("h3 span:not(.text-danger)"))
        return {
            "name": name or body,
            "organizer": body,
            "dates": text(card.xpath(".//h3/text()")),
            "url": link,
            "status": text(card.css(".text-danger")),
            "online": "online" if where == "WebEx" else None,
            "location": where if where != "WebEx" else None,
        }

    def meeting(self, main: Selector) -> Said:
        """The page of one meeting."""
        return {
            "name": text(main.css("h2 span")),
            "organizer": text(main.xpath("h2/text()")),
            "dates": text(main.xpath("h3[1]/text()")),
            "time": text(main.css("h3.mt-4 span")),
            "venue": text(main.xpath(".//div[p]/h4[1]")),
            "address": ", ".join(text(main.xpath(".//div[h4]/p[1]")).split("\n")),
        }
