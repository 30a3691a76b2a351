"""Where an event is: by declared coordinates, else its city's name, else its source's place; each with the reason."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from hobnob.distance import kilometres
from hobnob.observations import Place
from hobnob.placing import CENTRE_OF, SOMEWHERE_IN, SOURCES_PLACE
from indexer.enrich.attendance import says_online
from indexer.enrich.gazetteer import Found, Gazetteer, Hints
from indexer.enrich.points import CITY_KM, declared_country, possible_point, refuted, stated_point
from indexer.enrich.zone import zone_at

__all__ = ["Home", "Setting", "at_home", "settle"]

_OPEN = re.compile(r"TB[ADC]|to be (?:announced|determined|confirmed|decided)|N/?A|none|unknown|various", re.IGNORECASE)
#: The middle of an area that reaches no farther says where its events are, as that of a city does.
AREA_KM = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What a source says of where its events are: its place, if it is known, and the hints that follow from it."""

    found: Found | None = None
    hints: Hints = field(default_factory=Hints)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A place and why. `is_own`: the observation itself says where on earth it is."""

    place: Place | None = None
    why: str | None = None
    is_own: bool = False


def settle(location: Place | None, home: Home, gazetteer: Gazetteer) -> Setting:
    """The place with what the gazetteer adds: coordinates, city, country and time zone."""
    if location is None:
        return at_home(None, home)
    country = gazetteer.country(location.address_country) if location.address_country else None
    point, note, city = _declared(location, country, home, gazetteer)
    if point is not None:
        return _at_point(replace(location, latitude=point[0], longitude=point[1]), note, city, country, gazetteer)
    if location.latitude is not None or location.longitude is not None:
        location = replace(location, latitude=None, longitude=None)
    return _by_name(location, note, city, home, gazetteer)


def _declared(
    location: Place, country: str | None, home: Home, gazetteer: Gazetteer
) -> tuple[tuple[float, float] | None, str | None, Found | None]:
    """The declared coordinates, put right or None where they cannot be true; what was wrong with them; the city by
    name. A city by name that they are in needs no more."""
    stated, note = stated_point(location, gazetteer)
    if stated is None:
        return None, note, _named_city(location, country, home.hints, gazetteer)
    is_on_earth = abs(stated[0]) <= 90 and abs(stated[1]) <= 180
    hints = replace(home.hints, near=_roughly(stated)) if is_on_earth else home.hints
    city = _named_city(location, country, hints, gazetteer)
    if is_on_earth and _is_beside(stated, city):
        return stated, None, city
    told = declared_country(location, gazetteer)
    elsewhere = _named_city(location, country, home.hints, gazetteer)
    point, note = possible_point(stated, told, elsewhere, gazetteer)
    if note is not None:
        return point, note, elsewhere
    why = _refuted(stated, city, home) or refuted(stated, told, city, gazetteer)
    return None if why else point, why, city


def at_home(location: Place | None, home: Home) -> Setting:
    """The place of the source, for what is attended there and online but says no more than that."""
    return Setting(place=_at_home(location or Place(), home), why=_home_why(home))


def _by_name(location: Place, note: str | None, city: Found | None, home: Home, gazetteer: Gazetteer) -> Setting:
    """A location without coordinates: in its city, else in its country if that is not the source's, else at home."""
    if city is not None and city.geonames_id is not None:
        return Setting(place=_centred(location, city), why=_joined(note, CENTRE_OF + city.label), is_own=True)
    if says_online(location):
        return Setting(why=note)
    if city is not None and not _contains(city, home.found):
        small = city.radius_km is not None and city.radius_km <= AREA_KM
        area = _named(location, city)
        if small:
            area = replace(area, latitude=city.latitude, longitude=city.longitude)
        elif city.region is None and (middle := gazetteer.middle(city.country_code or "")) and middle[2] <= AREA_KM:
            area = replace(area, latitude=middle[0], longitude=middle[1])
        return Setting(place=area, why=_joined(note, SOMEWHERE_IN + city.label), is_own=True)
    place, why = _at_home(location, home), _home_why(home)
    if not _has_words(location):
        return Setting(place=place, why=_joined(note, why))
    return Setting(place=place, why=_joined(note, "the location names no city", why), is_own=True)


def _roughly(point: tuple[float, float]) -> tuple[float, float]:
    """A point to within a few kilometres: where in a city it is tells nothing of which city is meant, and the answer
    for one of its venues is that for the next."""
    return round(point[0], 1), round(point[1], 1)


def _contains(area: Found, home: Found | None) -> bool:
    """Whether a country or region is the one that the source is in."""
    return home is not None and home.country_code == area.country_code and area.region in (None, home.region)


def _at_home(location: Place, home: Home) -> Place | None:
    """The location, in the place of its source."""
    if home.found is None:
        return location if _has_words(location) else None
    return _named(location, home.found) if home.found.geonames_id is None else _centred(location, home.found)


def _home_why(home: Home) -> str | None:
    if home.found is None:
        return None
    return SOURCES_PLACE + ("" if home.found.geonames_id is None else CENTRE_OF) + home.found.label


def _refuted(point: tuple[float, float], city: Found | None, home: Home) -> str | None:
    """Why a city is right and coordinates are not: a geocoder took a place near the source for a namesake elsewhere."""
    if home.hints.near is None or city is None or city.geonames_id is None:
        return None
    if not _is_beside(home.hints.near, city) or _is_beside(point, city):
        return None
    if kilometres(*point, *home.hints.near) <= CITY_KM:
        return None
    return "the declared coordinates are far from the city and from the source's place"


def _is_beside(point: tuple[float, float], city: Found | None) -> bool:
    """Whether a city is known and near enough to be the one that a point is in."""
    if city is None or city.latitude is None or city.longitude is None:
        return False
    return kilometres(*point, city.latitude, city.longitude) <= CITY_KM


def _named_city(location: Place, country: str | None, hints: Hints, gazetteer: Gazetteer) -> Found | None:
    """The city by the address's own fields; else, as its locality is missing or odd, by all of its text."""
    region_and_country = [location.address_region, None if country else location.address_country]
    if location.address_locality:
        parts = [location.address_locality, *region_and_country]
        known = hints if country else replace(hints, is_locality=True)
        found = gazetteer.find(", ".join(filter(None, parts)), country=country, hints=known)
        if found and found.geonames_id:
            return found
    parts = [location.name, location.text, location.street_address, location.address_locality, location.postal_code]
    text = ", ".join(filter(None, [*parts, *region_and_country]))
    found = gazetteer.find(text, country=country, hints=hints) if text else None
    if found is None and country is not None:
        return gazetteer.country_as_found(country)
    return found


def _at_point(
    location: Place, note: str | None, city: Found | None, country: str | None, gazetteer: Gazetteer
) -> Setting:
    """Declared coordinates; the city by name if it lies near them, else the one they are in."""
    assert location.latitude is not None and location.longitude is not None  # noqa: PT018  (it was just set)
    point, whys = (location.latitude, location.longitude), [note or "declared coordinates"]
    if city and city.geonames_id and not _is_beside(point, city):
        whys.append(f"{city.label} is too far from them")
        city = None
    if city is None or city.geonames_id is None:
        city = gazetteer.near(round(point[0], 3), round(point[1], 3))
        if city and country not in (None, city.country_code):
            city = None
        if city:
            whys.append(f"nearest city {city.label}")
    zone = zone_at(*point) or (city.time_zone if city else None)
    return Setting(place=_named(location, city, country, time_zone=zone), why="; ".join(whys), is_own=True)


def _named(location: Place, found: Found | None, country: str | None = None, **fields: Any) -> Place:
    """The place with the names of what was found, its time zone if that is known, and `fields`."""
    if found is None:
        return replace(location, country_code=country, **fields)
    fields.setdefault("time_zone", found.time_zone)
    return replace(
        location,
        address_locality=found.city or location.address_locality,
        address_region=location.address_region or found.region,
        country_code=found.country_code,
        geonames_id=found.geonames_id,
        **fields,
    )


def _centred(location: Place, city: Found) -> Place:
    """The place at the centre of a city."""
    assert city.latitude is not None and city.longitude is not None  # noqa: PT018  (a city has both)
    return _named(location, city, latitude=round(city.latitude, 6), longitude=round(city.longitude, 6))


def _has_words(location: Place) -> bool:
    """Whether it says anything of where: not "TBA"."""
    parts = (location.name, location.text, location.street_address, location.address_locality)
    return any(part and any(c.isalpha() for c in part) and not _OPEN.fullmatch(part.strip(" .!")) for part in parts)


def _joined(*whys: str | None) -> str | None:
    return "; ".join(why for why in whys if why) or None
