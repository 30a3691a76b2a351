"""Words that speak for a label: tables that a person can read and correct, matched in one pass over a text.

A table is a TOML file: for each label, lists of words and phrases. In a phrase
- words in small letters match in any case and without accents; words with a capital match only so written (AI, IT);
- a star at the end of a word matches any ending (softwareentwickl*);
- words of scripts that do not part words (技術) match anywhere in the text.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

__all__ = ["Match", "Text", "Words"]

_TOKEN = re.compile(r"\.net\b|\w[\w+#]*", re.IGNORECASE)
_UNPARTED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_STEM = 4


class Match(NamedTuple):
    """A phrase that was found: the label it speaks for, the list it stands in, the phrase, and at which word."""

    label: str
    strength: str
    phrase: str
    position: int


class _Phrase(NamedTuple):
    label: str
    strength: str
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """A text as words without accents, once as written and once in small letters."""

    text: str

    @cached_property
    def words(self) -> list[str]:
        plain = self.text if self.text.isascii() else _without_accents(self.text)
        return _TOKEN.findall(plain)

    @cached_property
    def small(self) -> list[str]:
        return [word.lower() for word in self.words]

    @cached_property
    def is_shouted(self) -> bool:
        """Whether capitals mean nothing in it."""
        return self.text.isupper()


class Words:
    """The words of a table, ready to be found in texts."""

    def __init__(self, path: Path) -> None:
        self._exact: dict[str, list[_Phrase]] = defaultdict(list)
        self._begun: dict[str, list[_Phrase]] = defaultdict(list)
        self._unparted: list[_Phrase] = []
        for label, lists in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for strength, phrases in lists.items():
                for phrase in phrases:
                    self._add(label, strength, phrase)

    def _add(self, label: str, strength: str, text: str) -> None:
        if _UNPARTED.match(text):
            self._unparted.append(_Phrase(label, strength, text, ()))
            return
        words = tuple(f"{word}*" if star else word for word, star in _parsed(text))
        first = words[0]
        index, entry = (self._begun, first[:_STEM]) if first.endswith("*") else (self._exact, first)
        index[entry].append(_Phrase(label, strength, text, words))

    def find(self, text: Text) -> Iterator[Match]:
        """All phrases that occur in `text`, each time they do."""
        exact, begun = self._exact, self._begun
        small, written = text.small, text.words
        for position, word in enumerate(small):
            found = exact.get(word)
            if found is not None:
                yield from self._at(found, small, small, position)
            found = begun.get(word[:_STEM])
            if found is not None:
                yield from self._at(found, small, small, position)
            as_written = written[position]
            if as_written != word and not text.is_shouted and (found := exact.get(as_written)) is not None:
                yield from self._at(found, small, written, position)
        if self._unparted and not text.text.isascii() and _UNPARTED.search(text.text):
            for phrase in self._unparted:
                if phrase.text in text.text:
                    yield Match(phrase.label, phrase.strength, phrase.text, 0)

    @staticmethod
    def _at(phrases: list[_Phrase], small: list[str], written: list[str], position: int) -> Iterator[Match]:
        for phrase in phrases:
            size = len(phrase.words)
            end = position + size
            if end > len(small):
                continue
            if all(
                small[at].startswith(word[:-1]) if word[-1] == "*" else word in (small[at], written[at])
                for at, word in zip(range(position, end), phrase.words, strict=True)
            ):
                yield Match(phrase.label, phrase.strength, phrase.text, position)


def _parsed(phrase: str) -> Iterator[tuple[str, bool]]:
    for part in phrase.split():
        tokens = _TOKEN.findall(_without_accents(part.removesuffix("*")))
        for number, token in enumerate(tokens):
            yield token, part.endswith("*") and number == len(tokens) - 1


def _without_accents(text: str) -> str:
    """Latin letters without accents, ß as ss; other scripts as they are."""
    folded = unicodedata.normalize("NFKD", text).replace("ß", "ss")
    return unicodedata.normalize("NFC", re.sub("[\u0300-\u036f]+", "", folded))
