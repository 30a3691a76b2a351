"""What a calendar says of itself: NAME and REFRESH-INTERVAL (RFC 7986, sections 5.1 and 5.7), and what was there
before them, X-WR-CALNAME and X-PUBLISHED-TTL."""

import datetime as dt
from collections.abc import Iterable

from crawlers.readers import About
from crawlers.readers.calendars.fields import Fields
from crawlers.readers.durations import duration
from crawlers.readers.plain_text import line

__all__ = ["about"]

_A_MINUTE = dt.timedelta(minutes=1)
_A_YEAR = dt.timedelta(days=365)


def about(calendars: Iterable[Fields]) -> About | None:
    """The title and the interval of the first calendar that has one, each; the interval within a minute and a year."""
    title, refresh = "", None
    for own in calendars:
        title = title or line(own.text("NAME")) or line(own.text("X-WR-CALNAME"))
        refresh = refresh or _interval(own)
        if title and refresh:
            break
    return About(title=title or None, refresh=refresh) if title or refresh else None


def _interval(own: Fields) -> dt.timedelta | None:
    found = (duration(one.value) for name in ("REFRESH-INTERVAL", "X-PUBLISHED-TTL") for one in own.all(name))
    interval = next(filter(None, found), None)
    return min(max(interval, _A_MINUTE), _A_YEAR) if interval else None
