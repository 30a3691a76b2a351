"""Events of one document that share a UID although they differ: many programs give one to every occurrence."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from crawlers.readers import Reading
from crawlers.readers.fallback_uid import digest
from hobnob.observations import Follow, Observation

__all__ = ["told_apart"]

_R = TypeVar("_R", bound=Reading)


def told_apart(readings: Iterable[_R], *by: Callable[[Observation], tuple[object, ...]]) -> Iterator[_R]:
    """The readings in their order; an Observation or a Follow that is there twice comes once.

    Observations of one UID that differ in what a function of `by` gives get a UID made of that UID and of what it
    gives; those that still share one, by the next function.
    """
    found = list(readings)
    for traits in by:
        kinds: dict[str, set[tuple[object, ...]]] = {}
        for one in found:
            if isinstance(one, Observation):
                kinds.setdefault(one.uid, set()).add(traits(one))
        found = [
            replace(one, uid=digest(one.uid, *traits(one)))
            if isinstance(one, Observation) and len(kinds[one.uid]) > 1
            else one
            for one in found
        ]
    seen: set[object] = set()
    for one in found:
        key = one.uid if isinstance(one, Observation) else one if isinstance(one, Follow) else None
        if key is None or key not in seen:
            yield one
            seen.add(key)
