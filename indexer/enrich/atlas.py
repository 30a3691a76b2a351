"""What the packaged gazetteer holds, looked up by key: countries, regions, cities; and the city at a point.

`gazetteer.sqlite` is made by scripts/build_gazetteer.py from GeoNames (CC BY 4.0). It is opened read-only when first
asked; one look-up takes 10 to 20 µs.
"""

import math
import sqlite3
from collections.abc import Iterator
from functools import cached_property, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from hobnob.distance import kilometres
from indexer.enrich.placenames import key

__all__ = ["HAND_MADE", "OWN", "Area", "Atlas", "City", "Country", "Region", "reach_km"]

PACKAGED = Path(__file__).with_name("gazetteer.sqlite")

#: Forms of a name: the city's own, or a nickname kept by hand; any other is an alternate name.
OWN, HAND_MADE = 0, 1

#: So many cities are looked through for a name that is written wrong: those with about 15,000 people.
WELL_KNOWN = 30_000

#: People a square kilometre of a city, for how far it reaches: most large cities have 2,000 to 5,000.
DENSITY = 3000
#: Cities of so many inhabitants reach beyond the cells next to them.
LARGE = 100_000

#: A degree of latitude is a little more.
_KM_PER_DEGREE = 111.19
#: No point of a cell is farther from its middle.
_CELL_KM = 8

#: A country, or a region of it: GeoNames' admin1 code ("SCT"), or with the admin2 code a county in it ("SCT.T7").
Area = tuple[str, str | None]

#: A city's number, its latitude and longitude in degrees, how far it reaches in km, and how far from it points may be.
_Nearby = tuple[int, float, float, float, float]


class AreaName(NamedTuple):
    """An area that is called so; `is_usual`: people write it alone, without its country."""

    area: Area
    is_code: bool
    is_usual: bool


class Country(NamedTuple):
    """ISO 3166-1 alpha-2 code, English name, inhabitants, languages (ISO 639-1) from the most spoken on, and the time
    zone of nearly all, if there is one."""

    code: str
    name: str
    population: int
    languages: tuple[str, ...]
    time_zone: str | None


class Region(NamedTuple):
    """A state, province or county. `south` to `east` are degrees that bound its cities; `time_zone` is that of
    nearly all of its people, if there is one."""

    country: str
    code: str
    name: str
    population: int
    south: float
    west: float
    north: float
    east: float
    time_zone: str | None


class City(NamedTuple):
    """One populated place; `form` says which of its names was looked up (OWN, HAND_MADE or another).

    `county` is an area's code, if it is known; `is_district`: a larger city is around it.
    """

    geonames_id: int
    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    population: int
    time_zone: str
    county: str = ""
    is_district: int = 0
    form: int = OWN

    @property
    def reach_km(self) -> float:
        """The radius of a disc that would hold its people at the density of a city; 1 km at least."""
        return reach_km(self.population)

    def is_in(self, area: Area) -> bool:
        return self.country == area[0] and area[1] in (None, self.region, self.county)


_NEARBY = "SELECT cell, id, latitude, longitude, population FROM city"
_CITY = """SELECT geonames_id, city.name, country, region, latitude / 1e5, longitude / 1e5, population, zone.name,
    CASE county WHEN '' THEN '' ELSE region || '.' || county END, district"""


class Atlas:
    """Look-ups in a gazetteer file; safe to share between threads."""

    def __init__(self, path: Path = PACKAGED) -> None:
        self._path = path
        self.cities = lru_cache(maxsize=20_000)(self._cities)
        self.areas = lru_cache(maxsize=20_000)(self._areas)
        self.counties = lru_cache(maxsize=20_000)(self._counties)
        self.region = lru_cache(maxsize=1000)(self._region)
        self.largest_of = lru_cache(maxsize=300)(self._largest_of)
        self._around = lru_cache(maxsize=5000)(self._cities_around)
        self._numbered = lru_cache(maxsize=5000)(self._city_numbered)

    @cached_property
    def _database(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    @cached_property
    def countries(self) -> dict[str, Country]:
        """All countries by code."""
        rows = self._database.execute("SELECT code, name, population, languages, zone FROM country")
        return {row[0]: Country(row[0], row[1], row[2], tuple(row[3].split()), row[4]) for row in rows}

    def country_names(self) -> Iterator[tuple[str, str]]:
        """Code and key of all names of countries, without their codes."""
        yield from self._database.execute("SELECT code, key FROM country_name WHERE is_code = 0")

    @cached_property
    def meta(self) -> dict[str, str]:
        """Source, licence, version and date of the data."""
        return dict(self._database.execute("SELECT name, value FROM meta"))

    def _areas(self, name_key: str) -> tuple[AreaName, ...]:
        """The countries, then the states, called `name_key`."""
        execute = self._database.execute
        found = [
            AreaName((code, None), bool(is_code), True)
            for code, is_code in execute("SELECT code, is_code FROM country_name WHERE key = ?", (name_key,))
        ]
        rows = execute("SELECT country, code, form FROM region_name WHERE key = ? AND form < 2", (name_key,))
        found += [
            AreaName((country, code), form == 0 and len(name_key) <= 3, form == 0) for country, code, form in rows
        ]
        return tuple(found)

    def _counties(self, name_key: str) -> frozenset[Area]:
        """The counties called `name_key`."""
        rows = self._database.execute("SELECT country, code FROM region_name WHERE key = ? AND form = 2", (name_key,))
        return frozenset((country, code) for country, code in rows)

    def _cities(self, name_key: str) -> tuple[City, ...]:
        """The cities called `name_key`, the most populous first; 50 at most."""
        rows = self._database.execute(
            f"{_CITY}, form FROM name JOIN city ON city.id = name.city JOIN zone ON zone.id = zone "
            "WHERE key = ? ORDER BY name.city LIMIT 50",
            (name_key,),
        )
        return tuple(City(*row) for row in rows)

    def _region(self, country: str, code: str) -> Region | None:
        row = self._database.execute(
            "SELECT country, code, region.name, population, south / 1e5, west / 1e5, north / 1e5, east / 1e5,"
            " zone.name FROM region LEFT JOIN zone ON zone.id = zone"
            " WHERE country = ? AND code = ?",
            (country, code),
        ).fetchone()
        return Region(*row) if row else None

    def extent(self, country: str) -> tuple[float, float, float, float] | None:
        """South, west, north and east of a country's cities, in degrees."""
        row = self._database.execute(
            "SELECT min(south) / 1e5, min(west) / 1e5, max(north) / 1e5, max(east) / 1e5 FROM region WHERE country = ?",
            (country,),
        ).fetchone()
        return None if row is None or row[0] is None else row

    def town(self, name_key: str, country: str, region: str) -> City | None:
        """A place of a region that has a post office but is no city of the list: its `geonames_id` is 0."""
        row = self._database.execute(
            "SELECT name, latitude / 1e5, longitude / 1e5 FROM town WHERE key = ? AND country = ? AND region = ?",
            (name_key, country, region),
        ).fetchone()
        around = self.region(country, region)
        if row is None or around is None:
            return None
        return City(0, row[0], country, region, row[1], row[2], 0, around.time_zone or "")

    def names_like(self, name_key: str, *, largest: int = 20_000) -> Iterator[tuple[str, str]]:
        """Keys and names of the `largest` cities whose key begins with the same two letters."""
        start = name_key[:2]
        yield from self._database.execute(
            "SELECT key, city.name FROM name JOIN city ON city.id = name.city WHERE key >= ? AND key < ? AND city <= ?",
            (start, f"{start}\U0010ffff", largest),
        )

    def largest(self, count: int) -> Iterator[str]:
        """The names of the `count` most populous cities."""
        for (name,) in self._database.execute("SELECT name FROM city WHERE id <= ? ORDER BY id", (count,)):
            yield name

    def names_between(self, first: str, last: str, largest: int) -> Iterator[tuple[str, int, str]]:
        """Keys from `first` to `last` that name one of the `largest` cities, with its GeoNames id and country; of two
        cities the larger first."""
        yield from self._database.execute(
            "SELECT key, geonames_id, country FROM name JOIN city ON city.id = name.city"
            " WHERE key >= ? AND key <= ? AND name.city <= ? ORDER BY name.city",
            (first, last, largest),
        )

    @cached_property
    def well_known(self) -> dict[tuple[str, str], dict[str, list[City]]]:
        """The WELL_KNOWN most populous cities by country and first letter, then by key; read in 0.1 s."""
        found: dict[tuple[str, str], dict[str, list[City]]] = {}
        rows = self._database.execute(
            f"{_CITY} FROM city JOIN zone ON zone.id = zone WHERE city.id <= ? ORDER BY city.id", (WELL_KNOWN,)
        )
        for city in (City(*row) for row in rows):
            own = key(city.name)
            found.setdefault((city.country, own[:1]), {}).setdefault(own, []).append(city)
        return found

    def _largest_of(self, country: str) -> City | None:
        """The most populous city of a country."""
        row = self._database.execute(
            f"{_CITY} FROM city JOIN zone ON zone.id = zone WHERE country = ? ORDER BY city.id LIMIT 1", (country,)
        ).fetchone()
        return City(*row) if row else None

    def nearest(self, latitude: float, longitude: float) -> City | None:
        """The city that a point belongs to: the one that is nearest by its own reach; None in the wilderness.

        A point 5 km from the centre of a city of millions belongs to it rather than to the village at 3 km.
        """
        best, best_ratio = 0, math.inf
        for number, city_latitude, city_longitude, reach, farthest in self._around(*_cell(latitude, longitude)):
            if abs(latitude - city_latitude) * _KM_PER_DEGREE > min(farthest, best_ratio * reach):
                continue
            distance = kilometres(latitude, longitude, city_latitude, city_longitude)
            if distance <= farthest and distance / reach < best_ratio:
                best, best_ratio = number, distance / reach
        return self._numbered(best) if best else None

    def _city_numbered(self, number: int) -> City:
        row = self._database.execute(f"{_CITY} FROM city JOIN zone ON zone.id = zone WHERE city.id = ?", (number,))
        return City(*row.fetchone())

    def _cities_around(self, row: int, column: int, near: int, far: int) -> tuple[_Nearby, ...]:
        """The cities that a point in a cell may belong to, the largest first: of that cell and those next to it, and
        the large ones of those up to four cells away.

        That is at least 11 and 44 km; `near` and `far` are how many columns that is at this latitude.
        """
        found: list[_Nearby] = []
        for first, last in _bands(row, column, 1, near):
            rows = self._database.execute(f"{_NEARBY} WHERE cell BETWEEN ? AND ?", (first, last))
            found += [_nearby(*city) for _, *city in rows]
        for first, last in _bands(row, column, 4, far):
            for cell in range(first, last + 1):
                found += self._large.get(cell, ())
        middle = (row / 10 + 0.05, column / 10 + 0.05)
        found = [one for one in found if kilometres(*middle, one[1], one[2]) <= one[4] + _CELL_KM]
        return tuple(sorted(found, key=itemgetter(3), reverse=True))

    @cached_property
    def _large(self) -> dict[int, list[_Nearby]]:
        """The large cities by cell: they are few, and looked for over many cells."""
        found: dict[int, list[_Nearby]] = {}
        for cell, *city in self._database.execute(f"{_NEARBY} WHERE population >= ?", (LARGE,)):
            found.setdefault(cell, []).append(_nearby(*city))
        return found


def _nearby(number: int, latitude: int, longitude: int, population: int) -> _Nearby:
    reach = reach_km(population)
    return number, latitude / 1e5, longitude / 1e5, reach, max(15.0, 2 * reach)


def _cell(latitude: float, longitude: float) -> tuple[int, int, int, int]:
    """The row and column of a point's cell, of a tenth of a degree, and how many columns are as wide as one row and as
    four."""
    width = max(0.02, math.cos(math.radians(latitude)))
    near, far = (min(1799, math.ceil(rows / width)) for rows in (1, 4))
    return math.floor(latitude * 10), math.floor(longitude * 10), near, far


def _bands(row: int, column: int, span: int, wide: int) -> Iterator[tuple[int, int]]:
    """The cells, from and to, of each band that is at most `span` rows away, `wide` columns to each side."""
    for band in range(row - span, row + span + 1):
        for west, east in _columns(column - wide, column + wide):
            yield band * 3600 + west, band * 3600 + east


def reach_km(population: int) -> float:
    """The radius of a disc that would hold so many people at the density of a city; 1 km at least."""
    return max(1.0, math.sqrt(population / DENSITY / math.pi))


def _columns(west: int, east: int) -> tuple[tuple[int, int], ...]:
    """A range of columns as ranges that do not cross the antimeridian, where columns run from -1800 to 1799."""
    if west < -1800:
        return ((west + 3600, 1799), (-1800, east))
    if east > 1799:
        return ((west, 1799), (-1800, east - 3600))
    return ((west, east),)
