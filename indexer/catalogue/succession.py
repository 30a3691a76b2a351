"""What a source shows under a new UID, and no longer under the old one: it stays the observation that it was.

Some programs make a UID anew whenever they are asked, so nothing of one crawl would be known to the next, and what was
said before would pile up. After each crawl, what it showed for the first time is compared with what is no longer shown
(of REMEMBERED, MOST_GONE at most): by name, start and place; by page and start, where that is one of each; and under a
shared UID by name and page alone, where nothing else there has that name, for such an event has been rescheduled.
So has one that is gone days before its time, while its page shows the same name at another, and nothing else that is
shown, or was, has both: a source that writes the time into its UIDs says it like that. Where neither has a page their
place has to be the same, and nothing else may have that name.
The old row takes over key and content, so that the event, decisions by hand and what is compared stay with it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from hobnob.events import Presence
from hobnob.observations import Place
from indexer.catalogue.bodies import recurrence_key
from indexer.catalogue.renaming import remember_as
from indexer.catalogue.sharing import SHARED
from indexer.catalogue.tables import contents, members, observations
from indexer.upkeep.absence import Times

__all__ = ["MOST_GONE", "REMEMBERED", "hand_over"]

REMEMBERED = dt.timedelta(days=45)
MOST_GONE = 100_000
#: What is taken off its page so shortly before it begins makes room for the next one.
_SOON = dt.timedelta(days=2)
#: An event that is put off for longer is another edition.
_MOST_DAYS = 183
_LATEST = dt.datetime(9999, 12, 1, tzinfo=dt.timezone.utc)
_AT_ONCE = 500
_Row = Any  # with the columns of _ROW


class _Said(Times):
    """Of an Observation, what it is known by."""

    name: str = ""
    url: str | None = None
    location: Place | None = None


_said = msgspec.json.Decoder(_Said)


class _Known(msgspec.Struct):
    """A row, and what it is known by: keys that equal rows have in common, and None where there is nothing to tell."""

    id: int
    group: bytes
    recurrence: str
    last_seen: int
    by_name: Hashable
    by_page: Hashable
    by_sharing: Hashable
    by_subject: Hashable
    by_content: Hashable
    name: int
    day: int
    is_ahead: bool


def hand_over(connection: Connection, source: str, *, since: int, at: dt.datetime, complete: bool) -> None:
    """`since` is the stamp of the beginning of a crawl that ended well, at the instant `at`; it was `complete` if it
    read all that the source shows."""
    gone = _gone(connection, source, since)
    if not gone:
        return
    new = _known_by(connection, _new(connection, source, since), at)
    if not new:
        return
    old = _known_by(connection, gone, at)
    pairs: list[tuple[_Known, _Known]] = []
    for key, alike in (("by_name", _in_order), ("by_page", _single), ("by_sharing", _single)):
        found = _paired(old, new, attrgetter(key), alike)
        if key == "by_sharing":
            found = [pair for pair in found if _is_only_one(connection, pair[1], since)]
        pairs += found
        taken = {one.id for pair in found for one in pair}
        old, new = ([one for one in some if one.id not in taken] for some in (old, new))
    if complete:
        pairs += _rescheduled(connection, source, old, new, since=since, at=at)
    if pairs:
        _take_over(connection, pairs)


_ROW = sa.select(observations.c.id, observations.c.group_key, observations.c.recurrence, observations.c.last_seen)


def _rescheduled(
    connection: Connection, source: str, old: list[_Known], new: list[_Known], *, since: int, at: dt.datetime
) -> list[tuple[_Known, _Known]]:
    """What has the name and the page, or the place, of something that is gone before its time."""
    found = [
        (one, other)
        for key in ("by_subject", "by_content")
        for one, other in _paired(old, new, attrgetter(key), _single)
        if one.is_ahead and other.is_ahead and abs(one.day - other.day) <= _MOST_DAYS
    ]
    if not found:
        return []
    rows = connection.execute(_ROW.where(observations.c.source == source, observations.c.last_seen >= since)).all()
    known = _known_by(connection, rows, at)
    subjects, names = Counter(one.by_subject for one in known), Counter(one.name for one in known)
    # With a page a key of the one kind, without one of the other.
    return [
        (one, other)
        for one, other in found
        if (names[other.name] if other.by_subject is None else subjects[other.by_subject]) == 1
    ]


def _gone(connection: Connection, source: str, since: int) -> Sequence[_Row]:
    """What was shown not long ago, but not since, the last first."""
    oldest = since - REMEMBERED // dt.timedelta(microseconds=1)
    query = _ROW.where(observations.c.source == source, observations.c.last_seen.between(oldest, since - 1))
    return connection.execute(query.order_by(observations.c.last_seen.desc(), observations.c.id).limit(MOST_GONE)).all()


def _new(connection: Connection, source: str, since: int) -> Sequence[_Row]:
    """What was shown for the first time, and is part of no event yet."""
    same = (members.c.group_key == observations.c.group_key) & (members.c.recurrence == observations.c.recurrence)
    shown = _ROW.where(observations.c.source == source, observations.c.last_seen >= since)
    fresh = shown.where(observations.c.first_seen >= since, ~sa.exists().where(same))
    return connection.execute(fresh.order_by(observations.c.id)).all()


def _known_by(connection: Connection, rows: Sequence[_Row], at: dt.datetime) -> list[_Known]:
    known: list[_Known] = []
    for first in range(0, len(rows), _AT_ONCE):
        some = rows[first : first + _AT_ONCE]
        query = sa.select(contents).where(contents.c.observation_id.in_([row.id for row in some]))
        bodies = {found.observation_id: found.body for found in connection.execute(query)}
        known += [_traits(row, _said.decode(bodies[row.id]), at) for row in some if row.id in bodies]
    return known


def _traits(row: _Row, said: _Said, at: dt.datetime) -> _Known:
    """Keys are kept as hashes: they may be many, and long."""
    is_shared = row.recurrence.startswith(SHARED)
    occurrence = "" if is_shared else row.recurrence
    name, start, page = _plain(said.name), recurrence_key(said.start_date), (said.url or "").partition("#")[0]
    place = said.location and tuple(
        _plain(text or "") for text in (said.location.name or said.location.text, said.location.address_locality)
    )
    waits = is_shared and said.next_day(at) is not None
    is_single = not (row.recurrence or said.rrule or said.rdate)
    return _Known(
        row.id,
        row.group_key,
        row.recurrence,
        row.last_seen,
        hash((name, start, place, occurrence)),
        hash((page, start, occurrence)) if page else None,
        (row.group_key, hash((name, page))) if waits else None,
        hash((name, page)) if page else None,
        hash((name, place)) if place and any(place) and not page and not is_shared else None,
        hash(name),
        said.start_date.date.toordinal(),
        is_single and said.next_day(min(at, _LATEST) + _SOON) is not None,
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


_Some = list[_Known]


def _paired(
    old: _Some,
    new: _Some,
    key: Callable[[_Known], Any],
    alike: Callable[[_Some, _Some], Iterable[tuple[_Known, _Known]]],
) -> list[tuple[_Known, _Known]]:
    """Old and new rows that have the same key."""
    wanted = {value for one in new if (value := key(one)) is not None}
    olds, news = (
        {value: list(some) for value, some in groupby(sorted((o for o in rows if key(o) in wanted), key=key), key)}
        for rows in (old, new)
    )
    return [pair for value, some in olds.items() for pair in alike(some, news[value])]


def _in_order(old: _Some, new: _Some) -> Iterable[tuple[_Known, _Known]]:
    """Of several that say the same, each has one; what was shown last comes first."""
    return zip(sorted(old, key=lambda one: (-one.last_seen, one.id)), new, strict=False)


def _single(old: _Some, new: _Some) -> Iterable[tuple[_Known, _Known]]:
    return [(old[0], new[0])] if len(old) == len(new) == 1 else []


def _is_only_one(connection: Connection, one: _Known, since: int) -> bool:
    """Whether nothing else is shown under its shared UID that has its name."""
    name = one.recurrence.rpartition("#")[2]
    query = sa.select(sa.func.count()).where(
        observations.c.group_key == one.group,
        observations.c.last_seen >= since,
        observations.c.recurrence.like(f"{SHARED}%#{name}"),
    )
    return connection.scalar(query) == 1


_COPIED = ("group_key", "recurrence", "uid", "hash", "sequence", "last_seen", "component")


def _take_over(connection: Connection, pairs: Sequence[tuple[_Known, _Known]]) -> None:
    """Each old row becomes what the new one is, which goes."""
    for first in range(0, len(pairs), _AT_ONCE):
        some = pairs[first : first + _AT_ONCE]
        ids = [new.id for _, new in some]
        columns = [observations.c.id, contents.c.body, *(observations.c[name] for name in _COPIED)]
        query = sa.select(*columns).join(contents, contents.c.observation_id == observations.c.id)
        said = {row["id"]: row for row in connection.execute(query.where(observations.c.id.in_(ids))).mappings()}
        connection.execute(contents.delete().where(contents.c.observation_id.in_(ids)))
        connection.execute(observations.delete().where(observations.c.id.in_(ids)))
        left = observations.update().where(observations.c.group_key.in_({old.group for old, _ in some}))
        connection.execute(left.values(pending=True))
        values = [{"row": old.id, **{name: said[new.id][name] for name in _COPIED}} for old, new in some]
        bodies = [{"row": old.id, "body": said[new.id]["body"]} for old, new in some]
        anew = {"pending": True, "problem": None, "missed": 0, "presence": Presence.PRESENT.value}
        connection.execute(observations.update().where(observations.c.id == sa.bindparam("row")).values(anew), values)
        connection.execute(contents.update().where(contents.c.observation_id == sa.bindparam("row")), bodies)
        remember_as(connection, [((old.group, old.recurrence), (new.group, new.recurrence)) for old, new in some])
