"""What changed between an event as it was and as it is: churn is no change."""

from collections.abc import Iterable
from typing import Any

from hobnob.events import Event, EventSource, Label, Override, Presence
from hobnob.moments import Moment
from hobnob.observations import Offer, Person, Place, Status
from hobnob.place_line import place_line
from indexer.catalogue import Fields
from indexer.identity.essence import essence, is_same_place, plain
from indexer.identity.moving import is_moved

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
#: Of these, only what came and what went is shown.
_DATES = frozenset({"rdate", "exdate", "overrides"})
_LONGEST = 160
_MOST_SHOWN = 5
_BEFORE_IT = 40


def differences(before: Event, after: Event) -> Fields:
    """The fields that differ, each as short text before and after. What counts of a value: see `essence`."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for name in CALENDAR + _NOTED:
        old, new = getattr(before, name), getattr(after, name)
        if old != new and _differs(name, old, new):
            found[name] = _shown_both(name, old, new)
    return found


def _differs(name: str, old: Any, new: Any) -> bool:
    return not is_same_place(old, new) if name == "place" else bool(essence(name, old) != essence(name, new))


def named(before: Event, after: Event, changed: Iterable[str]) -> str:
    """What happened, in one word; the weightiest counts.

    "hidden" or "shown" by hand; "cancelled"; "withdrawn" or "missing" from its sources; "reinstated" when it is back
    from any of these; "postponed"; "moved" to another time, another place, or online; else "changed".
    """
    fields = set(changed)
    status = after.status if "status" in fields else None
    if before.hidden != after.hidden:
        return "hidden" if after.hidden else "shown"
    if before.presence is not after.presence and status is not Status.CANCELLED:
        return "reinstated" if after.presence is Presence.PRESENT else after.presence.value
    if status in (Status.CANCELLED, Status.POSTPONED):
        return status.value
    if status is not None and before.status is Status.CANCELLED:
        return "reinstated"
    if is_moved(before, after, fields):
        return "moved"
    return "reinstated" if status is Status.SCHEDULED and before.status is Status.POSTPONED else "changed"


def _shown_both(name: str, old: Any, new: Any) -> tuple[str | None, str | None]:
    if name == "description" and old and new:
        return _first_difference(plain(old), plain(new))
    if isinstance(old, tuple) and isinstance(new, tuple) and (name in _DATES or max(len(old), len(new)) > _MOST_SHOWN):
        gone, come = ({essence(name, one) for one in some} for some in (new, old))
        old = tuple(one for one in old if essence(name, one) not in gone)
        new = tuple(one for one in new if essence(name, one) not in come)
    texts = shown(old), shown(new)
    if texts[0] == texts[1] and isinstance(old, Place) and isinstance(new, Place):
        return _with_point(old), _with_point(new)
    return texts


def _first_difference(old: str, new: str) -> tuple[str, str]:
    """Both texts from shortly before where they begin to differ."""
    place = next(
        (n for n, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), min(len(old), len(new))
    )
    first = old.rfind(" ", 0, max(0, place - _BEFORE_IT)) + 1
    if max(len(old), len(new)) <= _LONGEST:
        first = 0
    return _cut(old, first), _cut(new, first)


def _cut(text: str, first: int) -> str:
    rest = f"…{text[first:]}" if first else text
    return rest if len(rest) <= _LONGEST else f"{rest[: _LONGEST - 1]}…"


def _with_point(place: Place) -> str:
    return f"{shown(place) or ''} ({place.latitude}, {place.longitude})".strip()


def shown(value: Any) -> str | None:
    """A value as short text, for people who ask what changed; None for nothing."""
    match value:
        case None | () | "":
            return None
        case tuple():
            text = ", ".join(shown(one) or "" for one in value[:_MOST_SHOWN])
            text += f" and {len(value) - _MOST_SHOWN} more" if len(value) > _MOST_SHOWN else ""
        case Place():
            text = place_line(value)
        case Person():
            text = value.name
        case Label():
            text = value.id
        case EventSource():
            text = value.source
        case Offer():
            price = f"{value.price or '?'} {value.price_currency or ''}".strip()
            text = f"{price} ({value.availability})" if value.availability else price
        case Override():
            text = _shown_override(value)
        case Moment():
            text = str(value)
        case _:
            text = " ".join(str(value).split())
    return _cut(text, 0)


def _shown_override(override: Override) -> str:
    """ "2026-12-08T18:00:00[Europe/Berlin] cancelled", or where it is moved to."""
    status = "" if override.status is Status.SCHEDULED else override.status.value.replace("_", " ")
    moved = f"at {override.start_date}" if override.start_date != override.recurrence_id else ""
    return f"{override.recurrence_id} {' '.join(filter(None, (status, moved))) or 'as planned'}"
