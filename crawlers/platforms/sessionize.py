"""Sessionize: programmes of developers' and Microsoft conferences, embedded in the pages of each.

https://sessionize.com/playbook/api: `/api/v2/ID/view/All` has all sessions; the organiser makes the id. It does not
name the conference, so the title of the source is its name; and times are those of the place, without a zone. The
conference is one event here, its sessions are not (crawlers.platforms.adapter.programme).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.readers.lists.json_entries import list_of

__all__ = ["PLATFORM"]


def _sessions(answer: Any) -> Iterator[Any]:
    """`All` has them in one list, `Sessions` in one for each group; a "Z" says nothing about the zone."""
    groups = [answer] if isinstance(answer, Mapping) else [one for one in answer if isinstance(one, Mapping)]
    for session in (session for group in groups for session in list_of(group["sessions"])):
        if not isinstance(session, Mapping):
            yield {}
            continue
        yield {
            **session,
            "startsAt": str(session.get("startsAt") or "").removesuffix("Z"),
            "endsAt": str(session.get("endsAt") or "").removesuffix("Z"),
        }


PLATFORM = Platform(
    name="sessionize",
    title="Sessionize",
    marks=Marks(
        address=(r"^https?://sessionize\.com/api/v2/(?P<id>[a-z0-9]{6,12})(?:/|$)",),
        page=(r"sessionize\.com\\?/api\\?/v2\\?/(?P<id>[a-z0-9]{6,12})\b",),
    ),
    ways=(
        Way(
            reader="json",
            url="https://sessionize.com/api/v2/{id}/view/All",
            entries=_sessions,
            fields=fields(name="title", uid="id", start_date="startsAt", end_date="endsAt"),
            programme=True,
            note="the title of the source is the name of the conference",
        ),
    ),
    evidence="the shape of answers as several public programs keep them (sessions with startsAt, with and without Z, "
    "and null before they are scheduled); the case here is made in that shape",
)
