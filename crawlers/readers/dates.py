"""Dates in words: "3.–5. März 2027, 18 Uhr", "Wed, Mar 3, 6:30pm ET", "du 12 au 14 novembre 2026, 9h–17h30".

The names of months and weekdays, and the order of figures, are dateparser's (it carries CLDR's, corrected, for 200
languages); how days, times and ranges are put together is a grammar of our own, in `date_words`. dateparser itself,
asked for a date with the language given, makes "Mar 3-5, 2027" the third of May and "Room 12" a date; asked strictly,
it reads half of the single dates in our table of cases, some forty times slower. So only its data is used.

A doubt gives nothing: a weekday that is wrong, figures whose order is unclear, two dates where one was asked for.
"""

import datetime as dt
import itertools
import re

from crawlers.readers.date_words.tokens import flat, tidy
from crawlers.readers.date_words.vocabulary import LANGUAGES, Vocabulary, fold, vocabulary
from crawlers.readers.date_words.when import Known, When, whens
from hobnob.moments import Moment

__all__ = ["When", "every_date", "find_dates", "read_dates"]

_LINE = 500
_PROSE = 20_000
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
# What is left beside a date when it is one of two: "19 or 20 April".
_EITHER = re.compile(
    r"\A(?:or|oder|ou|eller|lub)\s(?:\w{3,10}\.?\s){0,2}\d|\d(?:\.|st|nd|rd|th)?\s(?:or|oder|ou|eller|lub)\Z",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


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

    `language` (BCP 47) and `zone` (IANA or an offset) are the page's; `order` of figures is "dmy", "mdy" or "ymd";
    `year` is the page's, for dates without one; `today` lets it be guessed, and "tomorrow" be understood.
    The first 500 characters are read.
    """
    return _as_one(every_date(text, language=language, zone=zone, order=order, today=today, year=year))


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
    found = _in_language(tidy(text, _LINE), language, Known(zone=zone, order=order, today=today, year=year))
    return [] if any(_EITHER.search(one.rest) for one in found) else found


def find_dates(
    text: str,
    *,
    language: str | None = None,
    zone: str | None = None,
    order: str | None = None,
    today: dt.date | None = None,
    year: int | None = None,
) -> list[When]:
    """The dates inside a longer text: only those that name their month or year; `rest` is the line around each.

    The first 20,000 characters are read, the first 200 dates given.
    """
    if not _DIGIT.search(text):
        return []
    known = Known(zone=zone, order=order, today=today, year=year, in_prose=True)
    return _in_language(tidy(text, _PROSE), language, known)


def _as_one(found: list[When]) -> When | None:
    """The only date: saying it twice is saying it once, days that follow each other are a range, and two times of one
    day are its beginning and its end."""
    if len(found) < 2 or len({(one.start, one.end) for one in found}) == 1:
        return found[0] if found else None
    first, last = found[0], found[-1]
    steps = {(b.start.date - a.start.date).days for a, b in itertools.pairwise(found)}
    hours = {(one.start.time, one.end and (one.end.time, one.end.date - one.start.date)) for one in found}
    if steps == {1} and len(hours) == 1:
        return When(first.start, last.end or Moment(last.start.date), first.guessed, first.rest)
    same_day = steps == {0} and len(found) == 2 and first.end is last.end is None
    if same_day and first.start.wall < last.start.wall and first.start.time and last.start.time:
        return When(first.start, last.start, first.guessed, first.rest)
    return None


def _in_language(text: str, language: str | None, known: Known) -> list[When]:
    """Read in the language of the page; in the likely others, if they agree, where it is not said or is not true."""
    plain = flat(text)
    words = vocabulary(language) if language else None
    if words is not None and (found := whens(text, plain, words, known)):
        return found
    spoken = {fold(word) for word in _WORD.findall(plain)}
    if words is not None and any(words.own.get(word) for word in spoken):
        return []
    likely = _likely(spoken)
    if words is None and not likely and (none := vocabulary(None)):
        return whens(text, plain, none, known)
    results = [found for one in likely if (found := whens(text, plain, one, known))]
    if len({tuple((one.start, one.end) for one in found) for found in results}) != 1:
        return []
    if words is None:
        return results[0]
    return [When(one.start, one.end, (*one.guessed, "language"), one.rest) for one in results[0]]


def _likely(spoken: set[str]) -> list[Vocabulary]:
    """The languages that know most names of months and days among the words, then most of the other words."""
    known = [words for language in LANGUAGES if (words := vocabulary(language))]
    points = [sum(100 if words.own[word] else 1 for word in spoken & words.own.keys()) for words in known]
    most = max(points)
    return [words for words, mine in zip(known, points, strict=True) if mine == most and most >= 100]
