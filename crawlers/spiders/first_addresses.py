"""What a declared address stands for on a day: `{year}`, `{today}` and `{today+90d}` are dates at crawl time."""

import datetime as dt
import re

__all__ = ["first_addresses"]

_DAY = re.compile(r"\{today(?:([+-]\d{1,4})d)?\}")


def first_addresses(url: str, today: dt.date) -> list[str]:
    """One address, or with `{year}` that of this year and of the next; days are written as in ISO 8601."""
    url = _DAY.sub(lambda found: (today + dt.timedelta(days=int(found[1] or 0))).isoformat(), url)
    if "{year}" not in url:
        return [url]
    return [url.replace("{year}", str(year)) for year in (today.year, today.year + 1)]
