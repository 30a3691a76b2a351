"""LibCal (Springshare): calendars of university, medical and public libraries.

A calendar by its number (`cid`) as iCalendar, with all that is to come; and the list that its own pages load, for one
calendar or for all of a library (`c=-1`), by page, only for who asks as a page does. Times are those of the library;
the calendar writes them in UTC and names its zone.
"""

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.paging import ByPage

__all__ = ["PLATFORM"]

_HOST = r"(?P<site>https?://(?!www\.|static)[^/?#\"'\s<>]{1,100}\.libcal\.com)"

PLATFORM = Platform(
    name="libcal",
    title="LibCal (Springshare)",
    marks=Marks(
        address=(
            rf"^{_HOST}/(?:[^#]*[?&](?:cid|cal_id|cal|c)=(?P<calendar>\d{{1,9}})\b)?",
            r"^(?P<site>https?://[^/?#]+)/(?:ical_subscribe\.php|ajax/calendar/list)\?(?:[^#]*&)?(?:cid|c)=(?P<calendar>\d{1,9})\b",
        ),
        page=(
            r"\bical_subscribe\.php\?(?:[^\"'\s<>]{0,100}&(?:amp;)?)?cid=(?P<calendar>\d{1,9})\b",
            r"\bstatic-assets[\w-]{0,20}\.libcal\.com/",
            r"[\"'/]ajax/calendar/list\b",
        ),
        prodid=(r"Springshare//LibCal",),
    ),
    ways=(
        Way(reader="ics", url="{site}/ical_subscribe.php?src=p&cid={calendar}", calendar_zone=True),
        Way(
            reader="json",
            url="{site}/ajax/calendar/list?c={calendar}&date=0000-00-00&perpage=48&page=1&audience=&cats=&camps=&inc=0",
            otherwise={"calendar": "-1"},
            headers={"X-Requested-With": "XMLHttpRequest"},
            fields=fields(
                entries="results",
                name="title",
                uid="id",
                start_date="startdt",
                end_date="enddt",
                all_day="all_day",
                url="url",
                description="description",
                venue="campus",
                location="location",
                online="online_event",
                keywords="categories_arr.*.name",
                price="registration_cost",
                image="featured_image",
            ),
            paging=ByPage("page", entries="total_results", size="perpage"),
        ),
    ),
    evidence="a real list in ElixirTeSS/TeSS test/vcr_cassettes/ingestors/libcal.yml and a real calendar in "
    "dareonion/kid_event_calendar tests/fixtures/libcal_mountainview.ics; the cases here are made in their shape",
)
