"""Places by name, offline: what a user typed, and what an event says about where it is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from hobnob.distance import kilometres
from hobnob.errors import BadValue, UnknownName
from indexer.enrich.address import LONGEST, point, segments
from indexer.enrich.atlas import HAND_MADE, Area, Atlas, City, Region
from indexer.enrich.flags import country_of_flag
from indexer.enrich.locate import NAMESAKE, Hints, locate, stands_for_country
from indexer.enrich.placenames import key

__all__ = ["Found", "Gazetteer", "Hints"]

#: So many of the most populous cities are suggested even if the first letters typed are wrong.
_WELL_KNOWN = 3000

#: Countries where a place is not known without its state.
_WITH_REGION = frozenset({"US", "CA", "AU"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A place. Degrees in WGS 84; a country has no coordinates, a region those of its middle.

    `label` is what to call it. `city` and `region` are names. `radius_km` is how far it reaches from its middle:
    that of a city by its people, that of a region to its farthest city.
    """

    label: str
    country_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    time_zone: str | None = None
    city: str | None = None
    region: str | None = None
    radius_km: float | None = None


class Gazetteer:
    """The packaged gazetteer; opened when first asked. Safe to share between threads."""

    def __init__(self, atlas: Atlas | None = None) -> None:
        self.atlas = atlas or Atlas()
        self._find = lru_cache(maxsize=20_000)(self._find_uncached)
        self._middle = lru_cache(maxsize=300)(self._middle_uncached)
        self.near = lru_cache(maxsize=20_000)(self._near)
        self._city = lru_cache(maxsize=5000)(self._city_as_found)

    def resolve(self, text: str) -> Found:
        """What a user means: a city, "City, Country", "City, ST", a region, a country, or LAT,LON.

        Of several places of one name it is the most populous. Raises UnknownName with the nearest names, and
        BadValue for a postal code.
        """
        text = text[:LONGEST]
        if at := point(text):
            return self._at(*at)
        found = self._named(key(text)) or self._qualified(text)
        numbered = any(c.isdigit() for c in text)
        if found is not None and (found.city or not numbered):  # "10115, Germany" does not mean all of Germany
            return found
        if numbered:
            raise BadValue("place", text, hint="give a city, 'City, Country' or LATITUDE,LONGITUDE")
        raise UnknownName("place", text, self._suggestions(text))

    def find(
        self,
        text: str,
        *,
        country: str | None = None,
        near: tuple[float, float] | None = None,
        hints: Hints | None = None,
    ) -> Found | None:
        """The city that an event's text speaks of, else its region or country; None rather than a wrong one.

        `country` (ISO 3166-1 alpha-2) must hold. `near` is a point the event is probably close to. `hints` says more.
        """
        if hints is None:
            hints = Hints(near=near)
        text = text[-LONGEST:]
        return self._find(unescape(text) if "&" in text else text, country, hints)

    def country(self, text: str) -> str | None:
        """The ISO 3166-1 alpha-2 code of a country by its name in any usual language, or by its code."""
        text = text[:LONGEST]
        named = (one.area[0] for one in self.atlas.areas(key(text)) if one.area[1] is None)
        return next(named, None) or next(iter(country_of_flag(self.atlas, text) or ()), None)

    def country_as_found(self, code: str) -> Found:
        """A country by its ISO 3166-1 alpha-2 code."""
        return self._area((code, None))

    def middle(self, code: str) -> tuple[float, float, float] | None:
        """Latitude and longitude of the middle of a country, and how many kilometres it reaches from there."""
        return self._middle(code)

    def _middle_uncached(self, code: str) -> tuple[float, float, float] | None:
        if (extent := self.atlas.extent(code)) is None:
            return None
        south, west, north, east = extent
        latitude, longitude = (south + north) / 2, (west + east) / 2
        return round(latitude, 5), round(longitude, 5), kilometres(latitude, longitude, north, east)

    def country_name(self, code: str) -> str:
        """Its English name, or the code itself."""
        country = self.atlas.countries.get(code)
        return country.name if country else code

    def _find_uncached(self, text: str, country: str | None, hints: Hints) -> Found | None:
        place = locate(self.atlas, text, country, hints)
        if isinstance(place, City):
            return self._city(place)
        return self._area(place) if place else None

    def _near(self, latitude: float, longitude: float) -> Found | None:
        """The city that a point belongs to."""
        city = self.atlas.nearest(latitude, longitude)
        return self._city(city) if city else None

    def _named(self, name: str) -> Found | None:
        """A place by its name alone: a nickname before a country's code, a city-state before its country."""
        areas = self.atlas.areas(name)
        cities = self.atlas.cities(name)
        city = next((c for c in cities if c.form == HAND_MADE), None) or next(iter(cities), None)
        country = next((one.area for one in areas if one.area[1] is None and not one.is_code), None)
        if city and city.form == HAND_MADE:
            return self._city(city)
        if country:
            is_city = city is not None and stands_for_country(self.atlas, city, country[0])
            return self._city(city) if city and is_city else self._area(country)
        if len(name) == 2 and name.isascii() and areas:
            return self._area(areas[0].area)
        region = self._largest_region([one.area for one in areas])
        if region and (city is None or city.population * NAMESAKE < region.population):
            return self._area((region.country, region.code))
        if city:
            return self._city(city)
        return self._area(areas[0].area) if areas else None

    def _largest_region(self, areas: Sequence[Area]) -> Region | None:
        found = [self.atlas.region(country, code) for country, code in areas if code is not None]
        return max((region for region in found if region), key=lambda region: region.population, default=None)

    def _qualified(self, text: str) -> Found | None:
        """A city with a country or region after it, parted by a comma or only a space."""
        place = locate(self.atlas, text, None, Hints(typed=True))
        if isinstance(place, City):
            return self._city(place)
        return self._area(place) if place else None

    def _city_as_found(self, city: City) -> Found:
        region = self.atlas.region(city.country, city.region)
        parts = [city.name]
        if region and city.country in _WITH_REGION:
            parts.append(region.name)
        if not f"{self.country_name(city.country)} ".startswith(f"{city.name} "):
            parts.append(self.country_name(city.country))
        return Found(
            label=", ".join(parts),
            country_code=city.country,
            latitude=city.latitude,
            longitude=city.longitude,
            geonames_id=city.geonames_id or None,
            time_zone=city.time_zone or None,
            city=city.name,
            region=region.name if region else None,
            radius_km=round(max(5.0, city.reach_km), 1),
        )

    def _area(self, area: Area) -> Found:
        country, code = area
        region = self.atlas.region(country, code) if code else None
        if region is None:
            zone = self.atlas.countries[country].time_zone if country in self.atlas.countries else None
            return Found(label=self.country_name(country), country_code=country, time_zone=zone)
        latitude, longitude = (region.south + region.north) / 2, (region.west + region.east) / 2
        return Found(
            label=f"{region.name}, {self.country_name(country)}",
            country_code=country,
            latitude=round(latitude, 5),
            longitude=round(longitude, 5),
            time_zone=region.time_zone,
            region=region.name,
            radius_km=float(math.ceil(kilometres(latitude, longitude, region.north, region.east))),
        )

    def _at(self, latitude: float, longitude: float) -> Found:
        city = self.near(latitude, longitude)
        return Found(
            label=f"{latitude:g},{longitude:g}",
            country_code=city.country_code if city else None,
            latitude=latitude,
            longitude=longitude,
            time_zone=city.time_zone if city else None,
        )

    def _suggestions(self, text: str) -> tuple[str, ...]:
        from rapidfuzz import fuzz, process  # noqa: PLC0415  (only a mistake needs it)

        name = key(segments(text)[0] if segments(text) else text)
        if len(name) < 2:
            return ()
        known = dict(self.atlas.names_like(name))
        known |= {key(city): city for city in self.atlas.largest(_WELL_KNOWN)}
        known |= {key(country.name): country.name for country in self.atlas.countries.values()}
        matches = process.extract(name, list(known), scorer=fuzz.ratio, limit=10, score_cutoff=76)
        return tuple(dict.fromkeys(known[found] for found, _, _ in matches))[:3]
