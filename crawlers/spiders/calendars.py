"""Calendars (iCalendar, RFC 5545): one address holds all that a source publishes."""

from crawlers.spiders.declared import DeclaredSpider

__all__ = ["CalendarSpider"]


class CalendarSpider(DeclaredSpider):
    """Reads a calendar; what is no longer in it is gone."""

    name = "calendars"
