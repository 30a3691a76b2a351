"""The declared sources: those that come with hobnob, and the user's own.

A source is declared, not programmed: a `[[source]]` table in a TOML file whose keys are the fields of
`hobnob.sources.Source`. One file is one group that a person would look for; see `declarations` for the format.
The user's files override the bundled ones by name; see `own` for what hobnob writes there itself.
"""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from crawlers.sources.declarations import declaration, load_file
from crawlers.sources.own import add, own_files, remove, set_enabled, switches
from hobnob.errors import SourceError
from hobnob.sources import Source

__all__ = ["add", "declaration", "load", "load_file", "remove", "set_enabled"]

_BUNDLED = Path(__file__).parent


def load(user_dir: Path | None = None, *, bundled: bool = True) -> dict[str, Source]:
    """All sources by name: the bundled ones (unless `bundled` is false), overridden by those of `user_dir`.

    Raises SourceError naming file, source and field; also when two files of one folder declare the same name.
    """
    sources = dict(_bundled()) if bundled else {}
    if user_dir is None or not user_dir.is_dir():
        return sources
    for name, enabled in switches(user_dir).items():
        if name in sources:
            sources[name] = replace(sources[name], enabled=enabled)
    return sources | _unique(own_files(user_dir))


@lru_cache(maxsize=1)
def _bundled() -> dict[str, Source]:
    return _unique(sorted(_BUNDLED.glob("*.toml")))


def _unique(paths: list[Path]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for path in paths:
        for source in load_file(path):
            if other := found.get(source.name):
                raise SourceError(
                    f"{path}: source {source.name!r}: name is taken already in {other.declared_in}",
                    hint="give each source of a folder a name of its own",
                )
            found[source.name] = source
    return found
