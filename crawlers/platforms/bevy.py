"""Bevy: communities with chapters, such as those of Google Developer Groups (gdg.community.dev).

The page of a chapter names its number, by which what its own scripts ask for gives the chapter's events, by page.
"""

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.paging import ByLink

__all__ = ["PLATFORM"]

_FIELDS = (
    "id,title,description,description_short,start_date,start_date_iso,end_date,end_date_iso,event_timezone,status,"
    "audience_type,event_type_title,cropped_picture_url,url,static_url,chapter_title,venue_name,venue_address,"
    "venue_city,venue_zip_code,tags"
)

PLATFORM = Platform(
    name="bevy",
    title="Bevy",
    marks=Marks(
        address=(r"^https?://[^/]+/api/event_slim/for_chapter/(?P<chapter>\d{1,9})\b",),
        page=(
            r"\bGlobals\.chapter_id\s?=\s?['\"]?(?P<chapter>\d{1,9})\b",
            r"/api/event_slim/for_chapter/(?P<chapter>\d{1,9})\b",
        ),
    ),
    ways=(
        Way(
            reader="json",
            url="{site}/api/event_slim/for_chapter/{chapter}/?status=Live&include_cohosted_events=true"
            f"&visible_on_parent_chapter_only=true&order=start_date&page_size=100&fields={_FIELDS}",
            fields=fields(
                entries="results",
                name="title",
                uid="id",
                start_date="start_date",
                end_date="end_date",
                time_zone="event_timezone",
                url="url",
                description="description_short",
                organizer="chapter_title",
                venue="venue_name",
                address="venue_address",
                city="venue_city",
                postal_code="venue_zip_code",
                online="audience_type",
                status="status",
                keywords="tags",
                image="cropped_picture_url",
            ),
            paging=ByLink(("links.next", "next")),
            note="what the pages of a chapter ask for: it may change without notice",
        ),
    ),
    evidence="a real event of gdg.community.dev in gdgindonesia/mobile "
    "gdg-events/src/commonTest/kotlin/id/gdg/event/data/fake/EventDetailFake.kt; the list's fields and links as "
    "several public programs read them; the case here is made in these shapes",
)
