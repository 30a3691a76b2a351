"""The whole of a crawl: from sources to a searchable index, whatever ends it."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from cli.progress import Shown, following
from cli.session import Session
from hobnob.observations import FetchReport, Record
from hobnob.sources import Source
from indexer.catalogue import LoadCounts, SourceCounts
from indexer.identity import IdentifyCounts

__all__ = ["Crawled", "crawl_and_load", "identify_and_index", "index_changes"]


@dataclass(slots=True)
class Crawled:
    """What a crawl came to. `took` is wall time."""

    reports: list[FetchReport] = field(default_factory=list)
    loaded: LoadCounts = field(default_factory=LoadCounts)
    identified: IdentifyCounts = field(default_factory=IdentifyCounts)
    interrupted: bool = False
    took: timedelta = timedelta()

    def counts_of(self, source: str) -> SourceCounts:
        return self.loaded.by_source.get(source) or SourceCounts()


def crawl_and_load(session: Session, sources: Sequence[Source], *, force: bool = False) -> Crawled:
    """Crawls `sources`, loads what they say as it comes, then identifies and indexes it.

    On Ctrl-C, what was delivered is loaded, identified and indexed all the same.
    """
    from crawlers.run import crawl
    from indexer.loading import Loader

    started = time.monotonic()
    crawled = Crawled()
    session.catalogue.put_sources(sources)
    with Loader(session.catalogue, now=session.now) as loader, following(session.debug) as shown:

        def deliver(record: Record) -> None:
            loader.add(record)
            if isinstance(record, FetchReport):
                crawled.reports.append(record)

        try:
            crawl(
                sources,
                settings=session.settings,
                deliver=deliver,
                force=force,
                since=session.now.date() - timedelta(days=session.settings.keep_past_days),
                known=None if force else session.catalogue.components,
                progress=shown.crawl,
            )
        except KeyboardInterrupt:
            crawled.interrupted = True
            shown.say("Interrupted: keeping what was read")
        crawled.loaded = loader.close()
        crawled.identified = identify_and_index(session, {source.name: source for source in sources}, shown)
    order = {source.name: place for place, source in enumerate(sources)}
    crawled.reports.sort(key=lambda report: order[report.source])
    crawled.took = timedelta(seconds=time.monotonic() - started)
    return crawled


def identify_and_index(session: Session, more: Mapping[str, Source], shown: Shown) -> IdentifyCounts:
    """Judges what is pending in the catalogue and brings the index up to date; `more` are sources not declared."""
    from indexer.enrich import Enricher
    from indexer.identity import identify

    counts = identify(
        session.catalogue,
        Enricher({**session.sources, **more}, session.gazetteer),
        now=session.now,
        progress=shown.step("recognising events"),
    )
    index_changes(session, shown)
    return counts


def index_changes(session: Session, shown: Shown) -> None:
    """Brings the index up to date with the catalogue."""
    from indexer.sync import sync

    sync(session.catalogue, session.engine, settings=session.settings, now=session.now, progress=shown.step("indexing"))
