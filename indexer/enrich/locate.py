"""Which city an address speaks of, settled by country, region, the source's place and zone, language and population,
in that order. No city is better than a wrong one.

An address is read from its end: countries and regions first, then, leftwards, the first words that name a city within
them. How much must speak for a city depends on how plainly it is named.
"""

import re

from hobnob.distance import kilometres
from indexer.enrich.address import city_of_house, segments, spans, without_codes
from indexer.enrich.areas import Taken, areas_of, counties_called, named_areas, narrowed, split_areas
from indexer.enrich.atlas import HAND_MADE, OWN, Area, Atlas, City
from indexer.enrich.behind_code import city_behind_code, has_code
from indexer.enrich.behind_street import city_behind_street, ends_with_house, town_after_street
from indexer.enrich.candidates import ALONE, AMONG_WORDS, Hints, Search, chosen
from indexer.enrich.flags import country_of_flag
from indexer.enrich.misspelt import misspelt
from indexer.enrich.placenames import key
from indexer.enrich.postal import postal_country, postal_town

__all__ = ["NAMESAKE", "Hints", "locate", "stands_for_country"]

#: A region is meant rather than its namesake city when it has so many times its people: Ontario, not the one in
#: California.
NAMESAKE = 30
#: A district is no farther from the middle of its city.
DISTRICT_KM = 30
# A street and its number, but for its word: "San Martín 450, Mendoza".
_HOUSE_NUMBER = re.compile(r"[^\W\d_] \d{1,3},")
#: Two names of which the second may belong to the first.
_PIECES = re.compile(r"([^\W\d][^\W\d.-]{2,30})(?: ?/ ?| \()([^\W\d][^\W\d. -]{2,30})\b\)?")


def locate(atlas: Atlas, text: str, country: str | None, hints: Hints) -> City | Area | None:
    """The city, else the region or country, that `text` speaks of. A `country` given must hold."""
    if hints.typed:
        return _read(atlas, text, country, hints)
    if not country and (flagged := country_of_flag(atlas, text)):
        country, text = flagged
        return locate(atlas, text, country, hints) or (country, None)
    postal = country or postal_country(text)
    found = _read(atlas, text, postal, hints)
    if isinstance(found, City) or postal is None:
        return found
    town = postal_town(text, postal)
    city = chosen(Search(atlas, hints, frozenset({(postal, None)})), town, whole=True) if town else None
    return city or (found if country else _read(atlas, text, None, hints) or found)


def _read(atlas: Atlas, text: str, country: str | None, hints: Hints) -> City | Area | None:
    """The place that the words of `text` name."""
    given: frozenset[Area] | None = frozenset({(country, None)}) if country else None
    search = Search(atlas, hints, given)
    whole = segments(_joined(atlas, text))
    parts = [plain for part in whole if (plain := without_codes(part))]
    city = city_behind_code(search, whole) if has_code(text) else None
    if city or (len(parts) == 1 and (city := _nicknamed(search, parts[0]))):
        return city
    areas = given
    taken: list[Taken] = []
    while parts and (found := areas_of(search, areas, parts[-1])):
        parts.pop()
        taken.append(found)
        areas = found[2]
    inside = search.within(areas) if areas else search
    city = _in_its_county(inside, parts) or _with_its_area(inside, parts) or _whole(inside, parts)
    city = city or _town(inside, parts)
    if city is None or city.form > HAND_MADE or (taken and _HOUSE_NUMBER.search(text)):
        city = _among(search, taken) or city or city_behind_street(inside, whole)
        houses = {without_codes(part) for part in whole if ends_with_house(part)}
        city = city or _within_words(inside, [part for part in parts if part not in houses]) or _of_house(inside, parts)
    city = city or _with_its_district(inside, parts) or town_after_street(inside, whole)
    if city is None and areas and not hints.typed:
        city = _compound(inside, parts) or _inner_words(inside, parts) or _misspelt(inside, parts)
    if city is not None or (areas is None and not hints.country) or (hints.typed and parts):
        return city
    if areas is not None and taken and _is_only_an_abbreviation(search, taken):
        return _read(atlas, " - ".join(parts), country, hints) if parts else None
    if aside := _despite(search, taken, parts) or _county(inside, parts):
        return aside
    if areas is None or not taken or (given is None and _is_rather_a_city(search, taken, parts)):
        return None
    if parts:
        areas = next((inner.areas for inner, _ in split_areas(inside, parts[-1]) if inner.areas), areas)
    return _city_or_area(search, next(iter(areas))) if len(areas) == 1 else None


def _joined(atlas: Atlas, text: str) -> str:
    """The text with a city's name in one piece that has brackets or a stroke in it: "Frankfurt (Oder)"."""
    for named in _PIECES.finditer(text) if "(" in text or "/" in text else ():
        if any(city.form <= HAND_MADE for city in atlas.cities(key(named[0]))):
            text = text.replace(named[0], f"{named[1]} {named[2]}")
    return text


def _city_or_area(search: Search, area: Area) -> City | Area:
    """The city that is nearly all of a country: Hong Kong, Monaco."""
    city = search.atlas.largest_of(area[0]) if area[1] is None and not search.hints.typed else None
    return city if city and stands_for_country(search.atlas, city, area[0]) else area


def _nicknamed(search: Search, name: str) -> City | None:
    """The city that is meant by a nickname and nothing else: "SF", "NYC", "Bay Area"."""
    if not (search.hints.typed or len(name) > 3 or name.isupper()):
        return None
    cities = [city for city in search.atlas.cities(key(name)) if city.form == HAND_MADE]
    if search.areas is not None:
        cities = [city for city in cities if any(city.is_in(area) for area in search.areas)]
    return cities[0] if len(cities) == 1 else None


def _in_its_county(search: Search, parts: list[str]) -> City | None:
    """A city before the county that it is in: "Falmouth, Cornwall", "Desenzano (BS)"."""
    if len(parts) < 2 or not (counties := counties_called(search, parts[-1])):
        return None
    return next(
        (city for part in reversed(parts[:-1]) if (city := chosen(search.within(counties), part, whole=True))), None
    )


def _county(search: Search, parts: list[str]) -> Area | None:
    """The county that a segment names where its country is known: "Laois, Ireland"."""
    for part in reversed(parts):
        if search.areas is not None and len(counties := counties_called(search, part)) == 1:
            return next(iter(counties))
    return None


def _is_only_an_abbreviation(search: Search, taken: list[Taken]) -> bool:
    """Whether what was read as countries are letters that mean something else: a code of none of the source's.

    "Music Building (MUS)" of a university is not on Mauritius; without a city, its code alone says so.
    """
    country = search.hints.country
    if search.hints.typed or country is None:
        return False
    for name, _, after in taken:
        for one in search.atlas.areas(key(name)):
            if one.area in after and not (one.is_code and one.area[1] is None and one.area[0] != country):
                return False
    return True


def _despite(search: Search, taken: list[Taken], parts: list[str]) -> City | None:
    """A large city before a code that is not its country's ("Bologna (BO)"), or the only one of its name in a country
    before another state of it."""
    areas = taken[-1][2] if taken and parts else None
    if areas is None or search.hints.typed:
        return None
    countries = frozenset((country, None) for country, _ in areas)
    if all(code for _, code in areas) and len(countries) == 1:
        within = search.within(countries)
        city = _whole(within, parts)
        alike = search.atlas.cities(key(city.name)) if city else ()
        return city if city and sum(one.country == city.country for one in alike) == 1 else None
    if areas == countries and all(len(name) == 2 and name.isupper() for name, _, _ in taken):
        city = _whole(search.within(None), parts)
        return city if city and city.population >= ALONE else None
    return None


def _with_its_area(search: Search, parts: list[str]) -> City | None:
    """A city with its state's code at the end ("502 Washington Ave SW Roanoke VA"), which says more than any segment
    before it; or with its state or country before the name of a venue ("Lawrence, KS, Allen Fieldhouse")."""
    if search.hints.typed:
        return None
    if parts and parts[-1].split()[-1].isupper():
        for inner, rest in split_areas(search, parts[-1]):
            if all(code for _, code in inner.areas or ()) and (
                city := chosen(inner, rest, whole=True) or _first_span(inner, rest)
            ):
                return city
    for name, code in zip(reversed(parts[:-2]), reversed(parts[1:-1]), strict=True):
        named = narrowed(search.areas, named_areas(search, code))
        if named and (city := chosen(search.within(named), name, whole=True)):
            return city
    return None


def _whole(search: Search, parts: list[str]) -> City | None:
    """A segment that is nothing but a city's name, the last such."""
    return next((city for part in reversed(parts) if (city := chosen(search, part, whole=True))), None)


def _town(search: Search, parts: list[str]) -> City | None:
    """A hamlet that is all of a segment, where its state is known: "Upton, NY"."""
    regions = sorted((country, code) for country, code in search.areas or () if code)
    towns = (search.atlas.town(key(part), *region) for part in reversed(parts) for region in regions[:4])
    return next(filter(None, towns), None)


def _compound(search: Search, parts: list[str]) -> City | None:
    """A city that is written together with a part of it, where its country is known: "Lugano-Viganello"."""
    for part in reversed(parts):
        pieces = [piece for piece in part.split("-") if len(piece) > 3]
        if len(pieces) > 1 and (city := _whole(search, pieces[::-1])):
            return city
    return None


def _with_its_district(search: Search, parts: list[str]) -> City | None:
    """A district that is written behind its city: "Köln-Deutz"."""
    for part in reversed(parts):
        first, _, second = part.partition("-")
        city = chosen(search, first, whole=True) if second else None
        if city is None or city.population < ALONE:
            continue
        for inner in search.atlas.cities(key(second)):
            if kilometres(city.latitude, city.longitude, inner.latitude, inner.longitude) <= DISTRICT_KM:
                return inner
    return None


def _inner_words(search: Search, parts: list[str]) -> City | None:
    """A large city within the words of a venue, where its state is known: "Grand Hyatt San Antonio Riverwalk, TX"."""
    if not all(code for _, code in search.areas or ()):
        return None
    for part in reversed(parts):
        words = part.split()[:10]
        for size in (3, 2, 1):
            runs = [" ".join(words[at : at + size]) for at in range(1, len(words) - size)]
            found = [city for run in runs if (city := chosen(search, run, whole=False)) and city.population >= ALONE]
            if found:
                return max(found, key=lambda city: city.population)
    return None


def _of_house(search: Search, parts: list[str]) -> City | None:
    """The city that a house of which it has one is named for: "Universität Wien", "Messe Köln", "Fiera Milano"."""
    for part in reversed(parts):
        name = city_of_house(part) or ""
        city = chosen(search, name, whole=True)
        if city is None or city.is_district:
            continue
        if all(city.is_in(one.area) for one in search.atlas.areas(key(name)) if not one.is_code):
            return city
    return None


def _misspelt(search: Search, parts: list[str]) -> City | None:
    """A city whose name is written slightly wrong before its state or country."""
    return misspelt(search.atlas, parts[-1], search.areas) if parts and search.areas else None


def _among(search: Search, taken: list[Taken]) -> City | None:
    """A city that is named like the region or country it is in: "New York, NY", "Luxembourg, Luxembourg", "Berlin"."""
    for name, before, after in reversed(taken):
        city = chosen(search.within(before) if before else search, name, whole=True)
        city = city or (chosen(search.within(after), name, whole=True) if before else None)
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
        if region is None and not (stands_for_country(atlas, city, country) or _outshines(atlas, city, country)):
            return False
    return True


def _is_rather_a_city(search: Search, taken: list[Taken], parts: list[str]) -> bool:
    """Whether a country's name is all that is said, and a larger city's own: nobody can know which is meant."""
    name, _, areas = taken[-1]
    if search.hints.typed or parts or len(taken) > 1 or any(code for _, code in areas):
        return False
    return any(
        _outshines(search.atlas, city, country) for city in search.atlas.cities(key(name)) for country, _ in areas
    )


def _outshines(atlas: Atlas, city: City, country: str) -> bool:
    """Whether a name is a city's own, and another language's for a country of fewer people: Granada, for Grenada."""
    known = atlas.countries[country]
    return city.form == OWN and city.population > known.population and key(city.name) != key(known.name)


def stands_for_country(atlas: Atlas, city: City, country: str) -> bool:
    """Whether a city is its country, nearly: Singapore, Monaco."""
    people = atlas.countries[country].population
    return city.form == OWN and city.country == country and city.population * 2 >= people


def _within_words(search: Search, parts: list[str]) -> City | None:
    """A city among other words: "11th Floor Chicago", "Berlin Mitte", "Austin TX"."""
    for part in reversed(parts):
        for inner, rest in split_areas(search, part):
            if city := chosen(inner, rest, whole=True) or _first_span(inner, rest):
                return city
            if inner.areas != search.areas and part.split()[-1].isupper():
                city = chosen(search, rest, whole=True) or _first_span(search, rest)
                if city is not None and city.population >= AMONG_WORDS:
                    return city  # "Milano MI" is not in Michigan
                break
        else:
            if city := _first_span(search, part):
                return city
    return None


def _first_span(search: Search, part: str) -> City | None:
    """The longest last words or the longest first words that name a city: the larger of the two."""
    if search.hints.typed:
        return None
    ends = (next((city for run in runs if (city := chosen(search, run, whole=False))), None) for runs in spans(part))
    return max(filter(None, ends), key=lambda city: city.population, default=None)
