"""What a name is of: a person or an organisation, and which persons one text names.

Rules and words (`people_words.toml`) first; given names (`given_names.txt`) tell "Jane Doe" from "Radiation City".
"""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

__all__ = ["Kind", "folded", "is_nobody", "kind_of", "names_in", "same_name"]

Kind = Literal["Person", "Organization"]

#: More names than this in one text are no list of names.
MOST_NAMES = 50
_LONGEST_TURNED = 80
_LETTERS = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "’": "'"})
_AROUND = " \t.,;:'\"()[]{}<>“”„«»*-–—|/\\_&+"
_ALONE = re.compile(r"\s*[;\n|、；]\s*")
_COMMA = re.compile(r"\s*[,，/]\s*")
_AND = re.compile(
    r"\s+(?:and|und|et|y|e|ed|en|och|og|oraz|и|та|ja|és|ve|with|mit|avec|con|feat\.?|ft\.?)\s+", re.IGNORECASE
)
_SIGN = re.compile(r"\s*[&＆+]\s*")
_TAIL = re.compile(r"\s*(?:[,(\[（|@]|\s[-–—]\s|\s(?:at|from|of|bei|von der|vom|chez|de l'|del|from)\s)")
_PARENTHESES = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]?")
_LABEL = re.compile(
    r"(?:(?:guest |keynote )?speakers?|(?:co-?)?organi[sz]ers?|organi[sz]ed by|hosted by|presented by|hosts?"
    r"|presenters?|instructors?|moderators?|veranstalter(?:in)?|referent(?:in|innen|en|:in|\*in)?|vortragende[rn]?"
    r"|dozent(?:in|en)?|moderation"
    r"|intervenante?s?|organisateurs?|présenté par|organisé par|ponentes?|organizan?|organizado por|imparte"
    r"|relator[ei]|organizzato da|palestrantes?|spreker|prelegent|доклад(?:чик)?|спикеры?|講師|登壇者|主催者?)"
    r"\s*[:：]\s*",
    re.IGNORECASE,
)
_WORD_SHAPE = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{1,3}[ \u3000・][\u4e00-\u9fff\u3040-\u309f]{1,4}")
_KATAKANA_NAME = re.compile(r"[\u30a1-\u30fc]{2,}[・ ][\u30a1-\u30fc]{2,}(?:[・ ][\u30a1-\u30fc]{2,})?")
_CHINESE_SURNAMES = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許邓鄧冯馮韩韓曹曾彭"
_KOREAN_SURNAMES = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민"
_HAN_ONLY = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]+")
_OF_DOCTORS = frozenset(
    ("med", "phil", "rer", "nat", "jur", "habil", "ing", "pol", "h.c", "dent", "vet", "theol", "oec")
)
# "Mueller" is "Müller", whose marks are left out.
_UMLAUT = re.compile(r"(?<=[aou])e(?=[^\W\d_aeiou])")
_PATRONYMIC = re.compile(r"\w+(?:ович|евич|ич|овна|евна|инична)\Z")


class _Words(NamedTuple):
    legal: frozenset[str]
    short: frozenset[str]
    organization: frozenset[str]
    surnames_too: frozenset[str]
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    joining: frozenset[str]
    unparted: tuple[str, ...]
    honorifics: frozenset[str]
    credentials: frozenset[str]
    generations: frozenset[str]
    particles: frozenset[str]
    nobody: frozenset[str]
    given: frozenset[str]


def names_in(text: str, kind: Kind | None = None) -> list[str]:
    """The names that one text holds: several persons apart, each without what follows it ("Jane Doe, CTO at Acme").

    A text that is not clearly a list of persons is one name. Nothing is parted where `kind` is an organisation.
    """
    text = _LABEL.sub("", text, count=1) if ":" in text or "：" in text else text
    if kind == "Organization" or (text.replace(" ", "").isalpha() and not _AND.search(text) and not _TAIL.search(text)):
        return [text]
    if turned := _turned(text, kind):
        return [turned]
    for parts in _partings(text):
        if found := _persons(parts):
            return found
    return [_without_affiliation(text)]


def kind_of(name: str) -> Kind | None:
    """Whether a name is a person's or an organisation's; None where it does not tell."""
    words = _words()
    if not name.isascii() and (found := _by_script(name, words)):
        return found
    tokens = name.split()
    plain = folded(name).split()
    if len(plain) != len(tokens):
        plain = [folded(token) for token in tokens]
    return _kind_of_words(name, tokens, [word.strip(_AROUND) for word in plain], words) if tokens else None


def _kind_of_words(name: str, tokens: list[str], plain: list[str], words: _Words) -> Kind | None:
    if _is_legal(tokens, plain, words):
        return "Organization"
    if plain[0] in words.honorifics and 1 < len(tokens) < 7 and plain[0] != plain[-1]:
        return "Person" if tokens[0] != tokens[0].upper() or tokens[0].endswith(".") or len(tokens) < 4 else None
    while len(plain) > 2 and (plain[-1] in words.generations or plain[-1] in words.credentials):
        plain, tokens = plain[:-1], [*tokens[:-2], tokens[-2].rstrip(",")]
    person = _is_person(tokens, plain, words)
    if _has_organization_word(plain, words, beside_given=person and _count(plain, words) == 2):
        return "Organization"
    if person:
        return "Person"
    return "Organization" if _looks_organized(name, tokens, plain, words) else None


@lru_cache(maxsize=20_000)
def same_name(name: str) -> str:
    """What two spellings of one name have in common: no accents, marks, titles; two words in the order of the alphabet
    ("Nagy István"), Chinese characters together; "" if nothing is left."""
    words = _words()
    plain, is_titled = [word.strip(_AROUND) for word in folded(name).lstrip("@").split()], False
    while len(plain) > 1 and (plain[0] in words.honorifics or (is_titled and plain[0] in _OF_DOCTORS)):
        plain, is_titled = plain[1:], True
    while len(plain) > 2 and plain[-1] in words.credentials:
        plain = plain[:-1]
    plain = [_UMLAUT.sub("", word) for word in plain if word]
    if plain and all(map(_HAN_ONLY.fullmatch, plain)):
        return "".join(plain)
    return " ".join(sorted(plain) if len(plain) == 2 else plain)


def is_nobody(name: str) -> bool:
    """Whether it stands in the place of a name: "TBA"."""
    plain = folded(name).strip(_AROUND + "!?…")
    return plain in _words().nobody or not (plain[:1].isalnum() or any(map(str.isalnum, plain)))


def folded(text: str) -> str:
    """Small letters without accents."""
    small = text.lower()
    if small.isascii():
        return small
    small = unicodedata.normalize("NFKD", small.translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(c for c in small if not unicodedata.combining(c)))


def _partings(text: str) -> list[list[str]]:
    """The ways in which a text may be a list, the surest first."""
    ways: list[list[str]] = []
    alone = _ALONE.split(text, maxsplit=MOST_NAMES)
    if len(alone) > 1:
        ways.append(alone)
    bare = _PARENTHESES.sub("", text)
    both = [
        part for piece in _COMMA.split(bare, maxsplit=MOST_NAMES) for part in _AND.split(piece, maxsplit=MOST_NAMES)
    ]
    both = [part.removeprefix("and ").removeprefix("und ") for part in both]
    signed = [part for piece in both for part in _SIGN.split(piece, maxsplit=MOST_NAMES)]
    for way in (both, signed):
        if len(way) > 1 and way not in ways:
            ways.append(way)
    return ways


def _turned(text: str, kind: Kind | None = None) -> str | None:
    """ "Jane Doe" of "Doe, Jane"; None for what is not clearly so: "Jane, John", "Doe & Roe, Lawyers"."""
    last, comma, first = text.partition(",")
    first = first.strip()
    if not comma or not first or "," in first or len(text) > _LONGEST_TURNED:
        return None
    words, name = _words(), f"{first} {last.strip()}"
    given, surname = folded(first).split()[0], folded(last).split()
    if given not in words.given or not 0 < len(surname) < 4 or " ".join(surname) in words.organization:
        return None
    if surname[0] in words.given and kind != "Person":
        return None
    return name if kind_of(name) == "Person" else None


def _persons(parts: list[str]) -> list[str]:
    """The parts as names if all are persons by first and last name, or at least three by first names alone."""
    names = [one for part in parts if (one := part.strip()) and not is_nobody(one)]
    if not 1 < len(names) <= MOST_NAMES or len(set(names)) == 1:
        return []
    short = [_turned(name, "Person") or _without_affiliation(name) for name in names]
    if all(" " in name and kind_of(name) == "Person" for name in short):
        return short
    given = _words().given
    if len(names) > 2 and all(name[:1].isupper() and folded(name) in given for name in names):
        return names
    return []


def _without_affiliation(text: str) -> str:
    """The person at the beginning of a text, where that is clear; else the text."""
    found = _TAIL.search(text)
    if found is None:
        return text
    name, tail = text[: found.start()].strip(), text[found.end() :].strip(_AROUND)
    words, last = _words(), folded(tail)
    if " " not in name or kind_of(name) != "Person" or last in words.generations or last in words.legal:
        return text
    mark = found[0].strip()
    if mark in ("(", "[", "（", "@", "|") or (mark == "," and last not in words.given):
        return name
    return name if mark in ("at", "from") or kind_of(tail) == "Organization" else text


def _is_legal(tokens: list[str], plain: list[str], words: _Words) -> bool:
    if len(tokens) < 2:
        return False
    if any(word in words.legal for word in plain[1:]):
        return True
    last = tokens[-1].strip(",()")
    return last.isupper() and plain[-1].replace(".", "") in words.short and not " ".join(tokens[:-1]).isupper()


def _has_organization_word(plain: list[str], words: _Words, *, beside_given: bool) -> bool:
    for token in plain:
        for word in (token, *token.split("-")) if "-" in token else (token,):
            if word in words.organization and not (beside_given and word in words.surnames_too):
                return True
            if word.startswith(words.begins):
                return True
    return False


def _count(plain: list[str], words: _Words) -> int:
    return sum(word not in words.particles for word in plain)


def _is_person(tokens: list[str], plain: list[str], words: _Words) -> bool:
    """By shape, and a given name in it: "Jane Doe", "J. R. Doe", "Ana de la Cruz", "Nagy István"."""
    if not 0 < len(tokens) < 6 or not _is_shaped(tokens, plain, words):
        return False
    first, given = plain[0], words.given
    if len(tokens) == 1:
        return first in given
    if len(first) == 1 or (len(first) == 3 and first[1] == "."):
        return tokens[0].endswith(".") or (len(tokens) > 2 and plain[1] in given)
    if first in given or ("-" in first and first.partition("-")[0] in given):
        return True
    return len(tokens) == 2 and plain[1] in given and not tokens[0].isupper()


def _is_shaped(tokens: list[str], plain: list[str], words: _Words) -> bool:
    """Whether all are capitalised words or initials, but for particles."""
    for token, word in zip(tokens, plain, strict=True):
        bare = token.strip("\"'“”„()")
        is_small = bare[:1].islower() and word not in words.particles
        if is_small or not (_WORD_SHAPE.fullmatch(bare) or word in words.particles):
            return False
    return _count(plain, words) > 0 and plain[-1] not in words.joining


def _looks_organized(name: str, tokens: list[str], plain: list[str], words: _Words) -> bool:
    if any(word.endswith(words.ends) and len(word) > 5 for word in plain):
        return True
    if len(tokens) == 1:
        return 1 < len(name) < 8 and name.isupper() and name.isalpha() and name.isascii()
    if plain[0] in ("the", "team") or (len(tokens) > 2 and plain[0] in ("die", "das", "les")):
        return True
    for before, word in pairwise(plain[:-1]):
        if word in words.joining and before not in words.particles:
            return True
    return any(c in "&+#" or c.isdigit() for c in name)


def _by_script(name: str, words: _Words) -> Kind | None:
    """What only scripts other than Latin show."""
    if any(part in name for part in words.unparted):
        return "Organization"
    if _HAN_NAME.fullmatch(name) or _KATAKANA_NAME.fullmatch(name):
        return "Person"
    if 1 < len(name) < 4 and name[0] in _CHINESE_SURNAMES and all("\u4e00" <= c <= "\u9fff" for c in name):
        return "Person"
    if len(name) == 3 and name[0] in _KOREAN_SURNAMES and all("\uac00" <= c <= "\ud7af" for c in name):
        return "Person"
    tokens = name.split()
    return "Person" if 1 < len(tokens) < 4 and any(_PATRONYMIC.match(token) for token in tokens[1:]) else None


@cache
def _words() -> _Words:
    here = Path(__file__)
    table = tomllib.loads(here.with_name("people_words.toml").read_text(encoding="utf-8"))
    given: set[str] = set()
    with here.with_name("given_names.txt").open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                given.update(line.split())
    parts = {name: tuple(map(folded, table.pop(name))) for name in ("begins", "ends", "unparted")}
    sets = {name: frozenset(map(folded, listed)) for name, listed in table.items()}
    return _Words(given=frozenset(given), **parts, **sets)  # type: ignore[arg-type]
