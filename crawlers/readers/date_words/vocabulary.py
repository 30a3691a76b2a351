"""The words in which a language writes dates: months and weekdays from dateparser's data, the rest from words.toml.

dateparser (BSD) carries the names of CLDR for some 200 languages, with corrections of its own: so plain dates are read
in all of them, and ranges and times in the languages of words.toml. Only its data is used; it is loaded when the first
text is read, not on import.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["LANGUAGES", "Vocabulary", "Word", "fold", "vocabulary", "zones"]

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "pl", "da", "nb", "fi", "cs", "ca")
"""Tried one after the other where nobody says which language a text is in; East Asian dates need no trying."""

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: The keys of words.toml and the roles of their words (see tokens.py).
_ROLES = {
    "to": "r",
    "to_at": "s",
    "at": "h",
    "from": "f",
    "between": "B",
    "from_of": "u",
    "of": "g",
    "and": "a",
    "clock": "C",
    "am": "A",
    "pm": "P",
    "noon": "N",
    "midnight": "M",
    "every": "e",
    "doors": "j",
    "numbered": "l",
    "street": "t",
}
_OTHER_CODES = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "tl": "fil"}
_UNMARKED = str.maketrans("łŁøØđĐıʼ’", "lLoOdDi''")


class Word(NamedTuple):
    """What a word does in a date; `number`: the month (1 to 12), the weekday (Monday is 0), the days from today."""

    role: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language, folded, with English names of months and weekdays where they mean nothing else.

    `own` are the months and weekdays (True) and the other words (False) that are the language's own. `phrases` are
    patterns of words that belong together, by the first of them. `order` is that of dates in figures; `clock_of_12`
    whether "7:00" may be in the evening; `points` whether "18.30" is a time.
    """

    language: str | None
    words: Mapping[str, Word]
    own: Mapping[str, bool]
    phrases: Mapping[str, re.Pattern[str]]
    order: str | None
    clock_of_12: bool
    points: bool


def fold(word: str) -> str:
    """`word` in lower case without accents: "Février" and "fevrier" are one."""
    word = word.lower()
    if word.isascii():
        return word
    word = unicodedata.normalize("NFKD", word.translate(_UNMARKED).replace("ß", "ss"))
    return "".join(letter for letter in word if not unicodedata.combining(letter))


@cache
def vocabulary(language: str | None) -> Vocabulary | None:
    """The words of `language` (BCP 47: "de", "en-GB"); None stands for none, the result for an unknown language."""
    if language is None:
        return _vocabulary(None, None)
    code, _, region = language.replace("_", "-").partition("-")
    code = _OTHER_CODES.get(code.lower(), code.lower())
    languages = import_module("dateparser.data.languages_info").language_order
    return _vocabulary(code, region.rpartition("-")[2].upper()) if code in languages else None


@cache
def zones() -> Mapping[str, str]:
    """Zones by their abbreviations (in capitals) and names (in small letters)."""
    found: dict[str, str] = _tables()["zones"]
    return found


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def _vocabulary(code: str | None, region: str | None) -> Vocabulary:
    table = _tables().get(code or "", {})
    info = _dateparser(code) if code else {}
    names = dict(_names(info, table))
    joining = dict(_joining(table))
    words = dict(_joining(_tables()["any"]))
    if code not in (None, "en"):
        words |= _names(_dateparser("en"), _tables()["en"])
    words |= names | joining
    own = dict.fromkeys(joining, False) | {name: word.role in "mwb" for name, word in names.items()}
    return Vocabulary(
        language=code,
        words=words,
        own=own,
        phrases=_phrases([word for word in words if not word.isalpha()]),
        order=_order(code, region, info),
        clock_of_12=bool(table.get("clock_of_12")) and region not in ("GB", "IE"),
        points=bool(table.get("points")),
    )


def _dateparser(code: str) -> dict[str, Any]:
    info: dict[str, Any] = import_module(f"dateparser.data.date_translation_data.{code}").info
    return info


def _names(info: Mapping[str, Any], table: Mapping[str, Any]) -> Iterator[tuple[str, Word]]:
    """Months and weekdays; a word that may be either ("mar" in Spanish) says so: role "b", number 16 * month + day."""
    months = {fold(name): n for n, key in enumerate(_MONTHS, 1) for name in _single(info.get(key, ()))}
    weekdays = {fold(name): n for n, key in enumerate(_WEEKDAYS) for name in _single(info.get(key, ()))}
    months |= {fold(name): number for name, number in table.get("months", ())}
    weekdays |= {fold(name): number for name, number in table.get("weekdays", ())}
    ends = [fold(end) for end in table.get("weekday_ends", ())]
    weekdays |= {name + end: number for name, number in weekdays.items() if len(name) > 4 for end in ends}
    for name in (months.keys() | weekdays.keys()) - {fold(word) for word in table.get("not", ())}:
        if name in months and name in weekdays:
            yield name, Word("b", 16 * months[name] + weekdays[name])
        elif name in months:
            yield name, Word("m", months[name])
        else:
            yield name, Word("w", weekdays[name])
    yield from ((word, Word("T", days)) for word, days in _relative(info).items())
    for key, role in (("am", "A"), ("pm", "P")):
        yield from ((fold(name), Word(role)) for name in info.get(key, ()))


def _single(names: list[str]) -> Iterator[str]:
    """Names of letters, without a preposition before them ("de gener") and without figures ("3月")."""
    for name in names:
        last = name.split()[-1]
        if len(last) > 1 and not any(letter.isdigit() for letter in last):
            yield last.rstrip(".")


def _joining(table: Mapping[str, Any]) -> Iterator[tuple[str, Word]]:
    for key, role in _ROLES.items():
        yield from ((fold(word).strip("'"), Word(role)) for word in table.get(key, ()))


def _phrases(phrases: list[str]) -> dict[str, re.Pattern[str]]:
    found: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        if first := re.match(r"[^\W\d_]+(?:'[^\W\d_]+)*", phrase):
            found.setdefault(first[0], []).append(
                re.escape(phrase).replace(r"\ ", r"\s{1,3}").replace("ss", "(?:ss|ß)")
            )
    return {first: re.compile(rf"(?:{'|'.join(rest)})(?!\w)") for first, rest in found.items() if first}


def _relative(info: Mapping[str, Any]) -> dict[str, int]:
    days = info.get("relative-type", {})
    return {fold(word): n for n, key in enumerate(("0 day ago", "in 1 day")) for word in days.get(key, ())}


def _order(code: str | None, region: str | None, info: Mapping[str, Any]) -> str | None:
    """How dates in figures are ordered: CLDR's word for it; plain English may be either, so is nothing."""
    if code == "sv":
        return "dmy"
    if code == "en":
        place: str | None = info["locale_specific"].get(f"en-{region}", {}).get("date_order", "") if region else ""
        return "mdy" if place is None else (place.lower() if place in ("DMY", "MDY") else None)
    found: str | None = info.get("date_order")
    return found.lower() if found else None
