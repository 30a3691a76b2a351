"""`hobnob schedule`: crawls that run by themselves."""

import click

from cli.lazy import LazyGroup

__all__ = ["command"]

_COMMANDS = {
    "run": "cli.schedule_run:run",
    "install": "cli.schedule_install:install",
    "status": "cli.schedule_status:status",
}


@click.group(cls=LazyGroup, places=_COMMANDS, short_help="Crawls that run by themselves: run, install, status.")
def command() -> None:
    """Crawls that run by themselves, each source when it is due.

    'run' stays in the foreground; 'install' has systemd or cron do it.
    """
