"""What a name is of: a person or an organisation.

Rules and words (`people_words.toml`) first; given names (`given_names.txt`) tell "Jane Doe" from "Radiation City".
"""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

__all__ = ["AROUND", "Kind", "folded", "is_nobody", "kind_of", "person_words", "same_name"]

Kind = Literal["Person", "Organization"]

_LETTERS = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "’": "'"})
AROUND = " \t.,;:'\"()[]{}<>“”„«»*-–—|/\\_&+"
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
    legal_first: frozenset[str]
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


def kind_of(name: str) -> Kind | None:
    """Whether a name is a person's or an organisation's; None where it does not tell."""
    words = person_words()
    if not name.isascii() and (found := _by_script(name, words)):
        return found
    tokens = name.split()
    plain = folded(name).split()
    if len(plain) != len(tokens):
        plain = [folded(token) for token in tokens]
    return _kind_of_words(name, tokens, [word.strip(AROUND) for word in plain], words) if tokens else None


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
    words = person_words()
    plain, is_titled = [word.strip(AROUND) for word in folded(name).lstrip("@").split()], False
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
    plain = folded(name).strip(AROUND + "!?…")
    return plain in person_words().nobody or not (plain[:1].isalnum() or any(map(str.isalnum, plain)))


def folded(text: str) -> str:
    """Small letters without accents."""
    small = text.lower()
    if small.isascii():
        return small
    small = unicodedata.normalize("NFKD", small.translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(c for c in small if not unicodedata.combining(c)))


def _is_legal(tokens: list[str], plain: list[str], words: _Words) -> bool:
    if len(tokens) < 2:
        return False
    if any(word in words.legal for word in plain[1:]) or (plain[0] in words.legal_first and tokens[0].isupper()):
        return True
    last = tokens[-1].strip(",()")
    if not last.isupper() or plain[-1].replace(".", "") not in words.short:
        return False
    return not " ".join(tokens[:-1]).isupper() or (len(tokens) == 2 and plain[0] not in words.given)


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
    if plain[0] in ("the", "team", "los", "las") or (len(tokens) > 2 and plain[0] in ("die", "das", "les")):
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
def person_words() -> _Words:
    here = Path(__file__)
    table = tomllib.loads(here.with_name("people_words.toml").read_text(encoding="utf-8"))
    given: set[str] = set()
    with here.with_name("given_names.txt").open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                given.update(line.split())
    parts = {name: tuple(map(folded, table.pop(name))) for name in ("begins", "ends", "unparted")}
    given.update(map(folded, table.pop("given")))
    sets = {name: frozenset(map(folded, listed)) for name, listed in table.items()}
    return _Words(given=frozenset(given), **parts, **sets)  # type: ignore[arg-type]
