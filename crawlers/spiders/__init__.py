"""Spiders: one generic spider for each kind of source; a declared source is all that a site of its own needs."""

from importlib import import_module
from typing import TYPE_CHECKING

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


def spider_class(reader: str) -> "type[DeclaredSpider]":
    """The spider that crawls sources with this reader; raises KeyError when there is none."""
    module, _, name = SPIDERS[reader].partition(":")
    found: type[DeclaredSpider] = getattr(import_module(module), name)
    return found
