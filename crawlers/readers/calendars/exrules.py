"""EXRULE (RFC 2445, section 4.8.5.2), which later calendars no longer have: what it takes out, as EXDATEs."""

import datetime as dt
import itertools
from collections.abc import Iterable
from heapq import merge

from crawlers.readers.calendars.fields import Fields
from crawlers.readers.calendars.rules import MOST_RULES, parsed, starts, written
from crawlers.readers.plain_text import line
from hobnob import recurrence_starts
from hobnob.moments import Moment

__all__ = ["MOST_EXRULES", "MOST_TAKEN_OUT", "Exrules"]

MOST_EXRULES = 50
"""EXRULEs of one calendar that are followed, and of one event as many as it may have RRULEs."""

MOST_TAKEN_OUT = 2000
"""EXDATEs that the EXRULEs of one event become."""

_MOST_GIVEN = 4000
_MOST_FALLS = 20_000


class Exrules:
    """Follows the EXRULEs of the events of one calendar."""

    def __init__(self) -> None:
        self._left = MOST_EXRULES

    def exdates(self, fields: Fields, start: Moment, given: tuple[str, ...]) -> list[Moment]:
        """What they take out of the rules `given` of an event; what cannot be followed, or not to the end, is noted."""
        exrules = self._followed(fields)
        if not exrules:
            return []
        found: set[dt.datetime] = set()
        try:
            times, is_cut = _first(merge(*(starts(rule, start) for rule in given)))
            for exrule in exrules:
                found |= _taken_out(exrule, start, times)
        except ValueError as error:
            fields.cut.append(f"EXRULE cannot be followed: {line(str(error), 200)}")
        walls = sorted(found)[:MOST_TAKEN_OUT]
        if walls and (is_cut or len(found) > MOST_TAKEN_OUT):
            fields.cut.append(f"EXRULE: what it takes out after {walls[-1]:%Y-%m-%d} was left out")
        return [Moment(wall.date(), None if start.is_date else wall.time(), start.zone) for wall in walls]

    def _followed(self, fields: Fields) -> list[str]:
        exrules = [prop.value for prop in fields.all("EXRULE")[:MOST_RULES]]
        for exrule in exrules:
            fields.keep("exdate", f"EXRULE:{exrule}")
        followed = exrules[: max(self._left, 0)]
        if len(followed) < len(exrules):
            fields.cut.append(f"more than {MOST_EXRULES} EXRULEs: the rest was not followed")
        self._left -= len(exrules)
        return [written(exrule) or exrule for exrule in followed]


def _first(times: Iterable[dt.datetime]) -> tuple[list[dt.datetime], bool]:
    """The first of ascending times, each once, and whether there may be more."""
    found: dict[dt.datetime, None] = {}
    try:
        for time in times:
            if len(found) == _MOST_GIVEN:
                return list(found), True
            found[time] = None
    except recurrence_starts.OutOfReach:
        return list(found), True
    return list(found), False


def _taken_out(exrule: str, start: Moment, times: list[dt.datetime]) -> set[dt.datetime]:
    """Those of ascending `times` at which an EXRULE falls, too."""
    if not times:
        return set()
    falls = recurrence_starts.falls(parsed(exrule, start), start.wall, low=start.wall, high=times[-1])
    out = set(itertools.islice(falls, _MOST_FALLS))
    if next(falls, None) is not None:
        raise ValueError(f"{exrule} falls more than {_MOST_FALLS} times")
    return out.intersection(times)
