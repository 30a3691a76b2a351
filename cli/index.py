"""`hobnob index`: the search index, which is derived from the catalogue and can always be made anew."""

import click

from cli.lazy import LazyGroup
from cli.options import format_option
from cli.output import note, say, say_json, terminal_width
from cli.progress import following
from cli.session import Session
from cli.table import labelled
from hobnob.jsonlines import as_builtins

__all__ = ["command"]


@click.group(
    cls=LazyGroup,
    places={"status": "cli.index:status", "rebuild": "cli.index:rebuild"},
    short_help="The search index: its state, and building it anew.",
)
def command() -> None:
    """The search index: its state, and building it anew.

    It is derived from the catalogue; a rebuild loses nothing.
    """


@click.command(short_help="Say whether the index is up to date.")
@format_option("table", "json")
@click.pass_obj
def status(session: Session, output_format: str) -> None:
    """Say what the index holds, and whether it is up to date with the catalogue.

    \b
    Examples:
      hobnob index status
    """
    state, number = session.engine.state(), session.catalogue.number()
    if output_format == "json":
        say_json({"engine": session.settings.engine, **as_builtins(state), "catalogue_number": number})
        return
    facts = [
        ("Engine", [session.settings.engine]),
        ("Events", [f"{state.events}, at {state.documents} times"]),
        ("Changes", [f"{state.number} of {number} taken in"]),
        ("Rolled on", [str(state.rolled_on or "never")]),
    ]
    for text in labelled(facts, terminal_width()):
        click.echo(text)
    if state.number < number:
        note("The index is behind; 'hobnob crawl' brings it up to date, 'hobnob index rebuild' builds it anew.")


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
        rebuild_index(
            session.catalogue,
            session.engine,
            settings=session.settings,
            now=session.now,
            progress=shown.step("building the index"),
        )
    state = session.engine.state()
    say(f"The index holds {state.events} events at {state.documents} times.")
