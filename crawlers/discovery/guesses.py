"""Where a site may have a calendar that it does not name: tried last, and only while nothing better was found."""

from urllib.parse import urljoin, urlsplit

from crawlers.discovery.found import Lead, Promise

__all__ = ["guesses"]

#: From the site's root: programs that publish there are many (see `PATHS` of docs/find-sources.md).
_PATHS = (
    "/events/?ical=1",
    "/?ical=1",
    "/events.ics",
    "/calendar.ics",
    "/events/feed/",
    "/feed/ics",
    "/feed.ics",
    "/events.json",
    "/api/events",
)


def guesses(url: str) -> list[Lead]:
    """Leads to the software that the site names (NodeInfo 2.1) and to well-known addresses of calendars."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        return []
    software = Lead(
        url=urljoin(url, "/.well-known/nodeinfo"),
        why="what software the site names",
        promise=Promise.SOFTWARE,
        page=url,
    )
    why = "many sites have a calendar here"
    return [software, *(Lead(url=urljoin(url, path), why=why, promise=Promise.GUESS, page=url) for path in _PATHS)]
