"""Coordinates that a source declared: whether they can be true, and what they were meant to be."""

import math

from hobnob.distance import kilometres
from hobnob.observations import Place
from indexer.enrich.address import LONGEST, segments
from indexer.enrich.gazetteer import Found, Gazetteer

__all__ = ["CITY_KM", "Point", "declared_country", "possible_point", "refuted", "stated_point"]

Point = tuple[float, float]

#: A city this far from the declared coordinates is not the one they mean.
CITY_KM = 150
#: One that is put right must come so near to the city.
IN_CITY_KM = 50

# The middles of countries as widespread geocoders give them for an address of which they knew the country alone.
_MIDDLES = {
    (37.09, -95.713): "US", (39.828, -98.58): "US", (39.784, -100.446): "US", (56.13, -106.347): "CA",
    (23.635, -102.553): "MX", (-14.235, -51.925): "BR", (-38.416, -63.617): "AR", (-35.675, -71.543): "CL",
    (4.571, -74.297): "CO", (51.166, 10.452): "DE", (47.516, 14.55): "AT", (46.818, 8.228): "CH",
    (46.228, 2.214): "FR", (50.504, 4.47): "BE", (52.133, 5.291): "NL", (55.378, -3.436): "GB",
    (53.413, -8.244): "IE", (40.464, -3.749): "ES", (39.4, -8.224): "PT", (41.872, 12.567): "IT",
    (39.074, 21.824): "GR", (38.964, 35.243): "TR", (51.919, 19.145): "PL", (49.817, 15.473): "CZ",
    (48.669, 19.699): "SK", (47.162, 19.503): "HU", (45.943, 24.967): "RO", (42.734, 25.486): "BG",
    (45.1, 15.2): "HR", (44.017, 21.006): "RS", (46.151, 14.995): "SI", (48.379, 31.166): "UA",
    (61.524, 105.319): "RU", (60.128, 18.644): "SE", (60.472, 8.469): "NO", (56.264, 9.502): "DK",
    (61.924, 25.748): "FI", (20.594, 78.963): "IN", (35.862, 104.195): "CN", (36.205, 138.253): "JP",
    (35.908, 127.767): "KR", (-25.274, 133.775): "AU", (-40.901, 174.886): "NZ", (-30.559, 22.938): "ZA",
    (9.082, 8.675): "NG", (-0.024, 37.906): "KE", (31.046, 34.852): "IL", (26.821, 30.803): "EG",
}  # fmt: skip


def declared_country(location: Place, gazetteer: Gazetteer) -> str | None:
    """The country that the address itself names, in its field or at the end of its text."""
    if location.address_country:
        return gazetteer.country(location.address_country)
    for words in (location.text, location.street_address, location.name):
        last = segments(words[-LONGEST:])[-1:] if words else None
        if last and (len(last[0]) > 3 or last[0].isupper()) and (country := gazetteer.country(last[0])):
            return country
    return None


def stated_point(location: Place, gazetteer: Gazetteer) -> tuple[Point | None, str | None]:
    """Declared coordinates as they are written, though perhaps wrongly; else what is wrong with them."""
    latitude, longitude = location.latitude, location.longitude
    if latitude is None or longitude is None:
        return None, None
    if why := _says_nothing(latitude, longitude, gazetteer):
        return None, why
    return (round(latitude, 6), round(longitude, 6)), None


def possible_point(
    at: Point, country: str | None, city: Found | None, gazetteer: Gazetteer
) -> tuple[Point | None, str | None]:
    """Declared coordinates that can be true of the country and city that the address names, put right if need be, and
    a note if something was wrong."""
    if country is not None and not _is_near(at, country, gazetteer):
        for how, meant in _mistakes(at):
            if _is_near(meant, country, gazetteer):
                return meant, f"{how}: {at[0]},{at[1]} is not in {gazetteer.country_name(country)}"
    if city is not None and city.geonames_id is not None and not _is_within(CITY_KM, at, city):
        for how, meant in _mistakes(at):
            if _is_within(IN_CITY_KM, meant, city):
                return meant, f"{how}: {at[0]},{at[1]} is far from {city.label}"
    if _is_on_earth(at):
        return at, None
    return None, f"the declared coordinates {at[0]},{at[1]} are out of range"


def _is_within(km: float, at: Point, city: Found) -> bool:
    if city.latitude is None or city.longitude is None or not _is_on_earth(at):
        return False
    return kilometres(*at, city.latitude, city.longitude) <= km


def _says_nothing(latitude: float, longitude: float, gazetteer: Gazetteer) -> str | None:
    """Why two numbers are nobody's coordinates."""
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return "the declared coordinates are no numbers"
    if abs(latitude) < 0.01 and abs(longitude) < 0.01:
        return "the declared coordinates 0,0 are nowhere"
    if middle := _MIDDLES.get((round(latitude, 3), round(longitude, 3))):
        return f"the declared coordinates are the middle of {gazetteer.country_name(middle)}"
    return None


def refuted(point: Point, country: str | None, city: Found | None, gazetteer: Gazetteer) -> str | None:
    """Why declared coordinates are not believed: they are far from the city that the address names, and in a country
    that is not the address's, nor at its border.
    """
    if country is None or city is None or city.geonames_id is None or city.country_code != country:
        return None
    if city.latitude is None or city.longitude is None or kilometres(*point, city.latitude, city.longitude) <= CITY_KM:
        return None
    there = gazetteer.near(round(point[0], 2), round(point[1], 2))
    if there is None or there.country_code in (None, country):
        return None
    around = ((point[0] + north, point[1] + east) for north in (-0.5, 0.5) for east in (-0.5, 0.5))
    if any(_is_near(other, country, gazetteer) for other in around):
        return None
    names = gazetteer.country_name(there.country_code or ""), gazetteer.country_name(country)
    return f"the declared coordinates are in {names[0]}, not in {names[1]}"


def _mistakes(at: Point) -> tuple[tuple[str, Point], ...]:
    """What coordinates are when they are written wrongly in the usual ways."""
    latitude, longitude = at
    return (
        ("latitude and longitude were swapped", (longitude, latitude)),
        ("east was taken for west", (latitude, -longitude)),
        ("north was taken for south", (-latitude, longitude)),
    )


def _is_on_earth(at: Point) -> bool:
    return abs(at[0]) <= 90 and abs(at[1]) <= 180


def _is_near(at: Point, country: str, gazetteer: Gazetteer) -> bool:
    city = gazetteer.near(round(at[0], 2), round(at[1], 2)) if _is_on_earth(at) else None
    return city is not None and city.country_code == country
