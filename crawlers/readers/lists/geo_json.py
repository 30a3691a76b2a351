"""GeoJSON (RFC 7946): events as the `properties` of a Feature, their place as its geometry.

GeoJSON says nothing of what properties are called: the names that calendars, open-data portals and map makers use are
known here; a source may declare others. Positions are longitude before latitude (section 3.1.1). What is no point is
placed at the mean of its positions. A document is a FeatureCollection, a Feature, a list or a sequence (RFC 8142).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from crawlers.readers import Context, Reading
from crawlers.readers.declared.rows import observations
from crawlers.readers.declared.values import Entry, Value, linked
from crawlers.readers.lists import paths
from crawlers.readers.lists.json_document import Document
from crawlers.readers.lists.json_entries import Located, list_of, next_page
from crawlers.readers.places import coordinates
from crawlers.readers.plain_text import line
from hobnob.errors import ReadError
from hobnob.sources import Pick

__all__ = ["VERSION", "features", "is_feature", "point", "read", "recognises"]

VERSION = "geo-json/1"

_MOST_POSITIONS = 10_000
_NO_LETTER = re.compile(r"[\W_]+")
#: The fields of a row, and what properties that hold them are called, but for case, spaces and hyphens.
_NAMES = {
    "name": "name|title|eventname|eventtitle|event|label|headline|nameen|titleen|titel|bezeichnung|nom|titre|titrefr"
    "|nombre|titulo|titolo|naam|namn|nazwa|nimi|summary",
    "start_date": "start|startdate|startdatetime|startsat|startat|starts|begin|begins|begindate|beginsat|beginson"
    "|datestart|datebegin|datetimestart|dtstart|eventdate|eventstart|eventstartdate|date|datetime|when|from|fromdate"
    "|firstdate|datum|beginn|startdatum|von|datedebut|datededebut|debut|fecha|fechainicio|inicio|datainizio|dataora"
    "|data|datainicio|begindatum|eventdatetime|eventstartdatetime|startdt|dateofevent|dates|startzeit|starttime",
    "end_date": "end|enddate|enddatetime|endsat|endat|ends|dateend|datetimeend|dtend|eventend|eventenddate|todate|until"
    "|lastdate|endson|ende|enddatum|bis|datefin|datedefin|fin|fechafin|datafine|datafim|einddatum|eventenddatetime|enddt|endzeit|endtime",
    "start_time": "starttime|eventtime|starthour|uhrzeit|startzeit|heuredebut|horainicio|orainizio|begintijd",
    "end_time": "endtime|endhour|endzeit|heurefin|horafin|orafine|eindtijd",
    "time": "time|hours|times|zeit|heure|horaires|hora|horario|ora|orario|tijd",
    "description": "description|desc|details|text|body|content|longdescription|shortdescription|beschreibung|descriptif"
    "|descriptionfr|descripcion|descrizione|descricao|omschrijving|beskrivning|opis",
    "url": "url|link|website|web|homepage|eventurl|eventlink|permalink|href|moreinfo|weblink|lien|siteweb|enlace|sito",
    "venue": "venue|venuename|place|placename|location|locationname|site|ort|veranstaltungsort|lieu|nomlieu|lugar|luogo"
    "|locatie|plats|miejsce",
    "address": "address|streetaddress|street|fulladdress|venueaddress|addressline1|adresse|strasse|adresselieu"
    "|direccion|indirizzo|endereco|adres|adress",
    "city": "city|town|locality|addresslocality|municipality|stadt|gemeinde|ville|commune|ciudad|citta|comune|cidade"
    "|stad|gemeente|miasto",
    "region": "region|state|province|addressregion|bundesland|departement|provincia|estado",
    "postal_code": "postalcode|postcode|zip|zipcode|plz|codepostal|codigopostal|cap|cep",
    "country": "country|countrycode|addresscountry|land|pays|pais|paese|kraj",
    "status": "status|eventstatus|cancelled|canceled",
    "online": "online|isonline|virtual|attendancemode",
    "image": "image|imageurl|picture|photo|thumbnail|bild",
    "organizer": "organizer|organiser|organizername|host|hostedby|organisation|organization|veranstalter|organisateur"
    "|organizador|organizzatore|organisator",
    "keywords": "keywords|tags|categories|category|type|eventtype|topic|topics|kategorie|categorie|categoria|motscles",
    "price": "price|cost|fee|preis|eintritt|prix|tarif|precio|prezzo|preco",
    "uid": "uid|guid|uuid|eventid|id|identifier|slug",
    "language": "language|inlanguage|lang",
    "latitude": "latitude|lat|geolat|y",
    "longitude": "longitude|lon|lng|long|geolng|geolon|x",
}
_FIELDS = {name: Pick(at=name) for name in _NAMES}
_KNOWN = {name: called.split("|") for name, called in _NAMES.items()}


def recognises(value: Any) -> bool:
    """Whether it is a FeatureCollection or a Feature, or a list of such."""
    return any(_is_collection(one) or is_feature(one) for one in list_of(value)[:50])


def read(document: Document, context: Context) -> Iterator[Reading]:
    """The events among the features; those that cannot be read as Skipped.

    Raises ReadError when there are features, and none has a property for a date.
    """
    found = [one for one in features(document) if is_feature(one[0])]
    rows = [_Row(feature, context) for feature, _ in found]
    if rows and not any(row.find("start_date") for row in rows[:1000]):
        names = dict.fromkeys(line(name, 40) for row in rows[:20] for name in row.properties)
        raise ReadError(
            "GeoJSON without events: no property is called like a date",
            hint=f"declare the fields; its properties are {', '.join(islice(names, 30))}" if names else None,
        )
    entries = (Entry(row.find, where) for row, (_, where) in zip(rows, found, strict=True))
    yield from observations(entries, _FIELDS, context, version=VERSION)
    yield from next_page(document, context)


def features(document: Document) -> Iterator[Located]:
    """The features of collections and those that stand alone."""
    for value, where in document.values:
        for one in list_of(value):
            inner = one.get("features") if _is_collection(one) else one
            for feature in list_of(inner):
                yield feature, where


def is_feature(value: Any) -> bool:
    """Whether it is a Feature (RFC 7946, section 3.2)."""
    return (
        isinstance(value, Mapping) and value.get("type") == "Feature" and ("properties" in value or "geometry" in value)
    )


def _is_collection(value: Any) -> bool:
    return isinstance(value, Mapping) and value.get("type") == "FeatureCollection"


def point(feature: Mapping[str, Any]) -> tuple[float, float] | None:
    """Latitude and longitude of a Feature: its point, or the mean of the positions of another geometry."""
    positions = list(islice(_positions(feature.get("geometry")), _MOST_POSITIONS))
    if len(positions) > 2 and positions[0] == positions[-1]:
        positions.pop()
    if not positions:
        return None
    east, north = (sum(one[axis] for one in positions) / len(positions) for axis in (0, 1))
    return coordinates(north, east)


def _positions(geometry: Any) -> Iterator[tuple[float, float]]:
    waiting = [geometry]
    for _ in range(10 * _MOST_POSITIONS):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, Mapping):
            waiting += [value.get("geometries"), value.get("coordinates")]
        elif isinstance(value, list):
            numbers = [one for one in value[:2] if type(one) in (int, float) and abs(one) <= 180]
            if len(numbers) == 2:
                yield float(numbers[0]), float(numbers[1])
            else:
                waiting += reversed(value[:_MOST_POSITIONS])


def _folded(name: str) -> str:
    """Letters and digits in lower case, without accents."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKD", name[:100]).encode("ascii", "ignore").decode()).casefold()


class _Row:
    """One feature by the fields of a row."""

    def __init__(self, feature: Mapping[str, Any], context: Context) -> None:
        properties = feature.get("properties")
        self.properties: Mapping[str, Any] = properties if isinstance(properties, Mapping) else {}
        self._folded: dict[str, Any] = {}
        for name, value in self.properties.items():
            self._folded.setdefault(_folded(name), value)
        self._feature = feature
        self._language = context.language or ""

    def find(self, name: str) -> list[Value]:
        if name in ("latitude", "longitude") and (place := point(self._feature)):
            return [Value(str(place[name == "longitude"]))]
        for called in _KNOWN.get(name, ()):
            if texts := [one for one in self._texts(self._folded.get(called)) if one.strip()]:
                return [linked(one) for one in texts]
        own = self._feature.get("id")
        return [Value(own)] if name == "uid" and isinstance(own, str) and not own.isdigit() else []

    def _texts(self, value: Any) -> list[str]:
        """Texts and numbers; of an object its text in the source's language, or what it calls its name."""
        if isinstance(value, Mapping):
            names = (self._language, "name", "title", "en", *islice(value, 1))
            value = next((value[name] for name in names if value.get(name) is not None), None)
        return [text for one in list_of(value)[:100] if (text := paths.text(one))]
