"""Matches and what else has two sides: who plays whom, and what of two names excludes the other."""

from functools import lru_cache

from indexer.identity.name_words import STRONG, Says, opposed, weight_of, word
from indexer.identity.names import Name
from indexer.identity.tokens import in_order

__all__ = ["are_opposed", "share_opponent"]

_VERSUS = frozenset({"vs", "v", "versus", "gegen", "contre", "contra"})
#: What a side of a match may be called.
_SIDES = STRONG | {Says.AREA}


def share_opponent(a: Name, b: Name, least: int) -> bool:
    """Whether both are a match ("X vs Y") and one side of it is the same, of words that tell so much (Names.weight):
    nobody plays two at once."""
    mine, theirs = _opponents(a.text), _opponents(b.text)
    if not mine or not theirs or are_opposed(a, b):
        return False
    return any(
        (one <= two or two <= one) and sum(map(weight_of, one & two)) >= least
        for one in mine
        for two in theirs
        if one and two
    )


def are_opposed(a: Name, b: Name) -> bool:
    """Whether the words for whom they are exclude each other (men and women, children and adults, beginners and
    advanced), or they are two sports."""
    mine, theirs = _sides(a.text), _sides(b.text)
    if not mine or not theirs:
        return False
    return any(group in theirs and sides.isdisjoint(theirs[group]) for group, sides in mine.items())


@lru_cache(maxsize=5_000)
def _sides(text: str) -> dict[str, set[str]]:
    """By group of words that exclude each other, the sides that a name speaks of."""
    found: dict[str, set[str]] = {}
    known = opposed()
    for one in in_order(text):
        for group, side in known.get(one, ()):
            found.setdefault(group, set()).add(side)
    return found


@lru_cache(maxsize=5_000)
def _opponents(text: str) -> tuple[frozenset[str], ...]:
    words = in_order(text)
    at = next((at for at, one in enumerate(words) if one in _VERSUS), None)
    if at is None:
        return ()
    sides = (words[:at], words[at + 1 :])
    return tuple(frozenset(one for one in side if word(one).says in _SIDES) for side in sides)
