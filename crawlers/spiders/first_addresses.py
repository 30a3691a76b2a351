"""What a declared address stands for on a day: `{year}`, `{today}` and `{today+90d}` are dates at crawl time.

After a colon stands how the day is to be written, as for strftime: `{today+90d:%m/%d/%Y}`.
"""

import datetime as dt
import re

__all__ = ["first_addresses"]

_DAY = re.compile(r"\{today(?:([+-]\d{1,4})d)?(?::((?:%[dmYyjBb]|[ ,./_-])+))?\}")


def first_addresses(url: str, today: dt.date) -> list[str]:
    """One address, or with `{year}` that of this year and of the next; days are written as in ISO 8601."""
    url = _DAY.sub(lambda found: _written(today + dt.timedelta(days=int(found[1] or 0)), found[2]), url)
    if "{year}" not in url:
        return [url]
    return [url.replace("{year}", str(year)) for year in (today.year, today.year + 1)]


def _written(day: dt.date, notation: str | None) -> str:
    return day.strftime(notation) if notation else day.isoformat()
