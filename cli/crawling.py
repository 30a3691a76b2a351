"""The whole of a crawl: from sources to a searchable index, whatever ends it."""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from cli.claiming import Claimed, claimed
from cli.output import note
from cli.progress import Shown, following
from cli.session import Session
from hobnob.errors import CatalogueError, EngineError
from hobnob.observations import FetchReport, Record
from hobnob.printable import line
from hobnob.sources import Source
from indexer.catalogue import LoadCounts, SourceCounts
from indexer.identity import IdentifyCounts
from indexer.upkeep.terms import CrawlTerms, bounds_of, patience_of

if TYPE_CHECKING:
    from indexer.engines import Refused

__all__ = ["Crawled", "crawl_and_load", "identify_and_index", "index_changes", "tell_behind", "tell_refused"]

_MOST_TOLD = 10


@dataclass(slots=True)
class Crawled:
    """What a crawl came to. `took` is wall time; `held` says who is at those sources that were left out; `behind`
    why the index does not show what was loaded."""

    reports: list[FetchReport] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)
    loaded: LoadCounts = field(default_factory=LoadCounts)
    identified: IdentifyCounts = field(default_factory=IdentifyCounts)
    interrupted: bool = False
    behind: EngineError | None = None
    took: timedelta = timedelta()

    def counts_of(self, source: str) -> SourceCounts:
        return self.loaded.by_source.get(source) or SourceCounts()


def crawl_and_load(
    session: Session,
    sources: Sequence[Source],
    *,
    force: bool = False,
    due: bool = False,
    accepted: frozenset[str] = frozenset(),
) -> Crawled:
    """Crawls `sources`, loads what they say as it comes, then identifies and indexes it.

    Left out are those that somebody else is at, and with `due` those that are not due. What the sources `accepted` say
    is believed, however little it is. On Ctrl-C, what was delivered is loaded, identified and indexed all the same.
    """
    started = time.monotonic()
    crawled = Crawled()
    with following(session.debug) as shown:
        with claimed(session, sources, due=due) as mine:
            crawled.held = mine.held
            if mine.sources:
                _crawl(session, mine, crawled, shown, force=force, accepted=accepted)
        if session.catalogue.pending():
            crawled.identified = _identify(session, {source.name: source for source in sources}, shown)
        try:  # also when nothing was fetched: repeating events roll on
            index_changes(session, shown)
        except EngineError as error:
            crawled.behind = error
    order = {source.name: place for place, source in enumerate(sources)}
    crawled.reports.sort(key=lambda report: order[report.source])
    crawled.took = timedelta(seconds=time.monotonic() - started)
    return crawled


def _crawl(
    session: Session, mine: Claimed, crawled: Crawled, shown: Shown, *, force: bool, accepted: frozenset[str]
) -> None:
    """Fetches what was claimed, and loads what comes of it."""
    from crawlers.run import Progress, crawl
    from indexer.loading import Loader

    terms = CrawlTerms(
        every={source.name: source.every for source in mine.sources},
        bounds=bounds_of(session.settings),
        owner=mine.owner,
        accepted=accepted,
        patience=patience_of(session.settings),
    )

    with Loader(session.catalogue, now=session.now, terms=terms) as loader:

        def progress(state: Progress) -> None:
            shown.crawl(state)
            mine.keep()
            with suppress(CatalogueError):  # it will be told when the next record is to be loaded
                loader.keep_up()

        def deliver(record: Record) -> None:
            loader.add(record)
            if isinstance(record, FetchReport):
                crawled.reports.append(record)

        try:
            crawl(
                mine.sources,
                settings=session.settings,
                deliver=deliver,
                force=force,
                since=session.now.date() - timedelta(days=session.settings.keep_past_days),
                known=None if force else session.catalogue.components,
                progress=progress,
            )
        except KeyboardInterrupt:
            crawled.interrupted = True
            shown.say("Interrupted: keeping what was read")
        crawled.loaded = loader.close()


def identify_and_index(session: Session, more: Mapping[str, Source], shown: Shown) -> IdentifyCounts:
    """Judges what is pending in the catalogue and brings the index up to date; `more` are sources not declared."""
    counts = _identify(session, more, shown)
    index_changes(session, shown)
    return counts


def _identify(session: Session, more: Mapping[str, Source], shown: Shown) -> IdentifyCounts:
    from indexer.enrich import Enricher
    from indexer.identity import identify, judging_ahead

    sources = {**session.sources, **more}
    with judging_ahead(session.catalogue, sources) as ahead:
        return identify(
            session.catalogue,
            Enricher(sources, session.gazetteer),
            now=session.now,
            progress=shown.step("recognising events"),
            ahead=ahead,
        )


def index_changes(session: Session, shown: Shown) -> None:
    """Brings the index up to date with the catalogue; says which documents it would not take."""
    from indexer.sync import sync

    report = sync(
        session.catalogue, session.engine, settings=session.settings, now=session.now, progress=shown.step("indexing")
    )
    tell_refused(report.refused)


def tell_behind(error: EngineError) -> None:
    """What was loaded is safe; why it is not yet found, and what brings it there."""
    note(line(f"The index is behind: {error}"))
    note("All is loaded; the next crawl, or 'hobnob index sync', brings the index up to date.")


def tell_refused(refused: "Sequence[Refused]") -> None:
    """One line for each of the first documents that the engine would not take."""
    for document in refused[:_MOST_TOLD]:
        note(line(f"Not indexed: {document.id}: {document.reason}"))
    if len(refused) > _MOST_TOLD:
        note(f"Not indexed: {len(refused) - _MOST_TOLD} more")
