"""Saved feeds: filters by name, in `feeds.toml`. A person may edit the file; what they wrote around the feeds stays.

[zurich-python]
text = "python"
near = "Zürich"
from = "today"
to = "+90d"
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hobnob import toml_files, whole_files
from hobnob.errors import BadValue, SettingsError, UnknownName, UsageError
from hobnob.nearest import nearest
from indexer.search.filters import Filters, from_parameters, to_parameters

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

__all__ = ["add", "check_name", "get", "load", "names", "remove"]

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


def load(path: Path) -> dict[str, Filters]:
    """All saved feeds, in the order of the file; none when there is no file.

    Raises SettingsError naming the file, the feed and the value that cannot be read.
    """
    return {name: _filters(path, name, table) for name, table in _read(path).items()}


def names(path: Path) -> tuple[str, ...]:
    """The names of the saved feeds, whether or not each can be read."""
    return tuple(_read(path))


def get(path: Path, name: str) -> Filters:
    """Raises UnknownName, with the nearest names, when there is no such feed, and SettingsError as `load`."""
    tables = _read(path)
    if name not in tables:
        raise _unknown(name, tables)
    return _filters(path, name, tables[name])


def add(path: Path, name: str, filters: Filters, *, replace: bool = False) -> None:
    """Saves `filters`. Raises BadValue for a bad name, UsageError when it is taken and not to be replaced."""
    check_name(name)
    if name in _read(path) and not replace:
        raise UsageError(f"there is a feed {name!r} already", hint="replace it with --force, or choose another name")
    document = _document(path)
    document[name] = to_parameters(filters)
    _write(path, document)


def remove(path: Path, name: str) -> None:
    """Raises UnknownName when there is no such feed."""
    tables = _read(path)
    if name not in tables:
        raise _unknown(name, tables)
    document = _document(path)
    del document[name]
    _write(path, document)


def check_name(name: str) -> None:
    """Raises BadValue unless `name` is safe in a URL and as the name of a file."""
    if not _NAME.fullmatch(name):
        raise BadValue("feed name", name, hint="use up to 64 lower-case letters, digits and hyphens: berlin-tech")


def _unknown(name: str, known: Mapping[str, object]) -> UnknownName:
    return UnknownName("feed", name, nearest(name, known), hint=None if known else "there are none yet")


def _read(path: Path) -> dict[str, Any]:
    return toml_files.load(path, SettingsError, optional=True)


def _filters(path: Path, name: str, table: object) -> Filters:
    try:
        check_name(name)
        if not isinstance(table, dict):
            raise BadValue("table", table, hint=f"a feed is a table: [{name}]")
        return from_parameters({key: _texts(key, value) for key, value in table.items()})
    except UsageError as error:
        raise SettingsError(f"{path}: feed {name!r}: {error}", hint=error.hint) from error


def _texts(key: str, value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(entry, str | int | float) for entry in values):
        raise BadValue(f"value of {key!r}", value, hint="give a text, or a list of texts")
    return [str(entry) for entry in values]


def _document(path: Path) -> "TOMLDocument":
    import tomlkit  # noqa: PLC0415  (only changing the file needs it)

    try:
        return tomlkit.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return tomlkit.document()


def _write(path: Path, document: "TOMLDocument") -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        whole_files.replace(path, document.as_string().encode())
    except OSError as error:
        raise SettingsError(f"cannot write {path}: {error.strerror}") from error
