"""Text as tokens, each with the part that it can play in a date: its role, one letter.

d, o  a number that can be a day; with a mark of order ("3rd", "3.")       y  a year
q, ?  a date in figures; one whose order is not clear                     m, w, b  month, weekday, either
i, v  two numbers with a slash or a point: a day, or a time               c, z  a time of day, its zone
r, s  "to"; "to" that is also "at"      h  "at"                           f, u, g  "from", "from" or "of", "of"
a, k  "and"; a comma and the like       / a slash    . the end of a sentence
e  "every"      j  doors open           l  a number follows that is none  t  what streets are called
n, x  any other number, any other word

Patterns of dates are then regular expressions over these letters: see days.py and hours.py.
"""

import datetime as dt
import itertools
import re
import sys
import unicodedata

from crawlers.readers.date_words.eastern import EAST, eastern
from crawlers.readers.date_words.figures import Clock, Token, clock, figures, year_of_two
from crawlers.readers.date_words.spoken_hours import to_clock, with_hours
from crawlers.readers.date_words.vocabulary import Vocabulary, Word, fold, zones
from hobnob.moments import offset_name

__all__ = ["flat", "tidy", "tokens"]

_KIN = {"‐‑‒–—―−﹘﹣－": "-", "〜～∼˜": "~", "‘’ʼ´`": "'", "、，": ","}
_GONE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_TAIL = r"[^\W\d_぀-鿿가-힣]"
_TOKEN = re.compile(
    rf"""
      (?P<stamp>\d{{4}}-\d\d-\d\d[Tt]\d\d:?\d\d(?::?\d\d(?:[.,]\d{{1,9}})?)?(?:[Zz]|[+-]\d\d(?::?\d\d)?)?(?!\w))
    | (?P<utc>\b(?:UTC|GMT)\s?[+-](?:(?:0\d|1[0-4])[0-5]\d|\d{{1,2}}(?::\d\d)?)(?![\d:]))
    | (?P<offset>(?<=\d)\s?(?:\+\d\d:?\d\d|\s-\d{{4}})(?![\d:.]))
    | {EAST}
    | (?P<year>(?<![^\W\d_])'\d\d(?![\w']))
    | (?P<thousands>\d{{1,3}}(?:,\d{{3}}){{1,4}}(?!\d))
    | (?P<figure>\d+(?:[.:/-]\d+)*)(?P<tail>:[ea](?!\w)|{_TAIL}*(?:(?<=[hHuU])\d\d(?!\d))?[ºª°]?)(?P<dot>\.(?!\d))?
    | (?P<half>\b[aApP]\.\s?[mM]\b\.?)
    | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)
    | (?P<mark>[-~,;|/&@.·•→])
    """,
    re.VERBOSE,
)
_MARKS = {
    "-": "r",
    "~": "r",
    "→": "r",
    ",": "k",
    ";": "k",
    "|": "k",
    "·": "k",
    "•": "k",
    "/": "/",
    "&": "a",
    "@": "h",
    ".": ".",
}
_ORDINAL = frozenset(
    ("st", "nd", "rd", "th", "er", "re", "ere", "eme", "e", "o", "º", "ª", "°", "te", "ten", "n", "r", "na", ":e", ":a")
)
_MOST = 5_000
_HALF = {"am": 0, "a": 0, "pm": 1, "p": 1}
_HOUR_TAILS = frozenset(("h", "u", "uhr", "uur", "hrs", "hs", "hr"))
_MONEY = frozenset("$€£¥₹₽")
_BEFORE = _MONEY | frozenset("#№+_")
_BEHIND = _MONEY | {"%"}


def tidy(text: str, limit: int) -> str:
    """`text` cut at `limit` characters, composed, without invisible ones."""
    text = text[:limit]
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_GONE)


def flat(text: str) -> str:
    """`text` letter for letter with plain figures, hyphens, spaces and quotes for all their kin."""
    return text if text.isascii() else text.translate(_PLAIN)


class _Plain(dict[int, str]):
    """What a character is plainly; found when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        return plain


def _plain(letter: str) -> str:
    number = unicodedata.decimal(letter, None)
    if number is not None:
        return str(number)
    if letter.isspace():
        return " "
    for kin, plain in _KIN.items():
        if letter in kin:
            return plain
    return chr(ord(letter) - 0xFEE0) if "\uff01" <= letter <= "\uff5e" else letter


_PLAIN = _Plain()


def tokens(text: str, words: Vocabulary) -> list[Token]:
    """The first 5,000 tokens of `text`, which is flat; hours and what belongs to them ("7", "p.m.") are one."""
    found: list[Token] = []
    skip = 0
    for match in itertools.islice(_TOKEN.finditer(text), _MOST):
        if match.start() < skip:
            continue
        kind = match.lastgroup
        if kind in ("figure", "tail", "dot"):
            found += _figure(match, text, found)
        elif kind == "word":
            token = _word(match, text, words)
            skip = token.end
            found.append(token)
        else:
            found += _other(match, kind or "")
    return with_hours(found, words)


def _other(match: re.Match[str], kind: str) -> list[Token]:
    start, end, text = match.start(), match.end(), match[0]
    if kind == "stamp":
        return _stamp(text, start)
    if kind.startswith("east"):
        return eastern(match)
    token = Token("n", start, end, sys.maxsize)
    if kind == "mark":
        token.role = _MARKS[text]
    elif kind == "half":
        token.role = "P" if text[0] in "pP" else "A"
    elif kind == "year":
        token.number = year_of_two(text[1:]) or 0
        token.role = "y" if token.number else "x"
    elif kind in ("utc", "offset"):
        token.text = _offset(text) or ""
        token.role = "z" if token.text else "x"
    return [token]


def _stamp(text: str, start: int) -> list[Token]:
    digits = re.sub(r"\D", "", re.split(r"[Zz.,+]|(?<=T.{4})-", text[11:])[0])
    time = clock(digits[:2], digits[2:4], digits[4:6] or "0")
    (day,) = figures(text[:10], start)
    if time is None or day.role != "q":
        return [Token("x", start, start + len(text))]
    found = [day, Token("c", start + 10, start + len(text), clock=time._replace(clear=True))]
    zone = re.search(r"(?:[Zz]|[+-]\d\d(?::?\d\d)?)\Z", text[13:])
    if zone and (name := _offset(zone[0])):
        found.append(Token("z", start + len(text), start + len(text), text=name))
    return found


def _offset(text: str) -> str | None:
    """ "+0100", "UTC+1", "GMT -05:30", "Z" as the name of a zone."""
    match = re.search(r"([+-])(\d\d?)(?::?(\d\d))?\Z", text)
    if not match:
        return "UTC"
    hours, minutes = int(match[2]), int(match[3] or 0)
    if hours > 14 or minutes > 59:
        return None
    offset = dt.timedelta(hours=hours, minutes=minutes)
    return offset_name(-offset if match[1] == "-" else offset)


def _figure(match: re.Match[str], text: str, before: list[Token]) -> list[Token]:
    start, end, tail = match.start(), match.end(), fold(match["tail"])
    if _is_other(text, start, match.end("tail"), before):
        return [Token("x", start, end)]
    found = figures(match["figure"], start)
    last = found[-1]
    last.end = end
    if tail and not _with_tail(last, tail):
        return [Token("x", start, end)]
    if match["dot"] and not tail:
        _with_dot(found)
    return found


def _is_other(text: str, start: int, end: int, before: list[Token]) -> bool:
    """Prices, numbers of houses, names with figures: whatever has a sign or a letter where a date has none."""
    left = text[start - 1] if start else ""
    if left in _BEFORE or (left == " " and text[start - 2 : start - 1] in _MONEY):
        return True
    if left.isalpha() and left < "぀" and before and before[-1].role != "h":
        return True
    right = text[end : end + 2]
    return right.lstrip(" ")[:1] in _BEHIND


def _with_tail(token: Token, tail: str) -> bool:
    """Take the letters right behind a number: "3rd", "7pm", "18h30". False if they make it something else."""
    if token.role == "d" and tail in _ORDINAL:
        token.role = "o"
        return True
    half = _HALF.get(tail)
    if half is not None:
        return to_clock(token, half=half)
    if tail in _HOUR_TAILS:
        return to_clock(token, named=True) if token.role != "d" or token.number > 6 else _weak_hour(token)
    if tail[0] in "hu" and tail[1:].isdigit() and token.role in "dn":
        token.clock = clock(str(token.number), tail[1:])
        token.role = "c"
        return token.clock is not None and to_clock(token, named=True)
    return False


def _weak_hour(token: Token) -> bool:
    """ "2h" is a duration as often as a time: a time only after "at" or in a range."""
    token.clock = Clock(token.number)
    token.role = "H"
    return True


def _with_dot(found: list[Token]) -> None:
    last = found[-1]
    if last.role == "d":
        last.role = "o"
    elif last.role == "y":
        last.end -= 1
        found.append(Token(".", last.end, last.end + 1))
    elif last.role == "v":
        last.role, last.days = "p", last.days[:1]
        if len(found) == 3 and found[0].role == "v":
            found[0].role, found[0].days = "p", found[0].days[:1]


def _word(match: re.Match[str], text: str, words: Vocabulary) -> Token:
    start, end, word = match.start(), match.end(), match[0]
    folded = fold(word)
    if (phrases := words.phrases.get(folded)) and (longer := phrases.match(fold_in_place(text[start : start + 40]))):
        end = start + longer.end()
        folded = fold(" ".join(longer[0].split()))
        if folded in zones():
            return Token("z", start, end, text=zones()[folded])
    elif word.isupper() and word in zones() and len(word) > 1:
        return Token("z", start, end, text=zones()[word])
    known = words.words.get(folded) or words.words.get(folded.rpartition("'")[2])
    if known is None:
        return Token("z", start, end, text=zones()[folded]) if folded in zones() else Token("x", start, end)
    if text[end : end + 1] == "." and len(folded.rpartition(" ")[2]) < 6 and known.role != "x":
        end += 1
    return _of_word(known, start, end)


def fold_in_place(text: str) -> str:
    """`text` folded letter for letter; letters that would become two stay."""
    return "".join(folded if len(folded := fold(letter)) == 1 else letter for letter in text)


def _of_word(known: Word, start: int, end: int) -> Token:
    if known.role == "N":
        return Token("c", start, end, clock=Clock(12))
    if known.role == "M":
        return Token("c", start, end, clock=Clock(24))
    return Token(known.role, start, end, known.number)
