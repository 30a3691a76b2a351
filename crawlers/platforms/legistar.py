"""Legistar (Granicus): meetings of councils, boards and commissions.

`https://webapi.legistar.com/v1/{client}/events` (OData): the day in one field, the time of day as text in another, both
local; a meeting is cancelled in the status of its agenda or minutes, or in a comment. Some clients want a key; their
meetings of this month are on `Calendar.aspx`, whose columns each client names and orders for itself; those of one
body are on a page of its own, where only the title names it.
https://webapi.legistar.com/Help
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, first_text
from crawlers.platforms.adapter.paging import ByOffset

__all__ = ["PLATFORM"]

_CLIENT = r"(?!webapi\.|www\.|support\.)(?P<client>[\w-]+)\.legistar1?\.com"
_ROWS = "table[id*=gridCalendar] tr.rgRow, table[id*=gridCalendar] tr.rgAltRow"


def _meetings(answer: Any) -> Iterator[dict[str, Any]]:
    """The meetings; a comment counts as their status where it says that they are cancelled."""
    for meeting in each(answer):
        yield {
            **meeting,
            "day": first_text(meeting, "EventDate")[:10],
            "key": first_text(meeting, "EventGuid", "EventId"),
            "status": [
                meeting.get(f"Event{name}") for name in ("AgendaStatusName", "MinutesStatusName", "Comment", "Time")
            ],
            "place": first_text(meeting, "EventLocation").replace("--em--", "\n"),
        }


def _column(*titles: str) -> str:
    """The cells of a row that stand below one of these titles."""
    below = " or ".join(f"normalize-space(translate(., '\u00a0', ' '))='{title}'" for title in titles)
    head = f"ancestor::table[1]/thead//th[{below}][1]"
    return f"./td[{head}][position() = count({head}/preceding-sibling::th) + 1]"


def _iso(day: str) -> str:
    """12/3/2026 as 2026-12-3: all clients are American."""
    month, rest = f"substring-before({day}, '/')", f"substring-after({day}, '/')"
    return f"concat(substring-after({rest}, '/'), '-', {month}, '-', substring-before({rest}, '/'))"


def _name() -> str:
    """The name of the body: on its own page no column has it, but the title, behind that of the client."""
    named = "ancestor::table[1]/thead//th[normalize-space(translate(., '\u00a0', ' '))='Name']"
    body = f".//a[contains(@id, 'hypBody')] | {_column('Name')}"
    title = f"self::*[not(.//a[contains(@id, 'hypBody')])][not({named})]/ancestor::html[1]/head/title"
    return f"concat(normalize-space({body}), substring-after(normalize-space({title}), ' - '))"


_DAY = f"normalize-space({_column('Meeting Date', 'Date')})"

_PAGE: dict[str, Any] = {
    "reader": "html",
    "fields": fields(
        entries=_ROWS,
        name=_name(),
        uid={"at": ".//a[contains(@id, 'hypiCal')]/@href", "match": r"\bID=(\d+)"},
        start_date=_iso(_DAY),
        start_time=_column("Meeting Time", "Time"),
        location=_column("Meeting Location", "Location"),
        url=".//a[contains(@id, 'hypMeetingDetail')]/@href",
        status=_column("Meeting Time", "Time"),
    ),
}

PLATFORM = Platform(
    name="legistar",
    title="Legistar (Granicus)",
    marks=Marks(
        address=(
            rf"^https?://{_CLIENT}/DepartmentDetail\.aspx\?ID=(?P<body>\d{{1,9}})&GUID=(?P<guid>[\w-]{{1,40}})",
            rf"^https?://{_CLIENT}(?:[/?#]|$)",
            r"^https?://webapi\.legistar\.com/v1/(?P<client>[\w-]+)",
        ),
        page=(
            r"\bhref=[\"']https?://(?!webapi\.|www\.|support\.)(?P<client>[\w-]{1,60})\.legistar\.com/"
            r"(?:Calendar|DepartmentDetail|MeetingDetail|Departments)\.aspx",
        ),
    ),
    ways=(
        Way(
            reader="json",
            url="https://webapi.legistar.com/v1/{client}/events"
            "?$filter=EventDate%20ge%20datetime'{today-30d}'&$orderby=EventDate&$top=100",
            headers={"Accept": "application/json"},
            entries=_meetings,
            fields=fields(
                name="EventBodyName",
                uid="key",
                start_date="day",
                start_time="EventTime",
                url="EventInSiteURL",
                description="EventComment",
                organizer="EventBodyName",
                location="place",
                status="status",
                updated="EventLastModifiedUtc",
            ),
            paging=ByOffset("$skip", 100, size_in="$top"),
        ),
        Way(
            url="https://{client}.legistar.com/DepartmentDetail.aspx?ID={body}&GUID={guid}",
            note="the meetings of one body",
            **_PAGE,
        ),
        Way(url="https://{client}.legistar.com/Calendar.aspx", note="the meetings of this month", **_PAGE),
    ),
    evidence="the values of a real answer in jisaacstone/legisearch documentation/legistar.md and the real pages in "
    "City-Bureau/city-scrapers-minn tests/files/minn_ramsey_boc.html (of one body) and in "
    "City-Bureau/city-scrapers-philly tests/files/phipa_city_council.html; the cases here are made in their shape",
)
