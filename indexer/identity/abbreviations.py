"""Whether one name shortens another, or both are the same in part: letters alone, where all else agrees.

Looser than how two names are compared otherwise (likeness): it is asked of events that share their days and their city.
"""

from functools import lru_cache

from rapidfuzz.distance import OSA

from indexer.identity.name_words import Says, weight_of, word
from indexer.identity.names import Name
from indexer.identity.tokens import in_order

__all__ = ["akin", "is_short_for"]

_LEAST, _LONGEST = 3, 12
#: Letters at the end of a short name for what most events are called: "fstoCo", "rubyCon".
_ENDS = ("conference", "con", "summit", "days", "fest")


@lru_cache(maxsize=5_000)
def is_short_for(short: str, long: str) -> bool:
    """Whether the only word of one name is made of beginnings of three words or more of another, in order."""
    words = tuple(_spelt(text) for text in in_order(long) if text)
    letters = short
    if len(words) < 3 or not _LEAST <= len(letters) <= _LONGEST:
        return False
    return any(_is_made_of(letters, words, start) for start in range(min(2, len(words))))


def _spelt(text: str) -> tuple[str, ...]:
    """A word, and what is short for it."""
    return (text, *_SHORT.get(text, ()))


#: Of the table's short forms, those that stand in names of events.
_SHORT = {"javascript": ("js",), "typescript": ("ts",), "kubernetes": ("k8s",), "python": ("py",), "ruby": ("rb",)}


def _is_made_of(letters: str, words: tuple[tuple[str, ...], ...], start: int) -> bool:
    # states: (letters consumed, words used)
    states = {(0, 0)}
    for forms in words[start : start + 8]:
        is_joining = word(forms[0]).says in (Says.STOP, Says.GENERIC, Says.YEAR)
        following = {state for state in states if is_joining and state[0]}
        for at, used in states:
            for form in forms:
                if form != forms[0] and letters.startswith(form, at):
                    following.add((at + len(form), used + 1))
            form, length = forms[0], 0
            while at + length < len(letters) and length < len(form) and letters[at + length] == form[length]:
                length += 1
                following.add((at + length, used + 1))
        states = following
        if any(used >= 3 and (at == len(letters) or _is_end(letters[at:])) for at, used in states):
            return True
    return False


def _is_end(rest: str) -> bool:
    return len(rest) > 1 and any(end.startswith(rest) for end in _ENDS)


def akin(a: Name, b: Name, days: int) -> bool:
    """Whether the only telling word of one is that of the other with letters before or behind it, or with one letter
    wrong ("KDD", "SIGKDD"; "Empire Conf", "EmpireJS"), or one is short for the other. They last so many days."""
    return (
        _stands_for(a, b, days)
        or _stands_for(b, a, days)
        or (len(a.own) == len(b.own) == 1 and _are_akin(a.own[0], b.own[0]))
    )


def _stands_for(a: Name, b: Name, days: int) -> bool:
    if len(a.own) != 1:
        return False
    only = a.own[0]
    if is_short_for(only, b.text):
        return True
    base = _base(only)
    return base is not None and base in b.own and (weight_of(base) > 1 or (days > 2 and len(b.own) == 1))


@lru_cache(maxsize=20_000)
def _base(text: str) -> str | None:
    """What stands before "con" or "conf" in one word."""
    for end in ("conf", "con"):
        if text.endswith(end) and len(text) > len(end) + 1:
            return word(text.removesuffix(end)).text
    return None


@lru_cache(maxsize=20_000)
def _are_akin(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    if weight_of(short) < 2 or len(long) > 40:
        return False
    if len(short) >= 5 and (long.startswith(short) or OSA.distance(short, long, score_cutoff=1) <= 1):
        return True
    return len(short) >= 3 and len(short) + 1 < len(long) <= 2 * len(short) and long.endswith(short)
