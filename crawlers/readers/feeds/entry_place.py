"""Where an entry says that its event is.

ev:location (RSS event module), xCal's location and x-calconnect-venue, gd:where, georss:featurename and georss:point
(GeoRSS Simple), gml:Point (GeoRSS GML, latitude first), geo:lat and geo:long (W3C Basic Geo), and what producers call
venue, street, city and such.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from crawlers.readers.feeds.entry import Entry, content_of
from crawlers.readers.feeds.names import bare, name_of, prefix_of
from crawlers.readers.places import coordinates, from_text
from crawlers.readers.plain_text import line, prose
from crawlers.readers.web_address import web
from hobnob.observations import Place

__all__ = ["place_of"]

_WHOLE = {"location", "venue", "place", "xcalconnectvenue", "adr", "address", "geolocation", "where", "point", "geo"}
_FIELDS = {
    "name": (
        "venuename",
        "locationname",
        "placename",
        "featurename",
        "venue",
        "name",
        "libraryname",
        "building",
        "parknames",
    ),
    "number": ("number", "housenumber", "streetnumber"),
    "street_address": (
        "streetaddress",
        "street",
        "address1",
        "venueaddress",
        "locationaddress",
        "addressline1",
        "addr",
    ),
    "address_locality": ("addresslocality", "city", "locality", "town", "venuecity", "eventcity"),
    "address_region": ("addressregion", "region", "state", "province", "venuestate"),
    "postal_code": ("postalcode", "postcode", "zip", "zipcode", "venuezip", "venuepostcode"),
    "address_country": ("addresscountry", "country", "countryname", "venuecountry"),
    "latitude": ("latitude", "lat", "venuelat", "venuelatitude"),
    "longitude": ("longitude", "long", "lon", "lng", "venuelong", "venuelng", "venuelongitude"),
    "point": ("point", "pos", "coordinates", "latlong", "latlng", "geo"),
    "text": ("location", "where", "place", "address", "formattedaddress", "campus"),
    "url": ("venueurl", "venuewebsite", "mapurl"),
}
_FIELD = {word: (field, rank) for field, words in _FIELDS.items() for rank, word in enumerate(words)}
_ADDRESS = ("street_address", "address_locality", "address_region", "postal_code", "address_country")
_NOT_OF_PLACES = {"dc", "dcterms", "media", "itunes", "podcast", "rdf", "thr", "sy", "app", "wfw", "slash", "content"}
_PAIR = re.compile(
    r"\s*([+-]?\d{1,3}(?:\.\d+)?)\s*[\s,;]\s*([+-]?\d{1,3}(?:\.\d+)?)(?:[\s,;]\s*[+-]?\d+(?:\.\d+)?)?\s*"
)
_WGS84 = re.compile(r"4326|4979|crs84|wgs", re.IGNORECASE)
_LEVELS = 4


def place_of(entry: Entry) -> tuple[Place | None, str | None]:
    """The place, and the address of an online meeting; None for what the entry does not say."""
    found: dict[str, tuple[int, str]] = {}
    for field, rank, text in _said(entry):
        if text and (field not in found or rank < found[field][0]):
            found[field] = (rank, text)
    words = {field: line(text) for field, (_, text) in found.items()}
    place, meeting = from_text(found["text"][1]) if "text" in found else (None, None)
    if url := web(words.get("url")):
        place = replace(place or Place(), url=url)
    name = words.get("name")
    if "number" in words and words.get("street_address", "")[:1].isalpha():
        words["street_address"] = f"{words['number']} {words['street_address']}"
    address = tuple(words.get(field) or None for field in _ADDRESS)
    if name and place and place.text and place.text.casefold() != name.casefold() and not any(address):
        place = replace(place, name=name)
    elif name:
        place = replace(place or Place(), name=name)
    if any(address):
        street, city, region, code, country = address
        place = replace(
            place or Place(),
            street_address=street,
            address_locality=city,
            address_region=region,
            postal_code=code,
            address_country=country,
        )
    if point := _point(words):
        place = replace(place or Place(), latitude=point[0], longitude=point[1])
    return place, meeting


def _said(entry: Entry) -> Iterator[tuple[str, int, str]]:
    """(field, how little it is to be preferred, text) of what speaks of a place."""
    for name, elements in entry.named.items():
        if prefix_of(name) in _NOT_OF_PLACES or (not prefix_of(name) and bare(name) in ("name", "number")):
            continue
        word = bare(name).removeprefix("event")
        if word in _FIELD or word in _WHOLE:
            yield from _of(elements[0], word, _LEVELS)


def _of(element: Any, word: str, levels: int) -> Iterator[tuple[str, int, str]]:
    if word == "where" and (text := element.get("valueString")):
        yield "text", 0, text
    if not len(element) or word not in _WHOLE:
        field, rank = _FIELD.get(word, ("", 0))
        if field and not (field == "point" and not _WGS84.search(element.get("srsName") or "4326")):
            yield field, rank, prose(content_of(element), limit=1000) or ""
    elif levels and _WGS84.search(element.get("srsName") or "4326"):
        for child in element:
            if isinstance(child.tag, str):
                inside = bare(name_of(child.tag, child.prefix)).removeprefix("xcalconnect").removeprefix("event")
                # A place's own point or address counts for less than one of the entry's.
                yield from ((field, rank + 1, text) for field, rank, text in _of(child, inside, levels - 1))


def _point(words: dict[str, str]) -> tuple[float, float] | None:
    """Degrees from a pair (latitude first), or from two elements."""
    if pair := _PAIR.fullmatch(words.get("point", "")):
        return coordinates(pair[1], pair[2])
    return coordinates(words.get("latitude"), words.get("longitude"))
