"""`hobnob schedule status`: which sources are due next, how the last fetches went, and what crawls by itself here."""

import datetime as dt
from typing import Any

import click

from cli.dates import duration
from cli.options import format_option
from cli.output import note, say, say_json, terminal_width
from cli.schedule_install import has_systemd, systemctl
from cli.schedule_run import lock_path, running_process
from cli.session import Session
from cli.systemd_units import TIMER
from cli.table import Column, table
from cli.turns import Turn, turns
from hobnob.errors import HobnobError
from hobnob.observations import FetchReport
from indexer.upkeep.owners import shown

__all__ = ["status", "timer_active"]

_COLUMNS = (Column("Next", least=16), Column("Due"), Column("Interval"), Column("", least=16))
_LAST_COLUMNS = (Column("Last", least=16), Column("When"), Column("Took", right=True), Column("Outcome", least=16))


@click.command(short_help="Show which sources are due next, and how the last fetches went.")
@click.option(
    "-l", "--limit", type=click.IntRange(1), default=10, show_default=True, help="How many sources, and fetches."
)
@format_option("table", "json")
@click.pass_obj
def status(session: Session, limit: int, output_format: str) -> None:
    """Show which sources are due next, how the last fetches went, and whether something crawls by itself here.

    \b
    Examples:
      hobnob schedule status
      hobnob schedule status -f json
    """
    order = turns(session.catalogue, session.sources.values(), settings=session.settings, now=session.now)
    fetches = session.catalogue.latest_fetches(limit)
    scheduler, is_timer_active = running_process(lock_path(session)), timer_active()
    due = sum(turn.is_due(session.now) for turn in order)
    if output_format == "json":
        say_json({
            "scheduler": scheduler,
            "timer_active": is_timer_active,
            "due_now": due,
            "next": [_plain(turn) for turn in order[:limit]],
            "last": [_plain_fetch(report) for report in fetches],
        })  # fmt: skip
        return
    width = terminal_width()
    for columns, rows in (
        (_COLUMNS, [_row(turn, session.now) for turn in order[:limit]]),
        (_LAST_COLUMNS, [_fetch_row(report, session.now) for report in fetches]),
    ):
        if rows:
            for text in table(columns, rows, width):
                click.echo(text)
            click.echo()
    say(f"{due} of {len(order)} enabled sources {'is' if due == 1 else 'are'} due now.")
    _say_who_crawls(scheduler, is_timer_active)


def _say_who_crawls(scheduler: str | None, is_timer_active: bool | None) -> None:
    if scheduler:
        say(f"'hobnob schedule run' is running here: {scheduler}.")
    if is_timer_active:
        say(f"The timer {TIMER} is active.")
    if not scheduler and not is_timer_active:
        note("Nothing crawls by itself here, unless cron does: see 'hobnob schedule install' and 'schedule run'.")


def timer_active() -> bool | None:
    """None where there is no systemd to ask."""
    if not has_systemd():
        return None
    try:
        return systemctl("is-active", TIMER) == "active"
    except HobnobError:
        return False


def _row(turn: Turn, now: dt.datetime) -> tuple[str, ...]:
    if turn.due_at is None:
        when = "now: never fetched"
    elif turn.due_at <= now:
        when = f"now, since {duration(now - turn.due_at)}"
    else:
        when = f"in {duration(turn.due_at - now)}"
    holder = f"being crawled by {shown(turn.plan.claimed_by)}" if turn.plan.claimed_by else ""
    return (turn.source.name, when, duration(turn.plan.interval or turn.source.every), holder)


def _fetch_row(report: FetchReport, now: dt.datetime) -> tuple[str, ...]:
    said = f": {report.errors[0]}" if report.errors else ""
    entries = "entry" if report.read == 1 else "entries"
    events = f", {report.read} {entries}" if report.outcome != "failed" else ""
    return (
        report.source,
        f"{duration(now - report.started_at)} ago",
        duration(report.finished_at - report.started_at),
        f"{report.outcome.replace('_', ' ')}{events}{said}",
    )


def _plain(turn: Turn) -> dict[str, Any]:
    return {
        "source": turn.source.name,
        "due_at": turn.due_at,
        "interval_seconds": (turn.plan.interval or turn.source.every).total_seconds(),
        "every_seconds": turn.source.every.total_seconds(),
        "last_fetch": turn.plan.last_fetch,
        "claimed_by": turn.plan.claimed_by and shown(turn.plan.claimed_by),
    }


def _plain_fetch(report: FetchReport) -> dict[str, Any]:
    return {
        "source": report.source,
        "started_at": report.started_at,
        "finished_at": report.finished_at,
        "outcome": report.outcome,
        "read": report.read,
        "problem": report.problem,
        "errors": report.errors,
    }
