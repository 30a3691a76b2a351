"""The cities of one name, and which of them is meant: settled by what is known of the country and region, then by the
source's place, its country and zone, its language, and population, in that order. No city is better than a wrong one.
"""

from dataclasses import dataclass
from operator import itemgetter

from hobnob.distance import kilometres
from indexer.enrich.address import unabbreviated, without_surroundings
from indexer.enrich.atlas import HAND_MADE, Area, Atlas, City
from indexer.enrich.placenames import key

__all__ = ["ALONE", "AMONG_WORDS", "FAR", "NOT_ALONE", "TERRITORIES", "Hints", "Search", "chosen"]

#: Names of cities that are more often something else in an address.
NOT_ALONE = frozenset({
    "academy", "arena", "auditorium", "auto", "bar", "campus", "center", "central", "centre", "church",
    "college", "commerce", "east", "enterprise", "expo", "forum", "hall", "halle", "hilton", "home",
    "hotel", "independence", "library", "live", "main", "market", "marriott", "mesa", "messe", "mobile", "most",
    "museum", "national", "normal", "north", "of", "online", "orange", "park", "plaza", "regus",
    "saint", "san", "santa", "school", "sheraton", "south", "star", "the", "theater", "theatre", "union",
    "universal", "universidad", "university", "victoria", "virtual", "west", "zoom", "centro", "este", "norte", "sur",
    "sul", "nord", "sud", "est", "ouest", "oriental", "occidental", "northern", "southern", "eastern", "western",
    "alhambra", "apollo", "aula", "corona", "flora", "gym", "lido", "marina", "metropolis", "mirador", "mission",
    "odeon", "olympia", "paradise", "paradiso", "paramount", "riviera", "sala", "sunrise", "temple", "tivoli",
    "federal", "capital", "littoral", "lacs", "plateau", "montana", "lakes",
})  # fmt: skip
#: And those that are a city's when they are all of a part of an address.
NOT_AMONG_WORDS = frozenset({"bath", "essen", "nice", "reading", "split"})
_SHORT = ("Mt ", "Mt. ", "Ft ", "Ft. ", "MT ", "FT ")
#: Within these distances of the place that a source declares, its events are expected: the nearer, the likelier.
NEARBY_KM, NEAR_KM = 40, 120
#: Inhabitants that a city needs to be believed when nothing around its name speaks for it, and when it is one of
#: several words; it must also have this many times those of the next city of its name.
ALONE, AMONG_WORDS, NEXT = 100_000, 300_000, 3
#: Of a city of millions, so many times are enough.
NEXT_OF_MILLIONS = 2
#: And where the source has a place of its own, far from the city, for a city abroad or by another of its names.
FAR = 1_000_000
#: A city with so many times the people of a namesake is meant even by those in the namesake's country, except nearby:
#: "Berlin" is not the one in New Hampshire.
GIANT = 20
#: Where nothing at all is known of the source, inhabitants of a city whose own name is all that is said; of one in a
#: country that speaks English, whose towns are called like words; and of one in a country of the event's language.
NAMED, NAMED_IN_ENGLISH, NAMED_IN_LANGUAGE = 30_000, 80_000, 10_000
#: Of a city in a field for cities, where its country is not told, or is the source's.
IN_ITS_FIELD = 2_000

#: What has a country code of its own and yet is written before another country: "Hong Kong, China".
TERRITORIES = {
    "HK": "CN", "MO": "CN", "TW": "CN", "PR": "US", "GU": "US", "VI": "US", "AS": "US", "MP": "US", "GP": "FR",
    "MQ": "FR", "GF": "FR", "RE": "FR", "YT": "FR", "NC": "FR", "PF": "FR", "IM": "GB", "JE": "GB", "GG": "GB",
    "GI": "GB", "BM": "GB", "KY": "GB", "GL": "DK", "FO": "DK", "AX": "FI", "SJ": "NO", "AW": "NL", "CW": "NL",
    "SX": "NL",
}  # fmt: skip

#: Nearness, whether country, zone and language are those that are likely, and prominence.
_Standing = tuple[int, bool, bool, bool, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What else is known of where an event is: a point nearby, a country and a time zone that are likely (the
    source's), its language. `typed`: a user wrote the text, so the most populous match will do. `is_locality`: the
    text is from a field for the city."""

    near: tuple[float, float] | None = None
    country: str | None = None
    time_zone: str | None = None
    language: str | None = None
    typed: bool = False
    is_locality: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """One search: `areas` are those that the text or its source names, None when none did."""

    atlas: Atlas
    hints: Hints
    areas: frozenset[Area] | None

    def within(self, areas: frozenset[Area] | None) -> "Search":
        return Search(self.atlas, self.hints, areas)


def chosen(search: Search, name: str, *, whole: bool) -> City | None:
    """The best city called `name` for which enough speaks."""
    if name.startswith(_SHORT):
        name = unabbreviated(name)
    found = key(name)
    if not found or found.isdigit():
        return None
    cities = search.atlas.cities(found)
    if not cities and whole and (plain := without_surroundings(name)) != name:
        return chosen(search, plain, whole=True)
    if not search.hints.typed and name.isupper() and len(found) <= 3:
        cities = tuple(city for city in cities if city.form <= HAND_MADE)  # PAR and SAV are airports, and buildings
    if search.areas is not None:
        within = tuple(city for city in cities if any(city.is_in(area) for area in search.areas))
        if not within and whole:
            within = tuple(city for city in cities if (TERRITORIES.get(city.country), None) in search.areas)
        cities = within
    if not cities:
        long = unabbreviated(name)
        return None if long == name else chosen(search, long, whole=whole)
    largest = max(city.population for city in cities)
    if len(cities) > 1:
        cities = tuple(city for city in cities if city.population * GIANT >= largest or _nearness(search.hints, city))
    ranked = sorted(((_standing(search, found, city), city) for city in cities), key=itemgetter(0), reverse=True)
    standing, best = ranked[0]
    if search.hints.typed:
        return best if whole or search.areas is not None else None
    rivals = (
        other[4]
        for other, city in ranked[1:]
        if other[:4] == standing[:4] and (city.form <= HAND_MADE or best.form > HAND_MADE)
    )
    times = NEXT if best.population < FAR else NEXT_OF_MILLIONS
    dominant = standing[4] >= times * max(rivals, default=0)
    return best if _is_believable(search, found, best, standing, whole=whole, dominant=dominant) else None


def _standing(search: Search, name: str, city: City) -> _Standing:
    """What speaks for a city beside its name, the weightiest first."""
    hints = search.hints
    country = search.atlas.countries.get(city.country)
    return (
        _nearness(hints, city),
        hints.country == city.country,
        hints.time_zone == city.time_zone,
        hints.language is not None and country is not None and hints.language in country.languages,
        _prominence(name, city),
    )


def _prominence(name: str, city: City) -> float:
    """Its people; fewer where the name is a district's, or another than the city's own: namesakes are meant rather."""
    if city.is_district:
        return city.population / 10
    if city.form <= HAND_MADE or not set(name.split()).isdisjoint(key(city.name).split()):
        return city.population
    return city.population / (10 if city.population < FAR else 4)


def _nearness(hints: Hints, city: City) -> int:
    """2 for a city within NEARBY_KM of where the event is expected, 1 within NEAR_KM, else 0."""
    if hints.near is None:
        return 0
    distance = kilometres(*hints.near, city.latitude, city.longitude)
    return (distance <= NEARBY_KM) + (distance <= NEAR_KM)


def _is_believable(search: Search, name: str, city: City, standing: _Standing, *, whole: bool, dominant: bool) -> bool:
    nearness, same_country, same_zone, *_ = standing
    people = city.population
    near = nearness > 0
    named = any(code is not None for _, code in search.areas or ())
    support = (4 if named else 3) if search.areas is not None else 2 * near + same_country + same_zone
    if search.hints.near is not None and not near and not _is_known_afar(search, name, city, whole):
        return False
    if name in NOT_ALONE or len(name) < (2 if name >= "\u2e80" else 3):
        return whole and support >= 3 and (city.form <= HAND_MADE or people >= ALONE) and dominant
    if name in NOT_AMONG_WORDS and (not whole or (support < 3 and people < ALONE)):
        return False
    if whole:
        needed = 0 if support >= 3 else 1_000 if support == 2 else 15_000 if support == 1 else _needed(search, city)
        return people >= needed and (dominant or near or named)
    if city.form > HAND_MADE and people < ALONE:
        return False
    needed = 1_000 if support == 4 else 15_000 if support >= 2 else ALONE if support else AMONG_WORDS
    return people >= needed and (dominant or near or named) and (support > 1 or " " in name or name >= "\u3040")


def _needed(search: Search, city: City) -> int:
    """Inhabitants that a city needs when only its name speaks for it."""
    hints = search.hints
    if hints.is_locality:
        return IN_ITS_FIELD
    if hints.near is not None or hints.country is not None or city.is_district:
        return ALONE
    country = search.atlas.countries.get(city.country)
    languages = country.languages if country else ()
    if city.form > HAND_MADE or "en" in languages[:1]:
        return NAMED_IN_ENGLISH
    return NAMED_IN_LANGUAGE if hints.language in languages[:1] else NAMED


def _is_known_afar(search: Search, name: str, city: City, whole: bool) -> bool:
    """Whether a city far from the place of the source may be meant: names of districts, halls and old names repeat."""
    if search.areas is not None:
        alike = set(name.split()) & set(key(city.name).split())
        return city.form <= HAND_MADE or city.population >= ALONE or bool(alike)
    if search.hints.country == city.country and city.form <= HAND_MADE:
        if search.hints.is_locality:
            return city.population >= IN_ITS_FIELD
        return city.population >= (ALONE if whole else AMONG_WORDS)
    return city.population >= FAR
