"""The entry point: the commands, loaded only when called, and errors as one clear line with an exit code.

Exit codes: 0 done (nothing due and nothing changed included), 1 failed, 2 wrong usage, 3 done but some sources failed.
"""

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click

from cli import __version__
from cli.lazy import LazyGroup
from cli.session import Session
from hobnob.errors import HobnobError
from hobnob.printable import line

__all__ = ["COMMANDS", "main", "program", "run"]

#: Each command by its name, in the order of the help: the module and the name in it.
COMMANDS = {
    "crawl": "cli.crawl:command",
    "search": "cli.search:command",
    "show": "cli.show:command",
    "why": "cli.why:command",
    "facets": "cli.facets:command",
    "news": "cli.news:command",
    "review": "cli.review:command",
    "merge": "cli.merge:merge",
    "split": "cli.merge:split",
    "hide": "cli.merge:hide",
    "undo": "cli.merge:undo",
    "rejudge": "cli.rejudge:command",
    "sources": "cli.sources:command",
    "feed": "cli.feed:command",
    "serve": "cli.serve:command",
    "schedule": "cli.schedule:command",
    "load": "cli.transfer:load",
    "dump": "cli.transfer:dump",
    "backup": "cli.transfer:backup",
    "index": "cli.index:command",
    "config": "cli.config:command",
    "doctor": "cli.doctor:command",
    "completion": "cli.completion:command",
}

_ROOM = "what had been loaded is kept; make room, then run the same command again"
_PERMISSION = "give yourself permission there, or choose another place with --data-dir"
_ADVICE = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EACCES: _PERMISSION,
    errno.EPERM: _PERMISSION,
    errno.EROFS: _PERMISSION,
}
_REPORT = "this is a defect of hobnob: please report it, with what the same command prints after 'hobnob --debug'"


@click.group(
    cls=LazyGroup,
    places=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="'hobnob COMMAND --help' explains a command, with examples. Start with 'hobnob crawl'.",
)
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the catalogue and the index live; by default the platform's data directory.",
)
@click.option(
    "--config",
    "config_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A configuration file; by default hobnob.toml in the platform's config directory.",
)
@click.option("--engine", metavar="NAME", help="The search engine: embedded or elasticsearch.")
@click.option("--debug", is_flag=True, help="Show the traceback of an error, and more log lines.")
@click.version_option(__version__, prog_name="hobnob", message="%(prog)s %(version)s")
@click.pass_obj
def program(session: Session, data_dir: Path | None, config_file: Path | None, engine: str | None, debug: bool) -> None:
    """Finds the events where people of any industry meet: meetups, barcamps,
    unconferences, conferences, in person or on a call."""
    session.configure(data_dir=data_dir, config_file=config_file, engine=engine, debug=debug)


def run() -> NoReturn:
    """Runs the program with the arguments of the command line, and exits."""
    code = main(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    # All is closed and written. Taking the interpreter apart would be an eighth of the time of a search.
    os._exit(code)


def main(arguments: Sequence[str]) -> int:
    """Runs the program; returns the exit code. Whatever goes wrong is told on stderr."""
    session = Session()
    try:
        with session:
            outcome = program.main(list(arguments), prog_name="hobnob", standalone_mode=False, obj=session)
            sys.stdout.flush()
        return outcome if isinstance(outcome, int) else 0
    except BrokenPipeError:
        # Whoever read our output has gone: nothing to tell, and the interpreter must not tell it at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if session.debug:
            import traceback

            traceback.print_exc()
        message, hint, code = explain(error)
        click.echo(click.style("Error: ", fg="red") + line(message), err=True)
        if hint:
            click.echo(f"Hint: {line(hint)}", err=True)
        return code


def explain(error: Exception) -> tuple[str, str | None, int]:
    """What to tell of an error: the message, a hint, and the exit code."""
    match error:
        case HobnobError():
            return str(error), error.hint, error.exit_code
        case click.Abort():
            return "interrupted", None, 1
        case click.ClickException():
            return error.format_message(), _advice(error), error.exit_code
        case OSError():
            return f"{_reason(error)}{_where(error)}", _ADVICE.get(error.errno or 0), 1
        case _:
            return f"unexpected {type(error).__name__}: {error}", _REPORT, 1


def _advice(error: click.ClickException) -> str | None:
    if isinstance(error, click.NoSuchOption) and error.option_name in _global_options():
        return f"{error.option_name} goes before the command: hobnob {error.option_name} … COMMAND"
    if isinstance(error, click.UsageError):
        return f"see '{error.ctx.command_path if error.ctx else 'hobnob'} --help'"
    return None


def _global_options() -> set[str]:
    return {name for parameter in program.params for name in parameter.opts}


def _reason(error: OSError) -> str:
    return (error.strerror or str(error) or type(error).__name__).lower()


def _where(error: OSError) -> str:
    return f": {error.filename}" if error.filename else ""
