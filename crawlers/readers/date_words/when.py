"""Days and hours of a text put together: which time belongs to which day, and what of the text is left over."""

import bisect
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawlers.readers.date_words.days import Days, days, ordered
from crawlers.readers.date_words.figures import Clock, Day, Token
from crawlers.readers.date_words.hours import Hours, after, hours
from crawlers.readers.date_words.tokens import tokens
from crawlers.readers.date_words.vocabulary import Vocabulary
from crawlers.readers.date_words.years import settled
from hobnob.moments import Moment, zone_info

__all__ = ["Known", "When", "whens"]

_NIGHT = dt.timedelta(hours=16)
_MOST = 200
_NEAR = 5
_AROUND = 300
_JOINING = "hfugkrsaB"
_EMPTY = re.compile(r"\(\s*[,;]?\s*\)|\[\s*\]|\s+(?=[,;.)])")
_EDGE = " \t\n,;:|·•–—-~/@&.*"


@dataclass(frozen=True, slots=True)
class When:
    """When something is: `end` of whole days is their last day.

    `guessed` names what the text does not say: "year", "date" (today, tomorrow), "time" (which half of the day),
    "start" (there the doors open), "language". `rest` is the text without what was understood.
    """

    start: Moment
    end: Moment | None
    guessed: tuple[str, ...]
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known besides the text, as `read_dates` has it; `in_prose`: a date must name its month or its year."""

    zone: str | None
    order: str | None
    today: dt.date | None
    year: int | None
    in_prose: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    """A text, its tokens and their roles."""

    text: str
    tokens: Sequence[Token]
    letters: str


def whens(text: str, plain: str, words: Vocabulary, known: Known) -> list[When]:
    """The dates of `text` (`plain`: the same with plain figures and hyphens), read with `words`.

    A line gives nothing if one of its dates is in doubt, or if it is a rule ("every Tuesday"); prose goes on.
    """
    found = tokens(plain, words)
    ordered(found, words, known.order)
    read = _Text(text, found, "".join(token.role for token in found))
    if not known.in_prose and set(read.letters) & set("e?"):
        return []
    groups = days(found, read.letters, words) or _relative(read, known)
    if known.in_prose:
        groups = [group for group in groups if _stands_alone(read, group, words)][:_MOST]
    masked = _masked(read.letters, groups)
    times = _by_group(groups, hours(found, masked, words), masked, known.in_prose) if groups else []
    done: list[When] = []
    for group, mine in zip(groups, times, strict=True):
        one = _whens(read, group, mine, known)
        if not one and not known.in_prose:
            return []
        done += one
    return done


def _relative(read: _Text, known: Known) -> list[Days]:
    """ "Tomorrow, 7 pm": only at the beginning of a line, and only where it is known when it was written."""
    start = len(read.letters) - len(read.letters.lstrip("gfk"))
    if known.today is None or known.in_prose or read.letters[start : start + 1] != "T":
        return []
    date = known.today + dt.timedelta(days=read.tokens[start].number)
    return [Days(start, start + 1, ((Day(date.day, date.month, date.year), None),))]


def _stands_alone(read: _Text, group: Days, words: Vocabulary) -> bool:
    """Whether it is a date in the midst of prose, too: no rule, no bare figures, no verb ("you may 3 times")."""
    before, behind = read.letters[max(0, group.start - 3) : group.start], read.letters[group.end : group.end + 3]
    if not group.plain or "e" in before or "?" in before + behind:
        return False
    if words.language not in ("en", "de") or group.spans[0][0].year is not None:
        return True
    names = [token for token in read.tokens[group.start : group.end] if token.role in "mb"]
    return not any(read.text[token.start].islower() for token in names)


def _masked(letters: str, groups: Sequence[Days]) -> str:
    """`letters` with "#" for what the days have used; the times among them stay."""
    masked = list(letters)
    for group in groups:
        for at in range(group.start, group.end):
            if masked[at] not in "cz":
                masked[at] = "#"
    return "".join(masked)


def _by_group(groups: Sequence[Days], times: Sequence[Hours], letters: str, in_prose: bool) -> list[list[Hours]]:
    """The times of each group: those after it, or before it if times come first; in prose only what is near."""
    if not in_prose and (len(groups) == 1 or len(times) == 1):
        return [list(times) for _ in groups]
    starts = [group.start for group in groups]
    first = bool(times) and times[0].start < starts[0]
    mine: list[list[Hours]] = [[] for _ in groups]
    for time in times:
        before = bisect.bisect_right(starts, time.start) - 1
        inside = before >= 0 and time.start < groups[before].end
        choices = [before] if inside or not first else [before + 1, before]
        if in_prose and not inside:
            choices = [
                at for at in (before, before + 1) if 0 <= at < len(groups) and _is_near(letters, groups[at], time)
            ]
        choices = [at for at in choices if 0 <= at < len(groups)]
        if choices:
            mine[choices[0]].append(time)
    return mine


def _is_near(letters: str, group: Days, time: Hours) -> bool:
    between = letters[group.end : time.start] if time.start >= group.end else letters[time.end : group.start]
    return len(between) <= _NEAR and not set(between) & set(".#ew")


def _whens(read: _Text, group: Days, times: Sequence[Hours], known: Known) -> list[When]:
    start, end, guesses, used = _clocks(group, times)
    done = []
    for first, last in group.spans:
        dates = settled(first, last, known.year, known.today)
        if dates is None:
            return []
        begin, finish, guessed = dates
        guesses = [*(["year"] if guessed else ["date"] if read.letters[group.start] == "T" else []), *guesses]
        zone = _zone(known.zone, used, begin, start)
        rest = _rest(read, [(group.start, group.end), *((time.start, time.end) for time in used)], known.in_prose)
        done.append(When(*_moments(begin, finish, start, end, zone), tuple(dict.fromkeys(guesses)), rest))
    return done


def _clocks(group: Days, times: Sequence[Hours]) -> tuple[Clock | None, Clock | None, list[str], Sequence[Hours]]:
    """The start's and the end's time, what is guessed of them, and the times that were used."""
    shows = [time for time in times if not time.doors] or times
    if not shows:
        return None, None, [], []
    guesses = ["time"] if any(time.guessed for time in shows) else []
    if any(time.doors for time in times):
        guesses.append("start")
    first, last = shows[0], shows[-1]
    inside = first.start < group.end
    of_range = len(group.spans) == 1 and group.spans[0][1] is not None
    if len(shows) == 2 and of_range and inside:
        return first.first, last.last or last.first, guesses, times
    if any(
        (time.first, time.last) != (first.first, first.last) for time in shows if time is first or time.zone is None
    ):
        return None, None, [], []
    return first.first, first.last, guesses, times


def _moments(
    first: dt.date, last: dt.date | None, start: Clock | None, end: Clock | None, zone: str | None
) -> tuple[Moment, Moment | None]:
    """The start and the end; an end that is before the start is on the next day, if that is the same night."""
    if start is None:
        return Moment(first), Moment(last) if last else None
    begin = Moment(*after(start, first), zone)
    if end is None:
        return begin, Moment(last) if last else None
    finish = Moment(*after(end, last or first), zone)
    if finish.wall <= begin.wall and last is None:
        finish = Moment(finish.date + dt.timedelta(days=1), finish.time, zone)
        if finish.wall - begin.wall > _NIGHT:
            return begin, None
    return begin, finish


def _zone(given: str | None, times: Sequence[Hours], day: dt.date, start: Clock | None) -> str | None:
    """The stated zone; the given one instead, where it shows the same time and is no mere offset."""
    stated = next((time.zone for time in times if time.zone), None)
    if stated is None or start is None:
        return given
    own, info = zone_info(given) if given else None, zone_info(stated)
    if own is None or info is None or stated[0] in "+-":
        return stated
    wall = dt.datetime.combine(*after(start, day))
    return given if own.utcoffset(wall) == info.utcoffset(wall) else stated


def _rest(read: _Text, used: Sequence[tuple[int, int]], in_prose: bool) -> str:
    """What is left of the text, in prose of the line, without what was understood and what joined it."""
    at, end = _line(read, used[0]) if in_prose else (0, len(read.text))
    pieces = []
    for start, last in sorted(used):
        before = read.letters[max(0, start - _NEAR) : start]
        joining = len(before) - len(before.rstrip(_JOINING))
        pieces.append(read.text[at : max(at, read.tokens[start - joining].start)])
        at = max(at, read.tokens[last - 1].end)
    pieces.append(read.text[at : max(at, end)])
    rest = " ".join(" ".join(piece for piece in pieces if piece.strip(_EDGE)).split())
    rest = _EMPTY.sub("", rest).strip(_EDGE)
    opened, closed = (sum(rest.count(mark) for mark in marks) for marks in ("([（【", ")]）】"))
    return rest if opened == closed else rest.strip(_EDGE + "()[]（）【】")


def _line(read: _Text, used: tuple[int, int]) -> tuple[int, int]:
    start, end = read.tokens[used[0]].start, read.tokens[used[1] - 1].end
    first = read.text.rfind("\n", max(0, start - _AROUND), start) + 1 or max(0, start - _AROUND)
    last = read.text.find("\n", end, end + _AROUND)
    return first, last if last >= 0 else min(len(read.text), end + _AROUND)
