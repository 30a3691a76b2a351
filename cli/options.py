"""What several commands take from their arguments alike."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import click

__all__ = ["format_option", "nearest"]

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


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Those of `known` that `name` may have been meant for."""
    from difflib import get_close_matches

    return get_close_matches(name, list(known), n=3, cutoff=0.7)
