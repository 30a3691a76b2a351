"""All that changed about one event since some time, summed up in words: from what it was at first to what it is now."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cli.dates import when
from hobnob.moments import Moment

if TYPE_CHECKING:
    from indexer.catalogue import Change

__all__ = ["Item", "summed_up"]

#: What somebody who goes wants to know, in the order in which it is told; the rest is told when it is asked for.
_MATTERS = ("added", "moved", "postponed", "cancelled", "reinstated", "withdrawn")
_MOVED = frozenset({"moved", "cancelled", "postponed", "reinstated"})
_DATES = ("overrides", "exdate", "rdate")
_TOLD = frozenset({"id", "status", "presence", "hidden", "exdate", "overrides"})
_NAMES = {
    "start_date": "start",
    "end_date": "end",
    "rrule": "rule",
    "rdate": "dates",
    "is_free": "price",
    "offers": "price",
    "in_language": "language",
    "virtual_location": "link",
    "industries": "industry",
}
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::\d\d)?)?(?:\[([^\]\s]{1,64})\])?")
_Both = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened: a word of the change log, and a text for people. `matters` to somebody who goes."""

    what: str
    text: str
    matters: bool = True


def summed_up(changes: Sequence["Change"], *, now: dt.datetime, zone: dt.tzinfo) -> list[Item]:
    """What has come of `changes` of one event, in their order; nothing when all is as it was before them.

    Dates are written as `cli.dates.when` does for a reader in `zone`.
    """
    net, whats = _net(changes), {change.what for change in changes}
    added = "added" in whats
    found = [Item("added", "added")] if added else []
    found += _moved(changes, net, now, zone)
    found += _status(net.get("status"), added=added)
    found += _presence(net.get("presence"))
    found += _single_dates(net, now, zone)
    found.sort(key=lambda item: _MATTERS.index(item.what) if item.what in _MATTERS else len(_MATTERS))
    found += _structure(changes)
    small = [] if added else _small(net, {item.what for item in found})
    return found + ([Item("changed", f"changed: {', '.join(small)}", matters=False)] if small else [])


def _net(changes: Sequence["Change"]) -> dict[str, _Both]:
    """By field, what it was first and what it is now, where that is not the same; of dates all that came and went."""
    net: dict[str, _Both] = {}
    for change in changes:
        for name, (old, new) in change.fields.items():
            if name in _DATES and name in net:
                net[name] = _joined(net[name][0], old), _joined(net[name][1], new)
            else:
                net[name] = net[name][0] if name in net else old, new
    return {name: both for name, both in net.items() if both[0] != both[1]}


def _joined(*texts: str | None) -> str | None:
    return ", ".join(dict.fromkeys(filter(None, texts))) or None


def _moved(changes: Sequence["Change"], net: Mapping[str, _Both], now: dt.datetime, zone: dt.tzinfo) -> Iterator[Item]:
    """Where a change says that it moved, from where to where in all."""
    moved = {name for change in changes if change.what in _MOVED for name in change.fields}
    if "start_date" in moved & net.keys():
        old, new = (_dated(text or "?", now, zone) for text in net["start_date"])
        yield Item("moved", f"moved {old} → {_shortened(old, new)}")
    if not any(change.what == "moved" for change in changes):
        return
    if "place" in moved & net.keys() and all(net["place"]):
        yield Item("moved", f"moved {net['place'][0]} → {net['place'][1]}")
    elif "attendance" in moved & net.keys():
        yield Item("moved", f"now {(net['attendance'][1] or '').replace('offline', 'in person')}")


def _status(status: _Both | None, *, added: bool) -> Iterator[Item]:
    old, new = status or (None, None)
    if new in ("cancelled", "postponed"):
        yield Item(new, new)
    elif old in ("cancelled", "postponed") and not added:
        yield Item("reinstated", "reinstated")


def _presence(presence: _Both | None) -> Iterator[Item]:
    match presence or (None, None):
        case (_, "withdrawn"):
            yield Item("withdrawn", "withdrawn by its sources")
        case ("withdrawn", _):
            yield Item("reinstated", "reinstated")
        case (_, "missing"):
            yield Item("missing", "no longer shown by its sources", matters=False)
        case ("missing", _):
            yield Item("reinstated", "shown again", matters=False)


def _single_dates(net: Mapping[str, _Both], now: dt.datetime, zone: dt.tzinfo) -> Iterator[Item]:
    """Of what repeats, the times that are off, or changed."""
    off, other = net.get("exdate", (None, None))[1], net.get("overrides", (None, None))[1]
    texts = [f"{_dated(off, now, zone)} off"] if off else []
    if other:
        texts.append(_dated(other, now, zone).replace(" at ", " → "))
    if texts:
        yield Item("changed", "; ".join(texts))


def _structure(changes: Sequence["Change"]) -> Iterator[Item]:
    """What became of listings that were taken for one event, or no longer are."""
    last = {change.what: change.fields.get("id", (None, None)) for change in changes}
    if "merged" in last:
        yield Item("merged", f"is the same event as {last['merged'][1]}", matters=False)
    if "split" in last:
        yield Item("split", f"is another event than {last['split'][0]}", matters=False)


def _small(net: Mapping[str, _Both], told: set[str]) -> list[str]:
    """The fields of which nothing else is said."""
    said = {*_TOLD, *({"start_date", "end_date", "place", "attendance"} if "moved" in told else ())}
    return list(dict.fromkeys(_NAMES.get(name, name) for name in net if name not in said))


def _dated(text: str, now: dt.datetime, zone: dt.tzinfo) -> str:
    """`text` with its moments as people write them."""

    def written(found: re.Match[str]) -> str:
        try:
            time = dt.time.fromisoformat(found[2]) if found[2] else None
            return when(Moment(dt.date.fromisoformat(found[1]), time, found[3]), None, now=now, zone=zone)
        except ValueError:
            return found[0]

    return _MOMENT.sub(written, text)


def _shortened(old: str, new: str) -> str:
    """Of two times on one day, the second without the day."""
    day = re.match(r"\w{3} \d{1,2} \w{3}(?: \d{4})? (?=\d)", old)
    return new.removeprefix(day[0]) if day else new
