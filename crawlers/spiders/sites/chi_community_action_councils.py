"""Community Action Councils of Chicago's schools: they meet by rules in words, "2nd Tuesday of the month", which no
field of a declared source holds. Who varies is skipped."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from parsel import Selector

from crawlers.spiders.site_page import Said, SitePage, text
from crawlers.spiders.site_spider import SiteSpider
from hobnob.observations import Follow, Skipped

__all__ = ["ChiCommunityActionCouncils"]

_DAYS = {name.casefold(): number for number, name in enumerate(calendar.day_name)}
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_RULE = re.compile(r"(?P<nth>[1-4])(?:st|nd|rd|th) (?P<day>\w+day) of (?P<months>the month|[\w, ]+)", re.IGNORECASE)


class ChiCommunityActionCouncils(SiteSpider):
    name = "chi-community-action-councils"
    title = "Chicago Public Schools: Community Action Councils"
    url = "https://www.cps.edu/services-and-supports/parent-engagement/community-action-councils-cacs/"
    time_zone = "America/Chicago"
    place = "Chicago IL, US"
    industries = ("education", "community")
    kind = "public-meeting"
    language = "en"

    def events(self, page: SitePage) -> Iterator[Said | Follow | Skipped]:
        def council(block: Selector) -> Said:
            area, _, rest = text(block).partition("\nWhen:\n")
            when, _, where = rest.partition("\nWhere:\n")
            days, _, time = when.partition("\n")
            name = f"{area.strip()} Community Action Council"
            if (rule := _RULE.fullmatch(days.strip())) is None:
                return {"name": name, "dates": days}
            months = [number for month, number in _MONTHS.items() if month in rule["months"].casefold()]
            nth, day = int(rule["nth"]), _DAYS[rule["day"].casefold()]
            return {
                "name": name,
                "uid": name,
                "dates": _first(page.context.now.year, months[0] if months else 1, day, nth).isoformat(),
                "time": time,
                "location": where.partition("\nContact:")[0],
                "rrule": f"FREQ=MONTHLY;BYDAY={nth}{calendar.day_name[day][:2].upper()}"
                + (f";BYMONTH={','.join(map(str, months))}" if months else ""),
            }

        blocks = page.xpath("//div[contains(@class, 'rich-text')][.//strong[starts-with(., 'When')]]")
        yield from page.each(blocks, council)


def _first(year: int, month: int, day: int, nth: int) -> dt.date:
    """The `nth` such weekday of a month."""
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(day - first.weekday()) % 7 + 7 * (nth - 1))
