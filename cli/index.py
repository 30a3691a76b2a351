"""`hobnob index`: the search index, which is derived from the catalogue and can always be made anew."""

import click

from cli.crawling import index_changes, tell_refused
from cli.lazy import LazyGroup
from cli.options import format_option
from cli.output import note, say, say_json, terminal_width
from cli.progress import following
from cli.session import Session
from cli.table import labelled
from hobnob.errors import EngineError
from hobnob.jsonlines import as_builtins
from hobnob.printable import line
from indexer.engines import IndexState, Problem

__all__ = ["command"]


@click.group(
    cls=LazyGroup,
    places={"status": "cli.index:status", "sync": "cli.index:sync", "rebuild": "cli.index:rebuild"},
    short_help="The search index: its state, and building it anew.",
)
def command() -> None:
    """The search index: its state, and building it anew.

    It is derived from the catalogue; a rebuild loses nothing.
    """


@click.command(short_help="Say whether the index is up to date.")
@format_option("table", "json")
@click.pass_context
def status(ctx: click.Context, output_format: str) -> None:
    """Say where the index is, what it holds, what is wrong with it, and whether it
    is up to date with the catalogue.

    Exit code 1 if something is wrong.

    \b
    Examples:
      hobnob index status
    """
    session: Session = ctx.obj
    condition = session.engine.condition()
    state, problem = _state(session)
    number, counts = session.catalogue.number(), session.catalogue.counts()
    problems = [*condition.problems, *([problem] if problem and not condition.problems else [])]
    if output_format == "json":
        whole = {"engine": session.settings.engine, **as_builtins(state), "catalogue_number": number}
        say_json(
            {
                **whole,
                "catalogue_events": counts.present,
                **{name.casefold(): value for name, value in condition.facts},
                "problems": [as_builtins(each) for each in problems],
            }
        )
    else:
        facts = [
            ("Engine", [session.settings.engine]),
            *((name, [value]) for name, value in condition.facts),
            ("Events", [f"{state.events}, at {state.documents} times; the catalogue has {counts.present}"]),
            ("Changes", [f"{state.number} of {number} taken in"]),
            ("Rolled on", [str(state.rolled_on or "never")]),
        ]
        for text in labelled(facts, terminal_width()):
            click.echo(text)
        for each in problems:
            note(line(f"Wrong: {each.message}"))
            note(line(f"       {each.advice}"))
    if state.number < number:
        note("The index is behind; 'hobnob index sync' brings it up to date, 'hobnob index rebuild' builds it anew.")
    ctx.exit(1 if problems else 0)


def _state(session: Session) -> tuple[IndexState, Problem | None]:
    try:
        return session.engine.state(), None
    except EngineError as error:
        return IndexState(), Problem(str(error), error.hint or "")


@click.command(short_help="Bring the index up to date with the catalogue.")
@click.pass_obj
def sync(session: Session) -> None:
    """Bring the index up to date with the catalogue, without a crawl.

    Every crawl does this at its end; it is for after an outage of the engine.

    \b
    Examples:
      hobnob index sync
    """
    with following(session.debug) as shown:
        index_changes(session, shown)
    state = session.engine.state()
    say(f"The index holds {state.events} events at {state.documents} times.")


@click.command(short_help="Build the index anew from the catalogue.")
@click.pass_obj
def rebuild(session: Session) -> None:
    """Build the index anew from the catalogue; searches go on with the old one until the new one is complete.

    \b
    Examples:
      hobnob index rebuild
    """
    from indexer.sync import rebuild as rebuild_index

    with following(session.debug) as shown:
        report = rebuild_index(
            session.catalogue,
            session.engine,
            settings=session.settings,
            now=session.now,
            progress=shown.step("building the index"),
        )
    tell_refused(report.refused)
    state = session.engine.state()
    say(f"The index holds {state.events} events at {state.documents} times.")
