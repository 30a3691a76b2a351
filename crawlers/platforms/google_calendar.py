"""Google Calendar: the public calendars of clubs, law schools, churches and towns, often embedded in their pages.

A calendar is public at /calendar/ical/ID/public/basic.ics, or it is nothing to us: an address that holds "private-" is
a secret of its owner and is not read. A page may show several calendars, in one frame or in many; links to add one
(`cid`) may have its id in Base64. What happens once is written in UTC, and the zone stands at the head of the calendar.
"""

import base64
import binascii
import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, unquote

from crawlers.platforms.adapter import Marks, Platform, Way

__all__ = ["PLATFORM"]

_HOST = r"(?:https?:)?(?://|\\/\\/)(?:calendar|www)\.google\.com(?:/|\\/)calendar(?:/|\\/)"
_QUERY = rf"{_HOST}[\w./\\]{{0,80}}\?(?P<calendar>[^\s\"'<>]{{0,2000}}?\b(?:src|cid)=[^\s\"'<>]{{1,2000}})"
_PATH = rf"{_HOST}(?:ical|feeds)(?:/|\\/)(?P<calendar>[^\s\"'<>/\\?]{{3,300}})(?:/|\\/)public\b"
_IN_SCRIPTS = (
    r"\bgoogleCalendarId[\"']?\s{0,9}:\s{0,9}[\"'](?P<calendar>[^\s\"'<>]{3,200})[\"']",
    r"[\"'](?P<calendar>[\w.+-]{1,200}@(?:group|import)\.calendar\.google\.com)[\"']",
)
_NOBODYS = "@group.v.calendar.google.com"
_ID = re.compile(r"[\w.+#-]{1,200}@[\w-]+(?:\.[\w-]+)+")


def _calendars(text: str) -> Iterator[str]:
    """The ids of the calendars in the query of an address, or of the one id, each written for an address.

    Google's own are left out: holidays, weeks, phases of the moon.
    """
    text = html.unescape(text).replace("\\u0026", "&").replace("\\/", "/")
    values = [value for name, value in parse_qsl(text) if name in ("src", "cid")] if "=" in text else [unquote(text)]
    for value in values:
        known = value if "@" in value else _from_base64(value)
        # One inside the other: cid=https://calendar.google.com/calendar/ical/ID/public/basic.ics
        within = re.search(_PATH, known)
        known = unquote(within["calendar"]) if within else known
        if _ID.fullmatch(known) and not known.endswith(_NOBODYS):
            yield quote(known, safe="")


def _from_base64(text: str) -> str:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (ValueError, binascii.Error):
        return unquote(text)


PLATFORM = Platform(
    name="google-calendar",
    title="Google Calendar",
    marks=Marks(
        address=(rf"^{_QUERY}", rf"^{_PATH}"),
        page=(_QUERY, _PATH, *_IN_SCRIPTS),
        prodid=(r"//Google Inc//Google Calendar", r"^-//Google Calendar//"),
        several=("calendar", _calendars),
    ),
    ways=(
        Way(
            reader="ics",
            url="https://calendar.google.com/calendar/ical/{calendar}/public/basic.ics",
            calendar_zone=True,
        ),
    ),
    evidence="a real calendar of a user group in OpenACalendar/OpenACalendar-Web-Core core/tests/data/TimeZone1.ics, "
    "which is a case; the pages that show calendars are made",
)
