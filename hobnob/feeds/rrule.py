"""Recurrence rules that may go out (RFC 5545, 3.3.10): of what a source wrote, only what is understood and bounded."""

import datetime as dt

from hobnob.moments import UTC
from hobnob.recurrence import WEEKDAYS, Rule, parse

__all__ = ["published_rule"]

_LONGEST = 1000
_MOST = 99_999
#: The frequencies that go out, with the parts that do not go with each (the table in RFC 5545, 3.3.10).
_FREQUENCIES = {
    "DAILY": ("byweekno", "byyearday"),
    "WEEKLY": ("byweekno", "byyearday", "bymonthday"),
    "MONTHLY": ("byweekno", "byyearday"),
    "YEARLY": (),
}
_BEFORE_BYDAY = ("bymonth", "byweekno", "byyearday", "bymonthday")
_AFTER_BYDAY = ("byhour", "byminute", "bysecond", "bysetpos")


def published_rule(text: str, *, whole_days: bool, zone: dt.tzinfo | None) -> str | None:
    """`text` as a RRULE value in canonical form, or None when it is not one that is safe to pass on.

    Its UNTIL becomes what the start demands: a date for whole days, UTC where the clocks are those of `zone`, local
    time where the event is floating (`zone` None). Rules more frequent than daily, or with more than 24 times in a
    day, are refused, as are unknown parts and COUNT beside UNTIL.
    """
    if len(text) > _LONGEST or not text.isascii():
        return None
    try:
        rule = parse(text, zone or UTC, whole_days)
        return ";".join(_parts(rule, whole_days, zone)) if _is_safe(rule) else None
    except (ValueError, OverflowError):
        return None


def _is_safe(rule: Rule) -> bool:
    if rule.freq not in _FREQUENCIES or any(getattr(rule, name) for name in _FREQUENCIES[rule.freq]):
        return False
    return max(rule.interval, rule.count or 0) <= _MOST and (rule.count is None or rule.until is None)


def _parts(rule: Rule, whole_days: bool, zone: dt.tzinfo | None) -> list[str]:
    parts = [f"FREQ={rule.freq}"]
    if rule.until is not None:
        parts.append(f"UNTIL={_until(rule.until, whole_days, zone)}")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.interval != 1:
        parts.append(f"INTERVAL={rule.interval}")
    parts += _numbers(rule, _BEFORE_BYDAY)
    if rule.byday:
        counted = not rule.byweekno  # within a week a number says nothing
        days = dict.fromkeys(f"{number if number and counted else ''}{WEEKDAYS[day]}" for number, day in rule.byday)
        parts.append(f"BYDAY={','.join(days)}")
    parts += _numbers(rule, _AFTER_BYDAY)
    if rule.wkst:
        parts.append(f"WKST={WEEKDAYS[rule.wkst]}")
    return parts


def _numbers(rule: Rule, names: tuple[str, ...]) -> list[str]:
    return [f"{name.upper()}={','.join(map(str, numbers))}" for name in names if (numbers := getattr(rule, name))]


def _until(until: dt.datetime, whole_days: bool, zone: dt.tzinfo | None) -> str:
    if whole_days:
        return f"{until:%Y%m%d}"
    if zone is None:
        return f"{until:%Y%m%dT%H%M%S}"
    return f"{until.replace(tzinfo=zone).astimezone(UTC):%Y%m%dT%H%M%S}Z"
