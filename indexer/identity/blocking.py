"""Under which keys an event is kept and looked up, so that only few others need be compared with it.

A key is a signed 64-bit number: 24 bits of time (a bucket of four days, 0 for none), then 40 of a digest of what two
descriptions of one event are likely to have in common. Keys of neighbouring days lie near each other.
"""

from functools import lru_cache
from hashlib import blake2b

from indexer.identity.name_words import weight_of
from indexer.identity.names import Name, initials
from indexer.identity.traits import Traits

__all__ = ["MOST", "blocks", "sought"]

MOST = 12
"""So many keys at most are kept for an event."""

_DAYS = 4
_CELL = 200  # cells per degree: about 500 m
_LONGEST_SPAN = 9
_MOST_WORDS = 4
_SIGN = 1 << 63


def blocks(traits: Traits) -> tuple[int, ...]:
    """The keys under which it is kept: MOST at most."""
    time = _time(traits.start_day // _DAYS)
    found = [*_undated(traits), *_times(traits, "r" if traits.recurs else "o")]
    found += [time | digest for digest in _exact(traits)]
    found += [time | digest for digest in _features(traits)]
    return tuple([key - _SIGN for key in dict.fromkeys(found[:MOST])])


def sought(traits: Traits) -> tuple[int, ...]:
    """The keys under which those that may be the same event are kept: of its own days and those around them."""
    around = 2 if traits.start_day == traits.end_day else 3
    buckets = range((traits.start_day - around) // _DAYS, (traits.start_day + around) // _DAYS + 1)
    found = [*_undated(traits), *_times(traits, "r")]
    exact = _exact(traits)
    digests = _features(traits)[: MOST - len(found) - len(exact)]
    found += _times(traits, "o") if traits.recurs else []
    here = _time(traits.start_day // _DAYS)
    found += [here | digest for digest in exact]
    for bucket in buckets:
        time = _time(bucket)
        found += [time | digest for digest in digests]
    return tuple([key - _SIGN for key in dict.fromkeys(found)])


def _time(bucket: int) -> int:
    return (bucket + 1 & 0xFFFFFF) << 40


@lru_cache(maxsize=100_000)
def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=5).digest(), "little")


def _undated(traits: Traits) -> list[int]:
    return [_digest(f"u{traits.url}")] if traits.url is not None and not traits.is_shared else []


def _times(traits: Traits, mark: str) -> list[int]:
    """What series have in common ("r"), and single times that others list of them ("o")."""
    if traits.wall is None or traits.start_day != traits.end_day or not (traits.recurs or traits.city):
        return []
    return [_digest(f"{mark}{traits.wall} {traits.city} {traits.name.letters}")]


def _exact(traits: Traits) -> list[int]:
    """What two descriptions share that agree to the minute, or in all days."""
    latitude, longitude = traits.latitude, traits.longitude
    found = []
    if traits.start is not None:
        if traits.is_precise and latitude is not None and longitude is not None:
            found.append(_digest(f"t{traits.start} {round(latitude * _CELL)} {round(longitude * _CELL)}"))
        if traits.venue is not None:
            found.append(_digest(f"v{traits.start} {max(traits.venue.split(), key=len)}"))
    elif 0 < traits.end_day - traits.start_day < _LONGEST_SPAN and latitude is not None and longitude is not None:
        found.append(_digest(f"s{traits.start_day} {traits.end_day} {round(latitude)} {round(longitude)}"))
    return found


def _features(traits: Traits) -> list[int]:
    """What two descriptions of one event share, most likely the first."""
    found, others = _of_name(traits.name)
    if traits.city is None:
        return [*found]
    here = str(traits.city)
    return [*found, *[_digest(f"{here} {text}") for text in others]]


@lru_cache(maxsize=5_000)
def _of_name(name: Name) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """What names share wherever they are, and what says something in one city only."""
    telling = _telling(name)
    found = [f"w{one}" for one in telling]
    if len(telling) < 2 and len(name.own) > 1:
        found.append("p" + " ".join(sorted(name.own[:2])))
    found.append(f"n{name.letters[:12]}")
    if letters := initials(name):
        found.append(f"i{letters}")
    here = (f"l{name.letters[:4]}", *(f"w{one}" for one in name.own[:3] if one not in telling))
    return tuple(map(_digest, found)), here


def _telling(name: Name) -> list[str]:
    """The words that tell most: rare ones first, those of who speaks or plays too."""
    words = dict.fromkeys((*name.own, *name.tail))
    rare = [one for one in words if weight_of(one) > 1][:_MOST_WORDS]
    return rare if len(rare) > 1 else rare + [one for one in words if weight_of(one) == 1][: _MOST_WORDS - 2]
