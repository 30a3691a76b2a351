"""Feeds (RSS and Atom): one address holds the newest of what a source publishes."""

from crawlers.spiders.declared import DeclaredSpider

__all__ = ["FeedSpider"]


class FeedSpider(DeclaredSpider):
    """Reads a feed; an entry that is no longer in it may only have made room for newer ones (RFC 5005)."""

    name = "feeds"
    whole = False
