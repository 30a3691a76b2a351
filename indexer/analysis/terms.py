"""What people type into terms: words that must occur, "quoted phrases", and -excluded ones."""

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.analysis.stems import stems_of
from indexer.analysis.words import is_unspaced, pieces, single, words

__all__ = ["MAX_QUERY", "MAX_TERMS", "QueryTerms", "Term", "query_terms"]

MAX_QUERY = 1_000
"""Of a longer query text only the first characters are read."""

MAX_TERMS = 32
"""Of a query with more terms only the first count."""

_PART = re.compile(r'(?<!\S)(-?)"([^"]*)"|(-?)(\S+)')
_QUOTES = str.maketrans("„“”«»「」", '"""""""')


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for: tokens that stand next to each other in this order, or, for a single word, one of
    `stems`. Both are as `tokens` makes them for documents."""

    words: tuple[str, ...]
    stems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """All of `required` must occur, none of `excluded` may."""

    required: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()


@lru_cache(maxsize=256)
def query_terms(text: str) -> QueryTerms:
    """The terms of a query. A word is found in its folded form or by its stem in any language; "quoted words", and
    words that punctuation joins (front-end), as a phrase; a part with - before it is excluded. What holds no
    letter and no digit asks for nothing.
    """
    required: dict[Term, None] = {}
    excluded: dict[Term, None] = {}
    for minus_phrase, phrase, minus_word, word in _PART.findall(text[:MAX_QUERY].translate(_QUOTES)):
        term = _phrase(phrase) if phrase else _word(word)
        if term is not None:
            (excluded if minus_phrase or minus_word else required)[term] = None
    return QueryTerms(tuple(required)[:MAX_TERMS], tuple(excluded)[:MAX_TERMS])


def _phrase(text: str) -> Term | None:
    found = words(text)
    return Term(tuple(found)) if found else None


def _word(text: str) -> Term | None:
    found = pieces(text)
    if len(found) != 1:
        return _phrase(text)
    folded = words(text)
    if len(folded) != 1:
        return Term(tuple(folded)) if folded else None
    piece = found[0]
    if is_unspaced(piece):
        return Term((piece,), (single(piece),) if len(piece) == 1 else ())
    return Term((folded[0],), tuple(dict.fromkeys((*stems_of(piece), *stems_of(folded[0])))))
