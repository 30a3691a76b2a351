"""The errors a user can meet, in one tree.

    HobnobError
    ├── UsageError            the request cannot be understood (exit code 2)
    │   ├── UnknownName       a name nobody knows, with the nearest ones
    │   └── BadValue          a value that does not fit, and what would
    ├── SettingsError         a configuration file or variable is wrong
    ├── SourceError           a source declaration is wrong
    ├── ReadError             bytes are not what the reader was told they are
    ├── CatalogueError        the catalogue cannot be opened or written
    │   └── CatalogueTooNew   it was written by a newer hobnob
    └── EngineError           the search index cannot be opened or written

Each message says what was wrong, with which value; `hint` says what to do about it.
"""

from collections.abc import Sequence

__all__ = [
    "BadValue",
    "CatalogueError",
    "CatalogueTooNew",
    "EngineError",
    "HobnobError",
    "ReadError",
    "SettingsError",
    "SourceError",
    "UnknownName",
    "UsageError",
]


class HobnobError(Exception):
    """Base of all errors that are meant for the user: one line, and perhaps a hint."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(HobnobError):
    """The request cannot be understood."""

    exit_code = 2


class UnknownName(UsageError):
    """`value` is not a known `what` ("place", "industry", "source", "event", "feed")."""

    def __init__(self, what: str, value: str, nearest: Sequence[str] = (), *, hint: str | None = None) -> None:
        meant = f"did you mean {' or '.join(nearest)}?" if nearest else None
        super().__init__(f"unknown {what} {value!r}", hint=hint or meant)
        self.what = what
        self.value = value
        self.nearest = tuple(nearest)


class BadValue(UsageError):
    """`value` does not fit `what` ("date", "distance", "limit"); `hint` shows values that do."""

    def __init__(self, what: str, value: object, *, hint: str | None = None) -> None:
        super().__init__(f"{value!r} is not a {what}", hint=hint)
        self.what = what
        self.value = value


class SettingsError(HobnobError):
    """A configuration file or a HOBNOB_ variable is wrong: which one, which key, which value."""

    exit_code = 2


class SourceError(HobnobError):
    """A source declaration is wrong: which file, which source, which field."""


class ReadError(HobnobError):
    """The bytes are not what the reader was told they are; nothing could be read from them."""


class CatalogueError(HobnobError):
    """The catalogue cannot be opened, read or written."""


class CatalogueTooNew(CatalogueError):
    """The catalogue was written by a newer hobnob than this one."""


class EngineError(HobnobError):
    """The search index cannot be opened, searched or written."""
