"""Under which keys an event is kept and looked up, so that only few others need be compared with it.

A key is a signed 64-bit number: 24 bits of time (a bucket of four days, 0 for none), then 40 of a digest of what two
descriptions of one event are likely to have in common. Keys of neighbouring days lie near each other.
"""

from hashlib import blake2b

from indexer.identity.traits import Traits

__all__ = ["blocks", "sought"]

_DAYS = 4
_MOST_WORDS = 4
_CELL = 200  # cells per degree: about 500 m
_SIGN = 1 << 63


def blocks(traits: Traits) -> tuple[int, ...]:
    """The keys under which it is kept: ten at most."""
    found = _undated(traits)
    bucket = traits.start_day // _DAYS
    return tuple(dict.fromkeys([_key(bucket, text) for text in _features(traits)] + found))


def sought(traits: Traits) -> tuple[int, ...]:
    """The keys under which those that may be the same event are kept: of its own days and those around them."""
    found = _undated(traits)
    features = _features(traits)
    # An end is no start; but one who counts a day of workshops starts a little earlier, another a little later.
    buckets = range((traits.start_day - 3) // _DAYS, (traits.start_day + 3) // _DAYS + 1)
    return tuple(dict.fromkeys([_key(bucket, text) for bucket in buckets for text in features] + found))


def _key(bucket: int, text: str) -> int:
    digest = int.from_bytes(blake2b(text.encode(), digest_size=5).digest(), "little")
    return ((bucket & 0xFFFFFF) << 40 | digest) - _SIGN


def _undated(traits: Traits) -> list[int]:
    found = []
    if traits.url is not None and not traits.is_shared:
        found.append(_key(0, f"u{traits.url}"))
    if traits.recurs and traits.name.letters:
        found.append(_key(0, f"r{traits.start_day % 7} {traits.wall} {traits.name.letters}"))
    return found


def _features(traits: Traits) -> list[str]:
    name = traits.name
    where = traits.city or "-"
    words = name.own[:_MOST_WORDS] or name.generic[:2] or (name.letters[:40] or name.text[:40],)
    found = [f"w{where} {one}" for one in words]
    if traits.city is not None:
        found += [f"w- {one}" for one in words[:2]]
    found.append(f"l{name.letters[:8]}")
    if len(name.own) > 1:
        found.append("p" + " ".join(sorted(name.own[:3])[:2]))
    if traits.start is not None and traits.is_precise and traits.latitude is not None and traits.longitude is not None:
        found.append(f"t{traits.start} {round(traits.latitude * _CELL)} {round(traits.longitude * _CELL)}")
    return found
