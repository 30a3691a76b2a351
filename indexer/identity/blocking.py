"""Under which keys an event is kept and looked up, so that only few others need be compared with it.

A key is a signed 64-bit number: 24 bits of time (a bucket of four days, 0 for none), then 40 of a digest of what two
descriptions of one event are likely to have in common. Keys of neighbouring days lie near each other.
"""

from functools import lru_cache
from hashlib import blake2b

from indexer.identity.name_words import Says, word
from indexer.identity.names import initials
from indexer.identity.traits import Traits

__all__ = ["MOST", "blocks", "sought"]

MOST = 10
"""So many keys at most are kept for an event."""

_DAYS = 4
_CELL = 200  # cells per degree: about 500 m
_SIGN = 1 << 63


def blocks(traits: Traits) -> tuple[int, ...]:
    """The keys under which it is kept: MOST at most."""
    time = _time(traits.start_day // _DAYS)
    found = _undated(traits) + [time | _digest(text) for text in _features(traits)]
    return tuple([key - _SIGN for key in dict.fromkeys(found)][:MOST])


def sought(traits: Traits) -> tuple[int, ...]:
    """The keys under which those that may be the same event are kept: of its own days and those around them."""
    around = 2 if traits.start_day == traits.end_day else 3
    buckets = range((traits.start_day - around) // _DAYS, (traits.start_day + around) // _DAYS + 1)
    undated = _undated(traits)
    digests = [_digest(text) for text in _features(traits)][: MOST - len(undated)]
    found = undated + [time | digest for time in map(_time, buckets) for digest in digests]
    return tuple([key - _SIGN for key in dict.fromkeys(found)])


def _time(bucket: int) -> int:
    return (bucket + 1 & 0xFFFFFF) << 40


@lru_cache(maxsize=100_000)
def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=5).digest(), "little")


def _undated(traits: Traits) -> list[int]:
    found = []
    if traits.url is not None and not traits.is_shared:
        found.append(_digest(f"u{traits.url}"))
    if traits.recurs and traits.name.letters:
        found.append(_digest(f"r{traits.start_day % 7} {traits.wall} {traits.name.letters}"))
    return found


def _features(traits: Traits) -> list[str]:
    """What two descriptions of one event share, most likely the first."""
    name, city = traits.name, traits.city
    own = name.own
    found = []
    if traits.start is not None and traits.is_precise and traits.latitude is not None and traits.longitude is not None:
        found.append(f"t{traits.start} {round(traits.latitude * _CELL)} {round(traits.longitude * _CELL)}")
    elif traits.start is not None and traits.venue is not None:
        found.append(f"t{traits.start} {traits.venue}")
    telling = [one for one in own if word(one).says is Says.OWN][:2]
    found += [f"w{one}" for one in telling]
    if len(own) > 1:
        found.append("p" + " ".join(sorted(own[:2])))
    if city is not None:
        found += [f"w{city} {one}" for one in own[:3] if one not in telling]
        found.append(f"l{city} {name.letters[:4]}")
    found.append(f"n{name.letters[:12]}")
    if letters := initials(name):
        found.append(f"i{letters}")
    return found
