"""`hobnob sources`: what is crawled."""

import click

from cli.lazy import LazyGroup

__all__ = ["command"]

_COMMANDS = {
    "list": "cli.sources_known:list_sources",
    "show": "cli.sources_known:show",
    "health": "cli.sources_health:health",
    "check": "cli.sources_check:check",
    "add": "cli.sources_add:add",
    "remove": "cli.sources_own:remove",
    "enable": "cli.sources_own:enable",
    "disable": "cli.sources_own:disable",
}


@click.group(cls=LazyGroup, places=_COMMANDS, short_help="What is crawled: list, health, check, add, remove.")
def command() -> None:
    """What is crawled: the sources that come with hobnob, and your own.

    Your own are declared in the directory that 'hobnob config' names; one that
    has the name of a bundled source takes its place.
    """
