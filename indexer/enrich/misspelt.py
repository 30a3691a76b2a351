"""Cities by names that are written slightly wrong: "Beijng, China", "San Deigo, CA"."""

from collections.abc import Collection

from indexer.enrich.atlas import Area, Atlas, City
from indexer.enrich.placenames import key

__all__ = ["misspelt"]

#: Only names so long that few others are like them; from LONG on, two letters may be wrong, before that one.
SHORTEST, LONG = 6, 9


def misspelt(atlas: Atlas, name: str, areas: Collection[Area]) -> City | None:
    """The well-known city within `areas` whose name is nearest to `name`; None if none is near, or two are."""
    from rapidfuzz import process  # noqa: PLC0415  (only a mistake needs it)
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    meant = key(name)
    if len(meant) < SHORTEST or any(c.isdigit() for c in meant):
        return None
    known: dict[str, list[City]] = {}
    for country in {country for country, _ in areas}:
        known |= atlas.well_known.get((country, meant[0]), {})
    most = 2 if len(meant) >= LONG else 1
    near = process.extract(meant, list(known), scorer=OSA.distance, score_cutoff=most, limit=2)
    if not near or (len(near) > 1 and near[0][1] == near[1][1]):
        return None
    inside = [city for city in known[near[0][0]] if any(city.is_in(area) for area in areas)]
    return inside[0] if len(inside) == 1 else None
