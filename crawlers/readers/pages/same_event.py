"""One Observation for each event of a page, however often and in however many syntaxes the page describes it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, replace

from crawlers.readers.fallback_uid import digest
from hobnob.observations import Observation, Place

__all__ = ["one_each"]

_MOST_ALIKE = 20
_OWN = ("source", "uid", "name", "start_date", "end_date", "raw")
_FILLED = tuple(one.name for one in fields(Observation) if one.name not in _OWN)


def one_each(found: Iterable[Observation]) -> list[Observation]:
    """The observations, those of one event merged into the first of them, and no two with the same UID."""
    by_name: dict[tuple[str, object], list[int]] = {}
    kept: list[Observation] = []
    for one in found:
        alike = by_name.setdefault((_folded(one.name), one.start_date.date), [])
        place = next((number for number in alike[:_MOST_ALIKE] if _same(kept[number], one)), None)
        if place is None:
            alike.append(len(kept))
            kept.append(one)
        else:
            kept[place] = _merged(kept[place], one)
    return _told_apart(kept)


def _same(first: Observation, second: Observation) -> bool:
    """Whether two of the same name and day are one: their times agree, and in one syntax their places as well."""
    start, other = first.start_date, second.start_date
    if not start.is_date and not other.is_date and start.wall != other.wall and start.utc() != other.utc():
        return False
    places = {_written(first.location), _written(second.location)} - {""}
    return first.reader != second.reader or len(places) < 2


def _merged(first: Observation, second: Observation) -> Observation:
    """`first`, with what only `second` says; a start with its time says more than a mere date."""
    changes = {name: getattr(second, name) for name in _FILLED if getattr(first, name) in (None, ())}
    if first.start_date.is_date and not second.start_date.is_date:
        changes |= {"start_date": second.start_date, "end_date": second.end_date}
    elif first.end_date is None and first.start_date.is_date == second.start_date.is_date:
        changes["end_date"] = second.end_date
    return replace(first, raw={**second.raw, **first.raw}, **changes)


def _told_apart(kept: list[Observation]) -> list[Observation]:
    """Events that share a UID (often the address of the page they are all on) get one of their name and start."""
    for parts in (
        lambda one: (one.name, one.start_date),
        lambda one: (one.name, one.start_date, _written(one.location)),
    ):
        often = Counter(one.uid for one in kept)
        kept = [one if often[one.uid] == 1 else replace(one, uid=digest(*parts(one))) for one in kept]
    return kept


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _written(place: Place | None) -> str:
    return _folded(place.name or place.text or place.street_address or "") if place else ""
