"""Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002), with gains of 2^grade - 1."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import mean

from hobnob.events import Event, EventSource, Occurrence
from hobnob.moments import UTC, Moment
from hobnob.observations import Status
from hobnob.queries import Query, Sort
from indexer.documents import EventDocument, event_document
from indexer.engines import Engine

__all__ = ["Judged", "documents", "judgements", "mean_ndcg", "ndcg"]

_HERE = Path(__file__).parent
_NOW = dt.datetime(2026, 11, 23, 12, tzinfo=UTC)
_START = Moment(dt.date(2026, 12, 1), dt.time(19), "UTC")
_END = Moment(dt.date(2026, 12, 1), dt.time(21), "UTC")


@dataclass(frozen=True)
class Judged:
    """A query, and the grades of the events that it should find."""

    query: str
    grades: Mapping[str, int]


def documents() -> list[EventDocument]:
    """The events, all at the same time, so that the date decides nothing."""
    return [_document(*line.split("\t")) for line in _lines("events.tsv")]


def judgements() -> list[Judged]:
    found = []
    for line in _lines("judgements.tsv"):
        query, graded = line.split("\t")
        pairs = (each.split(":") for each in graded.split())
        found.append(Judged(query, {event: int(grade) for event, grade in pairs}))
    return found


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """How near the order is to the best one, from 0 to 1, over the first `depth` places."""
    best = sorted(grades.values(), reverse=True)[:depth]
    return _gain([grades.get(event, 0) for event in ranked[:depth]]) / _gain(best)


def mean_ndcg(engine: Engine, sort: Sort = Sort.RELEVANCE) -> float:
    return mean(
        ndcg(
            [hit.id for hit in engine.search(Query(text=judged.query, sort=sort, limit=10, now=_NOW)).hits],
            judged.grades,
        )
        for judged in judgements()
    )


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(rank + 2) for rank, grade in enumerate(grades))


def _lines(name: str) -> list[str]:
    return (_HERE / name).read_text(encoding="utf-8").splitlines()


def _document(event_id: str, language: str, name: str, description: str) -> EventDocument:
    source = (EventSource(source="judged", uid=event_id),)
    event = Event(
        id=event_id, name=name, description=description, in_language=language, start_date=_START, sources=source
    )
    utc = {"start_utc": _START.utc(), "end_utc": _END.utc()}
    time = Occurrence(event_id=event_id, start=_START, end=_END, status=Status.SCHEDULED, **utc)
    return event_document(event, [time])
