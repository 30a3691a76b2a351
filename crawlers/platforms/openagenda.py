"""OpenAgenda: agendas of French towns, museums, universities and ministries.

`https://api.openagenda.com/v2/agendas/{uid}/events` with the user's own public key, free of charge; the list goes on by
a cursor of several parts. An event has one or many times (`timings`), each an event of its own here. Status 6 is
cancelled, 3 moved online, 4 postponed, 2 rescheduled; attendance mode 2 is online, 3 both.
https://developers.openagenda.com/10-lecture/
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Key, Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import each, first_text, in_language, members
from crawlers.platforms.adapter.paging import ByCursor

__all__ = ["PLATFORM"]

_LANGUAGES = ("fr", "en", "de", "es", "it", "nl", "pt", "br", "oc", "ca", "eu")
_STATUS = {"2": "rescheduled", "3": "moved online", "4": "postponed", "6": "cancelled"}
_ATTENDANCE = {"1": "in person", "2": "online", "3": "hybrid"}
_MOST_TIMES = 400


def _times(answer: Any) -> Iterator[dict[str, Any]]:
    """An entry for each time of each event."""
    for event in each(answer, "events"):
        said = {
            "name": _said(event.get("title")),
            "text": [_said(event.get("longDescription")) or _said(event.get("description"))],
            "words": _words(event.get("keywords")),
            "cost": _said(event.get("conditions")),
            "state": _STATUS.get(first_text(event, "status", "status.id"), ""),
            "attendance": _attendance(event),
            "picture": _picture(members(event.get("image"))),
            "link": _link(event),
        }
        times = event.get("timings") or _some_times(event)
        for time in list(each(times))[:_MOST_TIMES] if isinstance(times, list) else [{}]:
            begin = first_text(time, "begin", "start")
            yield {**event, **said, "key": f"{first_text(event, 'uid')}@{begin}", "begin": begin, "time": time}


def _some_times(event: dict[str, Any]) -> list[Any]:
    """The times that an event which does not list them names besides: its first, next and last one, each once."""
    named = [members(event.get(f"{which}Timing")) for which in ("first", "next", "last")]
    return list({first_text(one, "begin"): one for one in named if one}.values()) or [{}]


def _said(value: Any) -> str:
    return in_language(value, *_LANGUAGES)


def _words(value: Any) -> list[Any]:
    by_language = members(value)
    found = next((by_language[one] for one in (*_LANGUAGES, *by_language) if by_language.get(one)), value)
    return found if isinstance(found, list) else []


def _attendance(event: dict[str, Any]) -> str:
    mode = _ATTENDANCE.get(first_text(event, "attendanceMode", "attendanceMode.id"), "")
    return " ".join(filter(None, (mode, first_text(event, "onlineAccessLink") if mode != "in person" else "")))


def _picture(image: dict[str, Any]) -> str:
    return first_text(image, "base") + first_text(image, "filename") if image else ""


def _link(event: dict[str, Any]) -> str:
    agenda, slug = first_text(event, "originAgenda.slug", "agenda.slug"), first_text(event, "slug")
    return first_text(event, "canonicalUrl") or (
        f"https://openagenda.com/{agenda}/events/{slug}" if agenda and slug else ""
    )


PLATFORM = Platform(
    name="openagenda",
    title="OpenAgenda",
    marks=Marks(
        address=(
            r"^https?://(?:api\.)?openagenda\.com/(?:(?:fr|en|v2)/)?agendas/(?P<agenda>\d{1,12})\b",
            r"^https?://openagenda\.com/(?!agendas?\b|api\b|terms\b|signin\b)[\w-]+",
        ),
        page=(
            r"\bopenagenda\.com/agendas/(?P<agenda>\d{1,12})\b",
            r"\"agenda(?:Uid)?\"\s?:\s?(?:\{\s?\"uid\"\s?:\s?)?(?P<agenda>\d{4,12})\b",
            r"\bdata-(?:oa-)?agenda(?:-uid)?=[\"'](?P<agenda>\d{4,12})[\"']",
        ),
        every_page=r"\bopenagenda\.com\b",
    ),
    ways=(
        Way(
            reader="json",
            url="https://api.openagenda.com/v2/agendas/{agenda}/events"
            "?relative[]=current&relative[]=upcoming&detailed=1&sort=timings.asc&size=100",
            key=Key(host="api.openagenda.com", get_one_at="https://openagenda.com/settings/apiKey", header="key"),
            entries=_times,
            fields=fields(
                name="name",
                uid="key",
                start_date="begin",
                end_date="time.end",
                time_zone="timezone",
                url="link",
                description="text",
                organizer="originAgenda.title",
                venue="location.name",
                address="location.address",
                city="location.city",
                region="location.region",
                postal_code="location.postalCode",
                country="location.countryCode",
                latitude="location.latitude",
                longitude="location.longitude",
                online="attendance",
                status="state",
                keywords="words",
                price="cost",
                image="picture",
                updated="updatedAt",
            ),
            paging=ByCursor("after[]", "after"),
        ),
    ),
    evidence="the list and the event that a public client keeps in Erwane/openagenda-api "
    "tests/resources/Response/events; the case here is made in their shape, its cursor is unverified",
)
