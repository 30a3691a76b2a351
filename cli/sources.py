"""`hobnob sources`: what is crawled."""

import click

from cli.lazy import LazyGroup

__all__ = ["command"]

_COMMANDS = {
    "list": "cli.sources_known:list_sources",
    "show": "cli.sources_known:show",
    "check": "cli.sources_known:check",
    "add": "cli.sources_own:add",
    "remove": "cli.sources_own:remove",
    "enable": "cli.sources_own:enable",
    "disable": "cli.sources_own:disable",
}


@click.group(cls=LazyGroup, places=_COMMANDS, short_help="What is crawled: list, check, add, remove, enable, disable.")
def command() -> None:
    """What is crawled: the sources that come with hobnob, and your own.

    Your own are declared in the directory that 'hobnob config' names; one that
    has the name of a bundled source takes its place.
    """
