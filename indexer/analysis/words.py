"""Text into words and tokens.

A word is a run of letters, digits and their marks. Names that punctuation belongs to stay whole (C++, C#, .NET,
node.js). Scripts that are written without spaces, and Korean, become overlapping pairs of characters.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from itertools import chain, islice

from indexer.analysis.folding import MARKS, folded, normal
from indexer.analysis.stems import MARK, stem, stemmed

__all__ = ["MAX_CHARACTERS", "MAX_LETTERS", "MAX_WORDS", "is_unspaced", "pieces", "single", "tokens", "words"]

MAX_CHARACTERS = 50_000
"""Of a longer text only the beginning is read."""

MAX_WORDS = 5_000
"""Of a text with more words only the first are kept."""

MAX_LETTERS = 64
"""A longer word counts by its first letters."""

_MAX_REMEMBERED = 20_000
_MAX_REMEMBERED_CHUNK = 32

_INDIC = "\u0900-\u0963\u0966-\u0df3"
_UNSPACED = (
    "\u0e01-\u0e4e\u0e81-\u0ece\u1000-\u1049\u1050-\u109f\u1780-\u17d3"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\u1100-\u11ff\ua960-\ua97f\uac00-\ud7fb"  # Hangul
)


def _pattern(letter: str, marks: str = "", unspaced: str = "") -> re.Pattern[str]:
    """Runs of `unspaced` characters, or words of `letter` with `marks` behind them."""
    word = f"{letter}+(?:[{marks}]+{letter}*)*" if marks else f"{letter}+"
    run = f"[{unspaced}]+|" if unspaced else ""
    return re.compile(rf"{run}[a-z]#(?!{letter})|{word}(?:\.{word})*(?:\+\+)?|\.net(?!{letter})")


@cache
def _ascii() -> re.Pattern[str]:
    return _pattern("[a-z0-9]")


@cache
def _any_script() -> re.Pattern[str]:
    """The same, and much slower to make: a search for a few plain words is not to wait for it."""
    return _pattern(rf"[^\W_{_UNSPACED}]", MARKS + _INDIC, _UNSPACED)


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED}]")


class _Remembered(dict[str, tuple[str, ...]]):
    """What `work` made of each chunk of text between spaces: most of them come again and again."""

    def __init__(self, work: Callable[[str], tuple[str, ...]]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        made = self._work(chunk)
        if len(chunk) <= _MAX_REMEMBERED_CHUNK:
            if len(self) >= _MAX_REMEMBERED:
                self.clear()
            self[chunk] = made
        return made

    def all_of(self, chunks: Iterable[str]) -> Iterable[str]:
        return chain.from_iterable(map(self.__getitem__, chunks))


def words(text: str) -> list[str]:
    """The folded words of `text` in order, pairs of characters for unspaced scripts."""
    return list(islice(_words.all_of(_chunks(text)), MAX_WORDS))


def tokens(text: str, language: str | None) -> list[str]:
    """What a document is indexed by: its folded words in order, so that phrases can be found, then, after a token
    that is no word, each once: the parts of dotted names, the single characters of unspaced scripts ("single·会"),
    and the stems in the document's language ("en·confer").
    """
    chunks = _chunks(text)
    found = list(islice(_words.all_of(chunks), MAX_WORDS))
    if more := dict.fromkeys(islice(_more_in(stemmed(language)).all_of(chunks), MAX_WORDS)):
        found.append(MARK)
        found.extend(more)
    return found


def pieces(text: str) -> list[str]:
    """The words of `text` in normal form, whole: a run of an unspaced script is one piece."""
    text = normal(text)
    if text.isascii():
        return [piece[:MAX_LETTERS] for piece in _ascii().findall(text)]
    return [piece if is_unspaced(piece) else piece[:MAX_LETTERS] for piece in _any_script().findall(text)]


def is_unspaced(piece: str) -> bool:
    return not piece.isascii() and _unspaced().match(piece) is not None


def single(character: str) -> str:
    """The token by which one character of an unspaced script is found."""
    return f"single{MARK}{character}"


def _chunks(text: str) -> list[str]:
    return text[:MAX_CHARACTERS].split()


def _words_of(chunk: str) -> tuple[str, ...]:
    found: list[str] = []
    for piece in pieces(chunk):
        found.extend(_pairs(piece) if is_unspaced(piece) else [folded(piece)])
    return tuple(filter(None, found))


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


@cache
def _more_in(language: str | None) -> _Remembered:
    return _Remembered(partial(_more_of, language))


def _more_of(language: str | None, chunk: str) -> tuple[str, ...]:
    found: list[str] = []
    for piece in pieces(chunk):
        if is_unspaced(piece):
            found.extend(map(single, piece))
            continue
        if "." in piece:
            found.extend(folded(part) for part in piece.split(".") if part)
        if language:
            found.append(stem(piece, language))
    return tuple(found)


_words = _Remembered(_words_of)
