"""Dates in words: "3.–5. März 2027, 18 Uhr", "Wed, Mar 3, 6:30pm ET", "du 12 au 14 novembre 2026, 9h–17h30".

The names of months and weekdays are dateparser's (CLDR's); how days, times and ranges are put together is our own
grammar over tokens (the rooms of date_words). dateparser itself, asked for one date with the language given, takes
0.8 ms, makes "Mar 3-5, 2027" the third of May and "Room 12" a date, so only its data is used: a line is read in less
than a tenth of that.

A doubt gives nothing: a weekday that is wrong, figures whose order is unclear, two dates where one was asked for.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawlers.readers.date_words.days import Days, days, ordered
from crawlers.readers.date_words.figures import Clock, Day, Token
from crawlers.readers.date_words.hours import Hours, after, hours
from crawlers.readers.date_words.tokens import flat, tidy, tokens
from crawlers.readers.date_words.vocabulary import LANGUAGES, Vocabulary, fold, vocabulary
from crawlers.readers.date_words.years import settled
from hobnob.moments import Moment, zone_info

__all__ = ["When", "every_date", "find_dates", "read_dates"]

_LINE = 500
_PROSE = 20_000
_NIGHT = dt.timedelta(hours=16)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_DIGIT = re.compile(r"\d")
_EMPTY = re.compile(r"\(\s*[,;]?\s*\)|\[\s*\]|\s+(?=[,;.)])")
_EDGE = " \t\n,;:|·•–—-~/@&.*"


@dataclass(frozen=True, slots=True)
class When:
    """When something is: `end` of whole days is their last day.

    `guessed` names what the text does not say: "year", "date" (today, tomorrow), "time" (which half of the day),
    "start" (the doors open), "language". `rest` is the text without what was understood.
    """

    start: Moment
    end: Moment | None
    guessed: tuple[str, ...]
    rest: str


def read_dates(
    text: str,
    *,
    language: str | None = None,
    zone: str | None = None,
    order: str | None = None,
    today: dt.date | None = None,
    year: int | None = None,
) -> When | None:
    """The one date, or range of dates, of a date line; None if there is none, or more than one, or a doubt.

    `language` (BCP 47) and `zone` (IANA or offset) are those of the page; `order` of figures is "dmy", "mdy" or "ymd";
    `year` is the page's, for dates without one; `today` lets it be guessed, and "tomorrow" be understood.
    """
    found = every_date(text, language=language, zone=zone, order=order, today=today, year=year)
    return _as_one(found)


def every_date(
    text: str,
    *,
    language: str | None = None,
    zone: str | None = None,
    order: str | None = None,
    today: dt.date | None = None,
    year: int | None = None,
) -> list[When]:
    """The dates of a line that may list several ("3, 10 and 17 March 2027"); nothing if one of them is in doubt."""
    reading = _Reading(zone, order, today, year, strict=False)
    return _in_language(tidy(text, _LINE), language, reading)


def find_dates(
    text: str,
    *,
    language: str | None = None,
    zone: str | None = None,
    order: str | None = None,
    today: dt.date | None = None,
    year: int | None = None,
) -> list[When]:
    """The dates inside a longer text: only those that name their month, or their year; `rest` is the line around."""
    if not _DIGIT.search(text):
        return []
    reading = _Reading(zone, order, today, year, strict=True)
    return _in_language(tidy(text, _PROSE), language, reading)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is known besides the text; `strict` inside prose."""

    zone: str | None
    order: str | None
    today: dt.date | None
    year: int | None
    strict: bool


def _as_one(found: list[When]) -> When | None:
    """The only date; days that follow each other are one range, and saying it twice is saying it once."""
    if len(found) < 2:
        return found[0] if found else None
    if len({(one.start, one.end) for one in found}) == 1:
        return found[0]
    first, last = found[0], found[-1]
    if len(found) == 2 and first.start.time and last.start.time and first.end is last.end is None:
        same = first.start.date == last.start.date and first.start.wall < last.start.wall
        return When(first.start, last.start, first.guessed, first.rest) if same else None
    plain = all(one.start.is_date and one.end is None for one in found)
    steps = {(b.start.date - a.start.date).days for a, b in zip(found, found[1:], strict=False)}
    if plain and steps == {1}:
        return When(found[0].start, found[-1].start, found[0].guessed, found[0].rest)
    return None


def _in_language(text: str, language: str | None, reading: _Reading) -> list[When]:
    plain = flat(text)
    words = vocabulary(language) if language else None
    if words is not None and (found := _read(text, plain, words, reading)):
        return found
    spoken = {fold(word) for word in _WORD.findall(plain)}
    if words is not None and any(words.own.get(word) for word in spoken):
        return []
    likely = _likely(spoken)
    if words is None and not likely and (neutral := vocabulary(None)):
        return _read(text, plain, neutral, reading)
    results = [found for one in likely if (found := _read(text, plain, one, reading))]
    if not results or any(_shape(one) != _shape(results[0]) for one in results):
        return []
    if words is None:
        return results[0]
    return [When(one.start, one.end, (*one.guessed, "language"), one.rest) for one in results[0]]


def _shape(found: Iterable[When]) -> list[tuple[Moment, Moment | None]]:
    return [(one.start, one.end) for one in found]


def _likely(spoken: set[str]) -> list[Vocabulary]:
    """The languages that know most names of months and days among the words, then most of the other words."""
    known = [words for language in LANGUAGES if (words := vocabulary(language))]
    points = [sum(100 if words.own[word] else 1 for word in spoken & words.own.keys()) for words in known]
    most = max(points)
    return [words for words, mine in zip(known, points, strict=True) if mine == most and most >= 100]


def _read(text: str, plain: str, words: Vocabulary, reading: _Reading) -> list[When]:
    found = tokens(plain, words)
    ordered(found, words, reading.order)
    letters = "".join(token.role for token in found)
    if "e" in letters and not reading.strict:
        return []
    groups = days(found, letters, words) or _relative(found, letters, reading)
    masked = letters
    for group in groups:
        inside = "".join(role if role in "cz" else "#" for role in letters[group.start : group.end])
        masked = masked[: group.start] + inside + masked[group.end :]
    times = hours(found, masked, words)
    whens: list[When] = []
    for at, group in enumerate(groups):
        mine = _times_of(group, groups, at, times, reading, masked)
        one = _whens(text, found, letters, group, mine, reading)
        if one is None and not reading.strict:
            return []
        whens += one or []
    return whens


def _relative(found: Sequence[Token], letters: str, reading: _Reading) -> list[Days]:
    """ "Tomorrow, 7 pm": only at the beginning of a line, and only where it is known when it was written."""
    start = len(letters) - len(letters.lstrip("gfk"))
    if reading.today is None or reading.strict or letters[start : start + 1] != "T":
        return []
    date = reading.today + dt.timedelta(days=found[start].number)
    return [Days(start, start + 1, ((Day(date.day, date.month, date.year), None),))]


def _times_of(
    group: Days, groups: list[Days], at: int, times: list[Hours], reading: _Reading, letters: str
) -> list[Hours]:
    """The times that belong to a group: all up to the next group, or up to the one before if times come first."""
    first = times[0].start < groups[0].start if times and groups else False
    inside = [time for time in times if group.start <= time.start < group.end]
    if len(groups) == 1:
        mine = times
    elif first:
        floor = groups[at - 1].end if at else 0
        mine = [time for time in times if floor <= time.start < group.end]
    else:
        ceiling = groups[at + 1].start if at + 1 < len(groups) else len(letters)
        mine = [time for time in times if group.start <= time.start < ceiling]
    if not mine and not reading.strict and len(times) == 1 and len(groups) > 1:
        mine = times
    if reading.strict:
        mine = [time for time in mine if time in inside or _is_near(letters, group, time)]
    return mine


def _is_near(letters: str, group: Days, time: Hours) -> bool:
    between = letters[group.end : time.start] if time.start >= group.end else letters[time.end : group.start]
    return len(between) <= 5 and "." not in between and "#" not in between


def _whens(
    text: str, found: Sequence[Token], letters: str, group: Days, times: list[Hours], reading: _Reading
) -> list[When] | None:
    if letters[max(0, group.start - 3) : group.start].count("e") or (reading.strict and not group.plain):
        return None
    start, end, guesses, used = _clocks(group, times)
    whens = []
    for first, last in group.spans:
        dates = settled(first, last, reading.year, reading.today)
        if dates is None:
            return None
        guessed = (*(["year"] if dates[2] else ["date"] if letters[group.start] == "T" else []), *guesses)
        begin, finish = _moments(dates[0], dates[1], start, end, _zone(reading.zone, used, dates[0], start))
        rest = _rest(text, found, letters, [(group.start, group.end), *((time.start, time.end) for time in used)])
        whens.append(When(begin, finish, guessed, rest))
    return whens


def _clocks(group: Days, times: list[Hours]) -> tuple[Clock | None, Clock | None, list[str], list[Hours]]:
    """The start's and the end's time, what is guessed of them, and the times that were used."""
    shows = [time for time in times if not time.doors] or times
    if not shows:
        return None, None, [], []
    guesses = ["time"] if any(time.guessed for time in shows) else []
    if any(time.doors for time in times):
        guesses.append("start")
    inside = [time for time in shows if time.start < group.end]
    if len(shows) == 2 and len(group.spans) == 1 and group.spans[0][1] is not None and inside:
        return shows[0].first, shows[1].last or shows[1].first, guesses, times
    if len({(time.first, time.last) for time in shows}) > 1:
        return None, None, [], []
    if inside and group.spans[-1][1] is not None and shows[0].last is None and shows[0].start > group.start:
        return shows[0].first, None, guesses, times
    return shows[0].first, shows[0].last, guesses, times


def _moments(
    first: dt.date, last: dt.date | None, start: Clock | None, end: Clock | None, zone: str | None
) -> tuple[Moment, Moment | None]:
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
    wall = dt.datetime.combine(day, after(start, day)[1])
    return given if own.utcoffset(wall) == info.utcoffset(wall) else stated


def _rest(text: str, found: Sequence[Token], letters: str, used: list[tuple[int, int]]) -> str:
    pieces = []
    at = 0
    for first, last in sorted(used):
        while first and letters[first - 1] in "hfugkrsa":
            first -= 1
        pieces.append(text[at : max(at, found[first].start)])
        at = max(at, found[last - 1].end)
    pieces.append(text[at:])
    joined = " ".join(piece.strip() for piece in pieces if piece.strip(_EDGE))
    return _EMPTY.sub("", " ".join(joined.split())).strip(_EDGE)
