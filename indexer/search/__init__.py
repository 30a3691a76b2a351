"""From what a person typed to an answer: filters, the query they stand for, and the engine that knows the answer.

Cheap to import, for a search is to start at once: what only some queries need is imported by them.
"""

from typing import TYPE_CHECKING

from hobnob.errors import SettingsError
from hobnob.settings import Settings
from indexer.search.filters import Filters
from indexer.search.resolving import resolve

if TYPE_CHECKING:
    from indexer.engines import Engine

__all__ = ["ENGINES", "Filters", "open_engine", "resolve"]

ENGINES = ("embedded",)


def open_engine(settings: Settings) -> "Engine":
    """The engine that the settings name. Raises SettingsError when there is none of that name."""
    if settings.engine not in ENGINES:
        raise SettingsError(f"unknown search engine {settings.engine!r}", hint=f"known: {', '.join(ENGINES)}")
    from indexer.engines.embedded import EmbeddedEngine  # noqa: PLC0415

    return EmbeddedEngine(settings.index_dir)
