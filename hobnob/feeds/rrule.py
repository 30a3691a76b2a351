"""Recurrence rules that may go out (RFC 5545, 3.3.10): of what a source wrote, only what is understood and bounded."""

import datetime as dt
import math
import re

from hobnob.moments import UTC

__all__ = ["published_rule"]

_LONGEST = 1000
_MOST_TIMES = 24
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_NUMBERS = {  # part: lowest, highest value, whether it may count from the end, frequencies it does not go with
    "BYMONTH": (1, 12, False, ()),
    "BYWEEKNO": (1, 53, True, ("DAILY", "WEEKLY", "MONTHLY")),
    "BYYEARDAY": (1, 366, True, ("DAILY", "WEEKLY", "MONTHLY")),
    "BYMONTHDAY": (1, 31, True, ("WEEKLY",)),
    "BYHOUR": (0, 23, False, ()),
    "BYMINUTE": (0, 59, False, ()),
    "BYSECOND": (0, 59, False, ()),
    "BYSETPOS": (1, 366, True, ()),
}
_TIMES = ("BYHOUR", "BYMINUTE", "BYSECOND")
_ORDER = ("FREQ", "UNTIL", "COUNT", "INTERVAL", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", *_TIMES)
_BYDAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")


def published_rule(text: str, *, whole_days: bool, zone: dt.tzinfo | None) -> str | None:
    """`text` as a RRULE value in canonical form, or None when it is not one that is safe to pass on.

    Its UNTIL becomes what the start demands: a date for whole days, UTC where the clocks are those of `zone`, local
    time where the event is floating (`zone` None). Rules more frequent than daily, or with more than 24 times in a
    day, are refused, as are unknown parts and COUNT beside UNTIL.
    """
    if len(text) > _LONGEST or not text.isascii():
        return None
    try:
        parts = _checked(_parts(text), whole_days, zone)
    except (ValueError, KeyError, OverflowError):
        return None
    return ";".join(f"{name}={parts[name]}" for name in (*_ORDER, "BYSETPOS", "WKST") if name in parts)


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for pair in filter(None, text.strip().upper().removeprefix("RRULE:").split(";")):
        name, _, value = (part.strip() for part in pair.partition("="))
        if name in parts or not value:
            raise ValueError(name)
        if not name.startswith("X-") and (name, value) not in (("RSCALE", "GREGORIAN"), ("SKIP", "OMIT")):
            parts[name] = value
    return parts


def _checked(parts: dict[str, str], whole_days: bool, zone: dt.tzinfo | None) -> dict[str, str]:
    found = {"FREQ": (freq := parts.pop("FREQ"))}
    if freq not in _FREQUENCIES or {"COUNT", "UNTIL"} <= parts.keys():
        raise ValueError(freq)
    if "UNTIL" in parts:
        found["UNTIL"] = _until(parts.pop("UNTIL"), whole_days, zone)
    for name in ("COUNT", "INTERVAL"):
        if name in parts:
            found[name] = str(_number(parts.pop(name), 1, 99_999))
    if "WKST" in parts:
        found["WKST"] = _weekdays(parts.pop("WKST"), numbered=False)
    if "BYDAY" in parts:
        numbered = freq == "MONTHLY" or (freq == "YEARLY" and "BYWEEKNO" not in parts)
        found["BYDAY"] = _weekdays(parts.pop("BYDAY"), numbered=numbered)
    for name, (low, high, from_end, foreign) in _NUMBERS.items():
        if name in parts:
            value = _numbers(parts.pop(name), low, high, from_end)
            if freq in foreign:
                raise ValueError(name)
            if not (whole_days and name in _TIMES):
                found[name] = value
    times = math.prod(found.get(name, "").count(",") + 1 for name in _TIMES)
    lonely = "BYSETPOS" in found and not any(name.startswith("BY") and name != "BYSETPOS" for name in found)
    if parts or lonely or times > _MOST_TIMES:
        raise ValueError(freq)
    return found


def _number(text: str, low: int, high: int) -> int:
    if not low <= int(text) <= high:
        raise ValueError(text)
    return int(text)


def _numbers(text: str, low: int, high: int, from_end: bool) -> str:
    numbers = {int(item) for item in text.split(",")}
    if not all(low <= (abs(number) if from_end else number) <= high for number in numbers):
        raise ValueError(text)
    return ",".join(map(str, sorted(numbers)))


def _weekdays(text: str, *, numbered: bool) -> str:
    """Weekdays, each with its number where the frequency allows one; elsewhere a number means nothing and goes."""
    found: dict[str, None] = {}
    for item in text.split(","):
        match = _BYDAY.fullmatch(item)
        if match is None:
            raise ValueError(text)
        number = int(match[1]) if match[1] and numbered else 0
        if match[1] and not 1 <= abs(int(match[1])) <= 53:
            raise ValueError(text)
        found[f"{number or ''}{match[2]}"] = None
    return ",".join(found)


def _until(text: str, whole_days: bool, zone: dt.tzinfo | None) -> str:
    """A date where a time is asked for means the end of that day; a local time is tolerated and made UTC."""
    match = _UNTIL.fullmatch(text)
    if match is None:
        raise ValueError(text)
    time = dt.datetime.strptime(match[1] + (match[2] or "235959"), "%Y%m%d%H%M%S")  # noqa: DTZ007  (its zone follows)
    if whole_days:
        return f"{time:%Y%m%d}"
    if zone is None:
        return f"{time:%Y%m%dT%H%M%S}"
    aware = time.replace(tzinfo=UTC if match[3] else zone)
    return f"{aware.astimezone(UTC):%Y%m%dT%H%M%S}Z"
