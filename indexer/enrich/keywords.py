"""Words that speak for a label: tables that a person can read and correct, matched in one pass over a text.

A table is a TOML file: for each label, lists of words and phrases. In a phrase
- words in small letters match in any case and without accents; words with a capital match only so written (AI, IT),
  and not where the words beside them are all in capitals, too;
- a star at the end of a word matches any ending (softwareentwickl*);
- words of scripts that do not part words (技術) match anywhere in the text.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

__all__ = ["Match", "Text", "Words", "without_addresses"]

_TOKEN = re.compile(r"(?<!\w)\.net\b|\w[\w+#]*", re.IGNORECASE)
# What a web or e-mail address is made of says nothing of the event: "https://tickets.example.net/watch".
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+", re.IGNORECASE)
_UNPARTED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_STEM = 4


class Match(NamedTuple):
    """A phrase that was found: the label it speaks for, the list it stands in, its words there, and at which word."""

    label: str
    strength: str
    phrase: str
    position: int


class _Phrase(NamedTuple):
    """`first` and `rest` are words; a word with a star at its end stands for all that begin like it."""

    label: str
    strength: str
    first: str
    rest: tuple[str, ...] = ()


class Text:
    """A text as words without accents, as they are written; in small letters where all of it is in capitals.

    Addresses of pages and mailboxes are left out.
    """

    __slots__ = ("text", "words")

    def __init__(self, text: str) -> None:
        self.text = text = without_addresses(text)
        plain = text if text.isascii() else _without_accents(text)
        self.words: list[str] = _TOKEN.findall(plain.lower() if plain.isupper() else plain)


def without_addresses(text: str) -> str:
    """The text without the addresses of pages and mailboxes in it."""
    return _ADDRESS.sub(" ", text) if "@" in text or "://" in text or "www." in text.lower() else text


class Words:
    """The words of a table, ready to be found in texts."""

    def __init__(self, path: Path) -> None:
        self._by_word: dict[str, list[_Phrase]] = defaultdict(list)
        self._by_letters: dict[str, list[_Phrase]] = defaultdict(list)
        self._unparted: list[_Phrase] = []
        self._begin_with = lru_cache(maxsize=50_000)(self._candidates)
        for label, lists in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for strength, phrases in lists.items():
                for phrase in phrases:
                    self._add(label, strength, phrase)

    def _add(self, label: str, strength: str, text: str) -> None:
        if _UNPARTED.match(text):
            self._unparted.append(_Phrase(label, strength, text))
            return
        first, *rest = _parsed(text)
        index, entry = (self._by_letters, first[:_STEM]) if first.endswith("*") else (self._by_word, first)
        index[entry].append(_Phrase(label, strength, first, tuple(rest)))

    def _candidates(self, word: str) -> tuple[_Phrase, ...]:
        """The phrases that may begin with a word."""
        small = word.lower()
        begun = (phrase for phrase in self._by_letters.get(small[:_STEM], ()) if _fits(phrase.first, small))
        capital = self._by_word.get(word, ()) if word != small else ()
        return (*self._by_word.get(small, ()), *begun, *capital)

    def find(self, text: Text, first: int | None = None) -> Iterator[Match]:
        """The phrases that occur in `text`, or begin in its `first` words.

        Where they overlap, the first and longest: "software architecture" does not speak of architecture.
        """
        words, free = text.words, 0
        for position, word in enumerate(words[:first]):
            candidates = self._begin_with(word.lower() if _is_shouted(words, position) else word)
            if not candidates or position < free:
                continue
            here = [phrase for phrase in candidates if not phrase.rest or _follows(phrase.rest, words, position + 1)]
            longest = max((len(phrase.rest) + 1 for phrase in here), default=0)
            free = position + longest
            for phrase in here:
                if len(phrase.rest) + 1 == longest:
                    yield Match(phrase.label, phrase.strength, " ".join(words[position:free]), position)
        if not text.text.isascii() and _UNPARTED.search(text.text):
            for phrase in self._unparted:
                if phrase.first in text.text:
                    yield Match(phrase.label, phrase.strength, phrase.first, 0)


def _is_shouted(words: list[str], position: int) -> bool:
    """Whether a word is in capitals because those beside it are: "I WANT IT THAT WAY" is not of IT."""
    if not words[position].isupper():
        return False
    beside = [*words[max(0, position - 1) : position], *words[position + 1 : position + 2]]
    return any(word.isupper() and word.isalpha() and (len(word) > 3 or word == "S") for word in beside)


def _follows(rest: tuple[str, ...], words: list[str], position: int) -> bool:
    there = words[position : position + len(rest)]
    return len(there) == len(rest) and all(map(_fits, rest, there))


def _fits(wanted: str, word: str) -> bool:
    if wanted.endswith("*"):
        return word.lower().startswith(wanted[:-1])
    return wanted in (word, word.lower())


def _parsed(phrase: str) -> Iterator[str]:
    """The words of a phrase of the table, cut like those of a text; the star stays with the last piece."""
    for part in phrase.split():
        tokens = _TOKEN.findall(_without_accents(part.removesuffix("*")))
        if part.endswith("*"):
            tokens[-1] += "*"
        yield from tokens


def _without_accents(text: str) -> str:
    """Latin letters without accents, ß as ss; other scripts as they are."""
    folded = unicodedata.normalize("NFKD", text).replace("ß", "ss")
    return unicodedata.normalize("NFC", re.sub("[\u0300-\u036f]+", "", folded))
