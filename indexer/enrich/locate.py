"""Which city an address speaks of, settled by country, region, the source's place and zone, language and population,
in that order. No city is better than a wrong one.

An address is read from its end: countries and regions first, then, leftwards, the first words that name a city within
them. How much must speak for a city depends on how plainly it is named.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from hobnob.distance import kilometres
from indexer.enrich.address import postal_country, segments, spans, without_codes
from indexer.enrich.atlas import HAND_MADE, OWN, Area, Atlas, City
from indexer.enrich.placenames import key

__all__ = ["NAMESAKE", "Hints", "locate", "stands_for_country"]

#: A segment that names countries or regions, and those known before it was read and after.
_Taken = tuple[str, frozenset[Area] | None, frozenset[Area]]

#: Names of cities that are more often something else in an address.
NOT_ALONE = frozenset({
    "academy", "arena", "auditorium", "auto", "bar", "bath", "campus", "center", "central", "centre", "church",
    "college", "commerce", "east", "enterprise", "essen", "expo", "forum", "hall", "halle", "hilton", "home",
    "hotel", "independence", "library", "live", "main", "market", "marriott", "mesa", "messe", "mobile", "most",
    "museum", "national", "nice", "normal", "north", "of", "online", "orange", "park", "plaza", "reading", "regus",
    "saint", "san", "santa", "school", "sheraton", "south", "split", "star", "the", "theater", "theatre", "union",
    "universal", "universidad", "university", "victoria", "virtual", "west", "zoom",
})  # fmt: skip
#: Within these distances of the place that a source declares, its events are expected: the nearer, the likelier.
NEARBY_KM, NEAR_KM = 40, 120
#: Inhabitants that a city needs to be believed when nothing around its name speaks for it, and when it is one of
#: several words; it must also have this many times those of the next city of its name.
ALONE, AMONG_WORDS, NEXT = 100_000, 300_000, 3
#: And where the source has a place of its own, far from the city, for a city abroad or by another of its names.
FAR = 1_000_000
#: A city with so many times the people of a namesake is meant even by those in the namesake's country, except nearby:
#: "Berlin" is not the one in New Hampshire.
GIANT = 20
#: A region is meant rather than its namesake city when it has so many times its people: Ontario, not the one in
#: California.
NAMESAKE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What else is known of where an event is: a point nearby, a country and a time zone that are likely (the
    source's), its language. `typed`: a user wrote the text, so the most populous match will do."""

    near: tuple[float, float] | None = None
    country: str | None = None
    time_zone: str | None = None
    language: str | None = None
    typed: bool = False


@dataclass(frozen=True, slots=True)
class _Search:
    """One search: `areas` are those that the text or its source names, None when none did."""

    atlas: Atlas
    hints: Hints
    areas: frozenset[Area] | None

    def within(self, areas: frozenset[Area]) -> "_Search":
        return _Search(self.atlas, self.hints, areas)


def locate(atlas: Atlas, text: str, country: str | None, hints: Hints) -> City | Area | None:
    """The city, else the region or country, that `text` speaks of. A `country` given must hold."""
    if not country and not hints.typed:
        country = postal_country(text)
    given: frozenset[Area] | None = frozenset({(country, None)}) if country else None
    search = _Search(atlas, hints, given)
    parts = [plain for part in segments(text) if (plain := without_codes(part))]
    areas = given
    taken: list[_Taken] = []
    while parts and (named := _narrowed(areas, _areas(search, parts[-1]))):
        taken.append((parts.pop(), areas, named))
        areas = named
    inside = search.within(areas) if areas else search
    city = _with_its_area(inside, parts) or _whole(inside, parts)
    if city is None or city.form > HAND_MADE:
        city = _among(search, taken) or city or _within_words(inside, parts)
    if city is not None or areas is None or not taken or (hints.typed and parts):
        return city
    if _is_only_an_abbreviation(search, taken):
        return locate(atlas, " - ".join(parts), country, hints) if parts else None
    if parts:
        areas = next((inner.areas for inner, _ in _split_areas(inside, parts[-1]) if inner.areas), areas)
    return next(iter(areas)) if len(areas) == 1 else None


def _is_only_an_abbreviation(search: _Search, taken: list[_Taken]) -> bool:
    """Whether what was read as countries are letters that mean something else: a code of none of the source's.

    "Music Building (MUS)" of a university is not on Mauritius; without a city, its code alone says so.
    """
    country = search.hints.country
    if search.hints.typed or country is None:
        return False
    named = [area for name, _, _ in taken for area in search.atlas.areas(key(name))]
    return all(is_code and code is None and found != country for (found, code), is_code in named)


def _with_its_area(search: _Search, parts: list[str]) -> City | None:
    """A city with its state's code at the end ("502 Washington Ave SW Roanoke VA"), which says more than any segment
    before it; or with its state or country before the name of a venue ("Lawrence, KS, Allen Fieldhouse")."""
    if search.hints.typed:
        return None
    if parts and parts[-1].split()[-1].isupper():
        for inner, rest in _split_areas(search, parts[-1]):
            if all(code for _, code in inner.areas or ()) and (
                city := _chosen(inner, rest, whole=True) or _first_span(inner, rest)
            ):
                return city
    for name, code in zip(reversed(parts[:-2]), reversed(parts[1:-1]), strict=True):
        named = _narrowed(search.areas, _areas(search, code))
        if named and (city := _chosen(search.within(named), name, whole=True)):
            return city
    return None


def _whole(search: _Search, parts: list[str]) -> City | None:
    """A segment that is nothing but a city's name, the last such."""
    return next((city for part in reversed(parts) if (city := _chosen(search, part, whole=True))), None)


def _among(search: _Search, taken: list[_Taken]) -> City | None:
    """A city that is named like the region or country it is in: "New York, NY", "Luxembourg, Luxembourg", "Berlin"."""
    for name, before, after in reversed(taken):
        city = _chosen(search.within(before) if before else search, name, whole=True)
        if city and (before == after or _stands_for(search.atlas, city, after)):
            return city
    return None


def _stands_for(atlas: Atlas, city: City, areas: frozenset[Area]) -> bool:
    """Whether a name means the city rather than the regions and countries that share it: it holds many of their people.

    Washington rather than the state, but not Mexico City for Mexico.
    """
    for country, code in areas:
        region = atlas.region(country, code) if code else None
        if region is not None and city.population * NAMESAKE < region.population:
            return False
        if region is None and not stands_for_country(atlas, city, country):
            return False
    return True


def stands_for_country(atlas: Atlas, city: City, country: str) -> bool:
    """Whether a city is its country, nearly: Singapore, Monaco."""
    people = atlas.countries[country].population
    return city.form == OWN and city.country == country and city.population * 2 >= people


def _within_words(search: _Search, parts: list[str]) -> City | None:
    """A city among other words: "11th Floor Chicago", "Berlin Mitte", "Austin TX"."""
    for part in reversed(parts):
        for inner, rest in _split_areas(search, part):
            if city := _chosen(inner, rest, whole=True) or _first_span(inner, rest):
                return city
            if inner.areas != search.areas and part.split()[-1].isupper():
                break
        else:
            if city := _first_span(search, part):
                return city
    return None


def _first_span(search: _Search, part: str) -> City | None:
    """The longest last words or the longest first words that name a city: the larger of the two."""
    if search.hints.typed:
        return None
    ends = (next((city for run in runs if (city := _chosen(search, run, whole=False))), None) for runs in spans(part))
    return max(filter(None, ends), key=lambda city: city.population, default=None)


def _split_areas(search: _Search, part: str) -> Iterator[tuple[_Search, str]]:
    """The segment without a country or region at its end, once or twice ("Sydney NSW Australia")."""
    words = part.split()
    for size in range(1, min(3, len(words) - 1) + 1):
        named = _narrowed(search.areas, _areas(search, " ".join(words[-size:])))
        if named:
            inner, rest = search.within(named), " ".join(words[:-size])
            yield from _split_areas(inner, rest) if len(words) - size > 1 else ()
            yield inner, rest


def _areas(search: _Search, segment: str) -> frozenset[Area]:
    """The countries and regions a segment may mean; in an event's text, a code must be in capitals."""
    is_code_like = search.hints.typed or segment.isupper()
    return frozenset(area for area, is_code in search.atlas.areas(key(segment)) if is_code_like or not is_code)


def _narrowed(known: frozenset[Area] | None, named: frozenset[Area]) -> frozenset[Area]:
    """The areas that agree with both: {US, CA} and {US-CA, CA} → {US-CA, CA}; empty when they contradict."""
    if known is None:
        return named
    return frozenset(
        (country, code or known_code)
        for country, code in named
        for known_country, known_code in known
        if country == known_country and (code is None or known_code is None or code == known_code)
    )


def _chosen(search: _Search, name: str, *, whole: bool) -> City | None:
    """The best city called `name` for which enough speaks."""
    found = key(name)
    if not found or found.isdigit():
        return None
    cities = search.atlas.cities(found)
    if not search.hints.typed and name.isupper() and len(found) <= 3:
        cities = tuple(city for city in cities if city.form <= HAND_MADE)  # PAR and SAV are airports, and buildings
    if search.areas is not None:
        cities = tuple(city for city in cities if any(city.is_in(area) for area in search.areas))
    if not cities:
        return None
    largest = max(city.population for city in cities)
    cities = tuple(city for city in cities if city.population * GIANT >= largest or _nearness(search.hints, city))
    ranked = sorted(cities, key=lambda city: _standing(search, city), reverse=True)
    best = ranked[0]
    if search.hints.typed:
        return best if whole or search.areas is not None else None
    rivals = [
        city
        for city in ranked[1:]
        if _standing(search, city)[:4] == _standing(search, best)[:4]
        and (city.form <= HAND_MADE or best.form > HAND_MADE)
    ]
    return best if _is_believable(search, found, best, rivals, whole) else None


def _standing(search: _Search, city: City) -> tuple[int, bool, bool, bool, int]:
    """What speaks for a city beside its name, the weightiest first."""
    hints = search.hints
    country = search.atlas.countries.get(city.country)
    return (
        _nearness(hints, city),
        hints.country == city.country,
        hints.time_zone == city.time_zone,
        hints.language is not None and country is not None and hints.language in country.languages,
        city.population,
    )


def _nearness(hints: Hints, city: City) -> int:
    """2 for a city within NEARBY_KM of where the event is expected, 1 within NEAR_KM, else 0."""
    if hints.near is None:
        return 0
    distance = kilometres(*hints.near, city.latitude, city.longitude)
    return (distance <= NEARBY_KM) + (distance <= NEAR_KM)


def _is_believable(search: _Search, name: str, city: City, rivals: list[City], whole: bool) -> bool:
    nearness, same_country, same_zone, _, people = _standing(search, city)
    near = nearness > 0
    named = any(code is not None for _, code in search.areas or ())
    support = (4 if named else 3) if search.areas is not None else 2 * near + same_country + same_zone
    dominant = not rivals or people >= NEXT * max(rival.population for rival in rivals)
    if search.hints.near is not None and not near and not _is_known_afar(search, name, city, whole):
        return False
    if name in NOT_ALONE or len(name) < 3:
        return whole and support >= 3 and (city.form <= HAND_MADE or people >= ALONE) and dominant
    if whole:
        needed = 0 if support >= 3 else 1_000 if support == 2 else 15_000 if support == 1 else ALONE
        return people >= needed and (dominant or near or named)
    if city.form > HAND_MADE and people < ALONE:
        return False
    needed = 1_000 if support == 4 else 15_000 if support >= 2 else ALONE if support else AMONG_WORDS
    return people >= needed and (dominant or near or named) and (support > 1 or " " in name or name >= "\u3040")


def _is_known_afar(search: _Search, name: str, city: City, whole: bool) -> bool:
    """Whether a city far from the place of the source may be meant: names of districts, halls and old names repeat."""
    if search.areas is not None:
        alike = set(name.split()) & set(key(city.name).split())
        return city.form <= HAND_MADE or city.population >= ALONE or bool(alike)
    if search.hints.country == city.country and city.form <= HAND_MADE:
        return city.population >= (ALONE if whole else AMONG_WORDS)
    return city.population >= FAR
