"""Indico: meetings of laboratories, institutes of physics, engineers and UN bodies.

https://docs.getindico.io/en/stable/http-api/: `/export/categ/ID.json` has the events of a category and all below it;
the top one is 0. Times are on the clocks of `tz`; the event's own clocks are those of `timezone`. A label such as
"[CANCELLED]" ends a title, and what is not fixed yet stands in 2099.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.paging import ByOffset
from crawlers.readers.lists.json_entries import list_of

__all__ = ["PLATFORM"]

_NOT_FIXED = "2099"
_NO_PLACE = ("no location set", "no address set")


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    """The entries with their dates as one text each, and the room before its building."""
    for event in answer["results"]:
        if not isinstance(event, Mapping):
            yield {}
            continue
        place = [str(event.get(name) or "").strip() for name in ("room", "location")]
        label = event.get("label")
        yield {
            **event,
            "start": _time(event.get("startDate")),
            "end": _time(event.get("endDate")),
            "place": ", ".join(dict.fromkeys(one for one in place if one and one.casefold() not in _NO_PLACE)),
            "label": label.get("title") if isinstance(label, Mapping) else label,
            "words": [event.get("category"), *list_of(event.get("keywords"))],
        }


def _time(stated: Any) -> str:
    """{"date": "2026-12-01", "time": "14:00:00", "tz": "Europe/Zurich"} as "2026-12-01T14:00:00[Europe/Zurich]"."""
    if not isinstance(stated, Mapping) or not (day := str(stated.get("date") or "")):
        return ""
    if day.startswith(_NOT_FIXED):
        return "not fixed yet"
    time, zone = str(stated.get("time") or "").partition(".")[0], str(stated.get("tz") or "")
    return f"{day}T{time}[{zone}]" if time and zone else f"{day}T{time}" if time else day


_FIELDS = fields(
    name="title",
    uid="id",
    start_date="start",
    end_date="end",
    time_zone="timezone",
    url="url",
    description="description",
    venue="place",
    address="address",
    performer="chairs.*.fullName",
    keywords="words",
    status="label",
)
_PAGING = ByOffset("offset", size=100, size_in="limit")
_QUERY = "from=today&to=365d&order=start&onlypublic=yes&limit=100"

PLATFORM = Platform(
    name="indico",
    title="Indico",
    marks=Marks(
        address=(r"/export/categ/(?P<category>[\w-]+)\.", r"/category/(?P<category>\d+)/(?:events\.ics|events\.atom)"),
        page=(
            r"<meta[^<>]{1,200}og:site_name[^<>]{1,200}content=\"Indico\b",
            r"data-canonical-locale=",
            r"\A(?=[\s\S]*?data-canonical-locale=)[\s\S]*?\"/category/(?P<category>\d+)/(?:events\.|overview|calendar)",
        ),
        prodid=(r"CERN//INDICO",),
    ),
    ways=(
        Way(
            reader="json",
            url=f"{{site}}/export/categ/{{category}}.json?{_QUERY}",
            entries=_events,
            fields=_FIELDS,
            paging=_PAGING,
        ),
        Way(
            reader="json",
            url=f"{{site}}/export/categ/0.json?{_QUERY}",
            entries=_events,
            fields=_FIELDS,
            paging=_PAGING,
            note="all of a site, where no category is named",
        ),
        Way(reader="ics", url="{site}/export/categ/{category}.ics?from=-31d", note="times in UTC"),
    ),
    evidence="answers shown in the documentation of Indico's HTTP API, and one of indico.cern.ch in the tests of "
    "CERN's portal for analysis preservation (event 845525); the case here is made in their shape",
)
