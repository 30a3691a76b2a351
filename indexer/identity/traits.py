"""What of one source's event is compared with others': worked out once, kept beside the observation."""

import re
from functools import lru_cache

import msgspec

from hobnob.events import Event
from hobnob.moments import Moment, zone_info
from hobnob.observations import Person, Place
from hobnob.placing import is_of_source, is_worked_out
from indexer.analysis.folding import fold
from indexer.identity.name_words import city_names
from indexer.identity.names import Name, parse
from indexer.identity.pages import canonical, is_shared
from indexer.identity.recurring import NEVER, repeats
from indexer.identity.streets import street_of

__all__ = ["Traits", "traits_of"]

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 120
_MOST_PEOPLE = 4
_NIGHT = 6  # o'clock: what ends before is over the day before
#: Words of a venue's name that many have.
_VENUE_WORDS = frozenset({
    "a", "an", "and", "at", "center", "centre", "das", "de", "der", "die", "el", "hall", "im", "in", "la", "le", "main",
    "of", "room", "the",
})  # fmt: skip


#: Of which a venue is called that is none ("Multiple locations", "to be announced").
_NO_VENUE = frozenset({
    "address", "announced", "around", "be", "citywide", "city", "different", "divers", "diverse", "diversi", "diversos",
    "diverses", "lieux", "location", "locations", "luoghi", "lugares", "many", "multiple", "online", "orte", "several",
    "tba", "tbc", "tbd", "to", "town", "unknown", "vari", "various", "varios", "venue", "venues", "verschiedene",
    "verschiedenen", "virtual", "zoom",
})  # fmt: skip


class Traits(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """Traits of one source's event.

    Days are proleptic Gregorian ordinals on the event's own clocks; `start` is the instant in minutes from 1970 UTC
    where time and clocks are known, `wall` the minute of the day as written. `city` is a GeoNames id; `is_guessed`: it
    is only the source's own. `latitude` and `longitude` are degrees; `is_precise`: not just of a city's centre.
    `here` are words of where it is as written, folded, as
    are `venue`, `street` and `organizers`. `url` is canonical (see pages), `is_shared` when many events may
    have it. `offset` is minutes from UTC of its clocks then. `over` is the minute at which it ends, if it ends on
    its first day. A series `repeats` on such days, `every` so many weeks, to `until_day`: see recurring.Repeats.
    """

    source: str
    uid: str
    name: Name
    start_day: int
    end_day: int
    start: int | None = None
    wall: int | None = None
    offset: int | None = None
    city: int | None = None
    country: str | None = None
    is_guessed: bool = False
    latitude: float | None = None
    longitude: float | None = None
    is_precise: bool = False
    venue: str | None = None
    street: str | None = None
    here: tuple[str, ...] = ()
    attendance: str = "offline"
    url: str | None = None
    is_shared: bool = False
    organizers: tuple[str, ...] = ()
    recurs: bool = False
    kind: str | None = None
    over: int | None = None
    repeats: tuple[str, ...] = ()
    every: int = 1
    until_day: int | None = None


def traits_of(event: Event) -> Traits:
    """The traits of a draft of one source, after its place has been judged."""
    place, why = event.place, event.place_why
    said = event.sources[0] if event.sources else None
    guessed = is_of_source(why)
    here = _words_here(place.address_locality, place.address_region) if place else ()
    around = _words_here(place.address_locality, place.text) if place else ()
    country = place.country_code if place else None
    page = canonical(event.url or (said.url if said else None))
    start_day, end_day = _days(event.start_date, event.end_date)
    start, wall, offset = _minutes(event.start_date)
    again = repeats(event.rrule, start_day) if event.rrule and not event.rdate else NEVER
    point = place is not None and place.latitude is not None and place.longitude is not None
    return Traits(
        source=said.source if said else "",
        uid=_clean(said.uid[:_LONGEST]) if said else "",
        name=parse(_clean(event.name), event.start_date.date.year, _called(here, place), country),
        start_day=start_day,
        end_day=end_day,
        start=start,
        wall=wall,
        offset=offset,
        city=place.geonames_id if place else None,
        country=country,
        is_guessed=guessed,
        latitude=place.latitude if place and point else None,
        longitude=place.longitude if place and point else None,
        is_precise=bool(place and point and not is_worked_out(why) and _is_fine(place.latitude, place.longitude)),
        venue=_venue(place, here) if place else None,
        street=street_of(place) if place else None,
        here=around,
        attendance=event.attendance.value,
        url=_clean(page) if page else None,
        is_shared=page is not None and is_shared(page),
        organizers=_people(event.organizer),
        recurs=bool(event.rrule or event.rdate),
        kind=event.kind.id if event.kind else None,
        over=_over(event.start_date, event.end_date) if event.end_date else None,
        repeats=again.days,
        every=again.every,
        until_day=again.until_day,
    )


def _clean(text: str) -> str:
    """Text that can be written as UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _days(start: Moment, end: Moment | None) -> tuple[int, int]:
    """First and last day; a night belongs to the day on which it begins."""
    first = start.date.toordinal()
    if end is None:
        return first, first
    last = end.date.toordinal()
    if last == first + 1 and start.time is not None and end.time is not None and end.time.hour < _NIGHT:
        last = first
    return first, max(first, last)


def _over(start: Moment, end: Moment) -> int | None:
    if end.time is None or end.date != start.date or end.zone != start.zone:
        return None
    return end.time.hour * 60 + end.time.minute


def _minutes(start: Moment) -> tuple[int | None, int | None, int | None]:
    if start.time is None:
        return None, None, None
    wall = start.time.hour * 60 + start.time.minute
    local = (start.date.toordinal() - 719163) * 1440 + wall
    zone = zone_info(start.zone) if start.zone else None
    if zone is None:
        return None, wall, None
    try:
        shift = zone.utcoffset(start.wall)
    except (OverflowError, ValueError):
        shift = None
    offset = round(shift.total_seconds() / 60) if shift is not None else 0
    return local - offset, wall, offset


def _is_fine(*degrees: float | None) -> bool:
    """Whether coordinates say more than a city: three decimals or more."""
    return any(value is not None and round(value, 2) != value for value in degrees)


@lru_cache(maxsize=20_000)
def _words_here(*names: str | None) -> tuple[str, ...]:
    words = [found for name in names if name for found in _WORD.findall(fold(name[:_LONGEST]))]
    some = list(dict.fromkeys(found for found in words if len(found) > 1))[:8]
    known = city_names()
    return tuple(dict.fromkeys(name for found in some for name in (found, *known.get(found, ()))))


def _called(here: tuple[str, ...], place: Place | None) -> frozenset[str]:
    """What the place may be called in a name: its words, and the first letters of a city's ("SF")."""
    return _with_initials(here, place.address_locality) if place and place.address_locality else frozenset(here)


@lru_cache(maxsize=20_000)
def _with_initials(here: tuple[str, ...], city: str) -> frozenset[str]:
    words = _WORD.findall(fold(city[:_LONGEST]))
    return frozenset((*here, "".join(one[0] for one in words))) if 2 <= len(words) <= 3 else frozenset(here)


@lru_cache(maxsize=20_000)
def _key(text: str) -> str:
    return _clean(" ".join(_WORD.findall(fold(text[:_LONGEST]))))


def _venue(place: Place, here: tuple[str, ...]) -> str | None:
    if not place.name:
        return None
    words = [one for one in _key(place.name).split() if one not in here and one not in _VENUE_WORDS]
    if words and _NO_VENUE.issuperset(words):
        return None
    return " ".join(words) or None


def _people(people: tuple[Person, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (_key(person.name) for person in people[:_MOST_PEOPLE]))))
