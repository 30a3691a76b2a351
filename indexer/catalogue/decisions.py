"""Decisions by hand: what is one event, what are two, what is not shown.

A decision is about observations, never about ids of events, so that it holds whatever becomes of those. Of two that
contradict each other the later one counts; one that is undone counts no more, and what it overruled does again.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from hobnob.errors import UnknownName, UsageError
from hobnob.printable import line
from indexer.catalogue.bodies import stamp, when
from indexer.catalogue.parts import Key
from indexer.catalogue.reading import Reading
from indexer.catalogue.records import ByHand, PairInDoubt, Settled
from indexer.catalogue.tables import decided, decisions, doubts, members, observations, parts

__all__ = [
    "MOST_PAIRS",
    "Pair",
    "all_decisions",
    "count_doubts",
    "decide",
    "pairs_in_doubt",
    "put_aside",
    "rejudge",
    "restore",
    "undo",
]

Pair = tuple[Key, Key | None]
"""Two observations that a decision is about; with None, one."""

MOST_PAIRS = 20_000
"""One decision is about no more pairs of observations."""

_AT_ONCE = 500
_LONGEST_SAID = 500
_reasons = msgspec.json.Decoder(tuple[str, ...])


def decide(connection: Connection, what: str, pairs: Collection[Pair], said: str, now: dt.datetime) -> Settled:
    """Records a decision: "merge" and "split" of pairs, "hide" of single observations; `said` is it in words.

    All that the events concerned consist of has to be identified again.
    """
    said = line(said)[:_LONGEST_SAID]
    insert = decisions.insert().values(what=what, said=said, at=stamp(now)).returning(decisions.c.number)
    number: int = connection.execute(insert).scalar_one()
    overruled = _overruled_by(connection, what, pairs)
    connection.execute(decided.insert(), [_values(number, pair) for pair in pairs])
    return Settled(number=number, said=said, events=_look_again(connection, number), overruled=overruled)


def restore(
    connection: Connection, what: str, pairs: Collection[Pair], said: str, *, at: int, undone_at: int | None
) -> bool:
    """Records a decision of another catalogue, made and undone at these stamps; whether it was not known here, or not
    that it was undone."""
    said = line(said)[:_LONGEST_SAID]
    same = (decisions.c.what == what) & (decisions.c.said == said) & (decisions.c.at == at)
    for row in connection.execute(sa.select(decisions).where(same)).all():
        known = _pairs_by_number(connection.execute(sa.select(decided).where(decided.c.number == row.number)))
        if {*known.get(row.number, ())} != {*pairs}:
            continue
        if undone_at is None or row.undone_at is not None:
            return False
        connection.execute(decisions.update().where(decisions.c.number == row.number).values(undone_at=undone_at))
        _look_again(connection, row.number)
        return True
    insert = decisions.insert().values(what=what, said=said, at=at, undone_at=undone_at)
    number: int = connection.execute(insert.returning(decisions.c.number)).scalar_one()
    connection.execute(decided.insert(), [_values(number, pair) for pair in pairs])
    if undone_at is None:
        _look_again(connection, number)
    return True


def undo(connection: Connection, number: int, now: dt.datetime) -> Settled:
    """Takes a decision back. Raises UnknownName, and UsageError when that was done already."""
    row = connection.execute(sa.select(decisions).where(decisions.c.number == number)).one_or_none()
    if row is None:
        raise UnknownName("decision", str(number), hint="'hobnob review --decided' lists them")
    if row.undone_at is not None:
        raise UsageError(f"decision {number} was undone already", hint="decide again to bring it back")
    connection.execute(decisions.update().where(decisions.c.number == number).values(undone_at=stamp(now)))
    return Settled(number=number, said=row.said, events=_look_again(connection, number))


def all_decisions(reading: Reading) -> list[ByHand]:
    """All decisions by number, undone ones included."""
    with reading() as connection:
        rows = connection.execute(sa.select(decisions).order_by(decisions.c.number)).all()
        pairs = _pairs_by_number(connection.execute(sa.select(decided).order_by(decided.c.id)).all())
    latest: dict[frozenset[Key | None], int] = {}
    for row in rows:
        if row.undone_at is None:
            latest |= {_kind(row.what, pair): row.number for pair in pairs.get(row.number, ())}
    return [_by_hand(row, pairs.get(row.number, ()), latest) for row in rows]


def _by_hand(row: sa.Row[Any], pairs: Sequence[Pair], latest: dict[frozenset[Key | None], int]) -> ByHand:
    later = {latest.get(_kind(row.what, pair), row.number) for pair in pairs}
    overruled = row.undone_at is None and row.number not in later
    return ByHand(
        number=row.number,
        what=row.what,
        said=row.said,
        at=when(row.at),
        undone_at=None if row.undone_at is None else when(row.undone_at),
        overruled_by=max(later) if overruled and later else None,
        pairs=tuple(pairs),
    )


def _kind(what: str, pair: Pair) -> frozenset[Key | None]:
    """The same for two decisions of which the later one counts."""
    return frozenset((pair[0],) if what == "hide" else pair)


def _pairs_by_number(rows: Iterable[sa.Row[Any]]) -> dict[int, list[Pair]]:
    found: dict[int, list[Pair]] = {}
    for row in rows:
        other = None if row.other_group is None else (row.other_group, row.other_recurrence or "")
        found.setdefault(row.number, []).append(((row.group_key, row.recurrence), other))
    return found


def _values(number: int, pair: Pair) -> dict[str, Any]:
    (group, recurrence), other = pair
    values = {"number": number, "group_key": group, "recurrence": recurrence}
    return values | {"other_group": other and other[0], "other_recurrence": other and other[1]}


def _overruled_by(connection: Connection, what: str, pairs: Collection[Pair]) -> tuple[int, ...]:
    """The numbers of those in force that decided the contrary of one of these pairs."""
    contrary = {"merge": "split", "split": "merge"}.get(what)
    if contrary is None:
        return ()
    in_force = (decisions.c.number == decided.c.number) & decisions.c.undone_at.is_(None)
    query = sa.select(decided).join(decisions, in_force).where(decisions.c.what == contrary)
    groups = {pair[0][0] for pair in pairs} | {pair[1][0] for pair in pairs if pair[1]}
    mine = {frozenset(pair) for pair in pairs}
    rows = (row for some in _portions(groups) for row in connection.execute(query.where(decided.c.group_key.in_(some))))
    found = _pairs_by_number(rows)
    return tuple(sorted(number for number, some in found.items() if any(frozenset(pair) in mine for pair in some)))


def _look_again(connection: Connection, number: int) -> tuple[str, ...]:
    """Sets pending all observations of the events that a decision is about; returns the ids of these events.

    Their parts count as made by no rules: then they are linked anew, although what the sources say is the same.
    """
    ids: set[str] = set()
    for group, recurrence in (
        (decided.c.group_key, decided.c.recurrence),
        (decided.c.other_group, decided.c.other_recurrence),
    ):
        same = (members.c.group_key == group) & (members.c.recurrence == recurrence)
        concerned = sa.select(members.c.event_id).join(decided, same).where(decided.c.number == number)
        ids.update(connection.scalars(concerned))
    mine = (members.c.group_key == observations.c.group_key) & (members.c.recurrence == observations.c.recurrence)
    for some in _portions(ids):
        rows = sa.select(observations.c.id).join(members, mine).where(members.c.event_id.in_(some))
        connection.execute(observations.update().where(observations.c.id.in_(rows)).values(pending=True))
        connection.execute(parts.update().where(parts.c.id.in_(rows)).values(rules=0))
    return tuple(sorted(ids))


# Doubts


def pairs_in_doubt(reading: Reading, event_id: str | None = None) -> Iterator[PairInDoubt]:
    """The pairs of events (or those with this one) that may be one, the likeliest first, each once: without those that
    people decided about."""
    after: tuple[float, int, int] | None = None
    with reading() as connection:
        seen = set(_kept_apart(connection))
    while True:
        with reading() as connection:
            page = connection.execute(_doubts_after(after, event_id).limit(_AT_ONCE)).all()
        for row in page:
            pair = frozenset((row.one_event, row.other_event))
            if len(pair) == 2 and pair not in seen:
                seen.add(pair)
                yield PairInDoubt(row.one_event, row.other_event, row.score, _reasons.decode(row.reasons))
        if len(page) < _AT_ONCE:
            return
        after = page[-1].score, page[-1].one, page[-1].other


def _doubts_after(after: tuple[float, int, int] | None, event_id: str | None) -> sa.Select[Any]:
    seen_one, seen_other = observations.alias(), observations.alias()
    in_one, in_other = members.alias(), members.alias()
    query = (
        sa.select(doubts, in_one.c.event_id.label("one_event"), in_other.c.event_id.label("other_event"))
        .join(seen_one, seen_one.c.id == doubts.c.one)
        .join(in_one, (in_one.c.group_key == seen_one.c.group_key) & (in_one.c.recurrence == seen_one.c.recurrence))
        .join(seen_other, seen_other.c.id == doubts.c.other)
        .join(
            in_other,
            (in_other.c.group_key == seen_other.c.group_key) & (in_other.c.recurrence == seen_other.c.recurrence),
        )
        .order_by(doubts.c.score.desc(), doubts.c.one, doubts.c.other)
    )
    if event_id is not None:
        same = (members.c.group_key == observations.c.group_key) & (members.c.recurrence == observations.c.recurrence)
        mine = sa.select(observations.c.id).join(members, same).where(members.c.event_id == event_id)
        query = query.where(doubts.c.one.in_(mine) | doubts.c.other.in_(mine))
    if after is None:
        return query
    score, one, other = after
    later = (doubts.c.one > one) | ((doubts.c.one == one) & (doubts.c.other > other))
    return query.where((doubts.c.score < score) | ((doubts.c.score == score) & later))


def _kept_apart(connection: Connection) -> Iterator[frozenset[str]]:
    """Pairs of events of which people said that they are two."""
    in_one, in_other = members.alias(), members.alias()
    one = (in_one.c.group_key == decided.c.group_key) & (in_one.c.recurrence == decided.c.recurrence)
    other = (in_other.c.group_key == decided.c.other_group) & (in_other.c.recurrence == decided.c.other_recurrence)
    query = (
        sa.select(in_one.c.event_id.label("one"), in_other.c.event_id.label("other"))
        .select_from(decided)
        .join(decisions, (decisions.c.number == decided.c.number) & decisions.c.undone_at.is_(None))
        .join(in_one, one)
        .join(in_other, other)
        .where(decisions.c.what == "split")
    )
    for row in connection.execute(query):
        yield frozenset((row.one, row.other))


def count_doubts(reading: Reading) -> int:
    """How many pairs of parts are in doubt."""
    with reading() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(doubts)) or 0


# Judging again


def rejudge(connection: Connection, after: int, sources: Collection[str], below: int | None, limit: int) -> int | None:
    """Sets pending the observations of the next `limit` rows after that id: of these sources, or of all when there are
    none; with `below`, only those that rules older than that version judged. Returns the last id; None when done."""
    rows = sa.select(observations.c.id).where(observations.c.id > after).order_by(observations.c.id).limit(limit)
    ids: Sequence[int] = connection.scalars(rows).all()
    if not ids:
        return None
    wanted = observations.c.id.between(ids[0], ids[-1]) & observations.c.pending.is_(False)
    if sources:
        wanted &= observations.c.source.in_(sources)
    if below is not None:
        wanted &= sa.exists().where(parts.c.id == observations.c.id, parts.c.rules < below)
    connection.execute(observations.update().where(wanted).values(pending=True))
    return ids[-1]


def put_aside(connection: Connection) -> None:
    """Nothing is pending any more: for a transaction that is to be rolled back."""
    connection.execute(observations.update().where(observations.c.pending.is_(True)).values(pending=False))


def _portions(values: Iterable[Any]) -> Iterator[list[Any]]:
    remaining = iter(values)
    while some := list(islice(remaining, _AT_ONCE)):
        yield some
