"""The rule in a schema.org/Schedule: repeatFrequency with byDay, byMonth, byMonthDay and byMonthWeek."""

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crawlers.readers.schema_org.values import enumerated, many, plain
from hobnob.moments import UTC
from hobnob.recurrence import WEEKDAYS, parse

__all__ = ["Rule", "rule_of"]

_DURATION = re.compile(
    r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:0+[HMS])*)?", re.IGNORECASE
)
_WORDS = {
    "daily": ("DAILY", 1), "day": ("DAILY", 1), "weekly": ("WEEKLY", 1), "week": ("WEEKLY", 1),
    "biweekly": ("WEEKLY", 2), "fortnightly": ("WEEKLY", 2), "monthly": ("MONTHLY", 1), "month": ("MONTHLY", 1),
    "quarterly": ("MONTHLY", 3), "yearly": ("YEARLY", 1), "annually": ("YEARLY", 1), "annual": ("YEARLY", 1),
    "year": ("YEARLY", 1),
}  # fmt: skip
_BYDAY = re.compile(r"([+-]?[1-5])?(mo|tu|we|th|fr|sa|su)[a-z]*")
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_SHORT = {**{name[:3]: number for name, number in _DAYS.items()}, "tues": 1, "thur": 3, "thurs": 3}
_FARTHEST = 9 * 366


@dataclass(frozen=True, slots=True)
class Rule:
    """`text` is the RRULE without COUNT and UNTIL. `days` are pairs (which in the month or 0, weekday)."""

    freq: str
    interval: int = 1
    days: tuple[tuple[int, int], ...] = ()
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    guessed: str | None = None

    @property
    def holds_any_time(self) -> bool:
        """Whether it says by itself on which days it falls."""
        return self.interval == 1 and (bool(self.days or self.month_days) or self.freq == "DAILY")

    @property
    def text(self) -> str:
        days = ",".join(f"{which or ''}{WEEKDAYS[day]}" for which, day in self.days)
        parts = (
            f"FREQ={self.freq}",
            f"INTERVAL={self.interval}" if self.interval > 1 else "",
            f"BYMONTH={','.join(map(str, self.months))}" if self.months else "",
            f"BYMONTHDAY={','.join(map(str, self.month_days))}" if self.month_days else "",
            f"BYDAY={days}" if days else "",
        )
        return ";".join(filter(None, parts))

    def first(self, since: dt.date) -> dt.date | None:
        """The first day from `since` on that it names; None if there is none within nine years."""
        last = min(since.toordinal() + _FARTHEST, dt.date.max.toordinal())
        number = since.toordinal()
        while number <= last:
            day = dt.date.fromordinal(number)
            if self.months and day.month not in self.months:
                number += _length(day) - day.day + 1
            elif self._names(day):
                return day
            else:
                number += 1
        return None

    def _names(self, day: dt.date) -> bool:
        if self.month_days and not {day.day, day.day - _length(day) - 1} & set(self.month_days):
            return False
        return not self.days or any(_is(day, which, weekday) for which, weekday in self.days)


def rule_of(node: Mapping[str, Any], anchor: dt.date | None) -> Rule | None:
    """The rule of a Schedule, counted from `anchor` where it does not say on which day; None if it has none, or one
    that cannot be understood."""
    try:
        found = _rule(node, anchor)
        if found is not None:
            parse(found.text, UTC, whole_days=False)
    except ValueError:
        return None
    return found


def _rule(node: Mapping[str, Any], anchor: dt.date | None) -> Rule | None:
    days = _weekdays(node.get("byDay"))
    months = _numbers(node.get("byMonth"), 1, 12)
    month_days = _numbers(node.get("byMonthDay"), -31, 31)
    weeks = _numbers(node.get("byMonthWeek"), -1, 6)
    freq, interval, guessed = _frequency(node, bool(days), bool(month_days or weeks), bool(months))
    if freq is None:
        return None
    if not days and (frequent := _weekdays_of_frequency(node)):
        days = frequent
    if freq in ("DAILY", "WEEKLY"):
        if weeks or month_days:
            raise ValueError("weeks or days of the month in a weekly rule")
        return Rule(freq, interval, tuple((0, day) for _, day in days), months, (), guessed)
    if weeks:
        weekdays = [day for _, day in days] or ([anchor.weekday()] if anchor else [])
        if not weekdays or (freq == "YEARLY" and not months):
            raise ValueError("a week of the month without a day or month")
        # A month has at most five of each weekday.
        days = [(min(week, 5), day) for week in weeks for day in weekdays]
    elif days and not month_days and not all(which for which, _ in days):
        days, guessed = _counted(days, anchor), "which of the month it is, from its first date"
    if freq == "YEARLY" and days and not months:
        raise ValueError("a day of the week without a month")
    return Rule(freq, interval, tuple(dict.fromkeys(days)), months, month_days, guessed)


def _counted(days: list[tuple[int, int]], anchor: dt.date | None) -> list[tuple[int, int]]:
    """ "Each month, on Monday": the same Monday of the month as the first one."""
    if anchor is None or len(days) > 1 or anchor.weekday() != days[0][1]:
        raise ValueError("a day of the week without saying which one of the month")
    return [((anchor.day + 6) // 7, days[0][1])]


def _frequency(
    node: Mapping[str, Any], has_days: bool, in_month: bool, has_months: bool
) -> tuple[str | None, int, str | None]:
    """(FREQ, INTERVAL, what was guessed); FREQ is None if nothing repeats."""
    written = many(node.get("repeatFrequency"))
    if not written:
        guess = "the frequency, from its days"
        if in_month:
            return ("YEARLY" if has_months else "MONTHLY"), 1, guess
        return ("WEEKLY" if has_days else None), 1, guess if has_days else None
    word = enumerated(written[0])[0]
    if word in _WORDS:
        return *_WORDS[word], None
    if word in _DAYS:
        return "WEEKLY", 1, None
    match = _DURATION.fullmatch(plain(written[0], 40))
    counts = [int(one or 0) for one in match.groups()] if match else []
    if len([one for one in counts if one]) != 1:
        raise ValueError(f"repeatFrequency {word!r}")
    years, months, weeks, number = counts
    if number and number % 7 == 0:
        weeks, number = number // 7, 0
    if months and months % 12 == 0:
        years, months = months // 12, 0
    if number > 1 and has_days:
        raise ValueError("days of the week in a rule of every few days")
    freq = "YEARLY" if years else "MONTHLY" if months else "WEEKLY" if weeks else "DAILY"
    return freq, years or months or weeks or number, None


def _weekdays_of_frequency(node: Mapping[str, Any]) -> list[tuple[int, int]]:
    words = enumerated(node.get("repeatFrequency"))
    return [(0, _DAYS[word]) for word in words if word in _DAYS]


def _weekdays(value: Any) -> list[tuple[int, int]]:
    """Pairs (which in the month or 0, weekday). Raises ValueError for what is no day of the week."""
    found = []
    for name in enumerated(value):
        for word in re.split(r"[,;/ ]+", name):
            if word in _DAYS or word in _SHORT:
                found.append((0, _DAYS.get(word, _SHORT.get(word, 0))))
            elif (match := _BYDAY.fullmatch(word)) and word[-2:] == match[2]:
                found.append((int(match[1] or 0), WEEKDAYS.index(match[2].upper())))
            elif word:
                raise ValueError(f"byDay {word!r}")
    return list(dict.fromkeys(found))


def _numbers(value: Any, low: int, high: int) -> tuple[int, ...]:
    words = [word for one in many(value) for word in re.split(r"[,; ]+", plain(one, 200)) if word]
    numbers = sorted({int(word) for word in words})
    if any(not low <= number <= high or number == 0 for number in numbers):
        raise ValueError(f"{numbers} beyond {low} to {high}")
    return tuple(numbers)


def _length(day: dt.date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _is(day: dt.date, which: int, weekday: int) -> bool:
    if day.weekday() != weekday:
        return False
    from_start, from_end = (day.day + 6) // 7, -((_length(day) - day.day) // 7 + 1)
    return which in (0, from_start, from_end)
