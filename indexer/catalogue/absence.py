"""What a crawl of a source did not show although it should have: counted, and missing or withdrawn in the end.

The rules are those of indexer.upkeep.absence. Rows, not bodies, are looked at first: of a source that shows what it
showed before, nothing is read.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from hobnob.events import Presence
from hobnob.observations import FetchReport
from indexer.catalogue.bodies import stamp
from indexer.catalogue.tables import contents, observations
from indexer.upkeep.absence import Covered, Patience, Times, is_healthy_empty, presence_after
from indexer.upkeep.breaker import Standing

__all__ = ["count_missed", "seen_again", "shown_since"]

_AT_ONCE = 500
_Row = Any  # with the columns that its query names
_times = msgspec.json.Decoder(Times)
_this_row = observations.c.id == sa.bindparam("row")
_COUNT = observations.update().where(_this_row).values(missed=sa.bindparam("times"))
_TURN = observations.update().where(_this_row).values(
    missed=sa.bindparam("times"), presence=sa.bindparam("now"), pending=True
)  # fmt: skip

#: What becomes of a row whose source shows it again: whoever was missing is looked at anew.
seen_again = {
    "missed": 0,
    "pending": sa.case((observations.c.presence != Presence.PRESENT.value, sa.true()), else_=observations.c.pending),
    "presence": Presence.PRESENT.value,
}


def shown_since(report: FetchReport, now: dt.datetime) -> int:
    """The stamp since when the crawl of `report`, loaded at `now`, has seen what its source shows.

    What was unchanged counts as seen at the beginning of the program, which is before the source's own turn.
    """
    return stamp(min(report.started_at, now).replace(microsecond=0))


@dataclass(slots=True)
class _Missed:
    """What becomes of rows: how often they were missed now, and a presence that is not what it was."""

    counted: list[dict[str, Any]] = field(default_factory=list)
    turned: list[dict[str, Any]] = field(default_factory=list)

    def add(self, row: _Row, times: int, presence: Presence) -> None:
        if presence.value != row.presence:
            self.turned.append({"row": row.id, "times": times, "now": presence.value})
        else:
            self.counted.append({"row": row.id, "times": times})


def count_missed(
    connection: Connection,
    report: FetchReport,
    *,
    since: int,
    before: Standing,
    after: Standing,
    accepted: bool,
    patience: Patience,
) -> None:
    """Counts what the crawl of `report`, which is not suspicious, did not show since `since`.

    `before` and `after` are the standings of its source.
    """
    empty = not report.read + report.over
    healthy = is_healthy_empty(report, after, accepted=accepted) if empty else report.complete
    if not healthy:
        return
    unseen = _unseen(connection, report.source, since)
    if not unseen:
        return
    is_full = not empty and report.read + report.over >= max(before.usual, default=0)
    covered = _covered(connection, report, since) if is_full else Covered()
    missed = _Missed()
    for row, times in _with_times(connection, unseen):
        _judge(row, times.next_day(report.started_at), covered, patience, missed)
    if missed.counted:
        connection.execute(_COUNT, missed.counted)
    if missed.turned:
        connection.execute(_TURN, missed.turned)


def _judge(row: _Row, day: dt.date | None, covered: Covered, patience: Patience, missed: _Missed) -> None:
    if day is None:
        missed.add(row, -1, Presence(row.presence))
    elif row.missed or covered.has(day):
        presence = presence_after(row.missed + 1, patience)
        missed.add(row, -1 if presence is Presence.WITHDRAWN else row.missed + 1, presence)


def _unseen(connection: Connection, source: str, since: int) -> Sequence[_Row]:
    """What is still waited for, and was not seen."""
    columns = sa.select(observations.c.id, observations.c.missed, observations.c.presence)
    query = columns.where(observations.c.source == source, observations.c.last_seen < since, observations.c.missed >= 0)
    return connection.execute(query).all()


def _with_times(connection: Connection, rows: Sequence[_Row]) -> Iterator[tuple[_Row, Times]]:
    for first in range(0, len(rows), _AT_ONCE):
        some = rows[first : first + _AT_ONCE]
        query = sa.select(contents).where(contents.c.observation_id.in_([row.id for row in some]))
        bodies = {found.observation_id: found.body for found in connection.execute(query)}
        yield from ((row, _times.decode(bodies[row.id])) for row in some if row.id in bodies)


def _covered(connection: Connection, report: FetchReport, since: int) -> Covered:
    """The days that the answer shows; where the report does not know them, those of all that was seen."""
    if report.window_start is not None or report.window_end is not None:
        return Covered(report.window_start, report.window_end)
    columns = sa.select(observations.c.id)
    seen = columns.where(observations.c.source == report.source, observations.c.last_seen >= since)
    first, last = dt.date.max, dt.date.min
    for _, times in _with_times(connection, connection.execute(seen).all()):
        first, last = min(first, times.start_date.date), max(last, times.start_date.date)
    return Covered(first, last)
