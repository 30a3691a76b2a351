"""One Observation of two that describe one event: of each field what is most precise, the first one believed where both
are equally so.
"""

from dataclasses import fields, replace

from crawlers.readers.web_address import is_front_page
from hobnob.moments import Moment
from hobnob.observations import Observation, Person, Place, Status

__all__ = ["merged"]

_TOGETHER = ("start_date", "end_date", "rrule", "rdate", "exdate", "recurrence_id", "vtimezone")
_JUDGED = ("source", "uid", "name", "raw", "reader", "component", "description", "url", "event_status", "location")
_PEOPLE = ("organizer", "performer", "attendee")
_FILLED = tuple(one.name for one in fields(Observation) if one.name not in (*_TOGETHER, *_JUDGED, *_PEOPLE))
_PARTS = ("street_address", "address_locality", "address_region", "postal_code", "address_country")
_POINT = ("latitude", "longitude")
_ONE_PLACE = 0.02  # degrees: pages of one event differ by so much
_CUT = ("…", "...", "[…]", "[...]", "[&hellip;]")
# "Scheduled" is what templates always say.
_WEIGHT = (Status.SCHEDULED, Status.RESCHEDULED, Status.MOVED_ONLINE, Status.POSTPONED, Status.CANCELLED)


def merged(first: Observation, second: Observation) -> Observation:
    """`first`, with what `second` says more precisely, or alone."""
    dates, other = (second, first) if _says_more(second, first) else (first, second)
    changes: dict[str, object] = {name: getattr(dates, name) for name in _TOGETHER}
    changes["end_date"] = _end(dates, other)
    if not dates.rrule and not dates.rdate and dates.start_date.date == other.start_date.date:
        changes |= {name: getattr(other, name) for name in ("rrule", "rdate", "exdate")}
    changes |= {name: getattr(second, name) for name in _FILLED if getattr(first, name) in (None, ())}
    changes |= {name: _people(getattr(first, name), getattr(second, name)) for name in _PEOPLE}
    changes["description"] = _description(first.description, second.description)
    changes["url"] = _url(first.url, second.url)
    changes["event_status"] = max(
        filter(None, (first.event_status, second.event_status)), key=_WEIGHT.index, default=None
    )
    changes["location"] = _place(first.location, second.location)
    changes["raw"] = _raw(first, second, dates)
    return replace(first, **changes)  # type: ignore[arg-type]  # each value is of the field whose name it has


def _says_more(one: Observation, other: Observation) -> bool:
    """Whether the start of `one` is the more precise: known rather than guessed, with a time, with a zone, and on the
    clocks of the place rather than in UTC."""

    def precision(of: Observation) -> tuple[bool, ...]:
        start: Moment = of.start_date
        guessed = "start_date" in of.raw.get("guess", "")
        return not start.is_date, not guessed, start.zone is not None, start.zone not in (None, "UTC")

    return precision(one) > precision(other)


def _end(dates: Observation, other: Observation) -> Moment | None:
    """The end that goes with the start; where it has none, or only a day, the other one's if that comes after it."""
    end, more = dates.end_date, other.end_date
    if more is None or more.is_date != dates.start_date.is_date:
        return end
    if end is not None and (not end.is_date or dates.start_date.is_date or more.date != end.date):
        return end
    if dates.start_date.is_date:
        return more
    if (more.zone is None) != (dates.start_date.zone is None):
        more = replace(more, zone=dates.start_date.zone) if more.wall > dates.start_date.wall else None
    return more if more is not None and more.utc() >= dates.start_date.utc() else end


def _people(first: tuple[Person, ...], second: tuple[Person, ...]) -> tuple[Person, ...]:
    """The first ones, their addresses filled in; the second ones where there are no first."""
    if not first or not second:
        return first or second
    known = {person.name.casefold(): person for person in second}
    found = []
    for person in first:
        same = known.get(person.name.casefold(), person)
        found.append(
            replace(
                person,
                type=person.type or same.type,
                url=person.url or same.url,
                same_as=person.same_as or same.same_as,
            )
        )
    return tuple(found)


def _description(first: str | None, second: str | None) -> str | None:
    """The longer one; but one that was cut off only if the other one has no more."""
    if not first or not second:
        return first or second
    return max((first, second), key=lambda text: (len(text.removesuffix("…")), not text.endswith(_CUT)))


def _url(first: str | None, second: str | None) -> str | None:
    return second if second and (first is None or (is_front_page(first) and not is_front_page(second))) else first


def _place(first: Place | None, second: Place | None) -> Place | None:
    """Both together, if they can be one place; else the one that says where more precisely."""
    if first is None or second is None:
        return first or second
    better, other = (second, first) if _detail(second) > _detail(first) else (first, second)
    if _contradict(first, second):
        return better
    gaps = {one.name: getattr(other, one.name) for one in fields(Place) if getattr(better, one.name) is None}
    if better.latitude is not None:
        gaps = {name: value for name, value in gaps.items() if name not in _POINT}
    if any(getattr(better, name) for name in _PARTS) or gaps.get("name") == better.text:
        gaps.pop("text", None)
    return replace(better, **gaps)


def _detail(place: Place) -> int:
    parts = sum(1 for name in _PARTS if getattr(place, name))
    return 2 * parts + 2 * (place.latitude is not None) + bool(place.name) + bool(place.text)


def _contradict(first: Place, second: Place) -> bool:
    """Whether they differ in something that a place has one of."""
    for name in ("postal_code", "address_locality", "street_address"):
        one, other = (_plain(getattr(place, name)) for place in (first, second))
        if one and other and one not in other and other not in one:
            return True
    return any(
        one is not None and other is not None and abs(one - other) > _ONE_PLACE
        for one, other in ((first.latitude, second.latitude), (first.longitude, second.longitude))
    )


def _plain(text: str | None) -> str:
    return "".join(letter for letter in (text or "").casefold() if letter.isalnum())


def _raw(first: Observation, second: Observation, dates: Observation) -> dict[str, str]:
    """What both could not type, and the guesses of the one whose dates hold."""
    raw = {**second.raw, **first.raw}
    raw.pop("guess", None)
    if guess := dates.raw.get("guess"):
        raw["guess"] = guess
    return raw
