"""pretalx: conferences of free software, Python, hackers, archivists; pretalx.com and many sites of their own.

A conference is one event here, its talks are not (crawlers.platforms.adapter.programme): its programme
(`/EVENT/schedule/export/schedule.json`, https://docs.pretalx.org/) names it and says its days; they are days without
times. `/api/events/` lists all public conferences of a site.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way
from crawlers.platforms.adapter.entries import in_language
from crawlers.platforms.adapter.paging import ByLink
from crawlers.platforms.adapter.programme import CONFERENCE, conference
from crawlers.readers.lists.json_entries import list_of

__all__ = ["PLATFORM"]


def _conferences(answer: Any) -> Iterator[dict[str, Any]]:
    """The conference of a programme, one that the API tells of, or those of its list (a page of it, or all at once)."""
    if isinstance(answer, Mapping) and "schedule" in answer:
        yield conference(answer["schedule"])
        return
    alone = isinstance(answer, Mapping) and "date_from" in answer
    for event in list_of(answer if alone or isinstance(answer, list) else answer["results"]):
        if not isinstance(event, Mapping) or event.get("is_public") is False:
            continue
        slug = str(event.get("slug") or "")
        yield {
            "title": in_language(event.get("name"), "en"),
            "acronym": slug,
            "start": event.get("date_from"),
            "end": event.get("date_to"),
            "url": event.get("custom_domain") or (f"/{slug}/" if slug else None),
        }


_SITE = r"(?P<site>https?://[^/\"\s]{1,200})"
_EVENT = r"(?P<event>(?!api/|orga/|static/|media/|fake/|p/)[\w-]+)"
_PAGES = r"(?:schedule|cfp|speaker|talk|sneak|featured)"

PLATFORM = Platform(
    name="pretalx",
    title="pretalx",
    marks=Marks(
        address=(
            rf"^{_SITE}/{_EVENT}/schedule/export/",
            rf"^{_SITE}/{_EVENT}/schedule/v/[^/]+/?(?:widget|\.json)",
            rf"^{_SITE}/{_EVENT}/schedule/widgets?/",
            rf"^(?P<site>https?://(?:[\w-]+\.)?pretalx\.com)/{_EVENT}(?:/|$)",
        ),
        page=(
            r"<meta[^<>]{1,200}content=\"pretalx\b",
            rf"\A(?=[\s\S]*?<meta[^>]{{1,80}}content=\"pretalx\b)[\s\S]*?href=\"(?:https?://[^/\"]+)?/{_EVENT}/{_PAGES}/",
            rf"<pretalx-schedule[^<>]{{1,200}}event-url=\"{_SITE}/{_EVENT}/",
        ),
    ),
    ways=(
        Way(
            reader="json",
            url="{site}/{event}/schedule/export/schedule.json",
            entries=_conferences,
            fields=CONFERENCE,
            paging=ByLink("next"),
            note="only once a schedule is released; without the place, which it does not say",
        ),
        Way(
            reader="json",
            url="{site}/api/events/{event}/",
            entries=_conferences,
            fields=CONFERENCE,
            paging=ByLink("next"),
            note="also before there is a schedule",
        ),
        Way(
            reader="json",
            url="{site}/api/events/",
            entries=_conferences,
            fields=CONFERENCE,
            paging=ByLink("next"),
            note="all public conferences of a site",
        ),
    ),
    evidence="a programme as pretalx exports it, in voc/schedule validator/json/examples/pretalx-democon.json, and the "
    "fields of its API in pretalx/pretalx src/pretalx/api; the cases here are made in their shape",
)
