"""How fetches ended: the history, and what follows for the state of each source and for its next fetch."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from hobnob.observations import FetchReport, Problem
from indexer.catalogue.absence import count_missed, shown_since
from indexer.catalogue.bodies import stamp, when
from indexer.catalogue.reports import decode_report, decode_standing, encode_report, encode_standing
from indexer.catalogue.succession import hand_over
from indexer.catalogue.tables import fetches, sources
from indexer.upkeep.breaker import REMEMBERED, Standing, judged
from indexer.upkeep.due import planned
from indexer.upkeep.terms import CrawlTerms

__all__ = ["note"]

KEPT_FETCHES = 100
_LOOKED_UP_AT_ONCE = 500
_TEXTS = ("source", "etag", "last_modified", "moved_to")
_State = Mapping[str, Any]

_mine = sa.select(fetches.c.started_at).where(fetches.c.source == sa.bindparam("of"))
_oldest_kept = _mine.order_by(fetches.c.started_at.desc()).offset(KEPT_FETCHES - 1).limit(1).scalar_subquery()
_FORGET = fetches.delete().where(fetches.c.source == sa.bindparam("of"), fetches.c.started_at < _oldest_kept)


def note(
    connection: Connection,
    reports: Iterable[FetchReport],
    terms: CrawlTerms,
    changed: Callable[[str], bool],
    *,
    now: dt.datetime,
) -> dict[str, str]:
    """Adds fetches to the history, each once, and brings the states and plans of their sources up to date with them;
    what they no longer show is counted as missed.

    `now` is when they are loaded, of a crawl its beginning. `changed` says of a source whether its fetch brought
    something new. Returns by source why its last fetch is suspicious, where it is; such a fetch is kept as one that is
    not complete.
    """
    wanted = [_storable(report) for report in reports]
    names = {report.source for report in wanted}
    known = _known(connection, names, [stamp(report.started_at) for report in wanted])
    states = _states(connection, names)
    history: list[dict[str, Any]] = []
    suspicious: dict[str, str] = {}
    for report in wanted:
        key = report.source, stamp(report.started_at)
        if key in known:
            continue
        known.add(key)
        kept, news = _taken_in(
            connection, report, states[report.source], terms, changed=changed(report.source), now=now
        )
        states[report.source] |= news
        suspicious.pop(report.source, None)
        if kept.outcome != "failed" and news.get("suspicious"):
            suspicious[report.source] = news["suspicious"]
        history.append({"source": key[0], "started_at": key[1], "report": encode_report(kept)})
    if history:
        connection.execute(fetches.insert(), history)
        connection.execute(_FORGET, [{"of": name} for name in {one["source"] for one in history}])
        of_name = sources.update().where(sources.c.name == sa.bindparam("of"))
        connection.execute(of_name, [{"of": state.pop("name"), **state} for state in states.values()])
    return suspicious


def _known(connection: Connection, names: Collection[str], started: Sequence[int]) -> set[tuple[str, int]]:
    """The fetches that are in the history already, among others of these sources and times."""
    found: set[tuple[str, int]] = set()
    for some in _portions(names):
        query = sa.select(fetches.c.source, fetches.c.started_at).where(fetches.c.source.in_(some))
        query = query.where(fetches.c.started_at.between(min(started), max(started)))
        found |= {(row.source, row.started_at) for row in connection.execute(query)}
    return found


def _states(connection: Connection, names: Collection[str]) -> dict[str, dict[str, Any]]:
    """The rows of the sources, made where there is none."""
    states: dict[str, dict[str, Any]] = {}
    for some in _portions(names):
        query = sa.select(sources).where(sources.c.name.in_(some))
        states |= {row["name"]: dict(row) for row in connection.execute(query).mappings()}
    if new := [{"name": name} for name in names if name not in states]:
        connection.execute(sources.insert(), new)
        states |= _states(connection, [one["name"] for one in new])
    return states


def _portions(names: Collection[str]) -> Iterator[list[str]]:
    remaining = iter(names)
    while some := list(islice(remaining, _LOOKED_UP_AT_ONCE)):
        yield some


def _taken_in(
    connection: Connection,
    report: FetchReport,
    state: _State,
    terms: CrawlTerms,
    *,
    changed: bool,
    now: dt.datetime,
) -> tuple[FetchReport, dict[str, Any]]:
    """The report as it is kept, and what it changes in the state of its source."""
    values: dict[str, Any] = {}
    if terms.owner is not None and state["claimed_by"] == terms.owner:
        values |= {"claimed_by": None, "claimed_until": None}
    latest = (state["last_fetch"] or 0) <= stamp(report.started_at)
    if not latest or report.problem is Problem.INTERRUPTED:
        return report, values
    report, before, believed = _believed(connection, report, state, accepted=report.source in terms.accepted)
    suspicious = report.outcome != "failed" and believed["suspicious"] is not None
    if report.outcome != "failed" and not suspicious:
        _compare(connection, report, terms, before=before, after=decode_standing(believed["standing"]), now=now)
    return report, values | believed | _after(report, state, terms, changed=changed, suspicious=suspicious)


def _compare(
    connection: Connection,
    report: FetchReport,
    terms: CrawlTerms,
    *,
    before: Standing,
    after: Standing,
    now: dt.datetime,
) -> None:
    """What the source shows now beside what it showed before: what only has another name, and what is not there."""
    since = shown_since(report, now)
    hand_over(connection, report.source, since=since, at=report.started_at, complete=report.complete)
    accepted = report.source in terms.accepted
    count_missed(
        connection, report, since=since, before=before, after=after, accepted=accepted, patience=terms.patience
    )


def _storable(report: FetchReport) -> FetchReport:
    """As it can be stored and compared, wherever it was loaded from: times with a zone, and no NUL in what becomes a
    text of the database (PostgreSQL has none)."""
    return replace(
        report,
        started_at=when(stamp(report.started_at)),
        finished_at=when(stamp(report.finished_at)),
        **{name: text.replace("\0", "") for name in _TEXTS if (text := getattr(report, name)) is not None},
    )


def _believed(
    connection: Connection, report: FetchReport, state: _State, *, accepted: bool
) -> tuple[FetchReport, Standing, dict[str, Any]]:
    """The report as it is kept, the source's standing until now, and what becomes of that; a fetch that failed leaves
    it alone."""
    before = decode_standing(state["standing"]) if state["standing"] else _standing(connection, report.source)
    if report.outcome == "failed":
        return report, before, {"suspicious": state["suspicious"]}
    standing, why = judged(before, report.read + report.over, report.finished_at, accepted=accepted)
    if why is not None:
        problem = report.problem or (Problem.SHRUNK if report.read + report.over else Problem.EMPTY)
        report = replace(report, complete=False, problem=problem)
    return report, before, {"standing": encode_standing(standing), "suspicious": why}


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
