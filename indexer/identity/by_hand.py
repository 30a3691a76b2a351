"""What people decide: that two events are one, that what a source says is another event, that one is not shown.

They name events; what is recorded are the observations behind them, so that a decision outlives merges and splits.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import product

from hobnob.errors import UnknownName, UsageError
from hobnob.events import Event
from hobnob.nearest import nearest
from indexer.catalogue import ByHand, Catalogue, Key, Said, Settled
from indexer.catalogue.decisions import MOST_PAIRS

__all__ = ["MOST_PAIRS", "hide", "keep_apart", "last", "merge", "split"]


def merge(catalogue: Catalogue, one: str, other: str, *, now: dt.datetime) -> Settled:
    """Decides that two events, by id or alias, are one. Raises UnknownName and UsageError."""
    first, second = catalogue.event(one), catalogue.event(other)
    if first.id == second.id:
        raise UsageError(
            f"{one} and {other} are one event already" if one != other else f"{one} is one event",
            hint=f"'hobnob why {first.id}' tells why",
        )
    pairs = _pairs(_parts(catalogue, first), _parts(catalogue, second))
    said = f"{_shown(first)} and {_shown(second)} are one event"
    return catalogue.decide("merge", pairs, said=said, now=now)


def split(catalogue: Catalogue, event_id: str, source: str, *, uid: str | None = None, now: dt.datetime) -> Settled:
    """Decides that what `source` says (under `uid`, if given) is another event than what the others say.

    Instead of a source another event may be named: then these two stay two. Raises UnknownName and UsageError.
    """
    event = catalogue.event(event_id)
    said = _parts(catalogue, event)
    sources = dict.fromkeys(one.observation.source for one in said)
    if source not in sources:
        return _split_from(catalogue, event, source, list(sources), now)
    mine = [one for one in said if one.observation.source == source and uid in (None, one.observation.uid)]
    if not mine:
        uids = dict.fromkeys(one.observation.uid for one in said if one.observation.source == source)
        raise UnknownName(f"UID of {source}", uid or "", nearest(uid or "", uids), hint=f"it has {_listed(uids)}")
    rest = [one for one in said if one not in mine]
    if not rest:
        raise UsageError(f"{source!r} is the only source of {event.id}", hint=_how_to_part(event, mine))
    which = f"{source} ({uid})" if uid is not None else source
    words = f"what {which} says is not {_shown(event)}"
    return catalogue.decide("split", _pairs(mine, rest), said=words, now=now)


def _how_to_part(event: Event, said: Sequence[Said]) -> str:
    uids = dict.fromkeys(one.observation.uid for one in said)
    if len(uids) > 1:
        return f"choose one of its entries with --uid: {_listed(uids)}"
    return f"there is nothing to part; 'hobnob hide {event.id}' takes it out of all answers"


def _split_from(catalogue: Catalogue, event: Event, name: str, sources: Sequence[str], now: dt.datetime) -> Settled:
    try:
        other = catalogue.event(name)
    except UnknownName:
        near = nearest(name, sources)
        hint = None if near else f"its sources are {_listed(sources)}; or name another event"
        raise UnknownName(f"source of {event.id}", name, near, hint=hint) from None
    if other.id == event.id:
        raise UsageError(f"{name} is the same event", hint=f"name one of its sources: {_listed(sources)}")
    return keep_apart(catalogue, event.id, other.id, now=now)


def keep_apart(catalogue: Catalogue, one: str, other: str, *, now: dt.datetime) -> Settled:
    """Decides that two events, by id or alias, stay two. Raises UnknownName and UsageError."""
    first, second = catalogue.event(one), catalogue.event(other)
    if first.id == second.id:
        raise UsageError(f"{one} and {other} are one event", hint=f"'hobnob split {first.id} SOURCE' parts it")
    pairs = _pairs(_parts(catalogue, first), _parts(catalogue, second))
    if (known := _in_force(catalogue, "split", pairs)) is not None:
        raise UsageError(f"they are kept apart already, by decision {known.number}")
    said = f"{_shown(first)} and {_shown(second)} are two events"
    return catalogue.decide("split", pairs, said=said, now=now)


def hide(catalogue: Catalogue, event_id: str, *, now: dt.datetime) -> Settled:
    """Decides that an event is shown nowhere. Raises UnknownName and UsageError."""
    event = catalogue.event(event_id)
    keys = [one.key for one in _compared(catalogue.said(event.id))] or catalogue.keys_of(event.id)
    if not keys:
        raise UsageError(f"nothing is known of {event.id} any more")
    if event.hidden:
        known = _in_force(catalogue, "hide", [(key, None) for key in keys])
        hint = None if known is None else f"'hobnob undo {known.number}' shows it again"
        raise UsageError(f"{event.id} is hidden already", hint=hint)
    return catalogue.decide(
        "hide", [(key, None) for key in keys[:MOST_PAIRS]], said=f"{_shown(event)} is not shown", now=now
    )


def last(catalogue: Catalogue) -> ByHand | None:
    """The last decision that was not undone."""
    return next((one for one in reversed(catalogue.decisions()) if one.undone_at is None), None)


def _parts(catalogue: Catalogue, event: Event) -> list[Said]:
    """What stands for the event when it is compared."""
    said = _compared(catalogue.said(event.id))
    if not said:
        raise UsageError(
            f"no source says anything of {_shown(event)} any more", hint="decide when one of its sources is back"
        )
    return said


def _compared(said: Sequence[Said]) -> list[Said]:
    """All that is compared; what was never identified stands for itself."""
    return [one for one in said if one.part is not None] or list(said)


def _pairs(some: Sequence[Said], others: Sequence[Said]) -> list[tuple[Key, Key | None]]:
    if len(some) * len(others) > MOST_PAIRS:
        raise UsageError(f"too much is said of these events: {len(some)} times {len(others)} entries of sources")
    return [(one.key, other.key) for one, other in product(some, others)]


def _in_force(catalogue: Catalogue, what: str, pairs: Sequence[tuple[Key, Key | None]]) -> ByHand | None:
    """The last decision of this kind that says so of all pairs, or hides one of them, and is in force."""
    wanted = {frozenset(pair) for pair in pairs}
    for one in reversed(catalogue.decisions()):
        if one.what == what and one.undone_at is None and one.overruled_by is None:
            about = {frozenset(pair) for pair in one.pairs}
            if wanted <= about or (what == "hide" and wanted & about):
                return one
    return None


def _shown(event: Event) -> str:
    name = " ".join(event.name.split())
    return f"{name if len(name) <= 80 else name[:79] + '…'} ({event.id})"


def _listed(names: Iterable[str], most: int = 5) -> str:
    some = list(names)
    return ", ".join(some[:most]) + (f" and {len(some) - most} more" if len(some) > most else "")
