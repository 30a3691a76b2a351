"""Text into words and tokens.

A word is a run of letters, digits and their marks. Names that punctuation belongs to stay whole (C++, C#, .NET,
node.js). Scripts that are written without spaces, and Korean, become overlapping pairs of characters.
"""

import re

from indexer.analysis.folding import MARKS, folded, normal
from indexer.analysis.stems import MARK, stems

__all__ = ["MAX_CHARACTERS", "MAX_LETTERS", "MAX_WORDS", "pieces", "single", "tokens", "words"]

MAX_CHARACTERS = 50_000
"""Of a longer text only the beginning is read."""

MAX_WORDS = 5_000
"""Of a text with more words only the first are kept."""

MAX_LETTERS = 64
"""A longer word counts by its first letters."""

_INDIC = "\u0900-\u0963\u0966-\u0df3"
_UNSPACED = (
    "\u0e01-\u0e4e\u0e81-\u0ece\u1000-\u1049\u1050-\u109f\u1780-\u17d3"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\u1100-\u11ff\ua960-\ua97f\uac00-\ud7fb"  # Hangul
)
_MAYBE_UNSPACED = re.compile("[\u0e01-\u1fff\u2e80-\U0003ffff]")
_STARTS_UNSPACED = re.compile(f"[{_UNSPACED}]")


def _pattern(letters: str, marks: str = "", first: str = "") -> re.Pattern[str]:
    """Words of `letters` (a character class), with `marks` behind them; `first` is tried before."""
    word = f"{letters}+(?:[{marks}]+{letters}*)*" if marks else f"{letters}+"
    return re.compile(rf"{first}[a-z]#(?!{letters})|{word}(?:\.{word})*(?:\+\+)?|\.net(?!{letters})")


#: The same pattern three times, as fast as the characters of a text allow.
_ASCII = _pattern("[a-z0-9]")
_SPACED = _pattern(r"[^\W_]", MARKS + _INDIC)
_ANY = _pattern(rf"[^\W_{_UNSPACED}]", MARKS + _INDIC, first=f"[{_UNSPACED}]+|")
_FIRST_UNSPACED = "\u0e01"
_REMEMBERED = 100_000


class _Folded(dict[str, str]):
    """Folded words by their normal form, worked out when first asked for, and forgotten when too many."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        token = self[word] = folded(word)[:MAX_LETTERS]
        return token


_folded = _Folded()


def pieces(text: str) -> list[str]:
    """The words of `text` in order, in normal form; a run of an unspaced script is one piece."""
    text = normal(text[:MAX_CHARACTERS])
    found = (_ASCII if text.isascii() else _ANY if _MAYBE_UNSPACED.search(text) else _SPACED).findall(text)
    if len(found) > MAX_WORDS:
        del found[MAX_WORDS:]
    if found and max(map(len, found)) > MAX_LETTERS:
        return [piece if _is_unspaced(piece) else piece[:MAX_LETTERS] for piece in found]
    return found


def words(text: str) -> list[str]:
    """The folded words of `text` in order, pairs of characters for unspaced scripts."""
    return _in_order(pieces(text))


def tokens(text: str, language: str | None) -> list[str]:
    """What a document is indexed by: its folded words in order, so that phrases can be found, then, after a token
    that is no word, each once: the parts of dotted names, the single characters of unspaced scripts ("single·会"),
    and the stems in the document's language ("en·confer").
    """
    found = pieces(text)
    in_order = _in_order(found)
    more = dict.fromkeys(_folded[part] for piece in found if "." in piece for part in piece.split(".") if part)
    if _any_unspaced(found):
        more.update((single(character), None) for piece in found if _is_unspaced(piece) for character in piece)
        found = [piece for piece in found if not _is_unspaced(piece)]
    more.update(dict.fromkeys(stems(found, language)))
    return [*in_order, MARK, *list(more)[:MAX_WORDS]] if more else in_order


def single(character: str) -> str:
    """The token by which one character of an unspaced script is found."""
    return f"single{MARK}{character}"


def _is_unspaced(piece: str) -> bool:
    return piece >= _FIRST_UNSPACED and _STARTS_UNSPACED.match(piece) is not None


def _any_unspaced(found: list[str]) -> bool:
    return max(found, default="") >= _FIRST_UNSPACED and any(map(_is_unspaced, found))


def _in_order(found: list[str]) -> list[str]:
    if not _any_unspaced(found):
        return [word for word in map(_folded.__getitem__, found) if word]
    in_order: list[str] = []
    for piece in found:
        if _is_unspaced(piece):
            in_order.extend(_pairs(piece))
        elif word := _folded[piece]:
            in_order.append(word)
    return in_order[:MAX_WORDS]


def _pairs(run: str) -> list[str]:
    if len(run) == 1:
        return [run]
    return [run[at : at + 2] for at in range(min(len(run) - 1, MAX_WORDS))]
