"""The closed lists of industries and kinds: stable ids, names in several languages, and what people call them.

Read from `industries.toml` and `kinds.toml` beside this file, once, when first asked for.
"""

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from hobnob.errors import UnknownName
from hobnob.nearest import nearest

__all__ = [
    "LANGUAGES",
    "Industry",
    "Kind",
    "find_industry",
    "find_kind",
    "industries",
    "industry_called",
    "industry_ids",
    "kind_called",
    "kind_ids",
    "kinds",
]

#: The languages that every industry and kind has a name in (ISO 639-1).
LANGUAGES = ("en", "de", "fr", "es")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of event: its id, its name by language, and other words for it."""

    id: str
    names: Mapping[str, str]
    synonyms: tuple[str, ...] = ()

    def name(self, language: str | None = None) -> str:
        """Its name in `language` (ISO 639-1, or a longer tag), or in English."""
        return self.names.get((language or "en")[:2].lower(), self.names["en"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Industry:
    """An industry: its id, its name by language, other words for it, and its codes in ISIC Rev. 4 and NAICS 2022."""

    id: str
    names: Mapping[str, str]
    synonyms: tuple[str, ...] = ()
    isic: tuple[str, ...] = ()
    naics: tuple[str, ...] = ()

    def name(self, language: str | None = None) -> str:
        """Its name in `language` (ISO 639-1, or a longer tag), or in English."""
        return self.names.get((language or "en")[:2].lower(), self.names["en"])


@cache
def industries() -> tuple[Industry, ...]:
    """All industries, in the order of the file."""
    return tuple(
        Industry(
            id=id_,
            names=_names(entry),
            synonyms=tuple(entry["synonyms"]),
            isic=tuple(entry["isic"]),
            naics=tuple(entry["naics"]),
        )
        for id_, entry in _read("industries.toml").items()
    )


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds of event, in the order of the file."""
    return tuple(
        Kind(id=id_, names=_names(entry), synonyms=tuple(entry["synonyms"]))
        for id_, entry in _read("kinds.toml").items()
    )


@cache
def industry_ids() -> frozenset[str]:
    """The ids of all industries."""
    return frozenset(industry.id for industry in industries())


@cache
def kind_ids() -> frozenset[str]:
    """The ids of all kinds."""
    return frozenset(kind.id for kind in kinds())


def industry_called(text: str) -> str | None:
    """The id of the industry that `text` is the id, a name or a synonym of."""
    return _industry_names().get(_key(text))


def kind_called(text: str) -> str | None:
    """The id of the kind that `text` is the id, a name or a synonym of."""
    return _kind_names().get(_key(text))


def find_industry(text: str) -> str:
    """As `industry_called`, for what a person typed: raises UnknownName with the nearest."""
    return industry_called(text) or _suggest("industry", text, _industry_names())


def find_kind(text: str) -> str:
    """As `kind_called`, for what a person typed: raises UnknownName with the nearest."""
    return kind_called(text) or _suggest("kind", text, _kind_names())


def _suggest(what: str, text: str, index: Mapping[str, str]) -> NoReturn:
    near = nearest(_key(text), index, count=8)
    raise UnknownName(what, text, tuple(dict.fromkeys(index[name] for name in near))[:3])


@cache
def _industry_names() -> dict[str, str]:
    return _index(industries())


@cache
def _kind_names() -> dict[str, str]:
    return _index(kinds())


def _index(entries: Sequence[Industry | Kind]) -> dict[str, str]:
    """Folded id, names and synonyms → id; where two entries share a word, an id or a name wins over a synonym."""
    index = {_key(synonym): entry.id for entry in entries for synonym in entry.synonyms}
    index.update({_key(name): entry.id for entry in entries for name in entry.names.values()})
    index.update({_key(entry.id): entry.id for entry in entries})
    return index


def _key(text: str) -> str:
    """Lower case without accents and punctuation, words parted by single spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def _names(entry: Mapping[str, Any]) -> dict[str, str]:
    return {language: entry[language] for language in LANGUAGES}


def _read(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
