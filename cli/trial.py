"""Fetching sources once, to see what comes of it, without keeping what they say."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cli.session import Session
from hobnob.observations import FetchReport, Observation, Record
from hobnob.sources import Source

__all__ = ["Trial", "trials", "try_readers"]

#: The readers that recognise by themselves what they read; lists need a declaration.
_GUESSES = ("ics", "feed", "html", "json")


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of fetching a source once."""

    source: Source
    report: FetchReport
    records: tuple[Record, ...]

    @property
    def events(self) -> list[Observation]:
        return [record for record in self.records if isinstance(record, Observation)]


def trials(session: Session, sources: Sequence[Source]) -> list[Trial]:
    """Fetches `sources` in one crawl."""
    from crawlers.run import crawl

    records: defaultdict[str | None, list[Record]] = defaultdict(list)
    reports = crawl(sources, settings=session.settings, deliver=lambda record: records[record.source].append(record))
    by_name = {source.name: source for source in sources}
    return [Trial(by_name[report.source], report, tuple(records[report.source])) for report in reports]


def try_readers(session: Session, source: Source, readers: Sequence[str] = _GUESSES) -> Trial:
    """Fetches `source` with its own reader, then with the others of `readers`, until one reads events from it.

    Gives the first that did; if none did, the first that could read it at all, else the one with its own reader.
    What cannot be fetched is tried once.
    """
    tried: list[Trial] = []
    for reader in dict.fromkeys((source.reader, *readers)):
        tried += trials(session, [replace(source, reader=reader)])
        if tried[-1].events or not tried[-1].report.fetched:
            return tried[-1]
    return next((trial for trial in tried if trial.report.outcome != "failed"), tried[0])
