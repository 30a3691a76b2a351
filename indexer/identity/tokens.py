"""Names cut into words: as written, folded in order, as one run, and those that are initials."""

import re
from functools import lru_cache

from indexer.analysis.folding import fold
from indexer.identity.name_words import Says, unspaced_words, word
from indexer.identity.unspaced import cut, is_unspaced

__all__ = ["MOST", "acronyms", "in_order", "squeezed", "tokens"]

MOST = 24
"""Of a name with more words only the first are compared."""

_TOKEN = re.compile(
    r"w/|(?:[^\W\d_]\.){2,}"  # with; U.K.
    r"|[#№]\s?\d+"
    r"|['’]\d\d\b"
    r"|[^\W_]+(?:['’][^\W\d_]{1,2}\b)?(?:\+\+|\#)?"
    r"|[|:@()\[\]–—•·/,]| - |[!?](?=\s)"
)


def tokens(text: str) -> list[str]:
    """The words of a name as written, and the breaks between them."""
    if is_unspaced(text):
        text = cut(text, unspaced_words)
    return _TOKEN.findall(text)[: 2 * MOST]


@lru_cache(maxsize=20_000)
def in_order(text: str) -> tuple[str, ...]:
    """All words of a name, folded, without years."""
    found = map(word, tokens(text))
    return tuple(one.base or one.spelt or one.text for one in found if one.says not in (Says.BREAK, Says.YEAR))


@lru_cache(maxsize=20_000)
def squeezed(text: str) -> str:
    """All letters and digits of a name but for years, as one run: "Spring I/O" and "spring.io" are one."""
    return "".join(in_order(text))


@lru_cache(maxsize=20_000)
def acronyms(text: str) -> frozenset[str]:
    """The words of a name that are of capital letters, in a name that is not all so but for one word."""
    words = [one for one in _TOKEN.findall(text)[: 2 * MOST] if one.isascii() and one.isalpha()]
    found = frozenset(fold(one) for one in words if one.isupper() and len(one) > 2)
    return found if len(found) < len(words) or len(words) == 1 else frozenset()
