"""Countries, regions and counties that the words of an address name."""

from collections.abc import Iterator

from indexer.enrich.address import without_codes
from indexer.enrich.atlas import Area, AreaName
from indexer.enrich.candidates import FAR, NOT_ALONE, TERRITORIES, Search
from indexer.enrich.placenames import key

__all__ = ["Taken", "areas_of", "counties_called", "named_areas", "narrowed", "split_areas"]

#: A segment that names countries or regions, and those known before it was read and after.
Taken = tuple[str, frozenset[Area] | None, frozenset[Area]]


def areas_of(search: Search, known: frozenset[Area] | None, segment: str) -> Taken | None:
    """The countries and regions that a segment means and that agree with those `known`, also when it is of two of them:
    "Oregon 97005 United States".
    """
    inside = search.within(known) if known else search
    if named := narrowed(known, named_areas(inside, segment)):
        return segment, known, _told(named, known)
    for inner, rest in split_areas(inside, segment):
        name = without_codes(rest)
        if inner.areas and (named := narrowed(inner.areas, named_areas(inner, name))):
            return name, inner.areas, _told(named, inner.areas)
    return None


def _told(named: frozenset[Area], known: frozenset[Area] | None) -> frozenset[Area]:
    """What is new of it: "Tunis" in Tunisia, whose name it is in other languages, is the region."""
    return (named - known or named) if known else named


def counties_called(search: Search, name: str) -> frozenset[Area]:
    """The counties called so that are in what is known, else in the source's country."""
    known = search.areas
    if known is None and search.hints.country:
        known = frozenset({(search.hints.country, None)})
    found = key(name)
    if found in NOT_ALONE or (len(found) < 3 and not name.isupper()):
        return frozenset()
    return narrowed(known, search.atlas.counties(found)) if known else search.atlas.counties(found)


def split_areas(search: Search, part: str) -> Iterator[tuple[Search, str]]:
    """The segment without a country or region at its end, once or twice ("Sydney NSW Australia")."""
    words = part.split()
    while len(words) > 1 and words[-1].isdigit():  # a postal code behind the state: "QLD 4101"
        words.pop()
    for size in range(1, min(3, len(words) - 1) + 1):
        named = narrowed(search.areas, named_areas(search, " ".join(words[-size:])))
        if named:
            inner, rest = search.within(named), " ".join(words[:-size])
            yield from split_areas(inner, rest) if len(words) - size > 1 else ()
            yield inner, rest


def named_areas(search: Search, segment: str) -> frozenset[Area]:
    """The countries and regions a segment may mean; in an event's text, a code must be in capitals."""
    named = search.atlas.areas(key(segment))
    if not named:
        return frozenset()
    is_code_like = search.hints.typed or segment.isupper()
    usual = frozenset(one.area for one in named if one.is_usual and (is_code_like or not one.is_code))
    if search.hints.typed:
        return usual or frozenset(one.area for one in named if not one.is_usual)
    countries = {country for country, _ in search.areas} if search.areas else {search.hints.country}
    inside = frozenset(one.area for one in named if not one.is_usual and one.area[0] in countries)
    return usual | inside if search.areas or inside or usual else _known_region(search, key(segment), named)


def _known_region(search: Search, name: str, named: tuple[AreaName, ...]) -> frozenset[Area]:
    """A region that is named without its country: only a large one, and the only one of its name."""
    found = [region for one in named if (region := search.atlas.region(one.area[0], one.area[1] or ""))]
    if len(found) != 1 or name in NOT_ALONE or found[0].population < FAR:
        return frozenset()
    return frozenset({(found[0].country, found[0].code)})


def narrowed(known: frozenset[Area] | None, named: frozenset[Area]) -> frozenset[Area]:
    """The areas that agree with both: {US, CA} and {US-CA, CA} → {US-CA, CA}; empty when they contradict."""
    if known is None:
        return named
    return frozenset(
        (country, max(code or "", known_code or "", key=len) or None)
        for country, code in named
        for known_country, known_code in known
        if (country == known_country and _agree(code, known_code))
        or (known_code is None and TERRITORIES.get(country) == known_country)
    )


def _agree(code: str | None, other: str | None) -> bool:
    """Whether one is in the other, or the same: a county and its state."""
    if code is None or other is None or code == other:
        return True
    return code.startswith(f"{other}.") or other.startswith(f"{code}.")
