"""Dates and times in figures: what "3.3.", "03/05/2027", "18:30-20:00" or "3-5" may be."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Clock", "Day", "Token", "clock", "figures", "year_of_two"]

FIRST_YEAR, LAST_YEAR = 1970, 2200
_ORDERS = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}
_ISO_RANGE = re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)")
_SHAPES = re.compile(
    r"(?P<time>\d{1,2}:\d\d(?::\d\d)?)"
    r"|(?P<date>\d{1,4}(?P<mark>[./])\d{1,2}(?P=mark)\d{1,4})"
    r"|(?P<pair>\d{1,2}[./]\d{1,2})"
)


class Day(NamedTuple):
    """A day of which something may not be said; a weekday is 0 for Monday."""

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None

    def date(self, year: int | None = None) -> dt.date | None:
        """The date, in `year` where it states none; None if there is no such date."""
        try:
            return dt.date(self.year or year or 0, self.month or 0, self.day)
        except ValueError:
            return None


class Clock(NamedTuple):
    """A time of day; `half` is 0 before noon, 12 after it, None where the hour is of 24 or nothing is said.

    `clear`: it cannot be of the other half of the day.
    """

    hour: int
    minute: int = 0
    second: int = 0
    half: int | None = None
    clear: bool = True


@dataclass(slots=True, eq=False)
class Token:
    """A piece of text and what it does in a date: see tokens.py for the roles.

    `text` is the zone of a zone, and the mark between the numbers of a date (twice, if its year has two digits).
    """

    role: str
    start: int
    end: int
    number: int = 0
    days: tuple[Day, ...] = ()
    clock: Clock | None = None
    text: str = ""


def clock(hour: str, minute: str = "0", second: str = "0") -> Clock | None:
    """A time of day of 24 hours; 24:00 is one. None for numbers that make none."""
    if int(hour) > 24 or int(minute) > 59 or int(second) > 60 or (int(hour) == 24 and int(minute)):
        return None
    return Clock(int(hour), int(minute), min(int(second), 59), None, int(hour) > 12 or hour[0] == "0")


def year_of_two(text: str) -> int | None:
    """ "27" as 2027; nothing where the last century may be meant."""
    return 2000 + int(text) if int(text) < 70 else None


def figures(text: str, start: int) -> list[Token]:
    """The tokens of a run of figures joined by points, colons, slashes and hyphens; one of role "x" if it is none."""
    end = start + len(text)
    if match := _ISO_RANGE.fullmatch(text):
        parts = [match[1], match[2]]
    elif "-" not in text:
        parts = [text]
    elif set(text) <= set("0123456789-"):
        parts = _hyphens(text)
    else:
        parts = text.split("-")
    tokens: list[Token] = []
    at = start
    for part in parts:
        if tokens:
            tokens.append(Token("r", at - 1, at))
        token = _one(part, at)
        if token is None or (len(parts) > 1 and token.role == "n" and token.number > 24) or len(parts) > 2:
            return [Token("x", start, end)]
        tokens.append(token)
        at += len(part) + 1
    return tokens


def _hyphens(text: str) -> list[str]:
    """Figures and hyphens only: a date, or a range ("3-5", "2027-5" of "1 Dec 2027-5 Jan"); telephones stay whole."""
    parts = text.split("-")
    lengths = [len(part) for part in parts]
    return parts if len(parts) == 2 and lengths[0] in (1, 2, 4) and lengths[1] <= 2 else [text]


def _one(text: str, start: int) -> Token | None:
    end = start + len(text)
    if "-" in text:
        return _triple(text.split("-"), "-", start, end)
    match = _SHAPES.fullmatch(text)
    if match and match.lastgroup == "time":
        time = clock(*text.split(":"))
        return time and Token("c", start, end, clock=time)
    if match:
        mark = "." if "." in text else "/"
        parts = text.split(mark)
        return _triple(parts, mark, start, end) if len(parts) == 3 else _pair(mark, parts, start, end)
    if len(text) <= 2:
        return Token("d" if 1 <= int(text) <= 31 else "n", start, end, int(text))
    if len(text) == 4 and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return Token("y", start, end, int(text))
    return Token("n", start, end, int(text[:5])) if text.isdigit() else None


def _pair(mark: str, parts: list[str], start: int, end: int) -> Token:
    """Two numbers: both ways in which they can be a day (day first, month first), and the time that they can be."""
    first, second = int(parts[0]), int(parts[1])
    ways = tuple(Day(day, month) for day, month in ((first, second), (second, first)))
    time = clock(*parts) if len(parts[1]) == 2 else None
    return Token("i" if mark == "/" else "v", start, end, 100 * first + second, ways, time)


def _triple(parts: list[str], mark: str, start: int, end: int) -> Token | None:
    """A date of three numbers: role "q", or "?" with both readings (day first, month first) where the order decides."""
    if len(parts) != 3 or not all(parts):
        return None
    lengths = [len(part) for part in parts]
    if lengths[0] == 4 and max(lengths[1:]) <= 2:
        day = _day(parts, "ymd")
        return Token("q", start, end, days=(day,)) if day else None
    if max(lengths[:2]) > 2 or lengths[2] not in (2, 4):
        return None
    ways = tuple(day for day in (_day(parts, "dmy"), _day(parts, "mdy")) if day)
    if not ways:
        return None
    sure = len(set(ways)) == 1 and lengths[2] == 4
    return Token(
        "q" if sure else "?",
        start,
        end,
        int(parts[0]),
        ways[:1] if sure else ways,
        text=mark if lengths[2] == 4 else mark * 2,
    )


def _day(parts: list[str], order: str) -> Day | None:
    year, month, day = (parts[i] for i in _ORDERS[order])
    whole = year_of_two(year) if len(year) == 2 else int(year)
    if whole is None or not FIRST_YEAR <= whole <= LAST_YEAR:
        return None
    found = Day(int(day), int(month), whole)
    return found if found.date() else None
