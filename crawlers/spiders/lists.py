"""Lists of events as JSON files, such as confs.tech's: one file for each year, this one and the next."""

from crawlers.spiders.declared import DeclaredSpider

__all__ = ["ListSpider"]


class ListSpider(DeclaredSpider):
    """Reads the yearly files of a list; next year's may not exist yet."""

    name = "lists"
