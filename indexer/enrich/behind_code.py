"""The city behind a postal code, which most of the world writes before it: "Calle Mayor 5 28013 Madrid".

Nothing else in a line says so plainly which city is meant: not the street, nor the house. Which countries write so, and
with how many digits: Universal Postal Union, "Postal addressing systems".
"""

import re
from collections.abc import Iterator

from indexer.enrich.address import JOINING, is_street
from indexer.enrich.areas import areas_of
from indexer.enrich.atlas import Area, City
from indexer.enrich.candidates import ALONE, GIANT, NOT_ALONE, Search, chosen
from indexer.enrich.placenames import key

__all__ = ["city_behind_code", "has_code"]

_COUNTRIES = {
    4: "AT BE BG CH DK HU LU NO SI LI MK TN CY AL AR PY GE AM MD NL PT LV GL CV",
    5: "DE ES FR IT FI HR RS TR MX MA DZ UA MY EE LT BA ME UY GT MC VA SM CZ SK GR SE PL XK CR KR SN RE GP MQ GF",
    6: "RO RU KZ CN BY UZ KG",
}
_BY_DIGITS = {digits: frozenset(countries.split()) for digits, countries in _COUNTRIES.items()}
_BY_DIGITS[7] = frozenset({"PT"})
_CODE = re.compile(
    r"(?<![\w.,/#№°-])(?:[A-Z]{1,3}-)?(\d{4,6}|\d{3} \d{2}|\d{2}-\d{3}|\d{4}-\d{3})(?: ?[A-Z]{2}\b)?\s+(?=[^\W\d_])"
)
# What stands behind the name of a city: the number of a district or post office.
_PART = re.compile(
    r"(?:[\s-]+(?:cedex|\d{1,2} ?(?:e|er|è|ème|eme|re)?|[IVX]{1,5}|[A-Z]|arr(?:ondissement)?|ker(?:ület)?)\.?)+$",
    re.IGNORECASE,
)
# GeoNames' codes of the provinces of Spain, which postal codes number in the order of the Instituto Nacional de
# Estadística.
_PROVINCES = (
    "VI AB A AL AV BA PM B BU CC CA CS CR CO C CU GI GR GU SS H HU J LE L LO LU M MA MU NA OR O P GC PO SA TF S SG SE "
    "SO T TE TO V VA BI ZA Z CE ML"
)
_SPANISH = {f"{number:02}": letters for number, letters in enumerate(_PROVINCES.split(), 1)}
#: Words of a city's name.
_MOST_WORDS = 5


def has_code(text: str) -> bool:
    """Whether there may be a postal code before a name; most places have none."""
    return _CODE.search(text) is not None


def city_behind_code(search: Search, segments: list[str]) -> City | None:
    """The city behind the last postal code of an address, in a country that writes such codes so."""
    if search.hints.typed:
        return None
    for at in range(len(segments) - 1, -1, -1):
        codes = list(_CODE.finditer(segments[at]))
        if not codes:
            continue
        last = codes[-1]
        known = _areas_behind(search, segments[at + 1 :])
        digits = sum(c.isdigit() for c in last[1])
        for town, whole in _towns(segments[at][last.end() :]):
            if city := _city(search.within(_with_such_codes(digits, known)), town, last[1], whole=whole):
                return city
    return None


def _areas_behind(search: Search, segments: list[str]) -> frozenset[Area] | None:
    """The countries and regions that an address ends with."""
    areas = search.areas
    for segment in reversed(segments):
        if found := areas_of(search, areas, segment):
            areas = found[2]
    return areas


def _with_such_codes(digits: int, known: frozenset[Area] | None) -> frozenset[Area]:
    """The areas, of those known if any are, whose postal codes have so many digits."""
    countries = _BY_DIGITS.get(digits, frozenset())
    if known is None:
        return frozenset((country, None) for country in countries)
    return frozenset(area for area in known if area[0] in countries)


def _towns(words: str) -> Iterator[tuple[str, bool]]:
    """What may be the city of the words behind a code, and whether that is all of them but for a district."""
    words = words[:80].strip(" .-–")
    plain = _PART.sub("", words)
    parts = plain.split()
    if not parts or is_street(parts):
        return
    if parts[: len(parts) // 2] == parts[len(parts) // 2 :]:  # "31000 Toulouse Toulouse"
        parts = parts[: len(parts) // 2]
        yield " ".join(parts), True
    yield words, True
    if plain != words:
        yield plain, True
    for size in range(min(len(parts) - 1, _MOST_WORDS), 0, -1):
        if parts[size].lower() not in JOINING:
            yield " ".join(parts[:size]), False
    if "-" in parts[0]:
        yield parts[0].partition("-")[0], False


def _city(search: Search, town: str, code: str, *, whole: bool) -> City | None:
    """The city called so, unless a namesake elsewhere is far larger: then the digits are a year or the like."""
    name = key(town)
    countries = {country for country, _ in search.areas or ()}
    if not countries or (len(name) <= 3 and town.isupper()) or (len(countries) > 1 and name in NOT_ALONE):
        return None
    city = _in_its_province(search, name, code) if whole else None
    city = city or chosen(search, town, whole=whole)
    if city is None:
        return None
    is_country = any(country not in countries and not inner for (country, inner), *_ in search.atlas.areas(name))
    if is_country and city.population < ALONE:
        return None  # "QLD 4101 Australia"
    largest = max((other.population for other in search.atlas.cities(name)), default=0)
    return city if city.population * GIANT >= largest else None


def _in_its_province(search: Search, name: str, code: str) -> City | None:
    """A French or Spanish city in the province that its code begins with, which tells it from its many namesakes."""
    if len(code) != 5:
        return None
    provinces = {"FR": code[:2], "ES": _SPANISH.get(code[:2])}
    found = [
        city
        for city in search.atlas.cities(name)
        if provinces.get(city.country) == (city.county.partition(".")[2] or None)
        and city.country in provinces
        and any(city.is_in(area) for area in search.areas or ())
    ]
    return found[0] if len(found) == 1 else None
