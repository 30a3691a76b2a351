"""Answers that a client need not fetch twice: validators and conditional requests (RFC 9110, 8.8 and 13)."""

import datetime as dt
from email.utils import format_datetime, parsedate_to_datetime

from starlette.datastructures import Headers

from hobnob.moments import UTC

__all__ = ["http_date", "is_unchanged"]


def http_date(moment: dt.datetime) -> str:
    """An aware datetime as an HTTP date."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def is_unchanged(headers: Headers, *, etag: str, last_modified: dt.datetime) -> bool:
    """Whether a GET or HEAD with these headers is answered by 304. If-None-Match, where given, alone decides."""
    known = headers.get("if-none-match")
    if known is not None:
        tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
        return etag in tags or "*" in tags
    since = headers.get("if-modified-since")
    if since is None:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except ValueError:
        return False
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return last_modified.replace(microsecond=0) <= moment
