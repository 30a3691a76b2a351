"""How fetches ended: the history, and what follows for the state of each source and for its next fetch."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from hobnob.observations import FetchReport, Problem
from indexer.catalogue.bodies import stamp, when
from indexer.catalogue.reports import decode_report, decode_standing, encode_report, encode_standing
from indexer.catalogue.tables import fetches, sources
from indexer.upkeep.breaker import REMEMBERED, Standing, judged
from indexer.upkeep.due import planned
from indexer.upkeep.terms import CrawlTerms

__all__ = ["note"]

KEPT_FETCHES = 100
_TEXTS = ("source", "etag", "last_modified", "moved_to")
_State = Mapping[str, Any]


def note(connection: Connection, report: FetchReport, terms: CrawlTerms, *, changed: bool) -> str | None:
    """Adds a fetch to the history, once, and brings the source's state and plan up to date with it.

    `changed`: the fetch brought something new. Returns why it is suspicious, if it is; it is then kept as one that is
    not complete.
    """
    report = _storable(report)
    name, started = report.source, stamp(report.started_at)
    same = sa.select(fetches.c.id).where(fetches.c.source == name, fetches.c.started_at == started)
    if connection.scalar(same) is not None:
        return None
    state = _state(connection, name)
    latest = (state["last_fetch"] or 0) <= started
    values: dict[str, Any] = {}
    if terms.owner is not None and state["claimed_by"] == terms.owner:
        values |= {"claimed_by": None, "claimed_until": None}
    suspicious = None
    if latest and report.problem is not Problem.INTERRUPTED:
        report, believed = _believed(connection, report, state, accepted=name in terms.accepted)
        suspicious = believed["suspicious"] if report.outcome != "failed" else None
        values |= believed | _after(report, state, terms, changed=changed, suspicious=suspicious is not None)
    connection.execute(fetches.insert().values(source=name, started_at=started, report=encode_report(report)))
    _forget_old_fetches(connection, name)
    if values:
        connection.execute(sources.update().where(sources.c.name == name).values(values))
    return suspicious


def _storable(report: FetchReport) -> FetchReport:
    """As it can be stored and compared, wherever it was loaded from: times with a zone, and no NUL in what becomes a
    text of the database (PostgreSQL has none)."""
    return replace(
        report,
        started_at=when(stamp(report.started_at)),
        finished_at=when(stamp(report.finished_at)),
        **{name: text.replace("\0", "") for name in _TEXTS if (text := getattr(report, name)) is not None},
    )


def _state(connection: Connection, name: str) -> _State:
    """The row of the source, made if there is none."""
    row = sa.select(sources).where(sources.c.name == name)
    state = connection.execute(row).mappings().first()
    if state is None:
        connection.execute(sources.insert().values(name=name))
        state = connection.execute(row).mappings().one()
    return dict(state)


def _believed(
    connection: Connection, report: FetchReport, state: _State, *, accepted: bool
) -> tuple[FetchReport, dict[str, Any]]:
    """The report as it is kept, and what becomes of the source's standing; a fetch that failed leaves that alone."""
    if report.outcome == "failed":
        return report, {"suspicious": state["suspicious"]}
    standing = decode_standing(state["standing"]) if state["standing"] else _standing(connection, report.source)
    standing, why = judged(standing, report.read + report.over, report.finished_at, accepted=accepted)
    if why is not None:
        problem = report.problem or (Problem.SHRUNK if report.read + report.over else Problem.EMPTY)
        report = replace(report, complete=False, problem=problem)
    return report, {"standing": encode_standing(standing), "suspicious": why}


def _standing(connection: Connection, name: str) -> Standing:
    """Of a source that was crawled by an older version: what its last fetches brought."""
    mine = sa.select(fetches.c.report).where(fetches.c.source == name).order_by(fetches.c.started_at.desc())
    reports = [decode_report(text) for text in connection.scalars(mine.limit(4 * REMEMBERED))]
    counts = [report.read + report.over for report in reports if report.outcome != "failed"]
    return Standing(tuple(reversed(counts[:REMEMBERED])))


def _after(report: FetchReport, state: _State, terms: CrawlTerms, *, changed: bool, suspicious: bool) -> dict[str, Any]:
    started, failed = stamp(report.started_at), report.outcome == "failed"
    values: dict[str, Any] = {
        "last_fetch": started,
        "report": encode_report(report),
        "problem": report.problem and report.problem.value,
        "failures": state["failures"] + 1 if failed else 0,
    }
    if not failed:
        values |= {"last_success": started, "moved_to": report.moved_to}
    if report.outcome == "read" or report.etag or report.last_modified:
        values |= {"etag": report.etag, "last_modified": report.last_modified}
    every = terms.every.get(report.source)
    if every is None:  # who loaded this does not know what the source declares
        return values | {"every": None, "due_at": None}
    seconds = round(every.total_seconds())
    known = state["every"] == seconds and state["last_success"] is not None
    plan = planned(
        report,
        every=every,
        interval=dt.timedelta(seconds=state["interval"]) if known and state["interval"] else None,
        failures=values["failures"],
        changed=changed,
        elapsed=report.started_at - when(state["last_fetch"]) if state["last_fetch"] is not None else None,
        suspicious=suspicious,
        bounds=terms.bounds,
    )
    return values | {
        "every": seconds, "interval": round(plan.interval.total_seconds()), "due_at": stamp(plan.due_at)
    }  # fmt: skip


def _forget_old_fetches(connection: Connection, source: str) -> None:
    mine = sa.select(fetches.c.started_at).where(fetches.c.source == source)
    oldest_kept = mine.order_by(fetches.c.started_at.desc()).offset(KEPT_FETCHES - 1).limit(1).scalar_subquery()
    connection.execute(fetches.delete().where(fetches.c.source == source, fetches.c.started_at < oldest_kept))
