"""`hobnob rejudge`: judges again what is stored, after rules, words or places have changed, without a crawl."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.choosing import check_sources
from cli.completing import completes, source_names
from cli.effects_table import value_rows, values_table
from cli.options import format_option
from cli.output import note, say, say_json, terminal_width
from cli.progress import Shown, following
from cli.session import Session
from cli.table import Column, table
from indexer.rules import RULES

if TYPE_CHECKING:
    from indexer.catalogue import Catalogue
    from indexer.identity.rejudging import ChangeKind

__all__ = ["command"]

_COLUMNS = (Column("What"), Column("Events", right=True), Column("Fields", least=20))
_MOST_FIELDS = 8


@click.command(short_help="Judge again what is stored, after rules have changed.")
@click.option(
    "-s", "--source", "sources", multiple=True, metavar="NAME", shell_complete=completes(source_names),
    help="Only of this source; may be repeated.",
)  # fmt: skip
@click.option("--outdated", is_flag=True, help="Only what older rules have judged.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option(
    "-l", "--limit", "most", type=click.IntRange(0, 1000), default=5, show_default=True, help="Examples of each change."
)
@click.option("--no-backup", is_flag=True, help="Make no copy of the catalogue before.")
@format_option("table", "json")
@click.pass_obj
def command(
    session: Session,
    *,
    sources: tuple[str, ...],
    outdated: bool,
    dry_run: bool,
    most: int,
    no_backup: bool,
    output_format: str,
) -> None:
    """Recognise, place and label again all that is stored, without a crawl: after
    an update of hobnob, or changes to the sources' declarations. Only real
    changes are noted.

    Before it, the catalogue is copied, so that you can go back.

    \b
    Examples:
      hobnob rejudge --dry-run
      hobnob rejudge
      hobnob rejudge -s berlin-meetups
    """
    from indexer.identity.rejudging import summary

    check_sources(session, sources)
    below = RULES if outdated else None
    backup: Path | None = None
    with following(session.debug) as shown:
        if dry_run:
            with _copy(session, shown) as copy:
                number = copy.number()
                _judge(session, copy, sources, below, shown)
                found = summary(copy, after=number, most=most)
        else:
            backup = None if no_backup else _backed_up(session, shown)
            number = session.catalogue.number()
            _judge(session, session.catalogue, sources, below, shown)
            found = summary(session.catalogue, after=number, most=most)
            _index(session, shown)
    if backup is not None and not found:
        backup.unlink(missing_ok=True)
        backup = None
    if output_format == "json":
        say_json({"done": not dry_run, "backup": backup and str(backup), "changes": found})
        return
    _show(found, dry_run)
    _tell_way_back(session, backup, changed=bool(found) and not dry_run)


def _judge(session: Session, catalogue: "Catalogue", sources: Sequence[str], below: int | None, shown: Shown) -> None:
    from indexer.enrich import Enricher
    from indexer.identity import identify

    catalogue.rejudge(sources, below=below)
    enricher = Enricher(session.sources, session.gazetteer)
    try:
        identify(catalogue, enricher, now=session.now, progress=shown.step("judging again"))
    except KeyboardInterrupt:
        if catalogue is session.catalogue:
            shown.say("Interrupted: what is left is judged by the next crawl, or by the same command.")
        raise


def _index(session: Session, shown: Shown) -> None:
    from cli.crawling import index_changes

    index_changes(session, shown)


@contextmanager
def _copy(session: Session, shown: Shown) -> "Iterator[Catalogue]":
    """A catalogue that may be changed without a trace: of a file a copy, so that nobody waits; on a server the whole
    is one transaction that is rolled back."""
    if session.sqlite_file is None:
        with session.catalogue.trial() as trial:
            yield trial
        return
    from cli.passing_copy import passing_copy

    with passing_copy(session, session.sqlite_file, shown) as copy:
        yield copy


def _backed_up(session: Session, shown: Shown) -> Path | None:
    """A copy of the catalogue beside it, under a name that is free; none of a server's."""
    file = session.sqlite_file
    if file is None or not session.catalogue.counts().observations:
        return None
    shown.step("copying the catalogue")
    path, number = file.with_name(f"{file.name}.rejudge-backup"), 1
    while path.exists():
        number += 1
        path = file.with_name(f"{file.name}.rejudge-backup-{number}")
    session.catalogue.backup(path)
    return path


def _show(found: "Sequence[ChangeKind]", dry_run: bool) -> None:
    if not found:
        say("Nothing would change." if dry_run else "Nothing has changed.")
        return
    width = terminal_width()
    for text in table(_COLUMNS, [(kind.what, str(kind.count), _fields(kind)) for kind in found], width):
        click.echo(text)
    rows = [
        row
        for kind in found
        for example in kind.examples
        for row in value_rows(
            example.id,
            example.name,
            [] if example.fields else [("", "", kind.what, "", "")],
            _named(kind, example.fields),
        )
    ]
    if rows:
        click.echo()
        for text in values_table(rows, width):
            click.echo(text)
    click.echo()
    total = sum(kind.count for kind in found)
    changes = f"{total} change{'s' if total > 1 else ''}"
    say(f"Nothing was changed: that would be {changes}." if dry_run else f"{changes}.")


def _named(
    kind: "ChangeKind", fields: "Mapping[str, tuple[str | None, str | None]]"
) -> "dict[str, tuple[str | None, str | None]]":
    """The fields, that of the id by what has become of it."""
    return {kind.what if name == "id" else name: values for name, values in fields.items()}


def _fields(kind: "ChangeKind") -> str:
    some = [f"{name} {count}" for name, count in kind.fields.items()]
    more = f" and {len(some) - _MOST_FIELDS} more" if len(some) > _MOST_FIELDS else ""
    return ", ".join(some[:_MOST_FIELDS]) + more


def _tell_way_back(session: Session, backup: Path | None, *, changed: bool) -> None:
    if backup is not None:
        note(
            f"To go back: put {backup} in the place of {session.sqlite_file}, then run 'hobnob index rebuild'. "
            "Delete it when you are content."
        )
    elif changed and session.sqlite_file is None:
        note("To go back: restore the backup of your database server, then run 'hobnob index rebuild'.")
