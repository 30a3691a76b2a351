"""How one takes part: on site, on a call, or either. A thing apart from the place."""

import re

from hobnob.observations import Attendance, Observation, Place, Status
from indexer.enrich.attendance_words import (
    CALL,
    EITHER,
    HINTS,
    LOCATION,
    NAME,
    NAME_ALONE,
    NAME_HINTS,
    NEGATED,
    STREAMED,
    TEXT,
)

__all__ = ["attendance", "says_online"]

_ADDRESS = re.compile(r"https?://\S*")
#: Of a text, this much is read.
READ_CHARS = 3000
#: So many characters before and after a word that speaks of the net are looked at, for so many of these.
BEFORE, AFTER, MOST_HINTS = 80, 60, 8


def says_online(place: Place) -> bool:
    """Whether a declared location speaks of the net: its words, or the address of a call."""
    parts = (place.name, place.text, place.street_address, place.address_locality)
    words = " ".join(part[:READ_CHARS] for part in parts if part)
    if "http" in words and (CALL.search(words) or not _ADDRESS.sub("", words).strip()):
        return True
    return bool(LOCATION.search(_ADDRESS.sub(" ", words)) or (place.url and CALL.match(place.url)))


def attendance(observation: Observation, *, has_place: bool) -> Attendance:
    """What is declared; else judged from the words of location, name and description and from the address of a call.

    `has_place`: the observation itself says where on earth it is. An event with both a place and a call is mixed.
    """
    if observation.event_status is Status.MOVED_ONLINE:
        return Attendance.ONLINE
    if observation.event_attendance_mode is not None:
        return observation.event_attendance_mode
    where = observation.location
    name = _if_it_hints(observation.name[:READ_CHARS])
    said = _if_it_hints(" ".join(part[:READ_CHARS] for part in (where.name, where.text) if part)) if where else ""
    text = (observation.description or "")[:READ_CHARS]
    told = _around_hints(text)
    if (
        (name and EITHER.search(name))
        or (said and EITHER.search(said))
        or (told and (_says(EITHER, told) or _says(STREAMED, told)))
    ):
        return Attendance.MIXED
    joins = bool(observation.virtual_location or (observation.url and CALL.match(observation.url)))
    joins = joins or (where is not None and says_online(where))
    if joins or _name_says(name, has_place) or ("http" in text and CALL.search(text)) or (told and _says(TEXT, told)):
        return Attendance.MIXED if has_place else Attendance.ONLINE
    return Attendance.OFFLINE


def _if_it_hints(name: str) -> str:
    """A name or location that may speak of the net; else "", so that it is not searched."""
    lower = name.lower()
    return name if any(hint in lower for hint in NAME_HINTS) else ""


def _name_says(name: str, has_place: bool) -> bool:
    return bool(name) and bool(NAME.search(name) or (not has_place and NAME_ALONE.search(name)))


def _around_hints(text: str) -> str:
    """What stands around the first words of a text that may speak of the net, each on a line; "" if there is none."""
    lower = text.lower()
    if not (found := [hint for hint in HINTS if hint in lower]):
        return ""
    starts: list[int] = []
    for hint in found:
        at = lower.find(hint)
        while at >= 0 and len(starts) < MOST_HINTS:
            starts.append(at)
            at = lower.find(hint, at + AFTER)
    parts: list[str] = []
    end = 0
    for at in sorted(starts):
        if at + AFTER > end:
            parts.append(text[max(end, at - BEFORE) : at + AFTER])
            end = at + AFTER
    return "\n".join(parts)


def _says(words: re.Pattern[str], text: str) -> bool:
    """Whether a text says so, and does not deny it: "this is not a virtual event"."""
    return any(not NEGATED.search(text, max(0, at.start() - 24), at.start()) for at in words.finditer(text))
