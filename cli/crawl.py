"""`hobnob crawl`: fetch, read, load, identify, index; a summary per source."""

from collections import Counter

import click

from cli.choosing import chosen
from cli.completing import completes, source_names
from cli.crawl_summary import report_json, report_lines
from cli.crawling import Crawled, crawl_and_load, tell_behind
from cli.options import format_option
from cli.output import note, say, say_json, terminal_width
from cli.session import Session
from cli.sharding import part
from cli.signals import sigterm_is_ctrl_c
from indexer.upkeep.owners import shown

__all__ = ["command"]


@click.command(short_help="Fetch and read sources, and load what they say.")
@click.argument("sources", nargs=-1, metavar="[SOURCE|URL|FILE]...", shell_complete=completes(source_names))
@click.option("--due", is_flag=True, help="Only sources whose time has come; the most urgent first.")
@click.option("--force", is_flag=True, help="Fetch everything anew, past the HTTP cache; believe what is named.")
@click.option("--shard", metavar="I/N", help="Only part I of N, for N machines that crawl beside one another.")
@click.option("--all", "show_all", is_flag=True, help="List every source in the summary, also the many that went well.")
@format_option("table", "json")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    sources: tuple[str, ...],
    due: bool,
    force: bool,
    shard: str | None,
    show_all: bool,
    output_format: str,
) -> None:
    """Fetch and read sources, and load what they say.

    Without names, all sources that are enabled. A name is one of 'hobnob sources
    list', an address, or a file: a calendar (.ics), a feed, a page, a list.

    Ctrl-C ends the crawl, as does SIGTERM; what was read until then is loaded.
    What another process crawls at this time is left to it.

    A source that brings less than half of what is usual is not believed. With
    --force, those that are named are.

    \b
    Examples:
      hobnob crawl
      hobnob crawl --due
      hobnob crawl --shard 1/4
      hobnob crawl hacklab-to confs-tech-security
      hobnob crawl https://example.org/events.ics
      hobnob crawl ~/Downloads/calendar.ics

    \b
    Exit codes: 0 done (also when nothing was due), 1 failed or interrupted,
    3 done, but some sources failed, or the index is behind.
    """
    session: Session = ctx.obj
    wanted = chosen(session, sources)
    if shard is not None:
        wanted = part(wanted, shard)
    if not wanted:
        _nothing_to_do(due or shard is not None, output_format)
        return
    accepted = frozenset(source.name for source in wanted) if force and sources else frozenset[str]()
    with sigterm_is_ctrl_c():
        crawled = crawl_and_load(session, wanted, force=force, due=due, accepted=accepted)
    _tell_who_is_at_the_others(crawled)
    if not crawled.reports and not crawled.interrupted:
        _nothing_to_do(True, output_format)
        return
    if output_format == "json":
        say_json(report_json(crawled))
    else:
        for text in report_lines(crawled, width=terminal_width(), everything=show_all):
            click.echo(text)
    if crawled.behind is not None:
        tell_behind(crawled.behind)
    ctx.exit(_exit_code(crawled))


def _tell_who_is_at_the_others(crawled: Crawled) -> None:
    for owner, times in Counter(crawled.held.values()).items():
        note(f"{times} source{'s are' if times != 1 else ' is'} being crawled by another process ({shown(owner)})")


def _nothing_to_do(at_present: bool, output_format: str) -> None:
    if output_format == "json":
        say_json([])
    elif at_present:
        say("Nothing is due.")
    else:
        say("There are no enabled sources.")
        note("Add one with 'hobnob sources add URL', or enable one of 'hobnob sources list --disabled'.")


def _exit_code(crawled: Crawled) -> int:
    if crawled.interrupted:
        return 1
    failed = sum(report.outcome == "failed" for report in crawled.reports)
    if crawled.reports and failed == len(crawled.reports):
        return 1
    return 3 if failed or crawled.behind else 0
