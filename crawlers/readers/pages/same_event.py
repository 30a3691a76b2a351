"""Which of the events that a page describes are one, and one Observation of all that is said of it.

A page tells one event several times: to search engines, to other programs, in a box beside the text, in the footer. Two
are one if they have one name and one start; in different syntaxes also if they have one start and one address, or a
name that contains the other's. The same name at another time is another event.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from crawlers.readers.fallback_uid import digest
from crawlers.readers.pages.merged import merged
from hobnob.moments import Moment
from hobnob.observations import Observation, Place

__all__ = ["filled", "folded", "one_each", "told_apart"]

_MOST_ALIKE = 20
_SHORTEST_NAME = 6
_QUARTER = timedelta(minutes=15)


def one_each(found: Iterable[Observation]) -> list[Observation]:
    """The observations, those of one event merged into the first of them."""
    found = list(found)
    # In one syntax, events of different names are never one.
    if len({one.reader for one in found}) == 1 and len({folded(one.name) for one in found}) == len(found):
        return found
    kept = _Kept(found)
    for one in found:
        kept.add(one)
    return kept.events


def filled(declared: Iterable[Observation], others: Iterable[Observation]) -> list[Observation]:
    """`declared`, each event once, with what only `others` say of it; events that only they tell are left out."""
    first, rest = list(declared), list(others)
    kept = _Kept([*first, *rest])
    for one in first:
        kept.add(one)
    for one in rest:
        kept.add(one, only_fill=True)
    return kept.events


def told_apart(kept: Sequence[Observation], main: int | None = None) -> list[Observation]:
    """Events that share a UID (often the address of the page they are all on) get one of their name and start; the
    page's main event keeps it."""
    events = list(kept)
    if len({one.uid for one in events}) == len(events):
        return events
    keys: tuple[Callable[[Observation], tuple[object, ...]], ...] = (
        lambda one: (one.name, one.start_date),
        lambda one: (one.name, one.start_date, _written(one.location)),
    )
    for parts in keys:
        often = Counter(one.uid for one in events)
        events = [
            one if often[one.uid] == 1 or number == main else replace(one, uid=digest(*parts(one)))
            for number, one in enumerate(events)
        ]
    return events


def folded(text: str) -> str:
    """Without regard to case and spacing."""
    return " ".join(text.casefold().split())


class _Kept:
    """The events so far, by what the next one may be found under."""

    def __init__(self, found: list[Observation]) -> None:
        self.events: list[Observation] = []
        self._by_name: dict[tuple[str, object], list[int]] = defaultdict(list)
        self._by_start: dict[object, list[int]] = defaultdict(list)
        self._told = Counter((one.reader, folded(one.name), one.start_date.date) for one in found)
        self._addresses = Counter((one.reader, one.url) for one in found)

    def add(self, one: Observation, *, only_fill: bool = False) -> None:
        number = self._place(one)
        if number is not None:
            self.events[number] = merged(self.events[number], one)
        elif only_fill:
            return
        else:
            number = len(self.events)
            self.events.append(one)
        for day in _days(one.start_date):
            _put(self._by_name[folded(one.name), day], number)
        if one.start_date.time is not None or one.url:
            _put(self._by_start[_instant(one.start_date)], number)

    def _place(self, one: Observation) -> int | None:
        name = folded(one.name)
        named = dict.fromkeys(number for day in _days(one.start_date) for number in self._by_name[name, day])
        for number in named:
            if self._same(self.events[number], one):
                return number
        for number in self._by_start[_instant(one.start_date)]:
            if self._same_by_other_name(self.events[number], one):
                return number
        return None

    def _same(self, first: Observation, second: Observation) -> bool:
        """Whether two of the same name and day are one: their times agree, and in one syntax their places as well."""
        if not _agree(first.start_date, second.start_date) and not self._one_of_them_floats(first, second):
            return False
        places = {_written(first.location), _written(second.location)} - {""}
        return first.reader != second.reader or len(places) < 2

    def _one_of_them_floats(self, first: Observation, second: Observation) -> bool:
        """Whether one syntax tells in UTC what the other one tells on clocks that it does not name; only where each
        tells one event of this name and day."""
        start, other = first.start_date, second.start_date
        if first.reader == second.reader or start.is_date or other.is_date or {start.zone, other.zone} != {None, "UTC"}:
            return False
        if any(self._told[one.reader, folded(one.name), one.start_date.date] != 1 for one in (first, second)):
            return False
        ahead = start.wall - other.wall if start.zone is None else other.wall - start.wall
        return timedelta(hours=-12) <= ahead <= timedelta(hours=14) and not ahead % _QUARTER

    def _same_by_other_name(self, first: Observation, second: Observation) -> bool:
        """Whether two syntaxes tell one event under two names, given that it begins at the same time."""
        if first.reader == second.reader:
            return False
        if (
            first.url
            and first.url == second.url
            and all(self._addresses[one.reader, one.url] == 1 for one in (first, second))
        ):
            return True
        shorter, longer = sorted((folded(first.name), folded(second.name)), key=len)
        return first.start_date.time is not None and len(shorter) >= _SHORTEST_NAME and shorter in longer


def _put(numbers: list[int], number: int) -> None:
    if number not in numbers and len(numbers) < _MOST_ALIKE:
        numbers.append(number)


def _agree(first: Moment, second: Moment) -> bool:
    if first.is_date or second.is_date:
        return first.date == second.date
    return first.wall == second.wall or first.utc() == second.utc()


def _days(start: Moment) -> set[object]:
    """The day on its own clocks, and in UTC."""
    return {start.date} if start.is_date or start.zone is None else {start.date, start.utc().date()}


def _instant(start: Moment) -> object:
    return start.date if start.is_date else start.utc()


def _written(place: Place | None) -> str:
    return folded(place.name or place.text or place.street_address or "") if place else ""
