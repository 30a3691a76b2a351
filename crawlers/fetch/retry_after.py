"""When a server asks to be left alone (RFC 6585, 4; RFC 9110, 10.2.3 and 15.6.4)."""

import datetime as dt
from email.utils import parsedate_to_datetime

from scrapy.http import Response

from hobnob.moments import UTC

__all__ = ["asked_to_wait", "seconds"]

_LONGEST = 7 * 24 * 3600
"""More than a week is taken for a mistake: sources are crawled by themselves at most as seldom as that."""


def asked_to_wait(response: Response) -> int | None:
    """The seconds for which the server of `response` asks to be left alone, 0 when it does not say how long.

    None when it does not ask: only 429 does, and 503 with Retry-After, which also announces maintenance.
    """
    named = response.headers.get("Retry-After")
    if response.status == 429 or (response.status == 503 and named):
        return seconds(named.decode("latin-1") if named else "", dt.datetime.now(UTC))
    return None


def seconds(text: str, now: dt.datetime) -> int:
    """Retry-After, a number of seconds or an HTTP date, in seconds from `now`; 0 for what is past or neither."""
    text = text.strip()
    if text.isascii() and text.isdecimal():
        return min(int(text[:10]), _LONGEST)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return 0
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0, min(round((until - now).total_seconds()), _LONGEST))
