"""How the times and the places of two events agree."""

import enum

from hobnob.distance import kilometres
from indexer.identity.name_words import is_country
from indexer.identity.tokens import in_order
from indexer.identity.traits import Traits

__all__ = ["When", "Where", "are_named_for_two", "fits", "is_namesake", "when", "where"]

#: Between the centres of a city and a suburb of it; and beyond it, two cities.
SAME_CITY_KM = 45.0
#: Two points of one venue.
SAME_VENUE_KM = 0.25
#: Minutes between doors and start; and what nobody takes for the same hour.
SAME_START, OTHER_START = 35, 95
#: Days before or after that one counts and the other does not: workshops, arrival.
MOST_DAYS = 3
#: A page or list that gives the whole of a long event and one of its days is not of one event.
LONGEST_OVERLAP = 5


#: Territories with codes of their own that addresses also give as their state.
_WITHIN = {"HK": "CN", "MO": "CN", "PR": "US", "GU": "US", "VI": "US", "GP": "FR", "MQ": "FR", "RE": "FR", "GF": "FR"}


class Where(enum.IntEnum):
    """How near two events are."""

    APART = 0
    DISTANT = 1  # in two cities of one country
    UNKNOWN = 2
    CITY = 3
    VENUE = 4


class When(enum.IntEnum):
    """How their times agree."""

    APART = 0
    NEAR = 1  # a day or few between, no overlap
    OTHER_HOUR = 2
    OVERLAP = 3
    DAY = 4
    MINUTE = 5


def when(a: Traits, b: Traits) -> When:
    """How the times of two events agree; those that happen on one day, to the minute."""
    days = abs(a.start_day - b.start_day)
    if days > LONGEST_OVERLAP:
        return When.APART
    is_long = a.end_day > a.start_day or b.end_day > b.start_day
    if a.wall and b.wall and days <= 1:  # midnight is written for an hour that nobody knows
        hours = _by_the_clock(a, b, is_long)
        if hours is not None:
            return hours
    if not days:
        return When.DAY
    if a.start_day <= b.end_day and b.start_day <= a.end_day:
        return When.OVERLAP
    gap = max(a.start_day - b.end_day, b.start_day - a.end_day)
    return When.NEAR if gap <= 1 or (is_long and days <= MOST_DAYS) else When.APART


def _by_the_clock(a: Traits, b: Traits, is_long: bool) -> When | None:
    """For two that start at known times, on one day or around midnight; None where that decides nothing."""
    if a.start is not None and b.start is not None:
        minutes = abs(a.start - b.start)
    elif a.start_day == b.start_day and a.wall is not None and b.wall is not None:
        minutes = abs(a.wall - b.wall)
    else:
        return None
    if minutes > 5 and not is_long and a.start_day == b.start_day and (_is_over(a, b) or _is_over(b, a)):
        return None if _is_zone_error(a, b, minutes) else When.OTHER_HOUR
    if minutes <= SAME_START:
        return When.MINUTE if minutes <= 5 else When.DAY
    if is_long:
        return None
    if minutes <= OTHER_START or _is_zone_error(a, b, minutes):
        return When.DAY
    return When.OTHER_HOUR if a.start_day == b.start_day else When.APART


def _is_over(a: Traits, b: Traits) -> bool:
    """Whether one is over when the other begins."""
    return a.over is not None and a.wall is not None and b.wall is not None and a.wall < a.over <= b.wall


def _is_zone_error(a: Traits, b: Traits, minutes: int) -> bool:
    """Whether one wrote local time as UTC, or the other way round."""
    return a.offset != b.offset and minutes in (abs(a.offset or 0), abs(b.offset or 0))


def where(a: Traits, b: Traits) -> tuple[Where, float | None]:
    """How near two events are, and the kilometres between them if both have coordinates."""
    is_named = (a.venue is not None and a.venue == b.venue) or (a.street is not None and a.street == b.street)
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        if a.country and b.country and _state(a.country) != _state(b.country):
            return (Where.UNKNOWN if a.is_guessed or b.is_guessed else Where.APART), None
        is_house = a.street is not None and a.street == b.street and any(map(str.isdigit, a.street))
        is_one = is_house or (is_named and a.country == b.country)
        return (Where.VENUE if is_one else Where.UNKNOWN), None
    km = kilometres(a.latitude, a.longitude, b.latitude, b.longitude)
    if km <= SAME_CITY_KM or (a.city is not None and a.city == b.city):
        is_point = a.is_precise and b.is_precise and km <= SAME_VENUE_KM
        return (Where.VENUE if is_named or is_point else Where.CITY), km
    if a.is_guessed or b.is_guessed:
        return Where.UNKNOWN, km
    return (Where.DISTANT if a.country == b.country and a.country is not None else Where.APART), km


def _state(country: str) -> str:
    """The country that another list may give for one with a code of its own (ISO 3166-1)."""
    return _WITHIN.get(country, country)


def is_namesake(a: Traits, b: Traits) -> bool:
    """Whether the words for where they are agree, though they were found in two cities: one was placed wrongly."""
    return any(one in b.here and len(one) > 2 and not is_country(one) for one in a.here)


def fits(a: Traits, b: Traits, near: Where) -> bool:
    """Whether the places that two names speak of may be one: "PyCon DE" in Berlin, but not "PyCon Israel" elsewhere."""
    mine, theirs = _named(a), _named(b)
    if mine == theirs:
        return True
    if near >= Where.CITY:
        return _fits_place(mine, a) and _fits_place(theirs, b)
    if mine and theirs:
        return bool(mine & theirs)
    return (_fits_place(mine, b) or _says_city(a, b)) and (_fits_place(theirs, a) or _says_city(b, a))


def _says_city(a: Traits, b: Traits) -> bool:
    """Whether the name of one says where the other is: there are many cities of one name."""
    words = in_order(a.name.text)
    return any(one in words for one in b.here if len(one) > 2 and not is_country(one))


def are_named_for_two(a: Traits, b: Traits) -> bool:
    """Whether the name of one says the city that it is in, and that of the other says another city."""
    return _is_named_for_other(a, b) or _is_named_for_other(b, a)


def _is_named_for_other(a: Traits, b: Traits) -> bool:
    if "" not in a.name.places or a.city is None or "" in b.name.places:
        return False
    cities = [one for one in b.name.places if one[:1] == "#"]
    return bool(cities) and f"#{a.city}{a.country}" not in cities and not _says_city(b, a)


def _named(traits: Traits) -> set[str]:
    """The countries that its name speaks of, by code, and the parts of the world."""
    return {one if one[0] == "~" else one[-2:] for one in traits.name.places if one}


def _fits_place(named: set[str], traits: Traits) -> bool:
    """Whether an event that speaks of these countries can be in the country of another."""
    countries = {one for one in named if one[0] != "~"}
    return not countries or traits.country is None or traits.is_guessed or traits.country in countries
