"""Spiders: one generic spider for each kind of source; a declared source is all that most sites need.

The spiders of single sites, which a source names as its `spider`, are in `sites`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from crawlers.spiders.sites import spider_called
from hobnob.sources import Source

if TYPE_CHECKING:
    from crawlers.spiders.declared import DeclaredSpider

__all__ = ["SPIDERS", "spider_class"]

#: The generic spider for each reader.
SPIDERS = {
    "ics": "crawlers.spiders.calendars:CalendarSpider",
    "jcal": "crawlers.spiders.calendars:CalendarSpider",
    "feed": "crawlers.spiders.feeds:FeedSpider",
    "html": "crawlers.spiders.pages:PageSpider",
    "confs-tech": "crawlers.spiders.lists:ListSpider",
    "json": "crawlers.spiders.lists:ListSpider",
    "xml": "crawlers.spiders.lists:ListSpider",
    "csv": "crawlers.spiders.lists:ListSpider",
    "yaml": "crawlers.spiders.lists:ListSpider",
    "markdown": "crawlers.spiders.lists:ListSpider",
}


def spider_class(source: Source) -> "type[DeclaredSpider]":
    """The spider that crawls `source`: the one it names, or that of its reader; raises KeyError when there is none."""
    found: type[DeclaredSpider]
    if source.spider:
        found = spider_called(source.spider)
        return found
    module, _, name = SPIDERS[source.reader].partition(":")
    found = getattr(import_module(module), name)
    return found
