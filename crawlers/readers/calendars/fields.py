"""The properties of an iCalendar component, and the values in them that are not times (RFC 5545, section 3.8)."""

import re
from dataclasses import dataclass, field

from icalendar.prop import vRecur

from crawlers.readers.calendars.content_lines import Component, Property
from crawlers.readers.places import coordinates
from crawlers.readers.plain_text import line, verbatim
from crawlers.readers.web_address import web
from hobnob.observations import Person, Place

__all__ = ["Fields", "fields_of", "keywords", "organizers", "picture", "point_of", "rules", "sequence", "venue_of"]

_MOST_KEYWORDS = 50
_MOST_RULES = 10
_LONGEST_RULE = 1000
_SMALL_NUMBER = re.compile(r"[0-9]{1,9}|1[0-9]{9}")
_COMMA = re.compile(r"(?<!\\),")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# What is left of a text that was escaped twice: nobody writes a backslash before a comma, or \n before a capital.
_STILL_ESCAPED = re.compile(r"\\[,;]|\\n(?=[A-Z\s\\*•-]|\Z)")


@dataclass(slots=True)
class Fields:
    """The properties of one component by name, and what typing loses on the way to an Observation.

    `component` is its name in capitals, `inside` the PARTICIPANTs and VLOCATIONs in it (RFC 9073). `raw` are values
    kept as written, by field name; `cut` says what was left out.
    """

    by_name: dict[str, list[Property]]
    component: str = "VEVENT"
    inside: list["Fields"] = field(default_factory=list)
    raw: dict[str, str] = field(default_factory=dict)
    cut: list[str] = field(default_factory=list)

    def first(self, name: str) -> Property | None:
        return self.by_name[name][0] if name in self.by_name else None

    def all(self, name: str) -> list[Property]:
        return self.by_name.get(name, [])

    def text(self, name: str) -> str:
        """The unescaped TEXT value (section 3.3.11) of the first property called `name`; "" without one."""
        return _unescaped(self.by_name[name][0].value) if name in self.by_name else ""

    def keep(self, name: str, value: str) -> None:
        """Notes in `raw` what the typed field `name` cannot hold."""
        self.raw[name] = line(value)


def fields_of(component: Component) -> Fields:
    by_name: dict[str, list[Property]] = {}
    for prop in component.properties():
        by_name.setdefault(prop.name, []).append(prop)
    return Fields(by_name, component.name, [fields_of(one) for one in component.inside])


def _unescaped(value: str) -> str:
    """A TEXT value (section 3.3.11) as it was meant; programs that copy calendars often escape it a second time."""
    text = _ESCAPED.sub(_meant, value)
    return _ESCAPED.sub(_meant, text) if _STILL_ESCAPED.search(text) else text


def _meant(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]


def keywords(fields: Fields) -> tuple[str, ...]:
    """CATEGORIES, each once, in order."""
    values = (_unescaped(one) for prop in fields.all("CATEGORIES") for one in _COMMA.split(prop.value))
    return tuple(dict.fromkeys(filter(None, map(line, values))))[:_MOST_KEYWORDS]


def organizers(fields: Fields) -> tuple[Person, ...]:
    """ORGANIZER by its common name and web address; e-mail addresses are left where they are."""
    found = []
    for prop in fields.all("ORGANIZER"):
        name = line(prop.params.get("CN", ""))
        if name and "@" not in name:
            found.append(Person(name=name, url=web(prop.value)))
    return tuple(found[:_MOST_KEYWORDS])


def rules(fields: Fields) -> tuple[str, ...]:
    """RRULEs as written but for spaces, if they are such (section 3.3.10); others go to `raw`."""
    good = []
    for prop in fields.all("RRULE")[:_MOST_RULES]:
        rule = verbatim(prop.value[:_LONGEST_RULE]).replace(" ", "")
        try:
            valid = "FREQ" in vRecur.from_ical(rule)
        except (ValueError, KeyError, OverflowError):
            valid = False
        if valid:
            good.append(rule)
        else:
            fields.keep("rrule", prop.value)
            fields.cut.append(f"RRULE is no recurrence rule: {line(prop.value, 80)!r}")
    return tuple(good)


def sequence(fields: Fields) -> int | None:
    value = fields.text("SEQUENCE").strip()
    return int(value) if _SMALL_NUMBER.fullmatch(value) else None


def picture(fields: Fields) -> str | None:
    """IMAGE (RFC 7986, section 5.10), or an ATTACH whose FMTTYPE is an image."""
    attached = [one for one in fields.all("ATTACH") if one.params.get("FMTTYPE", "").lower().startswith("image/")]
    return next(filter(None, (web(one.value) for one in [*fields.all("IMAGE"), *attached])), None)


def point_of(fields: Fields) -> tuple[float, float] | None:
    """Latitude and longitude by GEO ("55.9;-3.1"), or Apple's X-APPLE-STRUCTURED-LOCATION ("geo:55.9,-3.1")."""
    latitude, _, longitude = _unescaped(fields.text("GEO")).replace(",", ";").partition(";")
    if point := coordinates(latitude, longitude):
        return point
    scheme, _, value = fields.text("X-APPLE-STRUCTURED-LOCATION").partition(":")
    latitude, _, longitude = value.partition(";")[0].partition(",")
    return coordinates(latitude, longitude) if scheme.lower() == "geo" else None


def venue_of(fields: Fields) -> Place:
    """A VVENUE, the component by which Eventful and Upcoming gave places (draft-norris-ical-venue)."""
    point = point_of(fields)
    return Place(
        name=line(fields.text("NAME")) or None,
        street_address=line(fields.text("ADDRESS")) or None,
        address_locality=line(fields.text("CITY")) or None,
        address_region=line(fields.text("REGION")) or None,
        postal_code=line(fields.text("POSTALCODE")) or None,
        address_country=line(fields.text("COUNTRY")) or None,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        url=web(fields.text("URL")),
    )
