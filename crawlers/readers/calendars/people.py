"""Who organises, performs and attends: ORGANIZER and ATTENDEE (RFC 5545, 3.8.4), PARTICIPANT (RFC 9073, 7.1).

Nobody's e-mail address or telephone number is kept: a person is a name and an address on the web.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from crawlers.readers.calendars.content_lines import Property
from crawlers.readers.calendars.fields import Fields, address, unescaped
from crawlers.readers.plain_text import line
from hobnob.observations import Person

__all__ = ["People", "people", "room"]

_MOST = 200
_LONGEST_NAME = 200
_TYPES = {"INDIVIDUAL": "Person", "GROUP": "Organization"}
_NO_PEOPLE = ("ROOM", "RESOURCE")
_PERFORMERS = ("PERFORMER", "PRINCIPAL-PERFORMER", "SPEAKER")
_ORGANIZERS = ("PLANNER-CONTACT", "OWNER", "ORGANIZER", "CHAIR")
_ATTENDEES = ("ACTIVE", "ATTENDEE", "INDIVIDUAL", "GROUP")
_ESCAPED_BY_URL = re.compile(r"%[0-9A-Fa-f]{2}")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MAIL = re.compile(r"\S+@\S+")
_FORMATTED_NAME = re.compile(r"(?:\A|\n)FN(?:;[^:\n]*)?:([^\n]*)", re.IGNORECASE)


class People(NamedTuple):
    """Who is named in which role."""

    organizer: tuple[Person, ...]
    performer: tuple[Person, ...]
    attendee: tuple[Person, ...]


def people(fields: Fields) -> People:
    """All that are named, each once in each role.

    Who has ROLE=CHAIR leads the meeting, and is its organizer where no ORGANIZER is named. Who declined, takes no part
    (NON-PARTICIPANT), or is a room or a resource is left out; so are sponsors and contacts (kept in `raw`).
    """
    if not (fields.inside or "ORGANIZER" in fields.by_name or "ATTENDEE" in fields.by_name):
        return People((), (), ())
    organizer = list(filter(None, map(_person, fields.all("ORGANIZER"))))
    attending = [prop for prop in fields.all("ATTENDEE") if _takes_part(prop)]
    chairs = [prop for prop in attending if prop.params.get("ROLE", "").upper() in ("CHAIR", "ORGANIZER", "OWNER")]
    attendee = list(filter(None, (_person(prop) for prop in attending if prop not in chairs)))
    performer: list[Person] = []
    sponsors: list[str] = []
    for kind, person in _participants(fields):
        if kind in _PERFORMERS:
            performer.append(person)
        elif kind in _ORGANIZERS:
            organizer.append(person)
        elif kind in _ATTENDEES:
            attendee.append(person)
        elif kind == "SPONSOR":
            sponsors.append(person.name)
    if sponsors:
        fields.keep("sponsor", ", ".join(sponsors))
    leading = list(filter(None, map(_person, chairs)))
    if not organizer:
        organizer = leading
    else:
        attendee += [one for one in leading if one.name not in {other.name for other in organizer}]
    return People(_once(organizer), _once(performer), _once(attendee))


def room(fields: Fields) -> str | None:
    """The name of the first room among the attendees: where an event is that has no LOCATION."""
    rooms = (prop for prop in fields.all("ATTENDEE") if prop.params.get("CUTYPE", "").upper() == "ROOM")
    return next(filter(None, map(_name, rooms)), None)


def _once(found: list[Person]) -> tuple[Person, ...]:
    return tuple({(one.name, one.url): one for one in reversed(found)}.values())[::-1][:_MOST]


def _takes_part(prop: Property) -> bool:
    params = {key: value.upper() for key, value in prop.params.items()}
    return (
        params.get("CUTYPE") not in _NO_PEOPLE
        and params.get("ROLE") != "NON-PARTICIPANT"
        and params.get("PARTSTAT", params.get("STATUS")) != "DECLINED"
    )


def _person(prop: Property) -> Person | None:
    name = _name(prop)
    if name is None:
        return None
    kind = _TYPES.get(prop.params.get("CUTYPE", "").upper())
    return Person(name=name, type=kind, url=address(prop.value) or address(prop.params.get("DIR", "")))


def _name(prop: Property) -> str | None:
    """CN, also escaped as if it were a TEXT; without it, a value that is a name and no address."""
    if named := _named(unescaped(prop.params.get("CN", ""))):
        return named
    value = unescaped(prop.value)
    return None if _URI.match(value) else _named(value)


def _named(text: str) -> str | None:
    """`text` as a name: without a mail address beside it, and as it was before it was escaped for a URL (as The Events
    Calendar does); None if nothing is left."""
    if " " not in text and _ESCAPED_BY_URL.search(text):
        text = unquote(text)
    name = line(_MAIL.sub("", text), _LONGEST_NAME).strip(" \"'<>()[],;")
    return name if any(letter.isalnum() for letter in name) else None


def _participants(fields: Fields) -> Iterator[tuple[str, Person]]:
    """Each PARTICIPANT with a name, and its PARTICIPANT-TYPE in capitals."""
    for one in fields.inside:
        if one.component != "PARTICIPANT":
            continue
        called = one.text("CALENDAR-ADDRESS")
        stated = (one.text("NAME"), one.text("SUMMARY"), _card_name(one), _common_name(fields, called))
        name = next(filter(None, map(_named, stated)), None)
        if name:
            kind = one.text("PARTICIPANT-TYPE").strip(" :").upper()
            yield kind, Person(name=name, url=address(one.text("URL")) or address(called))


def _card_name(participant: Fields) -> str:
    """The name in a vCard that is written out as STRUCTURED-DATA (RFC 9073, 6.6)."""
    for prop in participant.all("STRUCTURED-DATA"):
        if found := _FORMATTED_NAME.search(unescaped(prop.value).replace("\r\n", "\n")):
            return unescaped(found[1])
    return ""


def _common_name(fields: Fields, called: str) -> str:
    """The CN by which an ATTENDEE or ORGANIZER of the same address goes."""
    same = (one for name in ("ATTENDEE", "ORGANIZER") for one in fields.all(name) if one.value == called)
    return next((one.params.get("CN", "") for one in same), "") if called else ""
