"""An option that several commands have alike."""

from collections.abc import Callable
from typing import TypeVar

import click

__all__ = ["format_option"]

_Function = TypeVar("_Function", bound=Callable[..., object])


def format_option(*formats: str) -> Callable[[_Function], _Function]:
    """`-f/--format` with a choice of `formats`, the first the default; given as `output_format`."""
    return click.option(
        "-f",
        "--format",
        "output_format",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to write the answer.",
    )
