"""What a crawl came to, in a table by source, and as JSON for programs."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from cli.crawling import Crawled
from cli.dates import duration
from cli.table import Column, table, wrapped
from hobnob.observations import FetchReport
from hobnob.printable import line
from indexer.catalogue import SourceCounts

__all__ = ["report_json", "report_lines"]

_MOST_LISTED = 40
_MOST_REASONS = 3
_COLUMNS = (
    Column("Source", least=16),
    *(Column(title, right=True) for title in ("Fetched", "Read", "New", "Changed", "Unchanged", "Skipped")),
    Column(""),
)


def report_lines(crawled: Crawled, *, width: int, everything: bool = False) -> Iterator[str]:
    """A line for each source, then why entries were skipped and sources failed, then the totals.

    Of more than 40 sources only those that failed or are suspicious are listed, unless `everything`.
    """
    listed = crawled.reports
    if len(listed) > _MOST_LISTED and not everything:
        listed = [report for report in listed if _state(report, crawled)]
    rows = [_row(report, crawled) for report in listed]
    if len(crawled.reports) > 1:
        rows.append(("total", *_totals(crawled), ""))
    yield from table(_COLUMNS, rows, width)
    for report in listed:
        yield from _remarks(report, crawled, width)
    for problem in crawled.identified.problems[:_MOST_REASONS]:
        yield from wrapped(line(f"not understood: {problem}"), width)
    if len(listed) < len(crawled.reports):
        yield ""
        yield f"{len(crawled.reports) - len(listed)} sources that went well are not listed: see them with --all."
    yield ""
    yield from wrapped(_ending(crawled), width)


def report_json(crawled: Crawled) -> list[dict[str, Any]]:
    """For each source what the table has, with all errors and reasons."""
    return [_entry(report, crawled.counts_of(report.source)) for report in crawled.reports]


def _entry(report: FetchReport, counts: SourceCounts) -> dict[str, Any]:
    return {
        "source": report.source,
        "outcome": report.outcome,
        "fetched": report.fetched,
        "read": report.read,
        "new": counts.new,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "over": report.over,
        "skipped": dict(sorted(counts.skipped.items(), key=lambda item: -item[1])),
        "errors": report.errors,
        "problem": report.problem,
        "suspicious": counts.suspicious,
    }


def _row(report: FetchReport, crawled: Crawled) -> tuple[str, ...]:
    counts = crawled.counts_of(report.source)
    numbers = (
        report.fetched, report.read, counts.new, counts.changed, counts.unchanged, sum(counts.skipped.values())
    )  # fmt: skip
    return (report.source, *map(str, numbers), _state(report, crawled))


def _state(report: FetchReport, crawled: Crawled) -> str:
    if report.outcome == "failed":
        return "failed"
    return "suspicious" if crawled.counts_of(report.source).suspicious else ""


def _totals(crawled: Crawled) -> Sequence[str]:
    columns = zip(*(_row(report, crawled)[1:7] for report in crawled.reports), strict=True)
    return [str(sum(map(int, column))) for column in columns]


def _remarks(report: FetchReport, crawled: Crawled, width: int) -> Iterator[str]:
    """Why a source failed, is suspicious or skipped entries, the most frequent reasons."""
    if why := crawled.counts_of(report.source).suspicious:
        known = f"{why}; nothing is taken away. If it is right: hobnob crawl --force {report.source}"
        yield from (click.style(part, fg="yellow") for part in wrapped(line(f"{report.source}: {known}"), width))
    skipped = sorted(crawled.counts_of(report.source).skipped.items(), key=lambda item: -item[1])
    texts = [*report.errors[:_MOST_REASONS], *(f"skipped {times}: {why}" for why, times in skipped[:_MOST_REASONS])]
    left_out = len(report.errors[_MOST_REASONS:]) + len(skipped[_MOST_REASONS:])
    if left_out:
        texts.append(f"and {left_out} more reasons: see them with -f json")
    for text in texts:
        colour = "red" if report.outcome == "failed" else None
        yield from (click.style(part, fg=colour) for part in wrapped(line(f"{report.source}: {text}"), width))


def _ending(crawled: Crawled) -> str:
    failed = sum(report.outcome == "failed" for report in crawled.reports)
    sources = f"{len(crawled.reports)} source{'s' if len(crawled.reports) != 1 else ''}"
    text = (
        f"{sources} in {duration(crawled.took)}, {failed} failed."
        if failed
        else f"{sources} in {duration(crawled.took)}."
    )
    events = crawled.identified.total
    text += f" {events.new} new event{'s' if events.new != 1 else ''}, {events.changed} changed."
    if over := sum(report.over for report in crawled.reports):
        text += f" {over} entries ended too long ago to be read."
    if crawled.interrupted:
        return f"Interrupted. {text} What was read until then is loaded; run the command again to go on."
    return text
