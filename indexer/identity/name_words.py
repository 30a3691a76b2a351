"""What single words say in names of events, by the table `name_words.toml` and the gazetteer's largest places."""

import enum
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from hobnob.errors import HobnobError
from hobnob.toml_files import load
from indexer.analysis.folding import fold
from indexer.enrich.atlas import Atlas
from indexer.enrich.placenames import key
from indexer.identity.unspaced import is_unspaced

__all__ = [
    "REGION", "STRONG", "Says", "Word", "area", "city_in", "city_names", "is_country", "limit_of", "opposed",
    "places_from", "state_of", "unspaced_words", "weight_of", "word",
]  # fmt: skip

#: Cities with fewer people than the so many largest are known only where an event is in them.
_LARGEST = 2500
#: Of cities that are known by all their names, inhabitants at least: there are others of those names.
_LARGE = 80_000
#: In scripts without spaces a short name is easily found in other words.
_LARGEST_UNSPACED = 700
#: Large cities that are more often something else in the name of an event.
_NOT_CITIES = frozenset({
    "aurora", "bath", "cork", "data", "date", "deal", "edison", "essen", "george", "hull", "independence", "jackson",
    "java", "lincoln", "male", "mobile", "most", "nice", "open", "orange", "phoenix", "reading", "sale", "salem",
    "santa", "split", "surprise", "tours", "victoria",
})  # fmt: skip
_MOST_REMEMBERED = 50_000
_LONGEST = 40
_ROMAN = re.compile(r"(?=[IVXL]{2,7}\Z)X{0,3}(?:XL|L)?X{0,3}(?:IX|IV|V?I{0,3})\Z")
_ORDINAL = re.compile(r"(\d{1,4})(?:st|nd|rd|th|er|ere|eme|e|o|a|ª|º|°|do|ro|ra)\Z")
_YEAR_BEHIND = re.compile(r"(\D{2,})((?:19[89]|20[0-9])\d)\Z")
_TWO_K = re.compile(r"([^\W\d_]{2,})?2k(\d\d)\Z")
_SHORT_YEAR_BEHIND = re.compile(r"([^\W\d]{3,})(\d\d)\Z")
#: Who may take part: under an age, over one ("Ü30"), and the levels of the Council of Europe for languages.
_LEVEL = re.compile(r"(?:u|sub)-?([5-9]|[12]\d)s?\Z|([5-9]|1\d)u\Z|([abc][12])\Z")
_OVER = re.compile(r"(?:ü|ue)-?(\d0)\Z", re.IGNORECASE)
_CODE_BEHIND = re.compile(r"(\w*[a-z])([A-Z]{2})\Z")
REGION = "?"
"""In place of a country's code: two capital letters that may be a state's."""
_AREAS = {"eu": "~euro", "latam": "~lati", "apac": "~asia"}
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


class Says(enum.IntEnum):
    """What a word is for, in a name."""

    OWN = 0
    TOPIC = 1
    PART = 2
    GENERIC = 3
    STOP = 4
    TAIL = 5
    UNIT = 6
    EDITION = 7
    WHEN = 8
    AREA = 9
    YEAR = 10
    NUMBER = 11
    BREAK = 12
    SHORT_YEAR = 13
    COMMON = 14
    ROUTINE = 15
    LEVEL = 16
    AGE = 17


STRONG = frozenset({Says.OWN, Says.COMMON, Says.ROUTINE})
"""Words that are no words of a whole field."""


class Word(NamedTuple):
    """One word as written, understood: its folded text, and for years and numbers the value. `country`: its code, if
    it may be one. `base` is what stands before a country's code or a year of two digits ("PyConDE", "ICML24").
    `spelt` is the text as it was spelt, if `text` is what it is short for."""

    says: Says
    text: str
    number: int = 0
    country: str | None = None
    base: str | None = None
    spelt: str | None = None


class _Wrong(HobnobError):
    """The packaged table is broken."""


#: The lists of the table; of a word in several the first counts.
_LISTS = ("stop", "age", "tail", "unit", "edition", "when", "area", "part", "generic", "topic", "routine", "common")


@cache
def _table() -> tuple[dict[str, Says], dict[str, int], dict[str, str]]:
    said = load(Path(__file__).with_name("name_words.toml"), _Wrong)
    table: dict[str, Says] = {}
    for name in _LISTS:
        for text in said[name].split():
            table.setdefault(fold(text), Says[name.upper()])
    return table, {fold(text): value for text, value in said["numbers"].items()}, said["short"]


@cache
def opposed() -> dict[str, tuple[tuple[str, str], ...]]:
    """By word, the groups of words that exclude each other in which it is, and its side in each."""
    found: dict[str, dict[str, str]] = {}
    for name, group in load(Path(__file__).with_name("name_words.toml"), _Wrong)["opposed"].items():
        for side in group:
            for text in side.split():
                found.setdefault(fold(text), {})[name] = side.split()[0]
    return {text: tuple(sides.items()) for text, sides in found.items()}


@cache
def city_names() -> dict[str, tuple[str, ...]]:
    """All names of a large city, in its own language and in English, by each of them; the best known first."""
    groups = [text.split() for text in load(Path(__file__).with_name("name_words.toml"), _Wrong)["cities"]["names"]]
    return {name: tuple(group) for group in groups for name in group}


@cache
def _limits() -> dict[str, str]:
    said = load(Path(__file__).with_name("name_words.toml"), _Wrong)["limits"]
    return {fold(text): side for side, texts in said.items() for text in texts.split()}


def limit_of(text: str) -> str | None:
    """ "u" for a word such as "under" before an age, "o" for one such as "over"."""
    return _limits().get(text)


@cache
def unspaced_words() -> tuple[str, ...]:
    """What names in scripts without spaces are often made of: the table's words and the largest places."""
    table, _, _ = _table()
    return (*filter(is_unspaced, table), *(first for first in _places() if is_unspaced(first)))


_remembered: dict[str, Word] = {}


def word(written: str) -> Word:
    """What a token of a name says by itself."""
    found = _remembered.get(written)
    if found is None:
        if len(_remembered) >= _MOST_REMEMBERED:
            _remembered.clear()
        found = _remembered[written] = _understood(written)
    return found


def _understood(written: str) -> Word:
    if written == "w/":
        return Word(Says.TAIL, written)
    if not any(map(str.isalnum, written)):
        return Word(Says.TAIL if written == "@" else Says.BREAK, written)
    if written[0] in "'’" and len(written) == 3 and written[1:].isdecimal():
        return Word(Says.YEAR, written, 2000 + int(written[1:]))
    text = fold(written.replace(".", "")).lstrip("#№ ").replace("'", "").replace("’", "")[:_LONGEST]
    return _number(written, text) or _word(written, text)


def _word(written: str, text: str) -> Word:
    table, _, short = _table()
    if text[-1:].isdecimal() or text[:1].isdecimal():
        if match := _OVER.match(written):
            return Word(Says.LEVEL, f"o{match[1]}")
        if match := _LEVEL.match(text):
            return Word(Says.LEVEL, match[3] or f"u{match[1] or match[2]}")
    if match := _YEAR_BEHIND.match(text):
        return Word(table.get(match[1], Says.OWN), match[1], int(match[2]))
    if match := _TWO_K.match(text):  # "2k20"
        year = 2000 + int(match[2])
        return Word(table.get(match[1], Says.OWN), match[1], year) if match[1] else Word(Says.YEAR, text, year)
    if match := _SHORT_YEAR_BEHIND.match(text):
        return Word(Says.OWN, text, int(match[2]), None, match[1])
    country = base = None
    if match := _CODE_BEHIND.match(written):
        country, base = _country_code(match[2]), fold(match[1])[:_LONGEST]
    elif written.isupper():
        country = _country_code(written.replace(".", "")) or (REGION if len(text) == 2 else None)
    return Word(table.get(text, Says.OWN), short.get(text, text), 0, country, base if country else None, text)


def _number(written: str, text: str) -> Word | None:
    """A number, an ordinal ("3rd", "third", "III") or a year; None for all else, and for numbers like postcodes."""
    if not text.isdecimal():
        match = _ORDINAL.match(text)
        value = int(match[1]) if match else _table()[1].get(text) or (_roman(written) if _ROMAN.match(written) else 0)
        return Word(Says.NUMBER, text, value) if value else None
    if len(text) > 4:
        return None
    value = int(text)
    if 1980 <= value < 2100 and written[0] not in "#№":
        return Word(Says.YEAR, text, value)
    return Word(Says.SHORT_YEAR if len(text) == 2 and written[0] not in "#№" else Says.NUMBER, text, value)


def _roman(text: str) -> int:
    values = [_VALUES[letter] for letter in text]
    return sum(-now if now < after else now for now, after in zip(values, [*values[1:], 0], strict=True))


def area(text: str) -> str:
    """One key for a part of the world: "Europe", "European" and "EU" are one."""
    return _AREAS.get(text) or f"~{text[:4]}"


@cache
def _atlas() -> Atlas:
    return Atlas()


def _country_code(code: str) -> str | None:
    """The ISO code that is written so, in capitals."""
    code = {"UK": "GB", "USA": "US", "UAE": "AE"}.get(code, code)
    return code if len(code) == 2 and code in _atlas().countries else None


@cache
def _places() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """By the first word of its name: the other words, and the place's mark, of countries and of the largest cities."""
    found: dict[str, dict[tuple[str, ...], str]] = {}
    atlas = _atlas()
    for code, name in atlas.country_names():
        _enter(found, name, code)
    for name in atlas.largest(_LARGEST):
        city = next(iter(atlas.cities(key(name))), None)
        if city is not None:
            _enter(found, key(name), f"#{city.geonames_id}{city.country}")
    for name, names in city_names().items():
        city = next((city for one in names for city in atlas.cities(one)[:1] if city.population >= _LARGE), None)
        if city is not None:
            _enter(found, name, f"#{city.geonames_id}{city.country}")
    for name, geonames_id, country in atlas.names_between("\u3041", "\ud7a3", _LARGEST_UNSPACED):
        _enter(found, name, f"#{geonames_id}{country}")
    return {first: tuple(sorted(rest.items(), key=lambda item: -len(item[0]))) for first, rest in found.items()}


def _enter(found: dict[str, dict[tuple[str, ...], str]], name: str, mark: str) -> None:
    first, *rest = name.split()
    table, _, _ = _table()
    if rest or (
        first not in _NOT_CITIES
        and first not in table
        and (len(first) > 3 or (len(first) > 1 and is_unspaced(first) and not _is_kana(first)))
    ):
        found.setdefault(first, {}).setdefault(tuple(rest), mark)


@lru_cache(maxsize=5_000)
def city_in(city: str, state: str) -> tuple[str, str] | None:
    """The marks of the city and of the state or province, for a folded name with a state's name or code behind it."""
    atlas = _atlas()
    states = {found.area for found in atlas.areas(key(state))}
    for found in atlas.cities(key(city)):
        if (found.country, found.region) in states:
            return f"#{found.geonames_id}{found.country}", f"+{found.region}.{found.country}"
    return None


def _is_kana(text: str) -> bool:
    """Whether it is so few kana that it is more often a part of other words."""
    return len(text) < 4 and all("\u3041" <= letter <= "\u30ff" for letter in text)


def places_from(texts: list[str], at: int) -> tuple[str, int] | None:
    """The place whose name begins at a word, as a country's code or "#" and a city's GeoNames id, and its length."""
    for rest, mark in _places().get(texts[at], ()):
        size = len(rest)
        if not size or tuple(texts[at + 1 : at + 1 + size]) == rest:
            return mark, size + 1
    return None


@lru_cache(maxsize=5_000)
def state_of(text: str, country: str) -> str | None:
    """The mark of the state or province of a country that is called so, or has that code: "+ME.US"."""
    for found in _atlas().areas(key(text)):
        if found.area[0] == country and found.area[1] is not None:
            return f"+{found.area[1]}.{country}"
    return None


def is_country(text: str) -> bool:
    """Whether a folded word is a country's name by itself."""
    return any(not rest and mark[0] != "#" for rest, mark in _places().get(text, ()))


@lru_cache(maxsize=50_000)
def weight_of(one: str) -> int:
    """How much a word of a name tells: 2 for a rare one, 1 for one of daily life, 0 for those of whole fields and for
    what is on everywhere."""
    says = word(one).says
    if says is Says.OWN:
        return 2 if len(one) > 2 or not one.isascii() else 1
    return 1 if says is Says.COMMON else 0
