"""The city behind a street, without a comma or a postal code: "Calle Mayor 5 Madrid", "10 Rue Pargaminières Toulouse".

Streets are named after cities and people ("12 rue de Lyon", "Calle Ricardo Palma 120"), so the city must stand where
the name of the street is over: behind the house number; behind the word for a street, where that ends its name
("Deansgate Road Manchester"); or, in French, where the house number comes first, behind at least one word more.
"""

import re
from collections.abc import Iterator

from indexer.enrich.address import JOINING, without_codes
from indexer.enrich.areas import split_areas
from indexer.enrich.atlas import Area, City
from indexer.enrich.candidates import AMONG_WORDS, FAR, GIANT, NOT_ALONE, Search, chosen
from indexer.enrich.placenames import key
from indexer.enrich.street_words import after_name, before_name

__all__ = ["city_behind_street", "ends_with_house", "town_after_street"]

_NUMBER = re.compile(r"(?:[#№]|n[°º])?\d{1,5}[a-zA-Zа-я]?(?:[-/–+]\d{0,4}[a-zA-Z]?){0,2}[.]?", re.IGNORECASE)
#: A house number's second word.
_BESIDE_NUMBER = frozenset({"bis", "ter", "quater", "bajo", "interno", "int", "no", "nr", "nº", "n°", "s/n", "sn"})
_QUARTERS = frozenset({
    "n", "s", "e", "w", "ne", "nw", "se", "sw", "north", "south", "east", "west", "o", "ouest", "est", "nord", "sud",
    "norte", "sur", "oeste", "este",
})  # fmt: skip
#: What has a number, too, and before which no city stands behind it; and houses that are called after cities.
_ROOMS = frozenset({
    "room", "raum", "zimmer", "saal", "sala", "track", "session", "day", "tag", "jour", "part", "vol", "group", "table",
    "team", "chapter", "season", "web",
})  # fmt: skip
_HOUSES = frozenset({
    "café", "cafe", "caffè", "hotel", "hôtel", "bar", "restaurant", "ristorante", "trattoria", "pizzeria", "room",
    "salle", "sala", "saal", "hall", "club", "pub", "casa", "maison", "haus", "villa", "palais", "palazzo", "palacio",
    "residence", "résidence", "brewery", "theater", "theatre", "théâtre", "teatro", "cinema", "cinéma", "hostel",
    "albergo", "tour", "torre", "gate", "porte", "puerta", "porta", "new", "saint", "sainte", "san", "santa", "st",
})  # fmt: skip
#: Words of a city's name, and of the end of a line that may be one.
_MOST_WORDS, _FAR_BACK = 4, 8
#: Inhabitants that the city needs: in the source's country, elsewhere, and where nothing but a number parts it from
#: what goes before.
_AT_HOME, _ELSEWHERE, _UNTYPED = 15_000, 50_000, 100_000
#: And where it is all that stands behind the comma.
_TOWN = 3_000
#: And where no house number is told: few people whom streets are named after are called like so large a city in the
#: languages of which that holds.
_UNNUMBERED, _GIVES_NO_NUMBER = 450_000, frozenset({"fr", "it"})


def city_behind_street(search: Search, segments: list[str]) -> City | None:
    """The city that the last segment with a street in it ends with."""
    if search.hints.typed:
        return None
    for at in range(len(segments) - 1, -1, -1):
        words = segments[at].split()
        if at and _NUMBER.fullmatch(segments[at - 1]):  # "36, rue d'Aubuisson Toulouse"
            words.insert(0, segments[at - 1])
        for town, languages, needed in _towns(words):
            if city := _city(search, town, languages, needed):
                return city
    return None


def town_after_street(search: Search, segments: list[str]) -> City | None:
    """The town that a segment is nothing but, behind one with a street: "Via Motta 1, Locarno". The street's language
    says in which countries it can be."""
    if search.hints.typed or search.areas is not None:
        return None
    for at, segment in enumerate(segments[:-1]):
        languages, _, _ = _street([word.strip(".,").lower() for word in segment.split()])
        if not languages or "en" in languages:
            continue
        for town in segments[:at:-1]:
            name = without_codes(town)
            if city := _spoken(search, name, languages):
                return city
    return None


def _spoken(search: Search, name: str, languages: frozenset[str]) -> City | None:
    """The town called so where these languages are spoken, unless a namesake anywhere is far larger."""
    found = key(name)
    if len(found) < 4 or found in NOT_ALONE or before_name(found.partition(" ")[0]):
        return None
    city = chosen(search.within(_where_spoken(search, languages)), name, whole=True)
    if city is None or city.population < _TOWN:
        return None
    largest = max((other.population for other in search.atlas.cities(found)), default=0)
    return city if city.population * GIANT >= largest else None


def _where_spoken(search: Search, languages: frozenset[str]) -> frozenset[Area] | None:
    countries = search.atlas.countries.values()
    return frozenset((one.code, None) for one in countries if not languages.isdisjoint(one.languages)) or None


def ends_with_house(segment: str) -> bool:
    """Whether a segment is a street and a house number, and so names no city: "Calle Ignacio Zaragoza 12"."""
    words = segment.split()
    if len(words) < 2 or len(words[-1]) > 4 or not words[-1][0].isdigit():
        return False
    return bool(before_name(words[0].strip(".").lower()) or after_name(words[-2].strip(".").lower(), joined=True))


def _towns(words: list[str]) -> Iterator[tuple[str, frozenset[str], int]]:
    """What may be the city behind the street of a segment, the languages of the word for the street if it tells, and
    the inhabitants that it needs."""
    code = ""
    if len(words) > 3 and len(words[-1]) == 2 and words[-1].isupper() and words[-2].isdigit():  # "München 81477 DE"
        words = words[:-1]
    while len(words) > 2 and words[-1].isdigit() and len(words[-1]) > 2:  # a postal code behind the city
        code, words = words[-1], words[:-1]
    plain = [word.strip(".,").lower() for word in words]
    if len(words) < 2 or not words[-1][:1].isalpha():
        return
    languages, begins, ends = _street(plain)
    if len(code) > 4 and begins < 0:
        yield from _last_words(words, plain, 1, languages)
    numbers = [at for at, word in enumerate(words) if at and _NUMBER.fullmatch(word) and plain[at - 1] not in _ROOMS]
    has_number_behind = bool(numbers) and numbers[-1] > begins
    if has_number_behind:
        yield from _tails(words, plain, _behind_number(plain, numbers[-1]), languages, 0 if begins >= 0 else _UNTYPED)
    if ends:
        yield from _tails(words, plain, _behind_quarter(plain, ends), languages, 0)
    elif begins >= 0 and not has_number_behind:
        is_numbered = begins > 0 and (_NUMBER.fullmatch(words[begins - 1]) or plain[begins - 1] in _BESIDE_NUMBER)
        if "fr" in languages if is_numbered else not languages.isdisjoint(_GIVES_NO_NUMBER):
            yield from _last_words(words, plain, begins + 2, languages, _UNTYPED if is_numbered else _UNNUMBERED)


def _street(plain: list[str]) -> tuple[frozenset[str], int, int]:
    """The languages of the word for a street; where it stands before the name of one, -1 if it does not; and where the
    name ends that it stands behind, 0 if it does not."""
    for at, word in enumerate(plain):
        if (languages := before_name(word)) and (at == 0 or word not in ("st", "al", "os", "str") or at == 1):
            is_first = at == 0 or _NUMBER.fullmatch(plain[at - 1]) or plain[at - 1] in _BESIDE_NUMBER
            if is_first or not after_name(word):
                return languages, at, 0
        if at and (languages := after_name(word)):
            return languages, at, at + 1
        if len(word) > 6 and (languages := after_name(word, joined=True)):
            return languages, at, at + 1
    return frozenset(), -1, 0


def _behind_number(plain: list[str], at: int) -> int:
    at += 1
    return at + 1 if at < len(plain) and plain[at] in _BESIDE_NUMBER else at


def _behind_quarter(plain: list[str], at: int) -> int:
    while at < len(plain) and plain[at] in _QUARTERS:
        at += 1
    return at


def _tails(
    words: list[str], plain: list[str], start: int, languages: frozenset[str], least: int
) -> Iterator[tuple[str, frozenset[str], int]]:
    """All the words from `start` on, else the last of them."""
    if not start < len(words) <= start + _FAR_BACK:
        return
    if plain[start] not in JOINING or len(words) == start + 1:
        yield " ".join(words[start:]), languages, least
    yield from _last_words(words, plain, start + 1, languages)


def _last_words(
    words: list[str], plain: list[str], start: int, languages: frozenset[str], needed: int = AMONG_WORDS
) -> Iterator[tuple[str, frozenset[str], int]]:
    """The last words, from `start` on at most, that do not belong to the one before them."""
    for at in range(max(start, len(words) - _MOST_WORDS), len(words)):
        before = plain[at - 1]
        if before not in JOINING and before not in _HOUSES and words[at][:1].isalpha():
            yield " ".join(words[at:]), languages, needed


def _city(search: Search, town: str, languages: frozenset[str], needed: int) -> City | None:
    """The city called so where the street's language is spoken, unless a namesake elsewhere is far larger."""
    for inner, name in ((search, town), *split_areas(search, town)):
        found = key(name)
        if len(found) < 3 or found in NOT_ALONE:
            continue
        within = inner
        if inner.areas is None and languages and "en" not in languages:
            within = inner.within(_where_spoken(search, languages))
        city = chosen(within, name, whole=True)
        if city is not None and _is_large_enough(inner, found, city, needed):
            return city
    return None


def _is_large_enough(search: Search, name: str, city: City, needed: int) -> bool:
    if search.areas is not None:
        return needed == 0 or city.population >= _AT_HOME
    hints = search.hints
    if hints.near is not None or hints.country is not None:
        needed = max(needed if hints.country != city.country else 0, _AT_HOME)
        if hints.country not in (None, city.country):
            needed = max(needed, FAR if needed == _UNTYPED else AMONG_WORDS)
    else:
        needed = max(needed, _ELSEWHERE)
    largest = max((other.population for other in search.atlas.cities(name)), default=0)
    return city.population >= needed and city.population * GIANT >= largest
