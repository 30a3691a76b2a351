"""Words that speak for a label: tables that a person can read and correct, matched in one pass over a text.

A table is a TOML file: for each label, lists of words and phrases by how much they say; or a folder of such files, one
for each label, named for it, whose lists may stand in tables by language. A list named `hides` holds phrases that speak
for nothing, whatever words are in them. In a phrase
- words in small letters match in any case and without accents; words with a capital match only so written (AI, IT),
  and not where the words beside them are all in capitals, too;
- a star at the end of a word matches any ending (softwareentwickl*), one before it, of a phrase of one word, any
  beginning (*maschinen);
- a word of a text that is in no table is read as its parts where capitals tell them (MusicTech, HelsinkiJS);
- words of scripts that do not part words (技術) match anywhere in the text.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Match", "Text", "Words", "whole_phrases", "without_addresses"]

_TOKEN = re.compile(r"\w[\w+#]*|(?<!\w)\.[nN][eE][tT]\b")
# What a web or e-mail address is made of says nothing of the event: "https://tickets.example.net/watch".
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+", re.IGNORECASE)
_UNPARTED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_ACCENTS = re.compile("[\u0300-\u036f]+")
#: So many letters of a stem are looked up; a stem has no fewer than the second.
_STEM, _SHORTEST_STEM = 4, 2
#: So many different words are remembered, and what begins with them.
_REMEMBERED = 50_000
# Where the parts of "MusicTech", "HelsinkiJS" and "UXCamp" meet.
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
#: The list whose phrases hide what is in them, and those that are not looked for in texts.
_HIDES, _WHOLE = "hides", frozenset({"categories"})


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


class _Begun(NamedTuple):
    """The phrases that may begin with a word: those of that word alone, and longer ones by their second word; where
    that is not one word in small letters, apart."""

    alone: tuple[_Phrase, ...]
    by_second: Mapping[str, list[_Phrase]]
    others: list[_Phrase]


class Text:
    """A text as words without accents, as they are written; in small letters where all of it is in capitals.

    `read` are the words as they are looked for: those that are only shouted in small letters. Addresses of pages and
    mailboxes are left out. `is_unparted` tells whether some of it is of a script that does not part words.
    """

    __slots__ = ("is_unparted", "read", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text = without_addresses(text)
        is_plain = text.isascii()
        self.is_unparted = not is_plain and _UNPARTED.search(text) is not None
        plain = text if is_plain else _without_accents(text)
        self.words: list[str] = _TOKEN.findall(plain.lower() if plain.isupper() else plain)
        self.read = self.words
        if shouted := [at for at, word in enumerate(self.words) if word.isupper() and _is_shouted(self.words, at)]:
            self.read = self.words.copy()
            for at in shouted:
                self.read[at] = self.read[at].lower()


def without_addresses(text: str) -> str:
    """The text without the addresses of pages and mailboxes in it."""
    return _ADDRESS.sub(" ", text) if "@" in text or "://" in text or "www." in text.lower() else text


class _Known(dict[str, "_Begun | None"]):
    """What begins with a word, made when it is first met; so many words are remembered."""

    def __init__(self, begun: Callable[[str], "_Begun | None"]) -> None:
        super().__init__()
        self._begun = begun

    def __missing__(self, word: str) -> "_Begun | None":
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[word] = self._begun(word)
        return found


class Words:
    """The words of a table, ready to be found in texts."""

    def __init__(self, path: Path) -> None:
        self._by_word: dict[str, list[_Phrase]] = defaultdict(list)
        self._by_beginning: dict[str, list[_Phrase]] = defaultdict(list)
        self._by_ending: dict[str, list[_Phrase]] = defaultdict(list)
        # By their first letter.
        self._unparted: dict[str, list[_Phrase]] = defaultdict(list)
        self._begin_with = _Known(self._begun).__getitem__
        self.find_again = lru_cache(maxsize=5_000)(self._find_all)
        for label, strength, phrase in _phrases(path):
            if strength not in _WHOLE:
                self._add(label, strength, phrase)

    def _add(self, label: str, strength: str, text: str) -> None:
        if _UNPARTED.search(text):
            self._unparted[text[0]].append(_Phrase(label, strength, text))
            return
        first, *rest = _parsed(text)
        index, entry = self._by_word, first
        if first.endswith("*"):
            index, entry = self._by_beginning, first[:-1][:_STEM]
        elif first.startswith("*"):
            index, entry = self._by_ending, first[1:][-_STEM:]
        index[entry].append(_Phrase(label, strength, first, tuple(rest)))

    def _begun(self, word: str) -> _Begun | None:
        phrases = self._begun_by(word)
        if not phrases and len(parts := _INNER_CAPITAL.split(word)) > 1:
            phrases = [one for part in parts if len(part) > 1 for one in self._begun_by(part) if not one.rest]
        if not phrases:
            return None
        begun = _Begun(tuple(phrase for phrase in phrases if not phrase.rest), defaultdict(list), [])
        for phrase in phrases:
            if phrase.rest:
                second = phrase.rest[0]
                is_plain = second == second.lower() and "*" not in second
                (begun.by_second[second] if is_plain else begun.others).append(phrase)
        return begun._replace(by_second=dict(begun.by_second))

    def _begun_by(self, word: str) -> list[_Phrase]:
        """Of the stems of one word the longest counts: "kunststoff*" before "kunst*"."""
        small = word.lower()
        phrases = list(self._by_word.get(small, ()))
        if word != small:
            phrases += self._by_word.get(word, ())
        stems: list[_Phrase] = []
        for size in range(min(_STEM, len(small)), _SHORTEST_STEM - 1, -1):
            stems += (one for one in self._by_beginning.get(small[:size], ()) if _fits(one.first, small))
            phrases += (one for one in self._by_ending.get(small[-size:], ()) if _fits(one.first, small))
        longest = max((len(one.first) for one in stems if not one.rest), default=0)
        return phrases + [one for one in stems if one.rest or len(one.first) == longest]

    def find(self, text: Text, first: int | None = None) -> Iterator[Match]:
        """The phrases that occur in `text`, or begin in its `first` words.

        Where they overlap, the first and longest: "software architecture" does not speak of architecture.
        """
        words, free = text.words, 0
        read = text.read if first is None else text.read[:first]
        known = [(position, begun) for position, begun in enumerate(map(self._begin_with, read)) if begun is not None]
        for position, begun in known:
            if position < free:
                continue
            second = words[position + 1].lower() if position + 1 < len(words) else ""
            if not begun.alone and not begun.others and second not in begun.by_second:
                continue
            here, length = _longest(begun, second, words, position)
            free = position + length
            for phrase in here:
                if phrase.strength == _HIDES:
                    break
            else:
                found = words[position] if length == 1 else " ".join(words[position:free])
                for phrase in here:
                    yield Match(phrase.label, phrase.strength, found, position)
        if text.is_unparted:
            for letter in sorted(self._unparted.keys() & set(text.text)):
                for phrase in self._unparted[letter]:
                    if phrase.first in text.text:
                        yield Match(phrase.label, phrase.strength, phrase.first, 0)

    def _find_all(self, text: str) -> tuple[Match, ...]:
        """What `find` finds in a short text that many events have: a category, the name of an organizer."""
        return tuple(self.find(Text(text)))


def _longest(begun: _Begun, second: str, words: list[str], position: int) -> tuple[Sequence[_Phrase], int]:
    """Of the phrases that begin at a word, the longest that go on as the text does, and how many words that is."""
    longest: list[_Phrase] = []
    length = 1
    for phrases in (begun.by_second.get(second, ()), begun.others):
        for phrase in phrases:
            size = len(phrase.rest) + 1
            if size >= length and _follows(phrase.rest, words, position + 1):
                if size > length:
                    longest, length = [], size
                longest.append(phrase)
    return (longest, length) if longest else (begun.alone, 1 if begun.alone else 0)


def whole_phrases(path: Path, name: str) -> dict[str, str]:
    """The phrases of the lists called `name` in a table, in small letters, and the label that each stands under."""
    return {phrase.casefold(): label for label, strength, phrase in _phrases(path) if strength == name}


def _phrases(path: Path) -> Iterator[tuple[str, str, str]]:
    """Label, name of the list and phrase, as they stand in a file or in the files of a folder."""
    if path.is_dir():
        for file in sorted(path.glob("*.toml")):
            for strength, phrase in _listed(tomllib.loads(file.read_text(encoding="utf-8"))):
                yield file.stem, strength, phrase
        return
    for label, lists in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for strength, phrase in _listed(lists):
            yield label, strength, phrase


def _listed(lists: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, content in lists.items():
        if isinstance(content, Mapping):
            yield from _listed(content)
            continue
        for phrase in content:
            yield name, phrase


def _is_shouted(words: list[str], position: int) -> bool:
    """Whether a word in capitals is so because those beside it are: "I WANT IT THAT WAY" is not of IT."""
    beside = [*words[max(0, position - 1) : position], *words[position + 1 : position + 2]]
    return any(word.isupper() and word.isalpha() and (len(word) > 3 or word == "S") for word in beside)


def _follows(rest: tuple[str, ...], words: list[str], position: int) -> bool:
    there = words[position : position + len(rest)]
    return len(there) == len(rest) and all(map(_fits, rest, there))


def _fits(wanted: str, word: str) -> bool:
    if wanted.endswith("*"):
        return word.lower().startswith(wanted[:-1])
    if wanted.startswith("*"):
        return word.lower().endswith(wanted[1:])
    return wanted in (word, word.lower())


def _parsed(phrase: str) -> Iterator[str]:
    """The words of a phrase of the table, cut like those of a text; the star stays with the last piece."""
    for part in phrase.split():
        tokens = _TOKEN.findall(_without_accents(part.strip("*")))
        if part.endswith("*"):
            tokens[-1] += "*"
        if part.startswith("*"):
            tokens[0] = "*" + tokens[0]
        yield from tokens


def _without_accents(text: str) -> str:
    """Latin letters without accents, ß as ss; other scripts as they are."""
    folded = _ACCENTS.sub("", unicodedata.normalize("NFKD", text).replace("ß", "ss"))
    return folded if folded.isascii() else unicodedata.normalize("NFC", folded)
