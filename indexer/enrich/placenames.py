"""How names of places are compared: one key for all the ways to write a name.

The packaged gazetteer is built with these functions and must be rebuilt when they change.
"""

import re
import unicodedata

__all__ = ["key", "keys"]

# Letters that Unicode does not decompose, as they are commonly written without them.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"}
    | dict.fromkeys("'’‘ʻʼʿʾ`´′.", None)
)
_MARKS = re.compile("[̀-ͯ]+")
_BREAKS = re.compile(r"[\W_]+")
# What German and the Scandinavian languages write where the letter is missing.
_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


def key(text: str) -> str:
    """Lower case, without accents and punctuation, words parted by one space: "Saint-Étienne" → "saint etienne".

    Apostrophes and full stops vanish ("St. John's" → "st johns"), ß becomes ss, ø o, ł l. Marks of scripts other
    than Latin, Greek and Cyrillic stay, since there they tell names apart (パリ Paris, バリ Bali).
    """
    if text.isascii():
        plain = text.lower().replace("'", "").replace(".", "").replace("`", "")
    else:
        folded = unicodedata.normalize("NFKD", text.casefold())
        plain = unicodedata.normalize("NFC", _MARKS.sub("", folded)).translate(_PLAIN)
    return _BREAKS.sub(" ", plain).strip()


def keys(text: str) -> set[str]:
    """The keys under which a name is looked up: its own, and the one with digraphs (München: munchen, muenchen)."""
    return {key(text), key(unicodedata.normalize("NFC", text).casefold().translate(_DIGRAPHS))}
