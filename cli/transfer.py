"""`hobnob load`, `dump` and `backup`: what crawls said, in and out of files."""

from pathlib import Path
from typing import BinaryIO

import click

from cli.output import note, say
from cli.progress import following
from cli.session import Session
from hobnob.errors import EngineError

__all__ = ["backup", "dump", "load"]


@click.command(short_help="Load records that a crawl or a dump wrote.")
@click.argument("file", type=click.File("rb"))
@click.pass_obj
def load(session: Session, file: BinaryIO) -> None:
    """Load the records of FILE (JSON Lines; - for standard input).

    Loading a file equals the crawl that wrote it; loading it again changes nothing.
    The ids of events that a dump has are kept where they are free, and decisions
    by hand that it has count from now on; 'hobnob review --decided' lists them.

    \b
    Examples:
      hobnob load events.jsonl
      zcat events.jsonl.gz | hobnob load -
    """
    from cli.crawling import identify_and_index, tell_behind
    from hobnob import jsonlines
    from indexer.loading import Loader
    from indexer.upkeep.terms import CrawlTerms, patience_of

    behind: EngineError | None = None
    terms = CrawlTerms(patience=patience_of(session.settings))
    with following(session.debug) as shown:
        with Loader(session.catalogue, now=session.now, terms=terms) as loader:
            shown.step("loading")
            for record in jsonlines.read(file):
                loader.add(record)
        try:
            identify_and_index(session, {}, shown)
        except EngineError as error:
            behind = error
    total = loader.counts.total
    say(
        f"{total.read} read, {total.new} new, {total.changed} changed, {total.unchanged} unchanged, "
        f"{sum(total.skipped.values())} skipped"
    )
    if loader.counts.ids or loader.counts.decisions:
        say(f"Taken over: ids of {loader.counts.ids} events; decisions by hand: {loader.counts.decisions}.")
    for reason, times in sorted(total.skipped.items(), key=lambda item: -item[1]):
        note(f"skipped {times}: {reason}")
    if behind is not None:
        tell_behind(behind)
        click.get_current_context().exit(3)


@click.command(short_help="Write all that sources said, and what was decided, as JSON Lines.")
@click.option("-o", "--output", type=click.File("wb", atomic=True), default="-", help="A file; by default stdout.")
@click.pass_obj
def dump(session: Session, output: BinaryIO) -> None:
    """Write all observations and fetch reports, the ids of events and what was
    decided by hand as JSON Lines, which 'hobnob load' reads.

    What it leaves out is the history of changes; 'hobnob backup' copies all.

    \b
    Examples:
      hobnob dump -o events.jsonl
      hobnob dump | gzip > events.jsonl.gz
    """
    session.catalogue.dump(output)


@click.command(short_help="Copy the catalogue while it is in use.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def backup(session: Session, file: Path) -> None:
    """Copy the catalogue to FILE, a consistent state, while it may be in use.

    To restore it, put it in the place that 'hobnob config' calls the catalogue,
    then run 'hobnob index rebuild'.

    \b
    Examples:
      hobnob backup ~/hobnob-2026-12-01.sqlite
    """
    session.catalogue.backup(file)
    say(f"The catalogue is copied to {file}.")
