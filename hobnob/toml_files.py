"""TOML files that people edit, read with errors that name the file."""

import tomllib
from pathlib import Path
from typing import Any

from hobnob.errors import HobnobError

__all__ = ["SYNTAX", "load"]

SYNTAX = "see https://toml.io for the syntax"
"""What to do about a file that is not TOML."""


def load(path: Path, error: type[HobnobError], *, optional: bool = False) -> dict[str, Any]:
    """What the file holds; nothing when it may be missing (`optional`) and is. Raises `error` naming the file."""
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise error(f"{path}: {wrong}", hint=SYNTAX) from wrong
    except OSError as wrong:
        if optional and isinstance(wrong, FileNotFoundError):
            return {}
        raise error(f"{path}: {wrong.strerror}") from wrong
