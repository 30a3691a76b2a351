"""What hobnob writes into the user's folder of sources: `added.toml` and `switches.toml`.

Both are ordinary files that a person may edit: comments and order stay. A bundled source that is switched on or
off is not copied, only noted, so that a later version of its declaration still counts:

    # switches.toml
    [enabled]
    python-toronto = true
"""

from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.exceptions import TOMLKitError

from crawlers.sources.declarations import declaration, every_text, load_file
from crawlers.sources.picks import as_table
from hobnob import toml_files, whole_files
from hobnob.errors import SourceError, UnknownName
from hobnob.sources import Source

__all__ = ["add", "own_files", "remove", "set_enabled", "switches"]

_ADDED = "added.toml"
_SWITCHES = "switches.toml"
_DEFAULTS = {f.name: f.default if f.default_factory is MISSING else f.default_factory() for f in fields(Source)}


def add(user_dir: Path, source: Source) -> Path:
    """Declares `source` in `added.toml`; returns the file.

    Raises SourceError when a field does not fit, or when the user has a source of that name already.
    """
    declaration(_plain(source))
    for path in own_files(user_dir):
        if any(known.name == source.name for known in load_file(path)):
            raise SourceError(f"{path}: source {source.name!r} exists already", hint="remove it first, or pick a name")
    path = user_dir / _ADDED
    document = _document(path)
    table = tomlkit.table()
    for name, value in _plain(source).items():
        table.append(name, value)
    if "source" not in document:
        document.append("source", tomlkit.aot())
    document["source"].append(table)
    _write(path, document)
    return path


def remove(user_dir: Path, name: str) -> Path:
    """Takes the user's own source `name` out of its file; returns the file.

    Raises UnknownName when none of the user's files declares it (a bundled source can only be disabled).
    """
    path = _declaring(user_dir, name)
    if path is None:
        raise UnknownName("source of your own", name, hint="a bundled source can be disabled, not removed")
    document = _document(path)
    tables: Any = document["source"]
    for index, table in enumerate(tables):
        if table.get("name") == name:
            del tables[index]
            break
    _write(path, document)
    return path


def set_enabled(user_dir: Path, source: Source, enabled: bool) -> Path:
    """Switches `source` on or off: the user's own in its declaration, a bundled one in `switches.toml`."""
    path = _declaring(user_dir, source.name)
    if path is not None:
        document = _document(path)
        tables: Any = document["source"]
        next(table for table in tables if table.get("name") == source.name)["enabled"] = enabled
    else:
        path = user_dir / _SWITCHES
        document = _document(path)
        document.setdefault("enabled", tomlkit.table())[source.name] = enabled
    _write(path, document)
    return path


def switches(user_dir: Path) -> dict[str, bool]:
    """Which bundled sources the user has switched on or off. Raises SourceError naming file and source."""
    path = user_dir / _SWITCHES
    found = toml_files.load(path, SourceError, optional=True).get("enabled", {})
    if not isinstance(found, dict):
        raise SourceError(f"{path}: enabled is not a table")
    for name, value in found.items():
        if not isinstance(value, bool):
            raise SourceError(f"{path}: source {name!r}: enabled {value!r} is neither true nor false")
    return found


def own_files(user_dir: Path) -> list[Path]:
    """The files of the user's folder that declare sources."""
    return [path for path in sorted(user_dir.glob("*.toml")) if path.name != _SWITCHES]


def _declaring(user_dir: Path, name: str) -> Path | None:
    return next((path for path in own_files(user_dir) if any(known.name == name for known in load_file(path))), None)


def _plain(source: Source) -> dict[str, Any]:
    """The fields that are not defaults, as TOML values."""
    plain: dict[str, Any] = {}
    for name, default in _DEFAULTS.items():
        value = getattr(source, name)
        if name == "declared_in" or value == default:
            continue
        if name == "every":
            value = every_text(value)
        plain[name] = list(value) if isinstance(value, tuple) else value
    if source.fields:  # last: what follows a table in TOML belongs to it
        plain["fields"] = {name: _inline(pick) for name, pick in as_table(plain.pop("fields")).items()}
    return plain


def _inline(pick: Any) -> Any:
    if not isinstance(pick, dict):
        return pick
    table = tomlkit.inline_table()
    table.update(pick)
    return table


def _document(path: Path) -> TOMLDocument:
    try:
        return tomlkit.parse(path.read_text("utf-8"))
    except FileNotFoundError:
        return tomlkit.document()
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: {error}", hint=toml_files.SYNTAX) from error
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from error


def _write(path: Path, document: TOMLDocument) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        whole_files.replace(path, tomlkit.dumps(document).encode())
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from error
