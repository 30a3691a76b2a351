"""Time zones that a calendar defines itself (RFC 5545, 3.6.5), as tzinfo."""

import bisect
import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from operator import itemgetter

from hobnob import recurrence, recurrence_starts
from hobnob.feeds.observances import Observance, observances

__all__ = ["CustomZone", "custom_zone"]

_FIRST, _MIDDLE, _LAST = dt.datetime(1970, 1, 1), dt.datetime(2030, 1, 1), dt.datetime(2100, 1, 1)  # noqa: DTZ001
_ZERO = dt.timedelta()


class CustomZone(dt.tzinfo):
    """A zone by its changes: `onsets` are wall times before the change, ascending, each with the offsets around it.

    A wall time that a change repeats is its first occurrence when `fold` is 0; one that it skips is read with the
    offset before the change.
    """

    def __init__(self, name: str, onsets: list[tuple[dt.datetime, dt.timedelta, dt.timedelta]]) -> None:
        self.name = name
        self._walls = [wall for wall, _, _ in onsets]
        self._onsets = onsets

    def utcoffset(self, when: dt.datetime | None) -> dt.timedelta:
        if when is None:
            return self._onsets[0][2]
        wall = when.replace(tzinfo=None)
        place = bisect.bisect_right(self._walls, wall) - 1
        if place < 0:
            return self._onsets[0][1]
        onset, before, after = self._onsets[place]
        if after > before and not when.fold and wall < onset + (after - before):
            return before
        if place + 1 < len(self._onsets):
            following, now, then = self._onsets[place + 1]
            if then < now and when.fold and wall >= following - (now - then):
                return then
        return after

    def dst(self, when: dt.datetime | None) -> dt.timedelta:
        return _ZERO

    def tzname(self, when: dt.datetime | None) -> str:
        return self.name

    def fromutc(self, when: dt.datetime) -> dt.datetime:
        """The wall time of a UTC one that carries this zone, as datetime.astimezone asks for it."""
        naive = when.replace(tzinfo=None)
        offset, fold = self._onsets[0][1], 0
        for wall, before, after in self._onsets:
            instant = wall - before
            if naive < instant:
                break
            offset, fold = after, int(after < before and naive < instant + (before - after))
        return (naive + offset).replace(tzinfo=self, fold=fold)


@lru_cache(maxsize=256)
def custom_zone(vtimezone: str, name: str) -> CustomZone | None:
    """The zone that the VTIMEZONE called `name` in `vtimezone` defines, from 1970 to 2100; None when it cannot be read.

    Without a name it is the first one.
    """
    onsets = [onset for observance in observances(vtimezone, name) for onset in _onsets(observance)]
    return CustomZone(name, sorted(onsets, key=itemgetter(0))) if onsets else None


def _onsets(observance: Observance) -> Iterator[tuple[dt.datetime, dt.timedelta, dt.timedelta]]:
    """When it takes effect, with the offsets before and after; a rule that is none adds nothing."""
    start = observance.onsets[0]
    walls = set(observance.onsets)
    for text in observance.rules:
        with suppress(ValueError):
            rule = recurrence.parse(text, dt.timezone(observance.before), False)
            walls.update(recurrence_starts.starts(rule, start, low=_FIRST, high=_LAST, around=_MIDDLE))
    return ((wall, observance.before, observance.after) for wall in walls)
