"""How alike two parsed names are: the same words in other spellings, one within the other, siblings of a brand."""

import enum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from indexer.identity.name_words import STRONG, Says, weight_of, word
from indexer.identity.names import Name
from indexer.identity.opponents import are_opposed
from indexer.identity.tokens import in_order, squeezed

__all__ = ["Likeness", "Names", "are_editions", "are_parallel", "is_part", "is_routine", "likeness", "overlap"]

_LEAST_LETTERS = 3
_LONGEST_WORD = 40
#: Of what is named for a place ("Volkacher" for "Volkach"): shorter words with that ending are other words.
_LEAST_STEM = 6


class Likeness(enum.IntEnum):
    """From nothing in common to as good as equal."""

    UNLIKE = 0
    SHARED = 1  # some words in common, and each has words of its own
    PART = 2  # one names a part of the other, or another part
    EDITION = 3  # but for a number that counts editions or parts, or for whom it is
    ELSEWHERE = 4  # but for the city, country or part of the world
    WITHIN = 5  # one has further words
    EQUAL = 6


class Names(NamedTuple):
    """How alike two names are, and how many telling words they share: `strong` are no words of a whole field.

    `weight`: how much the words that they share tell, 2 for each rare word, 1 for a word of daily life, 0 for those of
    whole fields and for what is on everywhere.

    `placed`: one says its own city where the other has words of its own, which may name another.
    `in_head`: what only one of them says stands before the first break. `loose`: one is thought to shorten the other.
    """

    likeness: Likeness
    shared: int = 0
    strong: int = 0
    weight: int = 0
    in_head: bool = False
    loose: bool = False
    placed: bool = False


_ENDINGS = frozenset({"", "s", "es", "e", "n", "en", "a", "i"})
_UNLIKE = Names(Likeness.UNLIKE)


def likeness(a: Name, b: Name) -> Names:
    """Compares two names; symmetric."""
    if a.letters == b.letters and a.numbers == b.numbers and (a.parts, a.tail, a.levels) == (b.parts, b.tail, b.levels):
        weight = sum(map(weight_of, {*a.own, *b.own, *a.tail}))
        return Names(Likeness.EQUAL, max(len(a.own), len(b.own)), max(a.strong, b.strong), weight)
    if a.letters[:2] == b.letters[:2] and squeezed(a.text) == squeezed(b.text) and not are_editions(a, b):
        weight = max(sum(map(weight_of, a.own)), sum(map(weight_of, b.own)))
        return Names(Likeness.EQUAL, max(1, len(a.own), len(b.own)), max(a.strong, b.strong), weight)
    shared = {one for one in a.own if one in b.own}
    if not shared and not (_begin_alike(a, b) or _begin_alike(b, a)):
        return _UNLIKE if a.own or b.own else Names(_common(a, b))
    if shared and (a.tail or b.tail):
        shared |= {one for one in a.own if one in b.tail} | {one for one in b.own if one in a.tail}
    extra, other = [one for one in a.own if one not in shared], [one for one in b.own if one not in shared]
    matched, loose = _explained(a, b, extra, other) if extra or other else ((), False)
    if not shared and not matched:
        return _UNLIKE
    count = len(shared) + len(matched)
    strong = sum(map(_is_strong, shared)) + len(matched)
    weight = sum(map(weight_of, shared)) + sum(map(weight_of, matched))
    in_head = _in_head(a, extra) or _in_head(b, other)
    placed = bool(extra and _says_own(b, a)) or bool(other and _says_own(a, b))
    return Names(_rank(a, b, extra, other), count, strong, weight, in_head, loose, placed)


def overlap(a: Name, b: Name) -> tuple[int, float]:
    """Of all words, those of who speaks or plays included: how much those tell that are shared, and of the
    shorter name what part they are. For one evening that two sources describe at length."""
    mine, theirs = {*a.own, *a.tail}, {*b.own, *b.tail}
    shared = mine & theirs
    return sum(map(weight_of, shared)), len(shared) / max(1, min(len(mine), len(theirs)))


def are_parallel(a: Name, b: Name) -> bool:
    """Whether two names differ in one word at one place: "Weaving: Wool", "Weaving: Silk". Who says the same in other
    words seldom changes one alone."""
    mine, theirs = in_order(a.text), in_order(b.text)
    if len(mine) != len(theirs) or len(mine) < 2:
        return False
    two = [(one, other) for one, other in zip(mine, theirs, strict=True) if one != other]
    return len(two) == 1 and not _is_misspelt(*two[0]) and not _is_slip(*two[0])


def _is_slip(one: str, two: str) -> bool:
    """Whether a letter is wrong, missing or too many in a word of a name that is otherwise the same."""
    return 5 <= min(len(one), len(two)) <= _LONGEST_WORD and OSA.distance(one, two, score_cutoff=1) <= 1


def _begin_alike(a: Name, b: Name) -> bool:
    """Whether a word of one may be a spelling of words of the other: it begins with the same letter."""
    letters = _first_letters(b.text)
    return any(one[0] in letters for one in a.own)


@lru_cache(maxsize=20_000)
def _first_letters(text: str) -> frozenset[str]:
    return frozenset(one[0] for one in in_order(text) if one)


def _common(a: Name, b: Name) -> Likeness:
    """Of two names without a word of their own ("Monthly meeting")."""
    if are_editions(a, b):
        return Likeness.EDITION
    return Likeness.EQUAL if a.letters == b.letters or set(a.generic) == set(b.generic) else Likeness.UNLIKE


def _kinds_apart(a: Name, b: Name) -> bool:
    """Whether two names of whole fields are of two sorts of event: "Python meetup", "Python conference"."""
    if a.strong or b.strong or not a.generic or not b.generic:
        return False
    return {_kind(one) for one in a.generic}.isdisjoint(_kind(one) for one in b.generic)


def _kind(text: str) -> str:
    """The same for "conf", "conference" and "Konferenz"."""
    return text.replace("k", "c")[:3]


def _in_head(name: Name, extra: list[str]) -> bool:
    """Whether a word that only this name has stands before its first break, where the event itself is named."""
    return not set(extra).isdisjoint(name.own[: name.head])


def _rank(a: Name, b: Name, extra: list[str], other: list[str]) -> Likeness:
    if are_editions(a, b) or ((extra or other) and are_opposed(a, b)):
        return Likeness.EDITION
    if (extra and other) or _kinds_apart(a, b) or (extra and _is_in_city(b, a)) or (other and _is_in_city(a, b)):
        return Likeness.SHARED
    if any(is_part(one) for one in (*extra, *other)) or bool(a.parts) != bool(b.parts):
        return Likeness.PART
    if _elsewhere(a.places, b.places):
        return Likeness.ELSEWHERE
    if _tails_apart(a, b):
        return Likeness.SHARED
    more = extra or other or bool(a.levels) != bool(b.levels)
    more = more or (not a.strong and not b.strong and bool(a.tail) != bool(b.tail))
    return Likeness.WITHIN if more or _has_area(a) != _has_area(b) else Likeness.EQUAL


def are_editions(a: Name, b: Name) -> bool:
    """Whether the numbers, parts or ages that both names say are two."""
    return _apart(a.numbers, b.numbers) or _apart(a.parts, b.parts) or _apart(a.levels, b.levels)


def _says_own(a: Name, b: Name) -> bool:
    """Whether only one of two names says the city that the event is in."""
    return "" in a.places and "" not in b.places


def _is_in_city(a: Name, b: Name) -> bool:
    """Whether a name says a city where the other has none: what that one says instead may be another."""
    return any(map(_is_city, a.places)) and not any(_is_city(one) or not one for one in b.places)


def _tails_apart(a: Name, b: Name) -> bool:
    """Whether both say who speaks or where, and neither says what the other does."""
    mine, theirs = set(a.tail), set(b.tail)
    return bool(mine and theirs) and not (mine <= theirs or theirs <= mine)


def _has_area(name: Name) -> bool:
    return any(map(_is_area, name.places))


def _apart(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return bool(some and others) and not set(some) & set(others)


def _is_city(place: str) -> bool:
    return place[:1] == "#"


def _is_area(place: str) -> bool:
    return place[:1] == "~"


def _is_state(place: str) -> bool:
    return place[:1] == "+"


def _elsewhere(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether two names say two places of one kind: two countries, two cities, two parts of the world."""
    for is_one in (_is_city, _is_state, _is_area, str.isalpha):
        mine, theirs = set(filter(is_one, some)), set(filter(is_one, others))
        if mine and theirs and not mine & theirs:
            return True
    return False


@lru_cache(maxsize=20_000)
def is_routine(one: str) -> bool:
    """Whether it is what is on everywhere: a story time, an office that is closed."""
    return word(one).says is Says.ROUTINE


@lru_cache(maxsize=20_000)
def is_part(one: str) -> bool:
    """Whether it is a part of an event, or something beside it."""
    return word(one).says is Says.PART


@lru_cache(maxsize=20_000)
def _is_strong(one: str) -> bool:
    return word(one).says in STRONG


def _explained(a: Name, b: Name, extra: list[str], other: list[str]) -> tuple[tuple[str, ...], bool]:
    """Takes the words out of `extra` and `other` that are the same in another spelling; what they have in common."""
    found: list[str] = []
    loose = False
    for one in [one for one in extra if len(one) == 2 and one.upper() in b.places]:
        extra.remove(one)
    for one in [one for one in other if len(one) == 2 and one.upper() in a.places]:
        other.remove(one)
    some = len(extra) < len(a.own)
    for one in list(extra):
        match = next((two for two in other if _is_misspelt(one, two) or (some and _is_longer(one, two))), None)
        if match is not None:
            extra.remove(one)
            other.remove(match)
            found.append(one)
    for short, long, full in ((extra, other, b), (other, extra, a)):
        for one in list(short):
            if parts := _spelt_out(one, full):
                short.remove(one)
                long[:] = [two for two in long if two not in parts]
                found.append(one)
                loose = loose or not ("".join(parts) == one or len(parts) == len(one) > 3)
    return tuple(found), loose


def _is_misspelt(one: str, two: str) -> bool:
    """Whether two long words differ in a letter, or by an ending."""
    shorter = min(len(one), len(two))
    if shorter < 4 or shorter > _LONGEST_WORD or one[0] != two[0] or any(map(str.isdigit, one + two)):
        return False
    if one.startswith(two) or two.startswith(one):
        ending = max(one, two, key=len)[shorter:]
        return ending in _ENDINGS or (ending == "er" and shorter >= _LEAST_STEM)
    return shorter >= 5 and one[-2:] == two[-2:] and OSA.distance(one, two, score_cutoff=1) <= 1


def _is_longer(one: str, two: str) -> bool:
    """Whether one is the other with a word like "conference" at its end, or a field cut short: "rubyconf", "dev"."""
    short, long = sorted((one, two), key=len)
    if len(short) < 2 or not long.startswith(short):
        return False
    is_field = len(short) > 2 and word(short).says is Says.TOPIC and word(long).says is Says.TOPIC
    return is_field or word(long[len(short) :]).says is Says.GENERIC


def _spelt_out(one: str, full: Name) -> tuple[str, ...]:
    """The words of a name that `one` stands for: joined ("devopsdays"), shortened ("pycon"), by initials ("nicar")."""
    if not _LEAST_LETTERS <= len(one) <= _LONGEST_WORD:
        return ()
    return _parts(one, in_order(full.text))


@lru_cache(maxsize=20_000)
def _parts(one: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """The run of words whose beginnings, put together, are `one`; joining words may be skipped. Two words at least."""
    for start in range(len(words)):
        if words[start][:1] == one[0] and (used := _run(one, words, start)) and len(used) > 1:
            return tuple(used)
    return ()


def _run(one: str, words: tuple[str, ...], start: int) -> list[str] | None:
    # states: letters consumed → the words used; each word gives a beginning of it
    states: dict[int, list[str]] = {0: []}
    for text in words[start : start + 12]:
        following: dict[int, list[str]] = {}
        stop = word(text).says is Says.STOP
        for at, used in states.items():
            if stop and used:
                following.setdefault(at, used)
            length = 0
            while at + length < len(one) and length < len(text) and one[at + length] == text[length]:
                length += 1
                if at + length == len(one):
                    whole = [*used, text]
                    if _is_fair(one, whole):
                        return whole
                following.setdefault(at + length, [*used, text])
        states = following
        if not states:
            return None
    return None


def _is_fair(one: str, used: list[str]) -> bool:
    """Whether it is no accident: words joined whole, or enough letters for so many words."""
    return "".join(used) == one or len(one) >= max(4, len(used)) or len(used) == len(one) >= _LEAST_LETTERS
