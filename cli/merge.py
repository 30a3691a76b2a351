"""`hobnob merge`, `split`, `hide` and `undo`: what people decide about events, remembered whatever crawls bring."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from cli.completing import completes, source_names
from cli.effects_table import effects_table
from cli.options import format_option
from cli.output import note, say, say_json, terminal_width
from cli.progress import following
from cli.session import Session
from hobnob.jsonlines import as_builtins

if TYPE_CHECKING:
    from indexer.catalogue import Catalogue, Settled
    from indexer.identity.effects import Outcome

__all__ = ["hide", "merge", "split", "undo"]

_Function = TypeVar("_Function", bound=Callable[..., object])
_dry_run = click.option("--dry-run", is_flag=True, help="Only show what would change.")


@click.command(short_help="Say that two events are one.")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@_dry_run
@format_option("table", "json")
@click.pass_obj
def merge(session: Session, one: str, other: str, dry_run: bool, output_format: str) -> None:
    """Say that the events A and B (by their ids) are one.

    It has the sources of both from now on, and each value from the best of
    them; the older id stays, the other leads to it. Crawls do not change that.

    \b
    Examples:
      hobnob merge k3f9xa2b p2x7m4qd --dry-run
      hobnob merge k3f9xa2b p2x7m4qd
    """
    from indexer.identity import by_hand

    _carry_out(session, lambda known: by_hand.merge(known, one, other, now=session.now), dry_run, output_format)


@click.command(short_help="Say that a source means another event, or that two are two.")
@click.argument("event_id", metavar="ID")
@click.argument("source", metavar="SOURCE|ID", shell_complete=completes(source_names))
@click.option("--uid", metavar="UID", help="Only the entry of SOURCE that has this UID; 'hobnob why ID' shows them.")
@_dry_run
@format_option("table", "json")
@click.pass_obj
def split(session: Session, event_id: str, source: str, *, uid: str | None, dry_run: bool, output_format: str) -> None:
    """Say that what SOURCE says is another event than the other sources of ID
    mean; all that SOURCE says of it becomes an event of its own.

    With the id of another event in place of SOURCE, the two stay two, and
    'hobnob review' does not ask again.

    \b
    Examples:
      hobnob split k3f9xa2b berlin-meetups
      hobnob split k3f9xa2b p2x7m4qd
    """
    from indexer.identity import by_hand

    _carry_out(
        session, lambda known: by_hand.split(known, event_id, source, uid=uid, now=session.now), dry_run, output_format
    )


@click.command(short_help="Take an event out of all answers.")
@click.argument("event_id", metavar="ID")
@_dry_run
@format_option("table", "json")
@click.pass_obj
def hide(session: Session, event_id: str, dry_run: bool, output_format: str) -> None:
    """Take the event ID out of searches, feeds and pages, whatever its sources
    say later: as its owner may ask of you.

    \b
    Examples:
      hobnob hide k3f9xa2b
    """
    from indexer.identity import by_hand

    _carry_out(session, lambda known: by_hand.hide(known, event_id, now=session.now), dry_run, output_format)


@click.command(short_help="Take back what was decided by hand.")
@click.argument("number", type=click.IntRange(min=1), required=False)
@_dry_run
@format_option("table", "json")
@click.pass_obj
def undo(session: Session, number: int | None, dry_run: bool, output_format: str) -> None:
    """Take back the decision NUMBER: a merge, a split, or that an event is hidden.

    Without NUMBER it tells the last decision, and changes nothing.

    \b
    Examples:
      hobnob undo
      hobnob undo 7
    """
    if number is None:
        _tell_last(session, output_format)
        return
    _carry_out(session, lambda known: known.undo(number, now=session.now), dry_run, output_format, undoing=True)


def _tell_last(session: Session, output_format: str) -> None:
    from indexer.identity import by_hand

    last = by_hand.last(session.catalogue)
    if output_format == "json":
        say_json(None if last is None else as_builtins(last))
    elif last is None:
        say("Nothing was decided by hand.")
    else:
        say(f"Decision {last.number}, {last.at:%Y-%m-%d %H:%M} UTC: {last.said}.")
        note(f"'hobnob undo {last.number}' takes it back; 'hobnob review --decided' lists all.")


def _carry_out(
    session: Session,
    decide: "Callable[[Catalogue], Settled]",
    dry_run: bool,
    output_format: str,
    *,
    undoing: bool = False,
) -> None:
    """Decides, identifies anew, brings the index up to date, and shows what changed; a dry run only shows."""
    from indexer.enrich import Enricher
    from indexer.identity import identify
    from indexer.identity.effects import carried_out

    enricher = Enricher(session.sources, session.gazetteer)

    def identified(catalogue: "Catalogue") -> object:
        return identify(catalogue, enricher, now=session.now)

    if dry_run:
        with session.catalogue.trial() as trial:
            outcome = carried_out(trial, decide, identified)
    else:
        with following(session.debug, quiet=True) as shown:
            from cli.crawling import index_changes

            outcome = carried_out(session.catalogue, decide, identified)
            index_changes(session, shown)
    if output_format == "json":
        say_json({"done": not dry_run, **as_builtins(outcome)})
        return
    _show(outcome, dry_run, undoing)


def _show(outcome: "Outcome", dry_run: bool, undoing: bool) -> None:
    for text in effects_table(outcome.effects, terminal_width()):
        click.echo(text)
    click.echo()
    said = f"{outcome.said}."
    if dry_run:
        say(f"Nothing was changed. It would {'undo' if undoing else 'be decided'}: {said}")
    elif undoing:
        say(f"Undone: {said}")
    else:
        say(f"Decision {outcome.decision}: {said} 'hobnob undo {outcome.decision}' takes it back.")
    if outcome.overruled:
        numbers = ", ".join(map(str, outcome.overruled))
        say(f"It overrules decision{'s' if len(outcome.overruled) > 1 else ''} {numbers}, which said the contrary.")
