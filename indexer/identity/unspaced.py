"""Names in scripts without spaces, cut into words: at other scripts, numbers and what most names are made of.

"第15回東京Rust勉強会" is "#15 東京 rust 勉強会". Crude, and the same for all names.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache

__all__ = ["cut", "is_unspaced"]

_KANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HIRAGANA = "\u3041-\u3096"
_HANGUL = "\uac00-\ud7a3"
_ALL = f"{_KANA}{_HAN}{_HIRAGANA}{_HANGUL}"
_HAS = re.compile(f"[{_ALL}]")
_DIGITS = "〇一二三四五六七八九"
_COUNTED = re.compile(
    rf"(?:第|제)\s*(\d{{1,4}}|[{_DIGITS}十百]{{1,5}})\s*(?:回目?|届|屆|次|期|弾|部|巻|号|회|차|기)"
    r"|(\d{1,4})\s*(?:回目?|届|屆|회|차)"
)
_DAY = re.compile(r"(\d{1,2})\s*(?:日目|일차)")
_EDGES = re.compile(
    rf"(?<=[{_ALL}])(?=[^\W{_ALL}])|(?<=[^\W{_ALL}])(?=[{_ALL}])"
    rf"|(?<=[{_HAN}{_HIRAGANA}{_HANGUL}])(?=[{_KANA}])|(?<=[{_KANA}])(?=[{_HAN}{_HIRAGANA}{_HANGUL}])"
)
_RUN = re.compile(f"[{_ALL}]{{3,}}")
_LONGEST = 9
#: "Of", between words of other scripts.
_OF = re.compile(rf"(?<=[{_HAN}{_KANA}])[のと](?=[{_HAN}{_KANA}])")


def is_unspaced(text: str) -> bool:
    """Whether a text has letters of a script that is written without spaces (or, Korean, with few)."""
    return not text.isascii() and _HAS.search(text) is not None


def cut(text: str, known: Callable[[], Iterable[str]]) -> str:
    """The text with a space wherever a word ends; `known` gives words that names are made of."""
    text = _COUNTED.sub(lambda found: f" #{_value(found[1] or found[2])} ", text)
    text = _DAY.sub(r" day \1 ", text)
    text = _OF.sub(" ", text)
    words = _known(known)
    return _RUN.sub(lambda found: _apart(found[0], words), _EDGES.sub(" ", text))


@cache
def _known(known: Callable[[], Iterable[str]]) -> frozenset[str]:
    return frozenset(word for word in known() if 1 < len(word) <= _LONGEST and _HAS.search(word))


def _apart(run: str, words: frozenset[str]) -> str:
    """A run of letters with spaces around the words in it, from the left, the longest first."""
    pieces, at, begun = [], 0, 0
    while at < len(run) - 1:
        size = next((size for size in range(min(_LONGEST, len(run) - at), 1, -1) if run[at : at + size] in words), 0)
        if size:
            pieces += [run[begun:at], run[at : at + size]]
            begun = at + size
        at += size or 1
    return " ".join((*pieces, run[begun:]))


def _value(text: str) -> int:
    """The number that is written in digits or in Chinese numerals to 999."""
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for one in text:
        if one in "十百":
            total, digit = total + (digit or 1) * (10 if one == "十" else 100), 0
        else:
            digit = _DIGITS.index(one)
    return total + digit
