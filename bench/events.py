"""Events of the published mix with the times at which they happen: what identification would have made of it."""

import datetime as dt
from collections.abc import Iterator

from bench.mix import TODAY, observations
from bench.mix_words import CITIES
from hobnob.events import Event, EventSource, Label, Occurrence
from hobnob.observations import Attendance, Observation, Place
from indexer.occurrences import occurrences

__all__ = ["INDUSTRIES", "NOW", "events_with_times"]

NOW = dt.datetime.combine(TODAY, dt.time(12), dt.timezone.utc)
INDUSTRIES = ("technology", "health", "finance", "design", "education", "energy", "law", "media", "music", "science")
KINDS = ("meetup", "conference", "barcamp", "workshop", "talk")
_CITIES = {name: (country, zone, latitude, longitude) for name, country, zone, latitude, longitude, _ in CITIES}


def events_with_times(documents: int) -> Iterator[tuple[Event, list[Occurrence]]]:
    """Events until their occurrences are `documents`; the last one's are cut off there."""
    left = documents
    for number, observation in enumerate(observations(documents)):
        event = _event(number, observation)
        times = occurrences(event, now=NOW)[:left]
        left -= len(times)
        yield event, times
        if not left:
            return


def _event(number: int, seen: Observation) -> Event:
    """An id as random as real ones; a place without coordinates is its city's, as the gazetteer would find it."""
    return Event(
        id=f"{number * 2654435761 % 2**40:010x}",
        name=seen.name,
        start_date=seen.start_date,
        end_date=seen.end_date,
        description=seen.description,
        url=seen.url,
        attendance=seen.event_attendance_mode or Attendance.OFFLINE,
        kind=Label(id=KINDS[number % len(KINDS)], score=0.9),
        industries=(
            Label(id=INDUSTRIES[number % 7], score=0.9),
            Label(id=INDUSTRIES[number % len(INDUSTRIES)], score=0.5),
        ),
        place=_place(seen.location) if seen.location else None,
        virtual_location=seen.virtual_location,
        organizer=seen.organizer,
        performer=seen.performer,
        keywords=seen.keywords,
        is_free=seen.offers[0].price == "0" if seen.offers else None,
        in_language=seen.in_language,
        rrule=seen.rrule,
        sources=(EventSource(source=seen.source, uid=seen.uid, url=seen.url),),
    )


def _place(seen: Place) -> Place:
    country, zone, latitude, longitude = _CITIES[seen.address_locality or ""]
    located = seen.latitude is not None and seen.longitude is not None
    return Place(
        name=seen.name,
        street_address=seen.street_address,
        address_locality=seen.address_locality,
        address_country=seen.address_country,
        latitude=seen.latitude if located else latitude,
        longitude=seen.longitude if located else longitude,
        country_code=country,
        time_zone=zone,
    )
