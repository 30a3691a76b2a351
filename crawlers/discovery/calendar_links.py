"""Links to calendars: how their addresses look, and calendars whose address is inside of another one."""

import base64
import binascii
import re
from urllib.parse import parse_qsl, quote, urlsplit

from crawlers.readers.web_address import absolute

__all__ = ["as_web", "calendar_in", "is_calendar_address", "is_entry_form", "is_of_one_event", "shape", "webcal"]

_ADDRESS = re.compile(
    r"^webcals?:|\.(?:ics|ical|icalendar|vcs)(?:$|[?#&/])"
    r"|[/?&=._-](?:icalendar|ical|ics|icalfeed|webcal|vcal)(?:$|[=&/?#._-])|[?&](?:output|format|type)=(?:ics|ical)\b"
    r"|/(?:ical_subscribe|icalexport|exportical|export-ical)\b",
    re.IGNORECASE,
)
_ONE_EVENT = re.compile(
    r"[?&](?:event_?id|eid|uid)=|/event/[^/?]+/?\?(?:[^#]*&)?(?:ical|outlook-ical)=1", re.IGNORECASE
)
_ENTRY_FORM = re.compile(
    r"[?&]action=TEMPLATE\b|//(?:outlook\.(?:live|office(?:365)?)\.com)/(?:calendar|owa)/\S*(?:deeplink/compose|rru=addevent)"
    r"|//calendar\.yahoo\.com/|//(?:www\.)?addevent\.com/",
    re.IGNORECASE,
)
_PICTURE_OR_CODE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|css|js|html?|pdf)$", re.IGNORECASE)
_GOOGLE = re.compile(r"^https?://(?:www\.|calendar\.)?google\.com/calendar\b|^https?://calendar\.google\.com/", re.I)
_ID = re.compile(r"[\w.+-]+@[\w.-]+")
_INSIDE = ("cid", "url", "src", "feed", "link")


def is_calendar_address(url: str) -> bool:
    """Whether an address looks like one of a calendar."""
    return _ADDRESS.search(url) is not None and not _PICTURE_OR_CODE.search(urlsplit(url).path)


def is_of_one_event(url: str) -> bool:
    """Whether the address of a calendar names the one event that is in it."""
    return _ONE_EVENT.search(url) is not None


def is_entry_form(url: str) -> bool:
    """Whether a link opens a calendar program's form for a new entry: there is no calendar behind it."""
    return _ENTRY_FORM.search(url) is not None


def calendar_in(url: str) -> str | None:
    """The calendar that a link to a calendar program would add: its address is a parameter of the link.

    Google's "add by URL" and "cid" (an id, or one in base64), Outlook's "addfromweb?url=". None if there is none.
    """
    if "=" not in url:
        return None
    for name, value in parse_qsl(urlsplit(url).query)[:20]:
        if name.lower() not in _INSIDE:
            continue
        if value.lower().startswith(("webcal:", "webcals:")):
            return webcal(value)
        if value.lower().startswith(("http:", "https:")) and is_calendar_address(value):
            return absolute(value, "")
        if name.lower() in ("cid", "src") and _GOOGLE.match(url) and (found := _google_id(value)):
            return f"https://calendar.google.com/calendar/ical/{quote(found)}/public/basic.ics"
    return None


def webcal(url: str) -> str | None:
    """The address, made safe as those of the web are; None if it is no webcal: or webcals: address."""
    scheme, _, rest = url.strip().partition(":")
    if scheme.lower() not in ("webcal", "webcals"):
        return None
    found = absolute(f"https:{rest}", "")
    return found and f"{scheme.lower()}:{found.removeprefix('https:')}"


def as_web(url: str, page: str | None = None) -> tuple[str, ...]:
    """The addresses to fetch for one that may be webcal: (what calendar programs register for): https, then http.

    On the host of `page` it is fetched as that was.
    """
    scheme, _, rest = url.partition(":")
    if scheme.lower() not in ("webcal", "webcals"):
        return (url,)
    if page and urlsplit(page).netloc == urlsplit(f"https:{rest}").netloc:
        return (f"{urlsplit(page).scheme}:{rest}",)
    return (f"https:{rest}", f"http:{rest}") if scheme.lower() == "webcal" else (f"https:{rest}",)


def shape(url: str) -> str:
    """What the addresses of the same thing for many events have in common: no numbers, no last name, no values."""
    parts = urlsplit(url)
    path = re.sub(r"\d+", "0", parts.path)
    folder, _, last = path.rstrip("/").rpartition("/")
    ending = last.rpartition(".")[2] if "." in last else ""
    if not ending and re.fullmatch(r"ical|ics|icalendar|calendar|export|download", last):
        folder, ending = folder.rpartition("/")[0], last
    return f"{parts.netloc}{folder}/*{ending}?{'&'.join(name for name, _ in parse_qsl(parts.query))}"


def _google_id(value: str) -> str | None:
    if _ID.fullmatch(value):
        return value
    try:
        decoded = base64.b64decode(value + "=" * (-len(value) % 4), validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    return decoded if _ID.fullmatch(decoded) else None
