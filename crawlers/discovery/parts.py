"""Addresses that name a part of a calendar: one category, group, tag, venue or department of it."""

import itertools
import re
from urllib.parse import parse_qsl, unquote, urlsplit

__all__ = ["keeps_to", "part_of"]

_PARAMETER = re.compile(
    r"\w*(?:categor|kategor|tag|group|keyword|filter|venue|organi[sz]er|depart|audience|topic|branch|librar)\w*"
    r"|\w*cats?(?:_?ids?)?|c?ids?|cal(?:endar)?(?:_?ids?)?|series|locations?|places?|types?_?ids?|\w*search|keywords?",
    re.IGNORECASE,
)
_FOLDER = re.compile(
    r"(?:categor(?:y|ies|ie|ia)|kategorien?|tags?|groups?|group_id|venues?|locations?|organi[sz]ers?|series"
    r"|departments?|audiences?|topics?)",
    re.IGNORECASE,
)
_WHOLE = ("", "all", "-1", "0", "list")
_MOST = 50


def part_of(url: str) -> frozenset[str]:
    """The names or numbers of the parts that an address is about, in small letters; none for that of a whole calendar.

    `/events/category/music/?ical=1`, `/calendar.ics?group_id=77`, `/iCalendar.aspx?catID=22`.
    """
    parts = urlsplit(url)
    folders = [unquote(one) for one in parts.path.split("/")[:_MOST]]
    within = [after for name, after in itertools.pairwise(folders) if _FOLDER.fullmatch(name)]
    asked = [value for name, value in parse_qsl(parts.query)[:_MOST] if _PARAMETER.fullmatch(name.partition("[")[0])]
    return frozenset(one for value in (*within, *asked) if (one := value.strip().casefold()) not in _WHOLE)


def keeps_to(part: frozenset[str], url: str) -> bool:
    """Whether an address is about one of these parts as well, in whatever place it names it; of none, any is."""
    text = unquote(url).casefold()
    return not part or any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text) for one in part)
