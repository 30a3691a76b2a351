"""Days among tokens: "Wed, March 3–5, 2027", "3, 10 und 17. März", "30 Dec 2026 – 2 Jan 2027", "3.3.–5.3.2027".

The patterns are regular expressions over the roles of the tokens (see tokens.py), one letter for each.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawlers.readers.date_words.figures import Day, Token
from crawlers.readers.date_words.vocabulary import Vocabulary

__all__ = ["Days", "days", "ordered"]

_WEEK = "[wb](?:[kars/]{1,2}[wb])?[k.]?"
_BEFORE = f"(?:{_WEEK})?[gu]{{0,2}}"
_AFTER = "(?:k?w(?!k?[gu]{0,2}[dombqpiv]))?"
_NEXT = "(?:k?a|[krs/])[fgu]{0,2}+"
_YEAR = "(?:[gu]?k?[gu]{0,2}y)?"
_DAY = f"{_BEFORE}[do]{_AFTER}"
_START = re.compile("[wbdomqpivy]")
#: Day first, month first, year first, with points and spaces, in figures. Where a list is none, its first day remains.
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        f"(?:{_WEEK})?[do](?:r[mb]r|/[mb]/)y",
        f"{_BEFORE}(?:[mb][gu]?[do]|[do][gu]?[mb])[kh]{{0,2}}cz{{0,2}}k?y",
        f"(?:{_DAY}{_NEXT}){{0,12}}{_DAY}[gu]{{0,2}}[mb]{_YEAR}{_AFTER}",
        f"{_BEFORE}i[gu]{{0,2}}[mb]{_YEAR}",
        f"{_BEFORE}[mb][gu]?[do]{_AFTER}(?:{_NEXT}{_DAY}){{1,12}}{_YEAR}{_AFTER}",
        f"{_BEFORE}[mb][gu]{{0,2}}[do]{_AFTER}{_YEAR}{_AFTER}",
        f"{_BEFORE}mk[do]{_AFTER}(?:[rs]{_DAY})?k?y",
        "y[.]?[gu]{0,2}[mb][gu]?[do]w?(?:[rs/][do])?",
        f"{_BEFORE}(?:o[rs/k])?ooy",
        f"y[.]?oo{_AFTER}",
        "[wb]k?g?oo(?!o)|oo(?=[rs][gw]{0,2}ooy)",
        f"{_BEFORE}[do][rs/][gu]{{0,2}}(?:wk?)?[qp]{_AFTER}",
        f"{_BEFORE}[qp]w?[rs]ow?",
        f"{_BEFORE}[qp]{_AFTER}",
        f"{_WEEK}g?[iv]{_AFTER}|[iv]w|[iv](?=[rs][gfu]{{0,2}}w?k?[qp])",
    )
)
_LIST = re.compile("[ka/]{1,2}[gu]{0,2}")
_RANGE = re.compile("(?:[khfgrs]{0,2}cz{0,2})?k?[rs][fguhk]{0,2}(?:cz{0,2}k?[gu]?)?")


@dataclass(frozen=True, slots=True)
class Days:
    """Days that stand together: the tokens from `start` to `end` (exclusive), each span its first and last day.

    `plain`: a word or a year says that it is a date; otherwise it may be any two numbers.
    """

    start: int
    end: int
    spans: tuple[tuple[Day, Day | None], ...]
    plain: bool = True


def ordered(found: list[Token], words: Vocabulary, order: str | None) -> None:
    """Settle which number is the day in dates of figures, by what is declared, the language, and the other dates."""
    order = order or words.order
    seen = {_evidence(token) for token in found if token.role == "q"} - {None}
    if order is None and len(seen) == 1:
        order = seen.pop()
    for at, token in enumerate(found):
        if token.role == "?":
            choice = _choice(token, order, words) or _by_weekday(token, found, at)
            if choice:
                token.role, token.days = "q", (choice,)
        elif token.role in "iv":
            point = token.role == "v"
            mine = "dmy" if point and words.language != "en" else order
            ways = token.days[:1] if mine == "dmy" else token.days[1:] if mine else token.days
            token.days = tuple({day for day in ways if day.month and day.month <= 12 and 1 <= day.day <= 31})


def _evidence(token: Token) -> str | None:
    (day,) = token.days
    if not token.text or day.day == day.month:
        return None
    return "dmy" if token.number == day.day else "mdy"


def _choice(token: Token, order: str | None, words: Vocabulary) -> Day | None:
    ways = {"dmy" if day.day == token.number else "mdy": day for day in token.days}
    if token.text[0] == "." and words.language != "en" and order != "mdy":
        return ways.get("dmy")
    if order in ("dmy", "mdy"):
        return ways.get(order) or (token.days[0] if len(token.text) == 1 else None)
    return None


def _by_weekday(token: Token, found: list[Token], at: int) -> Day | None:
    near = [found[i] for i in (at - 1, at - 2, at + 1) if 0 <= i < len(found)]
    weekdays = {one.number for one in near if one.role == "w"}
    fits = [day for day in token.days if (date := day.date()) and date.weekday() in weekdays]
    return fits[0] if len(weekdays) == len(fits) == 1 else None


def days(found: Sequence[Token], letters: str, words: Vocabulary) -> list[Days]:
    """The days that `found` states, in their order; ranges between two of them are joined."""
    groups: list[Days] = []
    at = 0
    while match := _START.search(letters, at):
        group = _group(found, letters, match.start(), words)
        at = group.end if group else match.start() + 1
        if group and not _is_address(letters, group.start, group.end):
            groups.append(group)
    return _dated(_joined(groups, letters), letters)


def _group(found: Sequence[Token], letters: str, at: int, words: Vocabulary) -> Days | None:
    for pattern in _PATTERNS:
        match = pattern.match(letters, at)
        if match is None:
            continue
        part = found[match.start() : match.end()]
        spans = _figures(part) if any(t.role in "qpiv" for t in part) else _named(part, words)
        if spans and len(spans) == 2 and _is_between(letters, match.start()) and "a" in match[0]:
            spans = ((spans[0][0], spans[1][0]),)
        if spans:
            plain = any(token.role in "mbwyq" for token in part) or any(
                token.role == "p" and not token.text for token in part
            )
            return Days(match.start(), match.end(), spans, plain)
    return None


def _is_address(letters: str, start: int, end: int) -> bool:
    """ "Rue du 8 Mai 1945", "12 May Street"."""
    before = letters[max(0, start - 2) : start]
    return (
        bool(re.search("t[gu]?$", before))
        or letters[end : end + 1] == "t"
        or (before == "tx" and letters[start] == "m")
    )


def _named(part: Sequence[Token], words: Vocabulary) -> tuple[tuple[Day, Day | None], ...] | None:
    """Spans of a group with one month, and at most one year, for all its days."""
    numbers = [token for token in part if token.role in "do"]
    months = [token for token in part if token.role in "mb"]
    weeks = [token for token in part if token.role in "wb"]
    years = [token.number for token in part if token.role == "y"]
    if any(token.role == "i" for token in part):
        return None
    if not months or any(token.role == "b" for token in months):
        month, weeks, numbers = _unsure(part, months, weeks, numbers)
        if month is None:
            return None
    else:
        month = months[0].number
    first = part.index(months[0]) if months else len(part)
    if first < part.index(numbers[0]) and months[0].number == month and not years and _is_short(months[0], words):
        return None
    year = years[0] if years else None
    plain = [Day(token.number, month, year) for token in numbers]
    if not _is_list(part, numbers, bool(years)):
        return None
    return _spans(part, numbers, _weekdays(plain, weeks))


def _is_short(month: Token, words: Vocabulary) -> bool:
    """ "Mar 3" is usual in English; elsewhere such a word before a number is more often another one ("set 3")."""
    return words.language not in (None, "en") and month.end - month.start <= 3


def _unsure(
    part: Sequence[Token], months: list[Token], weeks: list[Token], numbers: list[Token]
) -> tuple[int | None, list[Token], list[Token]]:
    """The month of a group without a named one ("3. 3. 2027"), or with words that may be a weekday ("mar 3 mar")."""
    if not months:
        if part[0].role == "y":
            return numbers[0].number, weeks, numbers[1:]
        return numbers[-1].number, weeks, numbers[:-1]
    month = months[-1]
    if part.index(month) < part.index(numbers[0]):
        return None, weeks, numbers
    number = month.number // 16 if month.role == "b" else month.number
    return number, [token for token in weeks if token is not month], numbers


def _is_list(part: Sequence[Token], numbers: Sequence[Token], with_year: bool) -> bool:
    """Days rise; a comma alone joins them only where more says that it is a list ("Room 2, 3 March")."""
    values = [token.number for token in numbers]
    if any(a >= b for a, b in itertools.pairwise(values)):
        return False
    first, last = part.index(numbers[0]), part.index(numbers[-1])
    joins = "".join(token.role for token in part[first:last] if token.role in "akrs/")
    return joins.strip("k") != "" or len(values) == 1 or (len(values) > 2 and with_year)


def _weekdays(plain: list[Day], weeks: Sequence[Token]) -> list[Day]:
    numbers = [token.number % 16 if token.role == "b" else token.number for token in weeks]
    if len(numbers) == len(plain):
        return [day._replace(weekday=number) for day, number in zip(plain, numbers, strict=True)]
    if numbers:
        plain[0] = plain[0]._replace(weekday=numbers[0])
        if len(numbers) == 2:
            plain[-1] = plain[-1]._replace(weekday=numbers[1])
    return plain


def _spans(part: Sequence[Token], numbers: Sequence[Token], plain: Sequence[Day]) -> tuple[tuple[Day, Day | None], ...]:
    spans: list[tuple[Day, Day | None]] = [(plain[0], None)]
    for before, token, day in zip(numbers, numbers[1:], plain[1:], strict=False):
        between = {one.role for one in part[part.index(before) : part.index(token)]}
        if between & {"r", "s"}:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, None))
    return tuple(spans)


def _figures(part: Sequence[Token]) -> tuple[tuple[Day, Day | None], ...] | None:
    """Spans of a group in figures; a number beside them takes their month and year."""
    (figure,) = (token for token in part if token.role in "qpiv")
    numbers = [token for token in part if token.role in "do"]
    weeks = [token for token in part if token.role in "wb"]
    months = [token for token in part if token.role in "mb"]
    if figure.role == "i" and any(part.index(token) > part.index(figure) for token in months):
        year = next((token.number for token in part if token.role == "y"), None)
        first, second = divmod(figure.number, 100)
        if not 0 < first < second <= 31:
            return None
        return tuple((day, None) for day in _weekdays([Day(d, months[0].number, year) for d in (first, second)], weeks))
    if len(figure.days) != 1:
        return None
    plain = [figure.days[0]]
    if numbers:
        first = part.index(numbers[0]) < part.index(figure)
        other = plain[0]._replace(day=numbers[0].number)
        plain = [other, *plain] if first else [*plain, other]
        tight = numbers[0].role == "o" or part[0].start + 3 >= figure.start
        if plain[0].day >= plain[1].day or not tight:
            return None
    plain = _weekdays(plain, weeks)
    if len(plain) == 2 and not any(token.role == "/" for token in part):
        return ((plain[0], plain[1]),)
    return tuple((day, None) for day in plain)


def _joined(groups: list[Days], letters: str) -> list[Days]:
    done: list[Days] = []
    for group in groups:
        before = done[-1] if done else None
        if before is None:
            done.append(group)
            continue
        between = letters[before.end : group.start]
        single = before.spans[-1][1] is None and group.spans[0][1] is None
        both = _is_between(letters, before.start) and re.fullmatch("k?a[gu]{0,2}", between)
        if single and (_RANGE.fullmatch(between) or both):
            spans = (*before.spans[:-1], (before.spans[-1][0], group.spans[0][0]), *group.spans[1:])
            done[-1] = Days(before.start, group.end, spans, before.plain or group.plain)
        else:
            done.append(group)
    return done


def _dated(groups: list[Days], letters: str) -> list[Days]:
    """ "3 March, 10 April and 17 May 2027": what stands together shares its year, whichever of them names it."""
    pairs = list(itertools.pairwise(range(len(groups))))
    for one, two in (*reversed(pairs), *pairs):
        if _LIST.fullmatch(letters, groups[one].end, groups[two].start):
            groups[one], groups[two] = _one_year(groups[one], groups[two])
    return groups


def _is_between(letters: str, start: int) -> bool:
    return bool(re.search("B[gu]{0,2}$", letters[max(0, start - 3) : start]))


def _one_year(before: Days, after: Days) -> tuple[Days, Days]:
    left, right = before.spans[-1][0], after.spans[0][0]
    if left.year is None and right.year is not None:
        year = right.year - (_key(left) > _key(right))
        before = replace(before, spans=tuple(_with_year(span, year) for span in before.spans))
    elif left.year is not None and right.year is None:
        year = left.year + (_key(right) < _key(left))
        after = replace(after, spans=tuple(_with_year(span, year) for span in after.spans))
    return before, after


def _key(day: Day) -> tuple[int, int]:
    return day.month or 0, day.day


def _with_year(span: tuple[Day, Day | None], year: int) -> tuple[Day, Day | None]:
    first, last = span
    return first._replace(year=first.year or year), last and last._replace(year=last.year or year)
