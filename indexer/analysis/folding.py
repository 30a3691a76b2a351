"""Folded text: one form for what people write with and without capitals, accents and special letters."""

import re
import unicodedata

__all__ = ["MARKS", "fold", "folded", "normal"]

#: Marks that folding takes away, as ranges of a regular expression: the combining accents of Latin, Greek and
#: Cyrillic, and the vowel points of Hebrew and Arabic. Marks of other scripts are letters in their own right.
MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"

_MARK = re.compile(f"[{MARKS}]+")

#: Letters that Unicode does not take apart.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "æ": "ae",
        "œ": "oe",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "ŋ": "n",
        "ŧ": "t",
        "ĸ": "k",
        "ə": "e",
        "ß": "ss",
    }
)


def normal(text: str) -> str:
    """`text` without the differences that Unicode calls compatible (NFKC) and without case; accents stay."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def folded(text: str) -> str:
    """What `normal` has made, without accents and special letters: "zürich" is "zurich", "łódź" is "lodz"."""
    if text.isascii():
        return text
    bare = _MARK.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", bare.translate(_LETTERS))


def fold(text: str) -> str:
    """`text` without case, accents, special letters and forms of the same letter: "Łódź" and "lodz" are one."""
    return folded(normal(text))
