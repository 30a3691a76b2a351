"""Where the output goes: lines for people, JSON for programs, the width of the terminal."""

import re
import shutil
from collections.abc import Iterable

import click
import msgspec

from hobnob import jsonlines
from hobnob.printable import line

__all__ = ["note", "say", "say_json", "say_jsonl", "terminal_width"]

_PIPED_WIDTH = 100
_WIDEST = 160
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")


def say(text: str = "", *, dim: bool = False) -> None:
    """One line to stdout, safe for a terminal."""
    click.echo(click.style(line(text), dim=True) if dim else line(text))


def note(text: str) -> None:
    """One line to stderr: what happens, or what to try; no part of the answer."""
    click.echo(line(text), err=True)


def _json_text(value: object, *, indent: int = 2) -> str:
    """`value` (our dataclasses, dicts, lists) as JSON; what could harm a terminal is written as an escape."""
    text = msgspec.json.format(jsonlines.encode(value), indent=indent).decode()
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def say_json(value: object) -> None:
    """`value` as one indented JSON value to stdout."""
    click.echo(_json_text(value))


def say_jsonl(values: Iterable[object]) -> None:
    """Each of `values` as JSON on a line of its own to stdout."""
    for value in values:
        click.echo(_json_text(value, indent=-1))


def terminal_width() -> int:
    """The columns to write in: the terminal's, COLUMNS, or 100 when piped; a very wide one is not filled."""
    return min(shutil.get_terminal_size((_PIPED_WIDTH, 24)).columns, _WIDEST)
