"""Whether the venues of two events are one, by what they are called: "Kane Hall" and "University, Kane Hall" may be."""

import enum
from functools import lru_cache

from indexer.identity.name_words import weight_of
from indexer.identity.traits import Traits

__all__ = ["OTHER_VENUE_KM", "Venue", "venues"]

#: Two venues of one city are so far apart at least.
OTHER_VENUE_KM = 2.0
#: What tells parts of one venue apart, or where in it: two rooms are no two venues.
_ROOMS = frozenset({
    "annex", "area", "arena", "auditorium", "ballroom", "bar", "buhne", "conference", "courtyard", "deck",
    "downstairs", "entrance", "etage", "floor", "foyer", "gallery", "garden", "grounds", "hall", "lawn", "level",
    "lobby", "lot", "lounge", "lower", "main", "mainstage", "meeting", "outdoor", "outside", "patio", "plaza", "raum",
    "rooftop", "room", "saal", "sala", "salle", "site", "stage", "stock", "studio", "suite", "terrace", "theater",
    "theatre", "upper", "upstairs",
})  # fmt: skip

#: What a house is, or who it belongs to: left out as often as not.
_HOUSES = frozenset({
    "art", "arts", "beer", "books", "brewery", "brewing", "cafe", "church", "club", "co", "college", "company",
    "cultural", "gmbh", "hotel", "inc", "library", "llc", "ltd", "museum", "park", "performing", "pub", "restaurant",
    "school", "state", "taproom", "tavern", "temple", "university", "vineyard", "vineyards", "winery",
})  # fmt: skip


#: Grounds with several houses on them, of which one source may name the grounds, and the other the house.
_GROUNDS = frozenset({
    "campus", "fairground", "fairgrounds", "messegelande", "park", "parc", "parco", "parque", "zoo", "volkspark",
    "stadtpark", "terrain", "gelande", "jardins", "gardens",
})  # fmt: skip


class Venue(enum.IntEnum):
    APART = 0
    UNKNOWN = 1
    SAME = 2


def venues(a: Traits, b: Traits, km: float | None) -> Venue:
    """What the names of two venues, their streets and points say; `km` between the events, if known."""
    if a.is_precise and b.is_precise and km is not None and km > OTHER_VENUE_KM:
        return Venue.APART
    if a.street is not None and a.street == b.street:
        return Venue.SAME
    if _is_named(a, b) or _is_named(b, a):
        return Venue.SAME
    return _called(*sorted((a.venue, b.venue))) if a.venue and b.venue else Venue.UNKNOWN


def _is_named(a: Traits, b: Traits) -> bool:
    """Whether the name of one event says the venue that the other gives."""
    if not b.venue:
        return False
    words = _telling(b.venue)
    return bool(words) and words <= {*a.name.own, *a.name.tail}


@lru_cache(maxsize=20_000)
def _called(one: str, other: str) -> Venue:
    mine, theirs = _telling(one), _telling(other)
    if one == other:
        return Venue.SAME
    if not mine or not theirs:
        if _GROUNDS.isdisjoint(one.split()) != _GROUNDS.isdisjoint(other.split()):
            return Venue.UNKNOWN
        return Venue.APART if _are_plainly_two(one.split(), other.split()) else Venue.UNKNOWN
    if mine.isdisjoint(theirs):
        if _GROUNDS.isdisjoint(one.split()) != _GROUNDS.isdisjoint(other.split()):
            return Venue.UNKNOWN
        return (
            Venue.UNKNOWN if "".join(sorted(mine)) == "".join(sorted(theirs)) or _is_joined(one, other) else Venue.APART
        )
    return Venue.APART if _are_branches(one.split(), other.split()) else Venue.SAME


def _are_plainly_two(one: list[str], other: list[str]) -> bool:
    """Whether common words alone tell two venues apart ("public library", "city church")."""
    if len(one) < 2 or len(other) < 2 or not set(one).isdisjoint(other):
        return False
    return not any(word in _ROOMS or not word.isalpha() for word in (*one, *other))


def _is_joined(one: str, other: str) -> bool:
    """Whether one is written as one word, the other as several: "hopmonk", "hop monk"."""
    mine, theirs = one.replace(" ", ""), other.replace(" ", "")
    return mine.startswith(theirs) or theirs.startswith(mine)


def _are_branches(one: list[str], other: list[str]) -> bool:
    """Whether two houses of one owner are named: what follows the same beginning tells them apart."""
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    mine, theirs = one[same:], other[same:]
    if not same or not mine or not theirs or not set(mine).isdisjoint(theirs):
        return False
    if all(word in _HOUSES for word in mine) or all(word in _HOUSES for word in theirs):
        return False
    return not any(word in _ROOMS or len(word) < 3 or not word.isalpha() for word in (*mine, *theirs))


@lru_cache(maxsize=20_000)
def _telling(venue: str) -> frozenset[str]:
    """The words of a venue's name that few venues have."""
    return frozenset(word for word in venue.split() if weight_of(word) > 1 and word.isalpha() and word not in _ROOMS)
