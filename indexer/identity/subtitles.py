"""Names of two parts: a series and one evening of it, an act and the house where it plays."""

import re
from functools import lru_cache

from indexer.identity.name_words import Says, word
from indexer.identity.tokens import in_order

__all__ = ["are_of_one_series"]

_BREAK = re.compile(r"\s*(?::\s|\s[-–—|•]\s|[|•])\s*")
#: Nothing is said by these of what an evening is about.
_EMPTY = frozenset({Says.STOP, Says.GENERIC})


def are_of_one_series(one: str, other: str, house: frozenset[str]) -> bool:
    """Whether two names begin with the same part and share nothing that tells in the rest: "Lab: Letters home", "Lab: A
    secret diary"; or end alike, with a word of the house: "The Weavers - Kiln Bar", "Duo Loom - Kiln Bar". So two
    evenings are called, not one evening twice."""
    mine, theirs = _parts(one), _parts(other)
    if len(mine) < 2 or len(theirs) < 2:
        return False
    if mine[0] == theirs[0]:
        return _have_nothing_in_common(mine[1:], theirs[1:])
    is_of_house = mine[-1] == theirs[-1] and not house.isdisjoint(mine[-1])
    return is_of_house and _have_nothing_in_common(mine[:-1], theirs[:-1])


@lru_cache(maxsize=5_000)
def _parts(name: str) -> tuple[tuple[str, ...], ...]:
    """The words of each part, without those that are empty."""
    return tuple(filter(None, map(in_order, _BREAK.split(name[:300]))))


def _have_nothing_in_common(some: tuple[tuple[str, ...], ...], others: tuple[tuple[str, ...], ...]) -> bool:
    mine, theirs = _telling(some), _telling(others)
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _telling(parts: tuple[tuple[str, ...], ...]) -> set[str]:
    return {one for part in parts for one in part if word(one).says not in _EMPTY}
