"""Times among tokens: "6:30pm ET", "von 18 bis 20 Uhr", "from 7 to 9pm", "doors 7pm, show 8pm"."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawlers.readers.date_words.figures import Clock, Token
from crawlers.readers.date_words.vocabulary import Vocabulary

__all__ = ["Hours", "after", "hours"]

_RANGE = re.compile("(?P<first>[cvd])z{0,2}(?P<to>k?g?[rs]|k?a)[hgfu]{0,2}(?P<last>[cvdH])z{0,2}g?")
_ONE = re.compile("cz{0,2}(?:[ka/]cz{1,2})*")
_MORNING = 8


@dataclass(frozen=True, slots=True)
class Hours:
    """A time or two: the tokens from `start` to `end` (exclusive); `last` is the end, 24:00 the midnight after.

    `guessed`: nothing says which half of the day. `doors`: it is when the doors open.
    """

    start: int
    end: int
    first: Clock
    last: Clock | None = None
    zone: str | None = None
    guessed: bool = False
    doors: bool = False


def hours(found: Sequence[Token], letters: str, words: Vocabulary) -> list[Hours]:
    """The times in `found`; `letters` has "#" where days were found."""
    times: list[Hours] = []
    plain_24 = any(
        token.clock and token.role in "cv" and token.clock.half is None and _is_of_24(token) for token in found
    )
    at = 0
    while at < len(letters):
        if letters[at] not in "cvd":
            at += 1
            continue
        hit = _range(found, letters, at) or _one(found, letters, at, words)
        if hit is None:
            at += 1
            continue
        at = hit.end
        if settled := _settled(hit, words.clock_of_12 and not plain_24):
            times.append(settled)
    return _with_doors(times, letters)


def after(clock: Clock, day: dt.date) -> tuple[dt.date, dt.time]:
    """The day and the time of `clock` on `day`; 24:00 is the next day's first moment."""
    if clock.hour == 24:
        return day + dt.timedelta(days=1), dt.time()
    return day, dt.time(clock.hour, clock.minute, clock.second)


def _is_of_24(token: Token) -> bool:
    return token.clock is not None and (token.clock.hour > 12 or token.clock.clear) and token.clock.hour != 24


def _range(found: Sequence[Token], letters: str, at: int) -> Hours | None:
    match = _RANGE.match(letters, at)
    if match is None or match["first"] + match["last"] in ("dd", "dv", "vd"):
        return None
    if "a" in match["to"] and not re.search("[Bu]h?$", letters[max(0, at - 2) : at]):
        return None
    first, last = _clock(found[at]), _clock(found[match.start("last")])
    if first is None or last is None:
        return None
    return Hours(at, match.end(), first, last, _zone(found[at : match.end()]))


def _one(found: Sequence[Token], letters: str, at: int, words: Vocabulary) -> Hours | None:
    if (
        letters[at] == "v"
        and words.points
        and found[at].clock
        and re.search(r"(?:^|#)[k.]?$", letters[max(0, at - 2) : at])
    ):
        return Hours(at, at + 1, found[at].clock or Clock(0))
    match = _ONE.match(letters, at)
    clock = found[at].clock
    if match is None or clock is None:
        return None
    return Hours(at, match.end(), clock, None, _zone(found[at : at + 3]))


def _clock(token: Token) -> Clock | None:
    if token.role == "d":
        return Clock(token.number, clear=False) if token.number <= 24 else None
    return token.clock


def _zone(found: Sequence[Token]) -> str | None:
    zones = [token.text for token in found if token.role == "z"]
    return zones[0] if zones else None


def _settled(hit: Hours, of_12: bool) -> Hours | None:
    """Which half of the day the times are of: by each other, else a guess in the morning, else nothing."""
    first, last = hit.first, hit.last
    if last is not None and last.half is not None and first.half is None and first.hour <= 12 and not _is_24(first):
        return replace(hit, first=_nearest_before(first, last))
    if last is not None and first.half is not None and last.half is None and last.hour <= 12:
        return replace(hit, last=_nearest_after(first, last))
    if first.hour == 24:
        return None
    if not of_12 or first.clear:
        return hit
    if not _MORNING <= first.hour <= 12:
        return None
    if last is not None and _minutes(last) <= _minutes(first) and last.hour < 12:
        last = last._replace(hour=last.hour + 12)
    return replace(hit, last=last, guessed=True)


def _is_24(clock: Clock) -> bool:
    return clock.hour > 12 or clock.hour == 0


def _minutes(clock: Clock) -> int:
    return clock.hour * 60 + clock.minute


def _nearest_before(first: Clock, last: Clock) -> Clock:
    ways = [first._replace(hour=first.hour % 12 + half) for half in (0, 12)]
    return min(ways, key=lambda way: (_minutes(last) - _minutes(way) - 1) % 1440)


def _nearest_after(first: Clock, last: Clock) -> Clock:
    ways = [last._replace(hour=last.hour % 12 + half) for half in (0, 12)]
    return min(ways, key=lambda way: (_minutes(way) - _minutes(first) - 1) % 1440)


def _with_doors(times: list[Hours], letters: str) -> list[Hours]:
    """Mark the times at which only the doors open: "doors 7pm, show 8pm", "7pm doors, 8pm show"."""
    doors = {_door(times, letters, match.start()) for match in re.finditer("j", letters)} if times else set()
    return [replace(time, doors=at in doors) for at, time in enumerate(times)]


def _door(times: list[Hours], letters: str, at: int) -> int | None:
    """Which time the word at `at` is about: the one it follows without a comma, else the next, else the one before."""
    before = max((n for n, time in enumerate(times) if time.end <= at), default=None)
    after = min((n for n, time in enumerate(times) if time.start > at), default=None)
    if before is not None and times[before].end == at and "j" not in letters[: times[before].start]:
        return before
    if after is not None and re.fullmatch("[xhgkf]{0,3}", letters[at + 1 : times[after].start]):
        return after
    return before if before is not None and letters[times[before].end : at] == "x" else None
