"""Pages with structured data: JSON-LD, microdata or microformats, on one page or spread over a site."""

from scrapy.http import Response

from crawlers.readers import Context
from crawlers.readers.pages.links import links
from crawlers.spiders.declared import DeclaredSpider

__all__ = ["PageSpider"]


class PageSpider(DeclaredSpider):
    """Reads a page and, to the declared depth, the pages of the same site that it links to."""

    name = "pages"

    def links(self, response: Response, context: Context) -> list[str]:
        return links(response.body, context)
