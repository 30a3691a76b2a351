"""What changed between an event as it was and as it is: churn is no change."""

from collections.abc import Iterable
from typing import Any

from hobnob.distance import kilometres
from hobnob.events import Event, EventSource, Label, Override, Presence
from hobnob.moments import Moment, zone_info
from hobnob.observations import Offer, Person, Place, Status
from indexer.catalogue import Fields

__all__ = ["CALENDAR", "differences", "named", "shown"]

#: Fields whose change matters to a calendar: they raise the event's sequence.
CALENDAR = (
    *("name", "start_date", "end_date", "description", "url", "status", "presence", "attendance", "place"),
    *("virtual_location", "organizer", "rrule", "rdate", "exdate", "overrides"),
)
#: Fields whose change is noted all the same, for what is searched by them.
_NOTED = (
    *("performer", "attendee", "offers", "is_free", "keywords", "image", "in_language", "kind", "industries", "series"),
    *("hidden", "sources"),
)
_SAME_PLACE_KM = 0.2
_LONGEST = 160
_MOST_SHOWN = 5


def differences(before: Event, after: Event) -> Fields:
    """The fields that differ, each as short text before and after. Order, white space and reasons do not count."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for name in CALENDAR + _NOTED:
        old, new = getattr(before, name), getattr(after, name)
        if old != new and _essence(old) != _essence(new):
            found[name] = shown(old), shown(new)
    return found


def named(before: Event, after: Event, changed: Iterable[str]) -> str:
    """What happened, in one word: "hidden", "shown", "reinstated", "cancelled", "moved" or "changed"; the weightiest
    counts."""
    if before.hidden != after.hidden:
        return "hidden" if after.hidden else "shown"
    if before.presence is not Presence.PRESENT and after.presence is Presence.PRESENT:
        return "reinstated"
    if before.status is not after.status and Status.CANCELLED in (before.status, after.status):
        return "cancelled" if after.status is Status.CANCELLED else "reinstated"
    fields = set(changed)
    moved = "start_date" in fields and _rescheduled(before.start_date, after.start_date)
    moved = moved or ("place" in fields and _relocated(before.place, after.place))
    return "moved" if moved else "changed"


def _essence(value: Any) -> Any:
    """What counts of a value when it is compared."""
    match value:
        case str():
            return " ".join(value.split())
        case Label():
            return value.id
        case EventSource():
            return value.source
        case tuple():
            return frozenset(map(_essence, value))
        case _:
            return value


def _rescheduled(before: Moment, after: Moment) -> bool:
    """Whether it starts at another time; a time that becomes known, or is written in another zone, is the same."""
    if before.is_date or after.is_date:
        return before.date != after.date
    if all(moment.zone and zone_info(moment.zone) for moment in (before, after)):
        return before.utc() != after.utc()
    return before.wall != after.wall


def _relocated(before: Place | None, after: Place | None) -> bool:
    """Whether it is somewhere else; a place that becomes known, or better known, is the same."""
    if before is None or after is None:
        return False
    if None not in (before.latitude, before.longitude, after.latitude, after.longitude):
        here = (before.latitude or 0.0, before.longitude or 0.0)
        return kilometres(*here, after.latitude or 0.0, after.longitude or 0.0) > _SAME_PLACE_KM
    finest = "street_address" if before.street_address and after.street_address else "name"
    pairs = [(getattr(before, name), getattr(after, name)) for name in ("address_locality", finest)]
    return any(old and new and old.casefold() != new.casefold() for old, new in pairs)


def shown(value: Any) -> str | None:
    """A value as short text, for people who ask what changed; None for nothing."""
    match value:
        case None | () | "":
            return None
        case tuple():
            text = ", ".join(shown(one) or "" for one in value[:_MOST_SHOWN])
            text += f" and {len(value) - _MOST_SHOWN} more" if len(value) > _MOST_SHOWN else ""
        case Place():
            parts = filter(None, (value.name, value.street_address, value.address_locality))
            text = ", ".join(parts) or value.text or ""
        case Person():
            text = value.name
        case Label():
            text = value.id
        case EventSource():
            text = value.source
        case Offer():
            text = f"{value.price or '?'} {value.price_currency or ''}".strip()
        case Override():
            text = f"{value.recurrence_id}: {value.start_date} {value.status}"
        case _:
            text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
