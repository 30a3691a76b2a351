"""Commands that are imported when they are asked for, so that a search loads no crawler."""

import importlib
from collections.abc import Mapping
from typing import Any

import click

from hobnob.errors import UnknownName
from hobnob.nearest import nearest

__all__ = ["LazyGroup"]


class LazyGroup(click.Group):
    """A group whose commands are declared as `places`: by name, in the order of the help, "module:attribute"."""

    def __init__(self, *args: Any, places: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = self.places.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name in self.places or name.startswith("-"):
            return super().resolve_command(ctx, args)
        near = nearest(name, self.places)
        raise UnknownName("command", name, near, hint=None if near else f"see '{ctx.command_path} --help'")
