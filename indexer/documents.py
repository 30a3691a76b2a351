"""What an engine indexes: for each event, what its documents share and the times at which it happens.

Engine-neutral: terms are made here, once, by the project's own analysis, so that every engine finds the same.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from hobnob import jsonlines, taxonomy
from hobnob.events import Event, Occurrence, Presence
from hobnob.observations import Place, Status
from hobnob.queries import Hit
from indexer.analysis import fold, tokens

__all__ = ["NEVER", "EventDocument", "Time", "event_document"]

_MIDNIGHT = dt.time()
_SUMMARY = 300
_READABLE = 5_000
_LONGEST_CITY = 200

NEVER = -(2**40)
"""Before any time and any day: the `prev_…` of a first occurrence."""


class Time(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One occurrence as numbers. Seconds count from 1970-01-01 UTC; days are proleptic ordinals (date.toordinal).

    `end` and `last_day` belong to the last second in which it still runs, so that a thing that ends at midnight
    does not reach into the next day. `prev_end` and `prev_last_day` are the latest among the event's earlier
    occurrences of the same chain (cancelled ones, or all others), `..._any` among all earlier ones; NEVER if none.
    `when` is the JSON of {"start_date", "end_date"} as Moments, `month` is local, "2026-12".
    """

    key: str
    start: int
    end: int
    first_day: int
    last_day: int
    prev_end: int
    prev_last_day: int
    prev_end_any: int
    prev_last_day_any: int
    status: str
    month: str
    when: bytes


class EventDocument(msgspec.Struct, frozen=True, kw_only=True):
    """What all documents of one event share. Tokens are as indexer.analysis makes them.

    `card` is the JSON of a hobnob.queries.Hit, to which a Time adds its dates and status. `description` is its readable
    beginning, which engines may store for people and do not search.
    """

    event_id: str
    name_tokens: tuple[str, ...]
    body_tokens: tuple[str, ...]
    industries: tuple[str, ...] = ()
    kind: str | None = None
    attendance: str = "offline"
    sources: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    language: str | None = None
    free: bool | None = None
    country: str | None = None
    city: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    card: bytes
    description: str | None = None
    times: tuple[Time, ...] = ()


def event_document(event: Event, occurrences: Sequence[Occurrence]) -> EventDocument:
    """What an engine indexes of `event` at `occurrences`; one that is withdrawn or hidden has no times, so that nothing
    finds it.

    The city is the label that facets count: the locality's usual name and the country ("Zürich, CH"), since one name
    can mean towns in several countries.
    """
    place = event.place or Place()
    return EventDocument(
        event_id=event.id,
        name_tokens=tuple(tokens(event.name, event.in_language)),
        body_tokens=tuple(tokens(_body(event, place), event.in_language)),
        industries=tuple(label.id for label in event.industries),
        kind=event.kind.id if event.kind else None,
        attendance=event.attendance.value,
        sources=tuple(dict.fromkeys(source.source for source in event.sources)),
        people=tuple(dict.fromkeys(fold(name) for name in _people(event))),
        language=event.in_language,
        free=event.is_free,
        country=place.country_code,
        city=_city(place),
        latitude=place.latitude,
        longitude=place.longitude,
        card=_card(event),
        description=event.description[:_READABLE] if event.description else None,
        times=() if event.hidden or event.presence == Presence.WITHDRAWN else tuple(_times(occurrences)),
    )


def _body(event: Event, place: Place) -> str:
    """All text but the name. Facts come before the description, so that a long one cannot crowd them out."""
    facts = [place.name, place.text, place.street_address, place.address_locality, place.address_region]
    facts += [place.address_country, *event.keywords, *_people(event)]
    for label in event.industries:
        facts += _label_names("industry", label.id, event.in_language)
    if event.kind:
        facts += _label_names("kind", event.kind.id, event.in_language)
    return "\n".join(filter(None, (*facts, event.description)))


@lru_cache(maxsize=4096)
def _label_names(closed_list: str, label: str, language: str | None) -> tuple[str, ...]:
    """The names of an industry or kind in the event's language and in English; none when the list lacks the id."""
    entries = taxonomy.industries() if closed_list == "industry" else taxonomy.kinds()
    entry = next((entry for entry in entries if entry.id == label), None)
    return tuple(dict.fromkeys((entry.name(language), entry.name("en")))) if entry else ()


def _people(event: Event) -> Iterator[str]:
    for people in (event.organizer, event.performer, event.attendee):
        for person in people:
            yield person.name


def _city(place: Place) -> str | None:
    if place.address_locality and place.country_code:
        return f"{place.address_locality[:_LONGEST_CITY]}, {place.country_code}"
    return place.address_locality[:_LONGEST_CITY] if place.address_locality else None


def _card(event: Event) -> bytes:
    hit = Hit(
        id=event.id,
        name=event.name,
        start_date=event.start_date,
        end_date=event.end_date,
        status=event.status,
        attendance=event.attendance,
        kind=event.kind.id if event.kind else None,
        industries=tuple(label.id for label in event.industries),
        place=event.place,
        virtual_location=event.virtual_location,
        url=event.url,
        organizer=tuple(person.name for person in event.organizer),
        performer=tuple(person.name for person in event.performer),
        sources=tuple(dict.fromkeys(source.source for source in event.sources)),
        is_free=event.is_free,
        in_language=event.in_language,
        series=event.series,
        recurring=event.recurs,
        summary=_summary(event.description),
    )
    return jsonlines.encode(hit)


def _summary(description: str | None) -> str | None:
    """The beginning of a description on one line, cut between words where it has any."""
    if not description:
        return None
    text = " ".join(description[: _SUMMARY * 4].split())
    if len(text) <= _SUMMARY:
        return text
    return text[:_SUMMARY].rpartition(" ")[0] + " …" if " " in text[:_SUMMARY] else text[:_SUMMARY] + "…"


def _times(occurrences: Sequence[Occurrence]) -> Iterator[Time]:
    """The occurrences in the order of start, then key, each knowing what came before it in its chain and in all."""
    ends = {False: NEVER, True: NEVER}
    last_days = {False: NEVER, True: NEVER}
    for start, key, _, occurrence in sorted(_placed(occurrences)):
        end = max(start, int(occurrence.end_utc.timestamp()) - 1)
        first = occurrence.start.date
        first_day = first.toordinal()
        last_day = max(first_day, _last_day(occurrence))
        cancelled = occurrence.status is Status.CANCELLED
        prev_end, prev_last_day = ends[cancelled], last_days[cancelled]
        yield Time(
            key=key,
            start=start,
            end=end,
            first_day=first_day,
            last_day=last_day,
            prev_end=prev_end,
            prev_last_day=prev_last_day,
            prev_end_any=max(prev_end, ends[not cancelled]),
            prev_last_day_any=max(prev_last_day, last_days[not cancelled]),
            status=occurrence.status,
            month=first.isoformat()[:7],
            when=_when(occurrence),
        )
        ends[cancelled], last_days[cancelled] = max(prev_end, end), max(prev_last_day, last_day)


def _placed(occurrences: Sequence[Occurrence]) -> Iterator[tuple[int, str, int, Occurrence]]:
    """Each occurrence after what it is sorted by: its start in seconds, its key, and its place, which settles ties."""
    for place, occurrence in enumerate(occurrences):
        named = occurrence.recurrence_id or occurrence.start
        key = named.date.isoformat() if named.time is None else f"{named.date}T{named.time}"
        yield int(occurrence.start_utc.timestamp()), key, place, occurrence


def _last_day(occurrence: Occurrence) -> int:
    """The day of the last second: what ends at midnight does not reach into the next day."""
    end = occurrence.end
    return end.date.toordinal() - (end.time == _MIDNIGHT and end != occurrence.start)


def _when(occurrence: Occurrence) -> bytes:
    """Without an end where none is known: a time that ends as it starts, or a single day."""
    end = occurrence.end if occurrence.end != occurrence.start else None
    return jsonlines.encode({"start_date": occurrence.start, "end_date": end})
