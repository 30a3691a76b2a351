"""jCal, iCalendar as JSON (RFC 7265): ["vcalendar", [properties], [components]], one of them or an array of them.

Its properties become those of a calendar (content_lines.Property), so that the same code says what they mean.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from crawlers.readers import Context, Reading
from crawlers.readers.calendars.about import about
from crawlers.readers.calendars.components import DEEPEST, MOST_CALENDARS, MOST_EVENTS, MOST_INSIDE
from crawlers.readers.calendars.content_lines import MOST_PROPERTIES, Property
from crawlers.readers.calendars.fields import Fields
from crawlers.readers.calendars.observation import EventMapping
from crawlers.readers.calendars.overrides import has_ranges, settled
from crawlers.readers.calendars.rules import written
from crawlers.readers.fallback_uid import bounded, digest
from crawlers.readers.faults import skipped
from crawlers.readers.looks_like import looks_like
from crawlers.readers.plain_text import verbatim
from hobnob.errors import ReadError
from hobnob.moments import Moment
from hobnob.observations import Observation, Skipped

__all__ = ["VERSION", "read"]

VERSION = "jcal/1"

_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": None, ",": "\\,", ";": "\\;"})
_MOST_VALUES = 5000
_TEXT = ("text", "")


def read(data: bytes, context: Context) -> Iterator[Reading]:
    """What the calendars in `data` say of themselves, and their events; what could not be read as Skipped.

    Raises ReadError when `data` is no jCal.
    """
    try:
        found = list(islice(_calendars(json.loads(data)), MOST_CALENDARS))
    except (ValueError, RecursionError) as error:
        raise ReadError(f"no jCal: {error} (it looks like {looks_like(data)})") from error
    if not found:
        raise ReadError('no jCal: there is no ["vcalendar", ...] in it')
    owns = [_fields(calendar, 0) for calendar in found]
    if told := about(owns):
        yield told
    events = _told_apart(_events(found, owns, context))
    yield from settled(events) if has_ranges(data) else events


def _calendars(found: Any) -> Iterator[list[Any]]:
    """A component is [name, properties, components]; a stream of calendars is an array of such (section 3.2)."""
    if _is_component(found, "VCALENDAR"):
        yield found
    elif isinstance(found, list):
        yield from (one for one in found if _is_component(one, "VCALENDAR"))


def _is_component(found: Any, *names: str) -> bool:
    """Whether it is a component, called by one of these names if there are any."""
    whole = isinstance(found, list) and len(found) > 1 and isinstance(found[0], str) and isinstance(found[1], list)
    return whole and (not names or found[0].upper() in names)


def _inside(component: list[Any], *names: str) -> Iterator[list[Any]]:
    inner = component[2] if len(component) > 2 and isinstance(component[2], list) else []
    return (one for one in inner if _is_component(one, *names))


def _events(calendars: list[list[Any]], owns: list[Fields], context: Context) -> Iterator[Reading]:
    number = 0
    for calendar, own in zip(calendars, owns, strict=True):
        zones = islice(_inside(calendar, "VTIMEZONE"), MOST_INSIDE)
        venues = (_fields(one, 1) for one in islice(_inside(calendar, "VVENUE"), MOST_INSIDE))
        mapping = EventMapping(own, (_time_zone(one) for one in zones), venues, context, VERSION)
        for event in _inside(calendar, "VEVENT"):
            number += 1
            if number > MOST_EVENTS:
                yield skipped(f"more than {MOST_EVENTS} events: the rest was left out", context)
                return
            for one in mapping.event(_fields(event, 1)):
                yield replace(one, reason=f"event {number}: {one.reason}") if isinstance(one, Skipped) else one


def _told_apart(readings: Iterator[Reading]) -> Iterator[Reading]:
    """With a UID of its own for an event of another name that used the UID of one before (it should not)."""
    names: dict[tuple[str, Moment | None], str] = {}
    for one in readings:
        if isinstance(one, Observation):
            first = names.setdefault((one.uid, one.recurrence_id), one.name)
            yield one if one.name == first else replace(one, uid=bounded(f"{one.uid}-{digest(one.name)}"))
        else:
            yield one


def _fields(component: list[Any], depth: int) -> Fields:
    by_name: dict[str, list[Property]] = {}
    for one in component[1][:MOST_PROPERTIES]:
        if prop := _property(one):
            by_name.setdefault(prop.name, []).append(prop)
    inner = islice(_inside(component, "PARTICIPANT", "VLOCATION"), MOST_INSIDE) if 0 < depth < DEEPEST else ()
    return Fields(by_name, component[0].upper(), [_fields(one, depth + 1) for one in inner])


def _property(found: Any) -> Property | None:
    """[name, parameters, type, value, ...] (section 3.4); None for what is none."""
    if not (isinstance(found, list) and len(found) > 3 and isinstance(found[0], str) and isinstance(found[1], dict)):
        return None
    kind = str(found[2]).lower()
    params = {str(name).upper(): _parameter(value) for name, value in found[1].items()}
    if kind not in (*_TEXT, "unknown"):
        params.setdefault("VALUE", kind.upper())
    values = (_value(one, kind) for one in found[3 : 3 + _MOST_VALUES])
    return Property(found[0].upper(), params, ",".join(values).strip())


def _parameter(value: Any) -> str:
    return ",".join(map(_scalar, value[:_MOST_VALUES])) if isinstance(value, list) else _scalar(value)


def _value(value: Any, kind: str) -> str:
    """A value as a content line has it (sections 3.4.1.3 and 3.6)."""
    if isinstance(value, dict) and kind == "recur":
        return ";".join(f"{str(name).upper()}={_parameter(part).upper()}" for name, part in value.items())
    if isinstance(value, list):
        return ("/" if kind == "period" else ";").join(map(_scalar, value[:_MOST_VALUES]))
    text = _scalar(value)
    return text.translate(_ESCAPES) if kind in _TEXT else text


def _scalar(value: Any) -> str:
    """A string, number or boolean as text; "" for anything else, which has no place there."""
    if isinstance(value, bool):
        return str(value).upper()
    return str(value) if isinstance(value, (str, int, float)) else ""


def _time_zone(component: list[Any]) -> str:
    """A VTIMEZONE as text, as it travels with the moments that need it."""
    return "\r\n".join(_lines(component, 0))


def _lines(component: list[Any], depth: int) -> Iterator[str]:
    name = verbatim(component[0]).upper()
    yield f"BEGIN:{name}"
    for one in component[1][:MOST_PROPERTIES]:
        if prop := _property(one):
            yield verbatim(f"{prop.name}:{_basic(prop.value, str(one[2]).lower())}")
    if depth < 1:
        for inner in islice(_inside(component, "STANDARD", "DAYLIGHT"), MOST_INSIDE):
            yield from _lines(inner, depth + 1)
    yield f"END:{name}"


def _basic(value: str, kind: str) -> str:
    """A value in ISO 8601's basic form, which content lines have, where jCal has the extended one."""
    match kind:
        case "date" | "date-time":
            return value.replace("-", "").replace(":", "")
        case "utc-offset":
            return value.replace(":", "")
        case "recur":
            return written(value) or value
        case _:
            return value
